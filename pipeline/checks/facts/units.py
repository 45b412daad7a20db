"""units: the unit that stands behind a number, under one name in every language: `IU/kg`, `hour`, `mg`."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from pipeline.checks.expressions import Expression
from pipeline.checks.facts.numbers_style import SPACE, UNSPACED, Starts, whole_words
from pipeline.checks.languages import language_data
from pipeline.checks.subject import Text
from pipeline.model.locale import Locale, script

_EVERYWHERE = Locale("und")
# "600,000 IU per kg per dose": no more denominators than these are read.
_DENOMINATORS = 3
_BLANKS = frozenset(SPACE)

TIMES = frozenset(("second", "minute", "hour", "day", "week", "month", "year"))
# What two languages may call the same thing.
SAME = (frozenset(("IU", "unit")), frozenset(("°C", "degree")), frozenset(("°F", "degree")))


@dataclass(frozen=True, slots=True)
class UnitStyle:
    """The names of the units in a language. `divides` finds how a denominator begins."""

    unit: Expression
    starts: Starts
    denominator: Expression
    divides: Expression
    duals: Mapping[str, str]
    _exact: Mapping[str, str]
    _folded: Mapping[str, str]
    _stems: tuple[tuple[str, str], ...]

    def name(self, form: str) -> str:
        form = spaced(form)
        if form in self._exact:
            return self._exact[form]
        folded = form.casefold()
        if folded in self._folded:
            return self._folded[folded]
        return next((unit for stem, unit in self._stems if folded.startswith(stem)), "")


@lru_cache(maxsize=64)
def unit_style(locale: Locale) -> UnitStyle:
    forms = dict(_forms(locale))
    words = language_data(locale, "numbers").get("per", ())
    per = f"(?:{'|'.join(map(re.escape, words))})" if words else "(?!)"
    unit = _pattern(forms)
    duals = language_data(locale, "numbers").get("duals", {})
    return UnitStyle(
        starts=Starts(form.removeprefix("=").removesuffix("*") for form in forms),
        unit=Expression(rf"[{SPACE}]?[-‑]?(?:(?:de |d[’'])(?=\w))?({unit})"),
        denominator=Expression(rf"[{SPACE}]?(?:[/／⁄∕]|{per})[{SPACE}]?(?:1[{SPACE}]?)?({unit})"),
        divides=Expression(rf"[{SPACE}]?(?:[/／⁄∕]|{per})"),
        duals={form: name for name, own in duals.items() for form in own},
        _exact={form[1:]: name for form, name in forms.items() if form.startswith("=")},
        _folded={form.casefold(): name for form, name in forms.items() if not form.startswith("=")},
        _stems=tuple((form[:-1].casefold(), name) for form, name in forms.items() if form.endswith("*")),
    )


def counted_at(text: Text, position: int) -> str:
    """What the number that ends at `position` counts, where the language's list has the word: "person", "dose"."""
    style = text.knowledge(_counted)
    match = style[0].match(text.words, position)
    if match is None:
        return ""
    return next((name for name, found in zip(style[1], match.groups(), strict=True) if found is not None), "")


@lru_cache(maxsize=64)
def _counted(locale: Locale) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """The words, at most two others before them; each concept is a group of the pattern."""
    table = language_data(locale, "numbers").get("counted", {})
    groups = [f"({_pattern(dict.fromkeys(forms, name))})" for name, forms in table.items()]
    return re.compile(rf"(?:[{SPACE}-]?[^\W\d_]+[{SPACE}]){{0,2}}?[{SPACE}-]?(?:{'|'.join(groups) or '(?!)'})"), tuple(
        table
    )


def unit_at(words: str, position: int, style: UnitStyle) -> tuple[str, int]:
    """The unit right behind `position`, and where it ends; nothing and `position` where there is none."""
    if not _may_begin(words, position, style):
        return "", position
    match = style.unit.match(words, position)
    # What only begins like a unit has no name: 周期.
    if match is None or not (name := style.name(match[1])):
        return "", position
    names = [name]
    end = match.end()
    for _ in range(_DENOMINATORS):
        match = style.denominator.match(words, end) if style.divides.match(words, end) else None
        if match is None or not (name := style.name(match[1])):
            break
        names.append(name)
        end = match.end()
    return "/".join(names), end


