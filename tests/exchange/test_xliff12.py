"""XLIFF 1.2: what is written, and what is made of it when tools have been at work on it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.exchange import units
from pipeline.exchange.xliff import read_xliff
from pipeline.exchange.xliff12 import NAMESPACE, write_xliff12
from pipeline.model.exchange import OutgoingUnit, ReturnedUnit
from pipeline.model.finding import Finding, Refused
from pipeline.model.locale import Locale
from pipeline.model.pattern import Text
from tests.exchange.samples import SAMPLE, meanings, outgoing_file, outgoing_unit, pattern, returned_meanings

GOLDEN = Path(__file__).parent / "golden"
NAME = "back.xlf"
ID = "how-it-works/answer/1"


def returned(data: str | bytes) -> ReturnedUnit:
    """The one unit of a file."""
    (unit,) = read_xliff(data.encode() if isinstance(data, str) else data, NAME).units
    return unit


def refusal(data: str | bytes) -> Finding:
    """The one finding that a file is refused with."""
    with pytest.raises(Refused) as caught:
        read_xliff(data.encode() if isinstance(data, str) else data, NAME)
    (finding,) = caught.value.findings
    assert finding.rule == "exchange"
    assert finding.location.file == NAME
    assert finding.hint
    return finding


def trans_unit(inside: str, attributes: str = "", identifier: str = ID) -> str:
    return f'<trans-unit id="{identifier}" {attributes}>{inside}</trans-unit>'


def file(body: str, attributes: str = 'source-language="en-US" target-language="de"') -> str:
    """A file as some tool might write it, with the body in its fourth line."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<xliff xmlns="{NAMESPACE}" xmlns:x="urn:example:tool" version="1.2">
