"""untranslated: a translation is not the source over again."""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.checks.facts.copied import copied, weigh
from pipeline.checks.facts.language import IDEOGRAPH, Word, bit, words
from pipeline.checks.facts.vocabulary import vocabulary
from pipeline.checks.rule import Example, Problem, Rule, Scope
from pipeline.checks.subject import Pair
from pipeline.model.finding import Severity
from pipeline.model.locale import english_name, script

# Weights of words that the source's language has and the target's has not: two words are certain.
_TELLING = 2
_CERTAIN = 4
_CERTAIN_WORDS = 3
_LONG_WORD = 4
_NEARLY = 0.85
_NEARLY_FROM = 5


def untranslated(pair: Pair) -> Iterator[Problem]:
    if not pair.fact(is_untranslated):
        return
    found = pair.fact(kept)
    # A heading of capital letters may be a name: Food and Drug Administration.
    certain = found.told >= _CERTAIN and found.told > found.own * 2 and len(found.words) >= _CERTAIN_WORDS
    certain = certain and not found.words[0].named
    nearly = not pair.fact(copied).all
    yield Problem(
        message="is nearly the source text" if nearly else "is the source text",
        severity=Severity.ERROR if certain else Severity.WARNING,
        expected=english_name(pair.target.locale),
        actual=pair.target.words,
        hint="translate it",
    )


def is_untranslated(pair: Pair) -> bool:
    """Whether the target is the source, or nearly, and has words that need a translation."""
    if pair.source.locale.language == pair.target.locale.language:
        return False
    found = pair.fact(copied)
    if not found.all and (found.share < _NEARLY or len(pair.target.fact(words)) < _NEARLY_FROM):
        return False
    if IDEOGRAPH.search(pair.target.words) and not IDEOGRAPH.search(pair.source.words):
        return False
    return _needs_translation(pair, pair.fact(kept))


@dataclass(frozen=True, slots=True)
class Kept:
    """The words of the target that tell a language, and what they weigh for the source's and for its own."""

    words: tuple[Word, ...]
    told: int
    own: int


def kept(pair: Pair) -> Kept:
    """Without names; but a heading may have capital letters throughout."""
    found = pair.target.fact(words)
    plain = tuple(word for word in found if not word.named and not word.aside)
    if not plain and len(found) > 1:
        theirs = bit(pair.source.locale.language)
        told = ((word, *vocabulary().signs(word.text)) for word in found)
        plain = tuple(word._replace(languages=one, weight=weight) for word, one, weight in told if one & theirs)
    return Kept(plain, *weigh(pair, plain))


def _needs_translation(pair: Pair, kept: Kept) -> bool:
    if len(pair.target.fact(words)) == 1:
        return _one_word(pair, kept)
    if kept.own and kept.told <= kept.own * 2:
        return False
    foreign_script = script(pair.target.locale) not in ("Latn", "")
    different = {word.text for word in kept.words}
    return kept.told >= _TELLING or len(different) >= (2 if foreign_script else _CERTAIN_WORDS)


def _one_word(pair: Pair, kept: Kept) -> bool:
    """Many a single word is the same in both: of those that are not, only the common ones can be told."""
    theirs, own = bit(pair.source.locale.language), bit(pair.target.locale.language)
    if not kept.words or kept.told < _TELLING or len(kept.words[0].text) < _LONG_WORD:
        return False
    languages = vocabulary().function.get(kept.words[0].text, 0)
    return bool(languages & theirs) and not languages & own


RULE = Rule(
    id="untranslated",
    scope=Scope.STRING,
    severity=Severity.WARNING,
    title="Not translated",
    finds="A target that has the words of the source, all or nearly all, and these need a translation: they are not "
    "names, numbers, addresses, codes, or words that the two languages share. An error for a text of three words and "
    "more that is certainly in the source's language; a warning for less, since short texts may be right as they are.",
    why="Readers get a language that they may not read.",
    examples=(
        Example(
            locale="de",
            source="Ask your doctor about the side effects.",
            bad="Ask your doctor about the side effects.",
            good="Fragen Sie Ihren Arzt nach den Nebenwirkungen.",
        ),
        Example(locale="fr", source="Next question", bad="Next question", good="Question suivante"),
    ),
    string=untranslated,
)
