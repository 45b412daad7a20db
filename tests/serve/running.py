"""running: a server on this machine, and what it answers."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread
from typing import Any

from pipeline.releases.signature import PublicKey
from pipeline.serve.places import Place, open_place
from pipeline.serve.preview import Preview
from pipeline.serve.server import Api, Application, listening, server
from tests.releases.samples import NOW, public_key
from tests.repository import TODAY, Repository


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What came back; names of headers in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Site:
    """A running server, and what it has told its operator."""

    port: int
    told: list[str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, path: str, method: str = "GET", **headers: str) -> Reply:
        """One request; `accept_language="de"` becomes a header."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, headers={name.replace("_", "-"): said for name, said in headers.items()})
            response = connection.getresponse()
            found = {name.lower(): said for name, said in response.getheaders()}
            return Reply(status=response.status, headers=found, body=response.read())
        finally:
            connection.close()


@contextmanager
def running(place: Place, clock: Callable[[], datetime] = lambda: NOW) -> Iterator[Site]:
    told: list[str] = []
    with _served(Api(place, clock, told.append), told) as site:
        yield site


@contextmanager
def previewing(repository: Repository, *, own_only: bool = True) -> Iterator[Site]:
    """A preview of a content repository."""
    told: list[str] = []
    with _served(Preview(repository.root, lambda: TODAY, told.append, own_only=own_only), told) as site:
        yield site


@contextmanager
def _served(application: Application, told: list[str]) -> Iterator[Site]:
    with listening("127.0.0.1", 0) as listener:
        runner = server(application, patience=0)
        thread = Thread(target=runner.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield Site(listener.getsockname()[1], told)
        finally:
            runner.should_exit = True
            thread.join()


def of_folder(folder: Path, key: PublicKey | None = None, clock: Callable[[], datetime] = lambda: NOW) -> Place:
    """A folder with releases that the publisher of the samples, or somebody else, has signed."""
    return open_place(str(folder), (key or public_key(),), clock)
