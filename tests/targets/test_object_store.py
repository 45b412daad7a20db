"""object_store: releases in a store of objects, with conditional writes and without."""

import json
import re
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import obstore
import pytest
from obstore.store import MemoryStore

from pipeline.errors import PipelineError
from pipeline.publish import publish, rollback, withdraw
from pipeline.targets import object_store, open_source, open_target
from pipeline.targets.object_store import GRACE, LEASE, ObjectStore, open_object_store
from tests.properties import times
from tests.releases.samples import NOW, content, judged, said, seal
from tests.targets.kill_publishers import kill
from tests.targets.served import KEY, SECRET, conditional_s3, s3

pytestmark = pytest.mark.thorough


@pytest.fixture
def memory() -> ObjectStore:
    """A store that honours conditional writes."""
    return ObjectStore(MemoryStore(), "memory", lock=False, holder="first")


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real S3 server, which takes If-None-Match and If-Match and does not heed them."""
    folder = tmp_path_factory.mktemp("buckets")
    (folder / "bucket").mkdir()
    with s3(folder) as address:
        yield address


@pytest.fixture(scope="module")
def heeding() -> Iterator[str]:
    """A server that heeds them."""
    with conditional_s3() as address:
        yield address


@pytest.fixture
def conditional(heeding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an empty part of a bucket there."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    return f"s3://bucket/{tmp_path.name}?endpoint={heeding}&region=us-east-1"


@pytest.fixture
def bucket(endpoint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an empty part of a bucket."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    return f"s3://bucket/{tmp_path.name}?endpoint={endpoint}&region=us-east-1"


# ---- over S3, without conditional writes


def test_a_store_without_conditional_writes_is_detected_and_refused(bucket: str) -> None:
    with pytest.raises(PipelineError, match="does not honour conditional writes") as told:
        publish(open_target(bucket, "first"), content(), seal())
    assert "lock=object" in str(told.value.hint)
    assert said(judged(open_source(bucket))) == ["current is missing."]  # type: ignore[arg-type]


def test_publish_verify_rollback_and_withdraw_over_s3(bucket: str) -> None:
    everything_a_publisher_does(f"{bucket}&lock=object")


def everything_a_publisher_does(address: str) -> None:
    target = open_target(address, "first")
    first = publish(target, content("first"), seal())
    publish(target, content("second"), seal())
    third = rollback(target, seal())
    assert third.release.version == 3
    fourth = withdraw(target, seal(), "de_AT", reason="Wrong dose", by="Dr. Example")
    source = open_source(address)
    verdict = judged(source)  # type: ignore[arg-type]
    assert said(verdict) == []
    assert verdict.digest == fourth.digest
    assert verdict.complete
    assert [one.version for one in fourth.release.earlier] == [3, 2, 1]
    page = target.release(fourth.digest).read("en-US/flu.html", 10_000)
    assert page == target.release(first.digest).read("en-US/flu.html", 10_000)
    stone = json.loads(target.release(fourth.digest).read("de-AT/flu.json", 10_000) or b"")
    assert stone["reason"] == "Wrong dose"
    assert target.release(fourth.digest).read("de-AT/flu.html", 10_000) is None


def test_a_tampered_object_is_found_over_s3(bucket: str) -> None:
    target = open_target(f"{bucket}&lock=object", "first")
    assert isinstance(target, ObjectStore)
    last = publish(target, content(), seal())
    target._put(f"releases/{last.digest}/de-AT/flu.html", b"x" * 920, {})
    target._put(f"releases/{last.digest}/added.html", b"x", {})
    assert said(judged(open_source(bucket))) == [  # type: ignore[arg-type]
        "de-AT/flu.html was altered.",
        "added.html does not belong to the release.",
    ]


def test_a_publisher_that_finds_the_lock_of_another_gives_way(bucket: str) -> None:
    first, second = (open_target(f"{bucket}&lock=object", holder) for holder in ("first", "second"))
    with first.alone(), pytest.raises(PipelineError, match=r"another publisher is at work \(locks/first\)"):
        publish(second, content(), seal())
    assert publish(second, content(), seal()).release.version == 1


def test_publishers_at_once_over_s3_never_mix_and_never_lose_a_release(bucket: str) -> None:
    versions: list[int] = []
    refused: list[str] = []

    def work(holder: str) -> None:
        try:
            versions.append(
                publish(open_target(f"{bucket}&lock=object", holder), content(holder), seal()).release.version
            )
        except PipelineError as error:
            refused.append(error.message)

    threads = [threading.Thread(target=work, args=(f"publisher-{number}",)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(versions)) == len(versions)
    assert len(versions) + len(refused) == 3
    assert all("another publisher" in message for message in refused)
    if versions:
        verdict = judged(open_source(bucket))  # type: ignore[arg-type]
        assert said(verdict) == []
        assert verdict.release is not None
        assert verdict.release.version == max(versions)


def test_the_lock_of_a_killed_publisher_counts_until_its_time_is_over(bucket: str) -> None:
    killed, next_one = (open_target(f"{bucket}&lock=object", holder) for holder in ("killed", "next"))
    assert isinstance(killed, ObjectStore)
    assert isinstance(next_one, ObjectStore)
    nearly, over = (f"{time.time() - LEASE.total_seconds() + more:.0f}" for more in (60, -60))
    killed._put("locks/killed", b"{}", {"mtime": nearly})
    with pytest.raises(PipelineError, match=r"another publisher is at work \(locks/killed\)") as told:
        publish(next_one, content(), seal())
    assert re.search(r"if it was killed, its lock counts until \d\d:\d\d:\d\d UTC", str(told.value.hint))
    assert next_one.pointer() is None
    killed._put("locks/killed", b"{}", {"mtime": over})
    assert publish(next_one, content(), seal()).release.version == 1
    assert list(next_one._list("locks/")) == []


def test_a_publisher_whose_own_lock_is_too_old_gives_up(bucket: str) -> None:
    """Others may have taken over; half of the time of a lock is left for the switch itself."""
    target = open_target(f"{bucket}&lock=object", "first")
    assert isinstance(target, ObjectStore)
    target._put("locks/first", b"{}", {"mtime": f"{time.time() - LEASE.total_seconds() / 2 - 60:.0f}"})
    with pytest.raises(PipelineError, match="took too long"):
        target.switch(None, b"{}")
    assert target.pointer() is None


@pytest.mark.parametrize("publishers", [1, 2])
def test_publishers_that_are_killed_over_s3_leave_a_whole_release(bucket: str, tmp_path: Path, publishers: int) -> None:
    whole(kill(f"{bucket}&lock=object", tmp_path, times(4), publishers))


def whole(seen: Mapping[str, object]) -> None:
    assert seen["problems"] == []
    assert int(str(seen["states"])) > 2
    assert int(str(seen["versions"])) > 1


def test_a_lock_that_was_lost_stops_the_switch(bucket: str) -> None:
    target = open_target(f"{bucket}&lock=object", "first")
    assert isinstance(target, ObjectStore)
    with pytest.raises(PipelineError, match="took too long"):
        target.switch(None, b"{}")
    assert target.pointer() is None


def test_a_wrong_secret_is_told_without_showing_it(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "Tr0ub4dor")
    with pytest.raises(PipelineError, match="the store refuses") as told:
        publish(open_target(bucket, "first"), content(), seal())
    assert "Tr0ub4dor" not in str(told.value)
    assert "\n" not in str(told.value)


# ---- over S3, with conditional writes


def test_publish_verify_rollback_and_withdraw_with_conditional_writes(conditional: str) -> None:
    everything_a_publisher_does(conditional)
    target = open_target(conditional, "reader")
    assert isinstance(target, ObjectStore)
    assert not [path for folder in ("locks/", "probes/") for path, _ in target._list(folder)]


def test_of_two_publishers_over_s3_the_slower_one_is_told(conditional: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the first release on, and at the moment of the switch itself, after the last look."""
    get = ObjectStore._get_with_tag

    def overtaken(self: ObjectStore, path: str, limit: int) -> tuple[bytes, str] | None:
        found = get(self, path, limit)
        monkeypatch.setattr(ObjectStore, "_get_with_tag", get)
        publish(open_target(conditional, "faster"), content("faster"), seal())
        return found

    def switch(self: ObjectStore, old: bytes | None, new: bytes) -> None:
        monkeypatch.setattr(ObjectStore, "switch", original)
        if old is None:
            publish(open_target(conditional, "faster"), content("faster"), seal())
        else:
            monkeypatch.setattr(ObjectStore, "_get_with_tag", overtaken)
        original(self, old, new)

    original = ObjectStore.switch
    for version in (1, 2):
        monkeypatch.setattr(ObjectStore, "switch", switch)
        with pytest.raises(PipelineError, match="another publisher has switched"):
            publish(open_target(conditional, "slower"), content("slower"), seal())
        verdict = judged(open_source(conditional))  # type: ignore[arg-type]
        assert said(verdict) == []
        assert verdict.release is not None
        assert verdict.release.version >= version
        page = open_target(conditional, "reader").release(verdict.digest).read("de-AT/flu.html", 10_000)
        assert b"faster" in (page or b"")


