"""preview: every text is there with its id and state, in its own direction, and no text can break the page."""

from dataclasses import replace
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import flow
from pipeline.exchange.preview import PreviewText, preview, text_kinds
from pipeline.model.catalog import Previous
from pipeline.model.exchange import OutgoingUnit
from pipeline.model.locale import Locale
from pipeline.model.pattern import Pattern, Text
from pipeline.workspace import open_workspace
from tests.exchange.pages import by_class, first, parsed, text
from tests.exchange.samples import pattern
from tests.repository import ROOT

pytestmark = pytest.mark.thorough

EN, AR, DE = Locale.parse("en_US"), Locale.parse("ar"), Locale.parse("de")
UNIT = OutgoingUnit(
    id="how-it-works/answer/1",
    sources=(pattern("It works.{cite1}{note1} <a1>More</a1> & <strong>more</strong>"),),
    targets=(pattern("Es wirkt.{cite1}{note1} <a1>Mehr</a1> & <strong>mehr</strong>"),),
    display={"cite1": "4,5", "note1": "*", "a1": "/about"},
    notes=("Answer 1", "{cite1} = references 4,5"),
    comments=("checked by A. B.",),
)


def page(*units: OutgoingUnit, target: Locale = DE, kinds: dict[str, str] | None = None) -> Element:
    texts = [PreviewText(unit=unit, locale=target) for unit in units]
    return parsed(preview("A page", texts, kinds or {}, EN, target))


def rows(root: Element) -> list[Element]:
    return by_class(root, "text")


def target_of(root: Element) -> Element:
    (found,) = by_class(root, "target")
    return found


def test_a_text_shows_its_id_its_state_its_notes_and_both_languages() -> None:
    (row,) = rows(page(UNIT))
    header = first(row, "header")
    assert header.findtext("code") == "how-it-works/answer/1"
    assert text(header) == (
        "how-it-works/answer/1 translated Answer 1 {cite1} = references 4,5 Translator: checked by A. B."
    )
    english, german = list(by_class(row, "pair")[0])
    assert text(english) == "It works.{cite1}4,5{note1}* <a1>/aboutMore</a1> & <strong>more</strong>"
    assert text(german) == "Es wirkt.{cite1}4,5{note1}* <a1>/aboutMehr</a1> & <strong>mehr</strong>"


def test_placeholders_are_chips_with_what_they_stand_for_and_stay_left_to_right() -> None:
    chips = by_class(page(UNIT, target=AR), "chip")
    shown = [(chip.text, chip.findtext("b")) for chip in chips]
    one = [("{cite1}", "4,5"), ("{note1}", "*"), ("<a1>", "/about"), ("</a1>", None)]
    assert shown == [*one, ("<strong>", None), ("</strong>", None)] * 2
    assert all((chip.tag, chip.get("dir")) == ("bdi", "ltr") for chip in chips)


def test_each_column_has_its_language_and_direction() -> None:
    root = page(UNIT, target=AR)
    assert (root.get("lang"), root.get("dir")) == ("en", "ltr")
    english, arabic = list(by_class(root, "pair")[0])
    assert (english.get("lang"), english.get("dir")) == ("en-US", "ltr")
    assert (arabic.get("lang"), arabic.get("dir")) == ("ar", "rtl")


def test_an_untranslated_text_says_so_in_english() -> None:
    root = page(replace(UNIT, targets=()), target=AR)
    (missing,) = by_class(root, "missing")
    assert text(missing) == "not translated yet"
    assert missing.get("dir") is None
    assert [text(state) for state in by_class(root, "state")] == ["untranslated"]


def test_a_fuzzy_text_shows_what_has_changed_in_the_english() -> None:
    previous = Previous(source="It works.{cite1}{note1} <a1>Less</a1> & <strong>more</strong>")
    root = page(replace(UNIT, fuzzy=True, previous=previous))
    assert [text(state) for state in by_class(root, "state")] == ["fuzzy: needs work"]
    (earlier,) = by_class(root, "earlier")
    assert [(element.tag, text(element)) for element in earlier.iter() if element.tag in ("del", "ins")] == [
        ("del", "<a1>Less</a1>"),
        ("ins", "<a1>More</a1>"),
    ]


def test_a_fuzzy_text_without_earlier_english_shows_none() -> None:
    root = page(replace(UNIT, fuzzy=True))
    assert by_class(root, "earlier") == []
    assert by_class(root, "fuzzy")


