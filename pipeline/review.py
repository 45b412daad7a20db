"""review: what stands on the sheet that a reviewer reads before approving a document in a locale."""

from pipeline.assessing import Assessment
from pipeline.checks.facts.numbers import numbers
from pipeline.checks.markup import Syntax
from pipeline.checks.subject import Text
from pipeline.exchange.outgoing import outgoing_message
from pipeline.exchange.preview import text_kinds
from pipeline.exchange.review_sheet import ReviewSheet, SheetText
from pipeline.model.catalog import State
from pipeline.model.document import Document
from pipeline.model.edition import Wording
from pipeline.model.finding import Finding, Severity
from pipeline.model.locale import Locale
from pipeline.model.message import Citation, Link, Message
from pipeline.model.pattern import Pattern, serialize
from pipeline.workspace import MESSAGES, UI_DOMAIN, Workspace


def review(workspace: Workspace, assessment: Assessment, document: Document, locale: Locale) -> ReviewSheet:
    """The sheet of a document in a locale, complete or not."""
    edition, source = assessment.editions[document.id, locale], workspace.settings.source
    findings = concerning(workspace, assessment, document, locale)
    kinds = text_kinds(document)
    entries = frozenset(entry.id for entry in document.market_entries(locale.market))
    disclaimers = edition.shown_disclaimers(document.audience, entries)
    parts = assessment.parts(document, locale)
    rows = [
        _text(document, wording, kinds.get(wording.message.id, "text"), findings, source)
        for wording in assessment.words[document.id, locale].wordings
    ]
    return ReviewSheet(
        project=workspace.settings.name,
        document=document,
        source=source,
        target=locale,
        parts=parts,
        digest=parts.digest(document.id, locale.gettext),
        standing=assessment.standing(document.id, locale),
        findings=findings,
        texts=tuple(rows),
        words=tuple(_text(None, wording, "text", findings, source) for wording in assessment.ui[locale].wordings),
        disclaimers=disclaimers,
        disclaimer_texts={
            disclaimer.id: tuple(_authored(message, disclaimer.id, locale, findings) for message in disclaimer.text)
            for disclaimer in disclaimers
        },
    )


def concerning(workspace: Workspace, assessment: Assessment, document: Document, locale: Locale) -> tuple[Finding, ...]:
    """The findings that concern the document in the locale, errors first.

    Those of other documents and of their catalogs do not; what cannot be told apart, such as a disclaimer, does.
    """
    others = ({other.id for other in assessment.content.documents} | assessment.content.broken) - {document.id}
    chain = assessment.editions[document.id, locale].catalogs
    foreign = {workspace.catalog(link.locale, other) for link in chain for other in others}
    foreign.update(f"{MESSAGES}/{other}.md" for other in others)
    own = [
        finding
        for finding in assessment.findings
        if finding.locale in ("", locale.gettext) and finding.location.file not in foreign
    ]
    order = list(Severity)
    return tuple(sorted(own, key=lambda finding: (order.index(finding.severity), finding.location)))


def _text(
    document: Document | None, wording: Wording, kind: str, findings: tuple[Finding, ...], source: Locale
) -> SheetText:
    message, unit = wording.message, wording.unit
    outgoing = outgoing_message(document, message)
    targets = wording.patterns
    return SheetText(
        id=message.id,
        kind=kind,
        sources=outgoing.sources,
        targets=targets,
        unusable=() if targets or unit is None else tuple(filter(None, unit.targets)),
        locale=wording.locale,
        display=outgoing.display,
        links=_links(message),
        references=_references(document, message),
        remark=_remark(wording),
        numbers=(_numbers(outgoing.sources, source), _numbers(targets, wording.locale)),
        findings=of_text(findings, message.id, UI_DOMAIN if document is None else document.id, wording),
    )


def _authored(message: Message, disclaimer: str, locale: Locale, findings: tuple[Finding, ...]) -> SheetText:
    """A paragraph of a disclaimer: there is no English that it was made from."""
    own = tuple(finding for finding in findings if finding.entry == disclaimer and finding.rule == "disclaimer")
    return SheetText(
        id=message.id,
        kind="text",
        sources=(message.pattern,),
        targets=(),
        unusable=(),
        locale=locale,
        display=outgoing_message(None, message).display,
        links=_links(message),
        references=(),
        remark="",
        numbers=((), ()),
        findings=own,
    )


def _numbers(patterns: tuple[Pattern, ...], locale: Locale) -> tuple[str, ...]:
    """The numbers of a text as they stand, with percent sign or unit; those of names and citations are none of them."""
    texts = (Text(serialize(pattern), locale, Syntax.BRACE) for pattern in patterns)
    return tuple(text.words[found.start : found.until] for text in texts for found in numbers(text))


def _links(message: Message) -> frozenset[str]:
    return frozenset(name for name, placeholder in message.placeholders.items() if isinstance(placeholder, Link))


def _references(document: Document | None, message: Message) -> tuple[tuple[int, str], ...]:
    """Number and key of every reference that the message cites."""
    if document is None:
        return ()
    keys = {key for cited in message.placeholders.values() if isinstance(cited, Citation) for key in cited.keys}
    return tuple(sorted((document.reference_by_key[key].number, key) for key in keys))


def _remark(wording: Wording) -> str:
    if wording.from_source:
        return "the English itself"
    if wording.problems:
        return f"cannot be used: {'; '.join(wording.problems)}"
    state = wording.unit.state if wording.unit is not None else State.UNTRANSLATED
    return {State.UNTRANSLATED: "not translated", State.FUZZY: "fuzzy: needs work"}.get(state, "")


def of_text(findings: tuple[Finding, ...], identifier: str, domain: str, wording: Wording) -> tuple[Finding, ...]:
    """The findings on this text, in whatever file of its domain."""
    files = {wording.name, wording.message.location.file}
    return tuple(
        finding
        for finding in findings
        if finding.entry == identifier
        and (finding.location.file in files or finding.location.file.endswith(f"/{domain}.po"))
    )
