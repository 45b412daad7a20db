"""switching: releases are published while requests run; every answer is whole, and of one release."""

from datetime import timedelta
from hashlib import sha256
from http.client import HTTPConnection
from pathlib import Path
from threading import Event, Thread

import brotli
import pytest

from pipeline.publish import publish, withdraw
from tests.releases.samples import NOW, content, export, published, seal
from tests.serve.running import Site, of_folder, running

pytestmark = pytest.mark.thorough

RELEASES = 12
READERS = 3


def _read(site: Site, stop: Event, wrong: list[str], seen: set[str]) -> None:
    """Ask for pages on one connection for as long as releases are switched, and judge each answer by its own words."""
    connection = HTTPConnection("127.0.0.1", site.port, timeout=30)
    pages = [f"/v1/{locale}/{document}" for locale in ("de-AT", "en-US") for document in ("cold", "flu")]
    last = -1
    while not stop.is_set() or last < RELEASES - 1:
        for page in pages:
            connection.request("GET", page, headers={"accept": "text/html", "accept-encoding": "br"})
            response = connection.getresponse()
            body = response.read()
            if response.status != 200:
                wrong.append(f"{page}: {response.status} {body!r}")
                return
            if response.headers["etag"] != f'"{sha256(body).hexdigest()}"':
                wrong.append(f"{page}: the body is not what the ETag says")
            text = brotli.decompress(body).decode()
            number = int(text.split("<")[1].split()[-1])
            if text.encode() != export(str(number))[f"{page.removeprefix('/v1/')}.html"]:
                wrong.append(f"{page}: not whole: {text[:80]}")
            if number < last:
                wrong.append(f"{page}: release {number} after {last}")
            last = number
            seen.add(response.headers["content-location"].split("/")[2])
            # The release that an answer names can be read, although another may be current by now.
            connection.request("GET", f"/v1/{response.headers['content-location'].removeprefix('../')}")
            pinned = connection.getresponse()
            if pinned.read().decode() != text or pinned.status != 200:
                wrong.append(f"{page}: {pinned.status} for the release that it named")
    connection.close()


def test_while_releases_are_switched_every_answer_is_whole_and_of_one_release(tmp_path: Path) -> None:
    target, _ = published(tmp_path, "0")
    stop = Event()
    wrong: list[str] = []
    seen: set[str] = set()
    with running(of_folder(tmp_path)) as site:
        readers = [Thread(target=_read, args=(site, stop, wrong, seen)) for _ in range(READERS)]
        for reader in readers:
            reader.start()
        try:
            for number in range(1, RELEASES):
                publish(target, content(str(number)), seal(now=NOW + timedelta(seconds=number), keep=RELEASES))
        finally:
            stop.set()
            for reader in readers:
                reader.join()
        assert wrong == []
        assert len(seen) > 2
        assert all(said.startswith("Serving version") for said in site.told)


def test_an_answer_after_a_publish_or_a_withdrawal_is_never_of_the_release_before(tmp_path: Path) -> None:
    target, _ = published(tmp_path, "0")
    with running(of_folder(tmp_path)) as site:
        for number in range(1, 6):
            last = publish(target, content(str(number)), seal(now=NOW + timedelta(seconds=number)))
            reply = site.ask("/v1/de-AT/flu")
            assert reply.body == export(str(number))["de-AT/flu.json"]
            assert last.digest in reply.headers["content-location"]
        withdraw(target, seal(now=NOW + timedelta(seconds=9)), "de_AT", reason="Wrong dose", by="Dr. Example")
        assert site.ask("/v1/de-AT/flu").status == 410
