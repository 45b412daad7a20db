"""extract: the templates follow the English and change only with it."""

from tests.cli.command import Run
from tests.repository import DOCUMENT, FAQ, Repository

POT = f"locales/{FAQ}.pot"


def test_templates_that_are_up_to_date_are_left_alone(run: Run, repository: Repository) -> None:
    before = repository.files()
    extracted = run("extract")
    assert (extracted.code, extracted.out, extracted.err) == (0, "The templates are up to date.\n", "")
    assert repository.files() == before


def test_an_edit_of_the_english_is_written_to_its_template_alone(run: Run, repository: Repository) -> None:
    before = repository.files()
    repository.edit(DOCUMENT, "Long-term sequelae", "Late sequelae")
    extracted = run("extract")
    assert (extracted.code, extracted.lines) == (0, [f"wrote {POT}"])
    after = repository.files()
    assert {name for name in after if after[name] != before[name]} == {DOCUMENT, POT}
    assert 'msgid "No. Late sequelae' in repository.text(POT)


def test_templates_are_made_where_there_are_none(run: Run, repository: Repository) -> None:
    before = repository.files("locales")
    repository.remove(POT)
    repository.remove("locales/ui.pot")
    assert run("extract").lines == [f"wrote {POT}", "wrote locales/ui.pot"]
    after = repository.files("locales")
    assert {name for name in after if after[name] != before[name]} <= {POT, "locales/ui.pot"}
    for name in (POT, "locales/ui.pot"):
        changed = set(before[name].decode().splitlines()) ^ set(after[name].decode().splitlines())
        assert all("POT-Creation-Date" in line for line in changed)


def test_json_has_the_documented_keys(run: Run, repository: Repository) -> None:
    assert run("extract", "--json").json == {"written": [], "findings": []}
    repository.edit(DOCUMENT, "Long-term sequelae", "Late sequelae")
    assert run("extract", "--json").json == {"written": [POT], "findings": []}


def test_quiet_says_nothing(run: Run, repository: Repository) -> None:
    repository.edit(DOCUMENT, "Long-term sequelae", "Late sequelae")
    extracted = run("extract", "--quiet")
    assert (extracted.code, extracted.out, extracted.err) == (0, "", "")


def test_a_malformed_source_is_told_and_its_template_left_alone(run: Run, repository: Repository) -> None:
    repository.edit(DOCUMENT, "[@atkins1999]", "[@nobody]")
    before = repository.files()
    extracted = run("extract")
    assert extracted.code == 1
    assert f"{DOCUMENT}:" in extracted.err
    assert "unknown citation key 'nobody'" in extracted.err
    assert "up to date" not in extracted.out
    assert repository.files() == before
