"""accept-source-change: a mended typo costs no translation, and the record says who decided so."""

import re
import tomllib

import pytest

from tests.cli.command import Run
from tests.repository import BASE_LANGUAGES, DOCUMENT, LOCALES, Repository, bundle, catalog

pytestmark = pytest.mark.thorough

ENTRY = "long-term-effects/answer/1"
OLD, NEW = "No. Long-term sequelae are extremely rare.", "No. Long-term sequelae are exceedingly rare."
RECORDS = "messages/accepted-changes.toml"
REASON = "another word for the same"
ACCEPT = ("accept-source-change", ENTRY, "--reason", REASON, "--by", "Ada")


@pytest.mark.parametrize("updated", [False, True], ids=["before an update", "after an update"])
def test_translations_stay_valid_after_an_accepted_change(run: Run, repository: Repository, updated: bool) -> None:
    before = {language: _target(repository, language) for language in BASE_LANGUAGES}
    repository.edit(DOCUMENT, OLD, NEW)
    if updated:
        assert run("run").code == 1
    accepted = run(*ACCEPT)
    assert (accepted.code, accepted.err) == (0, "")
    assert f"  - {OLD}{{cite1}}" in accepted.lines
    assert f"  + {NEW}{{cite1}}" in accepted.lines
    for language in BASE_LANGUAGES:
        unit = repository.unit(catalog(language), ENTRY)
        assert f'msgid "{NEW}{{cite1}}"' in unit
        assert "fuzzy" not in unit
        assert "#|" not in unit
        assert _target(repository, language) == before[language]
    assert set(run("run", "--json").json["exported"]) == set(LOCALES)
    assert NEW in repository.text(bundle("en_US", "json"))


def _target(repository: Repository, language: str) -> str:
    return repository.unit(catalog(language), ENTRY).partition("msgstr")[2]


def test_the_record_says_who_when_why_and_what(run: Run, repository: Repository) -> None:
    repository.edit(DOCUMENT, OLD, NEW)
    run(*ACCEPT)
    (records,) = tomllib.loads(repository.text(RECORDS)).values()
    (record,) = records
    said = {str(value) for value in record.values()}
    assert {"Ada", REASON, "2026-11-22", f"{OLD}{{cite1}}", f"{NEW}{{cite1}}", ENTRY} <= said


def test_json_has_the_documented_keys(run: Run, repository: Repository) -> None:
    repository.edit(DOCUMENT, OLD, NEW)
    accepted = run(*ACCEPT, "--json").json
    assert set(accepted) == {"domain", "entry", "old", "new", "by", "catalogs", "findings"}
    assert (accepted["entry"], accepted["by"]) == (ENTRY, "Ada")
    assert (accepted["old"], accepted["new"]) == (f"{OLD}{{cite1}}", f"{NEW}{{cite1}}")


@pytest.mark.parametrize(
    ("old", "new", "entry", "message"),
    [
        ("Most improve 2 to 3 days", "Most improve 2 to 4 days", "reversibility/answer/1", "has other numbers"),
        ("extremely rare.[@atkins1999]", "extremely rare.", ENTRY, "has other placeholders"),
        (OLD, NEW, "nowhere/answer/1", "there is no text nowhere/answer/1"),
        (OLD, NEW, "title", "no catalog translates an older text of title"),
        (OLD, NEW, "page/questions", "page/questions has a plural"),
    ],
)
def test_a_change_of_substance_is_refused_and_nothing_is_written(
    run: Run, repository: Repository, old: str, new: str, entry: str, message: str
) -> None:
    repository.edit(DOCUMENT, old, new)
    before = repository.files()
    refused = run("accept-source-change", entry, "--reason", REASON)
    assert (refused.code, refused.out) == (2, "")
    assert message in refused.err
    assert repository.files() == before


def test_emphasis_that_was_dropped_is_refused_like_any_other_placeholder(run: Run, repository: Repository) -> None:
    entry = "why-in-hospital/answer/1"
    for language in BASE_LANGUAGES:
        repository.edit_unit(
            catalog(language),
            entry,
            lambda unit: re.sub(r'^(msgid|msgstr) "(.*)"$', r'\1 "<em>\2</em>"', unit, flags=re.M),
        )
    before = repository.files()
    refused = run("accept-source-change", entry, "--reason", REASON)
    assert (refused.code, refused.out) == (2, "")
    assert "has other placeholders" in refused.err
    assert repository.files() == before


def test_a_reason_is_required(run: Run, repository: Repository) -> None:
    repository.edit(DOCUMENT, OLD, NEW)
    assert run("accept-source-change", ENTRY).code == 2
    assert not repository.path(RECORDS).exists()


def test_a_record_that_cannot_be_read_stops_everything(run: Run, repository: Repository) -> None:
    before = repository.files("exports")
    repository.write(RECORDS, "[[change]]\n")
    ran = run("run")
    assert ran.code == 1
    assert f"{RECORDS}:" in ran.err
    after = repository.files("exports")
    assert {name for name in after if after[name] != before[name]} == {"exports/index.json"}
