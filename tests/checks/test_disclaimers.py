"""disclaimers: what the rule says of safety texts that are absent, out of force or in another language."""

from dataclasses import replace
from datetime import date

import pytest

from pipeline.checks.rules.disclaimers import authored, authorship, disclaimers
from pipeline.model.disclaimer import Disclaimer
from pipeline.model.document import Document
from pipeline.model.edition import Edition
from pipeline.model.finding import Finding, Location, Severity
from pipeline.model.locale import Locale
from pipeline.model.message import Message
from pipeline.model.pattern import parse_pattern
from pipeline.sources.markdown import read_document

TODAY = date(2026, 11, 22)
FILE = "locales/de_AT/disclaimers.toml"
AT = Location(file=FILE, line=7)

DOCUMENT = b"""---
title: Flu
audience: patients
status: sample
updated: 2026-11-22
---

## What is it? {#what}

An infection.

## Who pays? {#insurance markets="US"}

Nobody.
"""

ENGLISH = "Ask your doctor. This page does not replace advice."
TEXTS = {
    "de_AT": "Fragen Sie Ihre Ärztin oder Ihren Arzt.",
    "en_US": ENGLISH,
    "pl_PL": "Zapytaj swojego lekarza, bo żółć też ma znaczenie.",
    "ar_SA": "اسألوا طبيبكم المعالج عن Proleukin.",
    "ja_JP": "担当の医師に相談してください。",
    "zh_CN": "请咨询您的医生，然后再使用 Proleukin。",
    "ru_RU": "Спросите своего врача о Proleukin.",
    "el_GR": "Ρωτήστε τον γιατρό σας για το Proleukin.",
    "he_IL": "שאלו את הרופא שלכם על Proleukin.",
    "ko_KR": "담당 의사와 상담하십시오.",
}


def document() -> Document:
    return read_document(DOCUMENT, "messages/flu.md", ())


def disclaimer(text: str = TEXTS["de_AT"], *, identifier: str = "medical-advice") -> Disclaimer:
    message = Message(id=f"disclaimer/{identifier}/1", pattern=parse_pattern(text), location=AT)
    return Disclaimer(
        id=identifier,
        text=(message,) if text else (),
        placement="page-end",
        audience="patients",
        source="Sample",
        as_of=date(2026, 1, 1),
        approval="S-1",
        effective=date(2026, 1, 1),
        expires=date(2027, 12, 31),
        sample=True,
        location=AT,
    )


def found(*written: Disclaimer, locale: str = "de_AT", today: date = TODAY) -> list[Finding]:
    edition = Edition(
        locale=Locale.parse(locale),
        source=Locale.parse("en_US"),
        reads_source=False,
        catalogs=(),
        disclaimers=written,
        disclaimers_file=FILE,
        required=("medical-advice",),
    )
    return list(disclaimers(document(), edition, today))


def test_a_required_disclaimer_in_force_passes() -> None:
    assert found(disclaimer()) == []


def test_a_disclaimer_that_nobody_requires_may_stand_besides() -> None:
    assert found(disclaimer(), disclaimer(identifier="monitoring")) == []


def test_a_missing_disclaimer_is_found_with_the_file_to_write_it_in() -> None:
    assert found() == [
        Finding(
            rule="disclaimer",
            message="the disclaimer medical-advice, required in market AT, is missing",
            location=Location(file=FILE, line=1),
            entry="medical-advice",
            hint=f"write it in {FILE}; it is authored for the locale, never translated",
        )
    ]


def test_a_disclaimer_for_another_audience_does_not_count() -> None:
    assert found(replace(disclaimer(), audience="healthcare-professionals")) == [
        Finding(
            rule="disclaimer",
            message="the required disclaimer medical-advice is for healthcare-professionals, flu for patients",
            location=AT,
            entry="medical-advice",
            hint="write one for this audience",
        )
    ]


@pytest.mark.parametrize("entry", ["nowhere", "insurance"])
def test_a_disclaimer_after_an_entry_that_the_market_does_not_show_does_not_count(entry: str) -> None:
    assert found(replace(disclaimer(), placement=f"after:{entry}")) == [
        Finding(
            rule="disclaimer",
            message=f"the required disclaimer medical-advice follows the entry {entry}, which is not in flu",
            location=AT,
            entry="medical-advice",
            hint="place it at page-top or page-end, or after an entry of this document",
        )
    ]


def test_a_disclaimer_after_an_entry_that_the_market_shows_counts() -> None:
    assert found(replace(disclaimer(), placement="after:what")) == []
    assert found(replace(disclaimer(ENGLISH), placement="after:insurance"), locale="en_US") == []


