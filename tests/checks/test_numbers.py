"""numbers: what quantities a text states in each language, and what the rules say when a translation changes them."""

from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks.facts.numbers import glued, numbers
from pipeline.checks.facts.quantities import Percent
from pipeline.checks.markup import Syntax
from pipeline.checks.subject import Text
from pipeline.model.finding import Severity
from pipeline.model.locale import Locale
from tests.checks.number_texts import RIGHT
from tests.checks.subjects import findings

RULES = ("numbers", "percent", "units", "number-format", "number-order", "names-order", "citation")
LOCALES = ("en", "de", "de_AT", "es", "es_MX", "fr", "fr_CA", "pt_BR", "pl", "ja", "zh_CN", "ar")


def text(words: str, locale: str) -> Text:
    return Text(words, Locale.parse(locale), Syntax.BRACE)


def values(words: str, locale: str) -> list[str]:
    """Each number as value, percent sign and unit."""
    return [
        f"{each.value.normalize():f}{'%' if each.percent is not Percent.NO else ''} {each.unit}".strip()
        for each in numbers(text(words, locale))
    ]


@pytest.mark.parametrize(
    ("locale", "words", "expected"),
    [
        ("en", "600,000 IU/kg every 8 hours", ["600000 IU/kg", "8 hour"]),
        ("en", "10–15 % over 2 to 3 days", ["10%", "15%", "2 day", "3 day"]),
        ("en", "18 million IU, 5mg, a 10-year follow-up", ["18000000 IU", "5 mg", "10 year"]),
        ("en", "at −5 °C, p < 0.05", ["-5 °C", "0.05"]),
        ("en", "grades 1,2,3", ["1", "2", "3"]),
        ("en", "10⁹ cells", ["1000000000"]),
        ("en", "2½ hours, 1/2 dose", ["2.5 hour", "0.5"]),
        ("de", "1.234.567,8 I.E. und 16 %", ["1234567.8 IU", "16%"]),
        ("de", "eine 5-prozentige Lösung, 95-%-KI, 3-jährige Kinder", ["5%", "95%", "3 year"]),
        ("de", "2,3 Mio. I.E. alle 8 Std.", ["2300000 IU", "8 hour"]),
        ("es", "18 millones de UI, 16 por ciento", ["18000000 IU", "16%"]),
        ("fr", "1\u202f000 mg, 16\u00a0%, 18 millions d’UI", ["1000 mg", "16%", "18000000 IU"]),
        ("pt_BR", "1.250 mg a cada 8 horas", ["1250 mg", "8 hour"]),
        ("pl", "600 000 j.m./kg co 8 godzin, 18 mln j.m.", ["600000 IU/kg", "8 hour", "18000000 IU"]),
        ("pl", "95-procentowy przedział, 2–3 dni", ["95%", "2 day", "3 day"]),
        ("ja", "１６％、60万国際単位、1億2000万、7万2,000人", ["16%", "600000 IU", "120000000", "72000"]),
        ("ja", "体重1kgあたり2〜3日、255例中31例", ["1 kg", "2 day", "3 day", "255", "31"]),
        ("zh_CN", "百分之16，2至3天，每公斤60万国际单位", ["16%", "2 day", "3 day", "600000 IU"]),
        ("ar", "٦٠٠٬٠٠٠ وحدة دولية/كغ و١٦٪ و١٫٥ ملغ", ["600000 IU/kg", "16%", "1.5 mg"]),
        ("ar", "16 في المئة خلال ٣ أيام", ["16%", "3 day"]),
        ("hi", "१६%", ["16%"]),
        ("de", "von 3 auf 27 %, zwischen 3 und 5 Tagen", ["3%", "27%", "3 day", "5 day"]),
        ("ja", "2年半", ["2.5 year"]),
        ("es", "2 años y medio", ["2.5 year"]),
        ("fr", "24 heures sur 24", ["24 hour/day"]),
        ("zh_CN", "第2周期共2周", ["2", "2 week"]),
        ("pl", "10 050-15 000 komórek", ["10050", "15000"]),
        ("ja", "PS 1：30例", ["1", "30"]),
    ],
)
def test_numbers_are_read_as_the_language_writes_them(locale: str, words: str, expected: list[str]) -> None:
    assert values(words, locale) == expected


