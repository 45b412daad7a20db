"""letter_case: sentences that begin with a small letter."""

import pytest

from tests.checks.subjects import findings

SOURCE = "It works in most patients."


@pytest.mark.parametrize(("locale", "target"), [("de", "es wirkt oft."), ("es", "¿funciona a menudo?")])
def test_a_sentence_with_a_small_letter_is_noted(locale: str, target: str) -> None:
    (finding,) = findings("letter-case", SOURCE, target, locale=locale)
    assert finding.severity == "info"


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        ("de", SOURCE, "Es wirkt oft."),
        ("es", "Monday", "lunes"),
        ("es", "Side effects", "efectos secundarios"),
        ("de", "In mRCC it works in most.", "mRCC: Es wirkt oft."),
        ("ja", SOURCE, "iOSで有効です。"),
        ("ar", SOURCE, "يعمل."),
        ("de", "it works in most patients.", "Es wirkt oft."),
    ],
)
def test_other_beginnings_pass(locale: str, source: str, target: str) -> None:
    assert findings("letter-case", source, target, locale=locale) == []
