"""portable_text: localized texts to Portable Text blocks and to their words alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from msgspec.structs import replace

from pipeline.exporters.anchors import Anchors
from pipeline.exporters.fragments import citation_label, mark_label
from pipeline.exporters.labels import Labels
from pipeline.model import bundle
from pipeline.model.document import Block, Cell, ListBlock, Notice, Paragraph, Table, block_messages
from pipeline.model.localized import LocalizedDocument, LocalizedText
from pipeline.model.message import Citation, Link, Message, NoteMark
from pipeline.model.pattern import Atom, Pattern, Span, Text, plain

FlatBlock = bundle.TextBlock | bundle.TableBlock
AnyBlock = bundle.TextBlock | bundle.TableBlock | bundle.NoticeBlock
Child = bundle.Span | bundle.Citation | bundle.FootnoteMark


@dataclass(frozen=True, slots=True, kw_only=True)
class _Inline:
    """The text of one message and the links in it."""

    children: tuple[Child, ...]
    links: tuple[bundle.LinkMark, ...]


class PortableText:
    """Portable Text of the texts of one localized document; a block's key is its message id."""

    def __init__(self, localized: LocalizedDocument, labels: Labels) -> None:
        self._localized = localized
        self._labels = labels
        self._anchors = Anchors(localized)

    def blocks(self, blocks: Iterable[Block]) -> list[AnyBlock]:
        found: list[AnyBlock] = []
        for block in blocks:
            if isinstance(block, Notice):
                content = list(self._flat(block.blocks))
                label = self._labels.record("notice/label")
                found.append(bundle.NoticeBlock(key=f"notice/{block.id}", id=block.id, label=label, content=content))
            else:
                found.extend(self._flat((block,)))
        return found

    def message(self, message: Message) -> bundle.TextBlock:
        return self._text_block(message)

    def words(self, messages: Iterable[Message]) -> str:
        """The words alone, a blank line between messages; citations and footnote marks are left out."""
        return "\n\n".join(plain(self._localized.texts[message.id].pattern).strip() for message in messages)

    def _flat(self, blocks: Iterable[Block], level: int = 0) -> Iterator[FlatBlock]:
        for block in blocks:
            match block:
                case Paragraph(message=message):
                    yield self._text_block(message)
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
                messages = [block.message for block in blocks if isinstance(block, Paragraph)]
                yield self._text_block(*messages, list_item="number" if ordered else "bullet", level=level)
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
        texts = [blank if cell is None else self._text_block(cell) for cell, blank in zip(cells, empty, strict=True)]
        return bundle.TableRow(key=key, cells=texts)

    def _text_block(
        self,
        message: Message,
        *more: Message,
        list_item: Literal["bullet", "number"] | None = None,
        level: int | None = None,
    ) -> bundle.TextBlock:
        """Portable Text knows one paragraph for each item of a list, so further ones stand in it after a line break."""
        first = self._inline(message)
        children, links = list(first.children), list(first.links)
        for number, other in enumerate(more, 2):
            inline = self._inline(other)
            children.append(bundle.Span(key=f"break{number}", text="\n", marks=[]))
            own = {link.key: f"{number}-{link.key}" for link in inline.links}
            children.extend(
                replace(child, key=f"{number}-{child.key}", marks=[own.get(mark, mark) for mark in child.marks])
                for child in inline.children
            )
            links.extend(replace(link, key=own[link.key]) for link in inline.links)
        return bundle.TextBlock(
            key=message.id,
            style="normal",
            children=children,
            mark_defs=links,
            list_item=list_item,
            level=level,
        )

    def _inline(self, message: Message) -> "_Inline":
        text = self._localized.texts[message.id]
        children: list[Child] = []
        links: dict[str, bundle.LinkMark] = {}
        self._walk(text.pattern, (), text, children, links)
        return _Inline(children=tuple(children), links=tuple(links.values()))

    def _walk(
        self,
        pattern: Pattern,
        marks: tuple[str, ...],
        text: LocalizedText,
        children: list[Child],
        links: dict[str, bundle.LinkMark],
    ) -> None:
        for part in pattern:
            match part:
                case Text(value):
                    key = f"span{len(children) + 1}"
                    children.append(bundle.Span(key=key, text=value, marks=list(marks)))
                case Atom(name):
                    children.append(self._atom(name, marks, text))
                case Span(name, inner):
                    link = text.message.placeholders.get(name)
                    if isinstance(link, Link):
                        links[name] = bundle.LinkMark(key=name, href=link.href)
                    self._walk(inner, (*marks, name), text, children, links)

    def _atom(self, name: str, marks: tuple[str, ...], text: LocalizedText) -> Child:
        document = self._localized.document
        match text.message.placeholders[name]:
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
                            label=citation_label(self._labels, part),
                            anchor=self._anchors.citation(text.message.id, name, part),
                            target=self._anchors.reference(cited.key(part)),
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
                    label=mark_label(self._labels, mark),
                    anchor=self._anchors.mark(text.message.id, name),
                    target=self._anchors.footnote(footnote),
                )
            case placeholder:
                raise TypeError(f"{name} is not an atom of {text.message.id}: {placeholder!r}")
