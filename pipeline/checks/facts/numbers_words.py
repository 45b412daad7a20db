"""numbers_words: numbers that a text spells out; they answer for digits of the other side and ask for nothing."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pipeline.checks.facts.numbers import numbers
from pipeline.checks.facts.numbers_style import PREFIX as _PREFIX
from pipeline.checks.facts.numbers_style import NumberStyle, number_style
from pipeline.checks.facts.units import spaced, unit_at, unit_style
from pipeline.checks.signs import Search, Sign
from pipeline.checks.subject import Text
from pipeline.model.locale import Locale

_WORD = re.compile(r"[^\W\d_]++")
_ASIAN = re.compile(r"[〇零一二三四五六七八九十百千万億兆两兩萬亿]++")
_ASIAN_DIGITS = {
    **{character: value for value, character in enumerate("〇一二三四五六七八九")},
    "零": 0,
    "两": 2,
    "兩": 2,
}
_ASIAN_TENS = {"十": 10, "百": 100, "千": 1000}
_ASIAN_MYRIADS = {"万": 10**4, "萬": 10**4, "億": 10**8, "亿": 10**8, "兆": 10**12}
_DIACRITICS = re.compile(r"[\u064b-\u0652\u0670\u0640]")
# Particles that Arabic writes together with the word that follows.
_PARTICLES = re.compile(r"(?:[وف]?(?:بال|كال|لل|ال|[بلك])|[وف])(?=\w{2})")
_TENS = range(20, 100, 10)
# Between tens and units: "vingt et un", "treinta y uno", "trinta e um".
_LINKS = frozenset(("et", "y", "e"))


@dataclass(frozen=True, slots=True)
class Word:
    """A number that the text spells out between `start` and `end` of its words."""

    value: Decimal
    start: int
    end: int
    unit: str = ""  # of a phrase that says it along: "half an hour"


@dataclass(frozen=True, slots=True)
class Spelled:
    """Number words in reading order, and the values that only articles and the like may stand for ("a", "every")."""

    words: tuple[Word, ...]
    weak: frozenset[Decimal]


_NONE = Spelled((), frozenset())


def spelled(text: Text) -> Spelled:
    """The numbers that the text spells out."""
    style = text.knowledge(number_style)
    if not style.words:
        return _NONE
    strong: list[Word] = []
    weak: set[Decimal] = set()
    ten: Word | None = None
    halved = style.half.search(text.words) is not None
    derives = bool(style.prefixes) or text.locale.language == "ar"
    for match in _WORD.finditer(text.words):
        form = word = match[0].casefold()
        values = style.words.get(word)
        if values is None and derives:
            form = _form(word, text)
            values = style.words.get(form) or frozenset(_inside(word, style))
        if not values:
            ten = ten if word in _LINKS else None
            continue
        if form in style.weak_words:
            weak |= values
            if halved:  # "um ano e meio"
                strong += _more_by_half([Word(value, *match.span()) for value in values if value == 1], text, style)
            continue
        found = [Word(value, *match.span()) for value in sorted(values)]
        if ten is not None:
            found += [Word(ten.value + value, ten.start, match.end()) for value in values if 0 < value < 10]
        strong += found
        ten = next((each for each in found if each.value in _TENS), None)
    strong += _unspaced(text, style)
    strong += _asian(text.words)
    longer = _more_by_half(strong, text, style) if halved else []
    phrases = [each for each in _phrases(text, style) if all(_clear(each, its) for its in longer)]
    strong += longer
    if phrases:
        strong = [each for each in strong if all(_clear(each, its) for its in phrases)]
        strong += phrases
    return Spelled(tuple(_apart(strong, text)), frozenset(weak | _weak_unspaced(text, style)))


def _spelling(locale: Locale) -> Search:
    """Whether a piece may be part of a number spelled out."""
    style = number_style(locale)
    derived = bool(style.prefixes) or locale.language == "ar"
    parts = re.compile("|".join(map(re.escape, (*style.unspaced, *style.phrase_hints))) or "(?!)")

    def spells(piece: str) -> bool:
        if _ASIAN.search(piece):
            return True
        folded = piece.casefold()
        words = _WORD.findall(folded)
        return (derived and bool(words)) or not style.words.keys().isdisjoint(words) or parts.search(folded) is not None

    return spells


NUMBER_WORD = Sign(_spelling)


def _clear(one: Word, other: Word) -> bool:
    return one.end <= other.start or one.start >= other.end


def _more_by_half(found: list[Word], text: Text, style: NumberStyle) -> list[Word]:
    """The words that "and a half" follows, right away or behind their unit: "two and a half years", "一年半"."""
    more = []
    for word in found:
        unit, end = unit_at(text.words, word.end, text.knowledge(unit_style))
        for named, place in (("", word.end), (unit, end)):
            half = style.half.match(text.words, place)
            if half is not None and word.value == word.value.to_integral_value():
                more.append(Word(word.value + Decimal("0.5"), word.start, half.end(), named))
                break
    return more


def _phrases(text: Text, style: NumberStyle) -> Iterator[Word]:
    folded = text.words.casefold()
    if any(hint in folded for hint in style.phrase_hints):
        for match in style.phrase.finditer(text.words):
            value, unit = style.phrases[spaced(match[0]).casefold()]
            yield Word(value, *match.span(), unit)


def _apart(found: list[Word], text: Text) -> Iterator[Word]:
    """The words that are no part of a number with digits, as "million" is of "18 million"."""
    taken = numbers(text)
    starts = [each.start for each in taken]
    for word in found:
        index = bisect_right(starts, word.start) - 1
        if index < 0 or word.start >= taken[index].until:
            yield word


def _unspaced(text: Text, style: NumberStyle) -> Iterator[Word]:
    """Number words of a script without spaces, which may stand anywhere."""
    for word in style.unspaced:
        if word not in style.weak_words and word in text.words:
            start = text.words.index(word)
            yield from (Word(value, start, start + len(word)) for value in style.words[word])


def _weak_unspaced(text: Text, style: NumberStyle) -> set[Decimal]:
    found: set[Decimal] = set()
    for word in style.unspaced:
        if word in style.weak_words and word in text.words:
            found |= style.words[word]
    return found


def _form(word: str, text: Text) -> str:
    """An Arabic word without its vowel signs and the particles before it."""
    if text.locale.language != "ar":
        return word
    bare = _DIACRITICS.sub("", word)
    return bare if bare in text.knowledge(number_style).words else _PARTICLES.sub("", bare, count=1)


def _inside(word: str, style: NumberStyle) -> Iterator[Decimal]:
    """The number word that a compound begins with: "zweimal", "dreitägig"."""
    for form, value in style.prefixes.get(word[:_PREFIX], ()):
        if word.startswith(form):
            yield value


def _asian(words: str) -> Iterator[Word]:
    if words.isascii():
        return
    for match in _ASIAN.finditer(words):
        value = _asian_value(match[0])
        if value is not None:
            yield Word(Decimal(value), *match.span())


def _asian_value(numeral: str) -> int | None:
    if all(each in _ASIAN_DIGITS for each in numeral):
        return int("".join(str(_ASIAN_DIGITS[each]) for each in numeral)) if len(numeral) < 12 else None
    total = section = digit = 0
    for each in numeral:
        if each in _ASIAN_DIGITS:
            digit = _ASIAN_DIGITS[each]
        elif each in _ASIAN_TENS:
            section += (digit or 1) * _ASIAN_TENS[each]
            digit = 0
        else:
            total += (section + digit or 1) * _ASIAN_MYRIADS[each]
            section = digit = 0
    return total + section + digit
