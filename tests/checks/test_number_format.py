"""number-format: what the rule says of numbers that are written as another language does."""

import pytest

from pipeline.model.finding import Severity
from tests.checks.subjects import findings


@pytest.mark.parametrize(
    ("locale", "source", "target", "expected"),
    [
        ("de", "600,000 IU", "600,000 I.E.", "600.000"),
        ("de", "1.125 mg", "1.125 mg", "1,125"),
        ("pl", "25,000 patients", "25,000 pacjentów", "25\u202f000"),
        ("pt_BR", "1,250 mg", "1,250 mg", "1.250"),
        ("ja", "25,000 patients", "患者25.000人", "25,000"),
    ],
)
def test_a_number_that_reads_as_another_value_is_an_error(locale: str, source: str, target: str, expected: str) -> None:
    found = findings("number-format", source, target, locale=locale)
    assert [(each.severity, each.expected) for each in found] == [(Severity.ERROR, expected)]
    assert findings("numbers", source, target, locale=locale) == []


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        ("de", "0.5 mg", "0.5 mg"),
        ("fr", "25,000 patients", "25.000 patients"),
        ("ja", "1.5 mg", "1,5 mg"),
        ("fr", "HR 0.87 (95% CI 0.66 to 1.14)", "HR 0.87 (IC à 95\u00a0% 0,66 à 1,14)"),
        ("es_ES", "0.5 mg", "0.5 mg"),
    ],
)
def test_another_decimal_sign_is_an_error(locale: str, source: str, target: str) -> None:
    assert [each.severity for each in findings("number-format", source, target, locale=locale)] == [Severity.ERROR]


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        ("es", "0.5 mg", "0.5 mg"),
        ("ar", "Of 255 patients, 16% responded.", "استجاب ١٦٪ من 255 مريضًا."),
    ],
)
def test_what_some_readers_of_the_language_write_is_a_warning(locale: str, source: str, target: str) -> None:
    assert [each.severity for each in findings("number-format", source, target, locale=locale)] == [Severity.WARNING]


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        ("de", "1,000", "1\u202f000"),
        ("de_AT", "1,000", "1.000"),
        ("es_MX", "1,000.5", "1,000.5"),
        ("de_CH", "1,000.5", "1’000.5"),
        ("ar", "1.5", "١,٥"),
        ("ja", "3 of 120", "120中３"),
        ("de", "Python 3.11", "Python 3.11"),
        ("fr", "Version 2.3", "Version 2.3"),
        ("pl", "see section 5.2", "patrz punkt 5.2"),
        ("ar", "PS 0: 64 patients", "PS 0: ٦٤ مريضًا"),
        ("ar", "15 days: 1-888-555-0199", "١٥ يومًا: 1-888-555-0199"),
    ],
)
def test_what_a_language_also_writes_is_left_alone(locale: str, source: str, target: str) -> None:
    assert findings("number-format", source, target, locale=locale) == []


def test_french_puts_a_space_before_the_percent_sign() -> None:
    found = findings("number-format", "16%", "16%", locale="fr")
    assert [(each.severity, each.expected) for each in found] == [(Severity.INFO, "16\u202f%")]
    assert findings("number-format", "16%", "16\u00a0%", locale="fr") == []


def test_one_finding_tells_all_odd_numbers_of_a_text() -> None:
    (found,) = findings("number-format", "0.9 to 1.5", "0.9 bis 1.5")
    assert found.actual == "0.9, 1.5"
