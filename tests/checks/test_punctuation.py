"""punctuation: how texts end, and which marks a language writes."""

import pytest

from pipeline.model.finding import Severity
from tests.checks.subjects import findings

WARNING, INFO = Severity.WARNING, Severity.INFO


@pytest.mark.parametrize(
    ("locale", "source", "target", "severity"),
    [
        ("de", "It works.", "Es wirkt", WARNING),
        ("de", "It works.{cite1}", "Es wirkt{cite1}", WARNING),
        ("de", "It works.{cite1}{note1}", "Es wirkt{cite1}{note1},", WARNING),
        ("de", "It works.{cite1} <a1>More</a1>", "Es wirkt{cite1} <a1>Mehr</a1>", WARNING),
        ("de", "Does it work?", "Wirkt es.", WARNING),
        ("de", "It works.", "Es wirkt?", WARNING),
        ("de", "It works!", "Es wirkt.", INFO),
        ("de", "Results", "Ergebnisse.", INFO),
        ("de", "Results:", "Ergebnisse", INFO),
        ("de", "It works.", "Es wirkt。", WARNING),
        ("de", "It works.", "Es wirkt..", WARNING),
        ("de", "Fever, chills.", "Fieber,, Schüttelfrost.", WARNING),
        ("de", "Fever, chills.", "Fieber، Schüttelfrost.", WARNING),
        ("es", "Does it work?", "Funciona?", WARNING),
        ("es", "Does it work?", "¿Funciona", WARNING),
        ("es_US", "Ask now!", "Pregunte ahora!", WARNING),
        ("es", "First. Does it work?", "Primero. Funciona?", WARNING),
        ("ar", "Does it work?", "هل يعمل?", WARNING),
        ("ar", "It works, often.", "إنه يعمل, غالبا.", WARNING),
        ("ar", "In mRCC (PS), it works.", "في (mRCC), إنه يعمل.", WARNING),
        ("ja", "It works.", "有効です.", WARNING),
        ("ja", "It works.", "有効です．", WARNING),
        ("ja", "Does it work?", "有効ですか", INFO),
        ("ja", "Does it work?", "有効です?", INFO),
        ("ja", "For IL-2, yes.", "IL-2は,はい。", WARNING),
        ("zh_CN", "It works.", "它有效.", WARNING),
        ("zh_CN", "It works, often.", "它有效,通常。", WARNING),
        ("zh_CN", "Does it work?", "有效吗?", WARNING),
        ("zh_CN", "It works.", "它有效", WARNING),
    ],
)
def test_a_mark_that_differs_is_found(locale: str, source: str, target: str, severity: Severity) -> None:
    found = findings("punctuation", source, target, locale=locale)
    assert found
    assert found[0].severity is severity


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        ("de", "It works.{cite1}", "Es wirkt{cite1}."),
        ("de", "It works{cite1}.", "Es wirkt.{cite1}"),
        ("de", "It “works.”", "Es „wirkt“."),
        ("de", "It works (often).", "Es wirkt (oft.)"),
        ("de", "It works…", "Es wirkt ..."),
        ("de", "It is made by Clinigen, Inc.", "Hersteller: Clinigen"),
        ("de", "What to tell patients", "Was sage ich Patienten?"),
        ("pl", "Reviewed on March 1, 2025", "Wersja z 1 marca 2025 r."),
        ("ar", "Nov.", "نوفمبر"),
        ("es", "Does it work? Yes!", "¿Funciona? ¡Sí!"),
        ("es", "Yahoo! answers", "Yahoo! responde"),
        ("es", "Really?!", "¿¡De verdad!?"),
        ("es", "See https://example.org/?a=b.", "Véase https://example.org/?a=b."),
        ("fr", "Does it work?", "Est-ce efficace\u202f?"),
        ("ar", "In 1,000, it works; does it?", "في 1,000 يعمل؛ أليس كذلك؟"),
        ("ja", "Does it work?", "有効ですか。"),
        ("ja", "It works (PS 0, 1).", "有効です（PS 0, 1）。"),
        ("zh_CN", "Smith, 2020: it works.", "Smith, 2020：它有效。"),
        ("el", "Does it work?", "Λειτουργεί;"),
        ("th", "It works.", "ได้ผล"),
        ("de", "{name}.", "{name}"),
    ],
)
def test_how_a_language_ends_its_texts_passes(locale: str, source: str, target: str) -> None:
    assert findings("punctuation", source, target, locale=locale) == []


def test_a_mark_is_pointed_at_in_the_text_with_its_tags() -> None:
    (finding,) = findings("punctuation", "<em>It</em> works, often.", "<em>它</em>有效,通常。", locale="zh_CN")
    assert (finding.expected, finding.actual) == ("，", ",")
