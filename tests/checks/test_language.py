"""language: what the rule says of a catalog in the wrong folder."""

import pytest

from pipeline.checks.language import language
from pipeline.model.finding import Finding, Location
from pipeline.model.locale import Locale
from tests.checks.wordings import FILE, catalog


@pytest.mark.parametrize(
    ("folder", "stated"),
    [("de", "de"), ("pt_BR", "pt_BR"), ("pt_BR", "pt-BR"), ("pt_BR", "pt"), ("fr_CA", "fr"), ("zh_Hans_CN", "zh_CN")],
)
def test_a_header_that_names_the_folder_passes(folder: str, stated: str) -> None:
    assert list(language(catalog(language=stated), Locale.parse(folder))) == []


@pytest.mark.parametrize(
    ("folder", "stated"), [("de", "fr"), ("de", "de_AT"), ("pt_BR", "pt_PT"), ("zh_CN", "zh_TW"), ("de", "German")]
)
def test_a_header_of_another_language_or_territory_is_found(folder: str, stated: str) -> None:
    assert list(language(catalog(language=stated), Locale.parse(folder))) == [
        Finding(
            rule="language",
            message=f"the header says Language: {stated}",
            location=Location(file=FILE, line=3),
            hint=f"this file lies in the folder of {folder}; write Language: {folder}",
        )
    ]


def test_a_header_without_a_language_is_found() -> None:
    (finding,) = language(catalog(language=""), Locale.parse("de"))
    assert finding.message == "the header says Language: (nothing)"
