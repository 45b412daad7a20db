"""anchors_order: which like things have changed places, and whether what belongs to them has moved along."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.checks.facts.anchors import Anchor, Anchors, Sort, anchors, sequence, shared_names
from pipeline.checks.facts.claims import claims
from pipeline.checks.facts.names import names
from pipeline.checks.facts.numbers_style import part_style
from pipeline.checks.facts.units import counted_at
from pipeline.checks.subject import Pair

# Between two claims these words turn the order round in languages that put the condition first.
TURNING = re.compile(
    r"\b(?:after|before|following|from|since|until|because|if|when|while|although|unless|which|who|that)\b",
    re.IGNORECASE,
)
# Between two numbers only these, with nothing but a few words around: "9 days after 5 days".
_TURNING_NUMBERS = re.compile(
    r"[^.,;:()]{0,50}\b(?:after|before|following|from(?!\s+(?:[a-z]+\s+)?\d))\b[^.,;:()]{0,50}", re.IGNORECASE
)
_BETWEEN = 60
# Between a whole and its part, in languages that say it first.
_NEAR = 16
_ASIDE = re.compile(r"\s?[(（][^()（）]{0,30}[)）]")
# Past these a number belongs to another clause.
_CLAUSE = re.compile(r"[;；。．]|[,，、](?!\d)|\ufffc")
_APART = 1000


@dataclass(frozen=True, slots=True)
class Swap:
    """Two like things of the target that stand in each other's place; `certain` where no reordering explains it."""

    first: Anchor
    second: Anchor
    certain: bool


def number_swaps(pair: Pair) -> tuple[Swap, ...]:
    """Numbers of one kind in another order than in the source, that nothing else has moved with."""
    matches = pair.fact(claims).matches
    if len(matches) < 2:
        return ()
    starts = [match.target.start for match in sorted(matches, key=lambda match: match.source.start)]
    in_order = all(one <= other for one, other in pairwise(starts))
    style = pair.target.knowledge(part_style)
    if in_order and not (style.turns and style.whole_first.search(pair.target.words)):
        return ()
    return tuple(_number_swaps(pair))


def _number_swaps(pair: Pair) -> Iterator[Swap]:
    found = pair.fact(anchors)
    source, target = sequence(found.source, Sort.NUMBER), sequence(found.target, Sort.NUMBER)
    if len(source) != len(target):
        return
    target = _parts_first(pair, source, target)
    for group in dict.fromkeys(anchor.group for anchor in source):
        ours = [anchor for anchor in source if anchor.group == group]
        theirs = [anchor for anchor in target if anchor.group == group]
        displaced = [index for index, (one, other) in enumerate(zip(ours, theirs, strict=True)) if one.key != other.key]
        if displaced:
            yield from _displaced_numbers(pair, found, ours, theirs, displaced)


def _displaced_numbers(
    pair: Pair, found: Anchors, ours: list[Anchor], theirs: list[Anchor], displaced: list[int]
) -> Iterator[Swap]:
    first, last = displaced[0], displaced[-1]
    one, other = ours[first], ours[last]
    if _counting_apart([ours[index] for index in displaced], [theirs[index] for index in displaced]):
        return
    if len(displaced) == 2 and _moved_along(found, one, other):
        return
    plain = len(displaced) == 2
    if not plain and (_reordered(found, Sort.NAME) or _reordered(found, Sort.CITATION)):
        return
    if plain and one.group and _modifies(pair, one, other):
        return
    certain = plain and not _turned(pair, one, other) and not _unlike(pair, one, other)
    yield Swap(theirs[first], theirs[last], certain=certain)


def _counting_apart(ours: list[Anchor], theirs: list[Anchor]) -> bool:
    """86 patients at 12 centers: what counts different things may stand in any order."""
    if not all(anchor.counts for anchor in ours):
        return False
    return all(
        [each.key for each in ours if each.counts == counts] == [each.key for each in theirs if each.counts == counts]
        for counts in {anchor.counts for anchor in ours}
    )


def _modifies(pair: Pair, one: Anchor, other: Anchor) -> bool:
    """ "7 kg in a 70-kg person": what says more about a noun stands first in languages that put the whole first."""
    return part_style(pair.target.locale).turns and _part(pair, one, other)


def _turned(pair: Pair, one: Anchor, other: Anchor) -> bool:
    return (
        one.sentence == other.sentence
        and _TURNING_NUMBERS.fullmatch(pair.source.words, one.end, other.start) is not None
    )


def _unlike(pair: Pair, one: Anchor, other: Anchor) -> bool:
    """Whether two bare numbers count different things, as far as we know the words."""
    if one.group or _part(pair, one, other):
        return False
    ours, theirs = counted_at(pair.source, one.end), counted_at(pair.source, other.end)
    return ours != theirs


