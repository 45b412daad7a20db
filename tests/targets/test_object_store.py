"""object_store: releases in a store of objects, with conditional writes and without."""

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from obstore.store import MemoryStore

from pipeline.errors import PipelineError
from pipeline.publish import publish, rollback, withdraw
from pipeline.targets import object_store, open_source, open_target
from pipeline.targets.object_store import ObjectStore, open_object_store
from tests.releases.samples import NOW, content, judged, said, seal
from tests.targets.served import KEY, SECRET, s3


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
    target = open_target(f"{bucket}&lock=object", "first")
    first = publish(target, content("first"), seal())
    publish(target, content("second"), seal())
    third = rollback(target, seal())
    assert third.release.version == 3
    fourth = withdraw(target, seal(), "de_AT", reason="Wrong dose", by="Dr. Example")
    source = open_source(bucket)
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


def test_the_lock_of_a_dead_publisher_is_forgotten(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    dead = open_target(f"{bucket}&lock=object", "dead")
    assert isinstance(dead, ObjectStore)
    dead._put("locks/dead", b"{}", {})
    monkeypatch.setattr(object_store, "LEASE", timedelta(seconds=-1))
    alive = open_target(f"{bucket}&lock=object", "alive")
    assert isinstance(alive, ObjectStore)
    with pytest.raises(PipelineError, match="took too long"):
        alive._only("locks/alive", timedelta(seconds=5))
    alive._put("locks/alive", b"{}", {})
    alive._only("locks/alive", timedelta(seconds=60))
    assert [path for path, _ in alive._list("locks/")] == ["locks/alive"]


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


# ---- with conditional writes


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


def test_objects_say_what_they_are_and_how_long_they_may_be_kept(memory: ObjectStore) -> None:
    last = publish(memory, content(), seal())
    import obstore

    page = obstore.get(memory.store, f"releases/{last.digest}/de-AT/flu.html").attributes
    assert page["Content-Type"] == "text/html; charset=utf-8"
    assert page["Cache-Control"] == "public, max-age=31536000, immutable"
    assert obstore.get(memory.store, "current").attributes["Cache-Control"] == "no-cache"


def test_old_releases_are_removed_from_a_store(memory: ObjectStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(object_store, "GRACE", timedelta(seconds=-60))
    digests = [publish(memory, content(str(number)), seal(keep=2)).digest for number in range(4)]
    assert set(memory.releases()) == set(digests[2:])
    assert said(judged(memory)) == []


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
