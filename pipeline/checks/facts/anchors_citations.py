"""anchors_citations: which citations have changed places, and which have left the claim that they support."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pipeline.checks.facts.anchors import MARK, Anchor, Anchors, Sort, anchors, sequence
from pipeline.checks.facts.anchors_order import TURNING
from pipeline.checks.facts.anchors_terms import term_keys
from pipeline.checks.facts.sentences import sentences
from pipeline.checks.subject import Pair, Text

_WORD = re.compile(r"\w")
_LETTERS = re.compile(r"[^\W\d_]+|\d+")
# What many a language makes a full stop of.
_CLAUSE_END = re.compile(r"[;:—–]")
_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
# As many words behind a mark are more than a verb that a language puts last.
_CLAUSE = 4
# Each mark is compared with each other; no text that anybody reads has more.
_MOST = 60


class Move(StrEnum):
    SWAPPED = "swapped"
    START = "at the start"
    SENTENCE = "in another sentence"
    CLAIM = "away from its claim"


@dataclass(frozen=True, slots=True)
class Moved:
    """A citation of the target that is not where its claim is; `other` is the one that it has changed places with."""

    mark: Anchor
    move: Move
    certain: bool
    other: Anchor | None = None
    claim: str = ""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a mark stands: the keys of what its sentence has before it, since the mark before, and behind it."""

    mark: Anchor
    group: int
    before: frozenset[str]
    nearest: str
    behind_nearest: str
    sentence: frozenset[str]
    after: frozenset[str]
    at_start: bool
    words_after: int
    shown: str


def moved_citations(pair: Pair) -> tuple[Moved, ...]:
    """Citations and footnote marks that have left their claims."""
    marks = _ends(pair.source)
    if not marks or (all(end is not None for _, end in marks) and marks == _ends(pair.target)):
        return ()
    found = pair.fact(anchors)
    ours, theirs = sequence(found.source, Sort.CITATION), sequence(found.target, Sort.CITATION)
    names = [each.key for each in ours]
    if not ours or sorted(names) != sorted(each.key for each in theirs):
        return ()
    keys = _unique(pair, found)
    if len(set(names)) != len(names):
        return tuple(_repeated(pair, ours, theirs, keys))
    kept = frozenset(names[:_MOST])
    source = _places(pair.source, [each for each in ours if each.key in kept], keys[0])
    target = _places(pair.target, [each for each in theirs if each.key in kept], keys[1])
    swaps = tuple(_swaps(pair, found, source, target))
    swapped = {moved.mark.key for moved in swaps} | {moved.other.key for moved in swaps if moved.other is not None}
    return (*swaps, *_strays(pair, found, source, target, swapped))


def _ends(text: Text) -> list[tuple[str, tuple[int, int] | None]]:
    """Each mark with the sentence that it ends, out of how many; None for one inside a sentence.

    Marks that end the same sentences in both texts are where they should be, whatever else the sentences say.
    """
    atoms = [(name, offset) for name, offset in text.atoms if MARK.fullmatch(name)]
    if not atoms:
        return []
    spans = text.fact(sentences)
    found: list[tuple[str, tuple[int, int] | None]] = []
    for name, offset in atoms:
        index = bisect_right(spans, (offset, len(text.words) + 1)) - 1
        ends = index >= 0 and _WORD.search(text.words, offset, spans[index][1]) is None
        starts = index >= 0 and _WORD.search(text.words, spans[index][0], offset) is None
        found.append((name, (index, len(spans)) if ends and not starts else None))
    return sorted(found, key=lambda each: each[0])


def _unique(pair: Pair, found: Anchors) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """What stands exactly once in either text: only of that can one say that a mark has left it."""
    sides = []
    for side, texts in ((found.source, 0), (found.target, 1)):
        own = [(each.start, f"{each.sort}:{each.group}:{each.key}") for each in side if each.sort is not Sort.CITATION]
        sides.append([*own, *pair.fact(term_keys)[texts]])
    counts = [Counter(key for _, key in side) for side in sides]
    once = {key for key, count in counts[0].items() if count == 1 and counts[1][key] == 1}
    return ([each for each in sides[0] if each[1] in once], [each for each in sides[1] if each[1] in once])


_Keys = list[tuple[int, str]]


def _repeated(pair: Pair, ours: list[Anchor], theirs: list[Anchor], keys: tuple[_Keys, _Keys]) -> Iterator[Moved]:
    """Where a mark stands more than once: a claim, told by what stands nearest before the marks, has others now."""
    source, target = _marked(pair.source, ours, keys[0]), _marked(pair.target, theirs, keys[1])
    both = [key for _, key in keys[0] if key in source and key in target]
    if both != [key for _, key in keys[1] if key in source and key in target]:
        return
    for key in both:
        wrong = Counter(each.key for each in target[key]) - Counter(each.key for each in source[key])
        if wrong:
            mark = next(each for each in target[key] if each.key in wrong)
            claim = pair.source.words[max(0, source[key][0].start - 60) : source[key][0].start]
            yield Moved(mark, Move.CLAIM, certain=True, claim=claim.strip())
            return


def _marked(text: Text, marks: list[Anchor], keys: _Keys) -> dict[str, list[Anchor]]:
    """The marks behind each claim, with no words between them, by the last key before them."""
    groups: list[list[Anchor]] = []
    for mark in marks:
        if groups and not _WORD.search(text.words, groups[-1][-1].end, mark.start):
            groups[-1].append(mark)
        else:
            groups.append([mark])
    found: dict[str, list[Anchor]] = {}
    since = 0
    for group in groups:
        before = [key for start, key in sorted(keys) if since <= start < group[0].start]
        if before:
            found[before[-1]] = group
        since = group[-1].end
    return found