def _parts_first(pair: Pair, source: list[Anchor], target: list[Anchor]) -> list[Anchor]:
    """The target's numbers with each "of 255, 31" as "31 of 255", as the source has it."""
    ratios = [
        (source[here].key, source[there].key)
        for here, there in _bare_pairs(source)
        if _part(pair, source[here], source[there], loose=True)
    ]
    if not ratios:
        return target
    turned = [
        (here, there)
        for here, there in _bare_pairs(target)
        if part_style(pair.target.locale).whole_first.search(pair.target.words[target[here].end : target[there].start])
        and target[there].start - target[here].end <= _NEAR
    ]
    ordered = list(target)
    for here, there in _bare_pairs(target):
        keys = (target[here].key, target[there].key)
        # As many parts of wholes as in the source, though perhaps of other numbers.
        known = keys in ratios or keys[::-1] in ratios
        if (len(turned) == len(ratios) and (here, there) in turned) or (
            known and _whole_first(pair, target[here], target[there])
        ):
            ordered[here], ordered[there] = target[there], target[here]
    return ordered


def _bare_pairs(found: list[Anchor]) -> Iterator[tuple[int, int]]:
    """Neighbours, whatever percentage stands between them: "37 (15%) of 255"."""
    return pairwise([index for index, anchor in enumerate(found) if anchor.group != "%"])


def _moved_along(found: Anchors, one: Anchor, other: Anchor) -> bool:
    """Whether the names (or citations) that stand by the two numbers have changed places with them."""
    for sort in (Sort.NAME, Sort.CITATION):
        if _reordered(found, sort):
            near, far = _nearest(found.source, one, sort), _nearest(found.source, other, sort)
            if near is None or far is None or near.key == far.key:
                continue
            here = next((each for each in found.target if each.key == one.key and each.group == one.group), None)
            there = next((each for each in found.target if each.key == other.key and each.group == other.group), None)
            if here is not None and there is not None:
                now, then = _nearest(found.target, here, sort), _nearest(found.target, there, sort)
                if now is not None and then is not None and now.key == near.key and then.key == far.key:
                    return True
    return False


def _nearest(found: Sequence[Anchor], anchor: Anchor, sort: Sort) -> Anchor | None:
    near = [each for each in found if each.sort is sort and each.sentence == anchor.sentence]
    return min(near, key=lambda each: _distance(each, anchor), default=None)


def _distance(one: Anchor, other: Anchor) -> int:
    return max(one.start - other.end, other.start - one.end)


def _reordered(found: Anchors, sort: Sort) -> bool:
    source = [each.key for each in sequence(found.source, sort)]
    target = [each.key for each in sequence(found.target, sort)]
    return source != target


def _part(pair: Pair, one: Anchor, other: Anchor, *, loose: bool = False) -> bool:
    """Whether the source says "one of other" with hardly a word between."""
    between = _ASIDE.sub("", pair.source.words[one.end : other.start])
    style = part_style(pair.source.locale)
    return len(between) <= _BETWEEN and (style.ratio if loose else style.part).fullmatch(between) is not None


def _whole_first(pair: Pair, first: Anchor, second: Anchor) -> bool:
    style = part_style(pair.target.locale)
    words = pair.target.words
    between = words[first.end : second.start]
    if style.whole_first.search(between):
        return True
    if len(between) <= _BETWEEN and style.part.fullmatch(between):
        return False
    return style.before.search(words[max(0, first.start - _BETWEEN) : first.start]) is not None


def name_swaps(pair: Pair) -> tuple[Swap, ...]:
    """Names that stand for like things, in another order than in the source, while their numbers have not moved."""
    if pair.glossary.names and len(pair.fact(names).source) < 2:
        return ()
    source, target = pair.fact(shared_names)
    if len(source) < 2 or [name for name, _, _ in source] == [name for name, _, _ in target]:
        return ()
    return tuple(_name_swaps(pair))


def _name_swaps(pair: Pair) -> Iterator[Swap]:
    found = pair.fact(anchors)
    source, target = sequence(found.source, Sort.NAME), sequence(found.target, Sort.NAME)
    counts, others = Counter(each.key for each in source), Counter(each.key for each in target)
    numbers = _alike(sequence(found.source, Sort.NUMBER), sequence(found.target, Sort.NUMBER))
    peers = dict.fromkeys((*_peers(pair, source), *_crossed(pair, source, target, numbers)))
    for one, other in peers:
        if counts[one] != others[one] or counts[other] != others[other]:
            continue
        ours = [each for each in source if each.key in (one, other)]
        theirs = [each for each in target if each.key in (one, other)]
        wrong = [(mine, its) for mine, its in zip(ours, theirs, strict=True) if mine.key != its.key]
        if wrong and not _numbers_moved(pair, found):
            second = next(its for _, its in wrong if its.key != wrong[0][1].key)
            yield Swap(wrong[0][1], second, certain=True)


