"""export: what was exported, what was not, and whether exports/ is up to date."""

import shutil

import pytest

from tests.cli.command import Run
from tests.repository import DOCUMENT, LOCALES, SETTINGS, Repository, bundle, catalog

SUFFIXES = ("fragment.html", "html", "json", "jsonld")


def test_an_export_that_is_up_to_date_changes_nothing(run: Run, repository: Repository) -> None:
    before = repository.files()
    exported = run("export")
    assert (exported.code, exported.err) == (0, "")
    assert exported.lines == ["Exported 1 document in 13 locales to exports/ (0 of 57 files changed)."]
    assert repository.files() == before


@pytest.mark.thorough
def test_exports_that_were_deleted_come_back_as_they_were(run: Run, repository: Repository) -> None:
    before = repository.files()
    shutil.rmtree(repository.path("exports"))
    exported = run("export")
    assert exported.code == 0
    assert "(57 of 57 files changed)" in exported.out
    assert repository.files() == before


def test_a_locale_that_is_stopped_is_told_and_the_others_are_exported(run: Run, repository: Repository) -> None:
    repository.mark_fuzzy(catalog("es"), "title")
    exported = run("export")
    assert exported.code == 1
    assert exported.lines[0].startswith("Exported 1 document in 11 locales")
    assert exported.lines[1:] == [
        "Not exported: es_US (its earlier export stands).",
        "Not exported: es_ES (its earlier export stands).",
    ]
    assert "is marked fuzzy (stops es_US, es_ES)" in exported.err


@pytest.mark.thorough
def test_a_locale_without_an_earlier_export_is_told_so(run: Run, repository: Repository) -> None:
    shutil.rmtree(repository.path("exports"))
    repository.mark_fuzzy(catalog("pl"), "title")
    exported = run("export")
    assert "Not exported: pl_PL (it has no export)." in exported.lines
    assert not repository.path("exports/pl-PL").exists()


@pytest.mark.thorough
def test_what_belongs_to_nothing_is_removed_and_told(run: Run, repository: Repository) -> None:
    repository.edit(SETTINGS, 'pl_PL = ["pl"]\n', "")
    removed = [bundle("pl_PL", suffix) for suffix in SUFFIXES]
    exported = run("export")
    assert exported.code == 0
    assert [line for line in exported.lines if line.startswith("removed ")] == [f"removed {name}" for name in removed]


@pytest.mark.thorough
def test_json_has_the_documented_keys(run: Run, repository: Repository) -> None:
    repository.mark_fuzzy(catalog("es"), "title")
    repository.edit(SETTINGS, 'pl_PL = ["pl"]\n', "")
    exported = run("export", "--json")
    assert (exported.code, exported.err) == (1, "")
    assert set(exported.json) == {"exported", "refused", "broken", "altered", "changed", "removed", "findings"}
    assert exported.json["refused"] == ["es_US", "es_ES"]
    assert set(exported.json["exported"]) == set(LOCALES) - {"es_US", "es_ES", "pl_PL"}
    assert exported.json["removed"] == [bundle("pl_PL", suffix) for suffix in SUFFIXES]
    assert "exports/index.json" in exported.json["changed"]
    assert [finding["rule"] for finding in exported.json["findings"]] == ["fuzzy"]


@pytest.mark.thorough
def test_quiet_prints_only_what_needs_mending(run: Run, repository: Repository) -> None:
    exported = run("export", "-q")
    assert (exported.code, exported.out, exported.err) == (0, "", "")
    repository.mark_fuzzy(catalog("es"), "title")
    exported = run("export", "-q")
    assert (exported.code, exported.out) == (1, "")
    assert "is marked fuzzy" in exported.err


def test_check_says_that_the_export_is_up_to_date(run: Run) -> None:
    checked = run("export", "--check")
    assert (checked.code, checked.out, checked.err) == (0, "exports/ is up to date.\n", "")


@pytest.mark.thorough
def test_check_names_what_an_export_would_change_and_changes_nothing(run: Run, repository: Repository) -> None:
    repository.edit(bundle("de_DE", "html"), "<h1 ", "<h1  ")
    repository.remove(bundle("ja_JP", "json"))
    repository.write("exports/de-DE/notes.txt", "ours")
    before = repository.files()
    checked = run("export", "--check")
    assert checked.code == 1
    assert checked.err.splitlines() == [
        "exports/de-DE/notes.txt: unexpected",
        f"{bundle('de_DE', 'html')}: outdated",
        f"{bundle('ja_JP', 'json')}: missing",
    ]
    assert checked.lines == [
        "Unexpected files are not ours: remove them by hand.",
        "exports/ is not up to date: run `pipeline export`.",
    ]
    assert repository.files() == before


@pytest.mark.thorough
def test_check_speaks_json(run: Run, repository: Repository) -> None:
    repository.remove(bundle("ja_JP", "json"))
    checked = run("export", "--check", "--json")
    assert checked.code == 1
    assert checked.json == {"differences": [{"name": bundle("ja_JP", "json"), "what": "missing"}], "findings": []}


@pytest.mark.thorough
def test_check_fails_where_a_locale_is_stopped_although_its_export_stands(run: Run, repository: Repository) -> None:
    repository.mark_fuzzy(catalog("es"), "title")
    run("export")
    checked = run("export", "--check")
    assert checked.code == 1
    assert checked.out == "exports/ is up to date.\n"
    assert "is marked fuzzy" in checked.err


@pytest.mark.thorough
def test_the_english_is_not_taken_to_the_catalogs(run: Run, repository: Repository) -> None:
    repository.edit(DOCUMENT, "Long-term sequelae", "Late sequelae")
    before = repository.files("locales")
    assert run("export").code == 1
    assert repository.files("locales") == before
