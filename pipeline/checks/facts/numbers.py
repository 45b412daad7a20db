"""numbers: the quantities that a text states: value, percent, unit, and how each is written."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from pipeline.checks.expressions import Expression
from pipeline.checks.facts.contacts import ADDRESS, DIGITS, contacts
from pipeline.checks.facts.dates import Moment, moments
from pipeline.checks.facts.numbers_reading import Reading, pieces, read, script_of
from pipeline.checks.facts.numbers_style import SPACE, NumberStyle, number_style
from pipeline.checks.facts.quantities import CLOCK_HALF, Kind, Percent, Quantity, Written, completed
from pipeline.checks.facts.units import counted_at, unit_at, unit_style
from pipeline.checks.signs import Sign, Where
from pipeline.checks.subject import Text

DIGIT = re.compile(r"\d")
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")
OTHER_DIGIT = Sign.of(_OTHER_DIGIT.search, Where.CHARACTERS)
# Digits and percent signs.
FIGURE = Sign.among(r"\d½%٪％")
# Between full-width digits only: elsewhere 、，． are punctuation.
_WIDE_MARK = re.compile(r"(?<=[０-９])[，．](?=[０-９])")
_NARROW = str.maketrans("，．", ",.")
# Besides addresses, character references and powers have digits that count nothing.
_CODE = re.compile(r"doi:\s?\S++|&#?\w{1,8};|(?<!\d)\d++的\d++次方")
_GROUP_BEFORE = re.compile(rf"\d[{SPACE}]\Z")
_RUN = re.compile(
    # A digit first: that is quickly found; what stands before it is looked at then.
    r"[\d½¼¾⅓⅔⅛](?:(?<![\d.,/].)(?:(?<=1)/[2-4]|(?<=2)/3|(?<=3)/4)(?![\d/])|"
    rf"(?<=\d)\d*(?:[.,'’٫٬،·]\d+|[{SPACE}]\d{{3}}(?!\d))*+"
    r"(?:[⁰¹²³⁴-⁹]++|[½¼¾⅓⅔⅛])?|(?<!\d))"
)
_VULGAR = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅓": "0.333", "⅔": "0.667", "⅛": "0.125"}
_ROMAN = re.compile(
    r"(?<![A-Za-z0-9_.À-ɏ])(?:X{1,3}(?:IX|IV|V?I{0,3})|IX|IV|VI{0,3}|II{0,2})(?![A-Za-z0-9_À-ɏ'’]|\.\w)"
)
ROMAN = Sign.of(lambda piece: ("I" in piece or "V" in piece or "X" in piece) and _ROMAN.search(piece))
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
_LIST_MARK = re.compile(r"(?:\A|\n)[ \t]*[(]?\Z")
_TIMES = re.compile(r"(?:x|×|X|-?(?:fold|fach))(?![^\W\d_])")


@dataclass(frozen=True, slots=True)
class _Scan:
    quantities: tuple[Quantity, ...] = ()
    glued: tuple[Decimal, ...] = ()


_NOTHING = _Scan()


def numbers(text: Text) -> tuple[Quantity, ...]:
    """The quantities of the text in reading order."""
    return text.fact(_scan).quantities


def glued(text: Text) -> tuple[Decimal, ...]:
    """Numbers that count nothing by themselves: part of a name ("IL-2"), mark of an item of a list, Roman."""
    return (*text.fact(_scan).glued, *(value for value, _ in text.fact(romans)))


def percent_atoms(text: Text) -> frozenset[str]:
    """The placeholders that a percent sign stands behind, or before where the language has it so."""
    words = text.words
    if not text.atoms or not ("%" in words or "٪" in words or "％" in words):
        return frozenset()
    style = text.knowledge(number_style)
    return frozenset(
        name
        for name, offset in text.atoms
        if _sign_behind(words, offset + 1, style) or style.percent_before.search(words, max(0, offset - 4), offset)
    )


def _sign_behind(words: str, position: int, style: NumberStyle) -> bool:
    """Whether a percent sign or word follows, and not the next directive of a date format: "%d %B"."""
    match = style.percent.match(words, position)
    return match is not None and not (match[0].endswith("%") and words[match.end() : match.end() + 1].isalpha())


def _scan(text: Text) -> _Scan:
    words = text.words
    if not text.shows(FIGURE) or (not DIGIT.search(words) and "½" not in words):
        return _NOTHING
    plain = ascii_digits(words) if text.shows(OTHER_DIGIT) else words
    style = text.knowledge(number_style)
    taken = list(_addresses(text, plain))
    outside = _free(taken) if taken else _anywhere
    reached = 0
    found: list[Quantity] = []
    stuck: list[Decimal] = []
    for moment in moments(text, plain):
        if outside(moment.start):
            found.append(_moment(moment, words))
            taken.append((moment.start, moment.end))
    free = _free(taken) if taken else _anywhere
    for match in _RUN.finditer(plain):
        if match.start() < reached or not free(match.start()):
            continue
        for quantity in _numbers(match, plain, words, style, text):
            if isinstance(quantity, Decimal):
                stuck.append(quantity)
            else:
                found.append(quantity)
                reached = quantity.until
    found.sort(key=lambda each: each.start)
    together = _ranged(found, text, plain, style) if len(found) > 1 else found
    return _Scan(tuple(together), tuple(stuck))


def ascii_digits(words: str) -> str:
    """The text with the digits of every script as 0 to 9, character by character."""
    if words.isascii() or not _OTHER_DIGIT.search(words):
        return words
    words = _WIDE_MARK.sub(lambda mark: mark[0].translate(_NARROW), words)
    return "".join(str(unicodedata.decimal(each)) if each.isdecimal() else each for each in words)


def _addresses(text: Text, plain: str) -> Iterator[tuple[int, int]]:
    for address in text.fact(contacts) if text.shows(ADDRESS) or text.shows(DIGITS) else ():
        # "10 050-15 000" is a range of two numbers.
        if not _GROUP_BEFORE.search(plain, max(0, address.start - 2), address.start):
            yield address.start, address.end
    if "&" in plain or ":" in plain or "次方" in plain:
        for match in _CODE.finditer(plain):
            yield match.span()


def _free(taken: list[tuple[int, int]]) -> Callable[[int], bool]:
    """Whether a position lies in none of the spans."""
    spans = sorted(taken)
    starts = [start for start, _ in spans]

    def free(position: int) -> bool:
        index = bisect_right(starts, position) - 1
        return index < 0 or position >= spans[index][1]

    return free


def _anywhere(position: int) -> bool:
    return True


def _moment(moment: Moment, words: str) -> Quantity:
    kind = Kind.TIME if moment.minutes else Kind.DATE
    values = [Decimal(each) for each in moment.minutes] or [
        Decimal(year * 10_000 + month * 100 + day) for year, month, day in moment.readings
    ]
    return Quantity(
        kind=kind,
        value=values[0],
        start=moment.start,
        end=moment.end,
        until=moment.end,
        text=words[moment.start : moment.end],
        readings=tuple(values[1:]),
        written=Written(digits=script_of(words[moment.start : moment.end])),
    )


def _numbers(
    match: re.Match[str], plain: str, words: str, style: NumberStyle, text: Text
) -> Iterator[Quantity | Decimal]:
    """The quantities of one run of digits and separators; a bare value where it is part of a name."""
    run, start = match[0], match.start()
    fraction = None if run.isdecimal() else _fraction(run)
    if fraction is not None:
        yield completed(fraction, start, match.end(), plain, words, style, text)
        return
    for piece, offset in pieces(run):
        begin, end = start + offset, start + offset + len(piece)
        reading = read(piece, style, words[begin:end])
        if reading is None:  # 2.1.3 is a version, and says nothing
            continue
        if _is_glued(plain, begin, end, style, text):
            yield reading.value
            continue
        yield completed(reading, begin, end, plain, words, style, text)


def _fraction(run: str) -> Reading | None:
    """½, 2½ or 1/2, which may also be 1 and 2."""
    if run[-1] in _VULGAR:
        return (
            Reading(Decimal(run[:-1] or "0") + Decimal(_VULGAR[run[-1]]))
            if run[:-1].isdecimal() or not run[:-1]
            else None
        )
    if "/" not in run:
        return None
    one, other = Decimal(run[0]), Decimal(run[2])
    return Reading(round(one / other, 3).normalize(), parts=(one, other))


def _is_glued(plain: str, begin: int, end: int, style: NumberStyle, text: Text) -> bool:
    before = plain[begin - 1] if begin else ""
    if _joins(before) or (before in "-‑–_./" and begin > 1 and before and _joins_hyphen(plain, begin, before)):
        return True
    after = plain[end] if end < len(plain) else ""
    if after in ".)" and after and _LIST_MARK.search(plain, max(0, begin - 8), begin) and end - begin <= 2:
        return end + 1 < len(plain) and plain[end + 1].isspace() and begin + 6 < len(plain)
    if after == "月" and style.months_by_number:
        return True
    if not _joins(after):
        return False
    return not (
        style.ordinal.match(plain, end)
        or style.multiplier.match(plain, end)
        or _TIMES.match(plain, end)
        or CLOCK_HALF.match(plain, end)
        or text.knowledge(unit_style).unit.match(plain, end)
    )


def _joins_hyphen(plain: str, begin: int, mark: str) -> bool:
    """Whether a name goes on behind its hyphen: "IL-2", "インターロイキン-2"; not the end of a range, "2-3"."""
    before = plain[begin - 2]
    if mark in "-‑_":
        return before.isalpha() or before == ")"
    return mark == "." and _joins(before) and before not in "."


def _joins(character: str) -> bool:
    """Whether a letter makes one word with a digit next to it: those of scripts with spaces, but Arabic's particles."""
    if not character.isalpha():
        return character == "_"
    return character < "\u0590" or "\u1e00" <= character <= "\u1fff" or "\uff21" <= character <= "\uff5a"


