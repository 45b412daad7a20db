"""status: the command that shows where each locale stands."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.console import Console, common_options, today, workspace

if TYPE_CHECKING:
    from pipeline.model.approval import Standing
    from pipeline.status import EditionStatus


@click.command("status")
@common_options
def command(project: Path | None, quiet: bool, as_json: bool) -> None:
    """Show where each locale stands.

    A table says what is translated, what is open, whether somebody approved it as it is, and whether the locale may
    be exported. Counts are texts that the locale shows; "words" are the English words that still need a
    translator. The exit code is 0 whatever the table says; `pipeline check` is the one to ask in CI.
    """
    from pipeline import assessing, flow
    from pipeline.status import edition_status

    console, project_space = Console(quiet, as_json), workspace(project)
    content = flow.read_content(project_space, console.track)
    assessment = assessing.assess(project_space, content, today(), console.track)
    # The table cannot show a document that could not be read, and its exit code is no warning.
    Console(quiet, json=False).findings(content.findings)
    statuses = tuple(edition_status(project_space.settings, assessment))
    if as_json:
        console.emit([_record(status) for status in statuses])
    elif quiet:
        for status in statuses:
            if not status.exportable:
                click.echo(f"{status.locale.gettext}: {_reason(status)}")
    else:
        _print_table(statuses)
        console.say("Details of what stops a locale: pipeline check" if not all(s.exportable for s in statuses) else "")


def _print_table(statuses: Iterable[EditionStatus]) -> None:
    from rich.console import Console as Terminal
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Locale", no_wrap=True)
    for heading in ("Translated", "English", "Fuzzy", "Untranslated", "Words", "Disclaimers"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("Approval", overflow="fold")
    table.add_column("Export", overflow="fold")
    for status in statuses:
        table.add_row(
            status.locale.gettext,
            str(status.translated),
            str(status.source or "-"),
            str(status.fuzzy or "-"),
            str(status.untranslated or "-"),
            str(status.open_words or "-"),
            f"{status.disclaimers}/{status.required_disclaimers}",
            _approval(status),
            "[green]ready[/]" if status.exportable else f"[red]stopped[/]: {_reason(status)}",
        )
    # In a pipe a row stays on one line, so that grep sees it whole.
    Terminal(width=None if sys.stdout.isatty() else 200).print(table)


def _approval(status: EditionStatus) -> str:
    """The state; how many documents are in each where they differ. What has changed is said of stale ones."""
    counts = Counter(_state(standing) for _, standing in status.approvals)
    if len(counts) == 1:
        return next(iter(counts))
    return ", ".join(f"{count} {state}" for state, count in counts.items()) or "-"


def _state(standing: Standing) -> str:
    return f"stale ({', '.join(standing.changed)})" if standing.changed else standing.state.value


def _reason(status: EditionStatus) -> str:
    return ", ".join(f"{count} {rule}" for rule, count in status.reasons)


def _record(status: EditionStatus) -> dict[str, object]:
    from pipeline.exporters.approval import approval_record

    return {
        "locale": status.locale.gettext,
        "translated": status.translated,
        "source": status.source,
        "fuzzy": status.fuzzy,
        "untranslated": status.untranslated,
        "openWords": status.open_words,
        "disclaimers": status.disclaimers,
        "requiredDisclaimers": status.required_disclaimers,
        "approvals": {document: approval_record(standing) for document, standing in status.approvals},
        "exportable": status.exportable,
        "reasons": dict(status.reasons),
    }
