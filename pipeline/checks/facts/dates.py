"""dates: calendar dates and times of day, whatever their order and the language of their months."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.checks.facts.numbers_style import SPACE, NumberStyle, number_style
from pipeline.checks.signs import Search, Sign
from pipeline.checks.subject import Text
from pipeline.model.locale import Locale

_ISO = re.compile(r"(?<![\d.,/-])(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?![\d/-])")
_NUMERIC = re.compile(r"(?<![\d.,/-])(\d{1,2})([./-])[ \xa0]?(\d{1,2})\2[ \xa0]?(\d{4})(?![\d/-])")
_ASIAN = re.compile(r"(?:(\d{4})\s?年\s?)?(\d{1,2})\s?月\s?(?:(\d{1,2})\s?[日号號])?")
# "PS 1：30例" is no time.
_CLOCK = re.compile(
    r"(?<![\d:：.])(\d{1,2})[:：](\d{2})(?:[:：](\d{2}))?(?![\d:：]|\s?[%٪％例名人件])(?:\s?([ap])\.?m\b)?",
    re.IGNORECASE,
)
_CLOCK_WORDS = re.compile(
    r"(?<![\d:.,])(\d{1,2})(?:\s?h\s?|\s?[時点點]\s?|\.(?=\d\d\s?Uhr))(\d{2})(?!\d)(?:\s?分(?!之))?"
)

# A digit with the mark of a date or of an hour behind it: without any there is none.
_JOINED = re.compile(r"\d(?:[-./][ \xa0]?\d|\s?[h時点點]|\.\d\d\s?Uhr)")


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as year, month and day, 0 for what it does not say; `readings` has more than one where it may be either.

    A time of day is minutes since midnight in `minutes`, which is None for a date.
    """

    start: int
    end: int
    readings: tuple[tuple[int, int, int], ...] = ()
    minutes: tuple[int, ...] = ()


def moments(text: Text, words: str) -> tuple[Moment, ...]:
    """Every date and time of the text, whose digits are ASCII in `words`, in order and apart."""
    style, joined = text.knowledge(number_style), _JOINED.search(words) is not None
    if not (joined or text.shows(MONTH) or ":" in words or "：" in words or "月" in words):
        return ()
    found: list[Moment] = []
    for moment in sorted(_all(text, words, style, joined=joined), key=lambda each: (each.start, -each.end)):
        if not found or moment.start >= found[-1].end:
            found.append(moment)
    return tuple(found)


def _all(text: Text, words: str, style: NumberStyle, *, joined: bool) -> Iterator[Moment]:
    if joined:
        yield from _numeric(words)
    if style.months_by_number and "月" in words:
        for match in _ASIAN.finditer(words):
            if match[1] or match[3]:
                yield from _date(match, (int(match[1] or 0), int(match[2]), int(match[3] or 0)))
    if style.months and text.shows(MONTH):
        for match in _named(text.locale).finditer(words):
            month = style.months[(match["m1"] or match["m2"] or match["m3"]).casefold()]
            year = int(match["y1"] or match["y2"] or match["y3"] or 0)
            yield from _date(match, (year, month, int(match["d1"] or match["d2"] or 0)))
    if ":" in words or "：" in words:
        for match in _CLOCK.finditer(words):
            yield from _time(match, (match[4] or "").lower())
    if joined:
        for match in _CLOCK_WORDS.finditer(words):
            yield from _time(match, "")


def _numeric(words: str) -> Iterator[Moment]:
    for match in _ISO.finditer(words):
        yield from _date(match, (int(match[1]), int(match[3]), int(match[4])))
    for match in _NUMERIC.finditer(words):
        one, two, year = int(match[1]), int(match[3]), int(match[4])
        yield from _date(match, (year, two, one), (year, one, two))


def _date(match: re.Match[str], *readings: tuple[int, int, int]) -> Iterator[Moment]:
    possible = tuple(each for each in dict.fromkeys(readings) if each[1] <= 12 and each[2] <= 31 and each[1] > 0)
    if possible:
        yield Moment(*match.span(), readings=possible)


def _time(match: re.Match[str], half: str) -> Iterator[Moment]:
    hours, minutes = int(match[1]), int(match[2])
    if hours <= 24 and minutes < 60:
        at = hours * 60 + minutes
        later = (hours + 12) * 60 + minutes
        yield Moment(*match.span(), minutes=(at, later) if half and hours < 12 else (at,))


def _month(locale: Locale) -> Search | None:
    """Finds a month, or the beginning of one that is two words."""
    months = number_style(locale).months
    first = "|".join(re.escape(re.split(rf"[{SPACE}]", form)[0]) for form in months)
    return re.compile(first, re.IGNORECASE).search if months else None


MONTH = Sign(_month)


@lru_cache(maxsize=64)
def _named(locale: Locale) -> re.Pattern[str]:
    """A day and a month, a month and a day, or a month and a year, with or without the year."""
    month = number_style(locale).month
    gap = rf"[{SPACE}]?"
    # Without anything between them a short name and a digit are a code: FEV1.
    apart = rf"(?:\.[{SPACE}]?|[{SPACE}])"
    of = rf"(?:(?:of|the|de|del|do|d[’']|من)[{SPACE}])?"
    ordinal = r"(?:st|nd|rd|th|er|º|ª|\.)?"
    return re.compile(
        rf"(?<![\d.,])(?P<d1>\d{{1,2}}){ordinal}[{SPACE}]{of}(?P<m1>{month})\.?(?:,?{gap}{of}(?P<y1>\d{{4}})(?!\d))?"
        rf"|(?<!\w)(?P<m2>{month}){apart}(?P<d2>\d{{1,2}})(?![\d.,]?\d)(?:st|nd|rd|th)?(?:,?{gap}(?P<y2>\d{{4}})(?!\d))?"
        rf"|(?<!\w)(?P<m3>{month})\.?,?{gap}{of}(?P<y3>\d{{4}})(?!\d)",
        re.IGNORECASE,
    )
