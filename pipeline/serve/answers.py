"""answers: a request and the release it works on to an answer; no clock, no disk but through the release."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from http import HTTPStatus

from pipeline.model.content_type import content_type
from pipeline.model.release import Withdrawal
from pipeline.releases.compression import SUFFIXES
from pipeline.serve.conditions import condition
from pipeline.serve.negotiation import encoding, language, media_type
from pipeline.serve.snapshot import File, Holding, Record, Snapshot, edition, file, json, withdrawal

FOREVER = "public, max-age=31536000, immutable"
REVALIDATE = "public, no-cache"
POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'"

# What a document is offered as: the first is for those who do not say.
OFFERS = {"application/json": "json", "text/html": "html"}
_JSON = ("application/json",)

_CODINGS = {"br": ".br", "zstd": ".zst", "gzip": ".gz"}
_DIGEST = re.compile(r"[0-9a-f]{64}")

Earlier = Callable[[str], Holding | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What was asked; names of headers in small letters."""

    method: str
    path: str
    headers: Mapping[str, str]
    query: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is sent; for HEAD without the body. Headers are as they go over the line."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes


def problem(status: int, detail: str, more: Mapping[str, object] | None = None, **headers: str) -> Answer:
    """Why there is nothing else to send (RFC 9457)."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    said = {name.replace("_", "-"): value for name, value in headers.items()}
    return _answer(
        status,
        json({**body, **(more or {})}),
        {"content-type": "application/problem+json", "cache-control": "no-store", **said},
    )


def answer(request: Request, snapshot: Snapshot, now: datetime, earlier: Earlier) -> Answer:
    """The answer from this release, or from an earlier one where the path names it."""
    if request.method not in ("GET", "HEAD"):
        return problem(405, "This is read-only.", allow="GET, HEAD")
    if snapshot.expires is not None and snapshot.expires <= now:
        said = f"Version {snapshot.version} has expired on {snapshot.expires:%Y-%m-%d}, and there is no newer one."
        return problem(503, said)
    first, *rest = request.path.removeprefix("/v1/").split("/") if request.path.startswith("/v1/") else ("", "?")
    if rest == [] and first == "":
        return _overview(request, snapshot)
    if first == "releases" and len(rest) >= 2:
        return _released(request, snapshot, rest[0], "/".join(rest[1:]), now, earlier)
    if len(rest) == 1:
        return _file(request, snapshot, first, rest[0], now)
    if rest == []:
        return _document(request, snapshot, first)
    return _nothing()


def fixed(request: Request, body: File, headers: Mapping[str, str] | None = None, status: int = 200) -> Answer:
    """A JSON value of our own."""
    if request.method not in ("GET", "HEAD"):
        return problem(405, "This is read-only.", allow="GET, HEAD")
    if media_type(request.headers.get("accept"), _JSON) is None:
        return _unacceptable(_JSON, "accept")
    said = {"content-type": "application/json", "cache-control": REVALIDATE, "vary": "accept", **(headers or {})}
    return conditional(request, body, said, status)


def _overview(request: Request, snapshot: Snapshot) -> Answer:
    return fixed(request, snapshot.overview)


def _document(request: Request, snapshot: Snapshot, name: str) -> Answer:
    """Where the edition is that the reader means, or all that there are."""
    records = {record.locale: record for record in snapshot.editions(name)}
    if not records:
        gone = [(one, rule) for one, rule in sorted(snapshot.withdrawn.items()) if one[1] == name]
        return _gone(*gone[0]) if gone else _nothing()
    choice = language(request.headers.get("accept-language"), tuple(records))
    vary = "accept-language"
    if choice.edition is not None:
        location = f"{choice.edition}/{name}"
        headers = {"location": location, "cache-control": REVALIDATE, "vary": vary}
        return _answer(307, b"", headers)
    options = [records[locale] for locale in choice.options]
    links = ", ".join(f'<{_href(record)}>; rel="alternate"; hreflang="{record.locale}"' for record in options)
    body = {"document": name, "editions": [edition(record) for record in options]}
    return fixed(request, file(json(body)), {"link": links, "vary": f"accept, {vary}"}, 300)


def _href(record: Record) -> str:
    return f"{record.locale}/{record.document}"


def _file(request: Request, snapshot: Snapshot, folder: str, name: str, now: datetime) -> Answer:
    """A document in a locale, by what is accepted; or one file of the release by its name."""
    rule = snapshot.withdrawal(f"{folder}/{name}")
    if rule is not None:
        return _gone((folder, name.partition(".")[0]), rule)
    vary = "accept-encoding"
    path = f"{folder}/{name}"
    record = snapshot.records.get((folder, name))
    if record is not None:
        wanted = media_type(request.headers.get("accept"), tuple(OFFERS))
        if wanted is None:
            return _unacceptable(tuple(OFFERS), "accept")
        path, vary = f"{path}.{OFFERS[wanted]}", f"accept, {vary}"
    if not snapshot.has(path) or path.endswith(SUFFIXES):
        return _nothing()
    headers = {"cache-control": REVALIDATE, "vary": vary}
    headers["content-location"] = f"../releases/{snapshot.digest}/{path}"
    return _representation(request, snapshot, path, {**headers, **_dated(snapshot, path, now)})


def _released(request: Request, snapshot: Snapshot, digest: str, path: str, now: datetime, earlier: Earlier) -> Answer:
    """A file that never changes, unless it was withdrawn since."""
    holding: Holding | None = snapshot if digest == snapshot.digest else None
    if holding is None and _DIGEST.fullmatch(digest):
        holding = earlier(digest)
    if holding is None:
        return _nothing()
    rule = snapshot.withdrawal(path)
    if rule is not None:
        locale, _, name = path.partition("/")
        return _gone((locale, name.partition(".")[0]), rule)
    if not holding.has(path):
        return _nothing()
    headers = {"cache-control": FOREVER, "vary": "accept-encoding"}
    dated = _dated(snapshot, path, now) if holding is snapshot else {}
    return _representation(request, holding, path, {**headers, **dated})


def _dated(snapshot: Snapshot, path: str, now: datetime) -> dict[str, str]:
    locale, _, name = path.partition("/")
    record = snapshot.records.get((locale, name.partition(".")[0]))
    headers: dict[str, str] = {}
    if record is not None:
        headers["content-language"] = record.locale
        # A moment in the future must not be sent (RFC 9110, 8.8.2.1).
        if record.modified is not None and record.modified <= now:
            headers["last-modified"] = format_datetime(record.modified.astimezone(UTC), usegmt=True)
    return headers


def _representation(request: Request, holding: Holding, path: str, headers: Mapping[str, str]) -> Answer:
    """The file as it lies, or the variant of it that was compressed when it was published."""
    packed = path.endswith(SUFFIXES)
    offers = tuple(coding for coding, suffix in _CODINGS.items() if not packed and holding.has(path + suffix))
    coding = encoding(request.headers.get("accept-encoding"), offers)
    if coding is None:
        return _unacceptable((*offers, "identity"), "accept-encoding")
    found = holding.find(path + _CODINGS.get(coding, ""))
    if found is None:
        return problem(503, "This file of an earlier release cannot be read any more.")
    said = {"content-type": content_type(path), **headers}
    if coding != "identity":
        said["content-encoding"] = coding
    if said["content-type"].startswith("text/html"):
        said["content-security-policy"] = POLICY
    return conditional(request, found, said, 200)


def conditional(request: Request, body: File, headers: Mapping[str, str], status: int) -> Answer:
    """The body with its ETag, or that the client has it; `headers` has `vary`."""
    etag = f'"{body.sha256}"'
    said = {"etag": etag, **headers}
    match condition(request.headers, etag):
        case 412:
            return problem(412, "This is not what If-Match asks for.", vary=headers["vary"])
        case 304:
            content = ("content-type", "content-encoding", "content-language", "content-security-policy")
            return _answer(304, b"", {name: value for name, value in said.items() if name not in content})
    return _answer(status, body.data, said)


def _unacceptable(offers: tuple[str, ...], header: str) -> Answer:
    return problem(406, f"This is offered as {', '.join(offers)}.", {"offers": offers}, vary=header)


def _gone(name: tuple[str, str], rule: Withdrawal) -> Answer:
    locale, document = name
    return problem(410, f"Withdrawn: {rule.reason}", {"withdrawn": True, **withdrawal(locale, document, rule)})


def _nothing() -> Answer:
    return problem(404, "There is no such document, locale or file; /v1/ lists all there are.")


def _answer(status: int, body: bytes, headers: Mapping[str, str]) -> Answer:
    said = {**headers, "x-content-type-options": "nosniff"}
    if status != 304:
        said["content-length"] = str(len(body))
    lines = tuple((name.encode("latin-1"), value.encode("latin-1")) for name, value in said.items())
    return Answer(status=status, headers=lines, body=body)
