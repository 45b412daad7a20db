"""The plural rules of our table, and the comparison of a file's rule with them."""

import gettext
import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel import Locale
from babel.plural import to_gettext
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import PipelineError
from pipeline.model.plurals import (
    PLURAL_FORMS,
    PluralFormsError,
    equivalent,
    nplurals,
    parse_plural_forms,
    plural_forms,
    plural_index,
)
from tests.peers import require
from tests.po.samples import unhurried

NUMBERS = (*range(1001), 10**6, 10**6 + 1, 10**9)

# What gettext 0.21's table has.
GETTEXT_LANGUAGES = [
    *("ja", "vi", "ko", "en", "de", "nl", "sv", "da", "no", "nb", "nn", "fo", "es", "pt", "it", "bg", "el", "fi", "et"),
    *("he", "eo", "hu", "tr", "pt_BR", "fr", "lv", "ga", "ro", "lt", "ru", "uk", "be", "sr", "hr", "cs", "sk", "pl"),
    "sl",
]

# Languages outside of gettext's table whose published catalogs differ from CLDR's rule for whole numbers: zero takes
# the plural in the first four; Filipino, Welsh and Maltese have older rules. (Catalan's `many` in CLDR is for compact
# numbers.)
NOT_AS_CLDR = {"bn", "hi", "hy", "pa", "fil", "cy", "mt", "ca"}


def oracle(value: str) -> list[int]:
    """Python's own compiler for Plural-Forms."""
    function = gettext.c2py(value.partition("plural=")[2].rstrip("; "))
    return [function(number) for number in NUMBERS]


@pytest.mark.parametrize("language", PLURAL_FORMS)
def test_each_rule_of_the_table_gives_what_pythons_gettext_computes(language: str) -> None:
    value = plural_forms(language)
    assert [plural_index(language, number) for number in NUMBERS] == oracle(value)


@pytest.mark.parametrize("language", PLURAL_FORMS)
def test_each_rule_of_the_table_uses_all_of_its_forms_and_no_other(language: str) -> None:
    assert {plural_index(language, number) for number in NUMBERS} == set(range(nplurals(language)))


@pytest.mark.thorough
@pytest.mark.parametrize("language", GETTEXT_LANGUAGES)
def test_msginit_writes_the_same_header(language: str, tmp_path: Path) -> None:
    template = tmp_path / "some.pot"
    template.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n')
    command = [require("msginit"), "--no-translator", "--no-wrap", "-i", str(template), "-l", language, "-o", "-"]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert re.findall(r'"Plural-Forms: (.*)\\n"', output) == [plural_forms(language)]


def test_other_languages_follow_cldr_for_whole_numbers_but_for_a_known_few() -> None:
    differing = set()
    for language in set(PLURAL_FORMS) - set(GETTEXT_LANGUAGES):
        try:
            locale = Locale.parse(language)
        except ValueError:  # Babel has no data for it
            continue
        cldr = to_gettext(locale.plural_form).replace("e ", "0 ")  # e: the exponent of compact numbers
        if [plural_index(language, number) for number in NUMBERS] != oracle(cldr):
            differing.add(language)
    assert differing == NOT_AS_CLDR, differing ^ NOT_AS_CLDR


@pytest.mark.parametrize(
    ("locale", "language"),
    [("de_AT", "de"), ("zh_Hant_TW", "zh"), ("sr@latin", "sr"), ("pt_PT", "pt"), ("ar_XB", "ar"), ("es_419", "es")],
)
def test_a_locale_has_the_rule_of_its_language(locale: str, language: str) -> None:
    assert plural_forms(locale) == plural_forms(language)


def test_brazil_has_another_rule_than_portugal() -> None:
    assert plural_index("pt_BR", 0) == 0
    assert plural_index("pt", 0) == 1
    assert not equivalent(plural_forms("pt"), "pt_BR")


def test_an_unknown_language_is_an_error() -> None:
    with pytest.raises(PipelineError, match="not known"):
        plural_forms("tlh")


@pytest.mark.parametrize(
    ("value", "locale"),
    [
        ("nplurals=2; plural=n != 1;", "de"),
        ("nplurals=2;plural=((n!=1))", "de"),
        ("nplurals=2; plural=n == 1 ? 0 : 1;", "de"),
        ("nplurals=2; plural=!(n == 1);", "de"),
        ("  nplurals=1;  plural=0  ;  ", "ja"),
        ("nplurals=1; plural=n-n;", "ja"),
        ("nplurals=2; plural=(n>1)", "fr"),
        ("nplurals=2; plural=n >= 2", "fr"),
        ("nplurals=3; plural=n==1 ? 0 : (n>=2 && n<=4) ? 1 : 2", "cs"),
        ("nplurals=3; plural=(n==1 ? 0 : !(n<2 || n>4) ? 1 : 2)", "cs"),
    ],
)
def test_the_same_rule_in_other_words_is_equivalent(value: str, locale: str) -> None:
    assert equivalent(value, locale)


