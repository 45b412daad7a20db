"""check: every finding with its place and its remedy, and nothing changed."""

import re

import pytest

from tests.cli.command import ESCAPE, Run
from tests.repository import DOCUMENT, LOCALES, Repository, catalog, disclaimers

KEYS = {
    "rule",
    "severity",
    "message",
    "file",
    "line",
    "column",
    "entry",
    "locales",
    "suggestion",
    "expected",
    "actual",
    "fingerprint",
}
ENTRY = "how-it-works/answer/1"


def test_content_without_a_finding_ends_with_0(run: Run) -> None:
    checked = run("check")
    assert (checked.code, checked.err) == (0, "")
    assert checked.lines == [f"No findings: {len(LOCALES)} locales may be exported."]


def test_a_finding_names_its_line_its_entry_its_remedy_and_whom_it_stops(run: Run, repository: Repository) -> None:
    repository.mark_fuzzy(catalog("es"), ENTRY)
    line = repository.line(catalog("es"), f'msgctxt "{ENTRY}"')
    checked = run("check")
    assert checked.code == 1
    assert checked.err.splitlines() == [
        f"{catalog('es')}:{line}: error: [{ENTRY}] is marked fuzzy (stops es_US, es_ES)",
        "    compare it with the English, mend it and take the fuzzy flag away (fuzzy)",
    ]
    assert checked.lines == ["1 finding (1 error); 2 of 13 locales are stopped."]


@pytest.mark.thorough
def test_findings_come_in_the_order_of_their_places(run: Run, repository: Repository) -> None:
    for language in ("pl", "ar", "de"):
        repository.mark_fuzzy(catalog(language), "title")
        repository.empty(catalog(language), ENTRY)
    places = re.findall(r"^(locales/[^:]+):(\d+): ", run("check").err, re.MULTILINE)
    assert len(places) == 6
    assert places == sorted(places, key=lambda place: (place[0], int(place[1])))


def test_all_problems_of_a_source_are_told_in_one_go(run: Run, repository: Repository) -> None:
    repository.edit(DOCUMENT, "[@atkins1999]", "[@atkins1998]")
    repository.edit(DOCUMENT, "Yes, usually.", "Yes, <u>usually</u>.")
    checked = run("check")
    assert checked.code == 1
    assert len(re.findall(rf"^{DOCUMENT}:\d+:\d+: error: ", checked.err, re.MULTILINE)) >= 2


@pytest.mark.thorough
def test_json_has_the_documented_keys(run: Run, repository: Repository) -> None:
    repository.mark_fuzzy(catalog("es"), ENTRY)
    repository.remove(disclaimers("de_AT"))
    checked = run("check", "--json")
    assert (checked.code, checked.err) == (1, "")
    assert set(checked.json) == {"findings", "broken", "locales"}
    for finding in checked.json["findings"]:
        assert set(finding) == KEYS
    missing, fuzzy = checked.json["findings"]
    assert fuzzy == {
        "rule": "fuzzy",
        "severity": "error",
        "message": "is marked fuzzy",
        "file": catalog("es"),
        "line": repository.line(catalog("es"), f'msgctxt "{ENTRY}"'),
        "column": None,
        "entry": ENTRY,
        "locales": ["es_US", "es_ES"],
        "suggestion": "compare it with the English, mend it and take the fuzzy flag away",
        "expected": None,
        "actual": None,
        "fingerprint": fuzzy["fingerprint"],
    }
    assert (missing["line"], missing["entry"], missing["locales"]) == (None, None, ["de_AT"])
    assert checked.json["locales"] == {locale: locale not in ("es_US", "es_ES", "de_AT") for locale in LOCALES}


@pytest.mark.thorough
def test_quiet_prints_only_what_needs_mending(run: Run, repository: Repository) -> None:
    assert (run("check", "--quiet").out, run("check", "-q").err) == ("", "")
    repository.mark_fuzzy(catalog("es"), ENTRY)
    checked = run("check", "--quiet")
    assert (checked.code, checked.out) == (1, "")
    assert "is marked fuzzy" in checked.err


@pytest.mark.thorough
def test_nothing_is_changed(run: Run, repository: Repository) -> None:
    repository.edit(DOCUMENT, "Long-term sequelae", "Late sequelae")
    before = repository.files()
    assert run("check").code == 1
    assert repository.files() == before


@pytest.mark.thorough
def test_a_pipe_gets_no_escape_codes(run: Run, repository: Repository) -> None:
    repository.mark_fuzzy(catalog("es"), ENTRY)
    checked = run("check")
    assert ESCAPE not in checked.out + checked.err