def _places(text: Text, marks: list[Anchor], keys: list[tuple[int, str]]) -> dict[str, _Place]:
    words, spans = text.words, text.fact(sentences)
    places: dict[str, _Place] = {}
    group, position = -1, -1
    since = 0
    for mark in marks:
        begin, end = spans[mark.sentence] if spans else (0, len(words))
        if position < 0 or _WORD.search(words, position, mark.start):
            group += 1
            since = max(begin, position) if position >= 0 else begin
        since = max(since, begin)
        behind = words[mark.end : end]
        nearest = max(((start, key) for start, key in keys if since <= start < mark.start), default=(0, ""))
        places[mark.key] = _Place(
            mark=mark,
            group=group,
            before=frozenset(key for start, key in keys if since <= start < mark.start),
            nearest=nearest[1],
            behind_nearest=words[nearest[0] : mark.start] if nearest[1] else "",
            sentence=frozenset(key for start, key in keys if begin <= start < end),
            after=frozenset(key for start, key in keys if mark.end <= start < end),
            at_start=_WORD.search(words, 0, mark.start) is None,
            words_after=_length(behind),
            shown=words[since : mark.start].strip(),
        )
        position = mark.end
    return places


def _length(words: str) -> int:
    """Words, where a language has spaces; three characters for one where it has none."""
    asian = len(_ASIAN.findall(words))
    return len(_LETTERS.findall(words)) if not asian else asian // 3


def _swaps(pair: Pair, found: Anchors, source: Mapping[str, _Place], target: Mapping[str, _Place]) -> Iterator[Moved]:
    names = list(source)
    for index, one in enumerate(names):
        for other in names[index + 1 :]:
            first, second = source[one], source[other]
            here, there = target[one], target[other]
            if first.group == second.group or here.group <= there.group:
                continue
            stay = len(here.before & first.before) + len(there.before & second.before)
            cross = len(here.before & second.before) + len(there.before & first.before)
            if stay > cross:
                continue
            certain = cross > stay or first.mark.sentence != second.mark.sentence or not _turned(pair, first, second)
            yield Moved(here.mark, Move.SWAPPED, certain, there.mark, first.shown)


def _turned(pair: Pair, first: _Place, second: _Place) -> bool:
    return TURNING.search(pair.source.words, first.mark.end, second.mark.start) is not None


def _strays(
    pair: Pair, found: Anchors, source: Mapping[str, _Place], target: Mapping[str, _Place], swapped: set[str]
) -> Iterator[Moved]:
    # Clauses that changed places took the ends of their sentence along.
    in_order = sorted(target, key=lambda name: target[name].group) == list(source)
    for name, place in source.items():
        if name in swapped:
            continue
        gathered = next(
            (other for other, its in target.items() if _gathered(place, target[name], source[other], its)), None
        )
        if gathered is not None:
            yield Moved(target[name].mark, Move.CLAIM, certain=True, claim=place.shown)
        else:
            moved = _stray(found, place, target[name], in_order=in_order)
            if moved is not None:
                yield moved


def _gathered(ours: _Place, theirs: _Place, other: _Place, its: _Place) -> bool:
    """Whether a mark has gone to the next one, with no words left between the two."""
    return ours.group < other.group and theirs.group == its.group and ours.mark.group == other.mark.group


def _stray(found: Anchors, ours: _Place, theirs: _Place, *, in_order: bool) -> Moved | None:
    if theirs.at_start and not ours.at_start:
        return Moved(theirs.mark, Move.START, certain=True, claim=ours.shown)
    if not found.aligned:
        if _left_behind(found, ours, theirs):
            return Moved(theirs.mark, Move.SENTENCE, certain=False, claim=ours.shown)
        # A sentence that was made two takes part of the claim along, but not what stands next to the mark.
        if not ours.nearest or ours.nearest in theirs.sentence or _CLAUSE_END.search(ours.behind_nearest):
            return None
        ended = ours.mark.sentence == found.sentences[0] - 1 and theirs.mark.sentence < found.sentences[1] - 1
        certain = ended or not ours.before & theirs.sentence
        return Moved(theirs.mark, Move.SENTENCE, certain=certain, claim=ours.shown)
    if ours.mark.sentence != theirs.mark.sentence:
        kept = ours.before & theirs.sentence
        return None if kept else Moved(theirs.mark, Move.SENTENCE, certain=True, claim=ours.shown)
    return _within(ours, theirs, in_order=in_order)


def _left_behind(found: Anchors, ours: _Place, theirs: _Place) -> bool:
    """Whether a mark at the end of the source stands behind an early sentence of a target that has more of them."""
    source, target = found.sentences
    at_end = ours.mark.sentence == source - 1 and ours.words_after == 0
    behind = at_end and source < target and theirs.mark.sentence < target - 1
    return behind and (not ours.nearest or ours.nearest in theirs.sentence)


def _within(ours: _Place, theirs: _Place, *, in_order: bool) -> Moved | None:
    """A mark that has moved inside its sentence: claims of before now stand behind it, or the other way round."""
    left = ours.before & theirs.after
    gained = {key for key in theirs.before & ours.after if key.startswith(Sort.NUMBER)}
    ends, ended = ours.words_after, theirs.words_after
    if left or gained:
        numbers = gained or any(key.startswith(Sort.NUMBER) for key in left) or ends == 0
        return Moved(theirs.mark, Move.CLAIM, certain=bool(numbers), claim=ours.shown)
    if ends == 0 and ended > _CLAUSE and not ours.before and in_order:
        return Moved(theirs.mark, Move.CLAIM, certain=False, claim=ours.shown)
    return None
