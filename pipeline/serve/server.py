"""server: the API as an ASGI application, and uvicorn to run it: the shell around `answers`."""

import asyncio
import socket
import time
from collections.abc import Awaitable, Callable, MutableMapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pipeline.errors import PipelineError
from pipeline.serve.answers import Answer, Request, fixed, problem
from pipeline.serve.openapi import openapi
from pipeline.serve.places import Place
from pipeline.serve.recent import Recent
from pipeline.serve.snapshot import Snapshot, file, json

if TYPE_CHECKING:
    import uvicorn

# What could not be trusted is looked at again after so many seconds: a share may show a release bit by bit.
AGAIN = 5.0

# Longer than proxies keep connections as a rule, so that it is they who close them.
KEEP_ALIVE = 75

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


class Api:
    """Answers requests, each from the release that is current when it comes in, from start to end.

    `tell` is called with a sentence whenever another release becomes current, or cannot.
    """

    def __init__(self, place: Place, clock: Callable[[], datetime], tell: Callable[[str], None]) -> None:
        self._place, self._clock, self._tell = place, clock, tell
        self._openapi = file(openapi())
        self._recent = Recent()
        self._loading = asyncio.Lock()
        self._tried = 0.0
        self._trouble = ""
        self._stamp = place.stamp()
        self.snapshot = place.load(None)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await respond(request_of(scope), send, self._answer, self._tell)

    async def _answer(self, request: Request) -> Answer:
        if request.path == "/openapi.json":
            return fixed(request, self._openapi)
        snapshot = await self._current()
        if request.path == "/healthz":
            return self._health(request, snapshot)
        return self._recent.answer(
            request, snapshot, self._clock(), lambda digest: self._place.earlier(digest, snapshot)
        )

    async def _current(self) -> Snapshot:
        """What is current now. What cannot be trusted is not taken: the release before stays until it expires."""
        if self._changed():
            async with self._loading:
                if self._changed():
                    await asyncio.to_thread(self._load)
        return self.snapshot

    def _changed(self) -> bool:
        if self._trouble:
            return time.monotonic() - self._tried > AGAIN or self._place.stamp() != self._stamp
        return self._place.stamp() != self._stamp

    def _load(self) -> None:
        self._tried = time.monotonic()
        stamp = self._place.stamp()
        try:
            # The pointer may move on meanwhile: then the stamp is old, and the next request looks again.
            snapshot = self._place.load(self.snapshot)
        except PipelineError as error:
            if str(error) != self._trouble:
                self._tell(str(error))
            self._trouble = str(error)
        else:
            if snapshot.digest != self.snapshot.digest:
                self._tell(f"Serving version {snapshot.version or 'of exports/'}: {snapshot.digest}")
            self.snapshot, self._trouble = snapshot, ""
        self._stamp = stamp

    def _health(self, request: Request, snapshot: Snapshot) -> Answer:
        if snapshot.expires is not None and snapshot.expires <= self._clock():
            return problem(503, "The release has expired, and there is no newer one.")
        state = {"status": "behind" if self._trouble else "ok", "digest": snapshot.digest, "version": snapshot.version}
        return fixed(request, file(json(state)), {"cache-control": "no-store"})


def request_of(scope: Scope) -> Request:
    headers: dict[str, str] = {}
    for name, value in scope["headers"]:
        said, now = name.decode("latin-1").lower(), value.decode("latin-1")
        headers[said] = f"{headers[said]}, {now}" if said in headers else now
    query = scope["query_string"].decode("latin-1")
    return Request(method=scope["method"], path=scope["path"], headers=headers, query=query)


async def respond(
    request: Request, send: Send, answering: Callable[[Request], Awaitable[Answer]], tell: Callable[[str], None]
) -> None:
    """Send the answer; whatever goes wrong, the client gets one and `tell` the reason."""
    try:
        found = await answering(request)
    except PipelineError as error:
        tell(str(error))
        found = problem(503, "What is needed for this cannot be read now.")
    except Exception as error:
        tell(f"{request.path}: {type(error).__name__}: {error}")
        found = problem(500, "The server has failed; its log says why.")
    await send({"type": "http.response.start", "status": found.status, "headers": found.headers})
    await send({"type": "http.response.body", "body": b"" if request.method == "HEAD" else found.body})


def listening(host: str, port: int) -> socket.socket:
    """A socket at the address; port 0 stands for any that is free."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
    except (OSError, OverflowError, UnicodeError) as error:
        raise PipelineError(f"is no address of this machine: {error}", where=f"{host}:{port}") from error
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(2048)
    except OSError as error:
        listener.close()
        hint = "another program may use the port: try --port 0"
        raise PipelineError(f"cannot be listened at: {error.strerror}", where=f"{host}:{port}", hint=hint) from error
    return listener


def server(application: Application, patience: int = 10) -> "uvicorn.Server":
    """uvicorn with the application; `run(sockets=[...])` serves until `should_exit` or a signal.

    Answers that are under way then have `patience` seconds to end.
    """
    need_uvicorn()
    import uvicorn

    return uvicorn.Server(
        uvicorn.Config(
            application,
            lifespan="auto",
            log_config=None,
            log_level="critical",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_keep_alive=KEEP_ALIVE,
            timeout_graceful_shutdown=patience,
            ws="none",
        )
    )


def need_uvicorn() -> None:
    try:
        import uvicorn  # noqa: F401
    except ImportError:
        raise PipelineError("this needs the extra `serve`", hint="pip install 'faq-pipeline[serve]'") from None
