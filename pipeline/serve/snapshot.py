"""snapshot: one release in memory, with what the API has to know of it; nothing in it changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Protocol

import msgspec

from pipeline.errors import PipelineError
from pipeline.model.release import INDEX, MANIFEST, Release, Withdrawal


@dataclass(frozen=True, slots=True)
class File:
    """Bytes that are proven, and their SHA-256."""

    data: bytes
    sha256: str


def file(data: bytes) -> File:
    return File(data, sha256(data).hexdigest())


class Holding(Protocol):
    """The files of one release; what it gives is proven."""

    @property
    def digest(self) -> str:
        """What names the release."""

    def has(self, path: str) -> bool:
        """Whether the release lists the file."""

    def find(self, path: str) -> File | None:
        """The file, None where it is not there any more."""


class Record(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """As much of a bundle's record in the index as the API says, in any version of the index."""

    document: str
    locale: str
    dir: str
    market: str
    title: str
    updated: date
    modified: datetime | None = None
    current: bool = True


class _Index(msgspec.Struct, frozen=True, kw_only=True):
    bundles: list[Record]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A whole release. version, published and expires are None for an export that is not published."""

    digest: str
    project: str
    files: Mapping[str, File]
    records: Mapping[tuple[str, str], Record]
    withdrawn: Mapping[tuple[str, str], Withdrawal]
    version: int | None = None
    published: datetime | None = None
    expires: datetime | None = None
    overview: File = field(default_factory=lambda: file(b""))

    def has(self, path: str) -> bool:
        return path in self.files

    def find(self, path: str) -> File | None:
        return self.files.get(path)

    def editions(self, document: str) -> tuple[Record, ...]:
        return tuple(record for (_, name), record in sorted(self.records.items()) if name == document)

    def next_change(self, now: datetime) -> datetime | None:
        """The moment from which on time alone changes answers: it expires, or a date is not in the future any more."""
        moments = (self.expires, *(record.modified for record in self.records.values()))
        return min((moment for moment in moments if moment is not None and moment > now), default=None)

    def withdrawal(self, path: str) -> Withdrawal | None:
        """Why a file of this release or of an earlier one must not be shown any more."""
        locale, _, name = path.partition("/")
        return self.withdrawn.get((locale, name.partition(".")[0]))


def of_release(name: str, release: Release, contents: Mapping[str, bytes]) -> Snapshot:
    """The snapshot of a release whose files are proven."""
    listed = {one.path: one.sha256 for one in release.files}
    files = {path: File(data, listed[path]) if path in listed else file(data) for path, data in contents.items()}
    withdrawn = {_named(path): rule for rule in release.withdrawn for path in rule.tombstones}
    return _with_overview(
        Snapshot(
            digest=name,
            project=release.project,
            files=files,
            records=_records(contents[INDEX]),
            withdrawn=withdrawn,
            version=release.version,
            published=release.published,
            expires=release.expires,
        )
    )


def of_export(project: str, contents: Mapping[str, bytes]) -> Snapshot:
    """The snapshot of an export, named by the digest of its index."""
    files = {path: file(data) for path, data in contents.items()}
    records = _records(contents[INDEX])
    snapshot = Snapshot(digest=files[INDEX].sha256, project=project, files=files, records=records, withdrawn={})
    return _with_overview(snapshot)


def _named(tombstone: str) -> tuple[str, str]:
    locale, _, name = tombstone.removesuffix(".json").partition("/")
    return locale, name


def _records(index: bytes) -> dict[tuple[str, str], Record]:
    try:
        bundles = msgspec.json.decode(index, type=_Index).bundles
    except msgspec.DecodeError as error:
        raise PipelineError(f"is not an index: {error}", where=INDEX, hint="run `pipeline export`") from error
    return {(record.locale, record.document): record for record in bundles}


# ---- the overview at /v1/


def edition(record: Record) -> dict[str, object]:
    """An edition in a list; href is relative to /v1/."""
    return {
        "document": record.document,
        "locale": record.locale,
        "market": record.market,
        "dir": record.dir,
        "title": record.title,
        "updated": record.updated,
        "modified": record.modified,
        "current": record.current,
        "href": f"{record.locale}/{record.document}",
    }


def withdrawal(locale: str, document: str, rule: Withdrawal) -> dict[str, object]:
    return {"document": document, "locale": locale, "reason": rule.reason, "by": rule.by, "when": rule.when}


def json(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"


def _with_overview(snapshot: Snapshot) -> Snapshot:
    documents: dict[str, list[Record]] = {}
    for _, record in sorted(snapshot.records.items()):
        documents.setdefault(record.document, []).append(record)
    overview = {
        "project": snapshot.project,
        "digest": snapshot.digest,
        "version": snapshot.version,
        "published": snapshot.published,
        "expires": snapshot.expires,
        "documents": [
            {"document": name, "href": name, "editions": [edition(record) for record in found]}
            for name, found in sorted(documents.items())
        ],
        "locales": sorted({record.locale for record in snapshot.records.values()}),
        "withdrawn": [withdrawal(*name, rule) for name, rule in sorted(snapshot.withdrawn.items())],
        "links": {
            "index": f"releases/{snapshot.digest}/{INDEX}",
            "release": f"releases/{snapshot.digest}/{MANIFEST}" if snapshot.has(MANIFEST) else None,
            "openapi": "../openapi.json",
        },
    }
    return replace(snapshot, overview=file(json(overview)))
