"""comments: the lines with # before an entry, read and written."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.model.catalog import Unit

# Isolates around a file name with spaces: gettext 0.22 and later writes them.
_ISOLATE, _END_OF_ISOLATE = "\u2068", "\u2069"
_LOCATION = re.compile(f"(?:[^ \t{_ISOLATE}]++|{_ISOLATE}[^{_END_OF_ISOLATE}]*+{_END_OF_ISOLATE}?)++")
# Blanks separate flags as commas do; only the flag "range: 0..10" holds one.
_FLAG = re.compile(r"range:[ \t\f\v,]*+[^ \t\f\v,]++|[^ \t\f\v,]++")
_SPACES = re.compile(r"[ \t\f\v,]+")
_NAME_AND_LINE = re.compile(r"(.*?)(:[0-9]+)?", re.DOTALL)


class Comments(NamedTuple):
    """What the comment lines of one entry say, under the names that a Unit has for it."""

    flags: tuple[str, ...] = ()
    translator_comments: tuple[str, ...] = ()
    extracted_comments: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()


def read_comments(block: str) -> Comments:
    """Read the lines of `block`, each with its marker and ended by a line feed; empty lines say nothing.

    Flags of several lines add up, as in gettext 0.26 and later; before, the last line alone counted, so that an entry
    could pass for translated although the line above called it fuzzy.
    """
    flags: list[str] = []
    translator: list[str] = []
    extracted: list[str] = []
    locations: list[str] = []
    for line in block.split("\n"):
        marker = line[1:2]
        if marker == ":":
            locations += _locations(line[2:])
        elif marker == ".":
            extracted.append(line[3:] if line[2:3] == " " else line[2:])
        elif marker == " ":
            translator.append(line[2:])
        elif marker == "," or marker == "!" or marker == "=":  # gettext reads flags behind each of them
            flags += _flags(line[2:])
        elif line:
            translator.append(line[1:])
    return Comments(tuple(flags), tuple(translator), tuple(extracted), tuple(locations))


def write_comments(unit: Unit) -> Iterator[str]:
    """The comment lines of a unit, without line ends, in gettext's order."""
    for comment in unit.translator_comments:
        yield f"# {comment}" if comment else "#"
    for comment in unit.extracted_comments:
        yield f"#. {comment}" if comment else "#."
    if unit.locations:
        yield "#: " + " ".join(map(_isolated, unit.locations))
    if unit.flags:
        yield "#, " + ", ".join(unit.flags)


def _locations(text: str) -> list[str]:
    if "\t" not in text and _ISOLATE not in text and _END_OF_ISOLATE not in text:
        return [location for location in text.split(" ") if location]
    found = _LOCATION.findall(text)
    return [location.replace(_ISOLATE, "").replace(_END_OF_ISOLATE, "") for location in found]


def _isolated(location: str) -> str:
    if " " not in location and "\t" not in location:
        return location
    match = _NAME_AND_LINE.fullmatch(location)
    assert match is not None  # the expression takes any text
    return f"{_ISOLATE}{match[1]}{_END_OF_ISOLATE}{match[2] or ''}"


def _flags(text: str) -> list[str]:
    return [_SPACES.sub(" ", flag) for flag in _FLAG.findall(text)]
