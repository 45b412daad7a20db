"""What the PO reader takes, what it refuses, and what it says then."""

import contextlib
import re
import shlex
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.catalog import Previous, State, Unit
from pipeline.model.finding import Finding, Refused
from pipeline.po import comments, read_po, reader
from pipeline.po.diagnose import FINDINGS_LIMIT, diagnose
from pipeline.po.integrity import ENTRIES_LIMIT
from tests.peers import require_package
from tests.po.samples import HEADER, ODD, RICH, catalog
from tests.properties import cases


def refused(data: bytes | str, name: str = "x.po") -> tuple[Finding, ...]:
    with pytest.raises(Refused) as caught:
        read_po(data.encode() if isinstance(data, str) else data, name)
    return caught.value.findings


def quick(text: str) -> tuple[tuple[Unit, ...], str] | None:
    return reader._read_usual(text.encode(), text)


def careful(text: str) -> tuple[tuple[Unit, ...], str]:
    reading = diagnose(text, "x.po")
    assert not reading.findings
    return reading.units, reading.tail


# ---- reading


def test_every_part_of_an_entry_is_read() -> None:
    units = read_po(RICH.encode(), "x.po").units
    assert [unit.id for unit in units] == ["one", "two", 'a "file"\t', "untranslated", "gone", "Gone too"]
    one, two, file, untranslated, gone, gone_too = units
    assert one.translator_comments == ("a translator's comment",)
    assert one.extracted_comments == ("an extracted one",)
    assert one.locations == ("messages/a.md:3", "messages/b.md:4")
    assert one.flags == ("python-brace-format",)
    assert (one.context, one.source, one.targets, one.line) == ("one", "One {a}", ("Eins {a}",), 15)
    assert two.previous == Previous(context="two", source="Tow")
    assert (two.source, two.targets, two.state) == ("Two\nlines\n", ("Zwei\nZeilen é\n",), State.FUZZY)
    assert file.plural == "files \\ more"
    assert file.targets == ('eine "Datei"', "mehrere Dateien")
    assert untranslated.previous == Previous(source="old", plural="olds")
    assert untranslated.state is State.UNTRANSLATED
    assert gone.obsolete
    assert gone.previous == Previous(source="gone old")
    assert gone_too.translator_comments == ("of the next",)
    assert gone_too.targets == ("Auch\t weg", "")


def test_the_header_is_a_unit_and_its_fields_are_known() -> None:
    read = read_po(RICH.encode(), "x.po")
    assert read.header.translator_comments == ("Translators of the example", "")
    assert read.header.flags == ("fuzzy",)
    assert read.fields["Language"] == "de"
    assert read.fields["Plural-Forms"] == "nplurals=2; plural=(n != 1);"


@pytest.mark.parametrize("text", [RICH, ODD, RICH.replace("\n", "\r\n"), RICH + "\n\n", HEADER])
def test_the_raw_texts_and_the_tail_make_up_the_file(text: str) -> None:
    read = read_po(text.encode(), "x.po")
    assert "".join([read.header.raw, *(unit.raw for unit in read.units), read.tail]) == text


def test_what_follows_the_last_entry_is_kept() -> None:
    assert read_po(RICH.encode(), "x.po").tail == "\n# after the last entry\n"


def test_line_numbers_are_those_of_the_keyword() -> None:
    lines = RICH.split("\n")
    for unit in read_po(RICH.encode(), "x.po").units:
        assert re.match(r"(#~ )?msg(ctxt|id) ", lines[unit.line - 1])


def test_legal_files_in_an_odd_layout_are_read() -> None:
    units = read_po(ODD.encode(), "x.po").units
    assert quick(ODD) is None
    assert [(unit.source, unit.targets) for unit in units] == [
        ("abc", ("x",)),
        ("p", ("AéA", "\a\b\f\v\r\t")),
        ("gone", ("weg\\",)),
        ("next", ("",)),
    ]
    assert units[0].translator_comments == ("far away",)
    assert units[3].translator_comments == ("about the next",)
    assert units[3].previous == Previous(source="x")


