"""claims: which number of the translation stands for which number of the source, and which stand for none."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from pipeline.checks.facts.numbers import glued, numbers, quantity_of_word, romans
from pipeline.checks.facts.numbers_words import Word, spelled
from pipeline.checks.facts.quantities import Kind, Percent, Quantity
from pipeline.checks.facts.units import TIMES, base, mentions, same_duration
from pipeline.checks.subject import Pair, Text

# Among how many equal numbers the one with the same unit is looked for, and how many without a counterpart are told.
_NEAREST = 8
_MOST = 100
_FEW = 20


class How(StrEnum):
    """What makes two numbers one."""

    VALUE = "value"
    READING = "reading"  # one of several values that the written form may have in its language
    FOREIGN = "foreign"  # only if the separators are read as another language's
    SIGN = "sign"  # but for the minus
    PARTS = "parts"  # one side lists what the other writes together
    WORD = "word"  # one side spells it out
    DURATION = "duration"  # as long, in another unit


class Match(NamedTuple):
    source: Quantity
    target: Quantity
    how: How


@dataclass(frozen=True, slots=True)
class Claims:
    """`changed` are numbers without a counterpart that stand in for one another; `worded` are those of the source
    that only a weak word of the translation ("a", "every") may stand for."""

    matches: tuple[Match, ...] = ()
    changed: tuple[tuple[Quantity, Quantity], ...] = ()
    lost: tuple[Quantity, ...] = ()
    added: tuple[Quantity, ...] = ()
    worded: tuple[Quantity, ...] = ()


_NOTHING = Claims()


def claims(pair: Pair) -> Claims:
    """How the numbers of the two texts go together."""
    source, target = numbers(pair.source), numbers(pair.target)
    if not source and not target:
        return _NOTHING
    if len(source) == 1 == len(target) and source[0].value == target[0].value and source[0].kind is target[0].kind:
        return Claims((Match(source[0], target[0], How.VALUE),))
    single = {other.value: other for other in target}
    if len(source) == len(target) == len(single) and single.keys() == {one.value for one in source}:
        matches = tuple([Match(one, single[one.value], How.VALUE) for one in source])
        if all(match.source.kind is match.target.kind for match in matches):
            return Claims(matches)
    work = _Matching(list(source), list(target))
    work.join_values()
    if work.open:
        work.join(How.READING, _same_reading)
        work.join(How.FOREIGN, lambda one, other: other.foreign == one.value)
        work.join(How.DURATION, as_long)
        work.join_parts()
        work.join(How.SIGN, lambda one, other: one.kind is other.kind and one.value == -other.value)
        return _leftovers(pair, work)
    return Claims(matches=tuple(work.matches))


@dataclass(slots=True)
class _Matching:
    source: list[Quantity]
    target: list[Quantity]
    matches: list[Match] = field(default_factory=list)

    @property
    def open(self) -> bool:
        return bool(self.source or self.target)

    def join_values(self) -> None:
        """Take the equal numbers out of both lists, then keep no more than anybody would read."""
        by_value: dict[tuple[Kind, Decimal], list[Quantity]] = {}
        for other in reversed(self.target):
            by_value.setdefault((other.kind, other.value), []).append(other)
        left = []
        for one in self.source:
            candidates = by_value.get((one.kind, one.value))
            if not candidates:
                left.append(one)
                continue
            nearest = range(len(candidates) - 1, max(-1, len(candidates) - 1 - _NEAREST), -1)
            best = max(nearest, key=lambda index: _likeness(one, candidates[index]))
            self.matches.append(Match(one, candidates.pop(best), How.VALUE))
        self.source = left[:_MOST]
        rest = {id(other) for others in by_value.values() for other in others}
        self.target = [other for other in self.target if id(other) in rest][:_MOST]

    def join(self, how: How, same: Callable[[Quantity, Quantity], bool]) -> None:
        """Take the numbers that are the same out of both lists; among several the one of the same unit."""
        left = []
        for one in self.source:
            candidates = [index for index, other in enumerate(self.target) if same(one, other)]
            if not candidates:
                left.append(one)
                continue
            best = max(candidates, key=lambda index: _likeness(one, self.target[index]))
            self.matches.append(Match(one, self.target.pop(best), how))
        self.source = left

    def join_parts(self) -> None:
        """Numbers that one side writes together: a list taken for a decimal, a date in words, a full hour."""
        for one in tuple(self.source):
            found = _all_in(_parts(one), self.target)
            if found is not None:
                self.source.remove(one)
                for other in found:
                    self.target.remove(other)
                    self.matches.append(Match(one, other, How.PARTS))
        for other in tuple(self.target):
            counterparts = _all_in(_parts(other), self.source)
            if counterparts is not None:
                self.target.remove(other)
                for one in counterparts:
                    self.source.remove(one)
                    self.matches.append(Match(one, other, How.PARTS))


def _likeness(one: Quantity, other: Quantity) -> tuple[bool, bool]:
    # "day 2" is "2日目".
    return (one.percent is other.percent, (one.unit or one.label) == (other.unit or other.label))


def as_long(one: Quantity, other: Quantity) -> bool:
    return one.kind is other.kind and same_duration(one.value, one.unit, other.value, other.unit)


def _same_reading(one: Quantity, other: Quantity) -> bool:
    return one.kind is other.kind and not {one.value, *one.readings}.isdisjoint((other.value, *other.readings))


def _parts(quantity: Quantity) -> Iterator[tuple[Decimal, ...]]:
    if quantity.parts:
        yield quantity.parts
    for value in (quantity.value, *quantity.readings):
        if quantity.kind is Kind.DATE:
            year, rest = divmod(int(value), 10_000)
            month, day = divmod(rest, 100)
            yield from (
                tuple(map(Decimal, each)) for each in ((day, year), (day, month, year), (year, month)) if all(each)
            )
            if not day:
                yield (Decimal(year),)
            if not year:
                yield (Decimal(day),)
        elif quantity.kind is Kind.TIME and int(value) % 60 == 0:
            yield (Decimal(int(value) // 60),)
        elif quantity.kind is Kind.TIME:
            yield (Decimal(f"{int(value) // 60}.{int(value) % 60:02}"),)
            yield (Decimal(int(value)) / 60,)
            yield (Decimal(int(value) // 60), Decimal(int(value) % 60))


def _all_in(choices: Iterable[tuple[Decimal, ...]], quantities: list[Quantity]) -> list[Quantity] | None:
    """The quantities that together are one of the choices."""
    for choice in choices:
        left = [each for each in quantities if each.kind is Kind.NUMBER]
        found = []
        for value in choice:
            match = next((each for each in left if value in (each.value, *each.readings)), None)
            if match is None:
                break
            left.remove(match)
            found.append(match)
        if len(found) == len(choice) and found:
            return found
    return None


def _leftovers(pair: Pair, work: _Matching) -> Claims:
    """What no digits of the other side answer for; words and parts of names may still do."""
    ours, theirs = _Words(pair.source), _Words(pair.target)
    lost, worded = theirs.answer(work.source, lambda one, word: work.matches.append(Match(one, word, How.WORD)))
    added, articles = ours.answer(
        _counted(pair, work), lambda one, word: work.matches.append(Match(word, one, How.WORD))
    )
    added += [each for each in articles if base(each.unit) in TIMES]
    articles = [each for each in articles if base(each.unit) not in TIMES]
    changed = [*_paired(lost, added), *_paired(lost, articles), *_paired(worded, added)]
    # "two" that has become 3: the word is left over as the digit is.
    changed += _paired([each for each in ours.left if each.value > 1], added)
    return Claims(tuple(work.matches), tuple(changed), tuple(lost), tuple(added), tuple(worded))


class _Words:
    """The number words of a text, each of which answers for one number of the other."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.weak: frozenset[Decimal] | None = None
        self.stuck: list[Decimal] = []
        self.left: list[Quantity] = []

    def answer(
        self, quantities: list[Quantity], matched: Callable[[Quantity, Quantity], None]
    ) -> tuple[list[Quantity], list[Quantity]]:
        """Those that nothing in the text stands for, and those that only an article may stand for."""
        if not quantities:
            return [], []
        found = self.text.fact(spelled)
        self.left = [quantity_of_word(self.text, word.value, word.start, word.end, word.unit) for word in found.words]
        stuck = list(glued(self.text))
        none: list[Quantity] = []
        weak: list[Quantity] = []
        for quantity in quantities:
            word = max(
                (each for each in self.left if quantity.kind is Kind.NUMBER and _answers(each, quantity)),
                key=lambda each: _likeness(quantity, each),
                default=None,
            )
            if word is not None:
                self.left = [each for each in self.left if each.end <= word.start or each.start >= word.end]
                matched(quantity, word)
            elif abs(quantity.value) in stuck and quantity.percent is not Percent.YES:  # "ICD -10"
                stuck.remove(abs(quantity.value))
            elif any(_is_decade(each, quantity) for each in stuck):
                pass
            elif quantity.kind is Kind.NUMBER and not found.weak.isdisjoint((quantity.value, *quantity.readings)):
                weak.append(quantity)
            else:
                none.append(quantity)
        return none, weak


