"""localized: a document as one locale reads it."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from msgspec import Struct

from pipeline.model.disclaimer import Disclaimer
from pipeline.model.document import Document, Entry, Footnote
from pipeline.model.finding import Location
from pipeline.model.locale import Locale
from pipeline.model.message import Message
from pipeline.model.pattern import Pattern, atoms


class Origin(StrEnum):
    """Where a text came from: a catalog, the English source itself, authored in the locale, or made up from English."""

    TRANSLATED = "translated"
    SOURCE = "source"
    LOCALE = "locale"
    PSEUDO = "pseudo"


class LocalizedText(Struct, frozen=True, kw_only=True):
    """`locale` is that of the words, which a fallback may take from another locale than the page's.

    `file` is the catalog or source file that holds the words, `source` the place of the English
    (of the text itself where it is authored in the locale).
    """

    message: Message
    pattern: Pattern
    locale: Locale
    origin: Origin
    file: str
    source: Location


@dataclass(frozen=True, kw_only=True)
class LocalizedDocument:
    """`entries` and `footnotes` are those of the locale's market; `texts` has every message of them by id."""

    document: Document
    locale: Locale
    entries: tuple[Entry, ...]
    footnotes: tuple[Footnote, ...]
    disclaimers: tuple[Disclaimer, ...]
    texts: Mapping[str, LocalizedText]

    def placed(self, placement: str) -> tuple[Disclaimer, ...]:
        return tuple(disclaimer for disclaimer in self.disclaimers if disclaimer.placement == placement)

    @cached_property
    def shape(self) -> Hashable:
        """What of it is more than words: those of one document that have one shape are laid out alike."""
        return (
            tuple([entry.id for entry in self.entries]),
            tuple([footnote.id for footnote in self.footnotes]),
            tuple([_disclaimer_shape(disclaimer) for disclaimer in self.disclaimers]),
            self.locale.is_pseudo,
        )

    @cached_property
    def marks(self) -> tuple[tuple[str, ...], ...]:
        """The citations and footnote marks of each message that has some: a translation may turn their order round."""
        marked = self.document.marked(self.locale.market)
        return tuple([tuple(atoms(self.texts[message].pattern)) for message in marked])


def _disclaimer_shape(disclaimer: Disclaimer) -> Hashable:
    return disclaimer.id, disclaimer.placement, disclaimer.sample, tuple([message.id for message in disclaimer.text])
