"""The adapters of other checkers name the entry that holds the defect and leave the correct one alone."""

from pathlib import Path

import pytest

from tests.peers import require, require_package
from tests.quality.measure import Told
from tests.quality.peers import Check, Checker, i18nspector, msgfmt, pofilter, together
from tests.quality.po_text import Catalog, Entry, catalog_text

pytestmark = pytest.mark.thorough

RIGHT = Entry(id="right/answer", source=("Call us.{cite1}",), target=("Rufen Sie uns an.{cite1}",))
PLACEHOLDER_LOST = Entry(id='lost/"answer"', source=("Stop the drug.{cite1}",), target=("Setzen Sie es ab.",))
URL_CHANGED = Entry(id="url/answer", source=("See https://a.org/x",), target=("Siehe https://b.org/x",))


def checked(check: Check, place: Path, *entries: Entry, extra: str = "") -> list[Told]:
    file = place / "de.po"
    catalog = Catalog(language="de", plural="nplurals=2; plural=(n != 1);", entries=entries, extra=extra)
    file.write_bytes(catalog_text(catalog).encode())
    return check([file], None, None, place)


def named(told: list[Told]) -> set[str]:
    return {line.entry for line in told if line.entry is not None}


def test_msgfmt_names_the_entry_that_lost_a_placeholder(tmp_path: Path) -> None:
    require("msgfmt")
    told = checked(msgfmt, tmp_path, RIGHT, PLACEHOLDER_LOST, URL_CHANGED)
    assert named(told) == {PLACEHOLDER_LOST.id}
    assert {(line.file, line.severity) for line in told} == {("de.po", "error")}


def test_msgfmt_tells_of_a_file_that_does_not_parse(tmp_path: Path) -> None:
    require("msgfmt")
    assert checked(msgfmt, tmp_path, RIGHT) == []
    assert checked(msgfmt, tmp_path, RIGHT, extra='\nmsgid "open') != []


def test_i18nspector_names_the_entry_that_lost_a_placeholder(tmp_path: Path) -> None:
    require("i18nspector")
    told = checked(i18nspector, tmp_path, RIGHT, PLACEHOLDER_LOST, URL_CHANGED)
    assert named(told) == {PLACEHOLDER_LOST.id}
    assert "python-brace-format-string-missing-argument" in {line.rule for line in told}


@pytest.mark.parametrize(("wrong", "rule"), [(PLACEHOLDER_LOST, "pythonbraceformat"), (URL_CHANGED, "urls")])
def test_pofilter_names_the_entry_and_its_test(tmp_path: Path, wrong: Entry, rule: str) -> None:
    require_package("translate")
    told = checked(pofilter, tmp_path, RIGHT, wrong)
    assert named(told) == {wrong.id}
    assert rule in {line.rule for line in told}


def test_checkers_that_run_together_keep_their_findings_apart(tmp_path: Path) -> None:
    require("msgfmt")
    first, second = (Checker(name=name, title="", version="", purpose="", check=msgfmt) for name in ("one", "two"))
    told = checked(together([first, second]), tmp_path, PLACEHOLDER_LOST)
    assert [line.rule.split()[0] for line in told] == ["one", "two"]
