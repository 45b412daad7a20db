"""checks: rules that say what is wrong with an edition; each is a pure function in a file of its own in `rules/`."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from pipeline.checks.engine import Engine, check_view
from pipeline.checks.rules.disclaimers import Authored, authored, authorship, disclaimers, placement
from pipeline.checks.rules.inconsistent import inconsistent
from pipeline.checks.subject import CatalogView, Subject
from pipeline.checks.waiving import waive
from pipeline.model.catalog import Catalog
from pipeline.model.disclaimer import Disclaimer
from pipeline.model.document import Document
from pipeline.model.edition import Edition, Wording, Words
from pipeline.model.finding import Finding
from pipeline.model.locale import Locale

__all__ = [
    "Authored",
    "Engine",
    "authored",
    "check_authorship",
    "check_catalog",
    "check_edition",
    "check_placement",
    "check_safety",
    "check_together",
    "check_view",
    "check_words",
    "subject_of",
    "waive",
]


def subject_of(wording: Wording, source: Locale) -> Subject:
    """An edition's wording of a message as the rules look at it; `source` is the locale that authors write in."""
    return Subject(
        id=wording.message.id,
        source=wording.message.source,
        plural=wording.message.plural_source,
        unit=wording.unit,
        file=wording.name,
        locale=wording.locale,
        source_locale=source,
        # A message with placeholders is flagged whatever a tool has made of the catalog's flags.
        flags=("python-brace-format",),
        problems=wording.problems,
    )


def check_words(engine: Engine, words: Words, source: Locale) -> Iterator[Finding]:
    """Findings of the rules for entries and strings, for the locale that the words are for."""
    for wording in words.wordings:
        if not wording.from_source:
            for finding in engine.check_entry(subject_of(wording, source)):
                yield replace(finding, locale=words.locale.gettext)


def check_safety(words: Words) -> Iterator[Finding]:
    """What makes a text unusable whatever its state and language: for texts that come from outside."""
    engine = Engine()
    for wording in words.wordings:
        if wording.unit is not None:
            yield from engine.check_safety(subject_of(wording, words.locale))


def check_catalog(catalog: Catalog, locale: Locale) -> Iterator[Finding]:
    """Findings of every catalog rule; `locale` is the one whose catalog this is."""
    yield from check_view(CatalogView(catalog=catalog, locale=locale))


def check_together(subjects: Iterable[Subject]) -> Iterator[Finding]:
    """Findings on what is translated in two ways, in the order of the subjects."""
    yield from inconsistent(subjects)


def check_placement(documents: Iterable[Document], authored: Iterable[Disclaimer], locale: Locale) -> Iterator[Finding]:
    """Findings on a locale's disclaimers that no document shows."""
    for finding in placement(tuple(documents), authored, locale):
        yield replace(finding, locale=locale.gettext)


def check_authorship(texts: Iterable[Authored]) -> Iterator[Finding]:
    """Findings on disclaimers that are another language's, word for word."""
    yield from authorship(texts)


def check_edition(document: Document, edition: Edition, today: date) -> Iterator[Finding]:
    """Findings of the rule for disclaimers."""
    for finding in disclaimers(document, edition, today):
        yield replace(finding, locale=edition.locale.gettext)