def _ranged(found: list[Quantity], text: Text, plain: str, style: NumberStyle) -> Iterator[Quantity]:
    """The ends of a range share percent sign and unit; the members of a list have those of the last.

    A label goes the other way: "grade 3 or 4", but not "on day 8 and 15 patients".
    """
    label = ""
    for index, quantity in enumerate(found):
        changed = quantity
        if quantity.kind is Kind.NUMBER:
            following = found[index + 1] if index + 1 < len(found) else None
            if following is not None and _joined(plain, quantity, following, style.ranges, style.spans):
                changed = _share(quantity, following, certain=True)
            elif following is not None and _joined(plain, quantity, following, style.lists):
                changed = _share(quantity, following, certain=False)
            before = found[index - 1] if index else None
            if before is not None and before.until == before.end and _joined(plain, before, quantity, style.ranges):
                changed = _share(changed, before, certain=True)
            if before is not None and label and not (changed.unit or changed.label) and changed.percent is Percent.NO:
                joined = _joined(plain, before, quantity, style.lists) or _joined(plain, before, quantity, style.ranges)
                changed = changed._replace(label=label) if joined and not counted_at(text, quantity.end) else changed
        label = changed.label
        yield changed


def _joined(plain: str, first: Quantity, second: Quantity, by: Expression, spans: Expression | None = None) -> bool:
    between = plain[first.until : second.start]
    if len(between) > 12 or second.kind is not Kind.NUMBER:
        return False
    if by.fullmatch(between) is not None:
        return True
    return spans is not None and spans.search(f"{plain[max(0, first.start - 16) : first.start]}\0{between}") is not None