def test_carriage_returns_before_line_feeds_are_a_line_ending() -> None:
    text = RICH.replace("\n", "\r\n")
    windows, unix = read_po(text.encode(), "x.po"), read_po(RICH.encode(), "x.po")
    assert (windows.newline, unix.newline) == ("\r\n", "\n")
    assert [meaning(unit) for unit in windows.units] == [meaning(unit) for unit in unix.units]
    assert quick(text) == careful(text)


def meaning(unit: Unit) -> tuple[object, ...]:
    return (unit.key, unit.plural, unit.targets, unit.flags, unit.locations, unit.previous, unit.obsolete, unit.line)


def test_only_line_feeds_end_a_line() -> None:
    text = "a\x85b\u2028c\u2029d\xa0e\x0bf\x0cg\x1ch\ri"
    unit = read_po(catalog(f'#. {text[:-2]}\nmsgid "{text}"\nmsgstr "\x85{text} "\n'), "x.po").units[0]
    assert unit.source == text
    assert unit.targets == (f"\x85{text} ",)
    assert unit.extracted_comments == (text[:-2],)


def test_flags_of_several_lines_and_kinds_add_up() -> None:
    text = "#, fuzzy\n#, python-format,no-wrap\n#! c-format\n#= range: 0..10, x\n" + 'msgid "a"\nmsgstr "b"\n'
    unit = read_po(catalog(text), "x.po").units[0]
    assert unit.flags == ("fuzzy", "python-format", "no-wrap", "c-format", "range: 0..10", "x")


def test_a_flag_counts_without_a_comma_as_it_does_to_gettext() -> None:
    assert comments.read_comments("#, python-format fuzzy\n").flags == ("python-format", "fuzzy")


def test_file_names_with_spaces_stay_whole() -> None:
    text = '#: \u2068my file.md\u2069:3 b.md\n#:c.md:1\t\u2068d e\u2069\nmsgid "a"\nmsgstr "b"\n'
    assert read_po(catalog(text), "x.po").units[0].locations == ("my file.md:3", "b.md", "c.md:1", "d e")


def test_comments_keep_their_spaces_but_for_the_one_behind_the_marker() -> None:
    found = comments.read_comments("#\n# \n#  a \n#b\n#.\n#. c\n#.d\n#.  e\n")
    assert found.translator_comments == ("", "", " a ", "b")
    assert found.extracted_comments == ("", "c", "d", " e")


def test_a_template_may_keep_the_placeholders_of_its_header() -> None:
    text = HEADER.replace("UTF-8", "CHARSET").replace(
        "nplurals=2; plural=(n != 1)", "nplurals=INTEGER; plural=EXPRESSION"
    )
    text += 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] ""\nmsgstr[1] ""\n'
    assert read_po(text.encode(), "x.pot").units[0].plural == "b"
    assert read_po(re.sub('"Plural.*\n', "", text).encode(), "x.pot").units[0].plural == "b"
    assert {finding.rule for finding in refused(text)} == {"header", "encoding"}


def test_an_untranslated_or_fuzzy_entry_may_have_uneven_line_breaks() -> None:
    text = catalog(
        'msgid "a\\n"\nmsgstr ""\n', '#, fuzzy\nmsgid "b\\n"\nmsgstr "c"\n', '#~ msgid "d\\n"\n#~ msgstr "e"\n'
    )
    assert len(read_po(text, "x.po").units) == 3


def test_a_context_may_have_an_empty_message() -> None:
    unit = read_po(catalog('msgctxt "c"\nmsgid ""\nmsgstr "x"\n'), "x.po").units[0]
    assert unit.key == ("c", "")


def test_the_same_text_in_other_contexts_is_another_entry() -> None:
    text = catalog(*(f'{context}msgid "a"\nmsgstr "b"\n' for context in ("", 'msgctxt ""\n', 'msgctxt "c"\n')))
    assert [unit.context for unit in read_po(text, "x.po").units] == [None, "", "c"]


# ---- both ways


@pytest.mark.parametrize("text", [RICH, RICH.replace("\n", "\r\n"), HEADER, HEADER + "\n\n# end\n", "\n\n" + RICH])
def test_the_quick_and_the_careful_way_read_the_same(text: str) -> None:
    assert quick(text) is not None
    assert quick(text) == careful(text)


