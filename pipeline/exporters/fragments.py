"""fragments: localized texts to HTML; the one place that makes markup of text.

Every tag is written here and every text is escaped here, so a translation can hold no markup but the
spans of its own message.
"""

from collections.abc import Iterable
from copy import copy
from functools import partial

from pipeline.exporters.anchors import Anchors
from pipeline.exporters.labels import Labels
from pipeline.exporters.skeleton import Places, Skeleton, Skeletons, escaped
from pipeline.model.document import Block, Cell, Document, ListBlock, Notice, Paragraph, Table
from pipeline.model.locale import direction
from pipeline.model.localized import LocalizedDocument, LocalizedText
from pipeline.model.message import Citation, Link, Message, NoteMark
from pipeline.model.pattern import Atom, Pattern, Text, plain
from pipeline.model.reference import NumberRange

# Stands in HTML for the scope of its ids, until that is known. No text may hold it.
SCOPE = "\x01"
_ANCHORS = Anchors(SCOPE)

_Named = tuple[str, str]
_Atom = Skeleton[Labels, str]


def citation_label(labels: Labels, part: NumberRange) -> str:
    """What a screen reader says for one printed part of a citation."""
    return labels.plural("citation/label", 1 + part.last - part.first, numbers=str(part))


def mark_label(labels: Labels, mark: str) -> str:
    return labels.text("footnotes/label", mark=mark)


class Fragments:
    """HTML of the texts of one localized document; each text is made once, however many files show it."""

    def __init__(self, localized: LocalizedDocument, labels: Labels, skeletons: Skeletons | None = None) -> None:
        self._localized = localized
        self._labels = labels
        self._scope = ""
        self._atoms = (skeletons or Skeletons()).get(localized.document.id, "atoms", dict[_Named, _Atom])
        self._made: dict[int, tuple[str, tuple[Block, ...]]] = {}

    def unscoped(self) -> "Fragments":
        """The same texts, of which the ids end with SCOPE."""
        fragments = copy(self)
        fragments._scope = SCOPE
        return fragments

    def inline(self, message: str) -> str:
        """The text of a message without a block around it."""
        return self._scoped(self._inline(message))

    def plain(self, message: str) -> str:
        """The words of a message alone."""
        return plain(self._localized.texts[message].pattern)

    def words(self, message: str) -> str:
        """The words of a message alone, with the mark of their language where the page has another."""
        text = self._localized.texts[message]
        words, lang = escaped(plain(text.pattern)), self._lang(text)
        return f"<span{lang}>{words}</span>" if lang else words

    def blocks(self, blocks: tuple[Block, ...]) -> str:
        made = self._made.get(id(blocks))
        if made is None:
            # The blocks are kept, so that no others come to have their id.
            made = self._made[id(blocks)] = self._blocks(blocks), blocks
        return self._scoped(made[0])

    def paragraphs(self, messages: Iterable[str]) -> str:
        return self._scoped("".join([self._paragraph(message) for message in messages]))

    def _scoped(self, html: str) -> str:
        return html.replace(SCOPE, self._scope)

    def _blocks(self, blocks: Iterable[Block]) -> str:
        return "".join([self._block(block) for block in blocks])

    def _block(self, block: Block) -> str:
        match block:
            case Paragraph(message=message):
                return self._paragraph(message.id)
            case ListBlock(ordered=ordered, items=items):
                tag = "ol" if ordered else "ul"
                return f"<{tag}>{''.join(f'<li>{self._item(item)}</li>' for item in items)}</{tag}>"
            case Table():
                return self._table(block)
            case Notice(id=identifier, blocks=inner):
                name = _ANCHORS.part(f"notice-label_{identifier}")
                heading = f'<p class="faq-notice-label" id="{name}">{escaped(self._labels.text("notice/label"))}</p>'
                return (
                    f'<aside class="faq-notice" id="{_ANCHORS.part(f"notice-{identifier}")}"'
                    f' aria-labelledby="{name}">{heading}{self._blocks(inner)}</aside>'
                )

    def _item(self, item: tuple[Block, ...]) -> str:
        # A tight item reads as one line; further blocks stand below it.
        if item and isinstance(item[0], Paragraph):
            return f"{self._inline(item[0].message.id)}{self._blocks(item[1:])}"
        return self._blocks(item)

    def _table(self, table: Table) -> str:
        head = "".join(f'<th scope="col">{self._cell(cell)}</th>' for cell in table.header)
        rows = "".join(f"<tr>{''.join(f'<td>{self._cell(cell)}</td>' for cell in row)}</tr>" for row in table.rows)
        inner = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        return f'<div class="faq-table" tabindex="0">{inner}</div>'

    def _cell(self, cell: Cell) -> str:
        return "" if cell is None else self._inline(cell.id)

    def _paragraph(self, message: str) -> str:
        text = self._localized.texts[message]
        return f"<p{self._lang(text)}>{self._pattern(text.pattern, text)}</p>"

    def _inline(self, message: str) -> str:
        text = self._localized.texts[message]
        lang, html = self._lang(text), self._pattern(text.pattern, text)
        return f"<span{lang}>{html}</span>" if lang else html

    def _lang(self, text: LocalizedText) -> str:
        """The mark of words that are not in the language of the page."""
        locale = text.locale
        if locale.language == self._localized.locale.language:
            return ""
        return f' lang="{locale.bcp47}" dir="{direction(locale)}"'

    def _pattern(self, pattern: Pattern, text: LocalizedText) -> str:
        parts: list[str] = []
        for part in pattern:
            if isinstance(part, Text):
                parts.append(escaped(part.value))
            elif isinstance(part, Atom):
                parts.append(self._atom(part.name, text))
            else:
                name, inner = part.name, self._pattern(part.children, text)
                link = text.message.placeholders.get(name)
                if isinstance(link, Link):
                    parts.append(f'<a href="{escaped(link.href)}">{inner}</a>')
                else:
                    parts.append(f"<{name}>{inner}</{name}>")
        return "".join(parts)

    def _atom(self, name: str, text: LocalizedText) -> str:
        named = text.message.id, name
        atom = self._atoms.get(named)
        if atom is None:
            atom = self._atoms[named] = _atom(self._localized.document, text.message, name)
        return atom.fill(self._labels)


