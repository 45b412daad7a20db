"""waivers: `waivers.toml` to Waivers."""

import re
from datetime import date

from pipeline.model.finding import Finding, Refused
from pipeline.model.waiver import Waiver
from pipeline.sources.tables import Field, read_records

_FIELDS = {
    "fingerprint": Field(str),
    "rule": Field(str),
    "entry": Field(str),
    "reason": Field(str),
    "by": Field(str),
    "on": Field(date),
    "expires": Field(date),
}
_FINGERPRINT = re.compile(r"[0-9a-f]{16}")


def read_waivers(data: bytes, name: str) -> tuple[Waiver, ...]:
    """Records of `[[waiver]]` in file order. Raises Refused with every problem of the file."""
    records, findings = read_records(data, name, {"waiver": _FIELDS})
    waivers = tuple(Waiver(location=record.location, **record.values) for record in records)
    seen: dict[str, int] = {}
    for waiver in waivers:
        problem = ""
        if _FINGERPRINT.fullmatch(waiver.fingerprint) is None:
            problem = "the fingerprint is not 16 hexadecimal digits"
        elif waiver.fingerprint in seen:
            problem = f"the fingerprint stands already in line {seen[waiver.fingerprint]}"
        elif waiver.expires < waiver.on:
            problem = "it expires before it begins"
        seen.setdefault(waiver.fingerprint, waiver.location.line)
        if problem:
            hint = "copy the fingerprint from the report of `pipeline check`; see docs/waivers.md"
            findings.append(
                Finding(rule="waiver", message=problem, location=waiver.location, entry=waiver.entry, hint=hint)
            )
    if findings:
        raise Refused(sorted(findings, key=lambda finding: finding.location))
    return waivers
