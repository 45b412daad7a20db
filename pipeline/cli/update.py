"""update: the command that brings catalogs up to the English."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.console import Console, clock, common_options, finding_records, finish, workspace

if TYPE_CHECKING:
    from pipeline.flow import CatalogUpdate


@click.command("update")
@common_options
def command(project: Path | None, quiet: bool, as_json: bool) -> None:
    """Bring the translations up to the English.

    This writes locales/LANGUAGE/LC_MESSAGES/*.po. A text that changed keeps its translation, marked fuzzy,
    with the English that it was made from. A text that moved keeps its translation as it is. What is gone
    stays at the end of the file as obsolete. Texts are never matched because they look alike, and nothing
    that a translator wrote is dropped.
    """
    from pipeline import flow

    console, project_space = Console(quiet, as_json), workspace(project)
    content = flow.read_content(project_space, console.track)
    updates, findings = flow.update(project_space, content, clock(), console.track)
    findings = (*content.findings, *findings)
    console.findings(findings)
    for line in describe(updates) or ([] if findings else ["The catalogs are up to date."]):
        console.say(line)
    console.emit({"catalogs": [record(update) for update in updates], "findings": finding_records(findings)})
    finish(findings)


def describe(updates: Iterable[CatalogUpdate]) -> list[str]:
    """A line for each catalog that changed."""
    lines = []
    for update in updates:
        if update.written:
            result = update.result
            counts = {
                "moved": result.moved,
                "on the accepted text": result.accepted,
                "now fuzzy": result.fuzzied,
                "offered from memory": result.offered,
                "new": result.added,
                "obsolete": result.obsoleted,
            }
            changes = ", ".join(f"{len(ids)} {what}" for what, ids in counts.items() if ids)
            lines.append(f"updated {update.name}: {changes or 'comments only'}")
    return lines


def record(update: CatalogUpdate) -> dict[str, object]:
    """One catalog for --json."""
    result = update.result
    return {
        "file": update.name,
        "locale": update.locale,
        "written": update.written,
        "moved": list(result.moved),
        "accepted": list(result.accepted),
        "fuzzied": list(result.fuzzied),
        "offered": list(result.offered),
        "added": list(result.added),
        "obsoleted": list(result.obsoleted),
    }
