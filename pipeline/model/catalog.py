"""catalog: all units of one domain in one language, as a gettext file holds them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from msgspec import Struct, structs

FUZZY = "fuzzy"


class State(StrEnum):
    """What gettext knows of a unit's translation."""

    UNTRANSLATED = "untranslated"
    FUZZY = "fuzzy"
    TRANSLATED = "translated"


class Previous(Struct, frozen=True, kw_only=True, gc=False):
    """The source that a fuzzy translation was made from (gettext's `#|`)."""

    context: str | None = None
    source: str = ""
    plural: str | None = None


class Unit(Struct, frozen=True, kw_only=True, gc=False):
    """A message in a catalog; a struct, since a dataclass costs more to make than its text to read.

    `targets` has one string, or one per plural form; an untranslated unit has empty ones. Comments are
    without their marker. `line` is that of the msgid (msgctxt if there is one) in the file, 0 for a unit
    that comes from none. `raw` is the text that the unit was read from, with the blank lines before it:
    as long as it is there the unit is written back byte for byte, so a change must drop it.
    """

    context: str | None = None
    source: str
    plural: str | None = None
    targets: tuple[str, ...] = ("",)
    flags: tuple[str, ...] = ()
    translator_comments: tuple[str, ...] = ()
    extracted_comments: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    previous: Previous | None = None
    obsolete: bool = False
    line: int = 0
    raw: str = ""

    def changed(self, **changes: Any) -> "Unit":
        """The unit with these changes, as one that is to be written anew."""
        return structs.replace(self, **{"raw": "", "line": 0, **changes})

    @property
    def key(self) -> tuple[str | None, str]:
        """What makes a unit unique in its catalog."""
        return self.context, self.source

    @property
    def id(self) -> str:
        """The message id: the context, or the source itself where there is none."""
        return self.source if self.context is None else self.context

    @property
    def state(self) -> State:
        if not all(self.targets):
            return State.UNTRANSLATED
        return State.FUZZY if FUZZY in self.flags else State.TRANSLATED


@dataclass(frozen=True, kw_only=True)
class Catalog:
    """`header` is the unit with the empty msgid; `tail` is what follows the last unit in the file."""

    name: str
    header: Unit
    units: tuple[Unit, ...]
    tail: str = ""
    newline: str = "\n"

    @cached_property
    def live(self) -> tuple[Unit, ...]:
        return tuple(unit for unit in self.units if not unit.obsolete)

    @cached_property
    def by_id(self) -> Mapping[str, Unit]:
        """Live units by message id; in our own catalogs every unit has a context and ids are unique."""
        return {unit.id: unit for unit in self.live}

    @cached_property
    def fields(self) -> Mapping[str, str]:
        """The header's fields, spelt as in the file."""
        return dict(header_fields(self.header.targets[0]))


def header_fields(text: str) -> Iterator[tuple[str, str]]:
    """The `Name: value` lines of a header."""
    for line in text.split("\n"):
        name, colon, value = line.partition(":")
        if colon:
            yield name.strip(), value.strip()


def header_text(fields: Mapping[str, str]) -> str:
    """The header's fields as gettext writes them, one `Name: value` line each."""
    return "".join(f"{name}: {value}\n" for name, value in fields.items())


def stamp(now: datetime) -> str:
    """A moment as gettext's headers write it, in UTC."""
    return now.astimezone(UTC).strftime("%Y-%m-%d %H:%M+0000")