@pytest.mark.parametrize(
    ("locale", "words", "expected"),
    [
        ("en", "on November 22, 2026", "20261122"),
        ("en", "2026-11-22", "20261122"),
        ("de", "am 22. November 2026", "20261122"),
        ("de", "22.11.2026", "20261122"),
        ("es", "el 22 de noviembre de 2026", "20261122"),
        ("fr", "le 1er mai 2026", "20260501"),
        ("pl", "22 listopada 2026 r.", "20261122"),
        ("ja", "2026年11月22日", "20261122"),
        ("zh_CN", "2026年11月", "20261100"),
        ("ar", "٢٢ نوفمبر ٢٠٢٦", "20261122"),
        ("fr", "à 20 h 30", "1230"),
        ("de", "um 20.30 Uhr", "1230"),
        ("en", "at 8:30", "510"),
    ],
)
def test_dates_and_times_are_one_quantity(locale: str, words: str, expected: str) -> None:
    assert values(words, locale) == [expected]


@pytest.mark.parametrize(
    "words",
    [
        "IL-2 and CD25+ in COVID-19, T-1, H1N1, v2.1",
        "see https://example.org/2024/05 or write to a1@example.org",
        "call +1 800 555 0199 or 1-800-555-0199",
        "version 2.1.3",
        "：1-800-555-0199。電話1-800-555-0199へ",
        "1. Wash your hands",
    ],
)
def test_digits_that_count_nothing_are_no_numbers(words: str) -> None:
    assert values(words, "en") == []


def test_numbers_of_names_are_known_as_such() -> None:
    assert glued(text("IL-2 in phase III", "en")) == (Decimal(2), Decimal(3))


@given(
    locale=st.sampled_from(LOCALES),
    value=st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False, allow_infinity=False),
)
def test_a_number_formatted_as_cldr_does_is_read_back(locale: str, value: Decimal) -> None:
    """Whatever CLDR writes for a locale has the value that was written."""
    written = format_decimal(value, locale=locale)
    first = numbers(text(f"({written})", locale))
    assert [value in (each.value, *each.readings) for each in first] == [True], written


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        pytest.param(locale, source, target, id=f"{number}-{locale}")
        for number, (source, targets) in enumerate(RIGHT)
        for locale, target in targets.items()
    ],
)
def test_right_translations_have_no_finding(locale: str, source: str, target: str) -> None:
    assert [found for rule in RULES for found in findings(rule, source, target, locale=locale)] == []


@pytest.mark.parametrize(
    ("locale", "source", "target", "message"),
    [
        ("de", "It was 16%.", "Es waren 19 %.", "the number 16% has become 19 %"),
        ("de", "Take 1.5 mg.", "Nehmen Sie 15 mg.", "the number 1.5 mg has become 15 mg: the decimal is shifted"),
        ("fr", "for 20 years", "pendant des années", "the number 20 years is missing"),
        ("pl", "some patients", "u 30 pacjentów", "the number 30 is not in the English"),
        ("ja", "600,000 IU", "6万国際単位", "the number 600,000 IU has become 6万国際単位: the decimal is shifted"),
        ("ar", "2 to 3 days", "يومين إلى ٥ أيام", "the number 3 days has become ٥ أيام"),
        ("zh_CN", "two weeks", "3周", "the number two weeks has become 3周"),
        ("es", "at −5 °C", "a 5 °C", "the number −5 °C has become 5 °C"),
        ("pt_BR", "p < 0.05", "p > 0,05", "< 0.05 has become > 0,05"),
        ("de", "on May 4, 2021", "am 5. Mai 2021", "the date May 4, 2021 has become 5. Mai 2021"),
        ("de", "at 8:30", "um 9:30 Uhr", "the time 8:30 has become 9:30"),
        ("ja", "48% (95% CI)", "48％（95CI）", "the number 95% is missing"),
    ],
)
def test_another_value_is_an_error(locale: str, source: str, target: str, message: str) -> None:
    found = findings("numbers", source, target, locale=locale)
    assert [(each.message, each.severity) for each in found] == [(message, Severity.ERROR)]


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        ("de", "after 2 weeks", "nach zwei Wochen"),
        ("de", "twice daily", "2-mal täglich"),
        ("fr", "one in ten patients", "1 patient sur 10"),
        ("pl", "2 doses", "dwie dawki"),
        ("ar", "2 days and 2 hours", "يومان وساعتان"),
        ("ja", "twice a day", "1日2回"),
        ("ja", "IL-2", "インターロイキン2"),
        ("zh_CN", "for 20 years", "二十年"),
        ("es", "in phase III", "en la fase 3"),
        ("de", "ICD-10", "ICD -10"),
        ("fr", "a midnight call", "un appel à 0 h"),
        ("fr", "over 2½ hours", "en 2 h 30"),
        ("ar", "2 tablets", "قرصان"),
        ("de", "half of the 24", "1/2 der 24"),
        ("ja", "1 or 2", "1/2"),
        ("de", "for 48 hours", "2 Tage lang"),
        ("ja", "half an hour", "30分"),
        ("fr", "a fortnight", "deux semaines"),
        ("pt_BR", "for 1½ years", "durante um ano e meio"),
        ("zh_CN", "one and a half hours", "90分钟"),
        ("de", "24 hours a day", "rund um die Uhr"),
        ("es", "around the clock", "las 24 horas del día"),
        ("pl", "in the 1990s", "w latach 90. XX wieku"),
        ("ja", "none of 30 patients", "30例中1例も"),
        ("pt_BR", "FEV1 in May 2021", "FEV1 em maio de 2021"),
    ],
)
def test_words_and_names_answer_for_digits(locale: str, source: str, target: str) -> None:
    assert findings("numbers", source, target, locale=locale) == []


