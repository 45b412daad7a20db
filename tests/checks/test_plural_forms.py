"""plural_forms: what the rule says of a catalog that counts unlike its language."""

import pytest

from pipeline.checks.plural_forms import plural_forms
from pipeline.model.finding import Finding, Location
from pipeline.model.locale import Locale
from tests.checks.wordings import FILE, catalog

POLISH = "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"


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
    assert list(plural_forms(catalog(plural_forms=stated), Locale.parse(folder))) == []


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
    assert list(plural_forms(catalog(plural_forms=stated), Locale.parse(folder))) == [
        Finding(
            rule="plural-forms",
            message=f"the header says Plural-Forms: {stated}",
            location=Location(file=FILE, line=3),
            hint=f"write Plural-Forms: {due}",
        )
    ]


def test_a_header_without_plural_forms_is_found() -> None:
    (finding,) = plural_forms(catalog(plural_forms=""), Locale.parse("de"))
    assert finding.message == "the header says Plural-Forms: (nothing)"
