"""portable_text: localized texts to Portable Text blocks."""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from itertools import groupby
from typing import Any, Literal, Protocol

import msgspec
from msgspec.structs import replace

from pipeline.exporters.anchors import Anchors
from pipeline.exporters.fragments import citation_label, mark_label
from pipeline.exporters.labels import Labels
from pipeline.exporters.skeleton import JsonPlaces, Skeleton, nested
from pipeline.model import bundle
from pipeline.model.document import Block, Cell, Document, ListBlock, Notice, Paragraph, Table, block_messages
from pipeline.model.localized import LocalizedDocument, LocalizedText
from pipeline.model.message import Citation, Link, Message, NoteMark
from pipeline.model.pattern import Atom, Pattern, Text, spans

FlatBlock = bundle.TextBlock | bundle.TableBlock
AnyBlock = bundle.TextBlock | bundle.TableBlock | bundle.NoticeBlock
Child = bundle.Span | bundle.Citation | bundle.FootnoteMark


class Inlines(Protocol):
    """What stands in the blocks, by message id; the messages of one block have line breaks between them."""

    def children(self, messages: tuple[str, ...]) -> list[Child]: ...

    def links(self, messages: tuple[str, ...]) -> list[bundle.LinkMark]: ...

    def notice_label(self) -> bundle.Label: ...


class PortableText:
    """Blocks of the texts of one document; a block's key is its message id."""

    def __init__(self, inlines: Inlines) -> None:
        self._inlines = inlines

    def blocks(self, blocks: Iterable[Block]) -> list[AnyBlock]:
        found: list[AnyBlock] = []
        for block in blocks:
            if isinstance(block, Notice):
                content = list(self._flat(block.blocks))
                label = self._inlines.notice_label()
                found.append(bundle.NoticeBlock(key=f"notice/{block.id}", id=block.id, label=label, content=content))
            else:
                found.extend(self._flat((block,)))
        return found

    def message(self, message: Message) -> bundle.TextBlock:
        return self._text_block((message.id,))

    def _flat(self, blocks: Iterable[Block], level: int = 0) -> Iterator[FlatBlock]:
        for block in blocks:
            match block:
                case Paragraph(message=message):
                    yield self._text_block((message.id,))
                case ListBlock(ordered=ordered, items=items):
                    for item in items:
                        yield from self._item(item, ordered, level + 1)
                case Table():
                    yield self._table(block)
                case Notice(blocks=inner):
                    yield from self._flat(inner, level)

    def _item(self, item: tuple[Block, ...], ordered: bool, level: int) -> Iterator[FlatBlock]:
        for together, blocks in groupby(item, lambda block: isinstance(block, Paragraph)):
            if together:
                # Portable Text knows one paragraph for each item of a list, so further ones stand in it.
                messages = tuple(block.message.id for block in blocks if isinstance(block, Paragraph))
                yield self._text_block(messages, list_item="number" if ordered else "bullet", level=level)
            else:
                yield from self._flat(blocks, level)

    def _table(self, table: Table) -> bundle.TableBlock:
        key = next(block_messages((table,))).id
        return bundle.TableBlock(
            key=f"table/{key}",
            header=self._row(f"table/{key}/0", table.header),
            rows=[self._row(f"table/{key}/{number}", row) for number, row in enumerate(table.rows, 1)],
            alignments=list(table.alignments),  # type: ignore[arg-type]
        )

    def _row(self, key: str, cells: tuple[Cell, ...]) -> bundle.TableRow:
        empty = (
            bundle.TextBlock(key=f"empty{n}", style="normal", children=[], mark_defs=[]) for n in range(len(cells))
        )
        texts = [
            blank if cell is None else self._text_block((cell.id,)) for cell, blank in zip(cells, empty, strict=True)
        ]
        return bundle.TableRow(key=key, cells=texts)

    def _text_block(
        self,
        messages: tuple[str, ...],
        list_item: Literal["bullet", "number"] | None = None,
        level: int | None = None,
    ) -> bundle.TextBlock:
        return bundle.TextBlock(
            key=messages[0],
            style="normal",
            children=self._inlines.children(messages),
            mark_defs=self._inlines.links(messages),
            list_item=list_item,
            level=level,
        )


