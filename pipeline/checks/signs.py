"""signs: what shows in a text at a glance: a rule that needs a sign is not asked about texts without it.

A text is told by its pieces, which is what stands between its spaces. Most pieces have been seen before in texts of the
language: their signs are remembered, and those of a text are known without searching it.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from functools import lru_cache
from typing import Any

from pipeline.model.locale import Locale

Search = Callable[[str], Any]

# So many pieces are remembered of a language at most; then it begins anew.
_MOST = 1 << 14
# What is longer hardly comes again.
_LONGEST = 40


class Where(Enum):
    """What a sign is looked for in. Pieces of the words; each character of the words; those of tags besides."""

    PIECES = "pieces"
    CHARACTERS = "characters"
    RAW = "raw"


class Sign:
    """Something that a search finds in a text: `searched` says with what, by language; None where there is no such.

    What is found in a piece must not reach beyond it, nor depend on what stands beyond it.
    """

    __slots__ = ("bit", "searched", "where")

    def __init__(self, searched: Callable[[Locale], Search | None], where: Where = Where.PIECES) -> None:
        self.searched = searched
        self.where = where
        self.bit = 1 << len(_EVERY)
        _EVERY.append(self)

    @staticmethod
    def of(search: Search, where: Where = Where.PIECES) -> "Sign":
        """A sign that every language has."""
        return Sign(lambda _: search, where)

    @staticmethod
    def among(characters: str, where: Where = Where.CHARACTERS) -> "Sign":
        """Any of the characters, in every language; ranges as in regular expressions."""
        return Sign.of(re.compile(f"[{characters}]").search, where)


_EVERY: list[Sign] = []


def any_of(characters: Iterable[str]) -> Search | None:
    """Finds any of the characters, where there are any."""
    members = "".join(map(re.escape, sorted(characters)))
    return re.compile(f"[{members}]").search if members else None


def mask(signs: Iterable[Sign]) -> int:
    """The bits of the signs, together."""
    bits = 0
    for sign in signs:
        bits |= sign.bit
    return bits


class _Signs(dict[str, int]):
    """The signs of each character, piece or tag; what is new is searched."""

    __slots__ = ("_characters", "_searches")

    def __init__(self, searches: Iterable[tuple[int, Search]], characters: "_Signs | None" = None) -> None:
        super().__init__()
        self._searches = tuple(searches)
        self._characters = characters

    def of(self, parts: Iterable[str]) -> int:
        """The signs of all of these, together."""
        bits = 0
        for part in parts:
            bits |= self[part]
        return bits

    def __missing__(self, part: str) -> int:
        bits = 0 if self._characters is None else self._characters.of(set(part))
        for bit, search in self._searches:
            if search(part):
                bits |= bit
        if len(part) <= _LONGEST:
            if len(self) >= _MOST:
                self.clear()
            self[part] = bits
        return bits


@lru_cache(maxsize=256)
def pieces_of(locale: Locale) -> _Signs:
    """The signs of all pieces in texts of the language."""
    return _Signs(_searches(locale, Where.PIECES), _Signs(_searches(locale, Where.CHARACTERS, Where.RAW)))


@lru_cache(maxsize=256)
def marks_of(locale: Locale) -> _Signs:
    """The signs of tags and placeholders."""
    return _Signs((), _Signs(_searches(locale, Where.RAW)))


def _searches(locale: Locale, *places: Where) -> Iterator[tuple[int, Search]]:
    for sign in _EVERY:
        if sign.where in places and (search := sign.searched(locale)) is not None:
            yield sign.bit, search
