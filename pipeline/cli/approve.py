"""approve: the command that records who approved a document in a locale."""

from pathlib import Path

import click

from pipeline.cli.console import Console, clock, common_options, finding_records, finish, today, workspace
from pipeline.cli.review import edition_locale, named_document
from pipeline.model.finding import Refused, Severity


@click.command("approve")
@click.argument("locale", metavar="LOCALE")
@click.argument("document", metavar="DOCUMENT")
@click.option("--role", required=True, metavar="ROLE", help='In which role, for example "Medical reviewer".')
@click.option("--by", required=True, metavar="NAME", help="Who approves.")
@click.option("--meaning", required=True, metavar="TEXT", help="What the approval says, in the approver's words.")
@click.option("--code", default="", metavar="CODE", help="The code of the approval in your own system.")
@common_options
def command(
    project: Path | None,
    quiet: bool,
    as_json: bool,
    locale: str,
    document: str,
    role: str,
    by: str,
    meaning: str,
    code: str,
) -> None:
    """Record that somebody approved a document in a locale.

    The approval is added to locales/LOCALE/approvals.jsonl. It is bound to what there is now: any later change of the
    English, the citations, the translation, the disclaimers or the page template voids it, and `pipeline status` says
    so. It is refused while the document has an error in the locale. `pipeline review` writes the sheet to read first.
    """
    from pipeline import assessing, flow
    from pipeline.approval import RULE, approve
    from pipeline.review import concerning
    from pipeline.sources.approvals import Statement

    console, project_space = Console(quiet, as_json), workspace(project)
    edition = edition_locale(project_space.settings, locale)
    content = flow.read_content(project_space, console.track)
    assessment = assessing.assess(project_space, content, today(), console.track)
    chosen = named_document(assessment, document)
    # That it is not approved yet is no reason against approving it.
    errors = tuple(
        finding
        for finding in concerning(project_space, assessment, chosen, edition)
        if finding.severity is Severity.ERROR and finding.rule != RULE
    )
    if errors:
        console.findings(errors)
        console.say(f"Not approved: {chosen.id} has errors in {edition.gettext}.")
        console.emit({"approved": False, "findings": finding_records(errors)})
        finish(errors)
        return
    parts = assessment.parts(chosen, edition)
    said = Statement(role=_line(role), by=_line(by), meaning=_line(meaning), code=_line(code))
    try:
        approval = approve(project_space, chosen, edition, parts, said, clock())
    except Refused as refused:
        # Somebody else wrote into the record in the meantime.
        console.findings(refused.findings)
        console.emit({"approved": False, "findings": finding_records(refused.findings)})
        finish(refused.findings)
        return
    name = project_space.approvals(edition)
    console.say(f"Approved {chosen.id} in {edition.gettext}, by {approval.by} ({approval.role}): {approval.meaning}")
    console.say(f"It is line {approval.line} of {name}, for the digest {approval.digest}.")
    console.emit(
        {
            "approved": True,
            "document": approval.document,
            "locale": approval.locale,
            "role": approval.role,
            "by": approval.by,
            "meaning": approval.meaning,
            "code": approval.code,
            "when": approval.when,
            "digest": approval.digest,
            "record": approval.record,
            "file": name,
            "line": approval.line,
            "findings": [],
        }
    )


def _line(text: str) -> str:
    """Without the spaces at its ends, which would make two roles of one."""
    return text.strip()
