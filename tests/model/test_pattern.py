"""pattern: strings to trees and back; nothing that a translator writes can become more than its message allows."""

import contextlib
import re
import time
from collections import Counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.model.pattern import (
    MAX_DEPTH,
    Atom,
    Part,
    Pattern,
    PatternError,
    Span,
    Text,
    _any_pattern,
    _usual_pattern,
    atoms,
    inventory,
    looks_like_tag,
    parse_pattern,
    plain,
    serialize,
    spans,
)

ATOMS = ("cite1", "cite2", "note1", "count")
SPANS = ("a1", "a2", "em", "strong")

# What may confuse a parser: its own signs, their look-alikes, and the white space that str.split takes for line ends.
PIECES = (
    *("{", "}", "{{", "}}", "<", ">", "</", "/>", "<!--", "-->", "<?", "&lt;", '"', "'", "%", "%s", "{0}", "{0.x}"),
    *("{cite1}", "{ cite1 }", "{cite1!r}", "{cite1:>9}", "{cite3}", "{}", "{note1}", "<em>", "</em>", "<EM>", "</ em>"),
    *("<a1>", "</a1>", '<a1 href="x">', "<a1/>", "<b>", "<script>", "<strong>", "</strong>", "< 0.05", "<3", "<5%"),
    *("\n", "\r", "\t", " ", "\u00a0", "\u0085", "\u2028", "\u200f", "\0", "é", "漢", "𝒳", "\ud800"),
)
# Invisible characters are refused wherever they stand: a test of its own says so.
visible = st.characters(exclude_categories=("Cc", "Cf", "Cs"))
strings = st.one_of(st.text(), st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3))).map("".join))

_TAG_BEGINS = re.compile(r"<[A-Za-z!?/]")
# What no text may hold: control characters, and those that turn the reading direction.
_INVISIBLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
texts = st.lists(st.one_of(st.sampled_from("{}<> ab05\u00a0\n"), st.text(visible, max_size=3)), min_size=1).map("".join)
plain_texts = (
    texts.map(lambda text: _INVISIBLE.sub("", text))
    .filter(lambda text: text and not _TAG_BEGINS.search(text))
    .map(Text)
)


def _joined(parts: list[Part]) -> Pattern:
    """The parts as a pattern: two texts side by side are one."""
    joined: list[Part] = []
    for part in parts:
        if isinstance(part, Text) and joined and isinstance(joined[-1], Text):
            joined[-1] = Text(joined[-1].value + part.value)
        else:
            joined.append(part)
    return tuple(joined)


def _patterns(depth: int = 4) -> st.SearchStrategy[Pattern]:
    leaves: list[st.SearchStrategy[Part]] = [plain_texts, st.sampled_from(ATOMS).map(Atom)]
    if depth:
        leaves.append(st.builds(Span, st.sampled_from(SPANS), _patterns(depth - 1)))
    parts = st.lists(st.one_of(leaves), max_size=4).map(_joined)
    # Two texts that are joined can make the beginning of a tag.
    return parts.filter(lambda pattern: not any(isinstance(p, Text) and _TAG_BEGINS.search(p.value) for p in pattern))


patterns = _patterns()


def _parts(pattern: Pattern) -> list[Part]:
    found: list[Part] = []
    for part in pattern:
        found.append(part)
        if isinstance(part, Span):
            found.extend(_parts(part.children))
    return found


@given(patterns)
def test_a_pattern_comes_back_from_its_string(pattern: Pattern) -> None:
    """parse_pattern(serialize(p)) == p for every pattern whose texts hold no beginning of a tag."""
    assert parse_pattern(serialize(pattern), atoms=ATOMS, spans=SPANS) == pattern


@given(strings)
@example("{<b>}")
def test_a_text_that_does_not_look_like_a_tag_can_stand_in_a_message(text: str) -> None:
    """The guard that authors meet and the parser that translators meet agree on what a tag is."""
    if not looks_like_tag(text) and not _INVISIBLE.search(text):
        assert parse_pattern(serialize((Text(text),))) == ((Text(text),) if text else ())


@pytest.mark.parametrize("text", ["{<b>}", "{{<b>}}", "a {x <i> y} b", "{</em>}"])
def test_a_tag_between_braces_looks_like_a_tag(text: str) -> None:
    assert looks_like_tag(text)