def _answers(word: Quantity, quantity: Quantity) -> bool:
    return word.value == quantity.value or as_long(word, quantity)


def _is_decade(name: Decimal, quantity: Quantity) -> bool:
    """Whether the number is the decade without its century: "the 1990s" and "90er Jahre"."""
    return 1000 <= name < 2100 and name % 10 == 0 and quantity.value == name % 100 and not quantity.unit


def _counted(pair: Pair, work: _Matching) -> list[Quantity]:
    """The target's numbers without the 1 of "1 kg" or "1 day" where the source says "per kg", "/day", "hourly"."""
    return [
        each for each in work.target if not (each.value == 1 and each.unit and mentions(pair.source, base(each.unit)))
    ]


def _paired(lost: list[Quantity], added: list[Quantity]) -> Iterator[tuple[Quantity, Quantity]]:
    """Numbers that were changed rather than lost and others added: taken out of both lists."""
    for one in tuple(lost):
        if not added:
            break
        other = max(added, key=lambda each: _kinship(one, each))
        if one.kind is other.kind:
            lost.remove(one)
            added.remove(other)
            yield one, other


def reworded(pair: Pair) -> tuple[tuple[str, str], ...]:
    """Number words and Roman numerals that only one side has each: "two" and "drei", "III" and "II"."""
    return (*_words_differing(pair), *_romans_differing(pair))


