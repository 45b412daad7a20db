"""handoff: one command makes the kit, says how much work it is, and where the kit lies."""

import zipfile
from pathlib import Path

import pytest

from tests.cli.command import ESCAPE, Run, process
from tests.repository import DOCUMENT, FAQ, Repository, catalog

pytestmark = pytest.mark.thorough

KEYS = {"locale", "pending", "file", "files", "counts", "findings"}
COUNTS = {"document", "all", "untranslated", "fuzzy", "translated", "matches"}


def names(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


def work_to_do(run: Run, repository: Repository) -> None:
    repository.edit(DOCUMENT, "Yes, and most of them quickly.", "Yes, and most of them very quickly.")
    assert run("update", "-q").code == 0


def test_the_kit_lies_in_the_current_folder_and_the_last_line_says_so(run: Run, repository: Repository) -> None:
    made = run("handoff", "de")
    assert (made.code, made.err) == (0, "")
    assert made.lines[-1] == "The kit for de is handoff-de.zip; README.html in it is the guide for the vendor."
    assert "README.html" in names(repository.root / "handoff-de.zip")


def test_the_table_has_a_row_for_each_document_and_the_total(run: Run, repository: Repository) -> None:
    work_to_do(run, repository)
    made = run("handoff", "de")
    heading = "English words All Translated Fuzzy New 100% Repeated 95-99% 85-94% 75-84% No match"
    assert " ".join(made.lines[0].split()) == heading
    rows = {line.split()[0]: line.split()[1:] for line in made.lines[1:4]}
    assert list(rows) == [FAQ, "ui", "total"]
    assert rows[FAQ] == ["498", "472", "26", "-", "-", "-", "26", "-", "-", "-"]
    assert rows["ui"][1:] == [rows["ui"][0], *"--------"]
    assert ESCAPE not in made.out


def test_the_kit_of_another_project_lies_where_the_caller_is(
    run: Run, repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert run("--project", str(repository.root), "handoff", "de_AT").code == 0
    assert [path.name for path in elsewhere.iterdir()] == ["handoff-de.zip"]


def test_output_names_another_place(run: Run, repository: Repository) -> None:
    made = run("handoff", "fr_CA", "-o", "for-quebec.zip")
    assert made.code == 0
    assert "memory/fr_CA.tmx" in names(repository.root / "for-quebec.zip")
    assert not (repository.root / "handoff-fr_CA.zip").exists()


def test_pending_hands_off_only_what_needs_work(run: Run, repository: Repository) -> None:
    work_to_do(run, repository)
    assert run("handoff", "de", "--pending").code == 0
    assert [name for name in names(repository.root / "handoff-de.zip") if name.startswith("po/")] == [f"po/{FAQ}.po"]


def test_nothing_to_do_makes_no_kit(run: Run, repository: Repository) -> None:
    made = run("handoff", "de", "--pending")
    assert (made.code, made.err) == (0, "")
    assert made.lines[-1] == "Nothing to hand off for de: no text needs work."
    assert not (repository.root / "handoff-de.zip").exists()
    assert run("handoff", "de", "--pending", "--json").json["file"] is None


def test_json_has_the_counts_and_the_files(run: Run, repository: Repository) -> None:
    work_to_do(run, repository)
    value = run("handoff", "de", "--json").json
    assert set(value) == KEYS
    assert (value["locale"], value["pending"], value["file"], value["findings"]) == (
        "de",
        False,
        "handoff-de.zip",
        [],
    )
    assert sorted([*value["files"], "manifest.json"]) == names(repository.root / "handoff-de.zip")
    assert set(value["counts"]["total"]) == COUNTS
    assert value["counts"]["total"]["fuzzy"] == {"segments": 1, "words": 26}
    assert [record["document"] for record in value["counts"]["documents"]] == [FAQ, "ui"]


def test_quiet_says_nothing(run: Run) -> None:
    made = run("handoff", "de", "-q")
    assert (made.code, made.out, made.err) == (0, "", "")


def test_a_catalog_behind_the_english_is_an_error_that_says_what_to_run(run: Run, repository: Repository) -> None:
    repository.edit(DOCUMENT, "Long-term sequelae", "Late sequelae")
    made = run("handoff", "de")
    assert (made.code, made.out) == (2, "")
    assert made.err == (f"{catalog('de')}: error: is not up to date with the English\n  run `pipeline update` first\n")
    assert not (repository.root / "handoff-de.zip").exists()


def test_an_unknown_locale_is_an_error_that_lists_the_choices(run: Run) -> None:
    made = run("handoff", "sv")
    assert made.code == 2
    assert made.err == (
        "error: sv is no locale of this project\n"
        "  the catalogs are en_GB, es, de, fr, fr_CA, ja, ar, pt_BR, zh_CN, pl\n"
    )


def test_a_catalog_that_cannot_be_read_is_a_finding(run: Run, repository: Repository) -> None:
    repository.edit(catalog("de"), 'msgstr "Wie wirkt Proleukin?"', 'msgstr "Wie wirkt Proleukin?')
    made = run("handoff", "de")
    line = repository.line(catalog("de"), "Wie wirkt Proleukin?")
    assert (made.code, made.out) == (1, "")
    assert made.err.startswith(f"{catalog('de')}:{line}: error: [how-it-works/question] the string is not closed")
    value = run("handoff", "de", "--json").json
    assert (value["file"], [finding["line"] for finding in value["findings"]]) == (None, [line])


def test_an_error_in_the_english_stops_the_hand_off(run: Run, repository: Repository) -> None:
    repository.edit(DOCUMENT, "{#how-it-works}", "")
    made = run("handoff", "de")
    assert made.code == 1
    assert made.err.startswith(f"{DOCUMENT}:")
    assert not (repository.root / "handoff-de.zip").exists()


def test_work_of_a_vendor_is_not_overwritten(run: Run, repository: Repository) -> None:
    assert run("handoff", "de", "-q").code == 0
    path = repository.root / "handoff-de.zip"
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("po/extra.po", "work")
    made = run("handoff", "de")
    assert made.code == 2
    assert made.err.startswith("handoff-de.zip: error: is a kit that somebody has worked in: po/extra.po\n")


def test_processes_with_other_hash_seeds_and_zones_make_the_same_kit(repository: Repository) -> None:
    kits = []
    for seed, zone in (("1", "Asia/Tokyo"), ("2", "America/New_York")):
        made = process("handoff", "ar", "-o", f"{seed}.zip", folder=repository.root, PYTHONHASHSEED=seed, TZ=zone)
        assert (made.code, made.err) == (0, "")
        kits.append((repository.root / f"{seed}.zip").read_bytes())
    assert kits[0] == kits[1]
