"""A regular expression of a language is compiled when something is first looked for with it."""

import re

from pipeline.checks.expressions import NEVER, Expression


def test_an_expression_is_compiled_when_it_is_first_needed() -> None:
    word = Expression(r"[a-z]+", re.IGNORECASE)
    assert "compiled" not in vars(word)
    found = word.match("Two words", 4)
    assert found is not None
    assert found[0] == "words"
    assert "compiled" in vars(word)


def test_it_finds_what_a_compiled_one_finds() -> None:
    number = Expression(r"\d+")
    assert [match[0] for match in number.finditer("3 of 10")] == ["3", "10"]
    assert number.search("of 10") is not None
    assert number.fullmatch("10 mg") is None
    assert NEVER.search("") is None
