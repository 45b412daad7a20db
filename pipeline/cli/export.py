"""export: the command that writes the bundles."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.console import Console, common_options, finding_records, finish, today, workspace

if TYPE_CHECKING:
    from pipeline.export import Plan
    from pipeline.flow import Assessment


@click.command("export")
@click.option(
    "--check", "check_only", is_flag=True, help="Write nothing; say whether exports/ is up to date (exit 1 if not)."
)
@common_options
def command(project: Path | None, quiet: bool, as_json: bool, check_only: bool) -> None:
    """Write exports/ for every locale that is complete.

    That is JSON, HTML and JSON-LD for each document, the schema, and the index. A locale with any error is
    not exported: its earlier export stays as it is, the others go on, and the exit code is 1. `pipeline
    check` says what the locale lacks.
    """
    from pipeline import export, flow

    console, project_space = Console(quiet, as_json), workspace(project)
    content = flow.read_content(project_space, console.track)
    assessment = flow.assess(project_space, content, today(), console.track)
    planned = export.plan(project_space, assessment, console.track)
    console.findings(assessment.findings)
    if check_only:
        differences = tuple(export.differences(project_space, planned))
        for difference in differences:
            click.echo(f"{difference.name}: {difference.what}", err=True)
        if any(difference.what == "unexpected" for difference in differences):
            console.say("Unexpected files are not ours: remove them by hand.")
        console.say("exports/ is not up to date: run `pipeline export`." if differences else "exports/ is up to date.")
        console.emit({"differences": list(differences), "findings": finding_records(assessment.findings)})
        finish(assessment.findings)
        if differences:
            click.get_current_context().exit(1)
        return
    changed = export.write(project_space, planned)
    for line in describe(planned, changed, assessment):
        console.say(line)
    console.emit(record(planned, changed, assessment))
    finish(assessment.findings)


def describe(planned: Plan, changed: tuple[str, ...], assessment: Assessment) -> list[str]:
    """What was exported, what was not, and where to look."""
    documents, locales = len(assessment.content.documents), len(planned.exported)
    what = f"{documents} document{'' if documents == 1 else 's'} in {locales} locale{'' if locales == 1 else 's'}"
    lines = [f"Exported {what} to exports/ ({len(changed)} of {len(planned.files)} files changed)."]
    lines.extend(
        f"Not exported in any locale: {name} (it cannot be read)." for name in sorted(assessment.content.broken)
    )
    lines.extend(f"removed {name}" for name in planned.obsolete)
    lines.extend(f"{name} was changed by hand, so the index leaves its bundle out." for name in planned.altered)
    kept = {record.locale for record in planned.kept}
    for locale in planned.refused:
        stands = "its earlier export stands" if locale.bcp47 in kept else "it has no export"
        lines.append(f"Not exported: {locale.gettext} ({stands}).")
    return lines


def record(planned: Plan, changed: tuple[str, ...], assessment: Assessment) -> dict[str, object]:
    """The outcome for --json."""
    return {
        "exported": [locale.gettext for locale in planned.exported],
        "refused": [locale.gettext for locale in planned.refused],
        "broken": sorted(assessment.content.broken),
        "altered": list(planned.altered),
        "changed": sorted(changed),
        "removed": list(planned.obsolete),
        "findings": finding_records(assessment.findings),
    }
