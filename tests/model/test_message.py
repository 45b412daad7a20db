"""message: what a catalog shows of a message, and which parts its translations may use."""

from pipeline.model.finding import Location
from pipeline.model.message import Citation, Link, Message
from pipeline.model.pattern import Atom, Pattern, Span, Text

AT = Location(file="messages/flu.md", line=12, column=1)


def message(pattern: Pattern, plural: Pattern | None = None) -> Message:
    return Message(id="flu/answer/1", pattern=pattern, plural=plural, location=AT)


def test_a_catalog_shows_the_pattern_as_a_string() -> None:
    said = Message(
        id="flu/answer/1",
        pattern=(Text("Yes {really}."), Atom("cite1"), Text(" "), Span("a1", (Text("More"),))),
        location=AT,
        placeholders={"cite1": Citation(("fyfe1995",)), "a1": Link("/more")},
    )
    assert said.source == "Yes {{really}}.{cite1} <a1>More</a1>"
    assert said.plural_source is None


def test_a_translation_may_use_the_parts_of_its_message_alone() -> None:
    said = message((Atom("cite1"), Span("em", (Atom("note1"), Span("a1", (Text("x"),))))))
    assert said.atoms == {"cite1", "note1"}
    assert said.spans == {"em", "a1"}


def test_a_message_without_parts_allows_none() -> None:
    said = message((Text("{cite1} <em>"),))
    assert said.atoms == said.spans == frozenset()


def test_the_plural_has_a_string_of_its_own() -> None:
    said = message((Atom("count"), Text(" reference")), (Atom("count"), Text(" references")))
    assert (said.source, said.plural_source) == ("{count} reference", "{count} references")


def test_a_placeholder_that_only_the_plural_has_belongs_to_the_message() -> None:
    """English says "One reference, {count} references"; other languages need the number in more forms."""
    said = message((Text("One reference"),), (Atom("count"), Text(" references")))
    assert said.atoms == {"count"}
