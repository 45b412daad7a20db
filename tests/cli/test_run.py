"""run: everything in order, from one command."""

from pathlib import Path

import pytest

from tests.cli.command import SCRIPT, Run, process
from tests.repository import BASE_LANGUAGES, DOCUMENT, FAQ, LOCALES, SETTINGS, Repository, bundle, catalog


def test_a_run_on_content_that_is_up_to_date_changes_nothing_and_says_where_to_look(
    run: Run, repository: Repository
) -> None:
    before = repository.files()
    ran = run("run")
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines == [
        "Exported 1 document in 13 locales to exports/ (0 of 57 files changed).",
        f"Look at {bundle('en_US', 'html')}",
    ]
    assert repository.files() == before


def test_a_run_after_an_edit_extracts_updates_checks_and_exports(run: Run, repository: Repository) -> None:
    repository.edit(DOCUMENT, "Long-term sequelae", "Late sequelae")
    ran = run("run")
    assert ran.code == 1
    assert f"wrote locales/{FAQ}.pot" in ran.lines
    assert f"updated {catalog('de')}: 1 now fuzzy" in ran.lines
    assert "Not exported: de_AT (its earlier export stands)." in ran.lines
    assert ran.err.count("is marked fuzzy") == len(BASE_LANGUAGES)
    assert "Late sequelae" in repository.text(bundle("en_US", "html"))
    assert run("run").lines[0] == "Exported 1 document in 2 locales to exports/ (0 of 13 files changed)."


@pytest.mark.thorough
def test_json_has_the_documented_keys(run: Run, repository: Repository) -> None:
    repository.edit(DOCUMENT, "Long-term sequelae", "Late sequelae")
    ran = run("run", "--json")
    assert (ran.code, ran.err) == (1, "")
    assert set(ran.json) == {
        "templates",
        "catalogs",
        "exported",
        "refused",
        "broken",
        "altered",
        "changed",
        "removed",
        "findings",
    }
    assert ran.json["templates"] == [f"locales/{FAQ}.pot"]
    assert set(ran.json["exported"]) == {"en_US", "en_GB"}
    assert set(ran.json["exported"]) | set(ran.json["refused"]) == set(LOCALES)


@pytest.mark.thorough
def test_quiet_says_nothing(run: Run) -> None:
    ran = run("run", "--quiet")
    assert (ran.code, ran.out, ran.err) == (0, "", "")


@pytest.mark.thorough
def test_another_project_is_named_before_or_after_the_command(run: Run, repository: Repository, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    repository.root.rename(elsewhere / "project")
    moved = Repository(elsewhere / "project")
    repository.root.mkdir()
    moved.edit(DOCUMENT, "updated: 2026-11-22", "updated: 2026-11-23")
    assert run("--project", str(moved.root), "run").lines[-1] == f"Look at {moved.path(bundle('en_US', 'html'))}"
    assert "2026-11-23" in moved.text(bundle("ja_JP", "json"))
    assert run("run", "--project", str(moved.root)).code == 0
    assert list(repository.root.iterdir()) == []


@pytest.mark.thorough
def test_a_pipeline_toml_takes_the_place_of_a_pyproject_toml(run: Run, repository: Repository) -> None:
    repository.write("pipeline.toml", '[editions]\nen_US = []\n\n[disclaimers]\ndefault = ["medical-advice"]\n')
    ran = run("run")
    assert ran.code == 0
    assert any(line.startswith("Exported 1 document in 1 locale") for line in ran.lines)
    assert repository.text(SETTINGS)


@pytest.mark.thorough
def test_the_module_and_the_script_are_the_same_command(repository: Repository) -> None:
    import subprocess

    from tests.cli.command import environment

    repository.mark_fuzzy(catalog("es"), "title")
    module = process("export", folder=repository.root)
    script = subprocess.run(
        [SCRIPT, "export"], cwd=repository.root, env=environment(), capture_output=True, check=False, encoding="utf-8"
    )
    assert module.code == script.returncode == 1
    assert module.err == script.stderr
    assert module.out.splitlines()[1:] == script.stdout.splitlines()[1:]


@pytest.mark.thorough
def test_a_source_date_takes_the_place_of_the_clock(run: Run, repository: Repository) -> None:
    late = process("check", folder=repository.root, SOURCE_DATE_EPOCH="4102444800")
    assert late.code == 1
    assert "expired on 2099-12-31" in late.err
    for wrong in ("soon", "1e9", "9" * 30):
        stopped = process("check", folder=repository.root, SOURCE_DATE_EPOCH=wrong)
        assert (stopped.code, stopped.out) == (2, "")
        assert stopped.err.startswith("error: SOURCE_DATE_EPOCH=")
