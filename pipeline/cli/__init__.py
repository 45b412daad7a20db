"""cli: the commands; the only place that prints."""

import importlib
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from pipeline import __version__
from pipeline.errors import PipelineError

# Each command with the first sentence of its help, so that listing them loads none of their modules.
COMMANDS: Mapping[str, str] = {
    "run": "Extract, update, check and export in one go.",
    "extract": "Write the templates, locales/*.pot.",
    "update": "Bring the translations up to the English.",
    "check": "Check everything that an export needs, or any PO files.",
    "explain": "Say what a rule finds, with examples, how severe it is and why.",
    "export": "Write exports/ for every locale that is complete.",
    "status": "Show where each locale stands.",
    "init": "Add a locale.",
    "new": "Make a content repository that runs at once.",
    "accept-source-change": "Keep translations valid after a mere correction.",
    "pseudo": "Export the pseudo-locales, to test layouts.",
    "handoff": "Make a kit for a translation vendor: one zip with everything they need.",
    "handback": "Take what a vendor sends back.",
    "review": "Write the sheet that a reviewer reads and signs.",
    "approve": "Record that somebody approved a document in a locale.",
    "publish": "Publish exports/ as a signed release.",
    "rollback": "Publish again what an earlier release held.",
    "withdraw": "Take a document or a locale out of what is published.",
    "verify": "Check a release: signature, digests, completeness, version and expiry.",
    "serve": "Serve what is published, as JSON or HTML, read-only.",
}


class _Commands(click.Group):
    """Loads a command's module when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

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
@click.version_option(__version__, "--version")
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
    # Being ended by a service manager or a time limit leaves things as tidy as Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        # Without click's own error handling `exit` comes back as the return value.
        sys.exit(cli(prog_name="pipeline", standalone_mode=False))
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
