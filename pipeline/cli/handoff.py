"""handoff: the command that makes a kit for a translation vendor."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.console import Console, common_options, finding_records, finish, workspace
from pipeline.model.finding import Finding, Refused, has_errors

if TYPE_CHECKING:
    from pipeline.exchange.word_counts import CountSheet


@click.command("handoff")
@click.argument("locale", metavar="LOCALE")
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    metavar="FILE.zip",
    help="Where to write the kit (default: handoff-LOCALE.zip in the current folder).",
)
@click.option("--pending", is_flag=True, help="Hand off only what needs work: untranslated and fuzzy texts.")
@common_options
def command(project: Path | None, quiet: bool, as_json: bool, locale: str, output: Path | None, pending: bool) -> None:
    """Make a kit for a translation vendor: one zip with everything they need.

    LOCALE is one that has catalogs (de, fr_CA), or an edition that reads those of exactly one (de_AT). The
    kit has the texts as PO, XLIFF 1.2 and 2.1, what is translated already as a memory, the glossary, a preview
    of each page, word counts, settings for checkers, and a guide to begin with (README.html). It is made from
    catalogs that are up to date: run `pipeline update` first. `pipeline handback` takes what comes back.
    """
    from pipeline import flow, handoff
    from pipeline.exchange.word_counts import counts_record

    console, project_space = Console(quiet, as_json), workspace(project)
    target = handoff.handoff_locale(project_space.settings, locale)
    content = flow.read_content(project_space, console.track)
    if has_errors(content.findings):
        _report(console, content.findings)
        return
    path = output or Path(f"handoff-{target.gettext}.zip")
    try:
        prepared = handoff.prepare(project_space, content, target, pending=pending, track=console.track)
        manifest = None if prepared.is_empty else handoff.write_handoff(prepared, path, console.track)
    except Refused as refused:
        _report(console, refused.findings)
        return
    if not quiet and not as_json:
        _print_table(prepared.counts)
    if manifest is None:
        console.say(f"Nothing to hand off for {target.gettext}: no text needs work.")
    else:
        console.say(f"The kit for {target.gettext} is {path}; README.html in it is the guide for the vendor.")
    console.emit(
        {
            "locale": target.gettext,
            "pending": pending,
            "file": str(path) if manifest is not None else None,
            "files": [file.path for file in manifest.files] if manifest is not None else [],
            "counts": {
                "documents": [counts_record(counts) for counts in prepared.counts.documents],
                "total": counts_record(prepared.counts.total),
            },
            "findings": [],
        }
    )


def _report(console: Console, findings: tuple[Finding, ...]) -> None:
    console.findings(findings)
    console.emit({"file": None, "findings": finding_records(findings)})
    finish(findings)


def _print_table(sheet: CountSheet) -> None:
    from rich.console import Console as Terminal
    from rich.table import Table

    from pipeline.exchange.word_counts import Match
    from pipeline.model.catalog import State

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("English words", overflow="fold")
    headings = {State.TRANSLATED: "Translated", State.FUZZY: "Fuzzy", State.UNTRANSLATED: "New"}
    matches = {Match.EXACT: "100%", Match.REPETITION: "Repeated", Match.NONE: "No match"}
    columns = ("All", *headings.values(), *(matches.get(match, f"{match.value}%") for match in Match))
    for heading in columns:
        table.add_column(heading, justify="right")
    for counts in (*sheet.documents, sheet.total):
        tallies = (*map(counts.state, headings), *map(counts.match, Match))
        numbers = (f"{tally.words:,}" if tally.words else "-" for tally in tallies)
        table.add_row(counts.document, f"{counts.all.words:,}", *numbers)
    # In a pipe a row stays on one line, so that grep sees it whole.
    Terminal(width=None if sys.stdout.isatty() else 200).print(table)
