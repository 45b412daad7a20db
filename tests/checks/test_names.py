"""names: what the rule says of names that are gone, misspelt or disguised, and what it lets pass."""

import pytest

from pipeline.checks.facts.names import Named, names
from pipeline.checks.markup import Syntax
from pipeline.checks.subject import Pair, Text
from pipeline.model.finding import Finding, Severity
from pipeline.model.locale import Locale
from tests.checks.glossaries import glossary
from tests.checks.subjects import findings

WORDS = glossary()


def told(source: str, target: str, locale: str = "de") -> list[Finding]:
    return findings("names", source, target, locale=locale, glossary=WORDS)


def fact(source: str, target: str, locale: str) -> list[str]:
    english, other = Locale("en"), Locale.parse(locale)
    pair = Pair(source=Text(source, english, Syntax.BRACE), target=Text(target, other, Syntax.BRACE), glossary=WORDS)
    return [found.name for found in pair.fact(names).target]


@pytest.mark.parametrize(
    ("locale", "target"),
    [
        ("de", "Die Wirkung Proleukins"),
        ("de_AT", "die Proleukin-Therapie"),
        ("de", "Proleukin® wirkt."),
        ("pl", "Leczenie Proleukinem"),
        ("pl_PL", "dawka Proleukinu"),
        ("fr", "l’efficacité de Proleukin"),
        ("ja", "プロロイキン（Proleukin）は"),
        ("ja", "患者はProleukinを使う"),
        ("ar", "علاج بـProleukin"),
        ("zh_CN", "使用Proleukin治疗"),
    ],
)
def test_a_name_with_what_its_language_adds_is_found(locale: str, target: str) -> None:
    assert fact("Proleukin", target, locale) == ["Proleukin"]
    assert told("Proleukin works", target, locale) == []


def test_the_offsets_of_a_name_are_those_of_the_words() -> None:
    english = Locale("en")
    text = Text("<em>IL-2</em>{cite1} mRCC", english, Syntax.BRACE)
    pair = Pair(source=text, target=text, glossary=WORDS)
    assert pair.fact(names).source == (Named("IL-2", 0, 4), Named("mRCC", 6, 10))


def test_a_longer_name_is_not_taken_for_a_shorter_one() -> None:
    assert fact("", "IL-21, xIL-2, mRCCs", "fr") == []


def test_a_no_break_hyphen_in_a_name_is_fine() -> None:
    assert told("What is IL-2?", "Was ist IL‑2?") == []


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("Was ist Prolekuin?", "Proleukin is misspelt: Prolekuin"),
        ("Was ist Prolekin?", "Proleukin is misspelt: Prolekin"),
        ("Was ist proleukin?", "Proleukin is in other letters: proleukin"),
        ("Was ist PROLEUKIN?", "Proleukin is in other letters: PROLEUKIN"),
        (
            "Was ist Prоleukin?",
            "Proleukin is written with look-alikes: Prоleukin (U+043E CYRILLIC SMALL LETTER O)",
        ),
        ("Was ist die Prolekuin-Therapie?", "Proleukin is misspelt: Prolekuin-Therapie"),
        ("Was ist das?", "Proleukin is missing"),
    ],
)
def test_a_name_that_is_changed_or_gone_is_an_error(target: str, message: str) -> None:
    assert [(finding.severity, finding.message) for finding in told("What is Proleukin?", target)] == [
        (Severity.ERROR, message)
    ]


def test_a_transliterated_name_is_missing() -> None:
    (finding,) = told("What is Proleukin?", "プロロイキンとは何ですか？", "ja")
    assert finding.message == "Proleukin is missing"


def test_full_width_letters_disguise_a_name() -> None:
    (finding,) = told("What is IL-2?", "ＩＬ－２とは何ですか？", "ja")
    assert "U+FF29 FULLWIDTH LATIN CAPITAL LETTER I" in finding.message


def test_a_name_fewer_times_is_a_warning() -> None:
    (finding,) = told("Proleukin works. Ask about Proleukin.", "Proleukin wirkt. Fragen Sie danach.")
    assert finding.severity is Severity.WARNING
    assert (finding.expected, finding.actual) == ("Proleukin (2x)", "Proleukin (1x)")


def test_a_name_more_often_than_in_the_english_is_fine() -> None:
    assert told("Proleukin works. It is old.", "Proleukin wirkt. Proleukin ist alt.") == []


def test_an_abbreviation_may_give_way_to_the_words_that_it_was_introduced_for() -> None:
    source = "Proleukin causes capillary leak syndrome (CLS). CLS is serious. CLS may kill."
    ar = "يسبب Proleukin متلازمة تسرب الشعيرات الدموية (CLS). وهذه المتلازمة خطيرة. وقد تقتل CLS."
    assert told(source, ar, "ar") == []
    without = "يسبب Proleukin متلازمة تسرب الشعيرات الدموية (CLS). وهي خطيرة. وقد تقتل CLS."
    assert [finding.message for finding in told(source, without, "ar")] == ["CLS stands 2 times, not 3"]


def test_a_form_that_the_glossary_does_not_list_is_a_warning() -> None:
    (finding,) = told("for Proleukin", "ku Proleukinowi", "pl")
    assert finding.severity is Severity.WARNING
    assert "does not list" in finding.message


def test_the_case_that_the_english_itself_has_is_fine() -> None:
    assert told("PROLEUKIN: what is Proleukin?", "PROLEUKIN: Was ist Proleukin?") == []


def test_a_name_with_a_character_that_nobody_sees_is_another_rules_finding() -> None:
    assert told("What is Proleukin?", "Was ist Pro\u200bleukin?") == []


def test_a_name_of_several_words_must_stay_whole() -> None:
    source = "ECOG (Eastern Cooperative Oncology Group)"
    assert told(source, "ECOG (Eastern Cooperative Oncology Group)") == []
    (finding,) = told(source, "ECOG (Östliche Onkologie-Gruppe)")
    assert finding.message == "Eastern Cooperative Oncology Group is missing"


@pytest.mark.parametrize(
    ("source", "target", "severity"),
    [
        ("What is mRCC?", "Was ist MRCC?", Severity.WARNING),
        ("What does IL-2 do?", "Was macht ІL-2?", Severity.ERROR),
        ("Use the API", "Die АРІ verwenden", Severity.ERROR),
    ],
)
def test_without_a_glossary_abbreviations_keep_their_letters(source: str, target: str, severity: Severity) -> None:
    (finding,) = findings("names", source, target)
    assert finding.severity is severity


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Read the FAQ", "Lire la faq"),
        ("Each mL counts", "Jeder ml zählt"),
        ("Dissolve in 5 mEq", "In 5 meq lösen"),
        ("What is mRCC?", "Was ist das?"),
        ("Enable JavaScript", "JavaScript aktivieren"),
    ],
)
def test_without_a_glossary_nothing_has_to_stay(source: str, target: str) -> None:
    assert findings("names", source, target) == []
