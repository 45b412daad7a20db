"""pieces: a text cut at its spaces; most pieces have been seen before, and only new ones are searched."""

from collections.abc import Callable
from typing import Any

from pipeline.checks.subject import Text

# So many are remembered at most; then it begins anew.
_MOST = 1 << 12
# What is longer hardly comes again.
_LONGEST = 40


def pieces(text: Text) -> frozenset[str]:
    """What stands between the spaces of the text; other blanks stay inside."""
    return frozenset(text.pieces)


class Quiet:
    """Remembers the pieces in which `search` finds nothing.

    Only for a search whose matches never reach beyond a piece, nor look beyond it.
    """

    __slots__ = ("_known", "_search")

    def __init__(self, search: Callable[[str], Any]) -> None:
        self._search = search
        self._known: set[str] = set()

    def holds(self, parts: frozenset[str]) -> bool:
        """Whether the search finds nothing in any of them."""
        new = parts - self._known
        if not new:
            return True
        if len(self._known) > _MOST:
            self._known.clear()
        quiet = True
        for part in new:
            if self._search(part):
                quiet = False
            elif len(part) <= _LONGEST:
                self._known.add(part)
        return quiet
