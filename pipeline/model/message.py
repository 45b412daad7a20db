"""message: one translatable text with a stable id, and what its placeholders stand for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from msgspec import Struct

from pipeline.model.finding import Location
from pipeline.model.pattern import Pattern, atoms, serialize, spans


class Citation(Struct, frozen=True, tag=True):
    """Points to references by key, in the order that the author wrote."""

    keys: tuple[str, ...]


class NoteMark(Struct, frozen=True, tag=True):
    """Points to a footnote by id."""

    footnote: str


class Link(Struct, frozen=True, tag=True):
    href: str


Placeholder = Citation | NoteMark | Link


@dataclass(frozen=True, kw_only=True)
class Message:
    """`placeholders` maps the name of an atom or a link span to what it stands for.

    `comments` are shown to the translator. The id is the gettext context of the unit.
    """

    id: str
    pattern: Pattern
    location: Location
    placeholders: Mapping[str, Placeholder] = field(default_factory=dict)
    comments: tuple[str, ...] = ()
    plural: Pattern | None = None

    @cached_property
    def source(self) -> str:
        """The string that a catalog shows as msgid."""
        return serialize(self.pattern)

    @cached_property
    def plural_source(self) -> str | None:
        """The string that a catalog shows as msgid_plural."""
        return None if self.plural is None else serialize(self.plural)

    @cached_property
    def atoms(self) -> frozenset[str]:
        return frozenset(name for pattern in (self.pattern, self.plural or ()) for name in atoms(pattern))

    @cached_property
    def spans(self) -> frozenset[str]:
        return frozenset(name for pattern in (self.pattern, self.plural or ()) for name in spans(pattern))
