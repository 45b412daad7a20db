"""front_matter: plain keys and values, each error with its line."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.finding import Finding, Refused
from pipeline.sources.front_matter import AUDIENCES, STATUSES, body_line, read_front_matter
from tests.sources.samples import calls

FILE = "messages/flu.md"
GOOD = {"title": "Questions about flu", "audience": "patients", "status": "sample", "updated": "2026-11-22"}


def text(*lines: str) -> str:
    return "\n".join(["---", *lines, "---", "", "Body."])


def lines_with(**changes: str) -> list[str]:
    return [f"{key}: {value}" for key, value in (GOOD | changes).items()]


def refusals(document: str) -> tuple[Finding, ...]:
    with pytest.raises(Refused) as raised:
        read_front_matter(document, FILE)
    return raised.value.findings


def said(findings: tuple[Finding, ...]) -> list[tuple[int, str, str]]:
    assert all(finding.location.file == FILE for finding in findings)
    return [(finding.location.line, finding.message, finding.hint) for finding in findings]


def test_the_four_keys_are_read_in_any_order() -> None:
    document = text(*reversed(lines_with()))
    front = read_front_matter(document, FILE)
    assert (front.title, front.audience, front.status, front.updated) == (
        "Questions about flu",
        "patients",
        "sample",
        date(2026, 11, 22),
    )
    assert (front.title_line, body_line(document)) == (5, 6)


@pytest.mark.parametrize("end", ["---", "...", "---  ", "...\t"])
def test_the_block_ends_as_pandoc_ends_it(end: str) -> None:
    document = "\n".join(["---", *lines_with(), end, "", "---", "more"])
    assert read_front_matter(document, FILE).title == "Questions about flu"
    assert body_line(document) == 6


@pytest.mark.parametrize(
    ("value", "title"),
    [
        ('"Who pays: you?"', "Who pays: you?"),
        ("'It''s flu'", "It's flu"),
        ("Flu # a comment", "Flu"),
        ("2026", None),
        ("true", None),
        ("", None),
        ("''", None),
        ("'  '", None),
        ("~", None),
    ],
)
def test_a_title_is_text(value: str, title: str | None) -> None:
    document = text(*lines_with(title=value))
    if title is None:
        assert said(refusals(document)) == [(2, "title is not text", "write title: Questions about ...")]
    else:
        assert read_front_matter(document, FILE).title == title


def test_every_audience_and_status_is_taken_and_no_other() -> None:
    for audience in AUDIENCES:
        assert read_front_matter(text(*lines_with(audience=audience)), FILE).audience == audience
    for status in STATUSES:
        assert read_front_matter(text(*lines_with(status=status)), FILE).status == status
    assert said(refusals(text(*lines_with(audience="everybody", status="Sample")))) == [
        (3, "audience is 'everybody'", f"write audience: {' | '.join(AUDIENCES)}"),
        (4, "status is 'Sample'", f"write status: {' | '.join(STATUSES)}"),
    ]


@pytest.mark.parametrize("value", ["2026-11-22 10:00:00", "22.11.2026", "2026", "soon", "'2026-11-22'", "", "2026-1-1"])
def test_the_day_of_update_is_a_day(value: str) -> None:
    ((line, message, hint),) = said(refusals(text(*lines_with(updated=value))))
    assert (line, hint) == (5, "write updated: 2026-01-31")
    assert message.startswith("updated is not a day")


def test_a_day_that_is_none_is_said_with_its_line() -> None:
    ((line, message, _),) = said(refusals(text(*lines_with(updated="2026-02-30"))))
    assert line == 5
    assert "day is out of range for month" in message


def test_an_unknown_key_is_refused_with_the_known_ones() -> None:
    ((line, message, hint),) = said(refusals(text(*lines_with(), "author: me")))
    assert (line, message) == (6, "unknown key 'author' (the keys are title, audience, status, updated)")
    assert hint == "write one of these or take it out"


def test_a_doubled_key_is_refused_with_both_places() -> None:
    ((line, message, _),) = said(refusals(text(*lines_with(), "title: Other")))
    assert (line, message) == (6, "title stands twice (first in line 2)")


def test_every_missing_key_is_named() -> None:
    assert said(refusals(text("title: Flu"))) == [
        (1, "the front matter has no audience", "add audience: healthcare-professionals | patients | public"),
        (1, "the front matter has no status", "add status: sample | draft | approved"),
        (1, "the front matter has no updated", "add updated: 2026-01-31"),
    ]


def test_what_is_missing_and_what_is_wrong_come_in_one_go() -> None:
    findings = said(refusals(text("title: 3", "audience: all", "extra: x")))
    assert [message for _, message, _ in findings] == [
        "the front matter has no status",
        "the front matter has no updated",
        "title is not text",
        "audience is 'all'",
        "unknown key 'extra' (the keys are title, audience, status, updated)",
    ]


@pytest.mark.parametrize(
    ("lines", "line", "message"),
    [
        (["title: &a Flu", "audience: *a"], 2, "anchors, aliases and tags are not allowed"),
        (["title: Flu", "audience: *a"], 3, "anchors, aliases and tags are not allowed"),
        (["title: !!str Flu"], 2, "anchors, aliases and tags are not allowed"),
        (["title: Flu", "audience: !local x"], 3, "anchors, aliases and tags are not allowed"),
        (["title: !!python/object/apply:os.system ['true']"], 2, "anchors, aliases and tags are not allowed"),
        (["title: [a, b]"], 2, "title is not a plain value"),
        (["title: Flu", "audience: {a: b}"], 3, "audience is not a plain value"),
        (["title:", "  nested: x"], 2, "title is not a plain value"),
        (["- a", "- b"], 2, "the front matter is not a list of key: value lines"),
        (["just text"], 2, "the front matter is not a list of key: value lines"),
        ([], 2, "the front matter is not a list of key: value lines"),
        (["title: Flu: more"], 2, "the front matter is not valid YAML"),
        (["title: Flu", "audience: 'open"], 3, "the front matter is not valid YAML"),
        (["title: Flu", "\taudience: x"], 3, "the front matter is not valid YAML"),
        (["title: Flu", "audience: \x07"], 3, "the front matter is not valid YAML"),
    ],
)
def test_what_is_no_plain_yaml_is_refused_with_its_line(lines: list[str], line: int, message: str) -> None:
    findings = refusals(text(*lines))
    assert any(finding.location.line == line and finding.message.startswith(message) for finding in findings), said(
        findings
    )


@pytest.mark.parametrize("document", ["", "\n", "title: Flu\n", "# Flu\n", " ---\n", "----\n", "\ufeff---\n"])
def test_a_document_without_front_matter_is_refused_with_how_to_begin(document: str) -> None:
    assert said(refusals(document)) == [(1, "no front matter", "begin the file with --- and title, audience, ...")]


def test_a_block_that_is_not_closed_is_refused() -> None:
    assert said(refusals("---\ntitle: Flu\n")) == [(1, "the front matter is not closed", "end it with a line ---")]


def test_every_error_says_what_to_do_next() -> None:
    documents = [
        text(*lines_with(), "title: Other"),
        text(*lines_with(title="[a]")),
        text("- a"),
        text(*lines_with(), "author: me"),
        text(*lines_with(title="a: b")),
    ]
    assert [finding.message for document in documents for finding in refusals(document) if not finding.hint] == []


VALUES = (
    "&a x",
    "*a",
    "!!int 3",
    "[",
    "{",
    "|",
    ">",
    "'",
    '"',
    "- ",
    "? ",
    ": ",
    "%YAML 1.9",
    "0x",
    "1_0",
    "1:60",
    "0o8",
)
YAML = (
    *VALUES,
    *(f"{key}: " for key in (*GOOD, "<<", "=", "a")),
    *GOOD.values(),
    "\n",
    "\n",
    "  ",
    "\t",
    "#",
    "---",
    "...",
)


@settings(deadline=None)
@given(st.lists(st.one_of(st.sampled_from(YAML), st.text(max_size=4)), max_size=25).map("".join))
def test_any_front_matter_is_read_or_refused(block: str) -> None:
    for document in (block, text(block), text(*lines_with(), block)):
        try:
            front = read_front_matter(document, FILE)
        except Refused as refused:
            findings = refused.findings
        else:
            findings = ()
            assert front.title.strip()
            assert front.audience in AUDIENCES
            assert front.status in STATUSES
            assert type(front.updated) is date
        for finding in findings:
            assert finding.location.file == FILE
            assert 1 <= finding.location.line <= document.count("\n") + 1


@pytest.mark.parametrize(
    "value", ["[" * 1_000, "{a: " * 1_000, "[" * 1_000 + "]" * 1_000, "1" * 5_000, "1:" * 2_000 + "1", "&a " * 2_000]
)
def test_a_value_that_is_made_to_take_long_is_refused_soon(value: str) -> None:
    found: list[Finding] = []
    steps = calls(lambda: found.extend(refusals(text(f"title: {value}"))))
    assert found
    assert steps < 200_000
