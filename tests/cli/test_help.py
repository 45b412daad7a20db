"""help: every command explains itself, the documentation knows it, and asking for it takes no time."""

import subprocess
import sys

import click
import pytest

from pipeline import __version__
from pipeline.cli import COMMANDS, cli
from tests.cli.command import Run, environment
from tests.repository import ROOT, Repository
from tests.test_build import settle

COMMAND_LINE = """
import sys
from pipeline.cli import main
try:
    main()
except SystemExit as ended:
    assert not ended.code
"""
DOCUMENTED = (ROOT / "docs" / "commands.md").read_text("utf-8")


def loaded_by(code: str, *arguments: str) -> set[str]:
    """The modules that a new process has loaded at its end."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nprint(*sys.modules, file=sys.stderr)", *arguments],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        check=True,
        encoding="utf-8",
        timeout=60,
    )
    return set(done.stderr.split())


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


# What takes long to load and is not needed to say what the commands are.
HEAVY = ("asyncio", "babel", "dataclasses", "jinja2", "markdown_it", "msgspec", "polib", "rich", "tomllib", "yaml")


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_the_list_of_commands_loads_none_of_them(option: str) -> None:
    loaded = loaded_by(COMMAND_LINE, option)
    assert {name for name in loaded if name.startswith("pipeline")} == {"pipeline", "pipeline.cli", "pipeline.errors"}
    assert not loaded & set(HEAVY)
    # Besides what click loads: its printing of help, paths, and little else.
    assert len(loaded - loaded_by("import sys, click")) < 30


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_has_the_first_sentence_of_each_help(name: str) -> None:
    assert COMMANDS[name] == command(name).get_short_help_str(limit=1000)


def test_the_help_of_a_command_loads_no_stage() -> None:
    loaded = loaded_by(COMMAND_LINE, "export", "--help")
    assert "pipeline.cli.export" in loaded
    assert not loaded & {"pipeline.flow", "pipeline.workspace", "pipeline.po", *HEAVY} - {"dataclasses"}


def test_an_export_that_finds_nothing_to_do_loads_no_stage(repository: Repository) -> None:
    """Nor what does work: it looks at files, and at what an earlier run has found."""
    settle(repository)
    arguments = ("--project", str(repository.root), "export")
    loaded_by(COMMAND_LINE, *arguments)
    loaded = loaded_by(COMMAND_LINE, *arguments)
    needed = {"build", "cache", "run", "stamps", "staging", "workspace", "cli.console", "cli.export"}
    assert {f"pipeline.{name}" for name in needed} <= loaded
    assert not loaded & {f"pipeline.{name}" for name in ("assessing", "checks", "executors", "exporters", "export")}
    assert not loaded & {f"pipeline.{name}" for name in ("flow", "judging", "localize", "making", "po", "work")}
    # Babel is: it knows whether the locales of the settings are any.
    assert not loaded & set(HEAVY) - {"babel", "dataclasses", "msgspec", "tomllib"}
    assert not loaded & {"concurrent.futures", "logging", "multiprocessing"}
