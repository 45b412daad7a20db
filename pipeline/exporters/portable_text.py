"""portable_text: localized texts to Portable Text blocks and to their words alone."""

from collections.abc import Iterable, Iterator
from typing import Literal

from pipeline.exporters.labels import Labels
from pipeline.model import bundle
from pipeline.model.document import Block, Cell, ListBlock, Notice, Paragraph, Table, block_messages
from pipeline.model.localized import LocalizedDocument, LocalizedText
from pipeline.model.message import Citation, Link, Message, NoteMark
from pipeline.model.pattern import Atom, Pattern, Span, Text, plain
from pipeline.model.reference import citation_text

FlatBlock = bundle.TextBlock | bundle.TableBlock
AnyBlock = bundle.TextBlock | bundle.TableBlock | bundle.NoticeBlock
Child = bundle.Span | bundle.Citation | bundle.FootnoteMark


class PortableText:
    """Portable Text of the texts of one localized document; a block's key is its message id."""

    def __init__(self, localized: LocalizedDocument, labels: Labels) -> None:
        self._localized = localized
        self._labels = labels

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
        for block in item:
            if isinstance(block, Paragraph):
                yield self._text_block(block.message, list_item="number" if ordered else "bullet", level=level)
            else:
                yield from self._flat((block,), level)

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
        self, message: Message, list_item: Literal["bullet", "number"] | None = None, level: int | None = None
    ) -> bundle.TextBlock:
        text = self._localized.texts[message.id]
        children: list[Child] = []
        links: dict[str, bundle.LinkMark] = {}
        self._walk(text.pattern, (), text, children, links)
        return bundle.TextBlock(
            key=message.id,
            style="normal",
            children=children,
            mark_defs=list(links.values()),
            list_item=list_item,
            level=level,
        )

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
            case Citation(keys):
                by_number = sorted((document.reference_by_key[key].number, key) for key in keys)
                numbers = [number for number, _ in by_number]
                return bundle.Citation(
                    key=name,
                    text=citation_text(numbers),
                    numbers=numbers,
                    references=[key for _, key in by_number],
                    marks=list(marks),
                )
            case NoteMark(footnote):
                mark = document.footnote_by_id[footnote].mark
                return bundle.FootnoteMark(key=name, text=mark, footnote=footnote, marks=list(marks))
            case placeholder:
                raise TypeError(f"{name} is not an atom of {text.message.id}: {placeholder!r}")
