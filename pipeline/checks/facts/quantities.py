"""quantities: a number of a text with what stands around it: sign, multiplier, percent, unit, and what it names."""

import re
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from pipeline.checks.facts.numbers_reading import Reading, script_of
from pipeline.checks.facts.numbers_style import SPACE, NumberStyle, folded
from pipeline.checks.facts.units import unit_at, unit_style
from pipeline.checks.signs import Sign
from pipeline.checks.subject import Text

_MINUS = re.compile(r"(?:\A|[\s(\[:=<>≤≥≈~])[-−–－]\Z")
_COMPARISON = re.compile(r"([<>≤≥＜＞≦≧⩽⩾](?:(?<=[<>])=)?)[\s\u200e\u200f]*\Z")
_COMPARED = Sign.among("<>≤≥＜＞≦≧⩽⩾")
_JOINING = frozenset(f"{SPACE}‑-")
_MINUSES = frozenset("-−–－")
_COMPARISONS = {"＜": "<", "＞": ">", "≦": "≤", "≧": "≥", "⩽": "≤", "⩾": "≥", "<=": "≤", ">=": "≥"}
_SMALLER = re.compile(r"[0-9]{1,4}(?:,[0-9]{3})?(?![0-9.,])")
_ONE_SPACE = str.maketrans(dict.fromkeys(SPACE, " "))
_HALF = Decimal("0.5")
_ZERO = Decimal(0)
# No word before a number that names what it is the number of is longer.
_LABEL = 24
CLOCK_HALF = re.compile(rf"[{SPACE}]?([ap])\.?m\b\.?", re.IGNORECASE)


class Kind(StrEnum):
    NUMBER = "number"
    DATE = "date"
    TIME = "time"


class Percent(StrEnum):
    """Whether a number is a percentage; `SHARED`: it is if the other end of its range is ("10–15 %")."""

    NO = "no"
    SHARED = "shared"
    YES = "yes"


class Written(NamedTuple):
    """How a number is written: its decimal and grouping separators (a space is " "), and the script of its digits."""

    decimal: str = ""
    group: str = ""
    digits: str = "latin"


class Quantity(NamedTuple):
    """A number of the text between `start` and `end` of its words; `until` is the end of its percent sign or unit.

    `value` is what a reader in that language takes it for, `readings` what it may stand for besides, `foreign` what
    it would be with the separators the other way round, `parts` the numbers if it is a list of several. `label` is
    what the number names rather than counts: "section" of "section 5.2", "day" of "on day 2", "PS" of "PS 0".
    """

    kind: Kind
    value: Decimal
    start: int
    end: int
    until: int
    text: str
    percent: Percent = Percent.NO
    unit: str = ""
    unit_shared: bool = False
    readings: tuple[Decimal, ...] = ()
    foreign: Decimal | None = None
    parts: tuple[Decimal, ...] = ()
    written: Written = Written()
    comparison: str = ""
    label: str = ""


class _Behind(NamedTuple):
    """What belongs to a number behind it: `value` and `factor` with its multipliers, and where these end."""

    value: Decimal
    factor: int
    after: int
    percent: re.Match[str] | None = None
    halved: re.Match[str] | None = None
    ordinal: re.Match[str] | None = None
    none: re.Match[str] | None = None
    afternoon: bool = False


def completed(
    reading: Reading, begin: int, end: int, plain: str, words: str, style: NumberStyle, text: Text
) -> Quantity:
    """The number with what stands around it: sign, multiplier, percent, unit."""
    before = plain[max(0, begin - 12) : begin]
    behind = _behind(reading.value, plain, end, style)
    value, after, percent = behind.value, behind.after, behind.percent
    if percent is None and before.rstrip(SPACE)[-1:] in style.percent_ends:
        percent = style.percent_before.search(before)
    sign = -1 if before[-1:] in _MINUSES and _MINUS.search(before) else 1
    unit, until, halved = "", after, behind.halved
    if percent is None:
        unit, until = _unit(plain, value, behind, style, text)
        halved = style.half.match(plain, until) if unit and halved is None else None
        if halved is not None:
            value, until = value + _HALF, halved.end()
    elif percent is behind.percent:
        until = max(after, percent.end())
    start = begin - 1 if sign < 0 else begin
    shown = words[start:until].strip()
    none = behind.none if halved is None else style.none.match(plain, after)
    return Quantity(
        kind=Kind.NUMBER,
        value=sign * value,
        start=start,
        end=end,
        until=until,
        text=shown if unit else shown.removesuffix("."),
        percent=Percent.NO if percent is None else Percent.YES,
        unit=unit,
        label="" if unit or percent is not None else _label(plain, begin, style),
        readings=_readings(reading, value, behind, sign, none=none is not None),
        foreign=None if reading.foreign is None else sign * reading.foreign * behind.factor,
        parts=reading.parts,
        written=_written(reading, words[begin:end]),
        comparison=_comparison(before) if text.shows(_COMPARED) else "",
    )


