"""index: the list of every bundle of an export with its digests."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256

import msgspec

from pipeline.model import bundle
from pipeline.model.bundle import encode
from pipeline.model.locale import direction
from pipeline.model.localized import LocalizedDocument, Origin
from pipeline.model.pattern import plain


def exported_file(path: str, data: bytes) -> bundle.ExportedFile:
    return bundle.ExportedFile(path=path, sha256=sha256(data).hexdigest(), size=len(data))


def bundle_record(
    localized: LocalizedDocument, files: Mapping[str, bytes], alternates: Iterable[str], modified: datetime
) -> bundle.BundleRecord:
    """What the index says of a fresh bundle; `files` maps paths relative to the index to bytes."""
    document, locale = localized.document, localized.locale
    shown = document.market_messages(locale.market)
    origins = [localized.texts[message.id].origin for message in shown]
    return bundle.BundleRecord(
        document=document.id,
        locale=locale.bcp47,
        dir=direction(locale),  # type: ignore[arg-type]
        market=locale.market,
        pseudo=locale.is_pseudo,
        status=document.status,
        title=plain(localized.texts["title"].pattern),
        updated=document.updated,
        modified=modified,
        current=True,
        completeness=bundle.Completeness(
            messages=len(origins),
            translated=origins.count(Origin.TRANSLATED),
            source=origins.count(Origin.SOURCE),
        ),
        files=[exported_file(path, data) for path, data in sorted(files.items())],
        alternates=list(alternates),
    )


class Entry(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A bundle in the index as it stands there, and the paths of its files: for many, lighter than their records."""

    document: str
    locale: str
    paths: tuple[str, ...]
    data: bytes

    def record(self) -> bundle.BundleRecord:
        return msgspec.json.decode(self.data, type=bundle.BundleRecord)


def entry(record: bundle.BundleRecord) -> Entry:
    data = encode(record).rstrip().replace(b"\n", b"\n    ")
    paths = tuple(file.path for file in record.files)
    return Entry(document=record.document, locale=record.locale, paths=paths, data=data)


def index(entries: Iterable[Entry], assets: Mapping[str, bytes]) -> bytes:
    """The index, sorted by document and locale."""
    bundles = sorted(entries, key=lambda one: (one.document, one.locale))
    empty = encode(
        bundle.Index(
            schema="schema/index.schema.json",
            schema_version=bundle.SCHEMA_VERSION,
            bundles=[],
            assets=[exported_file(path, data) for path, data in sorted(assets.items())],
        )
    )
    if not bundles:
        return empty
    before, after = empty.split(b'"bundles": []', 1)
    # A JSON string holds no line end, so an entry can be indented as it is. One join, for there may be very many.
    parts = [before, b'"bundles": [\n    ']
    for one in bundles:
        parts += (one.data, b",\n    ")
    parts[-1] = b"\n  ]" + after
    return b"".join(parts)


class _Path(msgspec.Struct):
    path: str


class _ListedBundle(msgspec.Struct):
    files: list[_Path]


class _Listed(msgspec.Struct, rename="camel"):
    schema_version: bundle.Version
    bundles: list[_ListedBundle]
    assets: list[_Path]


def listed_paths(data: bytes) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The paths of the bundles' files and of the assets that an index written before lists; None if it is not one of
    this version.
    """
    try:
        listed = msgspec.json.decode(data, type=_Listed)
    except msgspec.DecodeError:
        return None
    bundles = tuple([file.path for one in listed.bundles for file in one.files])
    return bundles, tuple(file.path for file in listed.assets)


def read_index(data: bytes) -> bundle.Index | None:
    """An index written before, None if it is not one of this version."""
    try:
        return msgspec.json.decode(data, type=bundle.Index)
    except msgspec.DecodeError:
        return None
