"""anchors: the ids that link citations with references and marks with footnotes, both ways.

No two things on a page share an id: authors' names have no underscore, so it parts what they wrote. In a fragment,
which may stand beside others, each id ends with the locale and the document.
"""

from collections.abc import Iterator, Mapping

from pipeline.model.localized import LocalizedDocument
from pipeline.model.message import Citation, NoteMark
from pipeline.model.pattern import atoms
from pipeline.model.reference import NumberRange


class Anchors:
    """The ids of one document: those of its page and its JSON, the same in every locale, or those of its fragment.

    Each ends with `scope`, which in a fragment parts it from others.
    """

    def __init__(self, scope: str = "", *, fragment: bool = False) -> None:
        self._scope = scope
        self._fragment = fragment

    def part(self, name: str) -> str:
        """A part of the page that is there once, such as a heading."""
        return f"faq-{name}{self._scope}"

    def entry(self, identifier: str) -> str:
        """On a page, what the author named it: links from elsewhere lead there."""
        return self.part(f"entry-{identifier}") if self._fragment else identifier

    def reference(self, key: str) -> str:
        return self.part(f"ref-{key}")

    def footnote(self, identifier: str) -> str:
        return self.part(f"note-{identifier}")

    def citation(self, message: str, atom: str, part: NumberRange) -> str:
        """One printed part of a citation: `3` and `6-8` of `3,6-8` have an anchor each."""
        return self.part(f"{atom}-{message.replace('/', '_')}-{part.first}")

    def mark(self, message: str, atom: str) -> str:
        return self.part(f"{atom}-{message.replace('/', '_')}")

    def back(self, localized: LocalizedDocument) -> Mapping[str, tuple[str, ...]]:
        """Where to go back to from each reference and footnote anchor, in reading order."""
        back: dict[str, list[str]] = {}
        for target, origin in self._pairs(localized):
            back.setdefault(target, []).append(origin)
        return {target: tuple(origins) for target, origins in back.items()}

    def _pairs(self, localized: LocalizedDocument) -> Iterator[tuple[str, str]]:
        """Each reference or footnote that the text points to, with where it does, in reading order."""
        document = localized.document
        for message in document.market_messages(localized.locale.market):
            if not message.placeholders:
                continue
            for name in atoms(localized.texts[message.id].pattern):
                placeholder = message.placeholders.get(name)
                if isinstance(placeholder, Citation):
                    cited = document.cited(placeholder)
                    for part in cited.parts:
                        for number, key in zip(cited.numbers, cited.keys, strict=True):
                            if part.first <= number <= part.last:
                                yield self.reference(key), self.citation(message.id, name, part)
                elif isinstance(placeholder, NoteMark):
                    yield self.footnote(placeholder.footnote), self.mark(message.id, name)


def fragment_scope(localized: LocalizedDocument) -> str:
    """What no id of another fragment ends with."""
    return f"_{localized.locale.bcp47}_{localized.document.id}"
