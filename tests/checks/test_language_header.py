"""language_header: what the rule says of a catalog in the wrong folder."""

import pytest

from pipeline.checks.engine import check_view
from tests.checks.subjects import FILE, view


def said(stated: str, folder: str) -> list[tuple[str, str]]:
    found = check_view(view(stated, "", folder))
    return [(finding.message, finding.hint) for finding in found if finding.rule == "language-header"]


@pytest.mark.parametrize(
    ("folder", "stated"),
    [("de", "de"), ("pt_BR", "pt_BR"), ("pt_BR", "pt-BR"), ("pt_BR", "pt"), ("fr_CA", "fr"), ("zh_Hans_CN", "zh_CN")],
)
def test_a_header_that_names_the_folder_passes(folder: str, stated: str) -> None:
    assert said(stated, folder) == []


@pytest.mark.parametrize(
    ("folder", "stated"), [("de", "fr"), ("de", "de_AT"), ("pt_BR", "pt_PT"), ("zh_CN", "zh_TW"), ("de", "German")]
)
def test_a_header_of_another_language_or_territory_is_found(folder: str, stated: str) -> None:
    hint = f"this file is for {folder}; write Language: {folder}"
    assert said(stated, folder) == [(f"the header says Language: {stated}", hint)]


def test_a_header_without_a_language_is_found_in_its_line() -> None:
    (finding,) = (each for each in check_view(view("", "", "de")) if each.rule == "language-header")
    assert finding.message == "the header says Language: (nothing)"
    assert (finding.location.file, finding.location.line) == (FILE, 3)
