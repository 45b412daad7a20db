"""mojibake: text that was read in another encoding, and text that only looks so."""

import pytest

from pipeline.model.finding import Severity
from tests.checks.subjects import findings

TEXTS = {
    "de": "Für ältere Patienten: „Übelkeit“ – häufig",
    "es": "¿Cuáles son los efectos? Náuseas y vómitos",
    "fr": "Les effets indésirables : l’hypotension, « œdème »",
    "pl": "Działania niepożądane są częste; może wystąpić gorączka",
    "pt_BR": "Reações adversas são frequentes; não são raras",
    "ja": "副作用はよくみられます。",
    "zh_CN": "不良反应很常见。",
    "ar": "الآثار الجانبية شائعة، هل تعرفها؟",
}


def read_as(text: str, codec: str) -> str:
    """The text as a program shows it that takes its UTF-8 for another encoding."""
    shown = []
    for byte in text.encode():
        try:
            shown.append(bytes((byte,)).decode(codec))
        except UnicodeDecodeError:
            shown.append(chr(byte))
    return "".join(shown)


@pytest.mark.parametrize("locale", TEXTS)
@pytest.mark.parametrize("codec", ["cp1252", "latin-1"])
def test_utf8_read_as_a_western_encoding_is_an_error(locale: str, codec: str) -> None:
    (finding,) = findings("mojibake", "x", read_as(TEXTS[locale], codec), locale=locale)
    assert finding.severity is Severity.ERROR


@pytest.mark.parametrize("locale", TEXTS)
def test_a_text_in_its_own_letters_passes(locale: str) -> None:
    assert findings("mojibake", "x", TEXTS[locale], locale=locale) == []


@pytest.mark.parametrize(
    ("locale", "target"),
    [
        ("pl", read_as("może gorączka łatwo", "cp1250")),
        ("de", read_as("für Ärzte", "mac_roman")),
        ("ar", read_as("الآثار الجانبية", "cp1256")),
        ("pl", "mo¿e byæ"),
        ("fr", "la r\ufffdponse"),
        ("fr", "la r\\u00e9ponse"),
        ("de", "f\\xfcr"),
        ("zh_CN", "锟斤拷"),
        ("ja", "縺薙ｌ縺ｯ"),
        ("de", "fÃƒÂ¼r"),
    ],
)
def test_other_ways_to_break_letters_are_errors(locale: str, target: str) -> None:
    found = findings("mojibake", "x", target, locale=locale)
    assert [finding.severity for finding in found] == [Severity.ERROR]


def test_what_was_meant_is_said() -> None:
    (finding,) = findings("mojibake", "for", "fÃ¼r")
    assert (finding.expected, finding.hint) == ("ü", "write ü")


def test_a_question_mark_inside_a_word_is_a_warning() -> None:
    (finding,) = findings("mojibake", "for", "f?r")
    assert finding.severity is Severity.WARNING


@pytest.mark.parametrize(
    ("locale", "target"),
    [
        ("fr", "l’activité\u00a0», « été\u00a0», où\u00a0?"),
        ("pt_BR", "NÃO, MANHÃ, Â"),
        ("de", "Ä, Ö und Ü; 5 m³, 3 €, ±2"),
        ("pl", "objętość 5 m³ ± 2"),
        ("es", "¿Qué? ¡Sí! ª º"),
        ("de", "https://example.org/?a=b&c?d"),
        ("ar", "شرط؟ شرط، لفظ،"),
        ("ru", "Роль РФ"),
    ],
)
def test_letters_side_by_side_are_no_broken_ones(locale: str, target: str) -> None:
    assert findings("mojibake", "x", target, locale=locale) == []


def test_what_the_english_has_passes() -> None:
    assert findings("mojibake", "Ã¼ is ü, \\u00fc too", "Ã¼ ist ü, auch \\u00fc") == []