def test_a_disclaimer_is_in_force_on_its_first_and_last_day() -> None:
    dated = replace(disclaimer(), effective=TODAY, expires=TODAY)
    assert found(dated) == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"expires": date(2026, 11, 21)}, "expired on 2026-11-21"),
        ({"effective": date(2026, 11, 23)}, "takes effect only on 2026-11-23"),
    ],
)
def test_a_disclaimer_out_of_force_is_found_at_its_record(change: dict[str, date], problem: str) -> None:
    assert found(replace(disclaimer(), **change)) == [  # type: ignore[arg-type]
        Finding(
            rule="disclaimer",
            message=f"the disclaimer medical-advice {problem}",
            location=AT,
            entry="medical-advice",
            hint="put the text that is approved today in its place",
        )
    ]


@pytest.mark.parametrize("text", ["", "123 – 456", "   ", "…"])
def test_a_disclaimer_without_a_letter_is_empty(text: str) -> None:
    assert found(disclaimer(text)) == [
        Finding(
            rule="disclaimer",
            message="the disclaimer medical-advice is empty",
            location=AT,
            entry="medical-advice",
            hint="write it in the language of the locale",
        )
    ]


@pytest.mark.parametrize("locale", TEXTS)
def test_a_text_in_the_script_of_the_locale_passes(locale: str) -> None:
    assert found(disclaimer(TEXTS[locale]), locale=locale) == []


@pytest.mark.parametrize(
    ("locale", "script", "foreign"),
    [
        ("de_AT", "Latn", "ar_SA"),
        ("de_AT", "Latn", "ja_JP"),
        ("pl_PL", "Latn", "ru_RU"),
        ("ar_SA", "Arab", "en_US"),
        ("ja_JP", "Jpan", "en_US"),
        ("ja_JP", "Jpan", "zh_CN"),
        ("zh_CN", "Hans", "en_US"),
        ("zh_CN", "Hans", "ko_KR"),
        ("ru_RU", "Cyrl", "de_AT"),
        ("he_IL", "Hebr", "ar_SA"),
        ("ko_KR", "Kore", "ja_JP"),
    ],
)
def test_a_text_in_another_script_is_found(locale: str, script: str, foreign: str) -> None:
    assert found(disclaimer(TEXTS[foreign]), locale=locale) == [
        Finding(
            rule="disclaimer",
            message=f"the disclaimer medical-advice is not written in the script of {locale} ({script})",
            location=AT,
            entry="medical-advice",
            hint="write it in the language of the locale",
        )
    ]


FOREIGN = {
    "German": "Fragen Sie Ihren Arzt. Diese Seite ersetzt nicht den Rat Ihres Arztes.",
    "Spanish": "Consulte a su médico. Esta página no sustituye el consejo de su médico.",
    "Portuguese": "Consulte o seu médico. Esta página não substitui a orientação do seu médico.",
    "English": ENGLISH + " It is for information only and you should not delay what your doctor says.",
}


@pytest.mark.parametrize(
    ("locale", "own", "language"),
    [
        ("de_AT", "German", "English"),
        ("es_ES", "Spanish", "Portuguese"),
        ("pt_BR", "Portuguese", "Spanish"),
        ("pl_PL", "Polish", "German"),
        ("en_US", "English", "German"),
    ],
)
def test_a_text_in_another_language_is_found(locale: str, own: str, language: str) -> None:
    assert found(disclaimer(FOREIGN[language]), locale=locale) == [
        Finding(
            rule="disclaimer",
            message=f"the disclaimer medical-advice is written in {language}, not in {own}",
            location=AT,
            entry="medical-advice",
            hint="write it in the language of the locale",
        )
    ]


def test_a_copied_paragraph_is_found_among_others() -> None:
    own, copied = disclaimer(FOREIGN["Spanish"]), disclaimer(FOREIGN["Portuguese"])
    both = replace(own, text=(*own.text, *copied.text))
    (finding,) = found(both, locale="es_ES")
    assert finding.message == "the disclaimer medical-advice is written in Portuguese, not in Spanish"


def test_a_doubt_about_the_language_is_a_warning() -> None:
    (finding,) = found(disclaimer("Todas as respostas"), locale="es_ES")
    assert finding.severity is Severity.WARNING


# ---- copied from another language


def test_the_same_words_in_two_languages_are_found_in_both_places() -> None:
    german = replace(disclaimer(ENGLISH), location=Location(file="de.toml", line=3))
    english = replace(disclaimer(ENGLISH, identifier="advice"), location=Location(file="en.toml", line=9))
    texts = [*authored([english], Locale.parse("en_US")), *authored([german], Locale.parse("de_AT"))]
    assert [(str(each.location), each.entry, each.message, each.locale) for each in authorship(texts)] == [
        (
            "de.toml:3",
            "medical-advice",
            "the disclaimer medical-advice has the words of en_US, another language",
            "de_AT",
        ),
        ("en.toml:9", "advice", "the disclaimer advice has the words of de_AT, another language", "en_US"),
    ]


def test_the_same_words_in_two_countries_of_one_language_are_fine() -> None:
    texts = [*authored([disclaimer()], Locale.parse("de_AT")), *authored([disclaimer()], Locale.parse("de_DE"))]
    assert list(authorship(texts)) == []
