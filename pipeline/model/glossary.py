"""glossary: names that stay as they are and terms that have accepted translations."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.model.finding import Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """Stays as it is in every language; `inflections` are forms that a language may give it."""

    text: str
    inflections: Mapping[str, tuple[str, ...]]
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """`translations` and `forbidden` map a language (gettext spelling) to accepted and refused forms."""

    text: str
    translations: Mapping[str, tuple[str, ...]]
    forbidden: Mapping[str, tuple[str, ...]]
    location: Location


# Compared by identity, so that what is compiled from a glossary can be kept for it.
@dataclass(frozen=True, kw_only=True, eq=False)
class Glossary:
    names: tuple[Name, ...] = ()
    terms: tuple[Term, ...] = ()
