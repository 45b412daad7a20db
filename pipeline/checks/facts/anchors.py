"""anchors: the numbers, names and citations that both texts have, in the order of each; what a claim hangs on."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.checks.facts.claims import How, Match, claims
from pipeline.checks.facts.names import names
from pipeline.checks.facts.quantities import Kind, Percent, Quantity
from pipeline.checks.facts.sentences import sentences
from pipeline.checks.facts.units import base, counted_at
from pipeline.checks.subject import Pair, Text

MARK = re.compile(r"(?:cite|note)[0-9]*+")
# Abbreviations: what stays as it is even where no glossary says so. "mRCC", "FDA", "IL-2", not "The" or "OK".
_ABBREVIATION = re.compile(
    r"(?<![A-Za-z0-9À-ɏ.-])(?:[A-Z]{2,}[0-9]*|[a-z]{1,2}[A-Z][A-Za-z]*|[A-Z]+-[0-9]+)(?![A-Za-z0-9À-ɏ-]|\.[A-Za-z0-9])"
)


class Sort(StrEnum):
    NUMBER = "number"
    NAME = "name"
    CITATION = "citation"


@dataclass(frozen=True, slots=True)
class Anchor:
    """Anchors of a source and its translation with the same `sort` and `key` are the same thing.

    `group` is what makes numbers alike: percentages, durations, doses; only like numbers can be taken for one another.
    `text` is how it is written there, `counts` what a bare number counts, where both texts say the same.
    """

    sort: Sort
    key: str
    group: str
    start: int
    end: int
    sentence: int
    text: str
    counts: str = ""


@dataclass(frozen=True, slots=True)
class Anchors:
    source: tuple[Anchor, ...]
    target: tuple[Anchor, ...]
    sentences: tuple[int, int]

    @property
    def aligned(self) -> bool:
        """Whether sentence answers to sentence, as far as their number tells."""
        return self.sentences[0] == self.sentences[1]


def anchors(pair: Pair) -> Anchors:
    """What both texts have, each in its own reading order."""
    matches = pair.fact(claims).matches
    source, target = _Maker(pair.source), _Maker(pair.target)
    for match in matches:
        group = _group(pair, match)
        counts = "" if group else _counted(pair, match)
        # "one" is as often an article, and "two" half of "two-thirds".
        if match.how is How.WORD and (match.source.value <= 1 or not (group or counts)):
            continue
        source.number(match.source, match, group, counts)
        target.number(match.target, match, group, counts)
    for maker, found in zip((source, target), pair.fact(shared_names), strict=True):
        for name, start, end in found:
            maker.add(Sort.NAME, name, "", start, end)
    for maker in (source, target):
        maker.marks()
    return Anchors(source.done(), target.done(), (len(source.begins), len(target.begins)))


def sequence(found: Iterable[Anchor], sort: Sort) -> list[Anchor]:
    return [anchor for anchor in found if anchor.sort is sort]


class _Maker:
    """Gathers the anchors of one text."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.begins = [start for start, _ in text.fact(sentences)]
        self.found: list[Anchor] = []

    def add(self, sort: Sort, key: str, group: str, start: int, end: int, text: str = "", counts: str = "") -> None:
        sentence = max(0, bisect_right(self.begins, start) - 1)
        self.found.append(Anchor(sort, key, group, start, end, sentence, text or self.text.words[start:end], counts))

    def number(self, quantity: Quantity, match: Match, group: str, counts: str) -> None:
        # A date that may be either is what the other side says it is.
        both = {match.source.value, *match.source.readings} & {match.target.value, *match.target.readings}
        key = f"{min(both, default=match.source.value).normalize():f}"
        self.add(Sort.NUMBER, key, group, quantity.start, quantity.until, quantity.text, counts)

    def marks(self) -> None:
        for name, offset in self.text.atoms:
            if MARK.fullmatch(name):
                self.add(Sort.CITATION, name, name.rstrip("0123456789"), offset, offset + 1, f"{{{name}}}")

    def done(self) -> tuple[Anchor, ...]:
        return tuple(sorted(self.found, key=lambda anchor: anchor.start))


def _group(pair: Pair, match: Match) -> str:
    quantity, other = match.source, match.target
    if quantity.kind is not Kind.NUMBER:
        return quantity.kind
    if quantity.label:
        return f"{quantity.label} as a name"
    # What a number only shares with its neighbour it may not have at all: "PS 0 and 31%".
    if quantity.percent is Percent.YES or (quantity.percent is Percent.SHARED and other.percent is not Percent.NO):
        return "%"
    if quantity.unit and not (quantity.unit_shared and not other.unit):
        return base(quantity.unit)
    # "64 years … over 65": what the source leaves unsaid the language may say.
    if not quantity.unit and other.unit and not other.unit_shared and not counted_at(pair.source, quantity.end):
        return base(other.unit)
    whole = quantity.value == quantity.value.to_integral_value()
    return "year of the calendar" if whole and 1900 <= quantity.value <= 2100 else ""


def _counted(pair: Pair, match: Match) -> str:
    """What a bare number counts, if both texts say so and say the same."""
    ours = counted_at(pair.source, match.source.end)
    return ours if ours and ours == counted_at(pair.target, match.target.end) else ""


_Places = Sequence[tuple[str, int, int]]


def shared_names(pair: Pair) -> tuple[_Places, _Places]:
    """The glossary's names in both texts with their places; without a glossary the abbreviations that both have."""
    if pair.glossary.names:
        found = pair.fact(names)
        return (
            [(each.name, each.start, each.end) for each in found.source],
            [(each.name, each.start, each.end) for each in found.target],
        )
    source = pair.source.fact(_abbreviations)
    if not source:
        return [], []
    target = _abbreviations(pair.target)
    both = Counter(name for name, _, _ in source) & Counter(name for name, _, _ in target)
    return [each for each in source if each[0] in both], [each for each in target if each[0] in both]


def _abbreviations(text: Text) -> _Places:
    return [(match[0], *match.span()) for match in _ABBREVIATION.finditer(text.words)]
