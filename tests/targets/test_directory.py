"""directory: a reader finds one whole release, whatever happens to the publishers."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from pipeline.errors import PipelineError
from pipeline.publish import publish
from pipeline.targets import directory, open_source, open_target
from pipeline.targets.directory import Directory, Folder
from tests.peers import require
from tests.properties import times
from tests.releases.samples import content, judged, published, said, seal
from tests.repository import ROOT
from tests.targets.kill_publishers import kill

pytestmark = pytest.mark.thorough

# ---- killed, and together


def test_a_publisher_that_is_killed_at_any_step_leaves_a_whole_release(tmp_path: Path) -> None:
    seen = kill(str(tmp_path / "site"), tmp_path, 0, 0)
    assert seen["problems"] == []
    assert int(str(seen["kills"])) > 50
    assert int(str(seen["versions"])) > 1


@pytest.mark.parametrize(("kills", "publishers"), [(times(40), 1), (times(20), 2)])
def test_publishers_that_are_killed_at_random_moments_leave_a_whole_release(
    tmp_path: Path, kills: int, publishers: int
) -> None:
    seen = kill(str(tmp_path / "site"), tmp_path, kills, publishers)
    assert seen["problems"] == []
    assert seen["kills"] == kills
    assert int(str(seen["states"])) > 20
    assert int(str(seen["versions"])) > 1


def test_publishers_at_once_take_their_turns_and_no_version_is_lost(tmp_path: Path) -> None:
    published(tmp_path)
    versions: list[int] = []

    def work(name: int) -> None:
        texts = [f"{name} {number}" for number in range(5)]
        versions.extend(publish(Directory(tmp_path), content(text), seal()).release.version for text in texts)

    threads = [threading.Thread(target=work, args=(name,)) for name in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(versions) == list(range(2, 17))
    assert said(judged(Directory(tmp_path))) == []


def test_a_publisher_that_waits_too_long_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target, _ = published(tmp_path)
    monkeypatch.setattr(directory, "PATIENCE", 0.1)
    with (tmp_path / ".lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(PipelineError, match="another publisher has been at work"):
            publish(target, content("second"), seal())
    assert publish(target, content("second"), seal()).release.version == 2


def test_where_locks_are_not_heeded_the_slower_publisher_gives_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a share that says yes to every lock."""
    monkeypatch.setattr(fcntl, "flock", lambda *_: None)
    target, _ = published(tmp_path)
    add = Directory.add

    def slowly(self: Directory, digest: str, files: dict[str, bytes]) -> None:
        monkeypatch.setattr(Directory, "add", add)
        publish(Directory(tmp_path), content("faster"), seal())
        add(self, digest, files)

    monkeypatch.setattr(Directory, "add", slowly)
    with pytest.raises(PipelineError, match="another publisher has switched"):
        publish(target, content("slower"), seal())
    verdict = judged(target)
    assert said(verdict) == []
    assert b"faster" in (target.release(verdict.digest).read("de-AT/flu.html", 10_000) or b"")
    assert publish(target, content("next"), seal()).release.version == 3


# ---- a full disk


FULL = 'mount -t tmpfs -o size=500k tmpfs "$1"; exec "$2" -m tests.targets.fill_disk "$1"'


def test_on_a_full_disk_the_release_before_stays_and_the_error_says_so(tmp_path: Path) -> None:
    """The disk is a tmpfs of 500 kB that only the publisher sees: whoever is no administrator can mount one so."""
    who = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    command = [require("unshare"), *who, "--mount", "sh", "-ec", FULL, "sh", str(tmp_path), sys.executable]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert "No space left on device" in seen["error"]
    assert "what was published before is still there" in seen["hint"]
    assert seen["before"] == seen["after"]
    assert seen["problems"] == []
    assert seen["left"] == []
    assert seen["later"] == 2


def test_a_target_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(PipelineError, match="cannot be published") as told:
        publish(Directory(tmp_path / "file"), content(), seal())
    assert told.value.where is not None
    assert told.value.where.startswith(str(tmp_path))


# ---- what is kept


def test_a_release_is_named_by_the_digest_of_its_list_of_files(tmp_path: Path) -> None:
    target, last = published(tmp_path)
    assert target.releases() == (last.digest,)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", "current", "releases"]
    assert json.loads((tmp_path / "current").read_text("utf-8")) == {
        "digest": last.digest,
        "version": 1,
        "signed": True,
    }


