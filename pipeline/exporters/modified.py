"""modified: when the content of a bundle was last changed, by what its sources say of themselves."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from functools import lru_cache

from pipeline.model.catalog import Catalog
from pipeline.model.localized import LocalizedDocument

REVISION = "PO-Revision-Date"


def modified(localized: LocalizedDocument, catalogs: Iterable[Catalog | None]) -> datetime:
    """The latest of: the day of the document, the revisions of the catalogs that it shows words of, and the days on
    which its disclaimers were taken from their source and came into force.

    No clock and no earlier export has a say: the same content gives the same moment on every machine, and a new
    style sheet is no new content. A day begins at midnight in UTC.
    """
    return max(_moments(localized, catalogs))


def _moments(localized: LocalizedDocument, catalogs: Iterable[Catalog | None]) -> Iterator[datetime]:
    yield _midnight(localized.document.updated)
    shown = {text.file for text in localized.texts.values()}
    for catalog in catalogs:
        revision = _moment(catalog.fields.get(REVISION, "")) if catalog and catalog.name in shown else None
        if revision is not None:
            yield revision
    for disclaimer in localized.disclaimers:
        yield _midnight(disclaimer.as_of)
        yield _midnight(disclaimer.effective)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


@lru_cache(maxsize=256)
def _moment(written: str) -> datetime | None:
    """What a header says; none where a tool has left its placeholder or something that is no moment."""
    try:
        return datetime.strptime(written, "%Y-%m-%d %H:%M%z").astimezone(UTC)
    except (ValueError, OverflowError):
        return None
