"""skeleton: a page of a template that is rendered once, with places that are filled for every locale."""

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from markupsafe import Markup

from pipeline.exporters.fragments import escaped

Page = TypeVar("Page")


@dataclass(frozen=True, slots=True)
class Skeleton(Generic[Page]):
    """What stands in its places in the HTML of a page; and the text before each with its number, and at the end."""

    places: tuple[Callable[[Page], str], ...]
    parts: tuple[tuple[str, int], ...]
    end: str

    def fill(self, page: Page) -> str:
        values = [place(page) for place in self.places]
        filled: list[str] = []
        for text, number in self.parts:
            filled += (text, values[number])
        filled.append(self.end)
        return "".join(filled)


class Places(Generic[Page]):
    """Stands in for the values of a page while its template is rendered.

    A place has a name: what the template asks for twice is one place.
    """

    def __init__(self) -> None:
        self._places: dict[Hashable, Callable[[Page], str]] = {}
        self._marks: dict[Hashable, Markup] = {}

    def html(self, name: Hashable, place: Callable[[Page], str]) -> Markup:
        """The mark of a place for what is HTML already."""
        mark = self._marks.get(name)
        if mark is None:
            # No source may hold a NUL, so this can be nothing that somebody wrote.
            mark = self._marks[name] = Markup(f"\0{len(self._places)}\0")
            self._places[name] = place
        return mark

    def text(self, name: Hashable, place: Callable[[Page], str]) -> Markup:
        """The mark of a place for a text, which is escaped."""
        return self.html(name, lambda page: escaped(place(page)))

    def skeleton(self, rendered: str) -> Skeleton[Page]:
        """What the template rendered, parted at the marks."""
        *parts, end = re.split("\0([0-9]+)\0", rendered)
        numbers = (int(number) for number in parts[1::2])
        return Skeleton(tuple(self._places.values()), tuple(zip(parts[0::2], numbers, strict=True)), end)
