"""handback: the command that takes what a vendor sends back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.console import Console, clock, common_options, finding_records, finish, workspace
from pipeline.model.finding import Refused, has_errors

if TYPE_CHECKING:
    from pipeline.handback import CatalogReturn, Return


@click.command("handback")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show what would change and write nothing.")
@common_options
def command(project: Path | None, quiet: bool, as_json: bool, path: Path, dry_run: bool) -> None:
    """Take what a vendor sends back.

    FILE is a zip, a folder, or a .po, .xlf or .tmx file. Everything is checked before anything is written:
    the file is taken whole, or refused with file:line, entry, reason and how to mend it, and a copy of it
    kept in .pipeline/quarantine. A text made from an older English is never forced in: it is listed and left.
    Entries that did not change stay as they are.
    """
    from pipeline import flow
    from pipeline.handback import quarantine, read_return, write_return

    console, project_space = Console(quiet, as_json), workspace(project)
    content = flow.read_content(project_space, console.track)
    if has_errors(content.findings):
        console.findings(content.findings)
        console.emit({"findings": finding_records(content.findings)})
        finish(content.findings)
        return
    try:
        returned = read_return(project_space, content, path)
    except Refused as refused:
        console.findings(refused.findings)
        kept = "" if dry_run else quarantine(project_space, path, clock())
        console.say("Refused: nothing was changed." + (f" A copy is kept in {kept}." if kept else ""))
        console.emit({"taken": False, "quarantine": kept or None, "findings": finding_records(refused.findings)})
        finish(refused.findings)
        return
    written = () if dry_run else write_return(project_space, returned)
    if not quiet and not as_json:
        _print_changes(returned)
    for line in _summary(returned, written, dry_run):
        console.say(line)
    console.emit({"taken": not dry_run, "written": list(written), "catalogs": [_record(c) for c in returned.catalogs]})


def _print_changes(returned: Return) -> None:
    import sys

    from rich.console import Console as Terminal
    from rich.table import Table
    from rich.text import Text

    terminal = Terminal(width=None if sys.stdout.isatty() else 200)
    for catalog in returned.catalogs:
        table = Table(title=catalog.name, title_justify="left", box=None, pad_edge=False, header_style="bold")
        table.add_column("Entry", overflow="fold", max_width=40)
        table.add_column("What", no_wrap=True)
        table.add_column("Before", overflow="fold", ratio=1)
        table.add_column("After", overflow="fold", ratio=1)
        for change in catalog.changes:
            before, after = ("\n".join(unit.targets) for unit in (change.before, change.after))
            texts = (change.after.id, change.effect.value, before, "(same)" if after == before else after)
            table.add_row(*(Text(text) for text in texts))
        if table.row_count:
            terminal.print(table)


def _summary(returned: Return, written: tuple[str, ...], dry_run: bool) -> Iterator[str]:
    for catalog in returned.catalogs:
        for left in catalog.left:
            yield f"left: {left.returned.location}: [{left.returned.id}] {left.reason}"
    changes = sum(len(catalog.changes) for catalog in returned.catalogs)
    if not changes:
        yield "Nothing to take: no text differs from what is here."
    elif dry_run:
        yield f"{changes} entries would change. Nothing was written."
    else:
        yield f"Took {changes} entries into {', '.join(written)}. Next: `pipeline run`."


def _record(catalog: CatalogReturn) -> dict[str, object]:
    return {
        "file": catalog.name,
        "locale": catalog.locale.gettext,
        "changes": [
            {
                "entry": change.after.id,
                "effect": change.effect.value,
                "before": list(change.before.targets),
                "after": list(change.after.targets),
            }
            for change in catalog.changes
        ],
        "left": [{"entry": left.returned.id, "reason": left.reason} for left in catalog.left],
    }
