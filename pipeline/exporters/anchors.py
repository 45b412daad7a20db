"""anchors: the ids that link citations with references and marks with footnotes, both ways, on one page.

No two things share an id: authors' names have no underscore, so it parts what they wrote.
"""

from collections.abc import Iterator, Mapping

from pipeline.model.localized import LocalizedDocument
from pipeline.model.message import Citation, NoteMark
from pipeline.model.pattern import atoms
from pipeline.model.reference import NumberRange, number_ranges


def reference_anchor(key: str) -> str:
    return f"faq-ref-{key}"


def footnote_anchor(identifier: str) -> str:
    return f"faq-note-{identifier}"


def citation_anchor(message: str, atom: str, part: NumberRange) -> str:
    """One printed part of a citation: `3` and `6-8` of `3,6-8` have an anchor each."""
    return f"faq-{atom}-{message.replace('/', '_')}-{part.first}"


def mark_anchor(message: str, atom: str) -> str:
    return f"faq-{atom}-{message.replace('/', '_')}"


def back_anchors(localized: LocalizedDocument) -> Mapping[str, tuple[str, ...]]:
    """Where to go back to from each reference and footnote anchor, in reading order."""
    back: dict[str, list[str]] = {}
    for target, origin in _pairs(localized):
        back.setdefault(target, []).append(origin)
    return {target: tuple(origins) for target, origins in back.items()}


def _pairs(localized: LocalizedDocument) -> Iterator[tuple[str, str]]:
    document = localized.document
    for message in document.market_messages(localized.locale.market):
        for name in atoms(localized.texts[message.id].pattern):
            match message.placeholders.get(name):
                case Citation(keys):
                    numbers = {document.reference_by_key[key].number: key for key in keys}
                    for part in number_ranges(numbers):
                        for number in range(part.first, part.last + 1):
                            yield reference_anchor(numbers[number]), citation_anchor(message.id, name, part)
                case NoteMark(footnote):
                    yield footnote_anchor(footnote), mark_anchor(message.id, name)
