"""update: the catalogs follow the English, and the command says what happened to them."""

from tests.cli.command import Run
from tests.repository import BASE_LANGUAGES, DOCUMENT, FAQ, Repository, catalog

ENTRY = "long-term-effects/answer/1"
KEYS = {"file", "locale", "written", "moved", "accepted", "fuzzied", "offered", "added", "obsoleted"}


def test_catalogs_that_are_up_to_date_are_left_alone(run: Run, repository: Repository) -> None:
    before = repository.files()
    updated = run("update")
    assert (updated.code, updated.out, updated.err) == (0, "The catalogs are up to date.\n", "")
    assert repository.files() == before


def test_an_edit_of_the_english_is_told_for_each_catalog(run: Run, repository: Repository) -> None:
    repository.edit(DOCUMENT, "Long-term sequelae", "Late sequelae")
    updated = run("update")
    assert updated.code == 0
    assert set(updated.lines) == {f"updated {catalog(language)}: 1 now fuzzy" for language in BASE_LANGUAGES}


def test_new_and_obsolete_texts_are_counted(run: Run, repository: Repository) -> None:
    repository.edit(DOCUMENT, "## Are long-term", "## Is it new? {#is-it-new}\n\nYes.\n\n## Are long-term")
    repository.edit(
        DOCUMENT, "\n\nSide effects vary. It is rare for one patient to have every possible side effect.", ""
    )
    assert f"updated {catalog('de')}: 2 new, 1 obsolete" in run("update").lines


def test_json_has_the_documented_keys(run: Run, repository: Repository) -> None:
    repository.edit(DOCUMENT, "Long-term sequelae", "Late sequelae")
    updated = run("update", "--json").json
    assert set(updated) == {"catalogs", "findings"}
    assert all(set(record) == KEYS for record in updated["catalogs"])
    (german,) = (record for record in updated["catalogs"] if record["file"] == catalog("de"))
    assert (german["locale"], german["written"], german["fuzzied"]) == ("de", True, [ENTRY])
    (words,) = (record for record in updated["catalogs"] if record["file"] == catalog("de", "ui"))
    assert (words["written"], words["fuzzied"]) == (False, [])


def test_quiet_says_nothing(run: Run, repository: Repository) -> None:
    repository.edit(DOCUMENT, "Long-term sequelae", "Late sequelae")
    updated = run("update", "-q")
    assert (updated.code, updated.out, updated.err) == (0, "", "")
    assert repository.text(catalog("de")).count("#| msgid") == 1


def test_a_catalog_that_is_missing_is_made(run: Run, repository: Repository) -> None:
    repository.remove(catalog("ja"))
    updated = run("update")
    assert updated.code == 0
    assert updated.lines == [f"updated {catalog('ja')}: 29 new"]
    assert "Plural-Forms: nplurals=1; plural=0;" in repository.text(catalog("ja"))


def test_an_overlay_is_never_filled_up(run: Run, repository: Repository) -> None:
    repository.remove(catalog("fr_CA"))
    assert run("update").lines == ["The catalogs are up to date."]
    assert not repository.path(catalog("fr_CA")).exists()


def test_a_catalog_that_cannot_be_read_is_told_and_left_alone(run: Run, repository: Repository) -> None:
    broken = repository.text(catalog("de"))[:-20]
    repository.write(catalog("de"), broken)
    repository.edit(DOCUMENT, "Long-term sequelae", "Late sequelae")
    updated = run("update")
    assert updated.code == 1
    assert updated.err.startswith(f"{catalog('de')}:")
    assert repository.text(catalog("de")) == broken
    assert set(updated.lines) == {
        f"updated {catalog(language)}: 1 now fuzzy" for language in BASE_LANGUAGES if language != "de"
    }


def test_an_update_does_not_need_the_templates(run: Run, repository: Repository) -> None:
    repository.remove(f"locales/{FAQ}.pot")
    before = repository.files()
    assert run("update").code == 0
    assert repository.files() == before