def _words_differing(pair: Pair) -> Iterator[tuple[str, str]]:
    # Most sources spell no number out: what the translation does is then nobody's question.
    if pair.source.fact(_cardinals):
        matches = pair.fact(claims).matches
        ours = [
            word for word in pair.source.fact(_cardinals) if word.start not in {each.source.start for each in matches}
        ]
        theirs = [
            word for word in pair.target.fact(_cardinals) if word.start not in {each.target.start for each in matches}
        ]
        yield from _differing(pair, _said(pair.source, ours), _said(pair.target, theirs))


def _romans_differing(pair: Pair) -> Iterator[tuple[str, str]]:
    ours = pair.source.fact(romans)
    if ours:
        yield from _differing(pair, list(ours), list(pair.target.fact(romans)))


_Said = list[tuple[Decimal, str]]


def _differing(pair: Pair, ours: _Said, theirs: _Said) -> Iterator[tuple[str, str]]:
    lost, gained = _without(ours, theirs, pair.target), _without(theirs, ours, pair.source)
    if lost and gained:
        yield lost[0], gained[0]


def _without(said: _Said, other: _Said, text: Text) -> list[str]:
    """What one side says more often than the other, and the other does not say in another way either."""
    left = Counter(value for value, _ in other)
    found = []
    for value, spelt in said:
        left[value] -= 1
        if left[value] < 0:
            found.append((value, spelt))
    if not found:
        return []
    elsewhere = {*glued(text), *text.fact(spelled).weak, *(word.value for word in text.fact(spelled).words)} - {
        value for value, _ in other
    }
    return [spelt for value, spelt in found if value not in elsewhere]


def _cardinals(text: Text) -> tuple[Word, ...]:
    """Number words of more than one and few enough to be told apart; "a dozen thousands" is not looked at."""
    return tuple(word for word in text.fact(spelled).words if 1 < word.value <= _FEW and not word.unit)


def _said(text: Text, words: list[Word]) -> _Said:
    return [(word.value, text.words[word.start : word.end]) for word in words]


def shifted(one: Decimal, other: Decimal) -> bool:
    """Whether two values are a power of ten apart."""
    if not one or not other or one == other:
        return False
    return one.normalize().as_tuple()[:2] == other.normalize().as_tuple()[:2]


def _kinship(one: Quantity, other: Quantity) -> tuple[bool, bool, bool, bool]:
    return (
        one.kind is other.kind,
        shifted(one.value, other.value),
        one.percent is other.percent,
        one.unit == other.unit,
    )
