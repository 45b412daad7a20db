"""anchors: the ids that link citations with references and marks with footnotes, both ways.

No two things on a page share an id: authors' names have no underscore, so it parts what they wrote. In a fragment,
which may stand beside others, each id ends with the locale and the document.
"""

from collections.abc import Iterator, Mapping

from pipeline.model.localized import LocalizedDocument
from pipeline.model.message import Citation, NoteMark
from pipeline.model.pattern import atoms
from pipeline.model.reference import NumberRange, number_ranges


class Anchors:
    """The ids of one document in one locale; those of its page and its JSON are the same in every locale."""

    def __init__(self, localized: LocalizedDocument, *, whole: bool = True) -> None:
        self._localized = localized
        self._whole = whole
        self._scope = "" if whole else f"_{localized.locale.bcp47}_{localized.document.id}"

    def part(self, name: str) -> str:
        """A part of the page that is there once, such as a heading."""
        return f"faq-{name}{self._scope}"

    def entry(self, identifier: str) -> str:
        """On a page, what the author named it: links from elsewhere lead there."""
        return identifier if self._whole else self.part(f"entry-{identifier}")

    def reference(self, key: str) -> str:
        return self.part(f"ref-{key}")

    def footnote(self, identifier: str) -> str:
        return self.part(f"note-{identifier}")

    def citation(self, message: str, atom: str, part: NumberRange) -> str:
        """One printed part of a citation: `3` and `6-8` of `3,6-8` have an anchor each."""
        return self.part(f"{atom}-{message.replace('/', '_')}-{part.first}")

    def mark(self, message: str, atom: str) -> str:
        return self.part(f"{atom}-{message.replace('/', '_')}")

    def back(self) -> Mapping[str, tuple[str, ...]]:
        """Where to go back to from each reference and footnote anchor, in reading order."""
        back: dict[str, list[str]] = {}
        for target, origin in self._pairs():
            back.setdefault(target, []).append(origin)
        return {target: tuple(origins) for target, origins in back.items()}

    def _pairs(self) -> Iterator[tuple[str, str]]:
        localized, document = self._localized, self._localized.document
        for message in document.market_messages(localized.locale.market):
            for name in atoms(localized.texts[message.id].pattern):
                match message.placeholders.get(name):
                    case Citation(keys):
                        numbers = {document.reference_by_key[key].number: key for key in keys}
                        for part in number_ranges(numbers):
                            for number in range(part.first, part.last + 1):
                                yield self.reference(numbers[number]), self.citation(message.id, name, part)
                    case NoteMark(footnote):
                        yield self.footnote(footnote), self.mark(message.id, name)