def _may_begin(words: str, position: int, style: UnitStyle) -> bool:
    """Whether a unit may stand behind the number, for all that its first letters tell."""
    if words[position : position + 1] in _BLANKS:
        position += 1
    if words[position : position + 1] in ("-", "‑"):
        position += 1
    return words[position : position + 1] in ("d", "") or style.starts.at(words, position)


def mentions(text: Text, unit: str) -> bool:
    """Whether the text names the unit at all, by any of its names, be it far from any number."""
    names = frozenset((unit,)).union(*(same for same in SAME if unit in same))
    return any(_anywhere(text.locale, name).search(text.words) for name in names)


@lru_cache(maxsize=512)
def _anywhere(locale: Locale, unit: str) -> re.Pattern[str]:
    own = {form: name for form, name in _forms(locale) if name == unit}
    alone = {form: name for form, name in own.items() if not UNSPACED.search(form)}
    unspaced = {form: name for form, name in own.items() if form not in alone}
    # The article and prepositions that Arabic writes together with the word.
    prefixes = "|".join(map(re.escape, language_data(locale, "numbers").get("prefixes_of_words", ())))
    return re.compile(
        rf"(?<![^\W\d_\u3040-\u9fff])(?:{prefixes})?{_pattern(alone)}|{_pattern(unspaced)}"
        if prefixes
        else rf"(?<![^\W\d_\u3040-\u9fff]){_pattern(alone)}|{_pattern(unspaced)}"
    )


def speaks(locale: Locale, unit: str) -> bool:
    """Whether we know how the language says the unit, so that not finding it means something.

    Symbols stay as they are in languages of the Latin script.
    """
    data = language_data(locale, "numbers").get("units", {})
    return unit in data or (bool(data) and script(locale) == "Latn" and unit in _symbols())


def same_unit(one: str, other: str) -> bool:
    """Whether two units are one, whatever their denominators."""
    one, other = base(one), base(other)
    return one == other or any(one in names and other in names for names in SAME)


_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800}
_MONTHS = {"month": 1, "year": 12}
# A rate that is all there is needs no "per": 24 hours a day, 7 days a week.
_ALL = frozenset(((24, "hour", "day"), (7, "day", "week"), (12, "month", "year")))


def same_duration(value: Decimal, unit: str, other: Decimal, other_unit: str) -> bool:
    """Whether two durations in different units are equally long: 90 minutes and 1.5 hours."""
    one, another = base(unit), base(other_unit)
    if one == another:
        return False
    return any(
        one in table and another in table and value * table[one] == other * table[another]
        for table in (_SECONDS, _MONTHS)
    )


def always(value: Decimal, unit: str) -> bool:
    """Whether the rate says "all the time"."""
    return any(value == all_ and unit == f"{one}/{whole}" for all_, one, whole in _ALL)


def base(unit: str) -> str:
    return unit.partition("/")[0]


@lru_cache(maxsize=1)
def _symbols() -> frozenset[str]:
    return frozenset(language_data(_EVERYWHERE, "numbers")["units"])


def denominators(unit: str) -> frozenset[str]:
    return frozenset(unit.split("/")[1:])


def _forms(locale: Locale) -> Iterator[tuple[str, str]]:
    tables: Iterable[Mapping[str, Iterable[str]]] = (
        language_data(place, "numbers").get("units", {}) for place in (_EVERYWHERE, locale)
    )
    for table in tables:
        for name, forms in table.items():
            for form in forms:
                yield form, name


def _pattern(forms: Mapping[str, str]) -> str:
    """Forms with "=" in their own case, those that end with "*" as the beginning of a word, the others in any case."""
    exact: list[tuple[str, str]] = []
    folded: list[tuple[str, str]] = []
    for form in sorted(forms, key=len, reverse=True):
        stem = form.removeprefix("=").removesuffix("*")
        pattern = re.escape(stem).replace(r"\ ", rf"[{SPACE}]?") + (r"\w*+" if form.endswith("*") else "")
        (exact if form.startswith("=") else folded).append((stem, pattern))
    return f"(?:{whole_words(exact)}|(?i:{whole_words(folded)}))"


def spaced(form: str) -> str:
    """The form with each space as a plain one."""
    return re.sub(rf"[{SPACE}]", " ", form)
