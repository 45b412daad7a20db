"""document: one FAQ page as authors wrote it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from msgspec import Struct

from pipeline.model.finding import Location
from pipeline.model.message import Citation, Message, NoteMark
from pipeline.model.reference import NumberRange, Reference, number_ranges

FOOTNOTE_MARKS = ("*", "†", "‡", "§", "¶", "#")


class Paragraph(Struct, frozen=True, kw_only=True, tag=True):
    message: Message


class ListBlock(Struct, frozen=True, kw_only=True, tag=True):
    ordered: bool
    items: "tuple[tuple[Block, ...], ...]"


class Table(Struct, frozen=True, kw_only=True, tag=True):
    """`alignments` has one of left, center, right or an empty string per column; an empty cell is None."""

    header: "tuple[Cell, ...]"
    rows: "tuple[tuple[Cell, ...], ...]"
    alignments: tuple[str, ...]


class Notice(Struct, frozen=True, kw_only=True, tag=True):
    """A safety text that must stand at its place in every export."""

    id: str
    blocks: "tuple[Block, ...]"


Cell = Message | None
Block = Paragraph | ListBlock | Table | Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A question with its answer; an empty `markets` means every market."""

    id: str
    question: Message
    answer: tuple[Block, ...]
    location: Location
    markets: tuple[str, ...] = ()

    def in_market(self, market: str) -> bool:
        return not self.markets or market in self.markets


@dataclass(frozen=True, slots=True, kw_only=True)
class Footnote:
    id: str
    mark: str
    message: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """The numbers of a citation in order, the keys of their references, and the parts that are printed."""

    numbers: tuple[int, ...]
    keys: tuple[str, ...]
    parts: tuple[NumberRange, ...]

    def key(self, part: NumberRange) -> str:
        """The reference that the part links to: its first."""
        return self.keys[self.numbers.index(part.first)]


@dataclass(frozen=True, kw_only=True)
class Document:
    """`references` are all that the document cites, numbered in the order of the bibliography."""

    id: str
    location: Location
    title: Message
    lead: tuple[Block, ...]
    entries: tuple[Entry, ...]
    footnotes: tuple[Footnote, ...]
    references: tuple[Reference, ...]
    audience: str
    status: str
    updated: date

    @cached_property
    def reference_by_key(self) -> Mapping[str, Reference]:
        return {reference.key: reference for reference in self.references}

    @cached_property
    def footnote_by_id(self) -> Mapping[str, Footnote]:
        return {footnote.id: footnote for footnote in self.footnotes}

    def citation_numbers(self, citation: Citation) -> tuple[int, ...]:
        return tuple(self.reference_by_key[key].number for key in citation.keys)

    def cited(self, citation: Citation) -> Cited:
        """What a citation prints and points to, the same in every locale."""
        known = self._cited.get(citation.keys)
        if known is None:
            keys = {self.reference_by_key[key].number: key for key in citation.keys}
            numbers = tuple(sorted(keys))
            known = self._cited[citation.keys] = Cited(
                numbers=numbers, keys=tuple(keys[number] for number in numbers), parts=number_ranges(numbers)
            )
        return known

    def messages(self) -> Iterator[Message]:
        """Every message of the document in reading order, footnotes last."""
        yield from self._messages(self.entries, self.footnotes)

    def market_entries(self, market: str) -> tuple[Entry, ...]:
        return self._in(market).entries

    def market_footnotes(self, market: str) -> tuple[Footnote, ...]:
        """The footnotes that something shown in the market points to."""
        return self._in(market).footnotes

    def market_messages(self, market: str) -> tuple[Message, ...]:
        """The messages that an edition for the market shows, in reading order."""
        return self._in(market).messages

    def marked(self, market: str) -> tuple[str, ...]:
        """The ids of those messages that cite something or bear a footnote mark."""
        return self._in(market).marked

    # What is asked again for every locale.

    @cached_property
    def _cited(self) -> dict[tuple[str, ...], Cited]:
        return {}

    @cached_property
    def _markets(self) -> "dict[str, _Market]":
        return {}

    def _in(self, market: str) -> "_Market":
        known = self._markets.get(market)
        if known is None:
            entries = tuple(entry for entry in self.entries if entry.in_market(market))
            used = {
                placeholder.footnote
                for message in self._messages(entries, ())
                for placeholder in message.placeholders.values()
                if isinstance(placeholder, NoteMark)
            }
            footnotes = tuple(footnote for footnote in self.footnotes if footnote.id in used)
            messages = tuple(self._messages(entries, footnotes))
            marked = tuple(message.id for message in messages if message.atoms)
            known = _Market(entries=entries, footnotes=footnotes, messages=messages, marked=marked)
            self._markets[market] = known
        return known

    def _messages(self, entries: tuple[Entry, ...], footnotes: tuple[Footnote, ...]) -> Iterator[Message]:
        yield self.title
        yield from block_messages(self.lead)
        for entry in entries:
            yield entry.question
            yield from block_messages(entry.answer)
        for footnote in footnotes:
            yield footnote.message


@dataclass(frozen=True, slots=True, kw_only=True)
class _Market:
    """What is shown of a document in a market."""

    entries: tuple[Entry, ...]
    footnotes: tuple[Footnote, ...]
    messages: tuple[Message, ...]
    marked: tuple[str, ...]


def block_messages(blocks: tuple[Block, ...]) -> Iterator[Message]:
    """The messages of the blocks in reading order."""
    for block in blocks:
        match block:
            case Paragraph(message=message):
                yield message
            case ListBlock(items=items):
                for item in items:
                    yield from block_messages(item)
            case Table(header=header, rows=rows):
                for cells in (header, *rows):
                    yield from (cell for cell in cells if cell is not None)
            case Notice(blocks=inner):
                yield from block_messages(inner)
