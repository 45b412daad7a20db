"""errors: what keeps the pipeline from running is one clear message and exit code 2, never a traceback."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.cli import COMMANDS
from tests.cli.command import Run, process
from tests.repository import DOCUMENT, REFERENCES, SETTINGS, Repository, bundle, catalog, disclaimers

pytestmark = pytest.mark.thorough

ACCEPT = "accept-source-change"
CONTENT_COMMANDS = ("run", "extract", "update", "check", "export", "status")


def call(command: str) -> tuple[str, ...]:
    return {"init": ("init", "it_IT"), ACCEPT: (command, "title", "--reason", "x")}.get(command, (command,))


@pytest.mark.parametrize("command", [*CONTENT_COMMANDS, "init"])
def test_a_folder_that_is_not_there_is_told(run: Run, command: str) -> None:
    ended = run("--project", "nowhere", *call(command))
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.splitlines() == [
        "nowhere: error: there is no such folder",
        "  --project names a content repository",
    ]


@pytest.mark.parametrize("command", [*CONTENT_COMMANDS, "init"])
def test_a_folder_without_settings_is_told(run: Run, tmp_path: Path, command: str) -> None:
    ended = run("--project", str(tmp_path), *call(command))
    assert (ended.code, ended.out) == (2, "")
    first, hint = ended.err.splitlines()
    assert first == f"{tmp_path}: error: no pipeline.toml and no [tool.pipeline] in a pyproject.toml"
    assert "pipeline new DIR" in hint


def test_a_file_is_no_content_repository(run: Run, repository: Repository) -> None:
    assert run("--project", str(repository.path(SETTINGS)), "check").code == 2


def test_the_settings_of_another_tool_are_no_settings(run: Run, repository: Repository) -> None:
    repository.write(SETTINGS, "[project]\nname = 'x'\n")
    assert "no pipeline.toml and no [tool.pipeline]" in run("check").err


SETTINGS_PROBLEMS = {
    "an unknown key": ('source = "en_US"', 'sauce = "en_US"', "unknown key 'sauce'"),
    "a source that is no locale": ('source = "en_US"', 'source = "English"', "source: 'English' is not a locale"),
    "an edition that is no locale": ('de_AT = ["de"]', 'austria = ["de"]', "editions: 'austria' is not a locale"),
    "an edition that reads a path": ('de_AT = ["de"]', 'de_AT = ["../de"]', "editions.de_AT: '../de' is not a locale"),
    "an edition that reads nothing": ('de_AT = ["de"]', "de_AT = []", "editions.de_AT reads no catalog"),
    "an edition of another language": ('de_AT = ["de"]', 'de_AT = ["fr"]', "editions.de_AT reads fr, another language"),
    "an edition without a territory": ('de_AT = ["de"]', 'de = ["de"]', "editions.de has no territory"),
    "an edition that is no list": ('de_AT = ["de"]', 'de_AT = "de"', "editions.de_AT is not a list"),
    "a source that is no text": ('source = "en_US"', "source = 3", "source is not a line of text"),
    "disclaimers that are no list": (
        'default = ["medical-advice"',
        'US = 3\ndefault = ["medical-advice"',
        "disclaimers.US",
    ),
    "what is not TOML": ('source = "en_US"', 'source = "en_US', "not valid TOML"),
}


@pytest.mark.parametrize("problem", SETTINGS_PROBLEMS)
def test_settings_with_an_error_stop_the_run(run: Run, repository: Repository, problem: str) -> None:
    old, new, message = SETTINGS_PROBLEMS[problem]
    repository.edit(SETTINGS, old, new)
    before = repository.files()
    ended = run("run")
    assert (ended.code, ended.out) == (2, "")
    assert SETTINGS in ended.err.splitlines()[0]
    assert message in ended.err
    assert repository.files() == before


def test_all_errors_of_the_settings_are_told_in_one_go(run: Run, repository: Repository) -> None:
    repository.edit(SETTINGS, 'de_AT = ["de"]', 'de_AT = ["fr"]\naustria = []')
    repository.edit(SETTINGS, 'source = "en_US"', 'source = "English"')
    ended = run("check")
    for message in ("editions.de_AT reads fr", "'austria' is not a locale", "'English' is not a locale"):
        assert message in ended.err


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe[\x00", b"[tool.pipeline]\nname = '\xe4'\n", b"tool = 1\n# [tool.pipeline]\n", b"[tool.pipeline\n"],
)
def test_settings_that_make_no_sense_stop_the_run(run: Run, repository: Repository, content: bytes) -> None:
    repository.write("pyproject.toml", content)
    ended = run("check")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err


@pytest.mark.parametrize("command", CONTENT_COMMANDS)
def test_a_repository_without_messages_is_told(run: Run, repository: Repository, command: str) -> None:
    repository.path("messages").rename(repository.path("texts"))
    before = repository.files()
    ended = run(command)
    assert ended.code == 2
    assert "there is no folder messages/" in ended.err
    assert repository.files() == before


MALFORMED = {
    "an unknown citation key": ("[@atkins1999]", "[@nobody]"),
    "a doubled id": ("{#why-in-hospital}", "{#how-it-works}"),
    "a missing id": (" {#why-in-hospital}", ""),
    "raw HTML": ("Yes, usually.", "Yes, <u>usually</u>."),
    "a footnote that is not there": ("[^ecog] [Learn", "[^nobody] [Learn"),
    "a notice that is not closed": ("Boxed Warning.\n:::", "Boxed Warning.\n"),
    "front matter that is not closed": ("updated: 2026-11-22\n---", "updated: 2026-11-22\n"),
    "a day that is none": ("updated: 2026-11-22", "updated: 2026-13-22"),
    "an anchor in the front matter": ("status: sample", "status: &a sample"),
}


@pytest.mark.parametrize("problem", MALFORMED)
def test_a_malformed_source_ends_with_1_and_says_where(run: Run, repository: Repository, problem: str) -> None:
    repository.edit(DOCUMENT, *MALFORMED[problem])
    catalogs = repository.files("locales")
    ended = run("run")
    assert ended.code == 1
    assert ended.err.startswith(f"{DOCUMENT}:")
    assert repository.files("locales") == catalogs


@pytest.mark.parametrize("command", ["extract", "update", "check", "export"])
def test_every_command_that_reads_sources_ends_with_1_for_a_malformed_one(
    run: Run, repository: Repository, command: str
) -> None:
    repository.edit(DOCUMENT, *MALFORMED["a doubled id"])
    before = repository.files("locales")
    ended = run(command)
    assert (ended.code, ended.err.startswith(f"{DOCUMENT}:")) == (1, True)
    assert repository.files("locales") == before


@pytest.mark.parametrize("command", ["run", "extract", "update", "check", "export", "init", "pseudo", ACCEPT])
def test_a_program_is_told_what_is_wrong_with_a_source_as_well(run: Run, repository: Repository, command: str) -> None:
    repository.edit(DOCUMENT, *MALFORMED["a doubled id"])
    ended = run(*call(command), "--json")
    assert ended.code == 1
    assert "is doubled" in ended.out + ended.err


BAD_CATALOGS: dict[str, Callable[[bytes], bytes]] = {
    "cut off": lambda data: data[:-9],
    "wrongly encoded": lambda data: data.decode().encode("utf-16"),
    "with bytes that are no text": lambda data: data + b"\xff",
    "with a NUL": lambda data: data + b"\0",
    "empty": lambda data: b"",
    "no catalog at all": lambda data: b"\x89PNG\r\n",
    "with a wrong plural header": lambda data: data.replace(b"nplurals=2", b"nplurals=9"),
    "with an entry twice": lambda data: data + b"\n" + data.rstrip().rpartition(b"\n\n")[2] + b"\n",
}


@pytest.mark.parametrize("problem", BAD_CATALOGS)
def test_a_bad_catalog_ends_with_1_and_is_left_as_it_is(run: Run, repository: Repository, problem: str) -> None:
    name = catalog("de")
    bad = BAD_CATALOGS[problem](repository.path(name).read_bytes())
    repository.write(name, bad)
    ended = run("run")
    assert ended.code == 1
    assert f"{name}:" in ended.err
    assert repository.path(name).read_bytes() == bad


@pytest.mark.parametrize("name", [DOCUMENT, REFERENCES, catalog("de"), disclaimers("de_AT"), bundle("de_AT", "html")])
@pytest.mark.parametrize("what", ["a folder", "a link", "a pipe"])
def test_what_is_no_regular_file_is_told_and_not_touched(
    run: Run, repository: Repository, tmp_path: Path, name: str, what: str
) -> None:
    path = repository.path(name)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(path.read_bytes())
    path.unlink()
    if what == "a folder":
        path.mkdir()
    elif what == "a link":
        path.symlink_to(elsewhere)
    else:
        os.mkfifo(path)
    before = elsewhere.read_bytes()
    ended = run("run")
    assert ended.code == 2
    assert len(ended.err.splitlines()) <= 2
    assert ended.err.startswith(f"{name}: error: ")
    assert elsewhere.read_bytes() == before


NAMES_THAT_ARE_NO_IDS = ["ui.md", "Über uns.md", "a b.md", "-x.md", "x'y.md"]


@pytest.mark.parametrize("name", NAMES_THAT_ARE_NO_IDS)
def test_a_document_whose_name_cannot_be_an_id_is_told(run: Run, repository: Repository, name: str) -> None:
    # The stem names catalogs, exports and URLs; ui is the domain of the page's own words.
    text = repository.text(DOCUMENT)
    (repository.root / "messages" / name).write_text(text, "utf-8")
    before = repository.files("locales")
    ended = run("run")
    assert ended.code == 1
    assert ended.err.startswith("messages/")
    assert repository.files("locales") == before


def test_a_file_name_that_is_no_text_is_told(repository: Repository) -> None:
    name = os.fsencode(repository.root / "messages") + b"/caf\xe9.md"
    Path(os.fsdecode(name)).write_bytes(repository.path(DOCUMENT).read_bytes())
    ended = process("run", folder=repository.root)
    assert "Traceback" not in ended.err
    assert ended.code in (1, 2)
    assert "messages/caf" in ended.err


def test_the_commands_are_all_tried_here_or_elsewhere() -> None:
    assert set(CONTENT_COMMANDS) < set(COMMANDS)


def test_a_process_says_the_same_as_the_function(tmp_path: Path) -> None:
    ended = process("run", folder=tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert len(ended.err.splitlines()) == 2
