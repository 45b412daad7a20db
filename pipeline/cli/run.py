"""run: the command that does everything in order."""

from pathlib import Path

import click

from pipeline.cli import export as export_command
from pipeline.cli import update as update_command
from pipeline.cli.console import Console, clock, common_options, finish, processes, today, workers_options, workspace


@click.command("run")
@workers_options
@common_options
def command(project: Path | None, quiet: bool, as_json: bool, jobs: int | None, cluster: str | None) -> None:
    """Extract, update, check and export in one go.

    Writes the templates, brings the translations up to the English, checks every locale and exports those
    that are complete. Run it after any edit, of an author or of a translator; doing it twice changes nothing.
    """
    from pipeline import flow
    from pipeline.build import build
    from pipeline.model.locale import Locale

    console, project_space, now = Console(quiet, as_json), workspace(project), clock()
    content = flow.read_content(project_space, console.track)
    written = flow.extract(project_space, content, now)
    updates, _ = flow.update(project_space, content, now, console.track)
    outcome = build(project_space, today(), jobs=processes(jobs), cluster=cluster, track=console.track)
    console.findings(outcome.findings)
    for name in written:
        console.say(f"wrote {name}")
    for line in (*update_command.describe(updates), *export_command.describe(outcome)):
        console.say(line)
    if outcome.exported and outcome.documents:
        first = project_space.bundle(Locale.parse(outcome.exported[0]), outcome.documents[0], "html")
        console.say(f"Look at {project_space.root / first}")
    console.emit(
        {
            "templates": list(written),
            "catalogs": [update_command.record(update) for update in updates],
            **export_command.record(outcome),
        }
    )
    finish(outcome.findings)
