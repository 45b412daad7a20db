"""source_changes: `messages/accepted-changes.toml`, read and added to."""

import json
from datetime import date

from pipeline.model.finding import Refused
from pipeline.model.source_change import SourceChange
from pipeline.sources.tables import Field, read_records

_FIELDS = {
    "domain": Field(str),
    "entry": Field(str),
    "old": Field(str),
    "new": Field(str),
    "by": Field(str),
    "on": Field(date),
    "reason": Field(str),
}
_HEADING = """\
# Changes of the English that left every translation valid; written by `pipeline accept-source-change`.
"""


def read_source_changes(data: bytes, name: str) -> tuple[SourceChange, ...]:
    """Records of `[[change]]` in file order. Raises Refused with every problem of the file."""
    records, findings = read_records(data, name, {"change": _FIELDS})
    if findings:
        raise Refused(sorted(findings, key=lambda finding: finding.location))
    return tuple(
        SourceChange(
            domain=record.values["domain"],
            id=record.values["entry"],
            old=record.values["old"],
            new=record.values["new"],
            by=record.values["by"],
            on=record.values["on"],
            reason=record.values["reason"],
            location=record.location,
        )
        for record in records
    )


def with_source_change(data: bytes | None, change: SourceChange) -> bytes:
    """The file with one more record at its end; what is there stays byte for byte."""
    texts = {
        "domain": change.domain,
        "entry": change.id,
        "old": change.old,
        "new": change.new,
        "by": change.by,
        "reason": change.reason,
    }
    # A JSON string is a TOML basic string.
    lines = [f"{key} = {json.dumps(text, ensure_ascii=False)}" for key, text in texts.items()]
    record = "\n".join(["", "[[change]]", *lines, f"on = {change.on.isoformat()}", ""])
    return (data if data is not None else _HEADING.encode()) + record.encode()
