"""export: the command that writes the bundles."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.console import (
    Console,
    common_options,
    finding_records,
    finish,
    processes,
    today,
    workers_options,
    workspace,
)

if TYPE_CHECKING:
    from pipeline.model.outcome import Outcome


@click.command("export")
@click.option(
    "--check", "check_only", is_flag=True, help="Write nothing; say whether exports/ is up to date (exit 1 if not)."
)
@workers_options
@common_options
def command(
    project: Path | None, quiet: bool, as_json: bool, check_only: bool, jobs: int | None, cluster: str | None
) -> None:
    """Write exports/ for every locale that is complete.

    That is JSON, HTML and JSON-LD for each document, the schema, and the index. A locale with any error is
    not exported: its earlier export stays as it is, the others go on, and the exit code is 1. `pipeline
    check` says what the locale lacks.
    """
    from pipeline.build import build

    console, project_space = Console(quiet, as_json), workspace(project)
    outcome = build(
        project_space, today(), jobs=processes(jobs), cluster=cluster, check=check_only, track=console.track
    )
    console.findings(outcome.findings)
    if check_only:
        differences = outcome.differences
        for difference in differences:
            click.echo(f"{difference.name}: {difference.what}", err=True)
        if any(difference.what == "unexpected" for difference in differences):
            console.say("Unexpected files are not ours: remove them by hand.")
        console.say("exports/ is not up to date: run `pipeline export`." if differences else "exports/ is up to date.")
        console.emit({"differences": list(differences), "findings": finding_records(outcome.findings)})
        finish(outcome.findings)
        if differences:
            click.get_current_context().exit(1)
        return
    for line in describe(outcome):
        console.say(line)
    console.emit(record(outcome))
    finish(outcome.findings)


def describe(outcome: Outcome) -> list[str]:
    """What was exported, what was not, and where to look."""
    documents, locales = len(outcome.documents), len(outcome.exported)
    what = f"{documents} document{'' if documents == 1 else 's'} in {locales} locale{'' if locales == 1 else 's'}"
    lines = [f"Exported {what} to exports/ ({len(outcome.changed):,} of {outcome.files:,} files changed)."]
    lines.extend(f"Not exported in any locale: {name} (it cannot be read)." for name in outcome.broken)
    lines.extend(f"removed {name}" for name in outcome.removed)
    lines.extend(f"{name} was changed by hand, so the index leaves its bundle out." for name in outcome.altered)
    for locale in outcome.refused:
        stands = "its earlier export stands" if locale in outcome.kept else "it has no export"
        lines.append(f"Not exported: {locale} ({stands}).")
    return lines


def record(outcome: Outcome) -> dict[str, object]:
    """The outcome for --json."""
    return {
        "exported": list(outcome.exported),
        "refused": list(outcome.refused),
        "broken": list(outcome.broken),
        "altered": list(outcome.altered),
        "changed": sorted(outcome.changed),
        "removed": list(outcome.removed),
        "findings": finding_records(outcome.findings),
    }
