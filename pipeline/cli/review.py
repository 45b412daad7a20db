"""review: the command that writes the sheet a reviewer reads and signs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.console import Console, common_options, finding_records, finish, today, workspace
from pipeline.errors import PipelineError
from pipeline.model.finding import Finding, has_errors

if TYPE_CHECKING:
    from pipeline.assessing import Assessment
    from pipeline.model.document import Document
    from pipeline.model.locale import Locale
    from pipeline.model.settings import Settings


@click.command("review")
@click.argument("locale", metavar="LOCALE")
@click.argument("document", metavar="[DOCUMENT]", required=False)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    metavar="FILE.html",
    help="Where to write the sheet (default: review-LOCALE-DOCUMENT.html in the current folder).",
)
@common_options
def command(
    project: Path | None, quiet: bool, as_json: bool, locale: str, document: str | None, output: Path | None
) -> None:
    """Write the sheet that a reviewer reads and signs.

    LOCALE is one that is exported (de_DE); without DOCUMENT there is a sheet for each. It shows every text beside its
    translation with an empty column for a back-translation, the numbers and citations of both, the disclaimers with
    their dates and codes, the open findings, and the digest that an approval would be bound to. `pipeline approve`
    records the approval.
    """
    from pipeline import assessing, flow
    from pipeline.exchange.review_sheet import review_sheet
    from pipeline.review import review

    console, project_space = Console(quiet, as_json), workspace(project)
    edition = edition_locale(project_space.settings, locale)
    content = flow.read_content(project_space, console.track)
    assessment = assessing.assess(project_space, content, today(), console.track)
    chosen = (named_document(assessment, document),) if document else content.documents
    if output is not None and len(chosen) != 1:
        raise PipelineError("-o is for one sheet", hint=f"name one of {', '.join(each.id for each in chosen)}")
    written: list[dict[str, object]] = []
    for each in chosen:
        sheet = review(project_space, assessment, each, edition)
        path = output or Path(f"review-{edition.gettext}-{each.id}.html")
        _write(path, review_sheet(sheet))
        state = sheet.standing.state.value
        console.say(f"The sheet of {each.id} in {edition.gettext} is {path}; it is {state}, its digest {sheet.digest}.")
        written.append(
            {"document": each.id, "locale": edition.gettext, "file": str(path), "state": state, "digest": sheet.digest}
        )
    problems = stopping(assessment, edition)
    console.findings(problems)
    console.emit({"sheets": written, "findings": finding_records(problems)})
    finish(problems)


def edition_locale(settings: Settings, name: str) -> Locale:
    """The edition that is meant. Raises PipelineError with the choices for any other name."""
    from pipeline.model.locale import Locale

    locale = Locale.parse(name)
    choices = [edition.locale for edition in settings.editions]
    if locale not in choices:
        hint = f"the locales are {', '.join(choice.gettext for choice in choices)}"
        raise PipelineError(f"{locale.gettext} is no locale of this project", hint=hint)
    return locale


def named_document(assessment: Assessment, name: str) -> Document:
    """The document that is meant. Raises PipelineError with the choices for any other name."""
    documents = {document.id: document for document in assessment.content.documents}
    if name in documents:
        return documents[name]
    if name in assessment.content.broken:
        raise PipelineError("cannot be read", where=f"messages/{name}.md", hint="`pipeline check` says why")
    raise PipelineError(f"there is no document {name}", hint=f"the documents are {', '.join(documents)}")


def stopping(assessment: Assessment, locale: Locale) -> tuple[Finding, ...]:
    """What keeps the sheet from being what it should: documents that cannot be read, a broken record of approvals."""
    from pipeline.sources.approvals import RULE

    broken = [finding for finding in assessment.findings if finding.rule == RULE and finding.locale == locale.gettext]
    content = assessment.content.findings
    return (*(content if has_errors(content) else ()), *broken)


def _write(path: Path, data: bytes) -> None:
    from pipeline.staging import write_file

    write_file(path, lambda file: file.write(data))
