"""names: where the names of the glossary stand in a source and in its translation."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from pipeline.checks.languages import language_data
from pipeline.checks.subject import Pair, Text
from pipeline.model.glossary import Glossary, Name
from pipeline.model.locale import Locale

# Letters and digits that make a word together with a Latin name; in scripts without spaces others may stand beside it.
LATIN = "0-9A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ０-９Ａ-Ｚａ-ｚ"

# Hyphens that look and read the same: a translator keeps the parts of a name on one line with U+2011.
_HYPHEN = "[-‐‑]"
_SPACE = "[ \u00a0\u202f]"


@dataclass(frozen=True, slots=True)
class Named:
    """A name of the glossary in a text, whatever form it has there; offsets in `Text.words`."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Names:
    """The names of the glossary in a source and in its translation, each in reading order."""

    source: tuple[Named, ...]
    target: tuple[Named, ...]


def names(pair: Pair) -> Names:
    """Every occurrence of the glossary's names in the two texts."""
    if not pair.glossary.names:
        return Names((), ())
    source, target = pair.source, pair.target
    return Names(
        source.fact(_search(pair.glossary, source.locale)),
        target.fact(_search(pair.glossary, target.locale)),
    )


def of_language(forms: Mapping[str, tuple[str, ...]], locale: Locale) -> tuple[str, ...]:
    """The forms that a glossary gives for the locale, or else those for its territory, script or language."""
    return next((forms[tag] for tag in (*_regional(locale), locale.language) if forms.get(tag)), ())


def of_region(glossary: Glossary, locale: Locale) -> bool:
    """Whether the glossary has forms for the very locale, beside those for its language."""
    tables = [name.inflections for name in glossary.names]
    tables += [table for term in glossary.terms for table in (term.translations, term.forbidden)]
    return any(tag in table for table in tables for tag in _regional(locale) if tag != locale.language)


def _regional(locale: Locale) -> tuple[str, ...]:
    return locale.gettext, f"{locale.language}_{locale.territory}", f"{locale.language}_{locale.script}"


def forms_of(name: Name, locale: Locale) -> tuple[str, ...]:
    """The name as it stands and the inflected forms that the glossary gives for the locale."""
    return tuple(dict.fromkeys((name.text, *of_language(name.inflections, locale))))


@dataclass(frozen=True, slots=True, eq=False)
class _Search:
    """Finds the names of a glossary in the texts of a language: a fact of each text."""

    pattern: re.Pattern[str]
    names: Mapping[str, str]  # form, spelt plainly, to name

    def __call__(self, text: Text) -> tuple[Named, ...]:
        found = []
        for match in self.pattern.finditer(text.words):
            form = match[0].translate(_PLAIN)
            name = self.names.get(form) or _longest(self.names, form)
            found.append(Named(name, match.start(), match.end()))
        return tuple(found)


@lru_cache(maxsize=64)
def _search(glossary: Glossary, locale: Locale) -> _Search:
    """One expression for all names; the longest form wins, so that IL-2R is not taken for IL-2."""
    endings = "|".join(map(re.escape, language_data(locale, "names").get("endings", ())))
    listed: dict[str, str] = {}
    patterns: list[tuple[str, str]] = []
    for name in glossary.names:
        own = bool(of_language(name.inflections, locale))
        for form in forms_of(name, locale):
            listed.setdefault(form, name.text)
            # What a language adds to any name, where the glossary does not say which forms this one has.
            free = f"(?:{endings})?" if endings and not own else ""
            # What stands before is looked at last: first letters alone are quickly found.
            before = f"(?<![{LATIN}]{'.' * len(form)})"
            patterns.append((form, f"{_spelt(form)}{before}{free}"))
    patterns.sort(key=lambda pattern: len(pattern[0]), reverse=True)
    every = "|".join(pattern for _, pattern in patterns)
    return _Search(re.compile(f"(?:{every})(?![{LATIN}])"), listed)


def _spelt(form: str) -> str:
    return "".join(_HYPHEN if mark == "-" else _SPACE if mark == " " else re.escape(mark) for mark in form)


_PLAIN = str.maketrans({"‐": "-", "‑": "-", "\u00a0": " ", "\u202f": " "})


def _longest(names: Mapping[str, str], form: str) -> str:
    """The name of a form with an ending of the language."""
    return names[max((known for known in names if form.startswith(known)), key=len)]
