"""localized: a document as one locale reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from msgspec import Struct

from pipeline.model.disclaimer import Disclaimer
from pipeline.model.document import Document, Entry, Footnote
from pipeline.model.finding import Location
from pipeline.model.locale import Locale
from pipeline.model.message import Message
from pipeline.model.pattern import Pattern


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


@dataclass(frozen=True, slots=True, kw_only=True)
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
