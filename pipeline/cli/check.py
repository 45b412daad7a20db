"""check: the command that says what is wrong."""

from collections.abc import Iterable, Iterator
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
from pipeline.errors import PipelineError
from pipeline.model.catalog import Catalog
from pipeline.model.finding import Finding, Severity
from pipeline.model.locale import Locale
from pipeline.reports import FORMATS, render
from pipeline.reports.report import Report, report
from pipeline.staging import write_file

if TYPE_CHECKING:
    from pipeline.workspace import Workspace


@click.command("check")
@click.argument("files", nargs=-1, metavar="[FILE.po]...", type=click.Path(path_type=Path))
@click.option("--pot", type=click.Path(path_type=Path), metavar="FILE", help="The template of the files.")
@click.option(
    "--glossary",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Names and terms for the files: a glossary.toml.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", *FORMATS)),
    default="text",
    show_default=True,
    help="How findings are written: for people here, or as a report on standard output.",
)
@click.option("-o", "output", type=click.Path(path_type=Path), metavar="FILE", help="Write the report to a file.")
@workers_options
@common_options
def command(
    project: Path | None,
    quiet: bool,
    as_json: bool,
    files: tuple[Path, ...],
    pot: Path | None,
    glossary: Path | None,
    form: str,
    output: Path | None,
    jobs: int | None,
    cluster: str | None,
) -> None:
    """Check everything that an export needs, or any PO files.

    Without FILE: sources and catalogs must be well formed; every text that a locale shows must be translated, not
    fuzzy, made from today's English, and say what the English says: the same placeholders and tags, numbers, units,
    names and claims; catalogs must count as their language does; the disclaimers that a market requires must be there
    and in force. Nothing is changed. Each finding says file:line, entry, what is wrong, how to mend it and which
    locales it stops. `waivers.toml` holds reasoned exceptions.

    With FILE: PO files of any project, as they lie. The language is that of the path or the header; placeholders
    are those of each entry's format flag. With --pot lost, added and edited entries are found too, with --glossary
    names and terms.

    \b
    pipeline check                                    this content repository
    pipeline check --format html -o findings.html     a page for linguists
    pipeline check de.po --pot faq.pot                files of any project
    pipeline explain RULE                             what a rule finds, and why
    """
    if form == "text" and output is not None:
        raise PipelineError("-o is for reports", hint=f"choose one: --format {'|'.join(FORMATS)}")
    console = Console(quiet or (form != "text" and output is None), as_json)
    if files:
        findings = _check_files(console, files, pot, glossary, form, output)
    elif pot or glossary:
        raise PipelineError("--pot and --glossary are for PO files", hint="name the files to check")
    else:
        findings = _check_project(console, project, form, output, jobs, cluster)
    finish(findings)


def _check_files(
    console: Console, files: Iterable[Path], pot: Path | None, glossary: Path | None, form: str, output: Path | None
) -> tuple[Finding, ...]:
    from pipeline.loose import check_files

    checked = list(check_files(console.track(files, "Checking files"), pot, glossary))
    findings = tuple(finding for file in checked for finding in file.findings)
    catalogs = [(file.catalog, file.locale) for file in checked if file.catalog is not None and file.locale is not None]
    found = report(
        ", ".join(file.name for file in checked[:3]) + ("…" if len(checked) > 3 else ""),
        findings,
        catalogs,
        texts=sum(len(catalog.live) for catalog, _ in catalogs),
        stops=False,
    )
    if form == "text":
        console.findings(findings, stops=False)
    else:
        _write(console, found, form, output)
    files_said = f"{len(checked)} file{'s' if len(checked) != 1 else ''}"
    console.say(f"{_counted(found)} in {found.texts:,} texts of {files_said}.")
    console.emit({"findings": finding_records(findings), "files": [file.name for file in checked]})
    return findings


def _check_project(
    console: Console, project: Path | None, form: str, output: Path | None, jobs: int | None, cluster: str | None
) -> tuple[Finding, ...]:
    from pipeline.build import find

    project_space = workspace(project)
    verdict = find(project_space, today(), jobs=processes(jobs), cluster=cluster, track=console.track)
    catalogs = _catalogs(project_space, verdict.findings)
    found = report(project_space.settings.name, verdict.findings, catalogs, texts=verdict.texts, stops=True)
    if form == "text":
        console.findings(verdict.findings)
    else:
        _write(console, found, form, output)
    locales = [settings.locale.gettext for settings in project_space.settings.editions]
    if verdict.broken:
        console.say(f"Not readable, so not exported in any locale: {', '.join(verdict.broken)}.")
    if verdict.findings:
        console.say(f"{_counted(found)}; {len(verdict.stopped)} of {len(locales)} locales are stopped.")
    else:
        console.say(f"No findings: {len(locales)} locales may be exported.")
    console.emit(
        {
            "findings": finding_records(verdict.findings),
            "broken": list(verdict.broken),
            "locales": {locale: locale not in verdict.stopped for locale in locales},
        }
    )
    return verdict.findings


def _catalogs(project_space: "Workspace", findings: Iterable[Finding]) -> Iterator[tuple[Catalog, Locale]]:
    """Those that something was found in."""
    from pipeline.flow import read_catalog

    for locale in project_space.settings.catalog_locales():
        folder = project_space.catalog(locale, "")[: -len(".po")]
        for name in sorted({finding.location.file for finding in findings}):
            if name.startswith(folder):
                catalog, _ = read_catalog(project_space, name)
                if catalog is not None:
                    yield catalog, locale


def _write(console: Console, found: Report, form: str, output: Path | None) -> None:
    text = render(found, form)
    if output is None:
        click.echo(text, nl=False)
        return
    write_file(output, lambda file: file.write(text.encode()))
    console.say(f"wrote {output}")


def _counted(found: Report) -> str:
    counts = [(severity, found.count(severity)) for severity in Severity]
    said = ", ".join(f"{count} {severity}{'s' if count > 1 else ''}" for severity, count in counts if count)
    total = len(found.results)
    return f"{total or 'No'} finding{'s' if total != 1 else ''}" + (f" ({said})" if said else "")
