"""modified: the moment of a bundle moves with its content, and with nothing else."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pipeline.exporters.modified import modified
from pipeline.model.catalog import Catalog, Unit, header_text
from pipeline.model.locale import Locale
from pipeline.model.localized import LocalizedDocument
from tests.exporters.sample import ENGLISH, localized

ARABIC = Locale("ar", "", "SA")
CATALOG = "locales/ar/LC_MESSAGES/cold-chain.po"


def catalog(revision: str, name: str = CATALOG) -> Catalog:
    return Catalog(name=name, header=Unit(source="", targets=(header_text({"PO-Revision-Date": revision}),)), units=())


def dated(found: LocalizedDocument, day: date) -> LocalizedDocument:
    """The document with this day in its front matter and in its disclaimers."""
    disclaimers = tuple(replace(each, as_of=day, effective=day) for each in found.disclaimers)
    return replace(found, document=replace(found.document, updated=day), disclaimers=disclaimers)


@pytest.fixture
def old() -> LocalizedDocument:
    return dated(localized(ARABIC), date(2020, 1, 1))


def test_the_day_of_the_document_counts_from_its_beginning(old: LocalizedDocument) -> None:
    assert modified(old, ()) == datetime(2020, 1, 1, tzinfo=UTC)
    later = replace(old, document=replace(old.document, updated=date(2024, 2, 29)))
    assert modified(later, ()) == datetime(2024, 2, 29, tzinfo=UTC)


def test_the_revision_of_a_catalog_counts_in_utc(old: LocalizedDocument) -> None:
    assert modified(old, [catalog("2024-05-06 01:30+0330")]) == datetime(2024, 5, 5, 22, 0, tzinfo=UTC)
    assert modified(old, [catalog("2019-05-06 01:30+0000")]) == datetime(2020, 1, 1, tzinfo=UTC)


def test_a_catalog_that_the_bundle_shows_no_word_of_does_not_count(old: LocalizedDocument) -> None:
    other = catalog("2024-05-06 01:30+0000", "locales/ar_SA/LC_MESSAGES/cold-chain.po")
    assert modified(old, [other, None]) == datetime(2020, 1, 1, tzinfo=UTC)
    english = dated(localized(ENGLISH), date(2020, 1, 1))
    assert modified(english, [catalog("2024-05-06 01:30+0000")]) == datetime(2020, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("field", ["as_of", "effective"])
def test_a_disclaimer_counts_when_it_was_taken_and_when_it_came_into_force(old: LocalizedDocument, field: str) -> None:
    first, *others = old.disclaimers
    newer = replace(old, disclaimers=(replace(first, **{field: date(2025, 7, 8)}), *others))  # type: ignore[arg-type]
    assert modified(newer, ()) == datetime(2025, 7, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    "revision",
    ["YEAR-MO-DA HO:MI+ZONE", "", "yesterday", "2024-13-01 00:00+0000", "2024-05-06 01:30", "0001-01-01 00:00+1400"],
)
def test_a_revision_that_is_no_moment_does_not_count(old: LocalizedDocument, revision: str) -> None:
    assert modified(old, [catalog(revision)]) == datetime(2020, 1, 1, tzinfo=UTC)
