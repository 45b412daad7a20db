"""exchange: what goes to a translation vendor and what comes back, whatever the file format."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pipeline.model.catalog import Previous
from pipeline.model.finding import Location
from pipeline.model.locale import Locale
from pipeline.model.pattern import Pattern


class Progress(StrEnum):
    """How far a translation is, in XLIFF 2's words (OASIS XLIFF 2.1, 4.3.1.31 state)."""

    INITIAL = "initial"
    TRANSLATED = "translated"
    REVIEWED = "reviewed"
    FINAL = "final"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingUnit:
    """A message on its way to a vendor.

    `sources` has the pattern of the English, and a second one for its plural; `targets` has one pattern, or
    one per plural form of the language, and is empty where there is no translation. `fuzzy` marks a target
    that needs work, `previous` is the source that it was made from. `display` says for each atom and link
    span what a person sees in its place (`4,5` for a citation, the address of a link). `notes` are for the
    translator, `comments` are what translators wrote.
    """

    id: str
    sources: tuple[Pattern, ...]
    targets: tuple[Pattern, ...] = ()
    fuzzy: bool = False
    previous: Previous | None = None
    display: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    location: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingFile:
    """All units of a domain for one target; `names` must stay as they are in every language."""

    domain: str
    original: str
    source: Locale
    target: Locale
    units: tuple[OutgoingUnit, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedUnit:
    """A message as it came back, its texts in the string form of patterns (`{cite1}`, `<a1>...</a1>`), unchecked.

    `source` and `plural` are the English that the vendor saw, `targets` one text per plural form, empty texts
    where nothing was translated. `fuzzy` means that it still needs work; `flags` are gettext's other ones.
    """

    id: str
    source: str
    plural: str | None = None
    targets: tuple[str, ...]
    fuzzy: bool = False
    flags: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedFile:
    """A file as it came back; `domain` is empty where the format does not say it.

    `credits` are the header fields that say who translated and when, where the format has them.
    """

    name: str
    domain: str
    target: Locale | None
    units: tuple[ReturnedUnit, ...]
    credits: Mapping[str, str] = field(default_factory=dict)
