"""subject: what the rules look at: texts with their facts, entries, catalogs."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from pipeline.checks.markup import Syntax, Token, TokenKind, syntax_of, tokens
from pipeline.checks.signs import Sign, marks_of, pieces_of
from pipeline.model.catalog import Catalog, Unit
from pipeline.model.glossary import Glossary
from pipeline.model.locale import Locale

ATOM = "\ufffc"  # stands for a placeholder in `Text.words` (OBJECT REPLACEMENT CHARACTER)

_UNASKED: Any = object()

T = TypeVar("T")


class Text:
    """One string of a catalog with its facts, each found once.

    `raw` is the string, `locale` the language that it is in. `tokens` are its placeholders and tags in order, `words`
    the text as it is read: tags taken out, each placeholder one `ATOM`, doubled marks single. `atoms` has the name of
    each placeholder with its offset in `words`. `pieces` are what stands between the spaces of `words`, and `signs`
    the bits of what shows in the text.
    """

    __slots__ = ("_facts", "_known", "atoms", "locale", "pieces", "raw", "signs", "syntax", "tokens", "words")

    def __init__(self, raw: str, locale: Locale, syntax: Syntax) -> None:
        self.raw = raw
        self.locale = locale
        self.syntax = syntax
        self.tokens: tuple[Token, ...] = tokens(raw, syntax)
        self.words, self.atoms = _read(raw, self.tokens) if self.tokens else (raw, ())
        self._facts: dict[Any, Any] = {}
        self._known = _known_of(locale)
        self.pieces = self.words.split(" ")
        self.signs = self.knowledge(pieces_of).of(self.pieces)
        if self.tokens:
            self.signs |= self.knowledge(marks_of).of([token.text for token in self.tokens])

    def shows(self, sign: Sign) -> bool:
        """Whether there is anything of the kind in the text."""
        return self.signs & sign.bit != 0

    def knowledge(self, find: Callable[[Locale], T]) -> T:
        """What `find` knows of the language of the text; asked once for all texts in it."""
        try:
            value: T = self._known[find]
        except KeyError:
            value = self._known[find] = find(self.locale)
        return value

    def fact(self, find: "Callable[[Text], T]") -> T:
        """What `find` says of this text; asked once, however many rules need it."""
        value: T = self._facts.get(find, _UNASKED)
        if value is _UNASKED:
            value = self._facts[find] = find(self)
        return value

    def raw_offset(self, offset: int) -> int:
        """Where in `raw` the character at `offset` of `words` stands."""
        begins, shifts = self.fact(_shifts)
        return offset + shifts[bisect_right(begins, offset) - 1]


@lru_cache(maxsize=256)
def _known_of(locale: Locale) -> dict[Any, Any]:
    return {}


def _read(raw: str, found: tuple[Token, ...]) -> tuple[str, tuple[tuple[str, int], ...]]:
    """The words of the text, and its placeholders in them."""
    words, atoms = "", []
    position = 0
    for kind, name, _, start, end in found:
        words += raw[position:start]
        position = end
        if kind is TokenKind.ATOM:
            atoms.append((name, len(words)))
            words += ATOM
        elif kind is TokenKind.LITERAL:
            words += name
    return words + raw[position:], tuple(atoms)


def _shifts(text: Text) -> tuple[list[int], list[int]]:
    """Offsets in `words` from which on `raw` is ahead by so many characters."""
    begins, shifts, ahead = [0], [0], 0
    for token in text.tokens:
        width = 1 if token.kind in (TokenKind.ATOM, TokenKind.LITERAL) else 0
        begins.append(token.start - ahead + width)
        ahead += token.end - token.start - width
        shifts.append(ahead)
    return begins, shifts


class Pair:
    """A source text and one translated text of it, with the glossary that holds for both.

    `form` is the index of a plural form, None for a text without; `one_number` says that the form stands for a
    single number ("two", in Arabic), which it may then word without writing it.
    """

    __slots__ = ("_facts", "form", "glossary", "one_number", "source", "target")

    def __init__(
        self, *, source: Text, target: Text, glossary: Glossary, form: int | None = None, one_number: bool = False
    ) -> None:
        self.source = source
        self.target = target
        self.glossary = glossary
        self.form = form
        self.one_number = one_number
        self._facts: dict[Any, Any] = {}

    def fact(self, find: "Callable[[Pair], T]") -> T:
        """What `find` says of the two together; asked once, however many rules need it."""
        value: T = self._facts.get(find, _UNASKED)
        if value is _UNASKED:
            value = self._facts[find] = find(self)
        return value


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A message and what a catalog holds for it.

    `source` and `plural` are the English as the document or template has it today; `unit` is None where the
    catalog `file` has no such entry. `work_in_progress` is true of a loose file without its template, where an
    empty translation is not due yet.
    """

    id: str
    source: str
    plural: str | None
    unit: Unit | None
    file: str
    locale: Locale
    source_locale: Locale
    flags: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    work_in_progress: bool = False

    @property
    def line(self) -> int:
        return self.unit.line if self.unit is not None else 0

    @property
    def syntax(self) -> Syntax:
        return syntax_of((*self.flags, *(self.unit.flags if self.unit is not None else ())))


@dataclass(frozen=True, kw_only=True)
class CatalogView:
    """A catalog, the locale that it is for (None where nobody says), and its template where there is one.

    A `loose` one belongs to no content repository of ours.
    """

    catalog: Catalog
    locale: Locale | None
    pot: Catalog | None = None
    loose: bool = False
