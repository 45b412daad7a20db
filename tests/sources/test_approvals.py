"""approvals: the record says what was signed, and any change of it is found."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import PipelineError
from pipeline.model.approval import Approval, Parts
from pipeline.model.finding import Refused, Severity
from pipeline.sources.approvals import (
    MAX_BYTES,
    MAX_LINE,
    MAX_TEXT,
    RecordFiles,
    Statement,
    read_approvals,
    with_approval,
)

NAME, SEAL = "locales/ar_SA/approvals.jsonl", "locales/ar_SA/approvals.seal"
EMPTY = RecordFiles(locale="ar_SA", name=NAME, data=None, seal_name=SEAL, seal=None)
PARTS = Parts(source="1" * 64, citations="2" * 64, translation="3" * 64, disclaimers="4" * 64, templates="5" * 64)
NOW = datetime(2026, 11, 22, 12, 0, 1, 999, tzinfo=UTC)
STATEMENT = Statement(role="Medical", by="د. ليلى", meaning='Says "what" the\\English says', code="MED-1")


def after(files: RecordFiles, statement: Statement = STATEMENT, document: str = "faq") -> RecordFiles:
    _, written = with_approval(files, document, PARTS, statement, NOW)
    return replace(files, data=written[NAME], seal=written[SEAL])


@cache
def record(count: int) -> RecordFiles:
    """A record of as many approvals."""
    files = EMPTY
    for number in range(count):
        files = after(files, replace(STATEMENT, role=f"Role {number}"))
    return files


def changed(files: RecordFiles, change: Callable[[list[bytes]], list[bytes]]) -> RecordFiles:
    assert files.data is not None
    lines = change(files.data.splitlines(keepends=True))
    assert b"".join(lines) != files.data
    return replace(files, data=b"".join(lines))


def findings(files: RecordFiles) -> list[str]:
    with pytest.raises(Refused) as refused:
        read_approvals(files)
    for finding in refused.value.findings:
        assert finding.rule == "approval-record"
        assert finding.severity is Severity.ERROR
        assert finding.hint
    return [f"{finding.location}: {finding.message}" for finding in refused.value.findings]


def resigned(line: bytes, **values: Any) -> bytes:
    """The line with other values and a digest of its own that fits them."""
    members = {**json.loads(line), **values}
    del members["record"]
    digest = sha256(json.dumps(members, ensure_ascii=False).encode()).hexdigest()
    return json.dumps({**members, "record": digest}, ensure_ascii=False).encode() + b"\n"


# Writing and reading


def test_no_record_is_an_empty_one() -> None:
    assert read_approvals(EMPTY) == ()


def test_an_approval_is_read_as_it_was_written() -> None:
    approval, written = with_approval(EMPTY, "faq", PARTS, STATEMENT, NOW)
    files = replace(EMPTY, data=written[NAME], seal=written[SEAL])
    assert read_approvals(files) == (approval,)
    assert (approval.document, approval.locale, approval.role) == ("faq", "ar_SA", "Medical")
    assert (approval.by, approval.meaning, approval.code) == (STATEMENT.by, STATEMENT.meaning, "MED-1")
    assert (approval.when, approval.parts, approval.line) == (NOW.replace(microsecond=0), PARTS, 1)


def test_a_line_holds_all_that_is_said_of_it_and_can_be_checked_by_anybody() -> None:
    data = record(2).data
    assert data is not None
    previous = ""
    for line in data.decode().splitlines():
        values = json.loads(line)
        assert set(values) == {
            *("document", "locale", "role", "by", "meaning", "code", "when", "digest", "parts", "previous", "record")
        }
        assert values["when"] == "2026-11-22T12:00:01Z"
        assert set(values["parts"]) == {"source", "citations", "translation", "disclaimers", "templates"}
        assert values["previous"] == previous
        previous = values.pop("record")
        assert previous == sha256(json.dumps(values, ensure_ascii=False).encode()).hexdigest()
        lines = ["document faq", "locale ar_SA", *(f"{part} {digest}" for part, digest in values["parts"].items())]
        assert values["digest"] == sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()


def test_what_is_there_stays_byte_for_byte() -> None:
    one, three = record(1).data, record(3).data
    assert one is not None
    assert three is not None
    assert three.startswith(one)
    assert [approval.role for approval in read_approvals(record(3))] == ["Role 0", "Role 1", "Role 2"]


def test_the_moment_is_recorded_in_utc() -> None:
    approval, _ = with_approval(EMPTY, "faq", PARTS, STATEMENT, NOW.astimezone(timezone(timedelta(hours=9))))
    assert approval.when == NOW.replace(microsecond=0)


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        (replace(STATEMENT, role=""), "role is empty"),
        (replace(STATEMENT, by=" "), "by is empty"),
        (replace(STATEMENT, meaning="a\nb"), "meaning holds the character U+000A"),
        (replace(STATEMENT, meaning="a\u2028b"), "meaning holds the character U+2028"),
        (replace(STATEMENT, by="\u202eadA"), "by holds the character U+202E"),
        (replace(STATEMENT, by="\udcff"), "by holds the character U+DCFF"),
        (replace(STATEMENT, code="x" * (MAX_TEXT + 1)), "code is longer than"),
    ],
)
def test_what_is_no_line_of_text_is_not_recorded(statement: Statement, problem: str) -> None:
    with pytest.raises(PipelineError, match=problem.replace("+", r"\+")):
        with_approval(EMPTY, "faq", PARTS, statement, NOW)


def test_the_longest_statement_that_is_taken_can_be_read_again() -> None:
    longest = "𝔞" * MAX_TEXT
    files = after(EMPTY, Statement(role=longest, by=longest, meaning=longest, code=longest))
    assert len(read_approvals(files)) == 1


def test_nothing_is_added_to_a_broken_record() -> None:
    with pytest.raises(Refused):
        after(changed(record(2), lambda lines: lines[1:]))


# What is found


@pytest.mark.parametrize("gone", [0, 1, 2])
def test_a_removed_line_is_found_wherever_it_stood(gone: int) -> None:
    assert findings(changed(record(3), lambda lines: lines[:gone] + lines[gone + 1 :]))


def test_moved_doubled_and_added_lines_are_found() -> None:
    assert findings(changed(record(3), lambda lines: [lines[1], lines[0], lines[2]]))
    assert findings(changed(record(3), lambda lines: [*lines, lines[2]]))
    assert findings(changed(record(3), lambda lines: [lines[0], *lines]))
    assert findings(changed(record(3), lambda lines: [*lines, b"\n"]))


def test_an_edited_line_is_named() -> None:
    edited = changed(record(3), lambda lines: [lines[0], lines[1].replace(b"Role 1", b"Role 9"), lines[2]])
    assert findings(edited) == [f"{NAME}:2: was edited: it does not have the digest that it was written with"]


def test_an_edited_line_with_a_new_digest_of_its_own_is_found_by_the_line_after_it() -> None:
    edited = changed(record(3), lambda lines: [resigned(lines[0], by="Mallory"), *lines[1:]])
    assert findings(edited) == [f"{NAME}:2: does not follow line 1: a line is gone, new or moved"]


def test_an_edited_last_line_with_a_new_digest_of_its_own_is_found_by_the_seal() -> None:
    edited = changed(record(2), lambda lines: [lines[0], resigned(lines[1], by="Mallory")])
    assert findings(edited) == [f"{NAME}:2: ends with another line than {SEAL} says"]


def test_a_record_without_its_seal_and_a_seal_without_its_record_are_found() -> None:
    assert findings(replace(record(2), seal=None)) == [f"{SEAL}: the seal of the record is missing"]
    assert findings(replace(record(2), data=None)) == [f"{NAME}: the record is missing and its seal is there"]
    assert findings(replace(record(2), seal=record(1).seal))
    assert findings(replace(record(2), seal=b""))
    assert findings(replace(EMPTY, data=b""))


def test_a_record_of_another_locale_is_found() -> None:
    other = replace(record(1), locale="de_DE")
    assert findings(other) == [f"{NAME}:1: is of another locale than de_DE"]


def test_a_digest_of_what_was_approved_that_is_not_that_of_its_parts_is_found() -> None:
    assert findings(changed(record(1), lambda lines: [resigned(lines[0], digest="e" * 64)]))


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"1" * 5_000,
        b"[" * 50_000,
        b"NaN",
        b"\xff\xfe",
        b'{"document": "faq", "document": "faq"}',
        b"x" * (MAX_LINE + 1),
    ],
)
def test_what_is_no_approval_is_found(line: bytes) -> None:
    assert findings(changed(record(2), lambda lines: [line + b"\n", *lines]))


@pytest.mark.parametrize(
    "values",
    [
        {"when": "2026-11-22"},
        {"when": "2026-11-22T12:00:01+00:00"},
        {"when": 0},
        {"parts": {}},
        {"parts": ["1" * 64] * 5},
        {"previous": "abc"},
        {"previous": None},
        {"role": ""},
        {"by": ["Ada"]},
        {"meaning": "a\nb"},
        {"code": None},
        {"document": "\ud800"},
        {"more": 1},
    ],
)
def test_a_line_with_another_value_than_we_write_is_found_even_with_its_digest(values: dict[str, Any]) -> None:
    def change(lines: list[bytes]) -> list[bytes]:
        try:
            return [resigned(lines[0], **values)]
        except UnicodeEncodeError:
            return [json.dumps({**json.loads(lines[0]), **values}).encode() + b"\n"]

    assert findings(changed(record(1), change))


def test_windows_line_ends_are_found() -> None:
    assert findings(changed(record(2), lambda lines: [line.replace(b"\n", b"\r\n") for line in lines]))


def test_an_absurdly_large_record_is_refused_unread() -> None:
    assert findings(replace(record(1), data=b"x\n" * MAX_BYTES))[0].startswith(f"{NAME}: larger than")


def test_a_record_full_of_faults_says_only_the_first_ones() -> None:
    assert len(findings(replace(record(1), data=b"{}\n" * 10_000))) == 20


@given(st.data())
def test_any_single_edit_of_the_bytes_is_found(data: st.DataObject) -> None:
    """Replace, remove or put in any bytes anywhere: the record is refused, and nothing else is raised."""
    files = record(data.draw(st.integers(1, 4)))
    before = files.data
    assert before is not None
    start = data.draw(st.integers(0, len(before)))
    end = data.draw(st.integers(start, min(len(before), start + data.draw(st.sampled_from([0, 1, 5, 2_000])))))
    new = data.draw(st.binary(max_size=8) | st.sampled_from([b" ", b"\n", b'"', b"0", before[:start], before[end:]]))
    edited = before[:start] + new + before[end:]
    if edited == before:
        assert read_approvals(files)
    else:
        assert findings(replace(files, data=edited))


@given(st.binary(max_size=200), st.binary(max_size=100) | st.none())
def test_no_bytes_are_taken_for_a_record(data: bytes, seal: bytes | None) -> None:
    assert findings(replace(EMPTY, data=data, seal=seal))


@given(st.lists(st.text(min_size=1, max_size=30), min_size=4, max_size=4))
def test_whatever_is_recorded_is_read_again(texts: list[str]) -> None:
    role, by, meaning, code = texts
    statement = Statement(role=role, by=by, meaning=meaning, code=code)
    try:
        approval, written = with_approval(EMPTY, "faq", PARTS, statement, NOW)
    except PipelineError:
        return
    read: tuple[Approval, ...] = read_approvals(replace(EMPTY, data=written[NAME], seal=written[SEAL]))
    assert read == (approval,)
    assert (approval.role, approval.by, approval.meaning, approval.code) == (role, by, meaning, code)
