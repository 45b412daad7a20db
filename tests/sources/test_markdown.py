"""markdown: what of the source format is read as what, and what is refused, where, with which advice."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipeline.extract import extract
from pipeline.model.document import Document, ListBlock, Notice, Paragraph, Table
from pipeline.model.finding import Finding, Refused
from pipeline.model.message import Citation, Link, NoteMark
from pipeline.model.pattern import parse_pattern, plain
from pipeline.sources.markdown import read_document
from tests.repository import DOCUMENT, ROOT
from tests.sources.samples import (
    ANSWER_LINE,
    BIBLIOGRAPHY,
    BODY_LINE,
    ENTRY,
    FILE,
    FRONT,
    RICH,
    answer_refusals,
    calls,
    document,
    refusals,
)

# ---- what is read


def _sources(read: Document) -> dict[str, str]:
    return {message.id: message.source for message in read.messages()}


def test_a_document_says_of_itself_what_its_front_matter_says() -> None:
    read = document(f"{ENTRY}Yes.")
    assert (read.id, read.audience, read.status, read.updated) == ("flu", "patients", "sample", date(2026, 11, 22))
    assert (read.title.id, read.title.source, read.title.location.line) == ("title", "Questions about flu", 2)


def test_every_construct_of_the_subset_is_read() -> None:
    read = document(RICH.removeprefix(FRONT))
    assert _sources(read) == {
        "title": "Questions about flu",
        "lead/1": (
            "An <em>introduction</em> with <strong>several</strong> parts: 3 < 5, {{braces}}, 20% for all."
            " It goes on in a second line."
        ),
        "notice/first-things/1": "Call <em>the</em> emergency number.",
        "notice/first-things/2": "Do not wait.",
        "what-is-it/question": "What is <em>it</em>?",
        "what-is-it/answer/1": (
            "It is an infection.{cite1}{note1} <a1>Learn <strong>more</strong> about it</a1> and {note2}"
        ),
        "what-is-it/answer/2": "first, <strong>bold <em>and slanted</em> text</strong>",
        "what-is-it/answer/3": "second{cite1}",
        "what-is-it/answer/4": "with a paragraph of its own",
        "what-is-it/answer/5": "one",
        "what-is-it/answer/6": "two",
        "what-is-it/answer/7": "third, see <a1>the site</a1> or <a2>https://example.org/a</a2>",
        "costs/question": "Who pays?",
        "costs/answer/1": "who",
        "costs/answer/2": "how much {cite1}",
        "costs/answer/3": "when",
        "costs/answer/4": "you",
        "costs/answer/5": "<em>half</em> | more",
        "costs/answer/6": "now",
        "costs/answer/7": "me",
        "costs/answer/8": "it",
        "costs/answer/9": "5 < 6 {note1}",
        "notice/ask/1": "Ask first.",
        "all/question": "Is that all?",
        "all/answer/1": "Yes.",
        "footnote/ecog": "In a trial, 65% had <em>it</em>.{cite1}",
        "footnote/second": "A second note with <a1>a link</a1>.",
    }


def test_blocks_keep_their_shape() -> None:
    read = document(RICH.removeprefix(FRONT))
    lead, first = read.lead, read.entries[0].answer
    assert [type(block) for block in lead] == [Paragraph, Notice]
    assert [type(block) for block in first] == [Paragraph, ListBlock]
    items = first[1]
    assert isinstance(items, ListBlock)
    assert not items.ordered
    assert [[type(block) for block in item] for item in items.items] == [
        [Paragraph],
        [Paragraph, Paragraph, ListBlock],
        [Paragraph],
    ]
    inner = items.items[1][2]
    assert isinstance(inner, ListBlock)
    assert inner.ordered
    table, notice = read.entries[1].answer
    assert isinstance(table, Table)
    assert table.alignments == ("left", "center", "right")
    assert [len(row) for row in (table.header, *table.rows)] == [3, 3, 3]
    assert isinstance(notice, Notice)
    assert notice.id == "ask"


def test_entries_have_their_ids_and_markets() -> None:
    read = document(RICH.removeprefix(FRONT))
    assert [(entry.id, entry.markets) for entry in read.entries] == [
        ("what-is-it", ()),
        ("costs", ("US", "CA")),
        ("all", ()),
    ]


def test_placeholders_stand_for_what_the_author_wrote() -> None:
    read = document(RICH.removeprefix(FRONT))
    said = {message.id: message for message in read.messages()}
    assert said["what-is-it/answer/1"].placeholders == {
        "cite1": Citation(("two2", "one1")),
        "note1": NoteMark("ecog"),
        "a1": Link("/about"),
        "note2": NoteMark("second"),
    }
    assert said["what-is-it/answer/7"].placeholders == {
        "a1": Link("https://example.org/x?y=1&z=2"),
        "a2": Link("https://example.org/a"),
    }


def test_a_document_numbers_the_references_that_it_cites_in_the_order_of_the_bibliography() -> None:
    read = document(f"{ENTRY}First.[@four4; @two2] [^n]\n\n[^n]: Then.[@three3]")
    assert [(reference.key, reference.number) for reference in read.references] == [
        ("two2", 1),
        ("three3", 2),
        ("four4", 3),
    ]
    said = {message.id: message for message in read.messages()}["so/answer/1"].placeholders["cite1"]
    assert isinstance(said, Citation)
    assert read.citation_numbers(said) == (3, 1)


def test_footnotes_have_their_marks_in_the_order_of_first_use() -> None:
    read = document(f"{ENTRY}a[^late] b[^early] c[^late]\n\n[^early]: E\n\n[^late]: L")
    assert [(footnote.id, footnote.mark) for footnote in read.footnotes] == [("late", "*"), ("early", "†")]


def test_a_note_for_translators_goes_with_the_text_after_it_and_no_other() -> None:
    read = document(
        "<!-- translators: On the lead. -->\n\nLead.\n\nMore lead.\n\n<!-- translators: On the\n  question. -->\n\n"
        + ENTRY
        + "<!-- translators: One. -->\n<!-- translators: Two. -->\n\n- first\n- second\n"
    )
    assert {message.id: message.comments for message in read.messages() if message.comments} == {
        "lead/1": ("On the lead.",),
        "so/question": ("On the question.",),
        "so/answer/1": ("One. Two.",),
    }


def test_a_comment_among_authors_goes_nowhere() -> None:
    read = document(f"{ENTRY}Yes.\n\n<!-- Is that so?\n\nReally? -->\n\n<!-- Yes. --> <!-- It is. -->\n\nNo.")
    assert _sources(read) == {
        "title": "Questions about flu",
        "so/question": "Is it so?",
        "so/answer/1": "Yes.",
        "so/answer/2": "No.",
    }


def test_a_message_knows_its_line() -> None:
    read = document(RICH.removeprefix(FRONT))
    lines = RICH.split("\n")
    begin = {
        "lead/1": "An *introduction*",
        "notice/first-things/1": "Call *the*",
        "what-is-it/answer/3": "- second",
        "what-is-it/answer/6": "    2. two",
        "costs/answer/5": "| you",
        "footnote/ecog": "[^ecog]:",
        "all/question": "## Is that all?",
    }
    for message in read.messages():
        if message.id in begin:
            assert lines[message.location.line - 1].startswith(begin[message.id])


@pytest.mark.parametrize(
    ("written", "source"),
    [
        ("p < 0.05 and > 3", "p < 0.05 and > 3"),
        ("{braces}", "{{braces}}"),
        ("100\u00a0mg", "100\u00a0mg"),
        ("a\u2028b\u200fc", "a\u2028b\u200fc"),
        ("&copy; &amp; &#233;", "© & é"),
        (r"\*not emphasis\*", "*not emphasis*"),
        ("one\ntwo", "one two"),
        ("x[@one1] [^n]", "x{cite1}{note1}"),
        ("x [@one1;\n@two2] y", "x {cite1} y"),
        ("[a][r] [r] [r][]\n\n[r]: /x", "<a1>a</a1> <a2>r</a2> <a3>r</a3>"),
        ("**a *b* c**", "<strong>a <em>b</em> c</strong>"),
        ("a@example.org", "a@example.org"),
        ('"Quotes" -- and... dashes', '"Quotes" -- and... dashes'),
    ],
)
def test_a_text_is_taken_as_it_is_written(written: str, source: str) -> None:
    note = "\n\n[^n]: n" if "[^n]" in written else ""
    assert _sources(document(f"{ENTRY}{written}{note}"))["so/answer/1"] == source


def test_windows_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    windows = b"\xef\xbb\xbf" + RICH.replace("\n", "\r\n").encode()
    assert read_document(windows, FILE, BIBLIOGRAPHY) == read_document(RICH.encode(), FILE, BIBLIOGRAPHY)


# ---- what is refused: (the answer, line and column in it, what is said, what to do); a column of None says nothing

Case = tuple[str, int, int | None, str, str]

ANSWER_CASES: list[Case] = [
    # citations
    ("x [@zz]", 1, 3, "unknown citation key 'zz'", "add it to references.toml or mend the key"),
    ("some\nmore [@zz] text", 2, 6, "unknown citation key 'zz'", "add it to references.toml or mend the key"),
    ("- item\n- two [@zz]", 2, 7, "unknown citation key 'zz'", "add it to references.toml or mend the key"),
    ("| a |\n|---|\n| b [@zz] |", 3, 5, "unknown citation key 'zz'", "add it to references.toml or mend the key"),
    ("x [see @one1]", 1, 3, "[see @one1] is not a citation", "write [@key; @other-key]"),
    ("x [@one1, p. 3]", 1, 3, "[@one1, p. 3] is not a citation", "write [@key; @other-key]"),
    ("x [-@one1]", 1, 3, "[-@one1] is not a citation", "write [@key; @other-key]"),
    ("x @one1", 1, None, "a citation without brackets", "write [@key]"),
    ("x [@one1; @one1]", 1, 3, "[@one1; @one1] cites a reference twice", ""),
    ("x [@one1](/u)", 1, 3, "[@one1] runs into the next bracket", "put a space between them"),
    ("x [@one1][^n]\n\n[^n]: q", 1, 3, "[@one1] runs into the next bracket", "put a space between them"),
    # footnotes
    ("See[^x].", 1, 4, "the footnote [^x] is not defined", "add a paragraph [^x]: ..."),
    ("As in[^x]: yes.", 1, 6, "the footnote [^x] is not defined", "add a paragraph [^x]: ..."),
    ("a[^x]\n\n[^x]: n\n\n[^x]: m", 5, None, "the footnote [^x] is doubled", f"first in line {ANSWER_LINE + 2}"),
    ("a\n\n[^x]: n", 3, None, "nothing points to the footnote [^x]", "cite it or drop it"),
    ("a[^x]\n\n[^x]: n\n\n    more", 3, None, "the footnote [^x] is not one paragraph", ""),
    ("a[^x]\n\n[^x]: - n", 3, None, "the footnote [^x] is not one paragraph", ""),
    ("a[^X]\n\n[^X]: n", 3, None, "the footnote id 'X' cannot be used", "use a-z, 0-9 and -"),
    ("a[^x] b[^y]\n\n[^x]: n[^y]\n\n[^y]: m", 3, None, "a footnote inside a footnote", ""),
    ("a^[note] b", 1, 2, "a footnote inside the text", "write [^id] and define [^id]: below"),
    # links
    ("[a](javascript:x)", 1, 5, "the link target 'javascript:x' is not allowed", "use /path, #id, https:"),
    ("[a](//evil.example)", 1, 5, "the link target '//evil.example' is not allowed", "use /path, #id, https:"),
    ("[a](data:text/html,x)", 1, 5, "the link target 'data:text/html,x' is not allowed", "use /path, #id, https:"),
    ("[a](page.html)", 1, 5, "the link target 'page.html' is not allowed", "use /path, #id, https:"),
    ('[a](/x "t")', 1, 5, "a link with a title is outside the subset", ""),
    # inline text outside the subset
    ("![i](/x)", 1, None, "an image is outside the subset", "see docs/source-format.md"),
    ("a `c`", 1, None, "code is outside the subset", "see docs/source-format.md"),
    ("a  \nb", 1, None, "a line break is outside the subset", "see docs/source-format.md"),
    ("a\\\nb", 1, None, "a line break is outside the subset", "see docs/source-format.md"),
    ("a <b>c</b>", 1, 3, "raw HTML is outside the subset", "see docs/source-format.md"),
    ("a <!-- c --> b", 1, 3, "raw HTML is outside the subset", "see docs/source-format.md"),
    ("a &lt;b&gt;", 1, None, "text that looks like a tag", "write it in words"),
    ("H~2~O", 1, None, "^superscript^ and ~subscript~ are outside the subset", ""),
    ("x^2^", 1, None, "^superscript^ and ~subscript~ are outside the subset", ""),
    # blocks outside the subset
    ("```\nc\n```", 1, None, "a code block is outside the subset", "see docs/source-format.md"),
    ("x\n\n    c", 3, None, "an indented code block is outside the subset", "see docs/source-format.md"),
    ("> q", 1, None, "a block quotation is outside the subset", "see docs/source-format.md"),
    ("x\n\n***", 3, None, "a horizontal rule is outside the subset", "see docs/source-format.md"),
    ("<div>\n</div>", 1, 1, "raw HTML is outside the subset", "write Markdown"),
    ("<!-- c --> a", 1, 1, "raw HTML is outside the subset", "write Markdown"),
    ("- ## H {#h}", 1, None, "a heading inside another block", "entries are ## headings at the margin"),
    ("3. a\n4. b", 1, None, "a list that does not begin with 1", ""),
    ("0. a", 1, None, "a list that does not begin with 1", ""),
    # notices
    ("x\n\n::: {#n .notice}\n:::", 3, None, "the notice is empty", "write it"),
    ("x\n\n::: {#n .notice}\ny", 3, None, "the notice is not closed", "end it with a line :::"),
    ("x\n\n::: notice\ny\n:::", 3, None, "the notice has no id", "add {#id}"),
    ("x\n\n::: {.notice}\ny\n:::", 3, None, "the notice has no id", "add {#id}"),
    ("x\n\n::: {#so .notice}\ny\n:::", 3, None, "the id 'so' is doubled", "give each entry and notice its own id"),
    ("x\n\n::: {#n .warning}\ny\n:::", 3, None, "a fenced div that is not a notice", "write ::: {#id .notice}"),
    ("x\n\n::: {#n .notice k=1}\ny\n:::", 3, None, "a fenced div that is not a notice", "write ::: {#id .notice}"),
    ("::: {#n .notice}\ny\n:::", -1, None, "the answer is empty", "write it or drop the entry"),
    # notes for translators
    ("x\n\n<!-- translators: y -->", 3, None, "a note for translators with no text after it", "put it before the text"),
    # headings
    ("x\n\n### H {#h}\n\ny", 3, 1, "a heading of level 3", "entries are ## headings"),
    ("x\n\n# H {#h}\n\ny", 3, 1, "a heading of level 1", "entries are ## headings"),
]

# Whole bodies, with the line in the body.
BODY_CASES: list[Case] = [
    ("## Q?\n\na", 1, None, "the entry has no id", "add {#id}"),
    ("## Q? {#q} x\n\na", 1, None, "the entry has no id", "add {#id}"),
    ("## Q {#q\n\na", 1, None, "the entry has no id", "add {#id}"),
    ("## Q? {#q #r}\n\na", 1, None, "the entry has several ids", "add {#id}"),
    ("## Q? {#Q}\n\na", 1, None, "the id 'Q' cannot be used", "use a-z, 0-9 and -"),
    ("## Q? {#1}\n\na", 1, None, "the id '1' cannot be used", "a letter first"),
    ("## Q? {#title}\n\na", 1, None, "the id 'title' cannot be used", "use a-z, 0-9 and -"),
    ("## Q? {#faq-1}\n\na", 1, None, "the id 'faq-1' cannot be used", "not faq"),
    ("## Q? {#q}\n\na\n\n## R? {#q}\n\nb", 5, None, "the id 'q' is doubled (first in line 8)", "its own id"),
    ("## Q? {#q .c}\n\na", 1, None, "unknown attribute of an entry", 'use {#id} or {#id markets="US"}'),
    ("## Q? {#q market=US}\n\na", 1, None, "unknown attribute of an entry", 'use {#id} or {#id markets="US"}'),
    ('## Q? {#q markets=""}\n\na', 1, None, "markets='' is not a list of territories", 'markets="US CA"'),
    ('## Q? {#q markets="us"}\n\na', 1, None, "markets='us' is not a list of territories", 'markets="US CA"'),
    ("## {#q}\n\na", 1, None, "the question is empty", "write it"),
    ("## Q? {#q}\n\n## R? {#r}\n\nb", 1, None, "the answer is empty", "write it or drop the entry"),
    ("# Title\n\n## Q? {#q}\n\na", 1, 1, "a heading of level 1", "entries are ## headings"),
]


def _case_id(value: object) -> str:
    return value if isinstance(value, str) else ""


@pytest.mark.parametrize(("answer", "line", "column", "message", "hint"), ANSWER_CASES, ids=_case_id)
def test_what_is_wrong_in_an_answer_is_said_with_its_place_and_what_to_do(
    answer: str, line: int, column: int | None, message: str, hint: str
) -> None:
    _expect(answer_refusals(answer), ANSWER_LINE + line - 1, column, message, hint)


@pytest.mark.parametrize(("body", "line", "column", "message", "hint"), BODY_CASES, ids=_case_id)
def test_what_is_wrong_with_an_entry_is_said_with_its_place_and_what_to_do(
    body: str, line: int, column: int | None, message: str, hint: str
) -> None:
    _expect(refusals(FRONT + body), BODY_LINE + line - 1, column, message, hint)


def _expect(findings: tuple[Finding, ...], line: int, column: int | None, message: str, hint: str) -> None:
    found = [
        finding
        for finding in findings
        if finding.message.startswith(message)
        and finding.location.line == line
        and (column is None or finding.location.column == column)
    ]
    assert found, [str(finding) for finding in findings]
    assert hint in found[0].hint
    assert found[0].location.file == FILE


@pytest.mark.parametrize("body", ["", "\n\n", "Only an introduction.", "<!-- nothing -->"])
def test_a_document_without_an_entry_is_refused(body: str) -> None:
    assert [finding.message for finding in refusals(FRONT + body)] == ["no entry: the document asks no question"]


def test_the_front_matter_may_end_the_file() -> None:
    assert [finding.message for finding in refusals(FRONT.rstrip("\n"))] == ["no entry: the document asks no question"]


def test_all_errors_of_a_file_come_in_one_go_and_in_the_order_of_their_places() -> None:
    findings = refusals(
        FRONT
        + "Lead [@zz].\n\n# Wrong level\n\n`code`\n\n## Q? {#q}\n\n[a](x) and <i>\n\n"
        + "## R? {#q}\n\n> quoted\n\n[^x]: n\n"
    )
    lines = [finding.location.line - BODY_LINE + 1 for finding in findings]
    assert lines == sorted(lines)
    assert {(line, finding.message) for line, finding in zip(lines, findings, strict=True)} >= {
        (1, "unknown citation key 'zz'"),
        (3, "a heading of level 1"),
        (3, "the entry has no id"),
        (5, "code is outside the subset"),
        (9, "the link target 'x' is not allowed"),
        (9, "raw HTML is outside the subset"),
        (11, f"the id 'q' is doubled (first in line {BODY_LINE + 6})"),
        (13, "a block quotation is outside the subset"),
        (15, "nothing points to the footnote [^x]"),
    }


def test_errors_of_the_front_matter_and_of_the_body_come_in_one_go() -> None:
    findings = refusals(FRONT.replace("patients", "nobody") + ENTRY + "x [@zz]")
    assert [finding.message for finding in findings] == ["audience is 'nobody'", "unknown citation key 'zz'"]


@pytest.mark.parametrize(
    "title", ["a <b>bold</b> one", "'a\n\n  second line'", '"a\\0b"', '"a\\nb"', '"\\x04"', "H~2~O"]
)
def test_a_title_is_one_line_of_plain_text(title: str) -> None:
    assert refusals(FRONT.replace("Questions about flu", title) + ENTRY + "Yes.")


def _all_refusals() -> list[tuple[str, Finding]]:
    found = [(answer, finding) for answer, *_ in ANSWER_CASES for finding in answer_refusals(answer)]
    found += [(body, finding) for body, *_ in BODY_CASES for finding in refusals(FRONT + body)]
    return found


def test_every_error_says_what_to_do_next() -> None:
    assert sorted({finding.message for _, finding in _all_refusals() if not finding.hint}) == []


def test_every_error_has_its_line_and_column() -> None:
    located = {finding.message for _, finding in _all_refusals() if finding.location.line and finding.location.column}
    assert sorted({finding.message for _, finding in _all_refusals()} - located) == []


# ---- what must not slip through


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param("A\n\n<!-- a --> Never stop. <!-- b -->\n\nB", id="between two comments"),
        pytest.param("<!-- translators: a --> Never stop. <!-- b -->\n\nB", id="after a note for translators"),
        pytest.param("| a | b |\n|---|---|\n| 1 | 2 | Never stop. |", id="a cell too many"),
        pytest.param(
            "\n".join(f"{'  ' * depth}- x" for depth in range(12)) + "\n" + "  " * 12 + "- Never stop.",
            id="a deep list",
        ),
    ],
)
def test_a_text_is_read_or_refused_and_never_dropped(answer: str) -> None:
    try:
        read = document(ENTRY + answer)
    except Refused:
        return
    assert any("Never stop." in plain(message.pattern) for message in read.messages())


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param("a <b[^n]> c\n\n[^n]: n", id="a tag around a footnote mark"),
        pytest.param("a <b&\nc> d", id="a tag over a line end"),
        pytest.param("a {&lt;b&gt;} c", id="a tag between braces"),
        pytest.param("*a **b " * 5 + "x" + " c** d*" * 5, id="emphasis nested too deep"),
    ],
)
def test_every_text_that_is_read_can_be_translated(answer: str) -> None:
    """A translator may repeat the source: it must parse as its own message."""
    try:
        read = document(ENTRY + answer)
    except Refused:
        return
    _check(read)


def test_an_empty_table_cell_is_no_text_to_translate() -> None:
    """Nobody can translate it, and a text without translation stops its locale."""
    read = document(f"{ENTRY}| a | b |\n|---|---|\n| 1 |   |\n| 2 |")
    assert all(message.pattern for message in read.messages())


@pytest.mark.parametrize("character", ["\x01", "\x04", "\x1b", "\x7f", "\x85", "\u202e", "&#4;", "&#27;", "&#x202e;"])
def test_control_characters_are_refused_with_what_they_are(character: str) -> None:
    """PO files, HTML and XML cannot hold them, and an override of the direction lies to the reader."""
    findings = answer_refusals(f"a{character}b")
    assert findings
    assert any("character" in finding.message for finding in findings), [str(finding) for finding in findings]


def test_a_carriage_return_alone_shifts_no_line() -> None:
    findings = answer_refusals("one\rtwo\n\nthree [@zz]")
    assert [finding.location.line for finding in findings if "zz" in finding.message] in ([ANSWER_LINE + 2], [])
    assert findings


# ---- any document at all


def _check(read: Document) -> None:
    """What every stage after this one relies on."""
    messages = list(read.messages())
    ids = [message.id for message in messages]
    assert len(set(ids)) == len(ids)
    assert read.entries
    for message in messages:
        assert parse_pattern(message.source, atoms=message.atoms, spans=message.spans) == message.pattern
        assert message.atoms <= set(message.placeholders)
        assert message.location.file == FILE
        assert message.location.line >= 1
    assert len(extract(read)) == len(messages)
    for market in ("US", "DE"):
        read.market_messages(market)


def _accept(text: str) -> Document | None:
    """The document of a text; None if it is refused as it should be."""
    try:
        read = read_document(text.encode(errors="surrogatepass"), FILE, BIBLIOGRAPHY)
    except Refused as refused:
        _check_findings(refused.findings, text)
        return None
    _check(read)
    return read


def _check_findings(findings: tuple[Finding, ...], text: str) -> None:
    assert findings
    locations = [finding.location for finding in findings]
    assert locations == sorted(locations)
    lines = re.split(r"\r\n?|\n", text)
    for finding in findings:
        assert finding.message
        assert finding.location.file == FILE
        assert 0 <= finding.location.line <= len(lines)
        assert finding.location.column <= max(map(len, lines)) + 1


FRAGMENTS = (
    *(
        "# ",
        "## ",
        "## Q? {#q}\n\n",
        '## R? {#r markets="US"}\n\n',
        "### x\n",
        "{#id}",
        "{#q",
        "{",
        "}",
        "{{",
        "markets=",
    ),
    *(
        "- ",
        "1. ",
        "2. ",
        "    ",
        "  ",
        "\t",
        "> ",
        "```\n",
        "***\n",
        "---\n",
        "| a | b |\n|---|--:|\n",
        "| c |\n",
        "|",
    ),
    *("::: {#n .notice}\n", ":::\n", "::::\n", "::: notice\n", "<!-- c -->", "<!-- translators: t -->", "<!--", "-->"),
    *(
        "[@one1]",
        "[@one1; @two2]",
        "[@zz]",
        "[@",
        "@one1",
        ";",
        "[^n]",
        "[^m]",
        "[^n]: note\n",
        "[^m]: ",
        "^[x]",
        "^x^",
    ),
    *(
        "[a](/b)",
        "[a](x:y)",
        "[a][r]",
        "[r]: /x\n",
        "![i](/j)",
        "<https://a.b>",
        "[",
        "]",
        "(",
        ")",
        "!",
        "^",
        "~",
        ":",
    ),
    *("*", "**", "_", "`", "<b>", "</b>", "<", ">", "&lt;", "&amp;", "&#0;", "&#x4;", "\\", "\\\n", "  \n", "$", "="),
    *(
        "\n",
        "\n\n",
        "\n\n",
        "\r",
        "\r\n",
        "\0",
        "\x04",
        "\u00a0",
        "\u0085",
        "\u2028",
        "\ufeff",
        "\ud800",
        "é",
        "a",
        "b c",
    ),
    *("--- \n", "title: x\n", "&a ", "*a ", "!!str ", "...\n"),
)
pieces = st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=4)), max_size=40).map("".join)
any_document = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=120)


@any_document
@given(pieces)
@example("As in[^x]: yes.")
@example("{&lt;b&gt;}")
def test_any_answer_is_read_or_refused(answer: str) -> None:
    """Nothing but a Document that later stages can use, or Refused with places in the file."""
    _accept(FRONT + ENTRY + answer)


@any_document
@given(pieces)
@example("")
@example(FRONT.rstrip("\n"))
def test_any_text_is_read_or_refused(text: str) -> None:
    _accept(text)
    _accept(FRONT + text)


@any_document
@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for text in (data, FRONT.encode() + data, RICH.encode() + data):
        try:
            _check(read_document(text, FILE, BIBLIOGRAPHY))
        except Refused as refused:
            _check_findings(refused.findings, text.decode(errors="replace"))


def _mutations(text: str) -> st.SearchStrategy[str]:
    """The text with pieces of it cut out, doubled, moved or replaced."""
    place = st.integers(0, len(text))
    edit = st.tuples(
        place, st.integers(0, 60), st.one_of(st.sampled_from(FRAGMENTS), st.just(""), st.just(None)), place
    )

    def apply(edits: list[tuple[int, int, str | None, int]]) -> str:
        mutated = text
        for start, length, new, other in edits:
            piece = text[other : other + length] if new is None else new
            mutated = mutated[:start] + piece + mutated[start + length :]
        return mutated

    return st.lists(edit, min_size=1, max_size=4).map(apply)


@any_document
@given(_mutations(RICH))
def test_a_mutated_document_is_read_or_refused(text: str) -> None:
    _accept(text)


@settings(deadline=None, max_examples=30)
@given(_mutations((ROOT / DOCUMENT).read_text("utf-8")))
def test_a_mutation_of_the_reference_document_is_read_or_refused(text: str) -> None:
    _accept(text)


# Places in which an author may write; each `%` becomes a word that must not be lost.
SLOTS = (
    *("%", "% *%* **%**", "[%](/x)", "%[@one1] [^n]", "- %\n- %", "1. %\n\n    %", "- %\n    - %\n        - %"),
    *(
        "| % | % |\n|---|---|\n| % | % |",
        "| % |\n|---|\n| % | % |",
        "::: {#n%} .notice}\n%\n:::",
        "> %",
        "`%`",
        "    %",
    ),
    *("<!-- a --> % <!-- b -->", "<!-- translators: a --> % <!-- b -->", "<b>%</b>", "<p>\n%\n</p>", "% <i> %"),
    *(
        "[^%]: x",
        "[^n]: %",
        "^[%]",
        "![%](/x)",
        "%\n===",
        "%\n---",
        "### %",
        "- ## %",
        "%  \n%",
        "::: %\n%\n:::",
    ),
    *("- %\n%", "%\n- %", "%\n| % |\n|---|\n", "[@%]", "&%;", "\\%", "%\r%", "[^n]:\n    %", "[^n]: a\n\n    %"),
)


@any_document
@given(st.lists(st.sampled_from(SLOTS), min_size=1, max_size=6), st.sampled_from(["\n\n", "\n", "\n\n  ", "\n\n    "]))
def test_no_word_of_an_author_is_lost(slots: list[str], separator: str) -> None:
    """A document that is read has every word that stands outside of comments."""
    body = separator.join(slots)
    count = body.count("%")
    for number in range(count):
        body = body.replace("%", f"word{number}w", 1)
    read = _accept(FRONT + ENTRY + body)
    if read is not None:
        text = " ".join(f"{message.id} {plain(message.pattern)}" for message in read.messages())
        assert [number for number in range(count) if f"word{number}w" not in text] == []


# ---- time


@pytest.mark.thorough
@pytest.mark.parametrize(
    "text",
    [
        pytest.param(lambda n: "<!---->" * n + "x", id="comments side by side"),
        pytest.param(lambda n: "[" + "@" * n, id="an open citation"),
        pytest.param(lambda n: "[a@ " * n, id="many open citations"),
        pytest.param(lambda n: "^[" * n, id="many open footnotes"),
        pytest.param(lambda n: "[^" * n, id="many open footnote marks"),
        pytest.param(lambda n: "*a* " * n, id="emphasis"),
        pytest.param(lambda n: "a[@one1] " * n, id="citations"),
        pytest.param(lambda n: "a[@one1]\n" * n, id="citations in as many lines"),
        pytest.param(lambda n: "a[^x] " * n + "\n\n[^x]: n", id="footnote marks"),
        pytest.param(lambda n: "[a](/b) " * n, id="links"),
        pytest.param(lambda n: "[Is it so?] " * n, id="questions in brackets"),
        pytest.param(lambda n: "$5 ^ ~ @ \\* " * n, id="signs"),
        pytest.param(lambda n: "## a" + " " * n + "b {#q}\n\nx", id="spaces in a heading"),
        pytest.param(lambda n: "## a {" + "b" * n + "}\n\nx", id="an attribute"),
        pytest.param(lambda n: "a\n\n" * n, id="paragraphs"),
        pytest.param(lambda n: "- a\n" * n, id="items"),
        pytest.param(lambda n: "| a |\n|---|\n" + "| b |\n" * n, id="rows"),
    ],
)
def test_twice_the_text_takes_twice_the_work(text: Callable[[int], str]) -> None:
    """A source may have thousands of times this size; what takes quadratic time here takes hours there."""
    answer_refusals(text(2))
    once = calls(lambda: answer_refusals(text(400)))
    assert calls(lambda: answer_refusals(text(800))) < 2.3 * once
