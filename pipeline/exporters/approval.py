"""approval: what an approval of a document in a locale is bound to, and how a bundle says who gave it."""

from collections.abc import Iterable

from pipeline.exporters.html_bundle import layout_digest
from pipeline.exporters.provenance import digest
from pipeline.model import bundle
from pipeline.model.approval import Parts, Signature, Standing
from pipeline.model.disclaimer import Disclaimer
from pipeline.model.document import Block, Document, ListBlock, Notice, Paragraph, Table
from pipeline.model.edition import Edition, Wording, Words
from pipeline.model.message import Citation, Link, Message, NoteMark
from pipeline.model.pattern import serialize


def approval_record(standing: Standing) -> bundle.Approval:
    """Where a document stands in a locale, for the bundle and for programs."""
    return bundle.Approval(
        state=standing.state.value,  # type: ignore[arg-type]
        signatures=[_signature(signature) for signature in standing.signatures],
    )


def _signature(signature: Signature) -> bundle.ApprovalSignature:
    approval = signature.approval
    return bundle.ApprovalSignature(
        role=approval.role,
        by=approval.by,
        meaning=approval.meaning,
        code=approval.code,
        when=approval.when,
        digest=approval.digest,
        record=approval.record,
        changed=list(signature.changed),  # type: ignore[arg-type]
    )


def approval_parts(document: Document, edition: Edition, words: Words, ui: Words) -> Parts:
    """What an approval of the document in the edition is bound to.

    Words, not bytes: a comment in a catalog or another line number changes nothing here. It can be computed
    of an edition that is not complete.
    """
    market = edition.locale.market
    entries = document.market_entries(market)
    messages = document.market_messages(market)
    shown = edition.shown_disclaimers(document.audience, frozenset(entry.id for entry in entries))
    return Parts(
        source=digest(
            [
                [document.id, document.status, document.audience, document.updated],
                _outline(document.lead),
                [[entry.id, entry.question.id, _outline(entry.answer)] for entry in entries],
                [[message.id, message.source, _links(message)] for message in messages],
            ]
        ),
        citations=digest(
            [
                [[reference.key, reference.number, reference.text] for reference in document.references],
                [[note.id, note.mark, note.message.id] for note in document.market_footnotes(market)],
                [[message.id, _cited(message)] for message in messages],
            ]
        ),
        translation=digest([_said(wording) for wording in (*words.wordings, *ui.wordings)]),
        disclaimers=digest([_disclaimer(disclaimer) for disclaimer in shown]),
        templates=digest([layout_digest(), [_english(wording.message) for wording in ui.wordings]]),
    )


def _english(message: Message) -> list[str | None]:
    return [message.id, message.source, message.plural_source]


def _outline(blocks: Iterable[Block]) -> list[object]:
    """How the messages are arranged."""
    found: list[object] = []
    for block in blocks:
        match block:
            case Paragraph(message=message):
                found.append(message.id)
            case ListBlock(ordered=ordered, items=items):
                found.append(["list", ordered, [_outline(item) for item in items]])
            case Table(header=header, rows=rows, alignments=alignments):
                cells = [[cell.id if cell else None for cell in row] for row in (header, *rows)]
                found.append(["table", alignments, cells])
            case Notice(id=identifier, blocks=inner):
                found.append(["notice", identifier, _outline(inner)])
    return found


def _links(message: Message) -> list[object]:
    return [[name, link.href] for name, link in message.placeholders.items() if isinstance(link, Link)]


def _cited(message: Message) -> list[object]:
    """What each citation and footnote mark of the message points to."""
    found: list[object] = []
    for name, placeholder in message.placeholders.items():
        if isinstance(placeholder, Citation):
            found.append([name, *placeholder.keys])
        elif isinstance(placeholder, NoteMark):
            found.append([name, placeholder.footnote])
    return found


def _said(wording: Wording) -> list[object]:
    """The words of the locale for a message; none where it says nothing of its own."""
    if wording.from_source or wording.unit is None:
        return [wording.message.id]
    patterns = wording.patterns
    # What cannot be read as a text of its message is not exported, but a change of it is one.
    return [wording.message.id, *([serialize(pattern) for pattern in patterns] if patterns else wording.unit.targets)]


def _disclaimer(disclaimer: Disclaimer) -> list[object]:
    return [
        disclaimer.id,
        [[message.source, _links(message)] for message in disclaimer.text],
        disclaimer.placement,
        disclaimer.audience,
        disclaimer.source,
        disclaimer.as_of,
        disclaimer.approval,
        disclaimer.effective,
        disclaimer.expires,
        disclaimer.sample,
    ]
