"""console: what the commands share: options, progress, and how findings are printed."""

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sized
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pipeline.errors import PipelineError
from pipeline.model.finding import Finding, Severity, has_errors

if TYPE_CHECKING:
    from pipeline.workspace import Workspace

_ADDRESS = re.compile(r"(?:tcp|tls)://[^\s/]+:[0-9]{1,5}")

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}

T = TypeVar("T")
Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Console:
    """How a command talks: to a person, quietly, or to a program."""

    quiet: bool
    json: bool

    def say(self, text: str = "") -> None:
        """Something a person may want to know; silent under --quiet and --json."""
        if not self.quiet and not self.json:
            click.echo(text)

    def emit(self, value: object) -> None:
        """The result for a program, as one JSON value."""
        if self.json:
            import msgspec

            click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())

    def track(self, items: Iterable[T], doing: str) -> Iterator[T]:
        """A progress bar while a person watches long work, nothing in a pipe."""
        listed = items if isinstance(items, Sized) else list(items)
        if self.quiet or self.json or len(listed) < 2 or not sys.stderr.isatty():
            yield from listed
            return
        from rich.console import Console as Terminal
        from rich.progress import track

        yield from track(listed, description=doing, console=Terminal(stderr=True), transient=True)

    def findings(self, findings: Iterable[Finding], *, stops: bool = True) -> None:
        """Print findings in the order of their places, one line for all locales that share one.

        `stops` is false for files that are exported to no locale.
        """
        found = tuple(findings)
        if self.json or not found:
            return
        from pipeline.reports.report import merged, visible

        for finding, locales in merged(found):
            severity = click.style(finding.severity, fg=_COLOURS[finding.severity])
            entry = f" [{finding.entry}]" if finding.entry else ""
            blocks = (
                f" (stops {', '.join(locales)})" if stops and locales and finding.severity is Severity.ERROR else ""
            )
            click.echo(
                f"{visible(str(finding.location))}: {severity}:{visible(entry + ' ' + finding.message)}{blocks}",
                err=True,
            )
            if finding.expected or finding.actual:
                click.echo(f"    source {_short(finding.expected)} — target {_short(finding.actual)}", err=True)
            if finding.hint:
                click.echo(f"    {visible(finding.hint)} ({finding.rule})", err=True)


def _short(fact: str) -> str:
    from pipeline.reports.report import visible

    shown = visible(fact.replace("\n", "⏎")) or "nothing"
    return shown if len(shown) <= 160 else f"{shown[:160]}…"


def finding_records(findings: Iterable[Finding]) -> list[dict[str, object]]:
    """Findings for --json."""
    from pipeline.reports.report import merged, record

    return [record(finding, locales) for finding, locales in merged(findings)]


def common_options(function: Function) -> Function:
    """--project, --quiet and --json."""
    function = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON, for programs.")(function)
    function = click.option("--quiet", "-q", is_flag=True, help="Print only what needs mending.")(function)
    return project_option(function)


def workers_options(function: Function) -> Function:
    """--jobs or --cluster."""
    function = click.option(
        "--cluster",
        metavar="ADDRESS",
        callback=_alone,
        help="Work on the machines of a Dask scheduler, tcp://HOST:PORT, that share the content repository.",
    )(function)
    return click.option(
        "--jobs",
        type=click.IntRange(min=1),
        metavar="N",
        callback=_alone,
        help="How many processes work at once (default: one for each core; one for little work).",
    )(function)


def processes(jobs: int | None) -> Callable[[], int]:
    """How many are wanted, or as many as there are cores; for whom there turns out to be work."""

    def wanted() -> int:
        from pipeline.executors import cores

        return jobs or cores()

    return wanted


def _alone(context: click.Context, parameter: click.Parameter, value: T) -> T:
    other = "cluster" if parameter.name == "jobs" else "jobs"
    if value is not None and context.params.get(other) is not None:
        raise click.UsageError("--jobs is for this machine: the workers of --cluster are as many as have joined it")
    if parameter.name == "cluster" and value is not None and not _ADDRESS.fullmatch(str(value)):
        raise click.BadParameter("is no address of a scheduler, such as tcp://10.0.0.5:8786")
    return value


def project_option(function: Function) -> Function:
    return click.option(
        "--project",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="The content repository to work on (default: this folder).",
    )(function)


def workspace(project: Path | None) -> "Workspace":
    """The content repository that the command line names."""
    from pipeline.workspace import open_workspace

    return open_workspace(project if project is not None else click.get_current_context().find_object(Path) or Path())


def clock() -> datetime:
    """Now, or SOURCE_DATE_EPOCH where it is set (https://reproducible-builds.org/specs/source-date-epoch/)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        raise PipelineError(f"SOURCE_DATE_EPOCH={epoch!r} is not a number of seconds") from None


def today() -> date:
    """The day that disclaimers must be in force on: SOURCE_DATE_EPOCH may not bring an expired one back."""
    return max(clock(), datetime.now(UTC)).date()


def finish(findings: Iterable[Finding]) -> None:
    """End the command with the exit code that the findings ask for."""
    if has_errors(findings):
        click.get_current_context().exit(1)