@pytest.mark.parametrize(
    ("source", "target", "message"),
    [
        ("PS of 0 or 1 in a trial", "PS 0 in einer Studie", "the number 1 is missing, unless a word stands for it"),
        ("5 mg", "5 mg und 5 mg", "the number 5 mg stands more often than in the English"),
        ("in two trials", "in vier Studien", "“two” may have become “vier”"),
        ("in phase II", "in Phase III", "“II” may have become “III”"),
    ],
)
def test_doubt_is_a_warning(source: str, target: str, message: str) -> None:
    found = findings("numbers", source, target)
    assert [(each.message, each.severity) for each in found] == [(message, Severity.WARNING)]


def test_a_plural_form_for_one_number_need_not_say_it() -> None:
    assert findings("numbers", "1 day", "يوم", "يومان", locale="ar", plural="{count} days") == []


@pytest.mark.parametrize(
    ("locale", "source", "target", "message"),
    [
        ("fr", "16% of patients", "16 des patients", "16% is a percentage and 16 is not"),
        ("pl", "7 patients", "7% pacjentów", "7% is a percentage and 7 is not"),
        ("de", "11% to 20%", "11 % bis 20", "20% is a percentage and 20 is not"),
        ("de", "{count}% done", "{count} erledigt", "{count} is a percentage in the English alone"),
    ],
)
def test_a_percent_sign_lost_or_added_is_an_error(locale: str, source: str, target: str, message: str) -> None:
    found = findings("percent", source, target, locale=locale)
    assert [(each.message, each.severity) for each in found] == [(message, Severity.ERROR)]


@pytest.mark.parametrize(
    ("locale", "target"),
    [("de", "10–15 Prozent"), ("ja", "10〜15％"), ("zh_CN", "百分之10到15"), ("ar", "من ١٠ إلى ١٥٪")],
)
def test_the_ends_of_a_range_share_the_percent_sign(locale: str, target: str) -> None:
    assert findings("percent", "10% to 15%", target, locale=locale) == []


def test_a_date_format_is_no_percentage() -> None:
    assert findings("percent", "%b %d, %Y", "%d %B %Y", flags=("python-format",)) == []


def test_a_text_of_many_numbers_tells_no_more_than_anybody_reads() -> None:
    source = " ".join(str(number) for number in range(3000, 4000))
    assert len(findings("numbers", source, "viele")) == 100


def test_a_code_of_many_digits_is_no_quantity() -> None:
    assert values("9" * 40, "en") == []


@pytest.mark.parametrize("locale", LOCALES)
def test_a_decimal_with_a_fraction_behind_it_is_no_number(locale: str) -> None:
    assert values("about 4.1½ or 0,037½", locale) == []
