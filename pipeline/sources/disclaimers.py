"""disclaimers: one locale's `disclaimers.toml` to Disclaimers."""

import re
from datetime import date

from pipeline.model.disclaimer import AFTER, PAGE_END, PAGE_TOP, Disclaimer
from pipeline.model.finding import Finding, Refused
from pipeline.sources.front_matter import AUDIENCES
from pipeline.sources.markdown import read_paragraphs
from pipeline.sources.tables import Field, Record, read_records

_FIELDS = {
    "id": Field(str),
    "text": Field(str),
    "placement": Field(str),
    "audience": Field(str),
    "source": Field(str),
    "as-of": Field(date),
    "approval": Field(str),
    "effective": Field(date),
    "expires": Field(date),
    "sample": Field(bool, required=False),
}
_ID = re.compile(r"[a-z][a-z0-9-]*")
_PLACEMENT = re.compile(rf"{PAGE_TOP}|{PAGE_END}|{AFTER}{_ID.pattern}")


def read_disclaimers(data: bytes, name: str) -> tuple[Disclaimer, ...]:
    """Records of `[[disclaimer]]` in file order. Raises Refused with every problem of the file."""
    records, findings = read_records(data, name, {"disclaimer": _FIELDS})
    disclaimers: list[Disclaimer] = []
    seen: dict[tuple[str, str], int] = {}
    for record in records:
        key = (record.values["id"], record.values["audience"])
        if key in seen:
            message = f"stands already in line {seen[key]}"
            findings.append(_finding(record, message, "one record for each id"))
        seen.setdefault(key, record.location.line)
        findings.extend(_problems(record))
        try:
            disclaimers.append(_disclaimer(record))
        except Refused as refused:
            findings.extend(refused.findings)
    if findings:
        raise Refused(sorted(findings, key=lambda finding: finding.location))
    return tuple(disclaimers)


def _disclaimer(record: Record) -> Disclaimer:
    values = record.values
    text = read_paragraphs(values["text"].strip(), record.location, f"disclaimer/{values['id']}")
    return Disclaimer(
        id=values["id"],
        text=text,
        placement=values["placement"],
        audience=values["audience"],
        source=values["source"],
        as_of=values["as-of"],
        approval=values["approval"],
        effective=values["effective"],
        expires=values["expires"],
        sample=values.get("sample", False),
        location=record.location,
    )


def _problems(record: Record) -> list[Finding]:
    values = record.values
    findings: list[Finding] = []
    if not _ID.fullmatch(values["id"]):
        findings.append(_finding(record, "the id cannot be used", "use a-z, 0-9 and -"))
    if not _PLACEMENT.fullmatch(values["placement"]):
        findings.append(
            _finding(record, f"placement {values['placement']!r}", f"use {PAGE_TOP}, {PAGE_END} or {AFTER}ENTRY")
        )
    if values["audience"] not in AUDIENCES:
        findings.append(_finding(record, f"audience {values['audience']!r}", f"use one of {', '.join(AUDIENCES)}"))
    if values["expires"] < values["effective"]:
        findings.append(_finding(record, "expires before it takes effect", "mend the dates"))
    return findings


def _finding(record: Record, message: str, hint: str) -> Finding:
    identifier = record.values["id"]
    return Finding(
        rule="disclaimer", message=f"{identifier}: {message}", location=record.location, entry=identifier, hint=hint
    )
