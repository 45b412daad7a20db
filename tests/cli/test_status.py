"""status: where each locale stands."""

import pytest

from tests.cli.command import ESCAPE, Run
from tests.repository import DOCUMENT, FAQ, LOCALES, REFERENCES, Repository, catalog, disclaimers

pytestmark = pytest.mark.thorough

KEYS = {
    "locale",
    "translated",
    "source",
    "fuzzy",
    "untranslated",
    "openWords",
    "disclaimers",
    "requiredDisclaimers",
    "approvals",
    "exportable",
    "reasons",
}


def row(run: Run, locale: str) -> list[str]:
    (line,) = (line for line in run("status").lines if line.startswith(locale))
    return line.split()


def test_the_table_has_a_row_for_each_locale(run: Run) -> None:
    shown = run("status")
    assert (shown.code, shown.err) == (0, "")
    assert shown.lines[0].split() == [
        "Locale",
        "Translated",
        "English",
        "Fuzzy",
        "Untranslated",
        "Words",
        "Disclaimers",
        "Approval",
        "Export",
    ]
    assert [line.split()[0] for line in shown.lines[1 : len(LOCALES) + 1]] == list(LOCALES)
    assert all(line.split()[-1] == "ready" for line in shown.lines[1 : len(LOCALES) + 1])
    assert ESCAPE not in shown.out


def test_english_counts_as_source_and_a_market_counts_what_it_shows(run: Run) -> None:
    assert row(run, "en_US")[1] == "0"
    assert int(row(run, "es_US")[1]) == int(row(run, "es_ES")[1]) + 3
    assert int(row(run, "en_GB")[1]) + int(row(run, "en_GB")[2]) == int(row(run, "de_DE")[1])


def test_a_stopped_locale_says_why(run: Run, repository: Repository) -> None:
    repository.mark_fuzzy(catalog("ja"), "title")
    repository.empty(catalog("ja"), "long-term-effects/answer/1")
    repository.remove(disclaimers("de_AT"))
    shown = run("status")
    assert shown.code == 0
    assert row(run, "ja_JP")[3:] == ["1", "1", "14", "3/3", "draft", "stopped:", "1", "fuzzy,", "1", "missing"]
    assert row(run, "de_AT")[-3:] == ["stopped:", "1", "disclaimer"]
    assert row(run, "de_AT")[-5:-3] == ["0/3", "draft"]
    assert row(run, "de_DE")[-1] == "ready"
    assert shown.lines[-1] == "Details of what stops a locale: pipeline check"


def test_open_words_are_those_of_the_english(run: Run, repository: Repository) -> None:
    repository.mark_fuzzy(catalog("ja"), "title")
    assert row(run, "ja_JP")[5] == "8"


def test_json_has_the_documented_keys(run: Run, repository: Repository) -> None:
    repository.mark_fuzzy(catalog("ja"), "title")
    shown = run("status", "--json")
    assert shown.code == 0
    assert [record["locale"] for record in shown.json] == list(LOCALES)
    assert all(set(record) == KEYS for record in shown.json)
    (japanese,) = (record for record in shown.json if record["locale"] == "ja_JP")
    assert (japanese["fuzzy"], japanese["exportable"], japanese["reasons"]) == (1, False, {"fuzzy": 1})
    assert japanese["requiredDisclaimers"] == japanese["disclaimers"] == 3


def test_documents_in_different_states_are_counted(run: Run, repository: Repository) -> None:
    repository.write("messages/other.md", repository.text(DOCUMENT))
    run("approve", "en_US", FAQ, "--role", "Medical", "--by", "Ada", "--meaning", "correct")
    assert "1 draft, 1 approved" in " ".join(row(run, "en_US"))
    (american, *_) = run("status", "--json").json
    assert american["approvals"]["other"] == {"state": "draft", "signatures": []}
    (signature,) = american["approvals"][FAQ]["signatures"]
    assert (signature["role"], signature["by"], signature["changed"]) == ("Medical", "Ada", [])


def test_a_warning_is_no_reason_that_stops_a_locale(run: Run, repository: Repository) -> None:
    run("approve", "de_DE", FAQ, "--role", "Medical", "--by", "Ada", "--meaning", "correct")
    repository.edit(disclaimers("de_DE"), "SAMPLE-de-DE-1", "DE-1")
    (german,) = (record for record in run("status", "--json").json if record["locale"] == "de_DE")
    assert (german["exportable"], german["reasons"]) == (True, {})
    assert german["approvals"][FAQ]["state"] == "stale"


def test_quiet_lists_only_those_that_are_stopped(run: Run, repository: Repository) -> None:
    assert run("status", "--quiet").out == ""
    repository.mark_fuzzy(catalog("es"), "title")
    assert run("status", "-q").lines == ["es_US: 1 fuzzy", "es_ES: 1 fuzzy"]


def test_a_broken_bibliography_stops_every_row(run: Run, repository: Repository) -> None:
    repository.edit(REFERENCES, 'key = "fyfe1995"', 'key = "bosco2000"')
    assert [record["exportable"] for record in run("status", "--json").json] == [False] * len(LOCALES)


@pytest.mark.parametrize("arguments", [(), ("--quiet",), ("--json",)])
def test_a_broken_document_is_not_passed_over_in_silence(
    run: Run, repository: Repository, arguments: tuple[str, ...]
) -> None:
    repository.edit(DOCUMENT, "{#how-it-works}", "")
    shown = run("status", *arguments)
    assert shown.code == 0
    assert DOCUMENT in shown.out + shown.err


def test_nothing_is_changed(run: Run, repository: Repository) -> None:
    before = repository.files()
    run("status")
    assert repository.files() == before
