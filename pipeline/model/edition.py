"""edition: all that one locale brings to a document, and how it words each message."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from msgspec import Struct

from pipeline.model.catalog import Catalog, Unit
from pipeline.model.disclaimer import Disclaimer
from pipeline.model.finding import Location
from pipeline.model.locale import Locale
from pipeline.model.localized import Origin
from pipeline.model.message import Message
from pipeline.model.pattern import Pattern, PatternError, parse_pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainLink:
    """One step of a fallback chain: a locale and its catalog of a domain, None where there is no file."""

    locale: Locale
    name: str
    catalog: Catalog | None


class Wording(Struct, frozen=True, kw_only=True):
    """How a locale says a message.

    `unit` is what the catalog `name` of `locale` holds for it; without a unit the text is the English
    source itself (`from_source`) or missing. `patterns` has one pattern, or one per plural form, and is
    empty where the text is missing or `problems` says what keeps it from being a pattern of its message.
    """

    message: Message
    locale: Locale
    name: str
    unit: Unit | None
    from_source: bool = False
    patterns: tuple[Pattern, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def origin(self) -> Origin:
        if self.locale.is_pseudo:
            return Origin.PSEUDO
        return Origin.SOURCE if self.from_source else Origin.TRANSLATED

    @property
    def location(self) -> Location:
        return Location(file=self.name, line=self.unit.line if self.unit else 0)


@dataclass(frozen=True, kw_only=True)
class Edition:
    """`catalogs` is the fallback chain of the document's domain.

    `required` has the ids of the disclaimers that the market must show.
    """

    locale: Locale
    source: Locale
    reads_source: bool
    catalogs: tuple[ChainLink, ...]
    disclaimers: tuple[Disclaimer, ...]
    disclaimers_file: str
    required: tuple[str, ...]

    def shown_disclaimers(self, audience: str, entries: frozenset[str]) -> tuple[Disclaimer, ...]:
        """Those that a page for the audience with these entries shows, in file order."""
        return tuple(
            disclaimer
            for disclaimer in self.disclaimers
            if disclaimer.audience == audience and (not disclaimer.after_entry or disclaimer.after_entry in entries)
        )


@dataclass(frozen=True, kw_only=True)
class Words:
    """The wordings of a set of messages in one locale, by message id."""

    locale: Locale
    wordings: tuple[Wording, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Wording]:
        return {wording.message.id: wording for wording in self.wordings}


def word(
    messages: Iterable[Message], chain: tuple[ChainLink, ...], *, locale: Locale, source: Locale, reads_source: bool
) -> Words:
    """Find each message along the chain: the first catalog that says anything about it decides.

    A fuzzy unit counts as saying something, so that a doubtful text is never passed over in silence.
    """
    catalogs = [(link, link.catalog.by_id) for link in chain if link.catalog is not None]

    def worded(message: Message) -> Wording:
        for link, units in catalogs:
            unit = units.get(message.id)
            if unit is not None and any(unit.targets):
                return _worded(message, link, unit)
        return _from_source(message, source) if reads_source else _missing(message, chain[-1])

    return Words(locale=locale, wordings=tuple([worded(message) for message in messages]))


def _worded(message: Message, link: ChainLink, unit: Unit) -> Wording:
    patterns: list[Pattern] = []
    problems: list[str] = []
    for index, target in enumerate(unit.targets):
        try:
            patterns.append(parse_pattern(target, atoms=message.atoms, spans=message.spans))
        except PatternError as error:
            form = f" in msgstr[{index}]" if unit.plural is not None else ""
            problems.extend(problem + form for problem in error.problems)
    return Wording(
        message=message,
        locale=link.locale,
        name=link.name,
        unit=unit,
        patterns=() if problems else tuple(patterns),
        problems=tuple(problems),
    )


def _from_source(message: Message, source: Locale) -> Wording:
    patterns = (message.pattern,) if message.plural is None else (message.pattern, message.plural)
    return Wording(
        message=message, locale=source, name=message.location.file, unit=None, from_source=True, patterns=patterns
    )


def _missing(message: Message, last: ChainLink) -> Wording:
    unit = last.catalog.by_id.get(message.id) if last.catalog else None
    return Wording(message=message, locale=last.locale, name=last.name, unit=unit)
