"""TMX: a memory of what is finished, and what tools make of it."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.exchange.tmx import read_tmx, write_tmx
from pipeline.model.exchange import OutgoingUnit, ReturnedUnit
from pipeline.model.finding import Finding, Refused
from pipeline.model.locale import Locale
from tests.exchange.samples import SAMPLE, meanings, outgoing_file, outgoing_unit, pattern, returned_meanings

GOLDEN = Path(__file__).parent / "golden"
NAME = "memory.tmx"


def returned(data: str | bytes) -> ReturnedUnit:
    """The one unit of a file."""
    (unit,) = read_tmx(data.encode() if isinstance(data, str) else data, NAME).units
    return unit


def refusal(data: str) -> Finding:
    """The one finding that a file is refused with."""
    with pytest.raises(Refused) as caught:
        read_tmx(data.encode(), NAME)
    (finding,) = caught.value.findings
    assert finding.rule == "exchange"
    assert finding.location.file == NAME
    assert finding.hint
    return finding


def tuv(language: str, content: str) -> str:
    return f'<tuv xml:lang="{language}"><seg>{content}</seg></tuv>'


def tu(inside: str, tuid: str = "faq/a/b") -> str:
    return f'<tu tuid="{tuid}">{inside}</tu>'


def file(body: str, source: str = "en-US") -> str:
    """A file as some tool might write it, with the body in its fifth line."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header creationtool="x" srclang="{source}" datatype="x"/>
