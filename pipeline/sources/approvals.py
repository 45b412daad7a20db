"""approvals: a locale's `approvals.jsonl` with its seal, read with suspicion and added to.

Each line is one approval as JSON, written in one way only. It ends with its own digest (`record`) and names that of
the line before (`previous`); the seal beside the record says how many lines there are and what the last one is. So a
line that was edited, removed, put in or moved is found wherever it stands.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from pipeline.errors import PipelineError
from pipeline.model.approval import PARTS, Approval, Parts
from pipeline.model.finding import Finding, Location, Refused

RULE = "approval-record"
MAX_BYTES = 16_000_000
MAX_LINE = 64_000
MAX_TEXT = 2_000

_MANY = 20
_TEXTS = ("document", "locale", "role", "by", "meaning", "code")
_KEYS = (*_TEXTS, "when", "digest", "parts", "previous", "record")
_WHEN = "%Y-%m-%dT%H:%M:%SZ"
_DIGEST = re.compile(r"[0-9a-f]{64}")
# What ends a line, steers a terminal or turns the reading direction has no place in a name or a reason.
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_RESTORE = "put the record and its seal back as they were, from version control; never mend them by hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFiles:
    """The record of a locale and its seal: names, and bytes (None where there is no such file)."""

    locale: str
    name: str
    data: bytes | None
    seal_name: str
    seal: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a person declares when approving."""

    role: str
    by: str
    meaning: str
    code: str = ""


def read_approvals(files: RecordFiles) -> tuple[Approval, ...]:
    """The approvals in the order of the record. Raises Refused with what is wrong with it, whoever wrote it."""
    if files.data is None and files.seal is None:
        return ()
    if files.data is None:
        raise Refused([_finding(files.name, 0, "the record is missing and its seal is there")])
    if len(files.data) > MAX_BYTES:
        raise Refused([_finding(files.name, 0, f"larger than {MAX_BYTES:,} bytes")])
    *lines, rest = files.data.split(b"\n")
    approvals: list[Approval] = []
    findings: list[Finding] = []
    previous = ""
    for number, line in enumerate(lines, 1):
        try:
            approval = _read_line(line, number, files.locale)
        except _UnreadableError as error:
            findings.append(_finding(files.name, number, str(error)))
            if len(findings) == _MANY:
                break
            previous = ""
            continue
        # After a line that cannot be read nothing is known of what the next one follows.
        if approval.previous != previous and not (findings and not previous):
            after = f"line {number - 1}" if number > 1 else "the beginning"
            findings.append(_finding(files.name, number, f"does not follow {after}: a line is gone, new or moved"))
        previous = approval.record
        approvals.append(approval)
    if rest:
        findings.append(_finding(files.name, len(lines) + 1, "the last line is not complete"))
    if not findings:
        findings.extend(_seal_findings(files, len(lines), previous))
    if findings:
        raise Refused(findings)
    return tuple(approvals)


def with_approval(
    files: RecordFiles, document: str, parts: Parts, statement: Statement, when: datetime
) -> tuple[Approval, Mapping[str, bytes]]:
    """The approval and the files with it at the end of the record; what is there stays byte for byte.

    Raises Refused for a record that is broken, PipelineError for a statement that cannot be recorded.
    """
    approvals = read_approvals(files)
    problems = tuple(_statement_problems(statement))
    if problems:
        raise PipelineError("; ".join(problems), hint="say it in one line of text")
    unsigned = Approval(
        document=document,
        locale=files.locale,
        role=statement.role,
        by=statement.by,
        meaning=statement.meaning,
        code=statement.code,
        when=when.astimezone(UTC).replace(microsecond=0),
        parts=parts,
        previous=approvals[-1].record if approvals else "",
        record="",
        line=len(approvals) + 1,
    )
    approval = replace(unsigned, record=_own_digest(unsigned))
    data = (files.data or b"") + _line(approval) + b"\n"
    if len(data) > MAX_BYTES:
        raise PipelineError(f"would be larger than {MAX_BYTES:,} bytes", where=files.name)
    return approval, {files.name: data, files.seal_name: _seal(approval.line, approval.record)}


# ---- one line


class _UnreadableError(ValueError):
    """A line that is no approval, and why."""


