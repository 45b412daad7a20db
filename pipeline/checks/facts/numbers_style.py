"""numbers_style: how a language writes numbers: separators, percent, multipliers, number words, months."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from pipeline.checks.expressions import Expression
from pipeline.checks.languages import language_data
from pipeline.model.locale import Locale

SPACE = " \xa0\u202f\u2009"
# As many letters are enough to tell what number word a longer word begins with.
PREFIX = 4
# So many beginnings are remembered.
_MOST_STARTS = 1 << 12
# Scripts that put no space between words: nothing shows where a word of theirs ends.
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff00-\uffef㎀-㏿]\Z")
# The end of a word: no letter of a script with spaces follows, though one of the others may ("1kgあたり"). Few and
# small ranges, since these expressions are compiled often.
WORD_END = r"(?![A-Za-z\xaa\xb5\xba\xc0-\xd6\xd8-\xf6\xf8-\u052f\u0620-\u064a\u066e-\u06d3])"


class Starts:
    """What forms begin with: tells quickly where none of them can stand, whatever its case."""

    __slots__ = ("_known", "_one", "_two")

    def __init__(self, forms: Iterable[str]) -> None:
        known = [form for form in forms if form]
        # A space in a form may be another one, or missing.
        alone = [form[0] for form in known if len(form) == 1 or form[1] in SPACE]
        self._one = frozenset(map(folded, alone))
        self._two = frozenset(folded(form[:2]) for form in known if len(form) > 1)
        self._known: dict[str, bool] = {}

    def at(self, words: str, position: int) -> bool:
        """Whether a form may stand at the position."""
        start = words[position : position + 2]
        known = self._known.get(start)
        if known is None:
            if len(self._known) > _MOST_STARTS:
                self._known.clear()
            known = self._known[start] = folded(start) in self._two or folded(start[:1]) in self._one
        return known


def folded(start: str) -> str:
    """The beginning or end of a word as regular expressions compare it when they ignore case."""
    # Regular expressions that ignore case take the dotless i for an i.
    return start.casefold().replace("ı", "i")


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """`decimals` and `groups` are the separators of the language; `other_decimals` and `other_groups` are also read.
    `sign_varies` where the decimal sign is another one in other parts of the world.

    The patterns are matched right behind a number (`percent_before` and `label`: right before it). `known` says
    whether the language has data at all: without it a separator may mean either. `spans` is matched against what
    stands before the first of two numbers, a null character, and what stands between them: "from 3 to 27 %".
    `phrases` say a quantity in words of their own: "half an hour". `behind` knows how what follows a number begins.
    """

    known: bool
    decimals: frozenset[str]
    groups: frozenset[str]
    other_decimals: frozenset[str]
    other_groups: frozenset[str]
    sign_varies: bool
    percent: Expression
    percent_before: Expression
    percent_space: bool
    multiplier: Expression
    multipliers: Mapping[str, int]
    ordinal: Expression
    ranges: Expression
    lists: Expression
    months: Mapping[str, int]
    month: str
    months_by_number: bool
    words: Mapping[str, frozenset[Decimal]]
    weak_words: frozenset[str]
    unspaced: tuple[str, ...]
    prefixes: Mapping[str, tuple[tuple[str, Decimal], ...]]
    spans: Expression
    half: Expression
    none: Expression
    label: Expression
    labels: Mapping[str, str]
    statistics: frozenset[str]
    phrase: Expression
    phrases: Mapping[str, tuple[Decimal, str]]
    phrase_hints: tuple[str, ...]
    behind: Starts
    label_ends: tuple[str, ...]
    percent_ends: frozenset[str]


@lru_cache(maxsize=64)
def number_style(locale: Locale) -> NumberStyle:
    data = language_data(locale, "numbers")
    decimals = frozenset(data.get("decimal", ".,"))
    multipliers = {
        form.casefold(): int(value) for value, forms in data.get("multipliers", {}).items() for form in forms
    }
    months = {form.casefold(): number for number, forms in enumerate(data.get("months", ()), start=1) for form in forms}
    words = _words(data.get("words", {}), data.get("duals", {}))
    labels = {form.casefold(): label for label, forms in data.get("labels", {}).items() for form in forms}
    phrases = {form.casefold(): said(key) for key, forms in data.get("phrases", {}).items() for form in forms}
    return NumberStyle(
        known="decimal" in data,
        decimals=decimals,
        groups=frozenset(data.get("groups", (",", ".", " "))),
        # Only the territory says which: a catalog without one may be for any.
        sign_varies=bool(data.get("sign_varies")) and not locale.territory,
        other_decimals=frozenset(data.get("also_decimal", ())),
        other_groups=frozenset(data.get("also_groups", ())),
        percent=Expression(rf"[{SPACE}‑-]?(?:[%٪％﹪]|{alternatives(data.get('percent', ()))})", re.IGNORECASE),
        percent_before=Expression(
            rf"(?:(?<!\d)(?<!\d[{SPACE}])(?<!\ufffc)[%٪]|{alternatives(data.get('percent_before', ()))})[{SPACE}]?\Z"
        ),
        percent_space=bool(data.get("percent_space", False)),
        multiplier=Expression(rf"[{SPACE}]?({alternatives(multipliers)})", re.IGNORECASE),
        multipliers=multipliers,
        ordinal=Expression(rf"(?:{alternatives(data.get('ordinals', ()))})", re.IGNORECASE),
        ranges=Expression(
            rf"\s*+(?:[-–—−‑〜～~]|\.\.\.?|…|{alternatives(data.get('ranges', ()))})\s*+\Z", re.IGNORECASE
        ),
        lists=Expression(rf"\s*+(?:[,،;/&+]|,?\s?{alternatives(data.get('lists', ()))})\s*+\Z", re.IGNORECASE),
        months=months,
        month=f"(?i:{alternatives(months)})",
        months_by_number=bool(data.get("months_by_number", False)),
        words=words,
        weak_words=frozenset(each.casefold() for each in data.get("weak_words", ())),
        unspaced=tuple(word for word in words if UNSPACED.search(word)),
        prefixes=_prefixes(words) if data.get("prefixes") else {},
        spans=_spans(data.get("spans", ())),
        half=Expression(rf"[{SPACE}]?(?:{alternatives(data.get('halves', ()))})(?![ば数分面径減量])", re.IGNORECASE),
        none=Expression(alternatives(data.get("none", ()))),
        label=Expression(
            rf"(?<![^\W_])(?:((?i:{alternatives(labels)}))[.:]?|((?-i:[A-Z]{{2,6}})))[{SPACE}]\Z" if labels else r"(?!)"
        ),
        labels=labels,
        statistics=frozenset(data.get("statistics", ())),
        phrase=Expression(rf"(?<![A-Za-zÀ-ɏ])(?:{alternatives(phrases)})", re.IGNORECASE),
        phrases=phrases,
        phrase_hints=tuple(dict.fromkeys(form.split()[-1] for form in phrases)),
        behind=Starts(
            (
                *("%", "٪", "％", "﹪", "a.m.", "am", "p.m.", "pm", *data.get("percent", ()), *multipliers),
                *(*data.get("ordinals", ()), *data.get("halves", ()), *data.get("none", ())),
            )
        ),
        label_ends=tuple({folded(form.rstrip(".:").split(" ")[-1]) for form in labels}),
        percent_ends=frozenset(("%", "٪", *(form[-1] for form in data.get("percent_before", ())))),
    )


def said(key: str) -> tuple[Decimal, str]:
    """Value and unit of a phrase: "30 minute"."""
    value, _, unit = key.partition(" ")
    return Decimal(value), unit


def _spans(pairs: Iterable[tuple[str, str]]) -> Expression:
    each = "|".join(
        rf"(?<!\w){spelt(opener)}\s*+\0\s*+{spelt(joiner)}{WORD_END if joiner.isascii() else ''}\s*+\Z"
        for opener, joiner in pairs
    )
    return Expression(each or "(?!)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PartStyle:
    """How a language says "31 of 255": words between part and whole, between whole and part, before the whole.

    `ratio` is `part` with what is counted before it: "7 patients out of 22".
    """

    part: Expression
    ratio: Expression
    whole_first: Expression
    before: Expression
    turns: bool


@lru_cache(maxsize=64)
def part_style(locale: Locale) -> PartStyle:
    data = language_data(locale, "numbers").get("parts", {})
    part = rf"\s*(?i:{alternatives(data.get('between', ()))})(?:\s+[^\W\d_]+){{0,1}}\s*"
    return PartStyle(
        part=Expression(part),
        ratio=Expression(rf"\s*(?:[^\W\d_]+\s+){{0,1}}{part}"),
        whole_first=Expression(alternatives(data.get("whole_first", ()))),
        turns=bool(data.get("whole_first")),
        before=Expression(rf"(?<!\w)(?i:{alternatives(data.get('before', ()))})\s*(?:[^\W\d_]+\s+){{0,2}}\Z"),
    )


def alternatives(forms: Iterable[str]) -> str:
    """A pattern of the forms, the longest first, each as a whole word; a space in one may be any space."""
    return whole_words((form, spelt(form)) for form in sorted(forms, key=len, reverse=True))


def spelt(form: str) -> str:
    """A pattern of the form; a space in it may be any space."""
    return re.escape(form).replace(r"\ ", rf"[{SPACE}]")


def whole_words(forms: Iterable[tuple[str, str]]) -> str:
    """One pattern of the patterns, each with the form that it is of; no letter may follow but in unspaced scripts."""
    spaced: list[str] = []
    unspaced: list[str] = []
    for form, pattern in forms:
        (unspaced if UNSPACED.search(form) else spaced).append(pattern)
    # The end of the word stands once and outside of IGNORECASE, where its ranges are slow to compile.
    parts = [f"(?:{'|'.join(spaced)})(?-i:{WORD_END})"] if spaced else []
    return f"(?:{'|'.join((*parts, *unspaced))})" if spaced or unspaced else "(?!)"


def _words(table: Mapping[str, Iterable[str]], duals: Mapping[str, Iterable[str]]) -> Mapping[str, frozenset[Decimal]]:
    found: dict[str, set[Decimal]] = {}
    for value, forms in table.items():
        for form in forms:
            found.setdefault(form.casefold(), set()).add(Decimal(value))
    for forms in duals.values():
        for form in forms:
            found.setdefault(form.casefold(), set()).add(Decimal(2))
    return {form: frozenset(values) for form, values in found.items()}


def _prefixes(words: Mapping[str, frozenset[Decimal]]) -> Mapping[str, tuple[tuple[str, Decimal], ...]]:
    """Words that longer ones begin with ("zweimal"), by their first letters; short ones begin other words too."""
    found: dict[str, list[tuple[str, Decimal]]] = {}
    for form, values in words.items():
        if len(form) >= PREFIX and len(values) == 1:
            found.setdefault(form[:PREFIX], []).extend((form, value) for value in values if value > 1)
    return {start: tuple(forms) for start, forms in found.items()}