LINES = st.sampled_from(
    [
        *('msgid "a"', 'msgid "b\\n"', 'msgid ""', 'msgctxt "c"', 'msgstr "t"', 'msgstr ""', 'msgstr "t\\n"', '"more"'),
        *(
            'msgid_plural "s"',
            'msgstr[0] "u"',
            'msgstr[1] "v"',
            '"\\\\"',
            '"x\\"',
            '"',
            '""',
            '"n"',
            "# c",
            "#",
            "#. e",
        ),
        *(
            "#: f:1",
            "#: f:1 g",
            "#: \u2068f\u2069",
            "#: g\u2069",
            "#, fuzzy",
            "#, x, y",
            "#, a\\",
            "#. a\\",
            '#| msgid "a"',
            '#| "p"',
            '#| msgctxt "q"',
        ),
        *(
            '#~ msgid "o"',
            '#~ msgstr "r"',
            '#~ msgctxt "s"',
            '#~| msgid "w"',
            '#~ "z"',
            "#~",
            "#|",
            "",
            "",
            "",
            " ",
            "\f",
        ),
    ]
)


@cases(1000)
@given(st.lists(LINES, max_size=14), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", HEADER]))
def test_what_the_quick_way_takes_the_careful_one_reads_alike(lines: list[str], newline: str, header: str) -> None:
    """For any sequence of lines: if the quick way reads it, the careful way finds no fault and the same units."""
    text = (header + "".join(line + "\n" for line in lines)).replace("\n", newline)
    found = quick(text)
    if found is not None:
        assert found == careful(text)


_STRING = st.sampled_from(
    [
        *('"a"', '""', '"a b\\n"', '"\\"q\\""', '"a\\\\"', '""\n"a "\n"b"', '"a\\n"\n"\\tb"'),
        *('"\\x41"', '"a"b"', '"é\u2028"'),
    ]
)
_NOTE = st.sampled_from(
    [
        *("# c", "#", "#c", "#. e", "#.e", "#.", "#. e\\", "#: f:1", "#: f:1  g", "#:f", "#: \u2068f g\u2069:1"),
        *("#: f\tg", "#, fuzzy", "#, x, y", "#,x", "#= y", "#! z", "#, a\\"),
    ]
)


@st.composite
def entries(draw: st.DrawFn) -> str:
    """The text of one entry, sound or nearly so: the kinds of its lines in order, each in any of its spellings."""
    lines = (
        draw(st.lists(_NOTE, max_size=4)) if draw(st.booleans()) else [*draw(st.sampled_from([[], ["#. e"]])), "#: f"]
    )
    fields = [f"msgid {draw(_STRING)}"]
    if draw(st.booleans()):
        fields.insert(0, f"msgctxt {draw(_STRING)}")
    previous = [f"#| {line}" for field in fields for line in field.split("\n")] if draw(st.booleans()) else []
    if draw(st.booleans()):
        fields.append(f"msgstr {draw(_STRING)}")
    else:
        fields.append(f"msgid_plural {draw(_STRING)}")
        fields += [f"msgstr[{number}] {draw(_STRING)}" for number in draw(st.sampled_from([(0, 1), (0,), (1, 0)]))]
    if draw(st.integers(0, 4)) == 0:
        previous = [line.replace("#|", "#~|", 1) for line in previous]
        fields = [f"#~ {line}" for field in fields for line in field.split("\n")]
    return draw(st.sampled_from(["", "\n", "\n\n"])) + "".join(f"{line}\n" for line in [*lines, *previous, *fields])


@cases(300)
@given(st.lists(entries(), max_size=4), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\n", "# end\n", "#~\n"]))
def test_entries_in_any_spelling_are_read_alike_both_ways(found: list[str], newline: str, tail: str) -> None:
    """For any sequence of entries: if the quick way reads them, the careful way finds no fault and the same units."""
    text = (HEADER + "".join(found) + tail).replace("\n", newline)
    units = quick(text)
    if units is not None:
        assert units == careful(text)


@pytest.mark.thorough
@pytest.mark.parametrize("package", ["django", "sphinx"])
def test_published_catalogs_are_read_alike_both_ways(package: str) -> None:
    paths = sorted(require_package(package).rglob("*.po"))[::7]
    texts = [path.read_bytes().decode() for path in paths]
    taken = [text for text in texts if quick(text) is not None]
    assert len(taken) > len(texts) * 0.9 > 5
    for text in taken:
        assert quick(text) == careful(text)


@cases(1000)
@given(st.text(st.sampled_from('"\\n#~|, \nmsgidstrctx[0]\r\f\x04é\u2028')), st.sampled_from(["", HEADER]))
def test_no_text_makes_the_reader_fail_otherwise_than_by_refusing(text: str, header: str) -> None:
    """For any text: read whole, or refused with findings that have a line and a hint."""
    try:
        read = read_po((header + text).encode(), "x.po")
    except Refused as error:
        findings = error.findings
        assert findings
        assert all(finding.location.line and finding.hint for finding in findings)
    else:
        assert "".join([read.header.raw, *(unit.raw for unit in read.units), read.tail]) == header + text


@given(st.binary(max_size=200))
def test_no_bytes_make_the_reader_fail_otherwise_than_by_refusing(data: bytes) -> None:
    """For any bytes: refused, as none of them has a header."""
    assert refused(data)


# ---- refusing: one problem each, with its rule, its line and its entry

ENTRY = 'msgid "a"\nmsgstr "b"\n'

FAULTS = {
    "string not closed": ('msgid "a"\nmsgstr "b\n', "syntax", 8, "a", "not closed"),
    "string closed too early": ('msgid "a"\nmsgstr "b"c"\n', "syntax", 8, "a", "unexpected 'c'"),
    "string not opened": ('msgid "a"\nmsgstr b"\n', "syntax", 8, "a", "unexpected 'b'"),
    "last quote escaped": ('msgid "a"\nmsgstr "b\\"\n', "syntax", 8, "a", "not closed"),
    "next line like its rest": ('msgid "a"\nmsgstr "b\\"\n"n"\n', "syntax", 8, "a", "not closed"),
    "unknown escape": ('msgid "a"\nmsgstr "\\q"\n', "syntax", 8, "a", "\\q is no escape"),
    "escape for an apostrophe": ('msgid "a"\nmsgstr "\\\'"\n', "syntax", 8, "a", "is no escape"),
    "Unicode escape": ('msgid "a"\nmsgstr "\\u00e9"\n', "syntax", 8, "a", "\\u is no escape"),
    "bytes that are no text": ('msgid "a"\nmsgstr "\\303"\n', "syntax", 8, "a", "UTF-8"),
    "surrogate from bytes": ('msgid "a"\nmsgstr "\\355\\240\\200"\n', "syntax", 8, "a", "UTF-8"),
    "escaped NUL": ('msgid "a"\nmsgstr "x\\0y"\n', "syntax", 8, "a", "NUL"),
    "escaped context end": ('msgid "a"\nmsgstr "x\\4y"\n', "syntax", 8, "a", "EOT"),
    "context end": ('msgid "a"\nmsgstr "x\x04y"\n', "syntax", 8, "a", "EOT"),
    "no msgstr": ('msgid "a"\n\nmsgid "b"\nmsgstr "c"\n', "syntax", 9, "a", "ends after msgid"),
    "no msgstr at the end": (ENTRY + '\nmsgid "c"\n', "syntax", 11, "c", "ends after msgid"),
    "no forms": ('msgid "a"\nmsgid_plural "b"\n\n# c\n', "syntax", 10, "a", "ends after msgid_plural"),
    "msgstr where forms are due": ('msgid "a"\nmsgid_plural "b"\nmsgstr "c"\n', "syntax", 9, "a", "msgstr after"),
    "forms where msgstr is due": ('msgid "a"\nmsgstr[0] "c"\n', "syntax", 8, "a", "msgstr[] after msgid"),
    "context after msgid": ('msgid "a"\nmsgctxt "c"\nmsgstr "c"\n', "syntax", 8, "a", "ends after msgid"),
    "two msgstr": ('msgid "a"\nmsgstr "b"\nmsgstr "c"\n', "syntax", 9, "a", "msgstr after msgstr"),
    "keyword without string": ('msgid\nmsgstr "b"\n', "syntax", 8, "", "msgid has no string"),
    "last keyword without string": ('msgid "a"\nmsgstr\n\n# c\n', "syntax", 10, "a", "msgstr has no string"),
    "string without keyword": ('# c\n"a"\n' + ENTRY, "syntax", 8, "", "belongs to no keyword"),
    "keyword misspelt": ('msgid "a"\nmsgst "b"\n', "syntax", 8, "a", "unexpected 'msgst"),
    "domain": ('domain "x"\n' + ENTRY, "syntax", 7, "", "domain"),
    "first form not 0": ('msgid "a"\nmsgid_plural "b"\nmsgstr[1] "c"\n', "syntax", 9, "a", "msgstr[0] is due"),
    "gap in forms": (
        'msgid "a"\nmsgid_plural "b"\nmsgstr[0] ""\nmsgstr[2] ""\n',
        "syntax",
        10,
        "a",
        "msgstr[1] is due",
    ),
    "form ten": ('msgid "a"\nmsgid_plural "b"\nmsgstr[0] ""\nmsgstr[10] ""\n', "syntax", 10, "a", "msgstr[1] is due"),
    "huge index": (
        'msgid "a"\nmsgid_plural "b"\nmsgstr[' + "9" * 9000 + '] ""\n',
        *("syntax", 9, "a", "msgstr[0] is due"),
    ),
    "comment inside": ('msgid "a"\n# c\nmsgstr "b"\n', "syntax", 8, "a", "ends after msgid"),
    "comment behind": ('msgid "a" # c\nmsgstr "b"\n', "syntax", 7, "a", "unexpected '# c'"),
    "flag behind previous": ('#| msgid "x"\n#, fuzzy\n' + ENTRY, "syntax", 8, "", "ends after #| msgid"),
    "previous inside": ('msgid "a"\n#| msgid "x"\nmsgstr "b"\n', "syntax", 8, "a", "ends after msgid"),
    "previous without msgid": ('#| msgctxt "x"\n' + ENTRY, "syntax", 8, "", "ends after #| msgctxt"),
    "previous translation": ('#| msgid "x"\n#| msgstr "y"\n' + ENTRY, "syntax", 8, "", "in the previous source"),
    "previous continued live": ('#| msgid "x"\n"y"\n' + ENTRY, "syntax", 8, "", "begins unlike"),
    "half obsolete": ('#~ msgid "a"\nmsgstr "b"\n', "syntax", 8, "a", "only a part"),
    "half obsolete string": ('#~ msgid "a"\n"b"\n#~ msgstr "b"\n', "syntax", 8, "a", "begins unlike"),
    "previous live, entry obsolete": ('#| msgid "x"\n#~ msgid "a"\n#~ msgstr "b"\n', "syntax", 8, "", "only a part"),
    "comment in previous": ("#| # c\n" + ENTRY, "syntax", 7, "", "unexpected '# c'"),
    "continued line": ("# c \\\n#, fuzzy\n" + ENTRY, "syntax", 7, "", "backslash"),
    "continued string": ('msgid "a\\\nb"\nmsgstr "c"\n', "syntax", 7, "", "backslash"),
    "carriage return in a comment": ("# a\rb\n" + ENTRY, "syntax", 7, "", "carriage return"),
    "carriage return between lines": ('msgid "a"\rmsgstr "b"\n', "syntax", 7, "a", "carriage return"),
    "line separator outside": ("\u2028" + ENTRY, "syntax", 7, "", "unexpected '\\u2028"),
    "no-break space outside": ('msgid\xa0"a"\nmsgstr "b"\n', "syntax", 7, "", "unexpected '\\xa0"),
    "next line outside": ('msgid "a"\x85\nmsgstr "b"\n', "syntax", 7, "a", "unexpected '\\x85'"),
    "two entries in a line": ('msgid "a"\nmsgstr "b" msgid "c"\nmsgstr "d"\n', "syntax", 8, "a", "middle of a line"),
    "duplicate": (ENTRY + "\n" + ENTRY, "duplicate", 10, "a", "already in line 7"),
    "duplicate header": (HEADER, "duplicate", 7, "", "already in line 1"),
    "obsolete duplicate": (ENTRY + '\n#~ msgid "a"\n#~ msgstr "c"\n', "duplicate", 10, "a", "already in line 7"),
    "too few forms": ('msgid "a"\nmsgid_plural "b"\nmsgstr[0] ""\n', "plurals", 7, "a", "nplurals=2"),
    "too many forms": (
        'msgctxt "k"\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] ""\nmsgstr[1] ""\nmsgstr[2] ""\n',
        *("plurals", 7, "k", "nplurals=2"),
    ),
    "only msgid begins with a break": ('msgid "\\na"\nmsgstr "b"\n', "line-breaks", 7, "a", "all begin with"),
    "only msgstr ends with a break": ('msgid "a"\nmsgstr "b\\n"\n', "line-breaks", 7, "a", "all end with"),
    "a break as bytes": ('msgid "a"\nmsgstr "b\\012"\n', "line-breaks", 7, "a", "all end with"),
    "one form without break": (
        'msgid "a\\n"\nmsgid_plural "as\\n"\nmsgstr[0] "b\\n"\nmsgstr[1] "c"\n',
        *("line-breaks", 7, "a", "all end with"),
    ),
    "plural without break": (
        'msgid "a\\n"\nmsgid_plural "as"\nmsgstr[0] "b\\n"\nmsgstr[1] "c\\n"\n',
        *("line-breaks", 7, "a", "all end with"),
    ),
    "string too long": ('msgid "a"\nmsgstr "' + "é" * 100_001 + '"\n', "size", 7, "a", "200,000 bytes"),
}


LEAVE_A_SECOND_ENTRY_BROKEN = {"context after msgid", "previous inside"}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found_with_its_line_and_entry(fault: str) -> None:
    text, rule, line, entry, message = FAULTS[fault]
    findings = refused(HEADER + text)
    first = findings[0]
    assert (first.rule, first.location.file, first.location.line, first.entry.strip("\n")) == (
        rule,
        "x.po",
        line,
        entry,
    )
    assert message in first.message
    assert first.hint
    assert len(findings) == 1 or fault in LEAVE_A_SECOND_ENTRY_BROKEN


def test_all_problems_of_a_file_are_found_in_one_go() -> None:
    text = catalog(
        'msgid "a"\nmsgstr "\\q"\n',
        ENTRY,
        ENTRY,
        'msgid "p"\nmsgid_plural "ps"\nmsgstr[1] ""\n',
        'msgid "e"\nmsgstr "x\n"y\n',
        'msgid "m"\n',
        'msgid "n\\n"\nmsgstr "n"\n',
    )
    assert [(finding.rule, finding.location.line) for finding in refused(text)] == [
        *(("syntax", 8), ("duplicate", 13), ("syntax", 18), ("syntax", 21), ("syntax", 22), ("syntax", 26)),
        ("line-breaks", 26),
    ]


def test_one_slip_in_an_entry_gives_one_finding() -> None:
    text = catalog('msgid "a"\nmsgid_plurl "b"\nmsgstr[0] "c"\nmsgstr[1] "d"\n', ENTRY)
    assert [finding.location.line for finding in refused(text)] == [8]


# ---- refusing: header


@pytest.mark.parametrize(
    ("text", "rule", "message"),
    [
        ("", "header", "no header"),
        ("# only a comment\n", "header", "no header"),
        (ENTRY, "header", "no header"),
        (ENTRY + "\n" + HEADER, "header", "not the first entry"),
        ("".join(f"#~ {line}\n" for line in HEADER.strip().split("\n")), "header", "obsolete"),
        ('msgctxt "c"\n' + HEADER, "header", "no header"),
        ('msgid ""\nmsgstr "Language: de\\n"\n', "header", "which encoding"),
        ('msgid ""\nmsgstr ""\n', "header", "which encoding"),
        (HEADER.replace("Content-Type", "X-Content-Type"), "header", "which encoding"),
        (HEADER.replace("UTF-8", "UTF8"), "encoding", "charset=UTF8"),
        (HEADER.replace("UTF-8", "utf-8;"), "encoding", "charset=utf-8;"),
        (HEADER.replace("UTF-8", "CHARSET"), "encoding", "charset=CHARSET"),
        (HEADER.replace("UTF-8", "ISO-8859-1"), "encoding", "charset=ISO-8859-1"),
        (HEADER.replace("de\\n", "de charset=KOI8-R\\n"), "encoding", "charset=KOI8-R"),
        (HEADER.replace("(n != 1)", "(n !!= 1)"), "header", "Plural-Forms"),
        (HEADER.replace("(n != 1)", "n / 0"), "header", "divides by zero"),
        (HEADER.replace("(n != 1)", "n % 3"), "header", "gives 2"),
        (HEADER.replace("nplurals=2", "nplurals=0"), "header", "nplurals=0"),
        (HEADER.replace("nplurals=2", "nplurals=INTEGER"), "header", "not of the form"),
        (HEADER.replace("nplurals=2; ", ""), "header", "not of the form"),
        (HEADER.replace("1);", "1); import os"), "header", "not of the form"),
        (HEADER.replace("Language: de", "Language: de plural=0"), "header", "outside of the first"),
        (HEADER.replace("Plural-Forms", "Plural-Form"), "header", "outside of the first"),
        ('msgid ""\nmsgid_plural ""\nmsgstr[0] "Content-Type: text/plain; charset=UTF-8\\n"\n', "header", "a plural"),
    ],
)
def test_a_header_that_does_not_serve_is_refused(text: str, rule: str, message: str) -> None:
    findings = refused(text)
    assert [finding.rule for finding in findings] == [rule]
    assert message in findings[0].message


@pytest.mark.parametrize(
    ("language", "hint"),
    [
        ("de", "write Plural-Forms: nplurals=2; plural=(n != 1);"),
        ("de_AT", "write Plural-Forms: nplurals=2; plural=(n != 1);"),
        ("fr", "write Plural-Forms: nplurals=2; plural=(n > 1);"),
        ("xx", "write the Plural-Forms line that msginit makes for the language"),
        ("", "write the Plural-Forms line that msginit makes for the language"),
    ],
)
def test_a_wrong_or_missing_plural_rule_is_told_with_the_right_one(language: str, hint: str) -> None:
    header = HEADER.replace("Language: de", f"Language: {language}")
    (finding,) = refused(header.replace("(n != 1)", "n % 3"))
    assert finding.message == "Plural-Forms: nplurals=2 ends with form 1, but the expression gives 2"
    assert finding.hint == hint
    without = header.replace('"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n', "")
    (finding,) = refused(without + 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] ""\nmsgstr[1] ""\n')
    assert finding.message == "the entry has a plural, but the header has no Plural-Forms"
    assert finding.hint == hint


def test_a_broken_header_is_not_called_missing() -> None:
    assert [finding.rule for finding in refused(HEADER.replace('\\n"\n"Plural', '\\n\n"Plural'))] == ["syntax"]


def test_plurals_need_the_header_to_count_them() -> None:
    text = re.sub('"Plural-Forms.*\n', "", HEADER) + 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] "d"\n'
    assert [(finding.rule, finding.entry) for finding in refused(text)] == [("plurals", "a")]


def test_a_header_in_any_spelling_of_utf_8_is_taken() -> None:
    for charset in ("utf-8", "Utf-8"):
        assert read_po(HEADER.replace("UTF-8", charset).encode(), "x.po")


# ---- refusing: bytes


def test_the_way_to_convert_is_said_for_a_file_of_another_charset() -> None:
    text = HEADER.replace("UTF-8", "ISO-8859-1") + 'msgid "a"\nmsgstr "é"\n'
    name = "de/some file.po"
    (finding,) = refused(text.encode("latin-1"), name)
    assert (finding.rule, finding.location.line) == ("encoding", 8)
    assert finding.message == "byte 0xe9 is not UTF-8"
    quoted = shlex.quote(name)
    assert finding.hint == f"convert it: msgconv --to-code=UTF-8 {quoted} -o {quoted}"
    (finding,) = refused(text.encode().replace(b"\xc3\xa9", b"e"), name)
    assert f"msgconv --to-code=UTF-8 {quoted} -o {quoted}" in finding.hint


def test_bytes_that_are_not_utf_8_are_refused_whatever_the_header_says() -> None:
    for undecodable in (b"\xe9", b"\xc3", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf4\x90\x80\x80"):
        (finding,) = refused(HEADER.encode() + b"# a\n# " + undecodable + b"\n# " + undecodable + b"\n")
        assert (finding.rule, finding.location.line) == ("encoding", 8)
        assert finding.message == f"byte {undecodable[0]:#04x} is not UTF-8 (lines 8, 9)"
        assert "iconv -f WINDOWS-1252 -t UTF-8 x.po" in finding.hint


def test_a_file_of_another_encoding_is_told_once_however_many_lines_show_it() -> None:
    (finding,) = refused(HEADER.encode() + b"# \xe9\n" * 20)
    assert finding.location.line == 7
    assert finding.message == "byte 0xe9 is not UTF-8 (lines 7, 8, 9, 10, 11 and more)"


def test_a_file_that_ends_within_a_character_was_cut_off() -> None:
    for part in ("é".encode()[:1], "語".encode()[:2]):
        (finding,) = refused(HEADER.encode() + b'msgid "a"\nmsgstr "' + part)
        assert (finding.rule, finding.location.line) == ("encoding", 8)
        assert finding.message == "the file ends in the middle of a character"
        assert finding.hint == "it was cut off: get the whole file again"


def test_a_byte_order_mark_is_refused_with_the_way_to_remove_it() -> None:
    (finding,) = refused(b"\xef\xbb\xbf" + RICH.encode())
    assert finding.rule == "encoding"
    assert "sed -i '1s/^\\xEF\\xBB\\xBF//' x.po" in finding.hint


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_wide_encodings_are_refused(encoding: str) -> None:
    assert {finding.rule for finding in refused(RICH.encode(encoding))} == {"encoding"}


def test_a_nul_is_refused() -> None:
    (finding,) = refused(HEADER + 'msgid "a"\nmsgstr "b\0"\n')
    assert (finding.rule, finding.location.line) == ("encoding", 8)


# ---- bounds


def test_a_file_is_bounded_in_bytes() -> None:
    (finding,) = refused(HEADER.encode() + b"#" * reader.BYTES_LIMIT)
    assert finding.rule == "size"


def test_a_file_is_bounded_in_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ENTRIES_LIMIT == 100_000
    for module in ("reader", "diagnose"):
        monkeypatch.setattr(f"pipeline.po.{module}.ENTRIES_LIMIT", 100)
    entries = [f'msgid "{number}"\nmsgstr ""\n' for number in range(101)]
    assert len(read_po((HEADER + "".join(entries[:99])).encode(), "x.po").units) == 99
    assert any("more than 100 entries" in finding.message for finding in refused(HEADER + "".join(entries)))


def test_the_number_of_findings_is_bounded() -> None:
    assert len(refused(HEADER + "msgfoo\n" * 10_000)) == FINDINGS_LIMIT + 1


@pytest.mark.thorough
@pytest.mark.parametrize(
    "piece",
    [
        *(
            "\n",
            "#\n",
            "#, a\n",
            "#| msgid\n",
            "#~ \n",
            "#~| x\n",
            '"\n',
            '""\n',
            'msgid "\n',
            'msgid ""\n',
            "\\",
            '\\"',
        ),
        *(
            '"',
            " ",
            'msgid ""\nmsgstr ""\n',
            '#~ msgid ""\n#~ msgstr ""\n',
            'msgstr[0] ""\n',
            "#: \u2068",
            "#: a ",
            "\r\n",
        ),
        *('msgid "" ', "msgstr [", "\\x", "9", "# c\nmsgid ", 'msgid "a"\n"b"\n'),
    ],
)
def test_hostile_repetition_takes_time_in_proportion(piece: str) -> None:
    """Eight times the text takes about eight times the time; what is quadratic would take sixty-four times.

    Processor time, the smallest of three runs, and a bound of three times what is proportional.
    """
    assert seconds(piece * (80_000 // len(piece))) <= 24 * seconds(piece * (10_000 // len(piece))) + 0.02


def seconds(text: str) -> float:
    data = (HEADER + 'msgid "a"\n' + text).encode()
    runs = []
    for _ in range(3):
        begin = time.process_time()
        with contextlib.suppress(Refused):
            read_po(data, "x.po")
        runs.append(time.process_time() - begin)
    return min(runs)
