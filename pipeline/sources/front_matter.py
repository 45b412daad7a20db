"""front_matter: the YAML block that opens a document, read strictly (the only YAML door)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.model.finding import Finding, Location, Refused
from pipeline.sources.tables import CONTROL

AUDIENCES = ("healthcare-professionals", "patients", "public")
STATUSES = ("sample", "draft", "approved")

_FENCE = re.compile(r"---[ \t]*")
_END = re.compile(r"(---|\.\.\.)[ \t]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """What a document says of itself."""

    title: str
    title_line: int
    audience: str
    status: str
    updated: date


def read_front_matter(text: str, name: str) -> FrontMatter:
    """Read title, audience, status and updated. Raises Refused with every problem.

    Plain scalars only: no anchors, aliases, tags, nested values or doubled keys.
    """
    lines = text.split("\n")
    if not _FENCE.fullmatch(lines[0]):
        raise Refused([_finding(name, 1, "no front matter", "begin the file with --- and title, audience, ...")])
    end = body_line(text) - 1
    if end < 0:
        raise Refused([_finding(name, 1, "the front matter is not closed", "end it with a line ---")])
    values, at, findings = _scalars("\n".join(lines[1:end]), name)
    for key in _KEYS:
        if key not in at:
            findings.append(_finding(name, 1, f"the front matter has no {key}", f"add {key}: {_KEYS[key]}"))
    for key, value in values.items():
        problem = _problem(key, value)
        if problem:
            hint = f"write {key}: {_KEYS[key]}" if key in _KEYS else "write one of these or take it out"
            findings.append(_finding(name, at[key], problem, hint))
    if findings:
        raise Refused(findings)
    return FrontMatter(**values, title_line=at["title"])


def body_line(text: str) -> int:
    """The number of lines before a document's Markdown begins, 0 where no front matter is opened and closed."""
    lines = text.split("\n")
    if not _FENCE.fullmatch(lines[0]):
        return 0
    return next((number + 1 for number, line in enumerate(lines[1:], 1) if _END.fullmatch(line)), 0)


_KEYS = {
    "title": "Questions about ...",
    "audience": " | ".join(AUDIENCES),
    "status": " | ".join(STATUSES),
    "updated": "2026-01-31",
}


def _problem(key: str, value: Any) -> str:
    if key not in _KEYS:
        return f"unknown key {key!r} (the keys are {', '.join(_KEYS)})"
    if key == "updated":
        return "" if type(value) is date else f"updated is not a day: {value!r}"
    if not isinstance(value, str) or not value.strip():
        return f"{key} is not text"
    if "\n" in value or CONTROL.search(value):
        return f"{key} is not one line of text"
    allowed = {"audience": AUDIENCES, "status": STATUSES}.get(key)
    return f"{key} is {value!r}" if allowed and value not in allowed else ""


def _scalars(text: str, name: str) -> tuple[dict[str, Any], dict[str, int], list[Finding]]:
    """The values of a flat mapping, the line of each key, and which of them are no values.

    Raises Refused for what is no such mapping, as soon as that is known: what is nested may go on for long.
    """
    # Imported here and below, because a run that finds nothing new reads no document.
    import yaml

    values: dict[str, Any] = {}
    at: dict[str, int] = {}
    findings: list[Finding] = []
    loader = yaml.SafeLoader("")
    scalars = _events(text, name)
    for key_event, event in zip(scalars, scalars, strict=False):
        key, line = key_event.value, key_event.start_mark.line + 2
        if key in at:
            findings.append(_finding(name, line, f"{key} stands twice (first in line {at[key]})", "write it once"))
            continue
        at[key] = line
        tag = loader.resolve(yaml.ScalarNode, event.value, event.implicit)  # type: ignore[no-untyped-call]
        try:
            values[key] = loader.construct_object(yaml.ScalarNode(tag, event.value))
        except (yaml.YAMLError, ValueError) as error:
            findings.append(_finding(name, line, f"{key} cannot be read: {error}", "quote the value?"))
    return values, at, findings


def _events(text: str, name: str) -> Iterator[Any]:
    """The scalars of a flat mapping in order: key, value, key, value."""
    import yaml

    inside, key, line = False, "", 0
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            if not key:
                line = (event.start_mark.line if event.start_mark else 0) + 2
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) or getattr(event, "tag", None):
                raise Refused([_finding(name, line, "anchors, aliases and tags are not allowed", "write plain values")])
            if isinstance(event, yaml.ScalarEvent) and inside:
                key = "" if key else event.value
                yield event
            elif isinstance(event, yaml.MappingStartEvent) and not inside:
                inside = True
            elif isinstance(event, yaml.NodeEvent) and inside:
                raise Refused([_finding(name, line, f"{key or 'a key'} is not a plain value", "write one value")])
            elif isinstance(event, yaml.NodeEvent):
                break
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise Refused([_syntax_error(error, text, name)]) from None
    if not inside:
        message = "the front matter is not a list of key: value lines"
        raise Refused([_finding(name, 2, message, "write title: ..., audience: ...")])


def _syntax_error(error: Exception, text: str, name: str) -> Finding:
    mark = getattr(error, "problem_mark", None)
    line = mark.line if mark else text.count("\n", 0, getattr(error, "position", 0))
    what = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    return _finding(name, line + 2, f"the front matter is not valid YAML: {what}", "quote the value?")


def _finding(name: str, line: int, message: str, hint: str = "") -> Finding:
    return Finding(rule="front-matter", message=message, location=Location(file=name, line=line, column=1), hint=hint)
