"""quotes: quotation marks of the language, and pairs."""

import pytest

from pipeline.model.finding import Severity
from tests.checks.subjects import findings

WARNING, INFO = Severity.WARNING, Severity.INFO


@pytest.mark.parametrize(
    ("locale", "source", "target", "severity"),
    [
        ("de", "PS (0 or 1)", "PS (0 oder 1", WARNING),
        ("de", "PS (0 or 1)", "PS 0 oder 1)", WARNING),
        ("ja", "PS (0 or 1)", "PS（0または1", WARNING),
        ("de", "[PS (0)]", "[PS (0])", WARNING),
        ("de", "metastatic melanoma (mM)", "metastasiertes Melanom mM)", WARNING),
        ("de", "(p = 0.048)", "p = 0,048)", WARNING),
        ("de", 'the word "rare"', "das Wort „selten", WARNING),
        ("fr", "the word “rare”", "le mot «\u00a0rare”", WARNING),
        ("pl", "the word “rare”", "słowo «rzadki”", WARNING),
        ("es", "the word “rare”", "la palabra »raro«", WARNING),
        ("de", "the word “rare”", "das Wort „selten”", INFO),
        ("de", "the word “rare”", 'das Wort "selten"', INFO),
        ("ja", "the word “rare”", "“まれ”という語", INFO),
        ("zh_CN", "the word “rare”", "「罕见」一词", INFO),
        ("pl", "the word “rare”", "słowo “rzadki”", INFO),
        ("fr", "the word “rare”", "le mot “rare”", INFO),
        ("es", "the word “rare”", "la palabra „raro“", INFO),
    ],
)
def test_a_mark_without_partner_or_of_another_language_is_found(
    locale: str, source: str, target: str, severity: Severity
) -> None:
    (finding,) = findings("quotes", source, target, locale=locale)
    assert finding.severity is severity


@pytest.mark.parametrize(
    ("locale", "target"),
    [
        ("de", "das Wort „selten“ (oder »rar«)"),
        ("de", "a) eins; b) zwei"),
        ("de", "1.) eins :)"),
        ("es", "la palabra «raro» o “raro”"),
        ("fr", "le mot «\u00a0rare, “très rare”\u00a0», l’autre"),
        ("pl", "słowo „rzadki”, „a «b» c”"),
        ("ja", "「まれ」、『まれ』（まれ)"),
        ("zh_CN", "“罕见”《药典》"),
        ("zh_TW", "「罕見」"),
        ("ar", "كلمة «نادر» أو ”نادر“"),
        ("en_GB", 'the word "rare" or “rare”'),
        ("nl", 'het woord "zeldzaam"'),
    ],
)
def test_pairs_of_the_language_pass(locale: str, target: str) -> None:
    assert findings("quotes", "the word “rare” (a)", target, locale=locale) == []


def test_what_is_loose_in_the_english_may_be_loose() -> None:
    assert findings("quotes", 'a 5" tube, 1) x', 'ein 5" Schlauch, 1) x') == []
