"""index: the list of every bundle of an export with its digests."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256

import msgspec

from pipeline.exporters.json_bundle import encode
from pipeline.model import bundle
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


def index(records: Iterable[bundle.BundleRecord], assets: Mapping[str, bytes]) -> bytes:
    """The index, sorted by document and locale."""
    return encode(
        bundle.Index(
            schema="schema/index.schema.json",
            schema_version=bundle.SCHEMA_VERSION,
            bundles=sorted(records, key=lambda record: (record.document, record.locale)),
            assets=[exported_file(path, data) for path, data in sorted(assets.items())],
        )
    )


def read_index(data: bytes) -> bundle.Index | None:
    """An index written before, None if it is not one of this version."""
    try:
        return msgspec.json.decode(data, type=bundle.Index)
    except msgspec.DecodeError:
        return None
