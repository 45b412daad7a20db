"""progress: a bar while a person watches long work, and never a control code in a pipe."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import ESCAPE, environment, process
from tests.repository import Repository, catalog

pytestmark = pytest.mark.thorough


def watched(*arguments: str, folder: Path, term: str = "xterm-256color") -> tuple[int, str]:
    """The exit code of a call and all that a terminal shows of it."""
    master, slave = pty.openpty()
    called = subprocess.Popen(
        [sys.executable, "-m", "pipeline", *arguments],
        cwd=folder,
        env=environment(TERM=term, COLUMNS="100", LINES="40"),
        stdin=slave,
        stdout=slave,
        stderr=slave,
    )
    os.close(slave)
    shown = bytearray()
    try:
        while chunk := os.read(master, 65536):
            shown += chunk
    except OSError:  # Linux says so when the other end is closed
        pass
    finally:
        os.close(master)
    return called.wait(timeout=60), shown.decode()


@pytest.mark.parametrize(
    ("command", "doing"),
    [
        ("run", ("Updating catalogs", "Checking editions", "Exporting")),
        ("export", ("Checking editions", "Exporting")),
        ("check", ("Checking editions",)),
    ],
)
def test_a_person_sees_what_is_being_done(repository: Repository, command: str, doing: tuple[str, ...]) -> None:
    code, shown = watched(command, folder=repository.root)
    assert code == 0
    assert ESCAPE in shown
    for words in doing:
        assert words in shown


def test_the_bar_is_gone_at_the_end(repository: Repository) -> None:
    _, shown = watched("run", folder=repository.root)
    assert f"{ESCAPE}[2K" in shown
    assert "Look at exports/en-US/" in shown.rpartition(f"{ESCAPE}[2K")[2]


@pytest.mark.parametrize("option", ["--quiet", "--json"])
def test_who_wants_it_quiet_sees_no_bar(repository: Repository, option: str) -> None:
    code, shown = watched("run", option, folder=repository.root)
    assert code == 0
    assert ESCAPE not in shown


def test_a_finding_is_coloured_for_a_person(repository: Repository) -> None:
    repository.mark_fuzzy(catalog("es"), "title")
    code, shown = watched("check", folder=repository.root)
    assert code == 1
    assert f"{ESCAPE}[31merror{ESCAPE}[0m" in shown


@pytest.mark.parametrize("arguments", [("run",), ("check",), ("export", "--check"), ("status",), ("run", "--json")])
def test_a_pipe_gets_neither_bar_nor_colour(repository: Repository, arguments: tuple[str, ...]) -> None:
    repository.mark_fuzzy(catalog("es"), "title")
    ended = process(*arguments, folder=repository.root, TERM="xterm-256color")
    assert ESCAPE not in ended.out + ended.err
    assert "\r" not in ended.out + ended.err
    assert "Exporting" not in ended.out + ended.err


def test_a_terminal_that_knows_no_codes_gets_none_of_the_bar(repository: Repository) -> None:
    code, shown = watched("run", folder=repository.root, term="dumb")
    assert code == 0
    assert f"{ESCAPE}[2K" not in shown
