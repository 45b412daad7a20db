"""extract: the command that writes the templates."""

from pathlib import Path

import click

from pipeline.cli.console import Console, clock, common_options, finding_records, finish, workspace


@click.command("extract")
@common_options
def command(project: Path | None, quiet: bool, as_json: bool) -> None:
    """Write the templates, locales/*.pot.

    They hold every English text of messages/*.md and of the page itself, with the notes that translators see.
    They change only when a text, a note or its place changes. `pipeline update` then brings the translations up.
    """
    from pipeline import flow

    console, project_space = Console(quiet, as_json), workspace(project)
    content = flow.read_content(project_space, console.track)
    written = flow.extract(project_space, content, clock())
    console.findings(content.findings)
    for name in written:
        console.say(f"wrote {name}")
    if not written and not content.findings:
        console.say("The templates are up to date.")
    console.emit({"written": list(written), "findings": finding_records(content.findings)})
    finish(content.findings)
