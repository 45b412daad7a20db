"""Every class of defect: its name, whether a patient, the law or security is at stake, and how to make one."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.quality.corpus import Case
from tests.quality.mutations import (
    catalogs,
    characters,
    figures,
    names,
    placeholders,
    security,
    typography,
    wording,
)
from tests.quality.po_text import Catalog


@dataclass(frozen=True, slots=True, kw_only=True)
class Defect:
    """A defect of one string. Critical: it must be an error. Extra: reported, but not part of the totals."""

    name: str
    spoil: Callable[[Case], str | None]
    critical: bool = False
    extra: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogDefect:
    """A defect of a file. The number tells which of several ways is taken."""

    name: str
    spoil: Callable[[Catalog, int], Catalog | None]
    critical: bool = False
    beside: bool = False  # a second file beside the correct one, without a template


def _critical(*spoilers: Callable[[Case], str | None]) -> list[Defect]:
    return [Defect(name=_name(spoil), spoil=spoil, critical=True) for spoil in spoilers]


def _plain(*spoilers: Callable[[Case], str | None]) -> list[Defect]:
    return [Defect(name=_name(spoil), spoil=spoil) for spoil in spoilers]


def _name(spoil: Callable[..., object]) -> str:
    return spoil.__name__.replace("_", "-")


# Beyond what was asked of the checker: meaning that no surface shows.
EXTRA = tuple(
    Defect(name=_name(spoil), spoil=spoil, extra=True)
    for spoil in (
        wording.negation_dropped,
        wording.other_text,
        wording.sentence_added,
        typography.bracket_lost,
        typography.small_start,
    )
)

DEFECTS: tuple[Defect, ...] = (
    *_critical(
        placeholders.citations_swapped,
        placeholders.citation_moved_to_another_sentence,
        placeholders.citation_moved_to_another_claim,
        placeholders.citation_dropped,
        placeholders.citation_doubled,
        placeholders.placeholder_case,
        placeholders.placeholder_malformed,
        placeholders.placeholder_renamed,
        placeholders.tags_reversed,
        placeholders.tag_unclosed,
        placeholders.tags_dropped,
        figures.numbers_swapped,
        figures.number_changed,
        figures.digit_lost,
        figures.decimal_shifted,
        figures.thousands_lost,
        figures.percent_dropped,
        figures.wrong_number_format,
        figures.range_end_changed,
        figures.range_broken,
        figures.unit_changed,
        figures.comparison_flipped,
        names.populations_swapped,
        names.population_replaced,
        names.name_misspelt,
        names.name_translated,
        names.name_disguised,
        wording.untranslated,
        wording.wrong_language,
        wording.answer_flipped,
        characters.bidi_control,
        characters.control_character,
        characters.mojibake,
        security.markup_smuggled,
        security.script_address,
        security.url_changed,
        security.email_changed,
        security.phone_changed,
    ),
    *_plain(
        figures.month_changed,
        figures.number_word_changed,
        figures.roman_numeral_changed,
        names.name_recased,
        names.forbidden_term,
        names.other_term,
        wording.half_english,
        wording.traditional_chinese,
        wording.truncated,
        wording.sentence_missing,
        characters.zero_width,
        characters.soft_hyphen,
        characters.mixed_script,
        characters.decomposed,
        characters.replacement_character,
        security.url_added,
        typography.final_stop_lost,
        typography.final_stop_changed,
        typography.question_mark_wrong,
        typography.french_space_missing,
        typography.quotes_straight,
        typography.quotes_foreign,
        typography.word_doubled,
        typography.space_doubled,
        typography.edge_space,
        typography.line_break,
        typography.space_before_stop,
        typography.comma_wrong,
        typography.space_missing,
        typography.entity_left,
    ),
    *EXTRA,
)

_CRITICAL_FILES = (
    catalogs.entry_missing,
    catalogs.entry_added,
    catalogs.source_tampered,
    catalogs.context_tampered,
    catalogs.entry_doubled,
    catalogs.translation_empty,
    catalogs.plural_form_empty,
    catalogs.fuzzy_left,
    catalogs.plural_form_missing,
    catalogs.plural_placeholder_lost,
    catalogs.plural_header_wrong,
    catalogs.plural_header_malformed,
    catalogs.language_header_wrong,
    catalogs.charset_wrong,
    catalogs.syntax_broken,
)

CATALOG_DEFECTS: tuple[CatalogDefect, ...] = (
    *(CatalogDefect(name=_name(spoil), spoil=spoil, critical=True) for spoil in _CRITICAL_FILES),
    CatalogDefect(name="said-two-ways", spoil=catalogs.said_two_ways, beside=True),
)
