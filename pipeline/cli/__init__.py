"""cli: the commands; the only place that prints."""

import importlib
import sys
from pathlib import Path

import click

from pipeline import __version__
from pipeline.errors import PipelineError

COMMANDS = (
    "run",
    "extract",
    "update",
    "check",
    "explain",
    "export",
    "status",
    "init",
    "new",
    "accept-source-change",
    "pseudo",
    "handoff",
    "handback",
    "review",
    "approve",
    "publish",
    "rollback",
    "withdraw",
    "verify",
    "serve",
)


class _Commands(click.Group):
    """Loads a command's module when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"pipeline.cli.{cmd_name.replace('-', '_')}").command
        assert isinstance(command, click.Command)
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--project",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="DIR",
    help="The content repository to work on (default: this folder).",
)
@click.version_option(__version__, "--version", prog_name="pipeline")
@click.pass_context
def cli(context: click.Context, project: Path) -> None:
    """English FAQ texts in, checked and localized JSON and HTML out.

    Authors write messages/*.md. Translators edit locales/LANGUAGE/LC_MESSAGES/*.po. Websites take exports/.

    \b
    Start here:
      pipeline new my-faq      make a content repository to play with
      pipeline run             extract, update, check and export in one go
      pipeline status          see which locales are ready and what the others lack

    Exit code: 0 all is well, 1 something in the content needs mending, 2 the pipeline could not run.
    """
    context.obj = project


def main() -> None:
    """Run the command line; what stops it is one message, never a traceback."""
    try:
        # Without click's own error handling `exit` comes back as the return value.
        sys.exit(cli(standalone_mode=False))
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped", err=True)
        sys.exit(130)
    except OSError as error:
        # Files are opened in workspace.py alone, which says what is wrong with them; this is a pipe or a terminal.
        click.echo(f"error: {error.strerror}", err=True)
        sys.exit(2)
    except PipelineError as error:
        where = f"{error.where}: " if error.where else ""
        click.echo(f"{where}{click.style('error', fg='red')}: {error.message}", err=True)
        if error.hint:
            click.echo(f"  {error.hint}", err=True)
        sys.exit(2)