def test_publishers_that_are_killed_with_conditional_writes_leave_a_whole_release(
    conditional: str, tmp_path: Path
) -> None:
    whole(kill(conditional, tmp_path, times(2), 2))


# ---- in memory


def test_a_store_with_conditional_writes_needs_no_lock(memory: ObjectStore) -> None:
    for number in range(3):
        last = publish(memory, content(str(number)), seal())
    assert said(judged(memory)) == []
    assert last.release.version == 3
    assert not [path for path, _ in memory._list("locks/")]
    assert not [path for path, _ in memory._list("probes/")]


@pytest.mark.parametrize("before", [0, 1])
def test_of_two_publishers_the_slower_one_gives_up(memory: ObjectStore, before: int) -> None:
    for _ in range(before):
        publish(memory, content("before"), seal())
    old = memory.pointer()
    publish(replace(memory, holder="second"), content("faster"), seal())
    with pytest.raises(PipelineError, match="another publisher has switched"):
        memory.switch(old, b"{}")
    verdict = judged(memory)
    assert said(verdict) == []
    assert b"faster" in (memory.release(verdict.digest).read("de-AT/flu.html", 10_000) or b"")


def test_objects_say_what_they_are_and_how_long_they_may_be_kept(conditional: str) -> None:
    """As the store sends them: each kind of file that a release may hold."""
    target = open_target(conditional, "first")
    assert isinstance(target, ObjectStore)
    types = {
        "index.json": "application/json",
        "release.json.sig": "application/json",
        "sitemap.xml": "application/xml",
        "assets/faq.css": "text/css; charset=utf-8",
        "assets/mark.svg": "image/svg+xml",
        "de-AT/flu.html": "text/html; charset=utf-8",
        "de-AT/flu.html.br": "application/octet-stream",
        "de-AT/flu.html.gz": "application/gzip",
        "de-AT/flu.html.zst": "application/zstd",
        "de-AT/flu.jsonld": "application/ld+json",
        "schema/bundle.d.ts": "text/plain; charset=utf-8",
        "unknown": "application/octet-stream",
    }
    target.add("0" * 64, dict.fromkeys(types, b"x") | {"release.json": b"x"})
    target.switch(None, b"{}")
    for path, kind in types.items():
        sent = obstore.get(target.store, f"releases/{'0' * 64}/{path}").attributes
        assert sent["Content-Type"] == kind, path
        assert sent["Cache-Control"] == "public, max-age=31536000, immutable"
    sent = obstore.get(target.store, "current").attributes
    assert (sent["Content-Type"], sent["Cache-Control"]) == ("application/json", "no-cache")


