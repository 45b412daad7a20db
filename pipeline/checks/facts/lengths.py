"""lengths: how long a translation is against what its language needs for such a source, and how it ends."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from math import log, sqrt
from typing import Any, NamedTuple

from pipeline.checks.facts.language import IDEOGRAPH
from pipeline.checks.facts.sentences import sentences
from pipeline.checks.languages import language_data
from pipeline.checks.subject import ATOM, Pair, Text
from pipeline.model.locale import Locale

_SHORTEST = 3
_FINAL = frozenset(".!?…:;。！？：；｡．؟؛।")
_PAUSE = frozenset(",،、，-–—(（[/")
_SPACE = " \t\n\xa0\u202f"
_CLOSING = _SPACE + "\"'”’»›)]）」』】》“"
_VERBATIM = re.compile(r"[A-Za-z0-9][A-Za-z0-9.,/@:_%+-]*+")
_LAST_WORD = re.compile(r"(?<![\w-])[^\W\d_]+\Z")
_MARK = re.compile(r"(?:cite|note)[0-9]*+")


class Lengths(NamedTuple):
    """`actual` and `expected` are in characters; `deviation` is their difference in standard deviations.

    `deviation` is None for a language of which no lengths are known, and for texts too short to tell.
    """

    actual: float
    expected: float
    deviation: float | None


def lengths(pair: Pair) -> Lengths:
    """The target's length against its source's: placeholders and tags aside; what both have verbatim is as long."""
    data = pair.target.knowledge(_data)
    source, target = pair.source.fact(_plain), _plain(pair.target)
    if "ratio" not in data or len(source) < _SHORTEST or not target or _same_language(pair):
        return Lengths(float(len(target)), float(len(source)), None)
    actual = float(len(target))
    if data["wide"] != 1:
        actual += (data["wide"] - 1) * len(IDEOGRAPH.findall(target))
    verbatim = pair.source.fact(_verbatim)
    pieces = pair.target.pieces if target == pair.target.words else target.split(" ")
    codes = chain.from_iterable(map(_codes, pieces))
    shared = sum(map(len, filter(verbatim.__contains__, codes)))
    expected = max(len(source) - shared, 0) * data["ratio"] + shared
    spread = sqrt(data["spread"] ** 2 + data["short"] / len(source))
    return Lengths(actual, expected, log(actual / max(expected, 1)) / spread)


@dataclass(frozen=True, slots=True)
class Ending:
    """How a text ends: `final` with a mark that closes a sentence, `open` with a word or mark that goes on."""

    final: bool
    open: str


def ending(text: Text) -> Ending:
    """Citations and footnote marks, quotes and brackets behind the last word aside."""
    read = _unmarked(text)
    if len(read) > 1 and read[-1] in _PAUSE:
        return Ending(False, read[-1])
    read = read.rstrip(_CLOSING)
    if not read or read[-1] in _FINAL:
        return Ending(bool(read), "")
    if IDEOGRAPH.match(read[-1]):
        tail = max((word for word in text.knowledge(_unfinished) if read.endswith(word)), key=len, default="")
        return Ending(False, tail if len(read) > len(tail) else "")
    last = _LAST_WORD.search(read[-_LONGEST:])
    return Ending(
        False, last[0] if last and last[0] in text.knowledge(_unfinished) and len(last[0]) < len(read) else ""
    )


def _unmarked(text: Text) -> str:
    read = text.words.rstrip(_SPACE)
    if not text.atoms:
        return read
    marks = {offset for name, offset in text.atoms if _MARK.fullmatch(name)}
    while read and len(read) - 1 in marks:
        read = read[:-1].rstrip(_SPACE)
    return read


_LONGEST = 16
_AFTER_NUMBER = re.compile(r"[0-9]\. (?=[^\W\d_])")
_PARTS = re.compile(r"[;；؛(（:：–—](?:(?<=[;；؛(（])(?=.)|(?<=[:：–—])(?=\s))")


@dataclass(frozen=True, slots=True)
class Counts:
    """Sentences of the source and of the target: `most` where what a semicolon, colon or bracket parts is one, too.

    Only such marks count as the other text does not have. `bracketed` are those of the target that stand in brackets.
    """

    source: int
    target: int
    source_most: int
    target_most: int
    bracketed: int


def counts(pair: Pair) -> Counts:
    there, here = len(pair.source.fact(sentences)), pair.target.fact(sentences)
    # "von 0 bis 5. Fast 9 von 10": an ordinal or the end of a sentence, which only the words behind it tell.
    ambiguous = pair.target.fact(_after_numbers) - pair.source.fact(_after_numbers)
    more = pair.source.fact(_parts) - pair.target.fact(_parts)
    bracketed = sum(pair.target.words[start] in "(（" for start, _ in here)
    return Counts(there, len(here), there + max(more, 0), len(here) + max(-more, 0) + max(ambiguous, 0), bracketed)


def _after_numbers(text: Text) -> int:
    return len(_AFTER_NUMBER.findall(text.words))


def _parts(text: Text) -> int:
    return len(_PARTS.findall(text.words))


def _verbatim(text: Text) -> frozenset[str]:
    """The words and codes of the text in Latin letters."""
    return frozenset(_VERBATIM.findall(text.fact(_plain)))


@lru_cache(maxsize=1 << 14)
def _codes(piece: str) -> tuple[str, ...]:
    return tuple(_VERBATIM.findall(piece))


def _plain(text: Text) -> str:
    return text.words.replace(ATOM, "").strip()


def _same_language(pair: Pair) -> bool:
    return pair.source.locale.language == pair.target.locale.language


@lru_cache(maxsize=64)
def _data(locale: Locale) -> dict[str, Any]:
    return dict(language_data(locale, "lengths"))


@lru_cache(maxsize=64)
def _unfinished(locale: Locale) -> frozenset[str]:
    return frozenset(language_data(locale, "lengths").get("unfinished", "").split())
