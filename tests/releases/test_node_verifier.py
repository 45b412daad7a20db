"""node_verifier: the verifier of docs/releases.md, run by Node as it stands there, against real releases."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.model.release import Remembered
from pipeline.publish import publish
from pipeline.releases.records import decode
from pipeline.targets.directory import Directory
from tests.peers import require
from tests.releases.samples import UNSIGNED, content, public_pem, published, seal
from tests.repository import ROOT
from tests.targets.served import web

pytestmark = pytest.mark.thorough

PAGE = (ROOT / "docs" / "releases.md").read_text("utf-8")
[CODE] = re.findall(r"```js\n(.*?)```", PAGE, re.DOTALL)


@dataclass(frozen=True)
class Consumer:
    """A site with the verifier, a public key and what it has seen."""

    root: Path

    def verify(self, served: Path, key: bytes = b"") -> subprocess.CompletedProcess[str]:
        (self.root / "verify.mjs").write_text(CODE, "utf-8")
        (self.root / "key.pub.pem").write_bytes(key or public_pem())
        with web(served) as address:
            return subprocess.run(
                [require("node"), "verify.mjs", address, "key.pub.pem", "seen.json"],
                cwd=self.root,
                capture_output=True,
                check=False,
                text=True,
                timeout=60,
            )


@pytest.fixture
def consumer(tmp_path: Path) -> Consumer:
    (tmp_path / "consumer").mkdir()
    return Consumer(tmp_path / "consumer")


def test_it_is_short_enough_to_read() -> None:
    assert len(CODE.splitlines()) <= 42
    assert "import " in CODE


def test_it_accepts_a_release_and_remembers_it_as_the_pipeline_does(consumer: Consumer, tmp_path: Path) -> None:
    target, last = published(tmp_path / "site")
    for _ in range(2):
        done = consumer.verify(target.root)
        assert (done.returncode, done.stdout, done.stderr) == (0, f"releases/{last.digest}\n", "")
    seen = decode((consumer.root / "seen.json").read_bytes(), Remembered)
    assert seen == Remembered(project=last.release.project, version=1, digest=last.digest)
    newer = publish(target, content("second"), seal())
    assert consumer.verify(target.root).stdout == f"releases/{newer.digest}\n"


def alter(path: str, data: bytes) -> Callable[[Path, Path], None]:
    def change(_: Path, release: Path) -> None:
        (release / path).write_bytes(data)

    return change


def change_in_place(root: Path, release: Path) -> None:
    page = release / "de-AT" / "flu.html"
    page.write_bytes(page.read_bytes().replace(b"first", b"fjrst", 1))


def forge(root: Path, release: Path) -> None:
    """A list of files that somebody without the key has changed."""
    from pipeline.releases.records import digest

    data = (release / "release.json").read_bytes().replace(b'"version": 1', b'"version": 8')
    shutil.copytree(release, root / "releases" / digest(data))
    (root / "releases" / digest(data) / "release.json").write_bytes(data)
    (root / "current").write_text(json.dumps({"digest": digest(data), "version": 8, "signed": True}))


@pytest.mark.parametrize(
    ("tamper", "sentence"),
    [
        (change_in_place, "de-AT/flu.html is not what was published"),
        (alter("de-AT/flu.html", b"x" * 5_000), "de-AT/flu.html is larger than it may be"),
        (alter("release.json", b"{}"), "release.json is not the one that current names"),
        (forge, "release.json is not signed with our key"),
        (lambda _, release: (release / "assets" / "faq.css").unlink(), "faq.css: the server answers 404"),
        (lambda root, _: (root / "current").write_text('{"digest": "../.."}'), "current names no release"),
    ],
)
def test_it_refuses_what_was_tampered_with(
    consumer: Consumer, tmp_path: Path, tamper: Callable[[Path, Path], object], sentence: str
) -> None:
    target, last = published(tmp_path / "site")
    tamper(target.root, target.root / "releases" / last.digest)
    done = consumer.verify(target.root)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert done.stdout == ""
    assert not (consumer.root / "seen.json").exists()


def test_it_refuses_another_key(consumer: Consumer, tmp_path: Path) -> None:
    target, _ = published(tmp_path / "site")
    assert "not signed with our key" in consumer.verify(target.root, public_pem("attacker")).stderr


def test_it_refuses_an_unsigned_release(consumer: Consumer, tmp_path: Path) -> None:
    target = Directory(tmp_path / "site")
    publish(target, content(), UNSIGNED)
    done = consumer.verify(target.root)
    assert done.returncode == 1
    assert "release.json.sig: the server answers 404" in done.stderr


def test_it_refuses_an_older_and_an_expired_release(consumer: Consumer, tmp_path: Path) -> None:
    target, _ = published(tmp_path / "site")
    before = (target.root / "current").read_bytes()
    publish(target, content("second"), seal())
    assert consumer.verify(target.root).returncode == 0
    (target.root / "current").write_bytes(before)
    assert "this is version 1, after 2 of Sample FAQ" in consumer.verify(target.root).stderr
    publish(target, content("third"), seal(days=-3_000))
    assert "version 3 has expired" in consumer.verify(target.root).stderr