def test_old_releases_are_removed_from_a_store(memory: ObjectStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(object_store, "GRACE", timedelta(seconds=-60))
    digests = [publish(memory, content(str(number)), seal(keep=2)).digest for number in range(4)]
    assert set(memory.releases()) == set(digests[2:])
    assert said(judged(memory)) == []


def test_what_killed_publishers_left_is_removed_once_it_is_old(bucket: str) -> None:
    target = open_target(f"{bucket}&lock=object", "first")
    assert isinstance(target, ObjectStore)
    for name, age in (("old", 2 * GRACE), ("new", GRACE / 2)):
        target._put(f"probes/{name}", b"1", {"mtime": f"{time.time() - age.total_seconds():.0f}"})
    publish(target, content(), seal())
    assert [path for path, _ in target._list("probes/")] == ["probes/new"]


def test_young_releases_are_not_removed_from_a_store(memory: ObjectStore) -> None:
    digests = [publish(memory, content(str(number)), seal(keep=1)).digest for number in range(3)]
    assert set(memory.releases()) == set(digests)


# ---- addresses


@pytest.mark.parametrize(
    "address",
    [
        "s3://",
        "s3:///prefix",
        "s3://key:secret@bucket/prefix",
        "s3://bucket/prefix?secret=x",
        "s3://bucket/prefix?lock=file",
    ],
)
def test_an_odd_address_is_refused_without_repeating_it(address: str) -> None:
    with pytest.raises(PipelineError, match="is not an address of a bucket") as told:
        open_object_store(address, "first")
    assert "secret=x" not in str(told.value)


def test_keys_do_not_travel_unencrypted() -> None:
    with pytest.raises(PipelineError, match="the endpoint is not encrypted"):
        open_object_store("s3://bucket/prefix?endpoint=http://store.example", "first")


def test_a_store_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    monkeypatch.setattr(object_store, "PATIENCE", timedelta(seconds=1))
    target = open_object_store("s3://bucket?endpoint=http://127.0.0.1:1&region=us-east-1", "first")
    with pytest.raises(PipelineError, match="the store refuses"):
        publish(target, content(), seal(now=NOW))
