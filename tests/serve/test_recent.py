"""recent: an answer that is given again is the one that would be found anew."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from msgspec import structs

from pipeline.publish import publish, withdraw
from pipeline.serve import recent
from pipeline.serve.answers import Answer, Request, answer
from pipeline.serve.recent import Recent
from pipeline.serve.snapshot import Holding, Snapshot
from tests.releases.samples import NOW, content, published, seal
from tests.serve.running import of_folder

pytestmark = pytest.mark.thorough

FLU = "/v1/de-AT/flu"


def none(_: str) -> Holding | None:
    return None


def asked(path: str = FLU, method: str = "GET", **headers: str) -> Request:
    said = {name.replace("_", "-"): value for name, value in headers.items()}
    return Request(method=method, path=path, headers=said)


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    return of_folder(published(tmp_path)[0].root).load(None)


def test_every_header_that_changes_an_answer_is_heeded(snapshot: Snapshot) -> None:
    again = Recent()
    etag = dict(answer(asked(), snapshot, NOW, none).headers)[b"etag"].decode()
    requests = [
        *(asked(), asked(accept="text/html"), asked(accept="image/png"), asked(accept_encoding="gzip, br")),
        *(asked(if_none_match=etag), asked(if_none_match="*"), asked(if_match='"other"'), asked(if_match=etag)),
        *(asked("/v1/flu", accept_language="de-AT"), asked("/v1/flu", accept_language="en"), asked("/v1/flu")),
        *(asked(method="HEAD"), asked(method="DELETE"), asked(f"{FLU}.html"), asked("/v1/"), asked("/v1/nothing")),
    ]
    found = [again.answer(request, snapshot, NOW, none) for request in requests]
    assert {one.status for one in found} == {200, 300, 304, 307, 404, 405, 406, 412}
    assert found == [answer(request, snapshot, NOW, none) for request in requests]
    assert [again.answer(request, snapshot, NOW, none) for request in requests] == found
    assert again.answer(asked(), snapshot, NOW, none) is found[0]
    # Nothing else makes another answer.
    assert again.answer(asked(user_agent="x", cookie="y"), snapshot, NOW, none) is found[0]


def test_another_release_is_answered_from_at_once(tmp_path: Path) -> None:
    target, _ = published(tmp_path)
    place, again = of_folder(target.root), Recent()
    first = place.load(None)
    assert again.answer(asked(), first, NOW, none).status == 200
    publish(target, content("second"), seal())
    second = place.load(first)
    assert again.answer(asked(), second, NOW, none) == answer(asked(), second, NOW, none)
    withdraw(target, seal(), "de_AT", reason="Wrong phone number", by="Dr. Example")
    assert again.answer(asked(), place.load(second), NOW, none).status == 410


def test_time_changes_what_is_answered(snapshot: Snapshot) -> None:
    again = Recent()
    assert snapshot.expires is not None
    moments = [NOW, snapshot.expires - timedelta(seconds=1), snapshot.expires, snapshot.expires + timedelta(days=1)]
    assert [again.answer(asked(), snapshot, moment, none).status for moment in moments] == [200, 200, 503, 503]


def test_a_date_that_comes_is_said_from_its_moment_on(snapshot: Snapshot) -> None:
    tomorrow = NOW + timedelta(days=1)
    name = ("de-AT", "flu")
    record = structs.replace(snapshot.records[name], modified=tomorrow)
    dated = replace(snapshot, records={**snapshot.records, name: record})
    again = Recent()

    def says(moment: datetime) -> bool:
        return b"last-modified" in dict(again.answer(asked(), dated, moment, none).headers)

    assert [says(moment) for moment in (NOW, NOW, tomorrow, tomorrow)] == [False, False, True, True]


def test_what_an_earlier_release_has_is_looked_up_each_time(tmp_path: Path) -> None:
    target, first = published(tmp_path)
    publish(target, content("second"), seal())
    place, again = of_folder(target.root), Recent()
    snapshot = place.load(None)
    request = asked(f"/v1/releases/{first.digest}/de-AT/flu.html")

    def look() -> Answer:
        return again.answer(request, snapshot, NOW, lambda digest: place.earlier(digest, snapshot))

    assert look().status == 200
    for path in sorted((target.root / "releases" / first.digest).rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    assert look().status == 404


def test_what_clients_send_does_not_fill_the_memory(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent, "_MANY", 50)
    again = Recent()
    for number in range(200):
        assert again.answer(asked(if_none_match=f'"{number}"'), snapshot, NOW, none).status == 200
        assert again.answer(asked(f"/v1/{number}"), snapshot, NOW, none).status == 404
        assert len(again._answers) <= 50
    before = len(again._answers)
    again.answer(asked(if_none_match='"' + "x" * 2000 + '"'), snapshot, NOW, none)
    assert len(again._answers) == before
