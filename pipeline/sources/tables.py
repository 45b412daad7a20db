"""tables: TOML files of `[[table]]` records, read strictly, with the line of whatever is wrong."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.model.finding import Finding, Location, Refused

MAX_BYTES = 4_000_000

# What PO files, HTML and XML cannot hold, a carriage return that ends no line, and what turns the reading direction.
_UNSHOWN = r"\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069"
CONTROL = re.compile(f"[{_UNSHOWN}]")
# In a value of TOML a tab is no indentation.
_CONTROL_IN_VALUE = re.compile(f"[\\t{_UNSHOWN}]")

# Whatever a bracket at the beginning of a line may stand in; only a text between three quotes has several lines.
_QUOTED = re.compile(
    r"""(?P<long>\"{3}(?:\\.|[^\\])*?\"{3}(?!\")|'{3}.*?'{3}(?!'))
    |"(?:\\.|[^"\\\n])*+"|'[^'\n]*+'|\#[^\n]*+""",
    re.DOTALL | re.VERBOSE,
)
_POSITION = re.compile(r"\(at line (\d+), column (\d+)\)")


@dataclass(frozen=True, slots=True)
class Field:
    """A key of a record: its type as TOML has it, and whether every record must have it (and not empty)."""

    type: type
    required: bool = True


@dataclass(frozen=True, slots=True)
class Record:
    """One `[[table]]` of the file with the line that opens it."""

    table: str
    location: Location
    values: Mapping[str, Any]


def decode(data: bytes, name: str) -> str:
    """UTF-8 text of a source file. Raises Refused for another encoding, a control character or an absurd size."""
    location = Location(file=name)
    if len(data) > MAX_BYTES:
        message = f"larger than {MAX_BYTES:,} bytes"
        raise Refused([Finding(rule="size", message=message, location=location, hint="divide it")])
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Refused(
            [
                Finding(
                    rule="encoding",
                    message=f"byte 0x{data[error.start]:02x} is not UTF-8",
                    location=Location(file=name, line=line),
                    hint="save the file as UTF-8",
                )
            ]
        ) from None
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    control = CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        column = control.start() - text.rfind("\n", 0, control.start())
        raise Refused(
            [
                Finding(
                    rule="encoding",
                    message=f"the control character U+{ord(control[0]):04X}",
                    location=Location(file=name, line=line, column=column),
                    hint="remove it",
                )
            ]
        )
    return text


def read_toml(data: bytes, name: str) -> tuple[str, dict[str, Any]]:
    """The text and its values. Raises Refused with line and column for what is not TOML 1.0."""
    text = decode(data, name)
    try:
        return text, tomllib.loads(text)
    except RecursionError:
        problem, location = "nested too deep", Location(file=name)
    # Besides its own errors the parser raises this for a number with thousands of digits.
    except ValueError as error:
        problem = _POSITION.sub("", str(error).replace("(at end of document)", "")).strip()
        location = _toml_location(error, text, name)
    raise Refused(
        [Finding(rule="toml", message=f"not valid TOML: {problem}", location=location, hint="see https://toml.io")]
    )


def _toml_location(error: ValueError, text: str, name: str) -> Location:
    position = _POSITION.search(str(error))
    if position:
        return Location(file=name, line=int(position[1]), column=int(position[2]))
    return Location(file=name, line=text.count("\n") + 1 if "at end of document" in str(error) else 0)


def read_records(
    data: bytes, name: str, tables: Mapping[str, Mapping[str, Field]]
) -> tuple[tuple[Record, ...], list[Finding]]:
    """The records of every named array of tables in file order, and what is wrong with them.

    A record with a wrong, missing, empty or unknown key is reported and left out. Raises Refused if the
    file is not TOML at all.
    """
    text, values = read_toml(data, name)
    text = _QUOTED.sub(lambda quoted: "\n" * quoted[0].count("\n") if quoted["long"] else quoted[0], text)
    findings: list[Finding] = []
    for key in values:
        if key not in tables:
            known = ", ".join(f"[[{table}]]" for table in tables)
            line = _first_line(text, rf"\[*\s*{re.escape(key)}\b")
            findings.append(_finding(name, line, f"unknown key {key!r}", f"this file knows {known}"))
    records: list[Record] = []
    for table, fields in tables.items():
        entries = values.get(table, [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            line = _first_line(text, rf"\[*\s*{re.escape(table)}\b")
            findings.append(_finding(name, line, f"{table} is not a list of records", f"write [[{table}]]"))
            continue
        for line, entry in zip(_record_lines(text, table), entries, strict=False):
            problems = list(_problems(entry, fields))
            identifier = next((str(entry[key]) for key in ("id", "key", "text") if isinstance(entry.get(key), str)), "")
            findings.extend(
                Finding(
                    rule=table,
                    message=what,
                    location=Location(file=name, line=line),
                    entry=identifier[:80],
                    hint=hint,
                )
                for what, hint in problems
            )
            if not problems:
                records.append(Record(table, Location(file=name, line=line), entry))
    return tuple(sorted(records, key=lambda record: record.location)), findings


def _problems(entry: Mapping[str, Any], fields: Mapping[str, Field]) -> Iterator[tuple[str, str]]:
    for key, field in fields.items():
        if key not in entry:
            if field.required:
                yield f"{key} is missing", f"add {key} = ..."
        elif type(entry[key]) is not field.type:
            yield f"{key} is not a {_type_name(field.type)}", f"write {key} = {_example(field.type)}"
        elif field.required and isinstance(entry[key], str) and not entry[key].strip():
            yield f"{key} is empty", "write it"
        control = next(filter(None, map(_CONTROL_IN_VALUE.search, _texts(entry.get(key)))), None)
        if control:
            yield f"{key} holds the control character U+{ord(control[0]):04X}", "remove it"
    for key in entry:
        if key not in fields:
            yield f"unknown key {key!r}", f"the keys are {', '.join(fields)}"


def _texts(value: object) -> Iterator[str]:
    """Every text in a value of TOML, keys included."""
    match value:
        case str():
            yield value
        case dict():
            for key, inner in value.items():
                yield key
                yield from _texts(inner)
        case list():
            for inner in value:
                yield from _texts(inner)


def _type_name(kind: type) -> str:
    return {str: "text", bool: "true or false", date: "date", dict: "table", list: "list"}.get(kind, kind.__name__)


def _example(kind: type) -> str:
    return {str: '"..."', bool: "true", date: "2026-01-31", dict: "{ de = [...] }", list: "[...]"}.get(kind, "...")


def _record_lines(text: str, table: str) -> Iterator[int]:
    """The line of each `[[table]]`; inline arrays of tables have no line of their own and count as line 0."""
    header = re.compile(rf"\s*\[\[\s*[\"']?{re.escape(table)}[\"']?\s*\]\]")
    found = [number for number, line in enumerate(text.split("\n"), 1) if header.match(line)]
    yield from found
    while True:
        yield 0


def _first_line(text: str, pattern: str) -> int:
    expression = re.compile(rf"\s*{pattern}")
    return next((number for number, line in enumerate(text.split("\n"), 1) if expression.match(line)), 0)


def _finding(name: str, line: int, message: str, hint: str = "") -> Finding:
    return Finding(rule="record", message=message, location=Location(file=name, line=line), hint=hint)
