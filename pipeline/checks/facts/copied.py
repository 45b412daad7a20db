"""copied: the words that a translation has in a row just as its source has them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import chain, pairwise

from pipeline.checks.facts.language import Word, bit, said, spoken, words
from pipeline.checks.facts.vocabulary import vocabulary
from pipeline.checks.subject import Pair, Text

_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row that stand in the source in the same order; offsets in the target's `words`.

    `told` is what its words weigh for the source's language and not for the target's, `own` the reverse; `plain`
    counts the words that are neither names nor aside. `name` is the part of three words and more that may be a name,
    without the small words around it.
    """

    words: tuple[str, ...]
    start: int
    end: int
    told: int
    own: int
    plain: int
    name: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Copied:
    """The runs of two words and more, what share of the words they are, and whether the texts have all the same."""

    runs: tuple[Run, ...]
    share: float
    all: bool = False


def copied(pair: Pair) -> Copied:
    """What of the target's words is the source's."""
    both = pair.fact(shared)
    if not both:
        return Copied((), 0.0)
    followers = pair.source.fact(_followers)
    if len(both) < len(followers) and both.isdisjoint(chain.from_iterable([followers[word] for word in both])):
        return Copied((), 0.0)
    theirs = tuple(said(pair.target))
    if theirs != pair.source.fact(_said) and not any(
        other in followers.get(one, _NONE) for one, other in pairwise(theirs)
    ):
        return Copied((), 0.0)
    source, target = pair.source.fact(words), pair.target.fact(words)
    # In brackets stands many an original name, but not where the source has the words in brackets already.
    bracketed = {word.text for word in source if word.aside}
    if bracketed:
        target = tuple(word._replace(aside=False) if word.text in bracketed else word for word in target)
    if theirs == pair.source.fact(_said):
        return Copied((_run(pair, target),), 1.0, all=True)
    runs: list[Run] = []
    begin = 0
    for index in range(1, len(target) + 1):
        if index == len(target) or target[index].text not in followers.get(target[index - 1].text, _NONE):
            if index - begin > 1:
                runs.append(_run(pair, target[begin:index]))
            begin = index
    return Copied(tuple(runs), sum(len(run.words) for run in runs) / len(target))


def shared(pair: Pair) -> frozenset[str]:
    """The words that both texts have, in lower case."""
    return pair.source.fact(spoken).intersection(said(pair.target))


def _followers(text: Text) -> Mapping[str, frozenset[str]]:
    """By each word of the text the words that follow it there."""
    found: dict[str, set[str]] = {word: set() for word in text.fact(_said)}
    for one, other in pairwise(text.fact(_said)):
        found[one].add(other)
    return {word: frozenset(after) for word, after in found.items()}


def _said(text: Text) -> tuple[str, ...]:
    return tuple(said(text))


def weigh(pair: Pair, found: Collection[Word]) -> tuple[int, int]:
    """What the words weigh for the source's language and not for the target's, and the reverse."""
    theirs, own = bit(pair.source.locale.language), bit(pair.target.locale.language)
    told = sum(word.weight for word in found if word.languages & theirs and not word.languages & own)
    return told, sum(word.weight for word in found if word.languages & own and not word.languages & theirs)


def _run(pair: Pair, found: tuple[Word, ...]) -> Run:
    plain = [word for word in found if not word.named and not word.aside]
    told, own = weigh(pair, plain)
    return Run(
        words=tuple(word.text for word in found),
        start=found[0].start,
        end=found[-1].end,
        told=told,
        own=own,
        plain=len(plain),
        name=_name(found),
    )


# So many words in a row may be a name: Food and Drug.
_NAME = 3


def _name(found: tuple[Word, ...]) -> tuple[int, int]:
    links, begin, end = vocabulary().links, 0, len(found)
    while begin < end and found[begin].text in links and not found[begin].capital:
        begin += 1
    while begin < end and found[end - 1].text in links and not found[end - 1].capital:
        end -= 1
    return (found[begin].start, found[end - 1].end) if end - begin >= _NAME else (0, 0)