class LocalizedInlines:
    """Those of one localized document."""

    def __init__(self, localized: LocalizedDocument, labels: Labels) -> None:
        self._localized = localized
        self._labels = labels

    def children(self, messages: tuple[str, ...]) -> list[Child]:
        children = self._children(messages[0])
        for number, message in enumerate(messages[1:], 2):
            children.append(bundle.Span(key=f"break{number}", text="\n", marks=[]))
            own = {link.key: f"{number}-{link.key}" for link in self._links(message)}
            children.extend(
                replace(child, key=f"{number}-{child.key}", marks=[own.get(mark, mark) for mark in child.marks])
                for child in self._children(message)
            )
        return children

    def links(self, messages: tuple[str, ...]) -> list[bundle.LinkMark]:
        """Where the words link to, in their order."""
        links = self._links(messages[0])
        for number, message in enumerate(messages[1:], 2):
            links.extend(replace(link, key=f"{number}-{link.key}") for link in self._links(message))
        return links

    def notice_label(self) -> bundle.Label:
        return self._labels.record("notice/label")

    def _links(self, message: str) -> list[bundle.LinkMark]:
        text = self._localized.texts[message]
        named = ((name, text.message.placeholders.get(name)) for name in spans(text.pattern))
        links = {name: bundle.LinkMark(key=name, href=link.href) for name, link in named if isinstance(link, Link)}
        return list(links.values())

    def _children(self, message: str) -> list[Child]:
        text = self._localized.texts[message]
        children: list[Child] = []
        self._walk(text.pattern, (), text, children)
        return children

    def _walk(self, pattern: Pattern, marks: tuple[str, ...], text: LocalizedText, children: list[Child]) -> None:
        for part in pattern:
            if isinstance(part, Text):
                children.append(bundle.Span(key=f"span{len(children) + 1}", text=part.value, marks=list(marks)))
            elif isinstance(part, Atom):
                atom = _atom(self._localized.document, text.message, part.name, marks, lambda say: say(self._labels))
                children.append(atom)
            else:
                self._walk(part.children, (*marks, part.name), text, children)


class WrittenChildren:
    """The children of a block of one message as JSON, written without a record for each."""

    def __init__(self, document: Document, line_end: bytes) -> None:
        self._document = document
        self._end = line_end + b"]"
        self._line_end = line_end + b"  "
        self._atoms: dict[tuple[str, ...], Skeleton[Labels, bytes]] = {}

    def write(self, text: LocalizedText, labels: Labels) -> bytes:
        children: list[bytes] = []
        self._walk(text.pattern, (), text.message, labels, children)
        return b"[%b%b" % (b",".join(children), self._end) if children else b"[]"

    def _walk(
        self, pattern: Pattern, marks: tuple[str, ...], message: Message, labels: Labels, children: list[bytes]
    ) -> None:
        for part in pattern:
            if isinstance(part, Text):
                before, between, after = _around_text(marks, self._line_end)
                said = msgspec.json.encode(part.value)
                children.append(b'%b"span%d"%b%b%b' % (before, len(children) + 1, between, said, after))
            elif isinstance(part, Atom):
                atom = self._atoms.get((part.name, *marks)) or self._atom(message, part.name, marks)
                children.append(self._line_end + atom.fill(labels))
            else:
                self._walk(part.children, (*marks, part.name), message, labels, children)

    def _atom(self, message: Message, name: str, marks: tuple[str, ...]) -> Skeleton[Labels, bytes]:
        places = JsonPlaces[Labels]()
        record = _atom(self._document, message, name, marks, partial(_placed, places))
        skeleton = self._atoms[name, *marks] = places.skeleton(record, self._line_end)
        return skeleton


@lru_cache(maxsize=256)
def _around_text(marks: tuple[str, ...], line_end: bytes) -> tuple[bytes, ...]:
    """What stands before the key of a span, before its text, and after it."""
    span = nested(bundle.Span(key="\0", text="\0", marks=list(marks)), line_end)
    return tuple((line_end + span).split(b'"\\u0000"'))


def _placed(places: JsonPlaces[Labels], say: "partial[str]") -> Any:
    # A locale says the same of all citations of the same numbers.
    name = ("json", say.func, *map(str, say.keywords.values()))
    return places.written(name, lambda _: lambda labels: labels.once(name, lambda: msgspec.json.encode(say(labels))))


def _atom(
    document: Document,
    message: Message,
    name: str,
    marks: tuple[str, ...],
    said: "Callable[[partial[str]], str]",
) -> bundle.Citation | bundle.FootnoteMark:
    """A citation or mark; `said` gives what a locale's labels say, or stands in for it."""
    anchors = Anchors()
    match message.placeholders[name]:
        case Citation() as citation:
            cited = document.cited(citation)
            return bundle.Citation(
                key=name,
                text=",".join(map(str, cited.parts)),
                numbers=list(cited.numbers),
                references=list(cited.keys),
                marks=list(marks),
                parts=[
                    bundle.CitationPart(
                        text=str(part),
                        label=said(partial(citation_label, part=part)),
                        anchor=anchors.citation(message.id, name, part),
                        target=anchors.reference(cited.key(part)),
                    )
                    for part in cited.parts
                ],
            )
        case NoteMark(footnote):
            mark = document.footnote_by_id[footnote].mark
            return bundle.FootnoteMark(
                key=name,
                text=mark,
                footnote=footnote,
                marks=list(marks),
                label=said(partial(mark_label, mark=mark)),
                anchor=anchors.mark(message.id, name),
                target=anchors.footnote(footnote),
            )
        case placeholder:
            raise TypeError(f"{name} is not an atom of {message.id}: {placeholder!r}")