@pytest.mark.parametrize("text", ["p < 0.05", "p <0.05 and > 3", "a < b", "<5%", "< b>", "<<", "{braces}", "1 <-> 2"])
def test_a_comparison_does_not_look_like_a_tag(text: str) -> None:
    assert not looks_like_tag(text)


@given(strings)
def test_any_string_is_a_pattern_or_a_pattern_error(text: str) -> None:
    problems: tuple[str, ...] = ()
    try:
        pattern = parse_pattern(text, atoms=ATOMS, spans=SPANS)
    except PatternError as error:
        problems = error.problems or ("",)
    else:
        assert serialize(pattern) == text
    assert all(problem.strip() for problem in problems)


@given(strings, st.sets(st.sampled_from(ATOMS)), st.sets(st.sampled_from(SPANS)))
@example("a <b {cite1} c>", {"cite1"}, set())
@example("a<em>" * (MAX_DEPTH + 1) + "</em>" * (MAX_DEPTH + 1), set(), {"em"})
def test_the_quick_way_reads_a_string_as_the_careful_one_does(text: str, allowed: set[str], tags: set[str]) -> None:
    quick = _usual_pattern(text, allowed, tags)
    if quick is not None and _INVISIBLE.search(text) is None:
        assert quick == _any_pattern(text, allowed, tags)


@given(strings, st.sets(st.sampled_from(ATOMS)), st.sets(st.sampled_from(SPANS)))
def test_a_parsed_pattern_holds_only_allowed_parts(text: str, allowed: set[str], tags: set[str]) -> None:
    try:
        pattern = parse_pattern(text, atoms=allowed, spans=tags)
    except PatternError:
        return
    assert set(atoms(pattern)) <= allowed
    assert set(spans(pattern)) <= tags
    for part in _parts(pattern):
        assert isinstance(part, Text | Atom | Span)
        assert not isinstance(part, Text) or not re.search(r"<[A-Za-z/][^<>{}]*>", part.value)


@settings(max_examples=50)
@given(patterns, patterns)
def test_two_patterns_never_have_the_same_string(one: Pattern, other: Pattern) -> None:
    assert (serialize(one) == serialize(other)) == (one == other)


@settings(max_examples=50)
@given(patterns)
def test_the_inventory_counts_every_part(pattern: Pattern) -> None:
    parts = _parts(pattern)
    expected = Counter(f"{{{part.name}}}" for part in parts if isinstance(part, Atom))
    expected.update(f"<{part.name}>" for part in parts if isinstance(part, Span))
    assert inventory(pattern) == expected


@settings(max_examples=50)
@given(patterns)
def test_the_plain_text_is_all_texts_in_order(pattern: Pattern) -> None:
    assert plain(pattern) == "".join(part.value for part in _parts(pattern) if isinstance(part, Text))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{cite3}", "unknown placeholder {cite3}"),
        ("{}", "unknown placeholder {}"),
        ("{ cite1 }", "unknown placeholder { cite1 }"),
        ("{cite1.keys}", "unknown placeholder {cite1.keys}"),
        ("{cite1!r}", "unknown placeholder {cite1!r}"),
        ("{CITE1}", "unknown placeholder {CITE1}"),
        ("a { b", "a lone { (write {{ for a literal brace)"),
        ("a } b", "a lone } (write }} for a literal brace)"),
        ("{{cite1}", "a lone } (write }} for a literal brace)"),
        ("{cite1", "a lone { (write {{ for a literal brace)"),
        ("<b>x</b>", "unknown tag <b>"),
        ("<EM>x</EM>", "unknown tag <EM>"),
        ('<a1 href="//evil">x</a1>', 'unknown tag <a1 href="//evil">'),
        ("<em/>", "unknown tag <em/>"),
        ("<script>alert(1)</script>", "unknown tag <script>"),
        ("<!-- x -->", "unknown tag <!-- x -->"),
        ("<?php ?>", "unknown tag <?php ?>"),
        ("</>", "unknown tag </>"),
        ("<em>x", "<em> is not closed"),
        ("x</em>", "</em> closes no open tag"),
        ("<em><strong>x</em></strong>", "</em> closes no open tag"),
    ],
)
def test_each_problem_is_named(text: str, problem: str) -> None:
    with pytest.raises(PatternError) as raised:
        parse_pattern(text, atoms=ATOMS, spans=SPANS)
    assert problem in raised.value.problems


