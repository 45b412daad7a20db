"""skeleton: a file that is laid out once for all locales, with places that are filled for each."""

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, AnyStr, Generic, TypeVar

import msgspec
from markupsafe import Markup

from pipeline.exporters.fragments import escaped
from pipeline.model.bundle import encode
from pipeline.model.disclaimer import Disclaimer
from pipeline.model.localized import LocalizedDocument
from pipeline.model.pattern import atoms

Page = TypeVar("Page")

# More than the documents of a batch in all the shapes that they have; a skeleton takes some 40 KB.
_SKELETONS = 256


@dataclass(frozen=True, slots=True)
class Skeleton(Generic[Page, AnyStr]):
    """`places` say what stands in them on a page. `parts` are the texts around them, with an empty one between each
    two; `numbers` are those of the places that stand there.
    """

    places: tuple[Callable[[Page], AnyStr], ...]
    parts: tuple[AnyStr, ...]
    numbers: tuple[int, ...]

    def fill(self, page: Page) -> AnyStr:
        values = [place(page) for place in self.places]
        filled = list(self.parts)
        filled[1::2] = [values[number] for number in self.numbers]
        return self.parts[0][:0].join(filled)


class Skeletons:
    """The skeletons of a run, by shape."""

    def __init__(self) -> None:
        self._made: dict[Hashable, Skeleton[Any, Any]] = {}

    def __reduce__(self) -> "tuple[type[Skeletons], tuple[()]]":
        # A process makes its own: functions are not sent.
        return Skeletons, ()

    def get(self, shape: Hashable, make: Callable[[], Skeleton[Page, AnyStr]]) -> Skeleton[Page, AnyStr]:
        skeleton = self._made.get(shape)
        if skeleton is None:
            if len(self._made) == _SKELETONS:
                self._made.clear()
            skeleton = self._made[shape] = make()
        return skeleton


def shape(localized: LocalizedDocument) -> Hashable:
    """What of a document in a locale is more than words: those of one shape are laid out alike."""
    texts = localized.texts
    return (
        localized.document.id,
        tuple([entry.id for entry in localized.entries]),
        tuple([footnote.id for footnote in localized.footnotes]),
        # A translation may turn the order of citations round.
        tuple([tuple(atoms(texts[message].pattern)) for message in localized.document.marked(localized.locale.market)]),
        tuple([_disclaimer_shape(disclaimer) for disclaimer in localized.disclaimers]),
        localized.locale.is_pseudo,
    )


def _disclaimer_shape(disclaimer: Disclaimer) -> Hashable:
    return disclaimer.id, disclaimer.placement, disclaimer.sample, tuple([message.id for message in disclaimer.text])


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
        """What the template rendered, parted at the marks."""
        parts = re.split("\0([0-9]+)\0", rendered)
        numbers = tuple([int(number) for number in parts[1::2]])
        return Skeleton(tuple(self._places.values()), _texts_alone(parts), numbers)


class JsonPlaces(Generic[Page]):
    """Stands in for the values of a record while it is encoded; a place has a name, and is a whole value."""

    def __init__(self) -> None:
        self._places: list[Callable[[Page], object]] = []
        self._marks: dict[Hashable, str] = {}

    def value(self, name: Hashable, place: Callable[[Page], object]) -> Any:
        """The mark of a place."""
        mark = self._marks.get(name)
        if mark is None:
            mark = self._marks[name] = f"\0{len(self._places)}\0"
            self._places.append(place)
        return mark

    def skeleton(self, record: object) -> Skeleton[Page, bytes]:
        """The record as JSON, parted at the marks."""
        # No source may hold a NUL, and where one is spelt out there are two backslashes.
        parts = re.split(rb'"\\u0000([0-9]+)\\u0000"', encode(record))
        # The lines of a value are indented like the line that it begins on.
        indented: dict[tuple[int, bytes], int] = {}
        numbers = []
        for before, number in zip(parts[0::2], parts[1::2], strict=False):
            line = before.rpartition(b"\n")[2]
            indent = line[: len(line) - len(line.lstrip(b" "))]
            numbers.append(indented.setdefault((int(number), indent), len(indented)))
        places = tuple([_indented(self._places[number], b"\n" + indent) for number, indent in indented])
        return Skeleton(places, _texts_alone(parts), tuple(numbers))


def _texts_alone(parts: list[AnyStr]) -> tuple[AnyStr, ...]:
    parts[1::2] = [parts[0][:0]] * (len(parts) // 2)
    return tuple(parts)


def _indented(place: Callable[[Page], object], line_end: bytes) -> Callable[[Page], bytes]:
    def placed(page: Page) -> bytes:
        value = place(page)
        encoded = msgspec.json.encode(value)
        if type(value) is str:
            return encoded
        # A JSON string holds no line end, so a value can be indented as it is.
        return msgspec.json.format(encoded, indent=2).replace(b"\n", line_end)

    return placed