<body>
{body}
</body></tmx>"""


SOURCE = 'A<ph x="1">{cite1}</ph> <bpt i="7" x="2">&lt;a1&gt;</bpt>b<ept i="7">&lt;/a1&gt;</ept>'


def pair(target: str, source: str = SOURCE) -> str:
    return file(tu(tuv("en-US", source) + tuv("de", target)))


# ---- writing


def test_the_sample_is_written_as_in_the_golden_file() -> None:
    assert write_tmx([SAMPLE]).decode() == (GOLDEN / "sample.tmx").read_text(encoding="utf-8")


def test_only_what_is_finished_is_in_a_memory() -> None:
    half = OutgoingUnit(id="half", sources=(pattern("a"), pattern("b")), targets=(pattern("c"), ()))
    data = write_tmx([replace(SAMPLE, units=(*SAMPLE.units, half))])
    finished = [meaning.id for meaning in returned_meanings(read_tmx(data, NAME))]
    assert finished == ["faq:title", "faq:questions"]


def test_names_are_not_marked_in_a_memory() -> None:
    assert "<hi" not in write_tmx([outgoing_file(outgoing_unit("Proleukin", "Proleukin"))]).decode()


def test_a_memory_of_nothing_is_a_memory() -> None:
    file = read_tmx(write_tmx([]), NAME)
    assert (file.units, file.domain, file.target) == ((), "", None)


# ---- reading


def test_the_golden_file_brings_back_what_is_finished() -> None:
    file = read_tmx((GOLDEN / "sample.tmx").read_bytes(), NAME)
    finished = [meaning for meaning in meanings(SAMPLE) if meaning.id in ("title", "questions")]
    expected = [meaning._replace(id=f"faq:{meaning.id}", comments=()) for meaning in finished]
    assert returned_meanings(file) == expected
    assert file.target == Locale.parse("de")


READ = {
    "as it was": (SOURCE, "A{cite1} <a1>b</a1>"),
    "other content": ('<ph x="1">&lt;x/&gt;</ph><bpt i="1" x="2">{</bpt>x<ept i="1">}</ept>', "{cite1}<a1>x</a1>"),
    "without numbers": (
        '<ph>{cite1}</ph><bpt i="1">&lt;a1&gt;</bpt>x<ept i="1">&lt;/a1&gt;</ept>',
        "{cite1}<a1>x</a1>",
    ),
    "as text": ("{cite1}&lt;a1&gt;x&lt;/a1&gt;", "{cite1}<a1>x</a1>"),
    "halves": ('<it pos="begin" x="2">&lt;a1&gt;</it>x<it pos="end" x="2">&lt;/a1&gt;</it>', "<a1>x</a1>"),
    "highlighted": ("<hi>x</hi> {y}", "x {{y}}"),
}


@pytest.mark.parametrize(("target", "expected"), READ.values(), ids=READ)
def test_what_tools_make_of_a_text_is_read_as_what_it_was(target: str, expected: str) -> None:
    unit = returned(pair(target))
    assert (unit.id, unit.source, unit.targets) == ("faq:a/b", "A{cite1} <a1>b</a1>", (expected,))
    assert unit.location.line == 5


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ('<ph x="3">{cite3}</ph>', '<ph id="3"> is not in the source of this entry'),
        ("<ph/>", "<ph> is not in the source of this entry"),
        ('<ept i="9"/>', '<ept id="9"> is not in the source of this entry'),
        ("<ut>x</ut>", "<ut> inside a text is not known here"),
        ("<sub>x</sub>", "<sub> inside a text is not known here"),
    ],
)
def test_what_cannot_be_told_is_refused_at_its_place(target: str, message: str) -> None:
    finding = refusal(pair(target))
    assert (finding.message, finding.location.line, finding.entry) == (message, 5, "faq:a/b")


@pytest.mark.parametrize(
    ("source", "languages"),
    [
        ("en-US", ("en-US", "de")),
        ("en-US", ("de", "en-US")),
        ("EN-us", ("de", "en-US")),
        ("en", ("en-US", "de")),
        ("en-GB", ("de", "en-US")),
        ("*all*", ("en-US", "de")),
        ("en_US", ("de", "en_us")),
    ],
)
def test_the_source_is_found_by_its_language(source: str, languages: tuple[str, str]) -> None:
    texts = [tuv(language, "Ja" if language == "de" else "Yes") for language in languages]
    found = read_tmx(file(tu("".join(texts)), source).encode(), NAME)
    assert found.target == Locale.parse("de")
    assert [(unit.source, unit.targets) for unit in found.units] == [("Yes", ("Ja",))]


def test_a_language_attribute_of_older_memories_is_read() -> None:
    assert returned(pair("Ja").replace("xml:lang", "lang")).targets == ("Ja",)


def test_an_entry_is_known_by_its_context_where_the_domain_has_a_slash() -> None:
    inside = f'<prop type="x-context">b</prop>{tuv("en-US", "A")}{tuv("de", "B")}'
    assert returned(file(tu(inside, "docs/faq/b"))).id == "docs/faq:b"


NOT_A_MEMORY = {
    "another root": ("<html/>", "is not TMX, but html"),
    "no header": ("<tmx><body/></tmx>", "is not TMX, but tmx"),
    "one language": (file(tu(tuv("en-US", "A"))), "has 1 language instead of two"),
    "three languages": (
        file(tu(tuv("en-US", "A") + tuv("de", "B") + tuv("fr", "C"))),
        "has 3 languages instead of two",
    ),
    "another source": (file(tu(tuv("fr", "A") + tuv("de", "B"))), "does not have its source language en-US once"),
    "only the source": (
        file(tu(tuv("en-US", "A") + tuv("en-US", "B"))),
        "does not have its source language en-US once",
    ),
    "several targets": (
        file(tu(tuv("en-US", "A") + tuv("de", "B")) + tu(tuv("en-US", "A") + tuv("fr", "C"), "faq/c")),
        "has several target languages: de, fr",
    ),
    "no known language": (file(tu(tuv("en-US", "A") + tuv("x", "B"))), "xml:lang is x, which is no locale of ours"),
    "entry twice": (file(tu(tuv("en-US", "A") + tuv("de", "B")) * 2), "stands twice in the file"),
    "no tuid": (
        file(tu(tuv("en-US", "A") + tuv("de", "B"), "") * 3),
        "has entries without the tuid and x-context that ours have",
    ),
    "another context": (
        file(tu(f'<prop type="x-context">z</prop>{tuv("en-US", "A")}{tuv("de", "B")}')),
        "has entries without the tuid and x-context that ours have",
    ),
}


@pytest.mark.parametrize(("data", "message"), NOT_A_MEMORY.values(), ids=NOT_A_MEMORY)
def test_a_memory_that_is_none_of_ours_is_refused(data: str, message: str) -> None:
    assert refusal(data).message == message
