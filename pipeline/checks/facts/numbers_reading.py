"""numbers_reading: what value a run of digits and separators has in a language."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from pipeline.checks.facts.numbers_style import SPACE, NumberStyle

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_LOWERED = str.maketrans(_RAISED, "0123456789")
# What has more digits is a code.
_LONGEST = 30
# So many digits are a number as they are.
_SHORT = 20
_SEPARATORS = re.compile(rf"[.,'’٫٬،·{SPACE}]")
_ALIKE = str.maketrans({**dict.fromkeys(SPACE, " "), "’": "'", "،": ","})


class Reading(NamedTuple):
    """What a run of digits says: `value` in that language, and what else it may stand for (see `Quantity`)."""

    value: Decimal
    readings: tuple[Decimal, ...] = ()
    foreign: Decimal | None = None
    parts: tuple[Decimal, ...] = ()
    decimal: str = ""
    group: str = ""


def pieces(run: str) -> Iterator[tuple[str, int]]:
    """The run itself, or its parts where its commas and spaces only list them: "1,2,3"."""
    if run.isdecimal() or _grouping(run) is not None or "," not in run.translate(_ALIKE):
        yield run, 0
        return
    offset = 0
    for part in re.split(rf"([,،{SPACE}])", run):
        if part and part not in ",،" + SPACE:
            yield part, offset
        offset += len(part)


def _grouping(run: str) -> tuple[list[str], list[str]] | None:
    """Digits and separators of a run that can be one number."""
    digits = _SEPARATORS.split(run)
    marks = [each.translate(_ALIKE) for each in _SEPARATORS.findall(run)]
    kinds = list(dict.fromkeys(marks))
    if len(marks) <= 1:
        return digits, marks
    if len(kinds) > 2 or (len(kinds) == 2 and marks.count(kinds[1]) > 1):
        return None
    inner = digits[1:] if len(kinds) == 1 else digits[1:-1]
    well = 1 <= len(digits[0]) <= 3 and all(len(each) == 3 for each in inner)
    indian = len(digits[0]) <= 2 and all(len(each) == 2 for each in inner[:-1]) and len(inner[-1]) == 3
    return (digits, marks) if (well or indian) and digits[0] != "0" else None


def read(piece: str, style: NumberStyle, text: str) -> Reading | None:
    """The number that `piece` is with ASCII digits, and `text` as it stands there; None for a version ("2.1.3")."""
    if len(piece) <= _SHORT and piece.isdecimal():
        return _whole(piece)
    bare = piece.rstrip(_RAISED)
    grouped = _grouping(bare) if len(piece) <= _LONGEST else None
    if grouped is None:
        return None
    digits, marks = grouped
    if not digits[-1].isdecimal():  # 4.1½ is no number
        return None
    if not marks:
        power = piece[len(bare) :].translate(_LOWERED)
        return Reading(Decimal(digits[0]) ** (int(power) if bare == "10" and 0 < len(power) < 3 else 1))
    if len(set(marks)) == 2:
        return Reading(Decimal("".join(digits[:-1]) + "." + digits[-1]), decimal=marks[-1], group=marks[0])
    if len(marks) > 1:
        return None if marks[0] == "٫" else Reading(Decimal("".join(digits)), group=marks[0])
    return _read_one_mark(digits[0], digits[1], marks[0], style, either=script_of(text) == "arabic")


@lru_cache(maxsize=1 << 12)
def _whole(digits: str) -> Reading:
    return Reading(Decimal(digits))


def _read_one_mark(whole: str, rest: str, mark: str, style: NumberStyle, *, either: bool) -> Reading:
    """A number with one separator: three digits behind it may be thousands or decimals; the language decides."""
    decimal, grouped = Decimal(f"{whole}.{rest}"), Decimal(whole + rest)
    # "1,2" may be 1 and 2, and "1 300" two numbers side by side; "600,000" is neither.
    listed = (mark == "," and len(rest) != 3) or (mark == " " and not rest.startswith("0"))
    parts = (Decimal(whole), Decimal(rest)) if listed else ()
    if mark in "٬' ":
        return Reading(grouped, group=mark, parts=parts)
    if mark in "٫·" or len(rest) != 3 or len(whole) > 3 or whole.startswith("0"):
        return Reading(decimal, decimal=mark, parts=parts)
    both = either or not style.known or (mark in style.other_decimals) or (mark in style.other_groups)
    if mark in style.decimals or (mark not in style.groups and mark == "." and mark not in style.other_groups):
        return Reading(
            decimal,
            readings=(grouped,) if both or mark not in style.decimals else (),
            foreign=grouped,
            decimal=mark,
            parts=parts,
        )
    return Reading(grouped, readings=(decimal,) if both else (), foreign=decimal, group=mark, parts=parts)


def script_of(digits: str) -> str:
    """The script of the digits: latin, arabic, wide or other."""
    if digits.isascii():
        return "latin"
    for character in digits:
        if character.isdecimal() and not character.isascii():
            return "arabic" if "\u0660" <= character <= "\u06f9" else "wide" if character >= "\uff10" else "other"
    return "latin"
