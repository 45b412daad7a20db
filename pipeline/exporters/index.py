"""index: the list of every bundle of an export with its digests."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from operator import attrgetter
from typing import TypeVar

import msgspec

from pipeline.model import bundle
from pipeline.model.bundle import encode
from pipeline.model.locale import direction
from pipeline.model.localized import LocalizedDocument, Origin
from pipeline.model.pattern import plain

Same = TypeVar("Same")


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
    """A bundle in the index as it stands there: for many, lighter than their records.

    `data` is all of it up to its alternates, `alternates` the rest, which is one object for bundles that have the same.
    """

    document: str
    locale: str
    suffixes: tuple[str, ...]
    data: bytes
    alternates: bytes

    @property
    def paths(self) -> tuple[str, ...]:
        own = f"{self.locale}/{self.document}"
        return tuple([suffix[1:] if suffix[0] == "/" else own + suffix for suffix in self.suffixes])

    def record(self) -> bundle.BundleRecord:
        return msgspec.json.decode(self.data + self.alternates, type=bundle.BundleRecord)


def entry(record: bundle.BundleRecord) -> Entry:
    """What the index says of a bundle, as it says it."""
    encoded = encode(record).rstrip().replace(b"\n", b"\n    ")
    data, mark, alternates = encoded.rpartition(_ALTERNATES)
    return Entry(
        document=record.document,
        locale=record.locale,
        suffixes=_one(tuple(suffix_of(record, file) for file in record.files)),
        data=data,
        alternates=_one(mark + alternates),
    )


def remembered(data: bytes) -> Entry:
    """An entry as msgpack has it."""
    one = msgspec.msgpack.decode(data, type=Entry)
    return Entry(one.document, one.locale, _one(one.suffixes), one.data, _one(one.alternates))


def suffix_of(record: bundle.BundleRecord, file: bundle.ExportedFile) -> str:
    """What the name of a bundle's file adds to that of its document; of any other file a slash and its path."""
    suffix = file.path.removeprefix(f"{record.locale}/{record.document}")
    return suffix if suffix.startswith(".") and "/" not in suffix else f"/{file.path}"


# The last field of a record.
_ALTERNATES = b'"alternates": '


@lru_cache(maxsize=1024)
def _one(value: Same) -> Same:
    """The same object for the same value."""
    return value


class Listing(msgspec.Struct, frozen=True, array_like=True):
    """The entries of one locale, packed, with a name for each of what its bundle was made from.

    Those in a group have suffixes and alternates in common.
    """

    locale: str
    groups: tuple[tuple[tuple[str, ...], bytes, tuple[tuple[str, str, bytes], ...]], ...]

    def entries(self) -> "Iterator[tuple[str, Entry]]":
        """Each with its name."""
        for suffixes, alternates, members in self.groups:
            for document, name, data in members:
                yield name, Entry(document, self.locale, suffixes, data, alternates)


def listing(locale: str, named: Iterable[tuple[str, Entry]]) -> Listing:
    groups: dict[tuple[tuple[str, ...], bytes], list[tuple[str, str, bytes]]] = {}
    for name, one in named:
        groups.setdefault((one.suffixes, one.alternates), []).append((one.document, name, one.data))
    return Listing(locale, tuple((*common, tuple(members)) for common, members in groups.items()))


def index_parts(entries: Iterable[Entry], assets: Mapping[str, bytes]) -> Sequence[bytes]:
    """The bytes of the index, sorted by document and locale; there may be very many."""
    bundles = sorted(entries, key=attrgetter("document", "locale"))
    empty = encode(
        bundle.Index(
            schema="schema/index.schema.json",
            schema_version=bundle.SCHEMA_VERSION,
            bundles=[],
            assets=[exported_file(path, data) for path, data in sorted(assets.items())],
        )
    )
    if not bundles:
        return (empty,)
    before, after = empty.split(b'"bundles": []', 1)
    # A JSON string holds no line end, so an entry can be indented as it is.
    parts = [before, b'"bundles": [\n    ']
    for one in bundles:
        parts += (one.data, one.alternates, b",\n    ")
    parts[-1] = b"\n  ]" + after
    return parts


def digest_of_paths(entries: Iterable[Entry], assets: Iterable[str]) -> str:
    """Stands for the paths of all files that an index lists."""
    paths = [f"{one.locale}/{one.document} {' '.join(one.suffixes)}" for one in entries]
    return sha256("\n".join((" ".join(sorted(assets)), *paths)).encode()).hexdigest()


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
