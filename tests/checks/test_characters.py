"""characters: invisible, control, mixed-script and normalization on what nobody sees or tells apart."""

import pytest

from pipeline.checks.facts.characters import named, shown, skeleton
from pipeline.model.finding import Severity
from tests.checks.subjects import findings

ERROR, WARNING = Severity.ERROR, Severity.WARNING


def test_characters_are_named_and_shown() -> None:
    assert named("\u200b") == "U+200B ZERO WIDTH SPACE"
    assert named("\x00") == "U+0000 NULL"
    assert named("\x85") == "U+0085"
    assert shown("Pro\u200bleukin") == "Pro⟨U+200B⟩leukin"
    assert skeleton("РrоlеukіnＩ–２") == "ProleukinI-2"


@pytest.mark.parametrize(
    ("locale", "target", "severity"),
    [
        ("de", "Es wi\u200brkt", ERROR),
        ("de", "Es \u202ewirkt\u202c", ERROR),
        ("de", "\u2067Es wirkt\u2069", ERROR),
        ("de", "Es wirkt\ufeff", ERROR),
        ("fr", "effi\u200dcace", ERROR),
        ("de", "Auf\u200clage", WARNING),
        ("de", "Neben\u00adwirkung", WARNING),
        ("de", "Es\u2060wirkt", WARNING),
        ("de", "Es wirkt\u200e", ERROR),
        ("de", "Es heißt \u200fعربي", WARNING),
        ("ar", "\u202eيعمل\u202c", ERROR),
        ("ar", "\u2066IL-2", ERROR),
        ("ar", "\u202aIL-2\u202c", WARNING),
        ("ar", "يع\u200dمل", WARNING),
        ("ja", "有効\u200bです", ERROR),
        ("zh_CN", "有\u2800效", ERROR),
        ("de", "a\U000e0041", ERROR),
    ],
)
def test_what_nobody_sees_is_found(locale: str, target: str, severity: Severity) -> None:
    found = findings("invisible", "It works", target, locale=locale)
    assert found
    assert {finding.severity for finding in found} == {severity}
    assert "⟨U+" in found[0].actual


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        ("ar", "IL-2", "\u200fIL-2\u200e"),
        ("he", "IL-2", "\u2066IL-2\u2069"),
        ("fa", "It works", "می\u200cشود"),
        ("hi", "It works", "क्\u200dष"),
        ("th", "It works", "ยา\u200bนี้"),
        ("de", "a\u200bb", "c\u200bd"),
        ("de", "family", "👨\u200d👩\u200d👧 Familie"),
        ("de", "heart", "❤\ufe0f Herz"),
        ("fr", "It works", "C’est efficace\u202f!"),
    ],
)
def test_what_the_language_or_the_english_needs_passes(locale: str, source: str, target: str) -> None:
    assert findings("invisible", source, target, locale=locale) == []


@pytest.mark.parametrize(
    ("target", "severity"),
    [
        ("a\x00b", ERROR),
        ("a\x1bb", ERROR),
        ("a\x7fb", ERROR),
        ("a\x85b", ERROR),
        ("a\tb", WARNING),
        ("a\rb", WARNING),
        ("a\u2028b", WARNING),
        ("a\ue001b", ERROR),
        ("a\ufdd0b", ERROR),
        ("a\U000f0000b", ERROR),
        ("a\U0001fbffb", WARNING),
    ],
)
def test_a_control_character_is_found(target: str, severity: Severity) -> None:
    (finding,) = findings("control", "a b", target)
    assert finding.severity is severity


def test_layout_of_the_english_passes() -> None:
    assert findings("control", "a\tb\nc\r\n", "d\te\nf\r\n") == []
    assert findings("control", "a \ue001", "b \ue001") == []
    assert findings("control", "smile", "Lächeln 😀 ☺") == []


@pytest.mark.parametrize(
    ("locale", "word", "severity"),
    [
        ("de", "Dоsis", ERROR),
        ("de", "Dοsis", ERROR),
        ("de", "Αrzt", ERROR),
        ("es", "а", ERROR),
        ("ja", "mRСCは", ERROR),
        ("ar", "mRСC", ERROR),
        ("ru", "дoза", ERROR),
        ("de", "Tɑg", WARNING),
        ("de", "Mılch", WARNING),
        ("ar", "علی", WARNING),
        ("ja", "クレアチ二ン", WARNING),
        ("ja", "一ニ三", WARNING),
    ],
)
def test_letters_of_two_alphabets_are_found(locale: str, word: str, severity: Severity) -> None:
    (finding,) = findings("mixed-script", "word", word, locale=locale)
    assert finding.severity is severity


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        ("de", "x", "5 μg TNFα, IL-1β, β-Blocker, NFκB, ΔF508, 3 kΩ"),
        ("de", "x", "α β γ"),
        ("ru", "x", "SMS-сообщение, PDFы, рак"),
        ("el", "x", "Η δόση IL-2"),
        ("tr", "x", "ışık"),
        ("ja", "x", "第2世代β遮断薬、DNA二本鎖"),
        ("ja", "x", "スーパー口コミ、ブランド力アップ"),
        ("ar", "x", "على المريض"),
        ("pl", "Тест", "Тест"),
    ],
)
def test_letters_that_may_stand_together_pass(locale: str, source: str, target: str) -> None:
    assert findings("mixed-script", source, target, locale=locale) == []


@pytest.mark.parametrize(
    ("locale", "target"),
    [
        ("fr", "re\u0301sultat"),
        ("ja", "カ\u3099ン"),
        ("de", "5 \u2126"),
        ("de", "5 \u212a"),
        ("ar", "\ufefb"),
        ("ja", "ﾃﾞｰﾀ"),
        ("de", "ef\ufb01zient"),
        ("de", "\U0001d400rzt"),
        ("de", "Ａrzt"),
        ("zh_CN", "⽤药"),
    ],
)
def test_letters_in_parts_or_old_forms_are_a_warning(locale: str, target: str) -> None:
    (finding,) = findings("normalization", "word", target, locale=locale)
    assert finding.severity is WARNING


@pytest.mark.parametrize(
    ("locale", "target"),
    [
        ("fr", "résultat … ½ m² ™"),
        ("ar", "شدَّة وشدّة"),
        ("ar", "﴿نص﴾ ﷺ"),
        ("ja", "Ⅱ型 ①　ＤＮＡ ㎎"),
        ("hi", "क\u093cलम"),
    ],
)
def test_how_languages_write_is_no_old_form(locale: str, target: str) -> None:
    assert findings("normalization", "word", target, locale=locale) == []