def age(folder: Path, seconds: float) -> None:
    for path in (*folder.glob(".tmp-*"), *(folder / "releases").iterdir()):
        os.utime(path, (time.time() - seconds,) * 2)


def test_old_releases_are_removed_but_the_last_ones_are_kept(tmp_path: Path) -> None:
    target = Directory(tmp_path)
    digests = []
    for number in range(6):
        digests.append(publish(target, content(str(number)), seal(keep=3)).digest)
        age(tmp_path, 2 * directory.GRACE)
    assert set(target.releases()) == set(digests[3:])


def test_a_release_that_a_reader_may_still_be_reading_is_not_removed(tmp_path: Path) -> None:
    target = Directory(tmp_path)
    digests = [publish(target, content(str(number)), seal(keep=1)).digest for number in range(4)]
    assert set(target.releases()) == set(digests)


def test_what_killed_publishers_left_is_removed_once_it_is_old(tmp_path: Path) -> None:
    target, _ = published(tmp_path)
    (tmp_path / "releases" / ".tmp-half").mkdir()
    (tmp_path / "releases" / ".tmp-half" / "index.json").write_bytes(b"{")
    (tmp_path / "releases" / ("0" * 64)).mkdir()
    (tmp_path / ".tmp-current-1").write_bytes(b"{")
    (tmp_path / "releases" / "notes").mkdir()
    publish(target, content("second"), seal())
    assert (tmp_path / "releases" / ".tmp-half").exists()
    age(tmp_path, 2 * directory.GRACE)
    third = publish(target, content("third"), seal())
    assert not (tmp_path / "releases" / ".tmp-half").exists()
    assert not (tmp_path / ".tmp-current-1").exists()
    assert set(target.releases()) == {third.digest, *(one.digest for one in third.release.earlier), "notes"}


def test_that_old_releases_cannot_be_removed_stops_no_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target, _ = published(tmp_path)

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Directory, "_clean", refuse)
    second = publish(target, content("second"), seal())
    assert "Operation not permitted" in second.leftovers
    assert said(judged(target)) == []


# ---- versions


def test_a_version_is_not_given_twice_after_the_pointer_was_turned_back(tmp_path: Path) -> None:
    target, _ = published(tmp_path, "first")
    first = (tmp_path / "current").read_bytes()
    publish(target, content("second"), seal())
    (tmp_path / "current").write_bytes(first)
    assert publish(target, content("third"), seal()).release.version == 3


def test_a_version_is_not_given_twice_after_the_pointer_was_lost(tmp_path: Path) -> None:
    target, _ = published(tmp_path, "first", "second")
    (tmp_path / "current").unlink()
    assert publish(target, content("third"), seal()).release.version == 3


def test_a_release_that_somebody_altered_is_not_built_upon(tmp_path: Path) -> None:
    target, last = published(tmp_path)
    manifest = tmp_path / "releases" / last.digest / "release.json"
    manifest.write_bytes(manifest.read_bytes() + b" ")
    with pytest.raises(PipelineError, match=r"release.json is not the one with the digest"):
        publish(target, content("second"), seal())


# ---- addresses


def test_a_folder_may_be_written_as_an_address(tmp_path: Path) -> None:
    assert open_target(f"file://{tmp_path}", "somebody") == Directory(tmp_path)
    assert open_target(str(tmp_path), "somebody") == Directory(tmp_path)
    with pytest.raises(PipelineError, match="names another machine"):
        open_target("file://server/share", "somebody")
    with pytest.raises(PipelineError, match="cannot be published there"):
        open_target("ftp://server/share", "somebody")


def test_a_target_and_a_release_are_told_apart(tmp_path: Path) -> None:
    _, last = published(tmp_path)
    assert isinstance(open_source(str(tmp_path)), Directory)
    assert isinstance(open_source(str(tmp_path / "releases" / last.digest)), Folder)
    with pytest.raises(PipelineError, match="holds no release"):
        open_source(str(tmp_path / "nowhere"))


def test_the_same_content_at_the_same_time_has_the_same_digest(tmp_path: Path) -> None:
    digests = {published(tmp_path / name)[1].digest for name in ("one", "other")}
    assert len(digests) == 1
    shutil.rmtree(tmp_path / "one")
