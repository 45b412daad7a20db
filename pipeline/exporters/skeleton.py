"""skeleton: a page of a template that is rendered once, with places that are filled for every locale."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from markupsafe import Markup

from pipeline.exporters.fragments import escaped

Page = TypeVar("Page")


@dataclass(frozen=True, slots=True)
class Skeleton(Generic[Page]):
    """The text before each place with what stands there in the HTML of a page, and the text at the end."""

    parts: tuple[tuple[str, Callable[[Page], str]], ...]
    end: str

    def fill(self, page: Page) -> str:
        filled: list[str] = []
        for text, place in self.parts:
            filled += (text, place(page))
        filled.append(self.end)
        return "".join(filled)


class Places(Generic[Page]):
    """Stands in for the values of a page while its template is rendered."""

    def __init__(self) -> None:
        self._places: list[Callable[[Page], str]] = []

    def html(self, place: Callable[[Page], str]) -> Markup:
        """The mark of a place for what is HTML already."""
        self._places.append(place)
        # No source may hold a NUL, so this can be nothing that somebody wrote.
        return Markup(f"\0{len(self._places) - 1}\0")

    def text(self, place: Callable[[Page], str]) -> Markup:
        """The mark of a place for a text, which is escaped."""
        return self.html(lambda page: escaped(place(page)))

    def skeleton(self, rendered: str) -> Skeleton[Page]:
        """What the template rendered, parted at the marks."""
        *parts, end = re.split("\0([0-9]+)\0", rendered)
        places = (self._places[int(number)] for number in parts[1::2])
        return Skeleton(tuple(zip(parts[0::2], places, strict=True)), end)
