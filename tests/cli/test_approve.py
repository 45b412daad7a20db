"""approve: who approved what is recorded, shown and voided by any later change."""

import json
import re

import pytest

from tests.cli.command import Run, process
from tests.repository import DOCUMENT, FAQ, Repository, catalog, disclaimers

pytestmark = pytest.mark.thorough

RECORD, SEAL = "locales/de_DE/approvals.jsonl", "locales/de_DE/approvals.seal"
SAID = ("--role", "Medical reviewer", "--by", "Ada Lovelace", "--meaning", "Medically correct", "--code", "MED-1")
LOCALES = ("en_US", "de_DE", "de_AT", "ja_JP")
APPROVE = ("approve", "de_DE", FAQ, *SAID)


@pytest.fixture(autouse=True)
def small(repository: Repository) -> None:
    repository.keep_editions(*LOCALES)


def state(run: Run, locale: str = "de_DE") -> str:
    (line,) = (line for line in run("status").lines if line.startswith(locale))
    found = re.search(r"\d/\d +(.*?) +(?:ready|stopped)", line)
    assert found
    return found[1]


def test_an_approval_is_recorded_and_shown(run: Run, repository: Repository) -> None:
    assert state(run) == "draft"
    approved = run(*APPROVE)
    assert (approved.code, approved.err) == (0, "")
    assert approved.lines[0] == f"Approved {FAQ} in de_DE, by Ada Lovelace (Medical reviewer): Medically correct"
    record = json.loads(repository.text(RECORD))
    assert {key: record[key] for key in ("document", "locale", "role", "by", "meaning", "code", "when")} == {
        "document": FAQ,
        "locale": "de_DE",
        "role": "Medical reviewer",
        "by": "Ada Lovelace",
        "meaning": "Medically correct",
        "code": "MED-1",
        "when": "2026-11-22T12:00:00Z",
    }
    assert record["digest"] in approved.lines[1]
    assert state(run) == "approved"
    assert state(run, "de_AT") == "draft"


def test_only_the_record_and_its_seal_are_written(run: Run, repository: Repository) -> None:
    before = repository.files()
    run(*APPROVE)
    after = repository.files()
    assert {name for name in after if after[name] != before.get(name)} == {RECORD, SEAL}


def test_a_later_change_is_shown_until_it_is_approved_again(run: Run, repository: Repository) -> None:
    run(*APPROVE)
    repository.replace_in_unit(catalog("de"), "how-it-works/question", "Wie", "Wie nur")
    assert state(run) == "stale (translation)"
    repository.edit(disclaimers("de_DE"), "SAMPLE-de-DE-1", "DE-1")
    assert state(run) == "stale (translation, disclaimers)"
    checked = run("check")
    assert checked.code == 0
    assert f"{RECORD}:1: warning" in checked.err
    assert run(*APPROVE).code == 0
    assert state(run) == "approved"
    assert repository.text(RECORD).count("\n") == 2


def test_two_roles_are_two_approvals(run: Run, repository: Repository) -> None:
    run(*APPROVE)
    run("approve", "de_DE", FAQ, "--role", "Legal", "--by", "Grace Hopper", "--meaning", "May be published")
    (german,) = (record for record in run("status", "--json").json if record["locale"] == "de_DE")
    approval = german["approvals"][FAQ]
    assert approval["state"] == "approved"
    assert [(signature["role"], signature["by"], signature["code"]) for signature in approval["signatures"]] == [
        ("Medical reviewer", "Ada Lovelace", "MED-1"),
        ("Legal", "Grace Hopper", ""),
    ]


@pytest.mark.parametrize(
    "broken", ["fuzzy", "disclaimers", "record"], ids=["a fuzzy text", "no disclaimers", "a touched record"]
)
def test_what_has_errors_is_not_approved(run: Run, repository: Repository, broken: str) -> None:
    if broken == "fuzzy":
        repository.mark_fuzzy(catalog("de"), "title")
    elif broken == "disclaimers":
        repository.remove(disclaimers("de_DE"))
    else:
        run(*APPROVE)
        repository.edit(RECORD, "Ada", "Eve")
    before = repository.files()
    refused = run(*APPROVE)
    assert refused.code == 1
    assert "error" in refused.err
    assert refused.lines == [f"Not approved: {FAQ} has errors in de_DE."]
    assert repository.files() == before


