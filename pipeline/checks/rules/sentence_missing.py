"""sentence_missing: a translation has every sentence of its source."""

import re
from collections.abc import Iterator

from pipeline.checks.facts.language import bit, words
from pipeline.checks.facts.lengths import counts, ending, lengths
from pipeline.checks.facts.sentences import sentences
from pipeline.checks.rule import Example, Problem, Rule, Scope
from pipeline.checks.rules.truncated import is_truncated
from pipeline.checks.rules.untranslated import is_untranslated
from pipeline.checks.subject import Pair
from pipeline.model.finding import Severity

# In standard deviations of the length: translators join sentences, but then the text is as long as ever.
_SOMEWHAT = -0.3
_SHORT = -0.8
_JOINED_SHORT = -1.6
_VERY_SHORT = -2.0
# What a sentence shows of itself in any language: its numbers and its names of capital letters.
_ANCHOR = re.compile(r"[0-9]+|\b[A-Z][A-Z0-9]+\b")
# An answer that is a sentence, and what stands for it in any language: a short clause with a mark behind it.
_ONE_WORD = re.compile(r"\s*+([^\W\d_]{1,5}+[.!])\s+(?=[^\W\d_])")
_SHORT_CLAUSE = re.compile(r"[^.,:;!?。、，；：！？،؛—–-]{1,24}[.,:;!?。、，；：！？،؛—–-]")
# A translation that joins sentences has more of these.
_COMMA = re.compile("[,，、،]")
_SHOWN = 60
# No text of a page has more sentences.
_LOOKED_AT = 100


def sentence_missing(pair: Pair) -> Iterator[Problem]:
    deviation = pair.fact(lengths).deviation
    if deviation is None or pair.fact(is_untranslated):
        return
    if deviation > _SOMEWHAT:
        yield from _answer(pair)
        return
    there = pair.source.fact(sentences)
    if len(pair.target.fact(sentences)) >= len(there):
        return
    found = pair.fact(counts)
    if found.target_most >= found.source or pair.fact(is_truncated):
        return
    lost = [pair.source.words[start:end] for start, end in there[:_LOOKED_AT] if _lost(pair, start, end)]
    joined = len(_COMMA.findall(pair.target.words)) > len(_COMMA.findall(pair.source.words))
    if not lost and deviation > (_JOINED_SHORT if joined else _SHORT):
        yield from _answer(pair)
        return
    certain = deviation < _VERY_SHORT and len(lost) == found.source - found.target
    yield Problem(
        message=f"{found.target} of {found.source} sentences are there, and the text is short",
        severity=Severity.ERROR if certain else None,
        expected=_cut(lost[0]) if lost else f"{found.source} sentences",
        actual=f"{found.target} sentence{'s' if found.target != 1 else ''}",
        hint="translate every sentence",
    )


def _answer(pair: Pair) -> Iterator[Problem]:
    """An answer of one word at the beginning is too short to be missed by length."""
    match = _ONE_WORD.match(pair.source.words)
    if match is None or not pair.source.fact(ending).final or _SHORT_CLAUSE.match(pair.target.words):
        return
    # An abbreviation is no word that the language has.
    if not pair.source.fact(words)[0].languages & bit(pair.source.locale.language):
        return
    if len(pair.target.fact(sentences)) < len(pair.source.fact(sentences)):
        yield Problem(
            message=f"the text does not begin with an answer of its own, such as {match[1]}",
            expected=match[1],
            actual=_cut(pair.target.words),
            hint="translate every sentence",
            at=0,
        )


def _lost(pair: Pair, start: int, end: int) -> bool:
    """Whether the sentence has numbers, names or placeholders, none of which the target has."""
    anchors = _ANCHOR.findall(pair.source.words, start, end)
    marks = [name for name, offset in pair.source.atoms if start <= offset < end]
    held = {name for name, _ in pair.target.atoms}
    if not anchors and not marks:
        return False
    return not any(anchor in pair.target.words for anchor in anchors) and held.isdisjoint(marks)


def _cut(shown: str) -> str:
    return shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"


RULE = Rule(
    id="sentence-missing",
    scope=Scope.STRING,
    severity=Severity.WARNING,
    title="A sentence is missing",
    finds="Fewer sentences than in the source in a text that is shorter than the language needs for it; correct "
    "translations join sentences, but do not get shorter by it. An error where the numbers, names or citations of the "
    "missing sentence are gone too.",
    why="A sentence that is not there is not missed by those who read the translation alone.",
    examples=(
        Example(
            locale="fr",
            source="Most side effects go away within a few days. Call your doctor if you have chest pain.",
            bad="La plupart des effets indésirables disparaissent en quelques jours.",
            good="La plupart des effets indésirables disparaissent en quelques jours. Appelez votre médecin en cas de "
            "douleur à la poitrine.",
        ),
    ),
    string=sentence_missing,
)