def test_both_texts_of_a_plural_and_every_form_are_shown() -> None:
    unit = OutgoingUnit(
        id="page/questions",
        sources=(pattern("{count} question"), pattern("{count} questions")),
        targets=(pattern("{count} Frage"), ()),
        fuzzy=True,
        previous=Previous(source="{count} thing", plural="{count} things"),
    )
    root = page(unit)
    english, german = list(by_class(root, "pair")[0])
    assert text(english) == "one{count} question several{count} questions"
    assert text(german) == "msgstr[0]{count} Frage msgstr[1]"
    assert text(by_class(root, "earlier")[0]).endswith("{count} thingquestion {count} thingsquestions")
    assert [text(state) for state in by_class(root, "state")] == ["untranslated"]


def test_a_translation_that_is_no_text_of_its_message_is_shown_as_it_stands_with_the_reason() -> None:
    shown = PreviewText(
        unit=replace(UNIT, targets=()), locale=AR, unusable=("خطأ {x} <b>",), problems=("unknown placeholder {x}",)
    )
    root = parsed(preview("A page", [shown], {}, EN, AR))
    assert text(target_of(root)) == "خطأ {x} <b>This translation cannot be used: unknown placeholder {x}"
    (problem,) = by_class(root, "problem")
    assert (problem.get("lang"), problem.get("dir")) == ("en", "ltr")


def test_a_text_in_the_words_of_another_catalog_says_of_which() -> None:
    shown = PreviewText(unit=UNIT, locale=Locale.parse("fr"))
    root = parsed(preview("A page", [shown], {}, EN, Locale.parse("fr_CA")))
    assert [text(state) for state in by_class(root, "state")] == ["in the words of fr: not part of this catalog"]
    assert target_of(root).get("lang") == "fr"
    assert "1 shown in the words of another catalog" in text(by_class(root, "lead")[0])


def test_what_needs_work_is_listed_with_links() -> None:
    root = page(UNIT, replace(UNIT, id="b/1", targets=()), replace(UNIT, id="c 2", fuzzy=True))
    links = [(link.get("href"), text(link)) for link in root.iter("a")]
    assert links == [("#text-b/1", "b/1"), ("#text-c_2", "c 2")]
    assert text(by_class(root, "lead")[0]).startswith(
        "English and German (de) side by side. 1 translated, 1 fuzzy, 1 untranslated."
    )


def test_questions_and_notices_can_be_told_apart() -> None:
    content = flow.read_content(open_workspace(ROOT))
    kinds = text_kinds(content.documents[0])
    assert kinds["title"] == "title"
    assert kinds["how-it-works/question"] == "question"
    assert kinds["notice/prescribing-information/1"] == "notice"
    assert kinds["footnote/ecog"] == "footnote"
    assert set(kinds) < {message.id for message in content.documents[0].messages()}
    assert by_class(page(replace(UNIT, id="notice/x"), kinds={"notice/x": "notice"}), "notice")


HOSTILE = ["<script>alert(1)</script>", '" onload="x', "<!--", "]]>", "&amp;", "\x07\x0b\x7f", "</style>", "\u202eabc"]


@pytest.mark.parametrize("bad", HOSTILE)
def test_a_hostile_text_is_only_text_wherever_it_stands(bad: str) -> None:
    unit = OutgoingUnit(
        id=f"x{bad}",
        sources=((Text(bad),),),
        targets=((Text(bad),),),
        fuzzy=True,
        previous=Previous(source=f"{bad}!"),
        display={"cite1": bad},
        notes=(bad,),
        comments=(bad,),
    )
    texts = [PreviewText(unit=unit, locale=DE), PreviewText(unit=replace(unit, id="y"), locale=DE, unusable=(bad,))]
    root = parsed(preview(bad, texts, {}, EN, DE))
    visible = bad.replace("\x07", "␇").replace("\x0b", "␋").replace("\x7f", "\ufffd")
    assert "".join(by_class(root, "target")[0].itertext()) == visible
    assert "".join(first(root, "h1").itertext()) == visible


plain_patterns = st.text(min_size=1).map(lambda value: (Text(value.replace("\r", " ")),))


@given(plain_patterns, plain_patterns)
def test_any_text_gives_a_valid_page(source: Pattern, target: Pattern) -> None:
    """Whatever a catalog holds, surrogates aside, is shown and never becomes markup."""
    page(OutgoingUnit(id="x", sources=(source,), targets=(target,)))