<file original="faq" datatype="plaintext" {attributes}><body>
{body}
</body></file></xliff>"""


def text(target: str, source: str = "", state: str = "") -> str:
    """A file with one entry that has a citation, a link and two strong parts."""
    shown = source or (
        'A<ph id="cite1">{cite1}</ph> <g id="a1">more</g> <g id="strong">b</g> <g id="strong:2">c</g> {literal}'
    )
    return file(trans_unit(f"<source>{shown}</source><target {state}>{target}</target>"))


# ---- writing


def test_the_sample_is_written_as_in_the_golden_file() -> None:
    assert write_xliff12(SAMPLE).decode() == (GOLDEN / "sample-1.2.xlf").read_text(encoding="utf-8")


def test_the_golden_file_brings_the_sample_back() -> None:
    file = read_xliff((GOLDEN / "sample-1.2.xlf").read_bytes(), NAME)
    assert returned_meanings(file) == meanings(SAMPLE)
    assert (file.domain, file.target) == ("faq", Locale.parse("de"))


def test_a_unit_points_to_its_line() -> None:
    data = write_xliff12(SAMPLE)
    lines = data.decode().split("\n")
    for unit in read_xliff(data, NAME).units:
        assert unit.location.file == NAME
        assert f'id="{unit.id}' in lines[unit.location.line - 1]


def test_languages_are_written_in_bcp_47() -> None:
    data = write_xliff12(replace(outgoing_file(), target=Locale.parse("zh_Hant_TW"))).decode()
    assert 'source-language="en-US" target-language="zh-Hant-TW"' in data
    assert read_xliff(data.encode(), NAME).target == Locale.parse("zh_Hant_TW")


def test_names_are_marked_as_whole_words_alone() -> None:
    unit = outgoing_unit(
        "Proleukin, IL-2s IL-2-like Proleukins mM MM (IL-20)", "IL-2を Proleukinem Proleukin是 <em>mM</em>"
    )
    data = write_xliff12(outgoing_file(unit)).decode()
    source, target = (line for line in data.split("\n") if "<source>" in line or "<target" in line)
    marked = '<mrk mtype="protected">{}</mrk>'
    assert source.count("<mrk") == 3
    assert all(marked.format(name) in source for name in ("Proleukin", "IL-2", "mM"))
    assert f"{marked.format('IL-2')}-like" in source
    assert target.count("<mrk") == 3
    assert f"{marked.format('IL-2')}を Proleukinem {marked.format('Proleukin')}是" in target


def test_each_plural_form_says_what_it_is_for() -> None:
    unit = OutgoingUnit(id="n", sources=(pattern("{count} day"), pattern("{count} days")))
    data = write_xliff12(outgoing_file(unit, target="pl")).decode()
    assert "Plural form 1 of 3, for 1<" in data
    assert "Plural form 2 of 3, for 2, 3, 4, 22, 23 ...<" in data
    assert "Plural form 3 of 3, for 0, 5, 6, 7, 8 ...<" in data
    assert "Plural form 1 of 1, for every number<" in write_xliff12(outgoing_file(unit, target="ja")).decode()


def test_the_form_for_one_shows_the_singular_wherever_it_stands() -> None:
    """Arabic has the form for none before the form for one."""
    unit = OutgoingUnit(id="n", sources=(pattern("one day"), pattern("days")))
    lines = write_xliff12(outgoing_file(unit, target="ar")).decode().split("\n")
    sources = [line.strip() for line in lines if "<source>" in line]
    days = "<source>days</source>"
    assert sources == [days, "<source>one day</source>", days, days, days, days]


def test_what_xml_cannot_hold_is_refused_with_every_entry_that_has_it() -> None:
    bad = outgoing_file(
        OutgoingUnit(id="one", sources=((Text("a\x07b"),),)),
        outgoing_unit("fine", identifier="two"),
        replace(outgoing_unit("fine", identifier="three"), comments=("\x1b",)),
    )
    with pytest.raises(Refused) as caught:
        write_xliff12(bad)
    assert [(found.entry, found.message) for found in caught.value.findings] == [
        ("one", "has the character U+0007, which XML cannot hold"),
        ("three", "has the character U+001B, which XML cannot hold"),
    ]


# ---- states

STATES = [
    ('state="translated"', False),
    ('state="final"', False),
    ('state="signed-off"', False),
    ("", False),
    ('state-qualifier="exact-match"', False),
    ('state-qualifier="id-match"', False),
    ('state="translated" state-qualifier="leveraged-tm"', False),
    ('state="new"', True),
    ('state="needs-translation"', True),
    ('state="needs-review-translation"', True),
    ('state="needs-review-l10n"', True),
    ('state="needs-adaptation"', True),
    ('state="x-something-else"', True),
    ('state-qualifier="fuzzy-match"', True),
    ('state-qualifier="mt-suggestion"', True),
    ('state-qualifier="leveraged-mt"', True),
]


@pytest.mark.parametrize(("state", "fuzzy"), STATES)
def test_only_a_state_that_says_done_is_done(state: str, fuzzy: bool) -> None:
    assert returned(text("Ja", state=state)).fuzzy is fuzzy


@pytest.mark.parametrize(
    ("attributes", "state", "fuzzy"),
    [('approved="no"', "", True), ('approved="yes"', "", False), ('approved="no"', 'state="translated"', False)],
)
def test_approval_counts_where_there_is_no_state(attributes: str, state: str, fuzzy: bool) -> None:
    unit = trans_unit(f"<source>A</source><target {state}>B</target>", attributes)
    assert returned(file(unit)).fuzzy is fuzzy


@pytest.mark.parametrize("target", ["", "<target/>", '<target state="new"></target>'])
def test_an_entry_without_words_is_untranslated_and_not_fuzzy(target: str) -> None:
    unit = returned(file(trans_unit(f"<source>A</source>{target}")))
    assert (unit.targets, unit.fuzzy) == (("",), False)


# ---- inline elements

SOURCE_TEXT = "A{cite1} <a1>more</a1> <strong>b</strong> <strong>c</strong> {{literal}}"

READ = {
    "as it was": ('<ph id="cite1">{cite1}</ph><g id="a1">x</g>', "{cite1}<a1>x</a1>"),
    "placeholder without content": ('<ph id="cite1"/>', "{cite1}"),
    "placeholder with other content": ('<ph id="cite1">[1]</ph>', "{cite1}"),
    "placeholder as x": ('<x id="cite1"/>', "{cite1}"),
    "placeholder under another id": ('<ph id="17">{cite1}</ph>', "{cite1}"),
    "placeholder turned into text": ("Ja{cite1}.", "Ja{cite1}."),
    "tags turned into text": ("&lt;a1&gt;x&lt;/a1&gt;", "<a1>x</a1>"),
    "braces of a translator": ("{x} { } {{cite9}}", "{{x}} {{ }} {{{{cite9}}}}"),
    "a placeholder in braces": ("{{cite1}}", "{{{cite1}}}"),
    "a second occurrence": ('<g id="strong:2">x</g><g id="strong">y</g>', "<strong>x</strong><strong>y</strong>"),
    "an occurrence too many": ('<g id="strong:3">x</g>', "<strong>x</strong>"),
    "a span as a pair": ('<bpt id="a1">&lt;a1&gt;</bpt>x<ept id="a1">&lt;/a1&gt;</ept>', "<a1>x</a1>"),
    "a span as a pair with other content": ('<bpt id="a1">{1&gt;</bpt>x<ept id="a1">&lt;1}</ept>', "<a1>x</a1>"),
    "a span as a pair with rid": ('<bpt id="a1" rid="5"/>x<ept id="9" rid="5"/>', "<a1>x</a1>"),
    "a span as a pair told by content": ('<bpt id="1">&lt;a1&gt;</bpt>x<ept id="1">&lt;/a1&gt;</ept>', "<a1>x</a1>"),
    "a span as an empty pair": ('<bx id="a1"/>x<ex id="a1"/>', "<a1>x</a1>"),
    "an empty pair with rid": ('<bx id="a1" rid="1"/>x<ex id="2" rid="1"/>', "<a1>x</a1>"),
    "halves": ('<it id="a1" pos="open">&lt;a1&gt;</it>x<it id="2" pos="close">&lt;/a1&gt;</it>', "<a1>x</a1>"),
    "pairs in one another": (
        '<bx id="a1"/>x<bx id="strong"/>y<ex id="strong"/><ex id="a1"/>',
        "<a1>x<strong>y</strong></a1>",
    ),
    "names": ('<mrk mtype="protected">Proleukin</mrk> ist', "Proleukin ist"),
    "segments": ('<mrk mtype="seg" mid="1">Eins. </mrk><mrk mtype="seg" mid="2">Zwei.</mrk>', "Eins. Zwei."),
    "a segment in a span": ('<g id="a1"><mrk mtype="seg" mid="1">x</mrk></g>', "<a1>x</a1>"),
    "terms": ('<mrk mtype="term">x</mrk><mrk mtype="x-whatever">y</mrk>', "xy"),
    "white space": (" \n\t Ja\u00a0! \u2028 ", " \n\t Ja\u00a0! \u2028 "),
    "comments and sections": ("a<!-- b -->c<![CDATA[<d>{]]>", "ac<d>{{"),
}


@pytest.mark.parametrize(("target", "expected"), READ.values(), ids=READ)
def test_what_tools_make_of_a_text_is_read_as_what_it_was(target: str, expected: str) -> None:
    unit = returned(text(target))
    assert unit.source == SOURCE_TEXT
    assert unit.targets == (expected,)


NOT_READ = {
    "unknown placeholder": ('<ph id="cite9">{cite9}</ph>', '<ph id="cite9"> is not in the source of this entry'),
    "foreign code": ('<x id="1"/>', '<x id="1"> is not in the source of this entry'),
    "no id": ("<ph/>", "<ph> is not in the source of this entry"),
    "unknown span": ('<g id="script">x</g>', '<g id="script"> is not in the source of this entry'),
    "span for a placeholder": ('<g id="cite1">x</g>', '<g id="cite1"> is not in the source of this entry'),
    "placeholder for a span": ('<x id="a1"/>', '<x id="a1"> is not in the source of this entry'),
    "end of nothing": ('<ex id="7"/>', '<ex id="7"> is not in the source of this entry'),
    "half of nothing": ('<it id="a1" pos="both">x</it>', '<it id="a1"> inside a text is not known here'),
    "text in a code": ('<ph id="cite1"><sub>x</sub></ph><sub>y</sub>', "<sub> inside a text is not known here"),
    "HTML": ("<script>alert(1)</script>", "<script> inside a text is not known here"),
    "a tool's own": ("<x:b>x</x:b>", "<urn:example:tool b> inside a text is not known here"),
    "tracked changes": ('<mrk mtype="x-sdl-deleted">x</mrk>', "the text has tracked changes"),
}


@pytest.mark.parametrize(("target", "message"), NOT_READ.values(), ids=NOT_READ)
def test_what_cannot_be_told_is_refused_at_its_place(target: str, message: str) -> None:
    finding = refusal(text(target))
    assert finding.message == message
    assert (finding.location.line, finding.entry) == (4, ID)


def test_everything_that_is_wrong_is_said_at_once() -> None:
    entries = "\n".join(
        trans_unit(f'<source>A</source><target><x id="{number}"/></target>', identifier=f"e{number}")
        for number in range(3)
    )
    with pytest.raises(Refused) as caught:
        read_xliff(file(entries).encode(), NAME)
    assert [(found.location.line, found.entry) for found in caught.value.findings] == [(4, "e0"), (5, "e1"), (6, "e2")]


# ---- entries


def test_the_segmented_source_and_alternatives_are_passed_over() -> None:
    inside = (
        '<source>A. B.</source><seg-source><mrk mtype="seg" mid="1">A. </mrk>B.</seg-source>'
        "<target>C. D.</target><alt-trans><source>X</source><target>Y</target><note>no</note></alt-trans>"
    )
    unit = returned(file(trans_unit(inside)))
    assert (unit.source, unit.targets, unit.comments) == ("A. B.", ("C. D.",), ())


def test_notes_of_others_are_comments() -> None:
    notes = (
        '<note from="developer">ours</note><note from="translator">one\ntwo</note><note>three</note>'
        '<note from="Anna">  four</note><note> </note>'
    )
    unit = returned(file(trans_unit(f"<source>A</source>{notes}")))
    assert unit.comments == ("one", "two", "three", "  four")


def test_a_remark_on_a_part_of_the_text_is_a_comment() -> None:
    unit = returned(text('<mrk mtype="x-comment" comment="is this right?">x</mrk>'))
    assert (unit.targets, unit.comments) == (("x",), ("is this right?",))


def test_an_entry_is_known_by_its_name_before_its_id() -> None:
    unit = trans_unit("<source>A</source>", f'resname="{ID}"', identifier="1")
    assert returned(file(unit)).id == ID


def forms(count: int, group: str = 'restype="x-gettext-plurals"') -> str:
    entries = "".join(
        trans_unit(f"<source>{'days' if n else 'day'}</source><target>{n}</target>", identifier=f"n[{n}]")
        for n in range(count)
    )
    return file(f"<group {group}>{entries}</group>")


def test_plural_forms_make_one_entry() -> None:
    unit = returned(forms(2))
    assert (unit.id, unit.source, unit.plural, unit.targets) == ("n", "day", "days", ("0", "1"))


def test_plural_forms_are_found_where_a_tool_has_taken_the_group_away() -> None:
    unit = OutgoingUnit(id="n", sources=(pattern("{count} day"), pattern("days")), targets=(pattern("日 {count}"),))
    lines = write_xliff12(outgoing_file(unit, target="ja")).decode().split("\n")
    data = "\n".join(line for line in lines if "group" not in line or "context-group" in line)
    back = returned(data)
    assert (back.id, back.source, back.plural, back.targets) == ("n", "{count} day", "days", ("日 {count}",))


SINGULAR = trans_unit("<source/>", identifier="n")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda data: data.replace("n[1]", "n[2]"), "does not have each plural form once, but 0, 2"),
        (lambda data: data.replace("n[1]", "n[0]"), "does not have each plural form once, but 0, 0"),
        (lambda data: data.replace("n[1]", "n"), "an entry has no id that is one of ours"),
        (lambda data: data.replace("</body>", f"{SINGULAR}</body>"), "stands twice in the file"),
    ],
)
def test_plural_forms_that_do_not_make_an_entry_are_refused(change: Callable[[str], str], message: str) -> None:
    assert refusal(change(forms(2))).message == message


NOT_A_FILE = {
    "another root": ("<html/>", "is not XLIFF 1.2 or 2.1, but html"),
    "no namespace": ('<xliff version="1.2"/>', "is not XLIFF 1.2 or 2.1, but xliff 1.2"),
    "XLIFF 1.1": (
        '<xliff version="1.1" xmlns="urn:oasis:names:tc:xliff:document:1.1"/>',
        "is not XLIFF 1.2 or 2.1, but xliff 1.1 urn:oasis:names:tc:xliff:document:1.1",
    ),
    "1.2 that says 2.1": (
        f'<xliff version="2.1" xmlns="{NAMESPACE}"/>',
        f"is not XLIFF 1.2 or 2.1, but xliff 2.1 {NAMESPACE}",
    ),
    "no file": (f'<xliff version="1.2" xmlns="{NAMESPACE}"/>', "has 0 <file> elements instead of one"),
    "two files": (
        f'<xliff version="1.2" xmlns="{NAMESPACE}"><file/><file/></xliff>',
        "has 2 <file> elements instead of one",
    ),
    "another language": (
        file("", 'target-language="klingon"'),
        "target-language is klingon, which is no locale of ours",
    ),
    "entry twice": (file(trans_unit("<source/>") * 2), "stands twice in the file"),
    "no source": (file(trans_unit("<target>B</target>")), "has no source"),
    "two targets": (file(trans_unit("<source/><target>B</target><target>C</target>")), "has two targets"),
    "no id": (file("<trans-unit><source>A</source></trans-unit>"), "an entry has no id that is one of ours"),
    "long text": (text("é" * 100_001), "has a text of more than 200,000 bytes"),
    "long note": (
        file(trans_unit(f"<source/><note>{'x' * 200_001}</note>")),
        "has a text of more than 200,000 bytes",
    ),
}


@pytest.mark.parametrize(("data", "message"), NOT_A_FILE.values(), ids=NOT_A_FILE)
def test_a_file_that_is_none_of_ours_is_refused(data: str, message: str) -> None:
    assert refusal(data).message == message


def test_a_file_with_too_many_entries_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(units, "UNITS_LIMIT", 3)
    entries = [trans_unit("<source/>", identifier=str(number)) for number in range(4)]
    assert len(read_xliff(file("".join(entries[:3])).encode(), NAME).units) == 3
    assert refusal(file("".join(entries))).message == "has more than 3 entries"


@pytest.mark.parametrize(
    ("attribute", "expected"),
    [
        ("", None),
        ('=""', None),
        ('="de"', "de"),
        ('="PT-br"', "pt_BR"),
        ('="zh_hans"', "zh_Hans"),
        ('="es-419"', "es_419"),
    ],
)
def test_the_language_is_read_in_whatever_case(attribute: str, expected: str | None) -> None:
    target = read_xliff(file("", attribute and f"target-language{attribute}").encode(), NAME).target
    assert target == (Locale.parse(expected) if expected else None)


def test_a_file_without_our_group_says_no_domain() -> None:
    assert read_xliff(file(trans_unit("<source/>")).encode(), NAME).domain == ""
