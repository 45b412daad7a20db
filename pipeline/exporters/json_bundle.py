"""json_bundle: a LocalizedDocument to the JSON of its bundle."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from pipeline.exporters.anchors import Anchors
from pipeline.exporters.fragments import Fragments
from pipeline.exporters.labels import Labels
from pipeline.exporters.portable_text import AnyBlock, LocalizedInlines, PortableText, WrittenChildren
from pipeline.exporters.skeleton import JsonPlaces, Skeleton, Skeletons
from pipeline.model import bundle
from pipeline.model.disclaimer import Disclaimer
from pipeline.model.document import Block, Paragraph, block_messages
from pipeline.model.locale import Locale, direction
from pipeline.model.localized import LocalizedDocument, LocalizedText
from pipeline.model.message import Link, Message


@dataclass(frozen=True, kw_only=True)
class _Page:
    """All that a place of the bundle may show; `sources` has a text of each source that words come from."""

    localized: LocalizedDocument
    labels: Labels
    fragments: Fragments
    alternates: tuple[Locale, ...]
    provenance: bundle.Provenance
    modified: datetime
    sources: tuple[LocalizedText, ...]

    @cached_property
    def inlines(self) -> LocalizedInlines:
        return LocalizedInlines(self.localized, self.labels)

    def locale_of(self, numbers: Collection[int]) -> Locale:
        """That of words from these sources, which is the page's own where they differ."""
        locales = {self.sources[number].locale for number in numbers}
        return locales.pop() if len(locales) == 1 else self.localized.locale


def json_bundle(
    localized: LocalizedDocument,
    labels: Labels,
    alternates: Iterable[Locale],
    provenance: bundle.Provenance,
    modified: datetime,
    fragments: Fragments | None = None,
    skeletons: Skeletons | None = None,
) -> bytes:
    """The bundle as indented UTF-8 JSON that validates against schema/bundle.schema.json."""
    sources, numbers = _sources(localized)
    page = _Page(
        localized=localized,
        labels=labels,
        fragments=fragments or Fragments(localized, labels, skeletons),
        alternates=tuple(alternates),
        provenance=provenance,
        modified=modified,
        sources=sources,
    )
    name = "json", localized.shape, numbers
    skeleton = (skeletons or Skeletons()).get(localized.document.id, name, lambda: _skeleton(page, numbers))
    return skeleton.fill(page) + b"\n"


def _sources(localized: LocalizedDocument) -> tuple[tuple[LocalizedText, ...], tuple[int, ...]]:
    """A text of each source (a catalog, the English, the disclaimers), and the number of its source for every text."""
    sources: list[LocalizedText] = []
    numbers: list[int] = []
    number = -1
    for text in localized.texts.values():
        # Most come from where the one before them does.
        if number < 0 or not _is_from(text, sources[number]):
            number = next((known for known, source in enumerate(sources) if _is_from(text, source)), len(sources))
            if number == len(sources):
                sources.append(text)
        numbers.append(number)
    return tuple(sources), tuple(numbers)


def _is_from(text: LocalizedText, source: LocalizedText) -> bool:
    return text.file == source.file and text.origin is source.origin and text.locale == source.locale


def _skeleton(page: _Page, numbers: tuple[int, ...]) -> Skeleton[_Page, bytes]:
    places: JsonPlaces[_Page] = JsonPlaces()
    localized, document = page.localized, page.localized.document
    texts = _Texts(localized, places, dict(zip(localized.texts, numbers, strict=True)))
    anchors = Anchors()
    lang = places.value("locale", lambda page: page.localized.locale.bcp47)
    record = bundle.Bundle(
        schema="../schema/bundle.schema.json",
        schema_version=bundle.SCHEMA_VERSION,
        document=document.id,
        locale=lang,
        lang=lang,
        dir=places.value("dir", lambda page: direction(page.localized.locale)),
        market=places.value("market", lambda page: page.localized.locale.market),
        pseudo=localized.locale.is_pseudo,
        status=document.status,  # type: ignore[arg-type]
        status_text=texts.label("page/sample") if document.status == "sample" else None,
        audience=document.audience,
        updated=document.updated,
        modified=places.value("modified", lambda page: page.modified),
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
        disclaimers=[texts.disclaimer(number, one) for number, one in enumerate(localized.disclaimers)],
        alternates=places.value("alternates", _alternates),
        provenance=places.value("provenance", lambda page: page.provenance),
    )
    return places.skeleton(record)