def _values(approval: Approval) -> dict[str, Any]:
    """The members of the line, all but its own digest."""
    return {
        "document": approval.document,
        "locale": approval.locale,
        "role": approval.role,
        "by": approval.by,
        "meaning": approval.meaning,
        "code": approval.code,
        "when": approval.when.strftime(_WHEN),
        "digest": approval.digest,
        "parts": dict(approval.parts.named()),
        "previous": approval.previous,
    }


def _own_digest(approval: Approval) -> str:
    return sha256(_json(_values(approval))).hexdigest()


def _line(approval: Approval) -> bytes:
    return _json({**_values(approval), "record": approval.record})


def _json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _read_line(line: bytes, number: int, locale: str) -> Approval:
    """The approval of a line. Raises _UnreadableError for anything but what `_line` writes for this locale."""
    values = _object(line)
    if tuple(values) != _KEYS:
        raise _UnreadableError(f"has not exactly the members {', '.join(_KEYS)}")
    texts = {key: values[key] for key in _TEXTS}
    for key, text in texts.items():
        problem = _text_problem(text) if key != "code" or text else ""
        if problem:
            raise _UnreadableError(f"{key} {problem}")
    if values["locale"] != locale:
        raise _UnreadableError(f"is of another locale than {locale}")
    parts = values["parts"]
    if not isinstance(parts, dict) or tuple(parts) != PARTS or not all(map(_is_digest, parts.values())):
        raise _UnreadableError(f"parts is not a digest for each of {', '.join(PARTS)}")
    if not (values["previous"] == "" or _is_digest(values["previous"])) or not _is_digest(values["record"]):
        raise _UnreadableError("previous or record is not a digest")
    approval = Approval(
        **texts,
        when=_moment(values["when"]),
        parts=Parts(**parts),
        previous=values["previous"],
        record=values["record"],
        line=number,
    )
    if approval.record != _own_digest(approval) or _line(approval) != line:
        raise _UnreadableError("was edited: it does not have the digest that it was written with")
    return approval


def _object(line: bytes) -> dict[str, Any]:
    if len(line) > MAX_LINE:
        raise _UnreadableError(f"is longer than {MAX_LINE:,} bytes")
    try:
        value = json.loads(line.decode(), object_pairs_hook=_members)
    except (ValueError, RecursionError) as error:
        raise _UnreadableError("is not the JSON of an approval") from error
    if not isinstance(value, dict):
        raise _UnreadableError("is not the JSON of an approval")
    return value


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a member stands twice")
    return members


def _is_digest(value: object) -> bool:
    return isinstance(value, str) and _DIGEST.fullmatch(value) is not None


def _moment(value: object) -> datetime:
    try:
        return datetime.strptime(value if isinstance(value, str) else "", _WHEN).replace(tzinfo=UTC)
    except ValueError:
        raise _UnreadableError("when is not a moment in UTC") from None


def _text_problem(text: object) -> str:
    """What keeps a value from being a line of text, empty if nothing does."""
    if not isinstance(text, str) or not text.strip():
        return "is empty"
    if len(text) > MAX_TEXT:
        return f"is longer than {MAX_TEXT:,} characters"
    unfit = _UNFIT.search(text)
    return f"holds the character U+{ord(unfit[0]):04X}" if unfit else ""


def _statement_problems(statement: Statement) -> Iterator[str]:
    for key in ("role", "by", "meaning", "code"):
        text = getattr(statement, key)
        problem = _text_problem(text) if key != "code" or text else ""
        if problem:
            yield f"{key} {problem}"


# ---- the seal


def _seal(count: int, last: str) -> bytes:
    return _json({"records": count, "last": last}) + b"\n"


def _seal_findings(files: RecordFiles, count: int, last: str) -> Iterator[Finding]:
    """What the seal says against a record that is whole in itself."""
    if files.seal is None:
        yield _finding(files.seal_name, 0, "the seal of the record is missing")
    elif files.seal != _seal(count, last):
        yield _finding(files.name, count, f"ends with another line than {files.seal_name} says")


def _finding(name: str, line: int, message: str) -> Finding:
    return Finding(rule=RULE, message=message, location=Location(file=name, line=line), hint=_RESTORE)
