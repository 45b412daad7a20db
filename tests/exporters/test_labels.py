"""labels: counts, dates and numbers come out as the language writes them, and a string is never a format."""

import ast
import inspect
from datetime import date

import pytest

from pipeline.errors import PipelineError
from pipeline.exporters import labels as module
from pipeline.exporters.html_bundle import ui_messages
from pipeline.exporters.labels import Labels
from pipeline.model.catalog import Unit
from pipeline.model.locale import Locale
from pipeline.po import read_po
from tests.exporters.sample import HOSTILE, hostile_labels, labels, labels_from
from tests.repository import ROOT, catalog

MESSAGES = {message.id: message for message in ui_messages()}
DAY = date(2026, 11, 22)


def translated(locale: str, identifier: str, *targets: str) -> Labels:
    message = MESSAGES[identifier]
    unit = Unit(context=identifier, source=message.source, plural=message.plural_source, targets=targets)
    return labels_from([unit], [message], Locale.parse(locale))


ARABIC = ("zero {count}", "one {count}", "two {count}", "few {count}", "many {count}", "other {count}")
POLISH = ("one {count}", "few {count}", "many {count}")
GERMAN = ("one {count}", "other {count}")


@pytest.mark.parametrize(
    ("locale", "forms", "count", "said"),
    [
        ("ar_SA", ARABIC, 0, "zero 0"),
        ("ar_SA", ARABIC, 1, "one 1"),
        ("ar_SA", ARABIC, 2, "two 2"),
        ("ar_SA", ARABIC, 3, "few 3"),
        ("ar_SA", ARABIC, 10, "few 10"),
        ("ar_SA", ARABIC, 11, "many 11"),
        ("ar_SA", ARABIC, 99, "many 99"),
        ("ar_SA", ARABIC, 100, "other 100"),
        ("ar_SA", ARABIC, 103, "few 103"),
        ("pl_PL", POLISH, 1, "one 1"),
        ("pl_PL", POLISH, 2, "few 2"),
        ("pl_PL", POLISH, 4, "few 4"),
        ("pl_PL", POLISH, 5, "many 5"),
        ("pl_PL", POLISH, 12, "many 12"),
        ("pl_PL", POLISH, 22, "few 22"),
        ("pl_PL", POLISH, 0, "many 0"),
        ("ja_JP", ("other {count}",), 1, "other 1"),
        ("ja_JP", ("other {count}",), 5, "other 5"),
        ("de_AT", GERMAN, 1, "one 1"),
        ("de_AT", GERMAN, 0, "other 0"),
        ("fr_FR", GERMAN, 0, "one 0"),
        ("fr_FR", GERMAN, 2, "other 2"),
    ],
)
def test_a_count_takes_the_form_of_its_language(locale: str, forms: tuple[str, ...], count: int, said: str) -> None:
    assert translated(locale, "page/questions", *forms).plural("page/questions", count) == said


@pytest.mark.parametrize(
    ("locale", "count", "said"),
    [
        ("en_US", 1, "1 question"),
        ("en_US", 10, "10 questions"),
        ("ar_SA", 9, "9 أسئلة"),
        ("pl_PL", 9, "9 pytań"),
        ("ja_JP", 9, "9"),
    ],
)
def test_the_reference_content_counts_its_questions(locale: str, count: int, said: str) -> None:
    assert labels(Locale.parse(locale)).plural("page/questions", count).startswith(said)


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en_US", "Last updated: November 22, 2026"),
        ("en_GB", "Last updated: 22 November 2026"),
    ],
)
def test_a_date_is_written_as_the_territory_does(locale: str, said: str) -> None:
    assert labels(Locale.parse(locale)).text("page/updated", date=DAY) == said


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("de_DE", "22. November 2026"),
        ("es_ES", "22 de noviembre de 2026"),
        ("fr_CA", "22 novembre 2026"),
        ("ja_JP", "2026年11月22日"),
        ("ar_SA", "22 نوفمبر 2026"),
        ("pt_BR", "22 de novembro de 2026"),
        ("zh_CN", "2026年11月22日"),
        ("pl_PL", "22 listopada 2026"),
    ],
)
def test_a_date_is_written_out_in_the_language(locale: str, said: str) -> None:
    assert translated(locale, "page/updated", "({date})").text("page/updated", date=DAY) == f"({said})"


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en_US", "1,234,567"),
        ("de_DE", "1.234.567"),
        ("fr_FR", "1\u202f234\u202f567"),
        ("pl_PL", "1\u00a0234\u00a0567"),
        ("ja_JP", "1,234,567"),
    ],
)
def test_a_number_is_grouped_as_the_territory_does(locale: str, said: str) -> None:
    forms = ("{count}",) * {"ja_JP": 1, "pl_PL": 3}.get(locale, 2)
    assert translated(locale, "page/questions", *forms).plural("page/questions", 1_234_567) == said


def test_a_number_has_the_digits_of_medical_writing_in_arabic() -> None:
    assert translated("ar_SA", "page/questions", *ARABIC).plural("page/questions", 16).split(" ")[1] == "16"


def test_words_are_put_in_as_they_are() -> None:
    words = translated("de_DE", "footnotes/label", "Anmerkung {mark}")
    assert words.text("footnotes/label", mark="{mark} %s <b>") == "Anmerkung {mark} %s <b>"


def test_a_hostile_label_is_never_a_format() -> None:
    assert hostile_labels().text("page/skip").startswith(HOSTILE)
    assert hostile_labels().text("page/updated", date=DAY).startswith(HOSTILE)
    assert hostile_labels().plural("page/questions", 2).startswith(HOSTILE)


def test_doubled_braces_are_one_brace_each() -> None:
    assert translated("de_DE", "page/skip", "{{{{ 7*7 }}}}").text("page/skip") == "{{ 7*7 }}"


def test_no_string_is_formatted_with_the_language_of_python() -> None:
    calls = [node.func for node in ast.walk(ast.parse(inspect.getsource(module))) if isinstance(node, ast.Call)]
    assert not {call.attr for call in calls if isinstance(call, ast.Attribute)} & {"format", "format_map", "Template"}


def test_a_label_without_words_is_an_error_and_never_empty() -> None:
    with pytest.raises(PipelineError, match="page/skip has no text"):
        translated("de_DE", "page/skip", "").text("page/skip")
    with pytest.raises(PipelineError, match="page/questions has no text"):
        translated("de_DE", "page/questions", "", "").plural("page/questions", 2)


def test_a_label_says_where_its_words_come_from() -> None:
    english, french = labels(Locale("en", "", "US")).record("page/sample"), _canadian().record("notice/label")
    assert (english.lang, english.dir, english.origin.kind) == ("en-US", "ltr", "source")
    assert english.origin.file == english.origin.source.rpartition(":")[0]
    assert (french.lang, french.origin.kind, french.origin.locale) == ("fr-CA", "translated", "fr-CA")
    assert french.origin.file == catalog("fr_CA", "ui")


def _canadian() -> Labels:
    from pipeline.model.edition import ChainLink, word

    chain = tuple(
        ChainLink(
            locale=Locale.parse(language),
            name=catalog(language, "ui"),
            catalog=read_po((ROOT / catalog(language, "ui")).read_bytes(), catalog(language, "ui")),
        )
        for language in ("fr_CA", "fr")
    )
    locale = Locale("fr", "", "CA")
    return Labels(word(ui_messages(), chain, locale=locale, source=Locale("en", "", "US"), reads_source=False))
