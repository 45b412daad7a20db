"""untranslated: what the rule says of English that stands for a translation, and of words that both languages have."""

import pytest

from pipeline.model.finding import Severity
from tests.checks.subjects import findings

ENGLISH = "Ask your doctor about the side effects."


@pytest.mark.parametrize("locale", ["ar", "de", "es", "fr", "ja", "pl", "pt_BR", "zh_CN"])
def test_an_english_sentence_is_an_error_in_every_language(locale: str) -> None:
    (finding,) = findings("untranslated", ENGLISH, ENGLISH, locale=locale)
    assert finding.severity is Severity.ERROR
    assert finding.message == "is the source text"


@pytest.mark.parametrize("target", ["Ask your doctor about the side effects", f"{ENGLISH}!"])
def test_other_case_and_marks_make_no_translation(target: str) -> None:
    assert [finding.severity for finding in findings("untranslated", ENGLISH, target)] == [Severity.ERROR]


def test_a_single_word_in_place_of_another_makes_no_translation() -> None:
    (finding,) = findings("untranslated", ENGLISH, "Ask your physician about the side effects.")
    assert finding.message == "is nearly the source text"


def test_placeholders_and_tags_tell_nothing() -> None:
    source = "<em>Ask</em> your doctor about {count} side effects.{cite1}"
    assert len(findings("untranslated", source, source)) == 1


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("fr", "Next question"),
        ("pl", "Side effects"),
        ("ja", "Learn more"),
        ("de", "Most Common Side Effects"),
        ("de", ENGLISH.upper()),
        ("ja", "Food and Drug Administration"),
    ],
)
def test_a_short_text_is_a_warning(locale: str, text: str) -> None:
    assert [finding.severity for finding in findings("untranslated", text, text, locale=locale)] == [Severity.WARNING]


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("de", "Proleukin (aldesleukin)"),
        ("de", "Name"),
        ("de", "Status"),
        ("de", "Version 2.0"),
        ("fr", "Question"),
        ("fr", "Notes"),
        ("es", "Hospital"),
        ("es", "No"),
        ("pt_BR", "Total"),
        ("pl", "System"),
        ("ja", "ECOG"),
        ("zh_CN", "https://example.org/about/the/treatment"),
        ("ar", "safety@example.org"),
        ("ja", "CYTO-2"),
        ("de", "p = 0.03"),
        ("pl", "{count} mg/kg"),
    ],
)
def test_names_numbers_addresses_and_shared_words_may_stay(locale: str, text: str) -> None:
    assert findings("untranslated", text, text, locale=locale) == []


def test_a_word_that_only_english_has_is_told_even_alone() -> None:
    assert len(findings("untranslated", "Without", "Without")) == 1


def test_an_edition_in_english_says_what_the_english_says() -> None:
    assert findings("untranslated", ENGLISH, ENGLISH, locale="en_GB") == []


def test_a_language_that_nothing_is_known_of_is_told_by_english_words() -> None:
    assert len(findings("untranslated", ENGLISH, ENGLISH, locale="hu")) == 1