def test_errors_of_other_locales_and_documents_are_no_obstacle(run: Run, repository: Repository) -> None:
    repository.mark_fuzzy(catalog("ja"), "title")
    other = repository.text(DOCUMENT).replace("[@atkins1999]", "").replace("{#how-it-works}", "")
    repository.write("messages/other.md", other)
    assert run("check").code == 1
    assert run(*APPROVE).code == 0


def test_what_is_required_can_be_given(run: Run, repository: Repository) -> None:
    """That nothing may go out unapproved is no reason to refuse the approval itself."""
    repository.edit("pyproject.toml", '\nsource = "en_US"\n', '\nsource = "en_US"\nrequire_approval = true\n')
    refused = run("run", "--json")
    assert (refused.code, refused.json["exported"]) == (1, [])
    assert {f["rule"] for f in refused.json["findings"] if f["severity"] == "error"} == {"approval"}
    assert run(*APPROVE).code == 0
    again = run("run", "--json")
    assert (again.code, again.json["exported"], len(again.json["refused"])) == (1, ["de_DE"], len(LOCALES) - 1)


def test_a_touched_record_is_told_by_every_command_that_reads_it(run: Run, repository: Repository) -> None:
    run(*APPROVE)
    repository.edit(RECORD, "Ada", "Eve")
    for arguments in (("check",), ("export",), ("run",), APPROVE, ("review", "de_DE", "-o", "sheet.html")):
        told = run(*arguments)
        assert told.code == 1, arguments
        assert f"{RECORD}:1: error" in told.err
    shown = run("status")
    assert "broken" in shown.out
    assert "stopped: 1 approval-record" in shown.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("approve", "de_CH", FAQ, *SAID), "de_CH is no locale of this project"),
        (("approve", "de", FAQ, *SAID), "de is no locale of this project"),
        (("approve", "de_DE", "nothing", *SAID), "there is no document nothing"),
        (("approve", "../..", FAQ, *SAID), "is not a locale"),
        (("approve", "de_DE", FAQ, *SAID[:-4], "--meaning", " "), "meaning is empty"),
        (("approve", "de_DE", FAQ, *SAID[:-4], "--meaning", "a\nb"), "meaning holds the character U+000A"),
        (("approve", "de_DE", FAQ, *SAID[2:]), "--role"),
        (("approve", "de_DE", *SAID), "DOCUMENT"),
    ],
)
def test_a_wrong_call_is_told_and_nothing_is_written(
    run: Run, repository: Repository, arguments: tuple[str, ...], message: str
) -> None:
    before = repository.files()
    ended = run(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert message in ended.err
    assert repository.files() == before


def test_json_has_the_documented_keys(run: Run, repository: Repository) -> None:
    approved = run(*APPROVE, "--json").json
    assert set(approved) == {
        *("approved", "document", "locale", "role", "by", "meaning", "code", "when", "digest", "record", "file"),
        *("line", "findings"),
    }
    assert (approved["approved"], approved["file"], approved["line"]) == (True, RECORD, 1)
    assert approved["when"] == "2026-11-22T12:00:00Z"
    repository.mark_fuzzy(catalog("de"), "title")
    refused = run(*APPROVE, "--json").json
    assert set(refused) == {"approved", "findings"}
    assert refused["approved"] is False


def test_either_spelling_of_the_locale_is_taken_and_spaces_at_the_ends_are_not(
    run: Run, repository: Repository
) -> None:
    run("approve", "de-DE", FAQ, "--role", " Legal ", "--by", "Grace Hopper ", "--meaning", "fine")
    record = json.loads(repository.text(RECORD))
    assert (record["locale"], record["role"], record["by"]) == ("de_DE", "Legal", "Grace Hopper")


def test_bytes_that_are_no_text_are_refused(repository: Repository) -> None:
    ended = process("approve", "de_DE", FAQ, "--role", "r", "--by", "\udcff", "--meaning", "m", folder=repository.root)
    assert ended.code == 2
    assert "by holds the character U+DCFF" in ended.err
    assert not repository.path(RECORD).exists()
