"""help: every command explains itself, and the documentation knows it."""

import sys

import click
import pytest

from pipeline import __version__
from pipeline.cli import COMMANDS, cli
from tests.cli.command import Run
from tests.repository import ROOT

DOCUMENTED = (ROOT / "docs" / "commands.md").read_text("utf-8")


def command(name: str) -> click.Command:
    found = cli.get_command(click.Context(cli), name)
    assert found is not None
    return found


def test_the_help_lists_every_command(run: Run) -> None:
    shown = run("--help")
    assert shown.code == 0
    for name in COMMANDS:
        assert f"\n  {name} " in shown.out
        assert f"`{name}`" in DOCUMENTED


@pytest.mark.parametrize("option", ["-h", "--help"])
@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_and_its_options(run: Run, name: str, option: str) -> None:
    shown = run(name, option)
    assert shown.code == 0
    assert shown.out.startswith(f"Usage: pipeline {name} ")
    for parameter in command(name).params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{parameter.name} has no help"
            assert parameter.opts[0] in shown.out


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_shows_whole_sentences(name: str) -> None:
    assert not command(name).get_short_help_str(limit=80).endswith("...")


def test_the_help_of_a_command_needs_no_content_repository(run: Run) -> None:
    assert run("--project", "nowhere", "run", "--help").code == 0


def test_the_version_is_printed(run: Run) -> None:
    assert __version__ in run("--version").out


@pytest.mark.parametrize("arguments", [("walk",), ("run", "--fast"), ("init",), ("new",), ("extract", "one"), ()])
def test_a_wrong_call_is_told_and_ends_with_2(run: Run, arguments: tuple[str, ...]) -> None:
    ended = run(*arguments)
    assert ended.code == 2
    assert ended.out == ""
    assert "Usage: pipeline" in ended.err


def test_loading_the_command_line_loads_no_command() -> None:
    from tests.cli.command import process

    ended = process("--version", PYTHONVERBOSE="1")
    assert ended.code == 0
    for module in ("babel", "jinja2", "polib", "rich", "pipeline.flow"):
        assert f"import '{module}'" not in ended.err, f"{module} is imported before it is needed"
    assert sys.executable