@pytest.mark.parametrize(
    ("value", "locale"),
    [
        ("nplurals=2; plural=(n > 1);", "de"),
        ("nplurals=1; plural=0;", "de"),
        ("nplurals=3; plural=(n != 1);", "de"),
        ("nplurals=2; plural=(n != 1) || n == 1000000;", "ja"),
        ("nplurals=3; plural=n==1 ? 0 : n!=0 && n%1000000==0 ? 1 : 2;", "es"),
        ("nplurals=2; plural=n / 0;", "de"),
        ("nplurals=2; plural=n == 1000000 ? n % (n - n) : n != 1;", "de"),
        ("nplurals=2; plural=n - 2 > 0;", "fr"),  # counts without a sign: 0 - 2 is huge
        ("nplurals=2; plural=", "de"),
        ("nplurals=INTEGER; plural=EXPRESSION;", "de"),
        ("plural=n != 1;", "de"),
        ("", "de"),
    ],
)
def test_another_rule_is_not_equivalent(value: str, locale: str) -> None:
    assert not equivalent(value, locale)


@pytest.mark.parametrize(
    "expression",
    [
        "n +",
        "n n",
        "1 0",
        "n = 1",
        "n & 1",
        "n | 1",
        "~n",
        "-n",
        "(n",
        "n)",
        "n ? 1",
        "n : 1",
        "n ? 1 : ",
        "n; import os",
        "n ** 2",
        "x",
        "n()",
        "__import__('os')",
        "n != 1; n",
        "٣",
        "n\n!= 1",
        "n! = 1",
    ],
)
def test_what_is_no_expression_is_refused(expression: str) -> None:
    with pytest.raises(PluralFormsError):
        parse_plural_forms(f"nplurals=2; plural={expression};")


def test_an_expression_is_bounded_in_length_and_depth() -> None:
    for hostile in ("(" * 300 + "n" + ")" * 300, "!" * 10_000 + "n", "n+" * 100_000 + "n", "n?n:" * 150 + "n"):
        with pytest.raises(PluralFormsError):
            parse_plural_forms(f"nplurals=2; plural={hostile};")
    assert parse_plural_forms(f"nplurals=1; plural={'0+' * 250}0;").index(3) == 0


def test_a_division_that_is_never_reached_does_no_harm() -> None:
    assert equivalent("nplurals=2; plural=(n != 1 || 0 && 1 / 0);", "de")


def test_tables_are_not_evaluated_by_the_interpreter() -> None:
    source = Path(sys.modules["pipeline.model.plurals"].__file__ or "").read_text()
    assert not re.search(r"\b(eval|exec|compile)\(", source.replace("re.compile(", ""))


@st.composite
def expressions(draw: st.DrawFn, depth: int = 3) -> str:
    if depth == 0:
        return draw(st.sampled_from(["n", "0", "1", "2", "7", "10", "11", "100"]))
    kind = draw(st.sampled_from(["leaf", "binary", "binary", "not", "choice", "parentheses"]))
    inner = expressions(depth=depth - 1)
    if kind == "binary":
        sign = draw(st.sampled_from(["||", "&&", "==", "!=", "<", ">", "<=", ">=", "+", "*", "/", "%"]))
        text = f"{draw(inner)} {sign} {draw(inner)}"
        # To Python `2 || n` is 2, to C it is 1.
        return f"(({text}) != 0)" if sign in ("||", "&&") else text
    if kind == "not":
        return f"(!{draw(expressions(depth=0))})"
    if kind == "choice":
        return f"{draw(inner)} ? {draw(inner)} : {draw(inner)}"
    return f"({draw(inner)})" if kind == "parentheses" else draw(expressions(depth=0))


@unhurried
@given(expressions(), st.integers(0, 10**6))
def test_any_expression_means_what_python_says(expression: str, number: int) -> None:
    """For every expression of the grammar: our evaluation is that of Python's gettext, division by zero included.

    (Without subtraction, where Python counts below zero and C does not.)
    """
    function = gettext.c2py(expression)
    try:
        rule = parse_plural_forms(f"nplurals=100; plural={expression};")
    except PluralFormsError as error:
        refusal = str(error)
        assert "divides by zero" in refusal or "gives" in refusal
        return
    try:
        expected = int(function(number))
    except ZeroDivisionError:
        with pytest.raises(ZeroDivisionError):
            rule.index(number)
        return
    assert rule.index(number) == expected