@pytest.mark.parametrize("character", ["\0", "\x07", "\t", "\r", "\x1b", "\x7f", "\x85", "\u202e", "\u2066"])
def test_what_nobody_sees_is_refused_by_its_number(character: str) -> None:
    """Control characters can stand in no page; an override of the direction makes a page read what it does not say."""
    with pytest.raises(PatternError, match=f"the invisible character U\\+{ord(character):04X}"):
        parse_pattern(f"a{character}b")


def test_a_line_feed_a_wide_space_and_the_marks_of_a_direction_may_stand_in_a_text() -> None:
    text = "a\nb\u00a0c\u202fd\u200fe\u200bf\u2028"
    assert parse_pattern(text) == (Text(text),)


def test_all_problems_of_a_string_come_at_once() -> None:
    with pytest.raises(PatternError) as raised:
        parse_pattern("{x} <b> } <em>", atoms=ATOMS, spans=SPANS)
    assert raised.value.problems == (
        "unknown placeholder {x}",
        "unknown tag <b>",
        "a lone } (write }} for a literal brace)",
        "<em> is not closed",
    )


def test_literal_braces_are_doubled_and_may_touch_placeholders() -> None:
    pattern = (Text("{"), Atom("cite1"), Text("}"))
    assert serialize(pattern) == "{{{cite1}}}"
    assert parse_pattern("{{{cite1}}}", atoms=ATOMS) == pattern


def test_a_translation_may_reorder_parts() -> None:
    assert parse_pattern("<a1>{cite1}</a1> {note1}", atoms=ATOMS, spans=SPANS) == (
        Span("a1", (Atom("cite1"),)),
        Text(" "),
        Atom("note1"),
    )


def test_tags_may_nest_to_the_limit_and_no_deeper() -> None:
    def nested(depth: int) -> str:
        return "<em>" * depth + "x" + "</em>" * depth

    assert plain(parse_pattern(nested(MAX_DEPTH), spans=SPANS)) == "x"
    with pytest.raises(PatternError, match=f"tags nested deeper than {MAX_DEPTH}"):
        parse_pattern(nested(MAX_DEPTH + 1), spans=SPANS)


LONG = 20_000


@pytest.mark.thorough
@pytest.mark.parametrize(
    "text",
    [
        *("<em>" * LONG, "</em>" * LONG, "<em>" * LONG + "</em>" * LONG, "{cite1}" * LONG + "<"),
        *("{" * (LONG + 1), "}" * (LONG + 1), "<" * LONG, "<a" * LONG, "{a" * LONG, "<!" * LONG),
        *("<" + "a" * LONG, "</" + "a" * LONG, "<a " + "b" * LONG, "<!" + "a" * LONG, "{" + "a" * LONG),
    ],
    ids=lambda text: f"{text[:9]}...{text[-6:]}",
)
def test_a_long_string_is_read_in_linear_time(text: str) -> None:
    """A catalog's string may be ten times as long as these; what takes quadratic time here takes minutes there."""
    begin = time.process_time()
    with contextlib.suppress(PatternError):
        parse_pattern(text, atoms=ATOMS, spans=SPANS)
    assert time.process_time() - begin < 1


def test_a_string_without_special_signs_is_one_text() -> None:
    assert parse_pattern("20% for all") == (Text("20% for all"),)
    assert parse_pattern("") == ()


@settings(max_examples=50)
@given(patterns)
def test_patterns_are_values(pattern: Pattern) -> None:
    """They can be keys: caches and comparisons hang on it."""
    again = parse_pattern(serialize(pattern), atoms=ATOMS, spans=SPANS)
    assert hash(again) == hash(pattern)


@pytest.mark.parametrize("character", ["\x00", "\x08", "\t", "\x1b", "\x7f", "\x85", "\u202e", "\u2066"])
def test_an_invisible_character_that_steers_is_a_problem(character: str) -> None:
    """HTML and XML cannot hold control characters; an override of the direction shows another text than is there."""
    with pytest.raises(PatternError, match=f"the invisible character U\\+{ord(character):04X}"):
        parse_pattern(f"a{character}b")


def test_marks_that_arabic_texts_need_are_no_problem() -> None:
    assert parse_pattern("(IL-2)\u200f \u200c") == (Text("(IL-2)\u200f \u200c"),)
