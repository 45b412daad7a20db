"""preview: the content as it is now, in a browser, for those who edit it; it reads and never writes."""

import asyncio
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from hashlib import sha256
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import parse_qs

from pipeline.errors import PipelineError
from pipeline.exporters.html_bundle import stylesheet
from pipeline.html_page import STYLE
from pipeline.model.content_type import content_type
from pipeline.reports.html_report import FOUND_STYLE
from pipeline.serve import workbench_pages as pages
from pipeline.serve.answers import POLICY, Answer, Request, conditional, problem
from pipeline.serve.server import Receive, Scope, Send, request_of, respond
from pipeline.serve.snapshot import File
from pipeline.serve.watching import changes, looked
from pipeline.serve.workbench import View, Workbench, build

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_FRAMED_POLICY = f"{POLICY}; frame-ancestors 'self'"
_HEADERS = {
    "cache-control": "no-cache",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "vary": "accept",
}


class Preview:
    """Answers with what lies in the content repository, and tells browsers when that has changed.

    `own_only` refuses requests to any name but those of this machine. `tell` is called with a sentence whenever
    something was read again, or cannot be.
    """

    def __init__(
        self, root: Path, today: Callable[[], date], tell: Callable[[str], None], *, own_only: bool = True
    ) -> None:
        self._root, self._today, self._tell, self._own_only = root, today, tell, own_only
        self._assets = {
            "/preview.css": _asset((STYLE + FOUND_STYLE).encode() + _own_file("preview.css")),
            "/preview.js": _asset(_own_file("preview.js")),
            "/exports/assets/faq.css": _asset(stylesheet()),
        }
        self._seen = looked(root)
        self._turn = asyncio.Condition()
        self._number = 0
        self._bench: Workbench | Exception = self._build(None, frozenset())
        if isinstance(self._bench, Exception):
            tell(f"Cannot be read: {self._bench}")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            request = request_of(scope)
            if request.path == "/changes" and self._refusal(request) is None and request.method == "GET":
                await self._stream(receive, send)
            else:
                await respond(request, send, self._answer, self._tell)

    # What changes

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        watching = asyncio.create_task(self._watch())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching
        await send({"type": "lifespan.shutdown.complete"})

    async def _watch(self) -> None:
        async for changed in changes(self._root, self._seen):
            before = self._bench
            if isinstance(before, Workbench) and not changed and before.today == self._today():
                continue
            bench = await asyncio.to_thread(self._build, before, changed)
            if isinstance(bench, Exception) and str(bench) == str(before):
                continue
            async with self._turn:
                self._bench = bench
                self._number += 1
                self._turn.notify_all()
            self._tell(f"Cannot be read: {bench}" if isinstance(bench, Exception) else f"Read again: {_named(changed)}")

    def _build(self, before: Workbench | Exception | None, changed: frozenset[str]) -> Workbench | Exception:
        """The content as it is now. Whatever is wrong with it must not end the preview: it is what people look for."""
        try:
            return build(self._root, self._today(), before if isinstance(before, Workbench) else None, changed)
        except Exception as error:
            return error

    async def _stream(self, receive: Receive, send: Send) -> None:
        """Server-sent events: a number at once and whenever something has changed, until the browser goes away."""
        headers = {**_HEADERS, "content-type": "text/event-stream", "cache-control": "no-store"}
        lines = [(name.encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": 200, "headers": lines})

        async def tell() -> None:
            while True:
                said = self._number
                await send({"type": "http.response.body", "body": f"data: {said}\n\n".encode(), "more_body": True})
                async with self._turn:
                    while self._number == said:
                        await self._turn.wait()

        telling = asyncio.create_task(tell())
        try:
            while (await receive())["type"] != "http.disconnect":
                pass
        finally:
            telling.cancel()

    # What is answered

    def _refusal(self, request: Request) -> Answer | None:
        if self._own_only and not _is_own(request.headers.get("host", "")):
            return problem(421, "This is a preview for the machine that it runs on.")
        if request.method not in ("GET", "HEAD"):
            return problem(405, "This is read-only.", allow="GET, HEAD")
        return None

    async def _answer(self, request: Request) -> Answer:
        refusal = self._refusal(request)
        return refusal if refusal is not None else await asyncio.to_thread(self._found, request)

    def _found(self, request: Request) -> Answer:
        if request.path in self._assets:
            return _sent(request, self._assets[request.path], request.path, _FRAMED_POLICY)
        if isinstance(self._bench, Exception):
            return _sent(request, pages.trouble(self._bench), ".html", _POLICY, 503)
        kind, _, rest = request.path.removeprefix("/").partition("/")
        if kind == "exports":
            return self._exported(request, self._bench, rest)
        shown = self._shown(self._bench, kind, rest, parse_qs(request.query))
        return _sent(request, shown or pages.nothing(), ".html", _POLICY, 200 if shown else 404)

    def _shown(self, bench: Workbench, kind: str, rest: str, query: Mapping[str, list[str]]) -> File | None:
        """A page for people, None where there is no such thing."""
        if kind == "":
            return pages.start(bench)
        if kind == "rules":
            return pages.rule(rest)
        tag, _, document = rest.partition("/")
        if kind in ("texts", "page") and document in bench.content.broken:
            return pages.broken(bench, document)
        view = bench.find(tag, document)
        if view is None:
            return None
        if kind == "texts":
            only = query.get("only", [""])[0]
            return pages.side_by_side(bench, view, only if only in pages.FILTERS else "")
        if kind == "page":
            return self._framed(bench, view, query.get("width") == ["phone"])
        return None

    def _framed(self, bench: Workbench, view: View, phone: bool) -> File | None:
        try:
            files = bench.exported(view.document, view.locale)
        except PipelineError as error:
            return pages.trouble(error)
        data = files.get(bench.workspace.bundle(view.locale, view.document.id, "html"))
        return pages.framed(bench, view, _asset(data) if data is not None else None, phone)

    def _exported(self, request: Request, bench: Workbench, path: str) -> Answer:
        """A file of a bundle as an export would write it."""
        tag, _, file = path.partition("/")
        for document in bench.content.documents:
            view = bench.find(tag, document.id) if file.startswith(f"{document.id}.") else None
            data = bench.exported(document, view.locale).get(bench.workspace.export(path)) if view else None
            if data is not None:
                return _sent(request, _asset(data), path, _FRAMED_POLICY)
        return _sent(request, pages.nothing(), ".html", _POLICY, 404)


def _is_own(host: str) -> bool:
    """Whether a name is one of this machine: a site that has its own name point here says that (DNS rebinding)."""
    name = re.sub(r":[0-9]*$", "", host.lower()).strip("[]")
    with suppress(ValueError):
        return ip_address(name).is_loopback
    return name == "localhost"


def _sent(request: Request, body: File, name: str, policy: str, status: int = 200) -> Answer:
    headers = {**_HEADERS, "content-type": content_type(name), "content-security-policy": policy}
    return conditional(request, body, headers, status)


def _own_file(name: str) -> bytes:
    return Path(__file__).with_name(name).read_bytes()


def _asset(data: bytes) -> File:
    return File(data, sha256(data).hexdigest())


def _named(changed: frozenset[str]) -> str:
    names = sorted(changed)
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "") or "a new day"