def _share(quantity: Quantity, other: Quantity, *, certain: bool) -> Quantity:
    if quantity.percent is Percent.NO and other.percent is Percent.YES and not quantity.unit:
        return quantity._replace(percent=Percent.SHARED)
    if not quantity.unit and other.unit and quantity.percent is Percent.NO:
        return quantity._replace(unit=other.unit, unit_shared=not certain)
    return quantity


def quantity_of_word(text: Text, value: Decimal, start: int, end: int, unit_of_phrase: str = "") -> Quantity:
    """A number that is spelled out, with its percent word or unit."""
    words, style = text.words, text.knowledge(number_style)
    percent = style.percent.match(words, end)
    dual = unit_of_phrase or text.knowledge(unit_style).duals.get(words[start:end].casefold())
    unit, until = (dual, end) if dual else unit_at(words, end, text.knowledge(unit_style))
    return Quantity(
        kind=Kind.NUMBER,
        value=value,
        start=start,
        end=end,
        until=until,
        text=words[start:until],
        percent=Percent.NO if percent is None else Percent.YES,
        unit="" if percent is not None else unit,
    )


def romans(text: Text) -> tuple[tuple[Decimal, str], ...]:
    """Roman numerals up to 39 with their values."""
    return tuple(_romans(text.words)) if text.shows(ROMAN) else ()


def _romans(words: str) -> Iterator[tuple[Decimal, str]]:
    for match in _ROMAN.finditer(words):
        values = [_ROMAN_VALUES[each] for each in match[0]]
        value = sum(-each if each < after else each for each, after in zip(values, [*values[1:], 0], strict=True))
        yield Decimal(value), match[0]
