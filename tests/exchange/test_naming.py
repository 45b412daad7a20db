"""Ids of messages and placeholders as ids of XML elements: NMTOKENs, each from one text alone."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.exchange.naming import code_name, form_name, safe_id, split_form_name, text_of

_NMTOKEN = re.compile(r"[A-Za-z0-9._:-]+")
texts = st.text(st.sampled_from("ab1/._-:[]é漢𝒳 ") | st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)


@given(texts)
def test_an_id_is_a_token_and_gives_the_text_back(text: str) -> None:
    """text_of(safe_id(text)) == text for every text, so that no two have the same id."""
    assert _NMTOKEN.fullmatch(safe_id(text))
    assert text_of(safe_id(text)) == text


@given(st.text())
def test_any_id_of_a_stranger_has_a_text(identifier: str) -> None:
    assert isinstance(text_of(identifier), str)
    assert isinstance(code_name(identifier), str)


@pytest.mark.parametrize(
    ("text", "identifier"),
    [("who-may-benefit/answer/1", "who-may-benefit.answer.1"), ("a.b_c", "a_2e_b_5f_c"), ("é", "_e9_")],
)
def test_the_usual_id_stays_readable(text: str, identifier: str) -> None:
    assert safe_id(text) == identifier


def test_the_occurrence_is_no_part_of_a_name() -> None:
    assert [code_name(identifier) for identifier in ("strong", "strong:2", "strong:17")] == ["strong"] * 3


@pytest.mark.parametrize("name", ["a/b", "a[0]", "[1]", ""])
def test_a_plural_form_is_told_from_its_message(name: str) -> None:
    assert split_form_name(form_name(name, 5)) == (name, 5)


@pytest.mark.parametrize("name", ["a", "a[]", "a[x]", "a[0]b", "a[-1]", "a[٣]", "a[1000]"])
def test_another_name_is_no_plural_form(name: str) -> None:
    assert split_form_name(name) is None
