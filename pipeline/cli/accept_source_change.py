"""accept_source_change: the command that keeps translations valid after a change without substance."""

import getpass
import shutil
import subprocess
from pathlib import Path

import click

from pipeline.cli import update as update_command
from pipeline.cli.console import Console, clock, common_options, finding_records, finish, workspace
from pipeline.model.finding import has_errors


@click.command("accept-source-change")
@click.argument("entry")
@click.option("--reason", required=True, metavar="TEXT", help="Why the translations stay valid, for the record.")
@click.option("--by", metavar="NAME", help="Who decides (default: git's user.name, else the login name).")
@common_options
def command(project: Path | None, quiet: bool, as_json: bool, entry: str, reason: str, by: str | None) -> None:
    """Keep translations valid after a mere correction.

    For a typo or a comma: edit messages/*.md, then accept the change. ENTRY is the msgctxt of the text, for
    example how-it-works/answer/1. The record (who, when, why, both texts) goes into
    messages/accepted-changes.toml, and the translations made from the old text stay as they are. A change of
    a number or a placeholder is never without substance and is refused.
    """
    from pipeline import flow
    from pipeline.accept import accept_source_change

    console, project_space, now = Console(quiet, as_json), workspace(project), clock()
    content = flow.read_content(project_space, console.track)
    if has_errors(content.findings):
        console.findings(content.findings)
        console.emit({"findings": finding_records(content.findings)})
        finish(content.findings)
        return
    who = by or _user(project_space.root)
    change = accept_source_change(project_space, content, entry, reason=reason, by=who, today=now.date())
    content = flow.read_content(project_space, console.track)
    flow.extract(project_space, content, now)
    updates, findings = flow.update(project_space, content, now, console.track)
    console.findings(findings)
    console.say(f"Accepted for {change.domain}:{change.id}, by {change.by}:")
    console.say(f"  - {change.old}")
    console.say(f"  + {change.new}")
    for line in update_command.describe(updates):
        console.say(line)
    console.emit(
        {
            "domain": change.domain,
            "entry": change.id,
            "old": change.old,
            "new": change.new,
            "by": change.by,
            "catalogs": [update_command.record(update) for update in updates],
            "findings": finding_records(findings),
        }
    )
    finish(findings)


def _user(root: Path) -> str:
    git = shutil.which("git")
    if git is not None:
        found = subprocess.run([git, "config", "user.name"], cwd=root, capture_output=True, text=True, check=False)
        if found.stdout.strip():
            return found.stdout.strip()
    return getpass.getuser()
