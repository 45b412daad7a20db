"""signs: what shows in a text at a glance: a rule that needs a sign is not asked about texts without it.

A text is told by its pieces, which is what stands between its spaces. Most pieces have been seen before in texts of the
language: their signs are remembered, and those of a text are known without searching it.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from pipeline.model.locale import Locale

Search = Callable[[str], Any]

# So many pieces are remembered of a language at most; then it begins anew.
_MOST = 1 << 14
# What is longer hardly comes again.
_LONGEST = 40


class Sign:
    """Something that a search finds in a piece of a text: `searched` says with what, by language.

    A match must not reach beyond a piece, nor depend on what stands beyond it. `raw` is for characters, which are
    looked for in tags and placeholders too. No search means that the language has nothing of the kind.
    """

    __slots__ = ("bit", "raw", "searched")

    def __init__(self, searched: Callable[[Locale], Search | None], *, raw: bool = False) -> None:
        self.searched = searched
        self.raw = raw
        self.bit = 1 << len(_EVERY)
        _EVERY.append(self)

    @staticmethod
    def of(search: Search, *, raw: bool = False) -> "Sign":
        """A sign that every language has."""
        return Sign(lambda _: search, raw=raw)


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


class _Pieces(dict[str, int]):
    """The signs of each piece; what is new is searched."""

    __slots__ = ("_searches",)

    def __init__(self, searches: Iterable[tuple[int, Search]]) -> None:
        super().__init__()
        self._searches = tuple(searches)

    def of(self, pieces: Iterable[str]) -> int:
        """The signs of all of these, together."""
        bits = 0
        for piece in pieces:
            bits |= self[piece]
        return bits

    def __missing__(self, piece: str) -> int:
        bits = 0
        for bit, search in self._searches:
            if search(piece):
                bits |= bit
        if len(piece) <= _LONGEST:
            if len(self) >= _MOST:
                self.clear()
            self[piece] = bits
        return bits


@lru_cache(maxsize=256)
def pieces_of(locale: Locale) -> _Pieces:
    """The signs of all pieces in texts of the language."""
    return _Pieces((sign.bit, search) for sign in _EVERY if (search := sign.searched(locale)) is not None)


@lru_cache(maxsize=256)
def marks_of(locale: Locale) -> _Pieces:
    """The signs of tags and placeholders."""
    return _Pieces((sign.bit, search) for sign in _EVERY if sign.raw and (search := sign.searched(locale)))
