"""checks: rules that say what is wrong with an edition; each is a pure function in a file of its own.

A new rule is one file and one line in the table of its scope.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date

from pipeline.checks.blank import blank
from pipeline.checks.disclaimers import authorship, disclaimers, placement
from pipeline.checks.fuzzy import fuzzy
from pipeline.checks.language import language
from pipeline.checks.missing import missing
from pipeline.checks.outdated import outdated
from pipeline.checks.placeholders import placeholders
from pipeline.checks.plural_forms import plural_forms
from pipeline.model.catalog import Catalog
from pipeline.model.disclaimer import Disclaimer
from pipeline.model.document import Document
from pipeline.model.edition import Edition, Wording, Words
from pipeline.model.finding import Finding
from pipeline.model.locale import Locale

StringRule = Callable[[Wording], Iterator[Finding]]
CatalogRule = Callable[[Catalog, Locale], Iterator[Finding]]
EditionRule = Callable[[Document, Edition, date], Iterator[Finding]]

STRING_RULES: tuple[StringRule, ...] = (missing, outdated, fuzzy, placeholders, blank)
CATALOG_RULES: tuple[CatalogRule, ...] = (language, plural_forms)
EDITION_RULES: tuple[EditionRule, ...] = (disclaimers,)


# What makes a text unusable whatever its state: the rules for texts that come from outside.
TEXT_RULES: tuple[StringRule, ...] = (placeholders, blank)


def check_words(words: Words, rules: tuple[StringRule, ...] = STRING_RULES) -> Iterator[Finding]:
    """Findings of the string rules, for the locale that the words are for."""
    for wording in words.wordings:
        if not wording.from_source:
            for rule in rules:
                for finding in rule(wording):
                    yield replace(finding, entry=wording.message.id, locale=words.locale.gettext)


def check_catalog(catalog: Catalog, locale: Locale) -> Iterator[Finding]:
    """Findings of every catalog rule; `locale` is the one whose catalog this is."""
    for rule in CATALOG_RULES:
        yield from rule(catalog, locale)


def check_placement(documents: Iterable[Document], authored: Iterable[Disclaimer], locale: Locale) -> Iterator[Finding]:
    """Findings on a locale's disclaimers that no document shows."""
    for finding in placement(tuple(documents), authored, locale):
        yield replace(finding, locale=locale.gettext)


def check_authorship(editions: Iterable[Edition]) -> Iterator[Finding]:
    """Findings on disclaimers that are another language's, word for word."""
    yield from authorship(editions)


def check_edition(document: Document, edition: Edition, today: date) -> Iterator[Finding]:
    """Findings of every edition rule."""
    for rule in EDITION_RULES:
        for finding in rule(document, edition, today):
            yield replace(finding, locale=edition.locale.gettext)
