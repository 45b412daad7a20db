"""XLIFF 2.1: what is written, and what is made of it when tools have been at work on it."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.exchange.xliff import read_xliff
from pipeline.exchange.xliff21 import NAMESPACE, write_xliff21
from pipeline.model.exchange import OutgoingUnit, ReturnedUnit
from pipeline.model.finding import Finding, Refused
from pipeline.model.locale import Locale
from pipeline.model.pattern import Text
from tests.exchange.samples import SAMPLE, meanings, outgoing_file, outgoing_unit, pattern, returned_meanings

GOLDEN = Path(__file__).parent / "golden"
NAME = "back.xlf"
ID = "how-it-works/answer/1"

SOURCE = (
    'A<ph id="cite1" equiv="{cite1}"/> <pc id="a1">more</pc> <pc id="strong">b</pc> <pc id="strong:2">c</pc> {literal}'
)
SOURCE_TEXT = "A{cite1} <a1>more</a1> <strong>b</strong> <strong>c</strong> {{literal}}"


def returned(data: str | bytes) -> ReturnedUnit:
    """The one unit of a file."""
    (unit,) = read_xliff(data.encode() if isinstance(data, str) else data, NAME).units
    return unit


def refusal(data: str) -> Finding:
    """The one finding that a file is refused with."""
    with pytest.raises(Refused) as caught:
        read_xliff(data.encode(), NAME)
    (finding,) = caught.value.findings
    assert finding.rule == "exchange"
    assert finding.location.file == NAME
    assert finding.hint
    return finding


def unit(inside: str, attributes: str = f'name="{ID}"', identifier: str = "how-it-works.answer.1") -> str:
    return f'<unit id="{identifier}" {attributes}>{inside}</unit>'


def file(body: str, attributes: str = 'srcLang="en-US" trgLang="de"') -> str:
    """A file as some tool might write it, with the body in its third line."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<xliff xmlns="{NAMESPACE}" xmlns:x="urn:example:tool" version="2.1" {attributes}><file id="faq">
{body}
</file></xliff>"""


def text(target: str, state: str = 'state="translated"') -> str:
    """A file with one entry that has a citation, a link and two strong parts."""
    return file(unit(f"<segment {state}><source>{SOURCE}</source><target>{target}</target></segment>"))


# ---- writing


def test_the_sample_is_written_as_in_the_golden_file() -> None:
    assert write_xliff21(SAMPLE).decode() == (GOLDEN / "sample-2.1.xlf").read_text(encoding="utf-8")


def test_the_golden_file_brings_the_sample_back() -> None:
    file = read_xliff((GOLDEN / "sample-2.1.xlf").read_bytes(), NAME)
    assert returned_meanings(file) == meanings(SAMPLE)
    assert (file.domain, file.target) == ("faq", Locale.parse("de"))


def test_a_unit_points_to_its_line() -> None:
    data = write_xliff21(SAMPLE)
    lines = data.decode().split("\n")
    for found in read_xliff(data, NAME).units:
        assert f'name="{found.id}' in lines[found.location.line - 1]


def test_a_placeholder_says_what_it_is_and_what_a_reader_sees() -> None:
    sample = replace(outgoing_unit("A{cite1} <a1>b</a1>"), display={"cite1": "4,5", "a1": "/about"})
    data = write_xliff21(outgoing_file(sample)).decode()
    assert '<ph id="cite1" canCopy="no" canDelete="no" disp="4,5" equiv="{cite1}"/>' in data
    assert '<pc id="a1" canCopy="no" canDelete="no" type="link" dispStart="/about"' in data


def test_a_part_has_the_same_id_in_both_languages() -> None:
    sample = outgoing_unit(
        "IL-2 <em>a</em> <strong>b</strong> Proleukin", "Proleukin <strong>b</strong> <em>a</em> IL-2"
    )
    data = write_xliff21(outgoing_file(sample)).decode()
    for part in (
        '<pc id="em"',
        '<pc id="strong"',
        '<mrk id="_1" translate="no">IL-2',
        '<mrk id="_2" translate="no">Prol',
    ):
        assert data.count(part) == 2


def test_what_xml_cannot_hold_is_refused() -> None:
    with pytest.raises(Refused, match=r"messages/faq\.md: error: has the character U\+0007, which XML cannot hold"):
        write_xliff21(outgoing_file(OutgoingUnit(id="one", sources=((Text("a\x07b"),),))))


# ---- states


@pytest.mark.parametrize(
    ("state", "fuzzy"),
    [
        ('state="translated"', False),
        ('state="reviewed"', False),
        ('state="final" subState="x:y"', False),
        ('state="initial"', True),
        ('state="initial" subState="gettext:fuzzy"', True),
        ("", True),
        ('state="x"', True),
    ],
)
def test_only_a_state_that_says_done_is_done(state: str, fuzzy: bool) -> None:
    assert returned(text("Ja", state)).fuzzy is fuzzy


@pytest.mark.parametrize("target", ["", "<target/>"])
def test_an_entry_without_words_is_untranslated_and_not_fuzzy(target: str) -> None:
    found = returned(file(unit(f'<segment state="initial"><source>A</source>{target}</segment>')))
    assert (found.targets, found.fuzzy) == (("",), False)


# ---- inline elements

READ = {
    "as it was": ('<ph id="cite1" equiv="{cite1}"/><pc id="a1">x</pc>', "{cite1}<a1>x</a1>"),
    "placeholder without equiv": ('<ph id="cite1"/>', "{cite1}"),
    "placeholder under another id": ('<ph id="17" equiv="{cite1}"/>', "{cite1}"),
    "placeholder turned into text": ("Ja{cite1}.", "Ja{cite1}."),
    "tags turned into text": ("&lt;a1&gt;x&lt;/a1&gt;", "<a1>x</a1>"),
    "braces of a translator": ("{x} { }", "{{x}} {{ }}"),
    "a copy": ('<pc id="9" copyOf="strong" equivStart="&lt;strong&gt;">x</pc>', "<strong>x</strong>"),
    "a span as a pair": ('<sc id="a1"/>x<ec startRef="a1"/>', "<a1>x</a1>"),
    "a pair told by equiv": ('<sc id="7" equiv="&lt;a1&gt;"/>x<ec startRef="7" equiv="&lt;/a1&gt;"/>', "<a1>x</a1>"),
    "an end by itself": ('x<ec id="a1" isolated="yes"/>', "x</a1>"),
    "names": ('<mrk id="_1" translate="no">Proleukin</mrk> ist', "Proleukin ist"),
    "marks of a tool": ('<sm id="m1" type="comment"/>x<em startRef="m1"/>', "x"),
    "white space": (" \n\t Ja\u00a0! \u2028 ", " \n\t Ja\u00a0! \u2028 "),
}


@pytest.mark.parametrize(("target", "expected"), READ.values(), ids=READ)
def test_what_tools_make_of_a_text_is_read_as_what_it_was(target: str, expected: str) -> None:
    found = returned(text(target))
    assert found.source == SOURCE_TEXT
    assert found.targets == (expected,)


NOT_READ = {
    "unknown placeholder": ('<ph id="cite9" equiv="{cite9}"/>', '<ph id="cite9"> is not in the source of this entry'),
    "foreign code": ('<ph id="1"/>', '<ph id="1"> is not in the source of this entry'),
    "unknown span": ('<pc id="script">x</pc>', '<pc id="script"> is not in the source of this entry'),
    "end of nothing": ('<ec startRef="7"/>', "<ec> is not in the source of this entry"),
    "code point": ('<cp hex="0007"/>', "<cp> inside a text is not known here"),
    "a tool's own": ("<x:b>x</x:b>", "<urn:example:tool b> inside a text is not known here"),
}


@pytest.mark.parametrize(("target", "message"), NOT_READ.values(), ids=NOT_READ)
def test_what_cannot_be_told_is_refused_at_its_place(target: str, message: str) -> None:
    finding = refusal(text(target))
    assert finding.message == message
    assert (finding.location.line, finding.entry) == (3, ID)


# ---- segments


def segment(source: str, target: str = "", state: str = "translated", order: int = 0) -> str:
    place = f' order="{order}"' if order else ""
    shown = f"<target{place}>{target}</target>" if target else ""
    return f'<segment state="{state}"><source>{source}</source>{shown}</segment>'


SPACE = "<ignorable><source> </source></ignorable>"


def test_segments_of_a_tool_are_one_text_again() -> None:
    found = returned(file(unit(segment("One.", "Eins.") + SPACE + segment("Two.", "Zwei."))))
    assert (found.source, found.targets, found.fuzzy) == ("One. Two.", ("Eins. Zwei.",), False)


def test_segments_stand_in_the_order_that_the_translation_says() -> None:
    inside = segment("One.", "Eins.", order=3) + SPACE + segment("Two.", "Zwei.", order=1)
    assert returned(file(unit(inside))).targets == ("Zwei. Eins.",)


def test_what_stands_between_segments_may_be_translated_too() -> None:
    between = "<ignorable><source> </source><target>\u00a0</target></ignorable>"
    found = returned(file(unit(segment("One.", "Eins.") + between + segment("Two.", "Zwei."))))
    assert found.targets == ("Eins.\u00a0Zwei.",)


def test_a_span_over_two_segments_is_one_span() -> None:
    begin, end = '<sc id="a1"/>', '<ec startRef="a1"/>'
    inside = segment(f"{begin}One.", f"{begin}Eins.") + segment(f"Two.{end}", f"Zwei.{end}")
    found = returned(file(unit(inside)))
    assert (found.source, found.targets) == ("<a1>One.Two.</a1>", ("<a1>Eins.Zwei.</a1>",))


@pytest.mark.parametrize("second", [segment("Two."), segment("Two.", "Zwei.", "initial")], ids=["empty", "initial"])
def test_one_unfinished_segment_makes_the_entry_unfinished(second: str) -> None:
    assert returned(file(unit(segment("One.", "Eins.") + SPACE + second))).fuzzy


def test_segments_without_translations_are_no_translation() -> None:
    found = returned(file(unit(segment("One.") + SPACE + segment("Two."))))
    assert (found.targets, found.fuzzy) == (("",), False)


# ---- entries


def test_notes_of_others_are_comments_wherever_a_tool_puts_them() -> None:
    notes = (
        '<notes><note category="developer">ours</note><note category="location">ours</note>'
        '<note category="previous-source">ours</note><note category="translator">one\ntwo</note>'
        "<note>three</note></notes>"
    )
    inside = f"{notes}<segment><source>A</source><notes><note>four</note><note> </note></notes></segment>"
    assert returned(file(unit(inside))).comments == ("one", "two", "three", "four")


def test_an_entry_without_a_name_is_known_by_its_id() -> None:
    assert returned(file(unit(segment("A"), attributes=""))).id == ID


def test_plural_forms_are_found_where_a_tool_has_taken_group_and_names_away() -> None:
    sample = OutgoingUnit(id="n", sources=(pattern("{count} day"), pattern("days")), targets=(pattern("日 {count}"),))
    lines = write_xliff21(outgoing_file(sample, target="ja")).decode().split("\n")
    data = "\n".join(line for line in lines if "group" not in line).replace('name="n[0]"', "")
    found = returned(data)
    assert (found.id, found.source, found.plural, found.targets) == ("n", "{count} day", "days", ("日 {count}",))


@pytest.mark.parametrize(("target", "expected"), [("ar", ("one day", "days")), ("ja", ("days", "days"))])
def test_the_english_is_told_from_the_forms_where_a_tool_has_taken_the_metadata_away(
    target: str, expected: tuple[str, str]
) -> None:
    sample = OutgoingUnit(id="n", sources=(pattern("one day"), pattern("days")))
    data = write_xliff21(outgoing_file(sample, target=target)).decode()
    found = returned("\n".join(line for line in data.split("\n") if "mda:meta" not in line))
    assert (found.source, found.plural) == expected


NOT_A_FILE = {
    "another root": (
        f'<html version="2.1" xmlns="{NAMESPACE}"/>',
        f"is not XLIFF 1.2 or 2.1, but html 2.1 {NAMESPACE}",
    ),
    "XLIFF 3": (f'<xliff version="3.0" xmlns="{NAMESPACE}"/>', f"is not XLIFF 1.2 or 2.1, but xliff 3.0 {NAMESPACE}"),
    "no file": (f'<xliff version="2.1" xmlns="{NAMESPACE}"/>', "has 0 <file> elements instead of one"),
    "another language": (file("", 'trgLang="german"'), "trgLang is german, which is no locale of ours"),
    "entry twice": (file(unit(segment("A")) * 2), "stands twice in the file"),
    "no segment": (file(unit("")), "has no source"),
    "no source": (file(unit("<segment><target>B</target></segment>")), "has no source"),
    "no id": (file(f"<unit>{segment('A')}</unit>"), "an entry has no id that is one of ours"),
}


@pytest.mark.parametrize(("data", "message"), NOT_A_FILE.values(), ids=NOT_A_FILE)
def test_a_file_that_is_none_of_ours_is_refused(data: str, message: str) -> None:
    assert refusal(data).message == message


def test_xliff_2_0_is_read_as_well() -> None:
    assert returned(text("Ja").replace('version="2.1"', 'version="2.0"')).targets == ("Ja",)
