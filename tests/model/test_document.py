"""document: the messages of a page in reading order, and what of it a market sees."""

from datetime import date

from pipeline.model.document import (
    Block,
    Document,
    Entry,
    Footnote,
    ListBlock,
    Notice,
    Paragraph,
    Table,
    block_messages,
)
from pipeline.model.finding import Location
from pipeline.model.message import Citation, Message, NoteMark
from pipeline.model.pattern import Atom, Span, Text
from pipeline.model.reference import Reference

AT = Location(file="messages/flu.md", line=1)


def message(identifier: str, note: str = "") -> Message:
    """A message; `note` is the footnote that it points to, from inside an emphasis."""
    pattern = (Text(identifier), Span("em", (Atom("note1"),))) if note else (Text(identifier),)
    return Message(id=identifier, pattern=pattern, location=AT, placeholders={"note1": NoteMark(note)} if note else {})


def paragraph(identifier: str, note: str = "") -> Paragraph:
    return Paragraph(message=message(identifier, note))


def entry(identifier: str, *answer: Block, markets: tuple[str, ...] = ()) -> Entry:
    return Entry(id=identifier, question=message(f"{identifier}/question"), answer=answer, location=AT, markets=markets)


def footnote(identifier: str, mark: str) -> Footnote:
    return Footnote(id=identifier, mark=mark, message=message(f"footnote/{identifier}"))


DOCUMENT = Document(
    id="flu",
    location=AT,
    title=message("title"),
    lead=(paragraph("lead/1"),),
    entries=(
        entry("everywhere", paragraph("everywhere/1"), Notice(id="n", blocks=(paragraph("notice/n/1", "shared"),))),
        entry("american", paragraph("american/1", "american"), paragraph("american/2", "shared"), markets=("US", "CA")),
    ),
    footnotes=(footnote("american", "*"), footnote("shared", "†")),
    references=(Reference(key="a", text="A", number=1), Reference(key="b", text="B", number=2)),
    audience="patients",
    status="sample",
    updated=date(2026, 11, 22),
)


def _ids(messages: tuple[Message, ...]) -> list[str]:
    return [message.id for message in messages]


def test_messages_come_in_reading_order_with_the_footnotes_last() -> None:
    assert _ids(tuple(DOCUMENT.messages())) == [
        *("title", "lead/1", "everywhere/question", "everywhere/1", "notice/n/1"),
        *("american/question", "american/1", "american/2", "footnote/american", "footnote/shared"),
    ]


def test_a_market_sees_its_entries_and_the_footnotes_that_they_point_to() -> None:
    assert [entry.id for entry in DOCUMENT.market_entries("US")] == ["everywhere", "american"]
    assert [entry.id for entry in DOCUMENT.market_entries("CA")] == ["everywhere", "american"]
    assert [entry.id for entry in DOCUMENT.market_entries("DE")] == ["everywhere"]
    assert [footnote.id for footnote in DOCUMENT.market_footnotes("US")] == ["american", "shared"]
    assert [footnote.id for footnote in DOCUMENT.market_footnotes("DE")] == ["shared"]
    assert _ids(DOCUMENT.market_messages("DE")) == [
        *("title", "lead/1", "everywhere/question", "everywhere/1", "notice/n/1", "footnote/shared")
    ]


def test_a_footnote_keeps_its_mark_in_every_market() -> None:
    assert DOCUMENT.market_footnotes("DE")[0].mark == "†"
    assert DOCUMENT.footnote_by_id["shared"].mark == "†"


def test_a_citation_has_the_numbers_of_its_references_in_the_order_of_the_author() -> None:
    assert DOCUMENT.citation_numbers(Citation(("b", "a"))) == (2, 1)


def test_every_message_of_every_block_is_found_in_reading_order() -> None:
    blocks = (
        paragraph("1"),
        ListBlock(
            ordered=False,
            items=((paragraph("2"), ListBlock(ordered=True, items=((paragraph("3"),), (paragraph("4"),)))), ()),
        ),
        Table(
            header=(message("5"), message("6")),
            rows=((message("7"), None), (None, message("8"))),
            alignments=("", "left"),
        ),
        Notice(id="n", blocks=(paragraph("9"),)),
    )
    assert _ids(tuple(block_messages(blocks))) == [str(number) for number in range(1, 10)]