def _behind(value: Decimal, plain: str, end: int, style: NumberStyle) -> _Behind:
    """What of the number stands behind its digits, besides a unit."""
    if not _continues(plain, end, style):
        return _Behind(value, 1, end)
    factor, after = _multiplied(plain, end, style)
    value, after, factor = _chained(plain, value * factor, after, factor, style)
    percent = style.percent.match(plain, after)
    halved = style.half.match(plain, after)
    ordinal = style.ordinal.match(plain, after)
    none = style.none.match(plain, after)
    if halved is not None:
        value, after = value + _HALF, halved.end()
        if percent is None:
            ordinal = style.ordinal.match(plain, after)
    afternoon = CLOCK_HALF.match(plain, after) is not None
    return _Behind(value, factor, after, percent, halved, ordinal, none, afternoon)


def _unit(plain: str, value: Decimal, behind: _Behind, style: NumberStyle, text: Text) -> tuple[str, int]:
    """The unit behind the number, and where it ends; a year of the calendar is none."""
    after = behind.after
    unit, until = unit_at(plain, after if behind.ordinal is None else behind.ordinal.end(), text.knowledge(unit_style))
    if unit == "year" and plain[after : after + 1] == "年" and 1500 <= value <= 2200:
        unit = ""
    return unit, until


def _readings(reading: Reading, value: Decimal, behind: _Behind, sign: int, *, none: bool) -> tuple[Decimal, ...]:
    """What the number may stand for besides: "8 p.m." also 20 h, "1" where the language says "none" so also 0."""
    readings = reading.readings and tuple([sign * each * behind.factor for each in reading.readings])
    if behind.afternoon and value < 12:
        readings += (value + 12,)
    return (*readings, _ZERO) if none and value == 1 else readings


def _written(reading: Reading, digits: str) -> Written:
    script = script_of(digits)
    if script == "latin" and not reading.decimal and not reading.group:
        return _PLAIN
    return Written(reading.decimal, reading.group, script)


_PLAIN = Written()


def _comparison(before: str) -> str:
    found = _COMPARISON.search(before)
    return "" if found is None else _COMPARISONS.get(found[1], found[1])


def _continues(plain: str, end: int, style: NumberStyle) -> bool:
    """Whether what follows the number may belong to it, besides a unit."""
    if style.behind.at(plain, end):
        return True
    return plain[end : end + 1] in _JOINING and style.behind.at(plain, end + 1)


def _label(plain: str, begin: int, style: NumberStyle) -> str:
    """What the number is the name of, by the word or the abbreviation before it; figures have abbreviations too."""
    if not begin or plain[begin - 1] not in SPACE:
        return ""
    before = plain[max(0, begin - _LABEL) : begin - 1].rstrip(".:")
    if not (before[-2:].isupper() or folded(before).endswith(style.label_ends)):
        return ""
    match = style.label.search(plain, max(0, begin - _LABEL), begin)
    if match is None or match[2] in style.statistics:
        return ""
    return style.labels[match[1].casefold()] if match[1] else match[2]


def _multiplied(plain: str, end: int, style: NumberStyle) -> tuple[int, int]:
    """What a word behind the number multiplies it with, and where that ends; words may follow one another (百万)."""
    factor = 1
    while (match := style.multiplier.match(plain, end)) is not None:
        factor *= style.multipliers[match[1].casefold().translate(_ONE_SPACE)]
        end = match.end()
        if factor > 10**15:
            break
    return factor, end


def _chained(plain: str, value: Decimal, end: int, factor: int, style: NumberStyle) -> tuple[Decimal, int, int]:
    """1億2000万: numbers with falling multipliers are one."""
    while factor >= 10_000 and style.months_by_number:
        match = _SMALLER.match(plain, end)
        if match is None:
            break
        smaller, after = _multiplied(plain, match.end(), style)
        if smaller >= factor:
            break
        value, end, factor = value + int(match[0].replace(",", "")) * smaller, after, smaller
    return value, end, factor
