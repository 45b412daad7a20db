"""skeleton: a file that is laid out once for all locales, with places that are filled for each."""

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, AnyStr, Generic, TypeVar

import msgspec
from markupsafe import Markup

Page = TypeVar("Page")
Made = TypeVar("Made")

# As many as a batch has, of which every locale is made before the next; they take some 300 KB each.
_DOCUMENTS = 20


def escaped(text: str) -> str:
    """The text as HTML, between tags and in quoted attributes."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&#34;").replace("'", "&#39;")


@dataclass(frozen=True, slots=True)
class Skeleton(Generic[Page, AnyStr]):
    """`places` say what stands in them on a page. `parts` are the texts around them, with an empty one between each
    two; `numbers` are those of the places that stand there.
    """

    places: tuple[Callable[[Page], AnyStr], ...]
    parts: tuple[AnyStr, ...]
    numbers: tuple[int, ...]

    def fill(self, page: Page) -> AnyStr:
        return self.join(self.values(page))

    def values(self, page: Page) -> list[AnyStr]:
        """What stands in the places."""
        return [place(page) for place in self.places]

    def join(self, values: Sequence[AnyStr]) -> AnyStr:
        filled = list(self.parts)
        filled[1::2] = [values[number] for number in self.numbers]
        return self.parts[0][:0].join(filled)


class Skeletons:
    """What a run has laid out of documents, by whatever name its maker gave it."""

    def __init__(self) -> None:
        self._made: dict[str, dict[Hashable, Any]] = {}

    def __reduce__(self) -> "tuple[type[Skeletons], tuple[()]]":
        # A process makes its own: functions are not sent.
        return Skeletons, ()

    def get(self, document: str, name: Hashable, make: Callable[[], Made]) -> Made:
        own = self._made.get(document)
        if own is None:
            if len(self._made) == _DOCUMENTS:
                del self._made[next(iter(self._made))]
            own = self._made[document] = {}
        made: Made | None = own.get(name)
        if made is None:
            made = own[name] = make()
        return made


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

    def skeleton(self, rendered: str) -> Skeleton[Page, str]:
        """What a template rendered, parted at the marks; its places are all that were asked for until now."""
        parts = re.split("\0([0-9]+)\0", rendered)
        numbers = tuple([int(number) for number in parts[1::2]])
        return Skeleton(tuple(self._places.values()), _texts_alone(parts), numbers)


class JsonPlaces(Generic[Page]):
    """Stands in for the values of a record while it is encoded; a place has a name, and is a whole value."""

    def __init__(self) -> None:
        self._places: list[Callable[[bytes], Callable[[Page], bytes]]] = []
        self._marks: dict[Hashable, str] = {}

    def value(self, name: Hashable, place: Callable[[Page], object]) -> Any:
        """The mark of a place."""
        return self.written(name, lambda line_end: lambda page: nested(place(page), line_end))

    def written(self, name: Hashable, place: Callable[[bytes], Callable[[Page], bytes]]) -> Any:
        """The mark of a place for what is JSON already; it is told the line end with the indentation of the place."""
        mark = self._marks.get(name)
        if mark is None:
            mark = self._marks[name] = f"\0{len(self._places)}\0"
            self._places.append(place)
        return mark

    def skeleton(self, record: object, line_end: bytes = b"\n") -> Skeleton[Page, bytes]:
        """The record as JSON, parted at the marks."""
        # No source may hold a NUL, and where one is spelt out there are two backslashes.
        parts = re.split(rb'"\\u0000([0-9]+)\\u0000"', nested(record, line_end))
        # The lines of a value are indented like the line that it begins on.
        asked: dict[tuple[int, bytes], int] = {}
        numbers = []
        for before, number in zip(parts[0::2], parts[1::2], strict=False):
            line = re.search(rb"\n *+(?=[^\n]*\Z)", before)
            line_end = line[0] if line else line_end
            numbers.append(asked.setdefault((int(number), line_end), len(asked)))
        places = tuple([self._places[number](line_end) for number, line_end in asked])
        return Skeleton(places, _texts_alone(parts), tuple(numbers))


def nested(value: object, line_end: bytes) -> bytes:
    """The value as indented JSON in a place of that indentation."""
    encoded = msgspec.json.encode(value)
    if type(value) is str or len(encoded) == len("[]"):
        return encoded
    # No string holds a line end.
    return msgspec.json.format(encoded, indent=2).replace(b"\n", line_end)


def _texts_alone(parts: list[AnyStr]) -> tuple[AnyStr, ...]:
    parts[1::2] = [parts[0][:0]] * (len(parts) // 2)
    return tuple(parts)
