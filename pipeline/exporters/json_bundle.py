"""json_bundle: a LocalizedDocument to the JSON of its bundle."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from pipeline.exporters.anchors import Anchors
from pipeline.exporters.fragments import Fragments
from pipeline.exporters.labels import Labels
from pipeline.exporters.portable_text import AnyBlock, PortableText
from pipeline.model import bundle
from pipeline.model.disclaimer import Disclaimer
from pipeline.model.document import Block, Paragraph, block_messages
from pipeline.model.locale import Locale, direction
from pipeline.model.localized import LocalizedDocument
from pipeline.model.message import Message


def json_bundle(
    localized: LocalizedDocument,
    labels: Labels,
    alternates: Iterable[Locale],
    provenance: bundle.Provenance,
    modified: datetime,
    fragments: Fragments | None = None,
) -> bytes:
    """The bundle as indented UTF-8 JSON that validates against schema/bundle.schema.json."""
    return encode(build_bundle(localized, labels, alternates, provenance, modified, fragments))


def encode(record: object) -> bytes:
    """Indented JSON with a final newline: readable in a diff, the same bytes for the same record."""
    return msgspec.json.format(msgspec.json.encode(record), indent=2) + b"\n"


def build_bundle(
    localized: LocalizedDocument,
    labels: Labels,
    alternates: Iterable[Locale],
    provenance: bundle.Provenance,
    modified: datetime,
    fragments: Fragments | None = None,
) -> bundle.Bundle:
    document, locale = localized.document, localized.locale
    texts, anchors = _Texts(localized, labels, fragments or Fragments(localized, labels)), Anchors(localized)
    return bundle.Bundle(
        schema="../schema/bundle.schema.json",
        schema_version=bundle.SCHEMA_VERSION,
        document=document.id,
        locale=locale.bcp47,
        lang=locale.bcp47,
        dir=direction(locale),  # type: ignore[arg-type]
        market=locale.market,
        pseudo=locale.is_pseudo,
        status=document.status,  # type: ignore[arg-type]
        status_text=labels.record("page/sample") if document.status == "sample" else None,
        audience=document.audience,
        updated=document.updated,
        modified=modified,
        title=texts.message(document.title),
        lead=texts.blocks(document.lead),
        entries=[
            bundle.EntryRecord(
                id=entry.id,
                question=texts.message(entry.question),
                answer=texts.blocks(entry.answer),
                markets=list(entry.markets),
            )
            for entry in localized.entries
        ],
        footnotes=[
            bundle.FootnoteRecord(
                id=footnote.id,
                mark=footnote.mark,
                anchor=anchors.footnote(footnote.id),
                note=texts.message(footnote.message),
            )
            for footnote in localized.footnotes
        ],
        references=[
            bundle.ReferenceRecord(
                key=reference.key,
                number=reference.number,
                text=reference.text,
                lang="en",
                dir="ltr",
                anchor=anchors.reference(reference.key),
            )
            for reference in document.references
        ],
        disclaimers=[_disclaimer(disclaimer, texts) for disclaimer in localized.disclaimers],
        alternates=[
            bundle.Alternate(
                lang=other.bcp47,
                json=f"../{other.bcp47}/{document.id}.json",
                html=f"../{other.bcp47}/{document.id}.html",
            )
            for other in alternates
        ],
        provenance=provenance,
    )


def _disclaimer(disclaimer: Disclaimer, texts: "_Texts") -> bundle.DisclaimerRecord:
    after = disclaimer.after_entry
    return bundle.DisclaimerRecord(
        id=disclaimer.id,
        placement="after-entry" if after else disclaimer.placement,  # type: ignore[arg-type]
        entry=after or None,
        body=texts.blocks(tuple(Paragraph(message=message) for message in disclaimer.text)),
        audience=disclaimer.audience,
        source=disclaimer.source,
        as_of=disclaimer.as_of,
        approval=disclaimer.approval,
        effective=disclaimer.effective,
        expires=disclaimer.expires,
        sample=disclaimer.sample,
    )


class _Texts:
    """Makes RichText of messages and blocks."""

    def __init__(self, localized: LocalizedDocument, labels: Labels, fragments: Fragments) -> None:
        self._localized = localized
        self._fragments = fragments
        self._portable = PortableText(localized, labels)

    def message(self, message: Message) -> bundle.RichText:
        html = self._fragments.inline(message.id)
        return self._rich(html, [self._portable.message(message)], (message,))

    def blocks(self, blocks: tuple[Block, ...]) -> bundle.RichText:
        html = self._fragments.blocks(blocks)
        return self._rich(html, self._portable.blocks(blocks), tuple(block_messages(blocks)))

    def _rich(self, html: str, content: Sequence[AnyBlock], messages: tuple[Message, ...]) -> bundle.RichText:
        texts = [self._localized.texts[message.id] for message in messages]
        locales = {text.locale for text in texts}
        locale = locales.pop() if len(locales) == 1 else self._localized.locale
        return bundle.RichText(
            text=self._portable.words(messages),
            html=html,
            content=list(content),
            lang=locale.bcp47,
            dir=direction(locale),  # type: ignore[arg-type]
            origin=[
                bundle.TextOrigin(
                    id=text.message.id,
                    kind=text.origin.value,
                    locale=text.locale.bcp47,
                    file=text.file,
                    source=str(text.source),
                )
                for text in texts
            ],
        )