_Numbers = list[tuple[Anchor, Anchor]]


def _alike(source: list[Anchor], target: list[Anchor]) -> _Numbers:
    """The numbers that either text has once, with their counterparts."""
    ours = Counter((each.group, each.key) for each in source)
    theirs = Counter((each.group, each.key) for each in target)
    places = {(each.group, each.key): each for each in target}
    return [
        (each, places[each.group, each.key])
        for each in source
        if ours[each.group, each.key] == 1 == theirs[each.group, each.key]
    ]


def _crossed(pair: Pair, source: list[Anchor], target: list[Anchor], numbers: _Numbers) -> Iterator[tuple[str, str]]:
    """Names of which each stands by the number that is the other's in the source."""
    once = [each for each in source if sum(its.key == each.key for its in source) == 1]
    places = {each.key: each for each in target}
    groups = {ours.group for ours, _ in numbers}
    for index, one in enumerate(once):
        for other in once[index + 1 :]:
            if one.key not in places or other.key not in places or places[one.key].start < places[other.key].start:
                continue
            crossings = [
                crossing
                for group in groups
                if (crossing := _crossing(pair, (one, other), (places[one.key], places[other.key]), numbers, group))
                is not None
            ]
            if crossings and all(crossings):
                yield one.key, other.key


def _crossing(
    pair: Pair, ours: tuple[Anchor, Anchor], theirs: tuple[Anchor, Anchor], numbers: _Numbers, group: str
) -> bool | None:
    """Whether the numbers of one kind nearest to the two names have changed places; None where nobody can tell."""
    source = [(one.key, one) for one, _ in numbers if one.group == group]
    target = [(one.key, other) for one, other in numbers if one.group == group]
    if len(source) < 2:
        return None
    was = [_by(pair.source.words, name, source) for name in ours]
    now = [_by(pair.target.words, name, target) for name in theirs]
    if was[0] == was[1] or set(was) != set(now):
        return None
    if not (_in_turn(ours, was, source) and _in_turn(theirs, now, target)):
        return None
    return was != now


def _in_turn(names: tuple[Anchor, Anchor], keys: list[str], numbers: list[tuple[str, Anchor]]) -> bool:
    """Whether each name has its number on the same side: "255 mM … 270 mRCC", not "ECOG 0 or 1 … Proleukin"."""
    places = dict(numbers)
    own = [(name.start, places[key].start) for name, key in zip(names, keys, strict=True)]
    (one, its), (other, others) = sorted(own, key=min)
    return max(one, its) < min(other, others) and (one < its) == (other < others)


def _by(words: str, name: Anchor, numbers: list[tuple[str, Anchor]]) -> str:
    """The number that stands nearest to the name, in its clause where there is one."""

    def far(number: Anchor) -> int:
        first, second = (name, number) if name.start < number.start else (number, name)
        between = words[first.end : second.start]
        return len(between) + (_APART if _CLAUSE.search(between) else 0)

    return min(numbers, key=lambda each: far(each[1]))[0]


def _numbers_moved(pair: Pair, found: Anchors) -> bool:
    """Whether like numbers, or citations, are in another order too: then whole clauses have changed places."""
    source, target = sequence(found.source, Sort.NUMBER), sequence(found.target, Sort.NUMBER)
    if len(source) == len(target):
        target = _parts_first(pair, source, target)
    for group in {each.group for each in source}:
        if [each.key for each in source if each.group == group] != [each.key for each in target if each.group == group]:
            return True
    return _reordered(found, Sort.CITATION)


# At the start of a text or of an item of a list there is no word to compare.
_ITEM = "item"
_LEFT = re.compile(r"([\w%]+[\s,]*|[(（]\s*)\Z")
_JOINED = re.compile(r"\s*(?:,|;|/|&|\band\b|\bor\b|\bversus\b|\bvs\.?)\s*(?:\band\b|\bor\b)?\s*(?:\w+\s+)?\Z")


def _peers(pair: Pair, source: list[Anchor]) -> Iterator[tuple[str, str]]:
    """Names that stand for like things: in the same surroundings, or listed together."""
    words = pair.source.words
    seen: set[tuple[str, str]] = set()
    contexts: dict[str, set[str]] = {}
    for each in source:
        left = _LEFT.search(words[max(0, each.start - 24) : each.start])
        contexts.setdefault(each.key, set()).add(left[1].strip(" ,").casefold() if left else _ITEM)
    for index, one in enumerate(source):
        for other in source[index + 1 :]:
            both = (one.key, other.key)
            if one.key == other.key or both in seen or both[::-1] in seen:
                continue
            listed = _JOINED.fullmatch(words[one.end : other.start][:_BETWEEN]) is not None
            if listed or (contexts[one.key] & contexts[other.key]) - {""}:
                seen.add(both)
                yield both
