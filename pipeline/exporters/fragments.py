"""fragments: localized texts to HTML; the one place that makes markup of text.

Every tag is written here and every text is escaped here, so a translation can hold no markup but the
spans of its own message.
"""

from collections.abc import Iterable

from markupsafe import Markup, escape

from pipeline.exporters.anchors import Anchors
from pipeline.exporters.labels import Labels
from pipeline.model.document import Block, Cell, ListBlock, Notice, Paragraph, Table
from pipeline.model.locale import direction
from pipeline.model.localized import LocalizedDocument, LocalizedText
from pipeline.model.message import Citation, Link, NoteMark
from pipeline.model.pattern import Atom, Pattern, Span, Text, plain
from pipeline.model.reference import NumberRange, number_ranges


def citation_label(labels: Labels, part: NumberRange) -> str:
    """What a screen reader says for one printed part of a citation."""
    return labels.plural("citation/label", 1 + part.last - part.first, numbers=str(part))


def mark_label(labels: Labels, mark: str) -> str:
    return labels.text("footnotes/label", mark=mark)


class Fragments:
    """HTML of the texts of one localized document."""

    def __init__(self, localized: LocalizedDocument, labels: Labels, anchors: Anchors | None = None) -> None:
        self._localized = localized
        self._labels = labels
        self._anchors = anchors or Anchors(localized)

    def inline(self, message: str) -> Markup:
        """The text of a message without a block around it."""
        text = self._localized.texts[message]
        words = self._pattern(text.pattern, text)
        lang = self._lang(text)
        return Markup(f"<span{lang}>{words}</span>" if lang else words)

    def plain(self, message: str) -> str:
        """The words of a message alone."""
        return plain(self._localized.texts[message].pattern)

    def words(self, message: str) -> Markup:
        """The words of a message alone, with the mark of their language where the page has another."""
        text = self._localized.texts[message]
        words, lang = escape(plain(text.pattern)), self._lang(text)
        return Markup(f"<span{lang}>{words}</span>" if lang else words)

    def blocks(self, blocks: Iterable[Block]) -> Markup:
        return Markup("".join(self._block(block) for block in blocks))

    def paragraphs(self, messages: Iterable[str]) -> Markup:
        return Markup("".join(self._element("p", message) for message in messages))

    def _block(self, block: Block) -> str:
        match block:
            case Paragraph(message=message):
                return self._element("p", message.id)
            case ListBlock(ordered=ordered, items=items):
                tag = "ol" if ordered else "ul"
                return f"<{tag}>{''.join(f'<li>{self._item(item)}</li>' for item in items)}</{tag}>"
            case Table():
                return self._table(block)
            case Notice(id=identifier, blocks=inner):
                name = self._anchors.part(f"notice-label_{identifier}")
                heading = f'<p class="faq-notice-label" id="{name}">{escape(self._labels.text("notice/label"))}</p>'
                return (
                    f'<aside class="faq-notice" id="{self._anchors.part(f"notice-{identifier}")}"'
                    f' aria-labelledby="{name}">{heading}{self.blocks(inner)}</aside>'
                )

    def _item(self, item: tuple[Block, ...]) -> str:
        # A tight item reads as one line; further blocks stand below it.
        if item and isinstance(item[0], Paragraph):
            return f"{self.inline(item[0].message.id)}{self.blocks(item[1:])}"
        return str(self.blocks(item))

    def _table(self, table: Table) -> str:
        head = "".join(f'<th scope="col">{self._cell(cell)}</th>' for cell in table.header)
        rows = "".join(f"<tr>{''.join(f'<td>{self._cell(cell)}</td>' for cell in row)}</tr>" for row in table.rows)
        inner = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        return f'<div class="faq-table" tabindex="0">{inner}</div>'

    def _cell(self, cell: Cell) -> str:
        return "" if cell is None else str(self.inline(cell.id))

    def _element(self, tag: str, message: str) -> str:
        text = self._localized.texts[message]
        return f"<{tag}{self._lang(text)}>{self._pattern(text.pattern, text)}</{tag}>"

    def _lang(self, text: LocalizedText) -> str:
        """The mark of words that are not in the language of the page."""
        if text.locale.language == self._localized.locale.language:
            return ""
        return f' lang="{text.locale.bcp47}" dir="{direction(text.locale)}"'

    def _pattern(self, pattern: Pattern, text: LocalizedText) -> str:
        parts: list[str] = []
        for part in pattern:
            match part:
                case Text(value):
                    parts.append(str(escape(value)))
                case Span(name, children):
                    inner = self._pattern(children, text)
                    link = text.message.placeholders.get(name)
                    if isinstance(link, Link):
                        parts.append(f'<a href="{escape(link.href)}">{inner}</a>')
                    else:
                        parts.append(f"<{name}>{inner}</{name}>")
                case Atom(name):
                    parts.append(self._atom(name, text))
        return "".join(parts)

    def _atom(self, name: str, text: LocalizedText) -> str:
        document = self._localized.document
        match text.message.placeholders[name]:
            case Citation(keys):
                numbers = {document.reference_by_key[key].number: key for key in keys}
                links = []
                for part in number_ranges(numbers):
                    label = escape(citation_label(self._labels, part))
                    links.append(
                        f'<a id="{self._anchors.citation(text.message.id, name, part)}"'
                        f' href="#{self._anchors.reference(numbers[part.first])}" role="doc-noteref"'
                        f' aria-label="{label}">{part}</a>'
                    )
                # Right-to-left text would turn 3,6-8 round.
                return f'<sup class="faq-citation" dir="ltr">{",".join(links)}</sup>'
            case NoteMark(footnote):
                mark = document.footnote_by_id[footnote].mark
                label = escape(mark_label(self._labels, mark))
                return (
                    f'<sup class="faq-mark" dir="ltr"><a id="{self._anchors.mark(text.message.id, name)}"'
                    f' href="#{self._anchors.footnote(footnote)}" role="doc-noteref"'
                    f' aria-label="{label}">{mark}</a></sup>'
                )
            case placeholder:
                raise TypeError(f"{name} is not an atom of {text.message.id}: {placeholder!r}")
