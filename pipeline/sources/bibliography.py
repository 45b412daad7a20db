"""bibliography: `references.toml` to References, in the order in which they are numbered."""

import re

from pipeline.model.finding import Finding, Refused
from pipeline.model.reference import Reference
from pipeline.sources.tables import Field, read_records

# What Pandoc accepts as a citation key and HTML as an id, without the signs that mean something to either.
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


def read_bibliography(data: bytes, name: str) -> tuple[Reference, ...]:
    """Records of `[[reference]]` with `key` and `text`, unnumbered (a document numbers those it cites).

    Raises Refused with every problem of the file.
    """
    records, findings = read_records(data, name, {"reference": {"key": Field(str), "text": Field(str)}})
    seen: dict[str, int] = {}
    for record in records:
        key, text = record.values["key"], record.values["text"]
        problem, hint = "", ""
        if not _KEY.fullmatch(key):
            problem, hint = f"key {key!r} is not a citation key", "use letters, digits, - and _"
        elif key in seen:
            problem, hint = f"key {key!r} stands already in line {seen[key]}", "give each record its own key"
        elif text != text.strip() or len(text.splitlines()) > 1:
            problem, hint = f"the text of {key!r} has spaces or line breaks at its edges or inside", "one line, trimmed"
        if problem:
            findings.append(Finding(rule="reference", message=problem, location=record.location, hint=hint, entry=key))
        seen.setdefault(key, record.location.line)
    if findings:
        raise Refused(sorted(findings, key=lambda finding: finding.location))
    return tuple(Reference(key=record.values["key"], text=record.values["text"]) for record in records)
