"""plural_forms: what the rule says of a catalog that counts unlike its language."""

from dataclasses import replace

import pytest

from pipeline.checks.engine import check_view
from tests.checks.subjects import view

POLISH = "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"


def said(stated: str, folder: str, *, loose: bool = False) -> list[tuple[str, str]]:
    found = check_view(replace(view(folder, stated, folder), loose=loose))
    return [(finding.message, finding.hint) for finding in found if finding.rule == "plural-forms"]


@pytest.mark.parametrize(
    ("folder", "stated"),
    [
        ("de", "nplurals=2; plural=(n != 1);"),
        ("de", "nplurals=2; plural=n!=1"),
        ("de", "nplurals=2; plural=(n == 1 ? 0 : 1);"),
        ("fr", "nplurals=2; plural=(n > 1);"),
        ("ja", "nplurals=1; plural=0;"),
        ("pl", POLISH),
    ],
)
def test_a_header_that_counts_alike_passes_however_it_is_written(folder: str, stated: str) -> None:
    assert said(stated, folder) == []


@pytest.mark.parametrize(
    ("folder", "stated", "due"),
    [
        ("de", "nplurals=2; plural=(n > 1);", "nplurals=2; plural=(n != 1);"),
        ("de", "nplurals=1; plural=0;", "nplurals=2; plural=(n != 1);"),
        ("fr", "nplurals=2; plural=(n != 1);", "nplurals=2; plural=(n > 1);"),
        ("de", "nplurals=2; plural=__import__('os');", "nplurals=2; plural=(n != 1);"),
    ],
)
def test_a_header_that_counts_otherwise_is_found_with_the_right_one(folder: str, stated: str, due: str) -> None:
    assert said(stated, folder) == [(f"the header says Plural-Forms: {stated}", f"write Plural-Forms: {due}")]


def test_a_header_without_plural_forms_is_found() -> None:
    assert [message for message, _ in said("", "de")] == ["the header says Plural-Forms: (nothing)"]


def test_a_loose_file_may_tell_more_numbers_apart_than_the_table() -> None:
    millions = "nplurals=3; plural=n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;"
    assert said(millions, "es", loose=True) == []
    assert len(said(millions, "es")) == 1
    assert len(said("nplurals=1; plural=0;", "es", loose=True)) == 1
