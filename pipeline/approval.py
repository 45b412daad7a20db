"""approval: whether documents are approved as they are, and the record of who approved them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial

from pipeline.model.approval import BROKEN, Approval, ApprovalState, Parts, Standing, standing
from pipeline.model.document import Document
from pipeline.model.finding import Finding, Location, Refused, Severity
from pipeline.model.locale import Locale
from pipeline.sources.approvals import RecordFiles, Statement, read_approvals, with_approval
from pipeline.workspace import Workspace

RULE = "approval"


def judge_approvals(
    workspace: Workspace, documents: Iterable[Document], parts: Callable[[Document, Locale], Parts]
) -> tuple[dict[tuple[str, Locale], Standing], tuple[Finding, ...]]:
    """Where every document stands in every locale, and what that stops."""
    documents = tuple(documents)
    standings: dict[tuple[str, Locale], Standing] = {}
    findings: list[Finding] = []
    for settings in workspace.settings.editions:
        locale = settings.locale
        files = _record_files(workspace, locale)
        try:
            approvals = read_approvals(files)
        except Refused as refused:
            findings.extend(replace(finding, locale=locale.gettext) for finding in refused.findings)
            standings.update(((document.id, locale), BROKEN) for document in documents)
            continue
        given: dict[str, list[Approval]] = defaultdict(list)
        for approval in approvals:
            given[approval.document].append(approval)
        for document in documents:
            found = standing(given[document.id], partial(parts, document, locale))
            standings[document.id, locale] = found
            required = workspace.settings.require_approval
            findings.extend(_unapproved(document.id, files, found, required=required))
    return standings, tuple(findings)


def approve(
    workspace: Workspace, document: Document, locale: Locale, parts: Parts, statement: Statement, now: datetime
) -> Approval:
    """Add an approval of these parts to the record of the locale.

    Raises Refused for a record that is broken, PipelineError for a statement that cannot be recorded; nothing is
    written then.
    """
    with workspace.alone_with(workspace.approvals(locale)):
        approval, files = with_approval(_record_files(workspace, locale), document.id, parts, statement, now)
        workspace.write(files)
    return approval


def _record_files(workspace: Workspace, locale: Locale) -> RecordFiles:
    name, seal = workspace.approvals(locale), workspace.approvals_seal(locale)
    return RecordFiles(
        locale=locale.gettext, name=name, data=workspace.read(name), seal_name=seal, seal=workspace.read(seal)
    )


def _unapproved(document: str, files: RecordFiles, found: Standing, *, required: bool) -> Iterator[Finding]:
    """What a reviewer has to do again; or for the first time, where nothing goes out without an approval."""
    severity = Severity.ERROR if required else Severity.WARNING
    if found.state is ApprovalState.DRAFT and required:
        yield Finding(
            rule=RULE,
            message="was never approved, and this project requires it",
            location=Location(file=files.name),
            entry=document,
            locale=files.locale,
            hint=f"read the sheet of `pipeline review {files.locale} {document}`, then use `pipeline approve`",
        )
    for signature in found.stale:
        approval = signature.approval
        yield Finding(
            rule=RULE,
            severity=severity,
            message=f"the approval of {approval.by} ({approval.role}) is void, changed since: "
            f"{', '.join(signature.changed)}",
            location=Location(file=files.name, line=approval.line),
            entry=document,
            locale=files.locale,
            hint=f"read the sheet of `pipeline review {files.locale} {document}`, then use `pipeline approve`",
        )
