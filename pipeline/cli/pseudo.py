"""pseudo: the command that makes the pseudo-locales."""

from pathlib import Path

import click

from pipeline.cli.console import Console, common_options, finding_records, finish, workspace


@click.command("pseudo")
@common_options
def command(project: Path | None, quiet: bool, as_json: bool) -> None:
    """Export the pseudo-locales, to test layouts.

    They go to exports-pseudo/ and show what translation will do to a page. en-XA is English with accents, a
    third longer and in brackets: what shows plain was never extracted, what lacks its closing bracket was cut
    off. ar-XB runs from right to left. Both are marked as pseudo, never lie in exports/ and never become part
    of a release.
    """
    from pipeline import assessing, export, flow

    console, project_space = Console(quiet, as_json), workspace(project)
    content = flow.read_content(project_space, console.track)
    pseudo_space, assessment = assessing.assess_pseudo(project_space, content)
    planned = export.plan(pseudo_space, assessment, console.track)
    changed = export.write(pseudo_space, planned)
    console.findings(assessment.findings)
    pages = [name for name in planned.files if name.endswith(".html") and not name.endswith(".fragment.html")]
    for name in pages:
        console.say(f"Look at {pseudo_space.root / name}")
    console.emit({"pages": pages, "changed": sorted(changed), "findings": finding_records(content.findings)})
    finish(assessment.findings)
