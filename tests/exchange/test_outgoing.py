"""outgoing: a unit goes out with what its message says of it, and never with a translation that is none."""

import pytest

from pipeline import flow
from pipeline.exchange.outgoing import needs_work, outgoing_message, outgoing_unit, targets_of
from pipeline.model.catalog import FUZZY, Previous, Unit
from pipeline.model.document import Document
from pipeline.model.finding import Location
from pipeline.model.message import Message
from pipeline.workspace import open_workspace
from tests.exchange.samples import pattern
from tests.repository import ROOT

SOURCE = "Works.{cite1} <a1>More</a1>"
MESSAGE = Message(id="a/1", pattern=pattern(SOURCE), location=Location(file="x"))
PLURAL = Message(id="n", pattern=pattern("{count} day"), plural=pattern("{count} days"), location=Location(file="x"))


def unit(*targets: str, flags: tuple[str, ...] = ()) -> Unit:
    return Unit(context="a/1", source=SOURCE, targets=targets, flags=flags)


def document() -> Document:
    return flow.read_content(open_workspace(ROOT)).documents[0]


def test_a_placeholder_goes_out_with_what_a_reader_sees_in_its_place() -> None:
    faq = document()
    messages = {message.id: message for message in faq.messages()}
    shown = outgoing_message(faq, messages["who-may-benefit/answer/1"])
    assert dict(shown.display) == {"cite1": "4,5", "note1": "*", "a1": "/patient-selection"}
    assert (shown.targets, shown.sources) == ((), (messages["who-may-benefit/answer/1"].pattern,))


def test_comments_notes_state_and_earlier_english_go_out() -> None:
    previous = Previous(source="Worked.")
    whole = Unit(
        context="a/1",
        source=SOURCE,
        targets=("Wirkt.{cite1} <a1>Mehr</a1>",),
        flags=(FUZZY, "no-wrap"),
        translator_comments=("mine",),
        extracted_comments=("Answer 1",),
        locations=("messages/faq.md", "other.md"),
        previous=previous,
    )
    shown = outgoing_unit(None, MESSAGE, whole)
    assert shown.targets == (pattern("Wirkt.{cite1} <a1>Mehr</a1>"),)
    assert (shown.fuzzy, shown.previous, shown.comments) == (True, previous, ("mine",))
    assert (shown.notes, shown.location) == (("Answer 1",), "messages/faq.md")


def test_a_fuzzy_mark_without_a_translation_does_not_go_out() -> None:
    assert not outgoing_unit(None, MESSAGE, unit("", flags=(FUZZY,))).fuzzy


@pytest.mark.parametrize(
    ("target", "problem"),
    [
        ("Wirkt.{cite2}", "unknown placeholder {cite2}"),
        ("Wirkt <b>", "unknown tag <b>"),
        ("<a1>Mehr", "<a1> is not closed"),
    ],
)
def test_a_translation_that_is_no_text_of_its_message_stands_in_a_note_only(target: str, problem: str) -> None:
    shown = outgoing_unit(None, MESSAGE, unit(target))
    assert shown.targets == ()
    assert shown.notes == (f"The translation in the catalog cannot be used ({problem}): {target}",)
    assert targets_of(MESSAGE, unit(target)) == ((), (problem,))


def test_a_plural_that_is_half_done_goes_out_as_it_is() -> None:
    half = Unit(context="n", source="{count} day", plural="{count} days", targets=("{count} Tag", ""))
    assert outgoing_unit(None, PLURAL, half).targets == (pattern("{count} Tag"), ())
    assert needs_work(PLURAL, half)


@pytest.mark.parametrize(
    ("given", "work"),
    [
        (unit(""), True),
        (unit("Wirkt.", flags=(FUZZY,)), True),
        (unit("Wirkt.{cite2}"), True),
        (unit("Wirkt.{cite1} <a1>Mehr</a1>"), False),
        (unit("Wirkt."), False),
    ],
)
def test_what_is_open_doubtful_or_unusable_needs_work(given: Unit, work: bool) -> None:
    assert needs_work(MESSAGE, given) is work
    assert needs_work(None, given) is (work and "{cite2}" not in given.targets[0])