def _atom(document: Document, message: Message, name: str) -> _Atom:
    """A citation or mark as it stands in every locale; what a screen reader says is the locale's."""
    places = Places[Labels]()
    match message.placeholders[name]:
        case Citation() as citation:
            cited = document.cited(citation)
            links = [
                f'<a id="{_ANCHORS.citation(message.id, name, part)}"'
                f' href="#{_ANCHORS.reference(cited.key(part))}" role="doc-noteref"'
                f' aria-label="{_said(places, partial(citation_label, part=part))}">{part}</a>'
                for part in cited.parts
            ]
            # Right-to-left text would turn 3,6-8 round.
            return places.skeleton(f'<sup class="faq-citation" dir="ltr">{",".join(links)}</sup>')
        case NoteMark(footnote):
            mark = document.footnote_by_id[footnote].mark
            return places.skeleton(
                f'<sup class="faq-mark" dir="ltr"><a id="{_ANCHORS.mark(message.id, name)}"'
                f' href="#{_ANCHORS.footnote(footnote)}" role="doc-noteref"'
                f' aria-label="{_said(places, partial(mark_label, mark=mark))}">{mark}</a></sup>'
            )
        case placeholder:
            raise TypeError(f"{name} is not an atom of {message.id}: {placeholder!r}")


def _said(places: Places[Labels], say: "partial[str]") -> str:
    # A locale says the same of all citations of the same numbers.
    name = ("html", say.func, *map(str, say.keywords.values()))
    return places.html(name, lambda labels: labels.once(name, lambda: escaped(say(labels))))