def _alternates(page: _Page) -> list[bundle.Alternate]:
    document = page.localized.document.id
    return [
        bundle.Alternate(
            lang=other.bcp47, json=f"../{other.bcp47}/{document}.json", html=f"../{other.bcp47}/{document}.html"
        )
        for other in page.alternates
    ]


class _Texts:
    """Makes RichText of messages and blocks, with places for what a locale says.

    A disclaimer is another one in each locale, so a place knows a message by its id only.
    """

    def __init__(self, localized: LocalizedDocument, places: JsonPlaces[_Page], sources: Mapping[str, int]) -> None:
        self._places = places
        self._sources = sources
        self._document = localized.document
        self._texts = localized.texts
        self._disclaimers = {message.id for disclaimer in localized.disclaimers for message in disclaimer.text}
        self._portable = PortableText(self)

    def message(self, message: Message) -> bundle.RichText:
        identifier = message.id
        html = self._places.value(("inline", identifier), lambda page: page.fragments.inline(identifier))
        return self._rich(html, [self._portable.message(message)], (message,))

    def blocks(self, blocks: tuple[Block, ...]) -> bundle.RichText:
        html = self._places.value(("blocks", id(blocks)), lambda page: page.fragments.blocks(blocks))
        return self._rich(html, self._portable.blocks(blocks), tuple(block_messages(blocks)))

    def disclaimer(self, number: int, disclaimer: Disclaimer) -> bundle.DisclaimerRecord:
        after = disclaimer.after_entry

        def said(name: str) -> Any:
            return self._places.value((name, number), lambda page: getattr(page.localized.disclaimers[number], name))

        return bundle.DisclaimerRecord(
            id=disclaimer.id,
            placement="after-entry" if after else disclaimer.placement,  # type: ignore[arg-type]
            entry=after or None,
            body=self.blocks(tuple(Paragraph(message=message) for message in disclaimer.text)),
            audience=said("audience"),
            source=said("source"),
            as_of=said("as_of"),
            approval=said("approval"),
            effective=said("effective"),
            expires=said("expires"),
            sample=disclaimer.sample,
        )

    def label(self, identifier: str) -> Any:
        return self._places.value(("label", identifier), lambda page: page.labels.record(identifier))

    # For the blocks of Portable Text

    def children(self, messages: tuple[str, ...]) -> Any:
        name = "children", messages
        if len(messages) > 1:
            return self._places.value(name, lambda page: page.inlines.children(messages))
        (message,) = messages

        def place(line_end: bytes) -> Callable[[_Page], bytes]:
            written = WrittenChildren(self._document, line_end)
            return lambda page: written.write(page.localized.texts[message], page.labels)

        return self._places.written(name, place)

    def links(self, messages: tuple[str, ...]) -> Any:
        if not any(message in self._disclaimers or self._links(message) for message in messages):
            return []
        return self._places.value(("links", messages), lambda page: page.inlines.links(messages))

    def _links(self, message: str) -> bool:
        placeholders = self._texts[message].message.placeholders
        return any(isinstance(placeholder, Link) for placeholder in placeholders.values())

    def notice_label(self) -> Any:
        return self.label("notice/label")

    def _rich(self, html: str, content: Sequence[AnyBlock], messages: tuple[Message, ...]) -> bundle.RichText:
        ids = tuple(message.id for message in messages)
        used = frozenset(self._sources[identifier] for identifier in ids)
        return bundle.RichText(
            text=self._places.value(("text", ids), lambda page: _words(page, ids)),
            html=html,
            content=list(content),
            lang=self._places.value(("lang", used), lambda page: page.locale_of(used).bcp47),
            dir=self._places.value(("dir", used), lambda page: direction(page.locale_of(used))),
            origin=[self._origin(message) for message in messages],
        )

    def _origin(self, message: Message) -> bundle.TextOrigin:
        identifier, number, places = message.id, self._sources[message.id], self._places
        if identifier in self._disclaimers:
            source = places.value(("source", identifier), lambda page: str(page.localized.texts[identifier].source))
        else:
            source = str(message.location)
        return bundle.TextOrigin(
            id=identifier,
            kind=places.value(("kind", number), lambda page: page.sources[number].origin.value),
            locale=places.value(("lang", frozenset({number})), lambda page: page.sources[number].locale.bcp47),
            file=places.value(("file", number), lambda page: page.sources[number].file),
            source=source,
        )


def _words(page: _Page, messages: Iterable[str]) -> str:
    """The words alone, a blank line between messages; citations and footnote marks are left out."""
    return "\n\n".join([page.fragments.plain(message).strip() for message in messages])
