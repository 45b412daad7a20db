"""language: which language the words of a text tell, and what tells nothing."""

import time

import pytest

from pipeline.checks.facts.language import Verdict, foreign, words
from pipeline.checks.facts.vocabulary import vocabulary
from pipeline.checks.languages import language_data
from pipeline.checks.markup import Syntax
from pipeline.checks.subject import Text
from pipeline.model.locale import Locale
from tests.checks.subjects import findings

LANGUAGES = vocabulary().names


def text(raw: str, locale: str = "de") -> Text:
    return Text(raw, Locale.parse(locale), Syntax.BRACE)


def test_the_words_of_a_text_are_those_of_letters_alone() -> None:
    raw = "Siehe https://example.org/the/way, T4, foo_bar, {count}, p53 und a.b@example.org bei IL-2."
    assert [word.text for word in words(text(raw))] == ["siehe", "und", "bei", "il"]


def test_names_brackets_and_quotes_are_marked() -> None:
    found = {word.text: word for word in words(text("Das Journal of Oncology (see also „the study“) schrieb es."))}
    assert found["of"].named
    assert found["see"].aside
    assert found["study"].aside
    assert not found["das"].named


def test_a_sentence_of_another_language_is_found_where_it_stands() -> None:
    raw = "Fragen Sie Ihren Arzt. Pregunte a su médico si tiene fiebre."
    assert foreign(text(raw)) == (Verdict("es", True, 23, len(raw)),)


@pytest.mark.parametrize("locale", ["sv", "hu", "uk", "ca", "tr"])
def test_of_languages_without_data_nothing_is_said(locale: str) -> None:
    assert foreign(text("Per a la de en und der die para los por que na do", locale)) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lists_are_in_small_letters_of_the_language(language: str) -> None:
    data = language_data(Locale(language), "words")
    for key in ("function", "common"):
        listed = data[key].split()
        assert listed == [word.lower() for word in listed]
        assert {word for word in listed if not word.isascii() and not vocabulary().spelt(word)} == set()


def test_every_pair_of_ideographs_is_a_pair() -> None:
    pairs = language_data(Locale("zh"), "traditional")["pairs"].split()
    assert len(pairs) > 400
    assert {pair for pair in pairs if len(pair) != 2 or pair[0] == pair[1]} == set()
    assert len({pair[0] for pair in pairs}) == len(pairs)


@pytest.mark.thorough
@pytest.mark.parametrize("raw", ["The is. ", "a-", '"a ', "(a) ", "1. ", "{a}", "疗", "Food and "])
@pytest.mark.parametrize("locale", ["de", "ja"])
def test_long_texts_are_read_in_linear_time(raw: str, locale: str) -> None:
    begin = time.process_time()
    for rule in ("half-translated", "wrong-language", "sentence-missing"):
        findings(rule, "Ask your doctor.", raw * 2000, locale=locale)
    assert time.process_time() - begin < 20
