"""run: the command that does everything in order."""

from pathlib import Path

import click

from pipeline.cli import export as export_command
from pipeline.cli import update as update_command
from pipeline.cli.console import Console, clock, common_options, finish, today, workspace


@click.command("run")
@common_options
def command(project: Path | None, quiet: bool, as_json: bool) -> None:
    """Extract, update, check and export in one go.

    Writes the templates, brings the translations up to the English, checks every locale and exports those
    that are complete. Run it after any edit, of an author or of a translator; doing it twice changes nothing.
    """
    from pipeline import export, flow

    console, project_space, now = Console(quiet, as_json), workspace(project), clock()
    content = flow.read_content(project_space, console.track)
    written = flow.extract(project_space, content, now)
    updates, _ = flow.update(project_space, content, now, console.track)
    assessment = flow.assess(project_space, content, today(), console.track)
    planned = export.plan(project_space, assessment, console.track)
    changed = export.write(project_space, planned)
    console.findings(assessment.findings)
    for name in written:
        console.say(f"wrote {name}")
    for line in (*update_command.describe(updates), *export_command.describe(planned, changed, assessment)):
        console.say(line)
    if planned.exported and content.documents:
        first = project_space.bundle(planned.exported[0], content.documents[0].id, "html")
        console.say(f"Look at {project_space.root / first}")
    console.emit(
        {
            "templates": list(written),
            "catalogs": [update_command.record(update) for update in updates],
            **export_command.record(planned, changed, assessment),
        }
    )
    finish(assessment.findings)
