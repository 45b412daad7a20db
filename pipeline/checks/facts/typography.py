"""typography: how a language writes its marks, and how a text ends."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from pipeline.checks.expressions import Expression
from pipeline.checks.facts.contacts import prose
from pipeline.checks.languages import language_data
from pipeline.checks.markup import TokenKind
from pipeline.checks.subject import Text
from pipeline.model.locale import Locale


class Mark(StrEnum):
    """What a mark says, whatever it looks like in a language."""

    STOP = "full stop"
    QUESTION = "question mark"
    EXCLAMATION = "exclamation mark"
    COLON = "colon"
    ELLIPSIS = "ellipsis"
    SEMICOLON = "semicolon"
    COMMA = "comma"
    NONE = "no mark"


_MARKS = {
    **dict.fromkeys(".。．｡۔।", Mark.STOP),
    **dict.fromkeys("?？؟", Mark.QUESTION),
    **dict.fromkeys("!！", Mark.EXCLAMATION),
    **dict.fromkeys(":：", Mark.COLON),
    **dict.fromkeys("…⋯", Mark.ELLIPSIS),
    **dict.fromkeys(";；؛", Mark.SEMICOLON),
    **dict.fromkeys(",，、،", Mark.COMMA),
}
_SHORTEST_SENTENCE = 5
_EVERY_FOREIGN = "。、，；：？！．｡؟،؛۔।¿¡"
_CLOSERS = frozenset(" \t\n\r\u00a0\u202f\u2009\u3000\u200e\u200f\u061c\u2069\u202c)]}）】］｝」』》〉\"'”’“‘»›«‹*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Typography:
    """How a language writes. `known` is false of one without data: rules that need it stay silent.

    `instead` maps marks of another script to the language's own where they stand `beside` its letters, `tolerated` are
    those of them that many write; `foreign` are marks that it does not write at all. `space_before` are marks that
    have a no-break space before them, as have the insides of guillemets if `space_in_quotes`. `quotes` are pairs of an
    opening and a closing mark, `inner` those that stand inside others only. `doubles` are words that may follow
    themselves, `slips` characters that never do.
    """

    known: bool
    question: str
    statement_for_question: str
    final: str
    beside: str
    instead: dict[str, str]
    tolerated: str
    foreign: frozenset[str]
    opening: dict[str, str]
    space_before: str
    space_in_quotes: bool
    spaces_between: str
    quotes: tuple[tuple[str, str], ...]
    inner: frozenset[str]
    straight: bool
    doubles: frozenset[str]
    doubled_chunks: str
    slips: re.Pattern[str] | None
    abbreviated: Expression
    abbreviation_ends: frozenset[str]


@lru_cache(maxsize=256)
def typography(locale: Locale) -> Typography:
    data = language_data(locale, "typography")
    instead = dict(data.get("instead", {}))
    own = set(data.get("own", "")) | set(instead.values())
    abbreviations = (*data.get("abbreviations", ()), *_sentence_abbreviations(locale))
    return Typography(
        known=bool(data),
        question=data.get("question", ""),
        statement_for_question=data.get("statement_for_question", ""),
        final=data.get("final", ""),
        beside=data.get("beside", ""),
        instead=instead,
        tolerated=data.get("tolerated", ""),
        foreign=frozenset(_EVERY_FOREIGN) - own if data else frozenset(),
        opening=dict(data.get("opening", {})),
        space_before=data.get("space_before", ""),
        space_in_quotes=data.get("space_in_quotes", False),
        spaces_between=data.get("no_space_between", ""),
        quotes=tuple((pair[0], pair[-1]) for pair in data.get("quotes", ())),
        inner=frozenset("".join(data.get("inner_quotes", ()))),
        straight=data.get("straight", False),
        doubles=frozenset(data.get("doubles", ())),
        doubled_chunks=data.get("doubled_chunks", ""),
        slips=re.compile("|".join(data["slips"])) if "slips" in data else None,
        abbreviated=_abbreviated(abbreviations),
        abbreviation_ends=frozenset(text.removesuffix(".").split(" ")[-1] for text in abbreviations),
    )


def _sentence_abbreviations(locale: Locale) -> Iterator[str]:
    """The abbreviations that the language has in sentences, as they may also end a text."""
    data = language_data(locale, "sentences")
    for kind in ("abbreviations", "units"):
        yield from data.get(kind, ())


def _abbreviated(abbreviations: Iterable[str]) -> Expression:
    """Matches a text that ends in an abbreviation: one of these, or one of letters with stops between."""
    listed = "|".join(re.escape(text.removesuffix(".")) for text in abbreviations)
    return Expression(rf"(?:[^\W\d_]\.[ \u00a0]?[^\W\d_]|(?<![^\W\d_])(?:{listed or '(?!)'}))\.\Z")


def _abbreviation(words: str, index: int, known: Typography) -> bool:
    """Whether the full stop at `index` ends an abbreviation."""
    begin = max(0, index - 12)
    last = words[begin:index].rpartition(" ")[2]
    if len(last) > 1 and last.isalpha() and last not in known.abbreviation_ends:
        return False
    return known.abbreviated.search(words, begin, index + 1) is not None


class Ending(NamedTuple):
    """How a text, or the part of it before a link that ends it, ends; `at` is the mark's offset in `Text.words`."""

    mark: Mark
    text: str
    at: int
    abbreviated: bool


def endings(text: Text) -> tuple[Ending, ...]:
    """The end of the text; before it the end of what stands before a link or emphasis that ends the text."""
    words = text.fact(prose)
    notes = {offset for name, offset in text.atoms if name.rstrip("0123456789") in ("cite", "note")}
    last = _ending(words, len(words), notes, text.knowledge(typography))
    begin = _last_link(text)
    return (last,) if begin <= 0 else (_ending(words, begin, notes, text.knowledge(typography)), last)


def _last_link(text: Text) -> int:
    """Where in `words` the tag opens that the text ends with; 0 if it ends with none."""
    tokens = text.tokens
    if len(tokens) < 2 or tokens[-1].kind is not TokenKind.CLOSE or tokens[-1].end < len(text.raw.rstrip()):
        return 0
    opener, closer = tokens[-2], tokens[-1]
    if opener.kind is not TokenKind.OPEN or opener.name != closer.name:
        return 0
    return len(text.words.rstrip()) - (closer.start - opener.end)


def _ending(words: str, end: int, notes: set[int], known: Typography) -> Ending:
    index = end - 1
    while index >= 0 and (words[index] in _CLOSERS or index in notes):
        index -= 1
    if index < 0:
        return Ending(Mark.NONE, "", max(end - 1, 0), False)
    character = words[index]
    mark = _MARKS.get(character, Mark.NONE)
    if mark is Mark.STOP and words[max(0, index - 2) : index] == character * 2:
        mark = Mark.ELLIPSIS
    if mark is Mark.EXCLAMATION and _MARKS.get(words[index - 1 : index]) is Mark.QUESTION:
        mark = Mark.QUESTION
    if character in known.question:
        mark = Mark.QUESTION
    # A word alone with a stop is one cut short (Nov.), not a sentence.
    abbreviated = mark is Mark.STOP and (
        (index < _SHORTEST_SENTENCE and not known.spaces_between) or _abbreviation(words, index, known)
    )
    return Ending(mark, "" if mark is Mark.NONE else character, index, abbreviated)
