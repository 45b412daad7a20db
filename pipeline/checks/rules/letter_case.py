"""letter_case: a text of several words begins with a capital where its source does."""

import re
from collections.abc import Iterator

from pipeline.checks.facts.contacts import prose
from pipeline.checks.facts.typography import typography
from pipeline.checks.rule import Example, Problem, Rule, Scope
from pipeline.checks.subject import Pair
from pipeline.model.finding import Severity

_FIRST = re.compile(r"\A[\s\"'“”„«»‹›¿¡(\[–—•*-]*+([^\W\d_]{1,40}+)(?![./\\@-])")
_LEAST_WORDS = 4


def check(pair: Pair) -> Iterator[Problem]:
    known = pair.target.knowledge(typography)
    if not known.known or known.beside:
        return
    if pair.target.words[:1].isupper():
        return
    source, target = pair.source.words, pair.target.fact(prose)
    one, other = _FIRST.match(source), _FIRST.match(target)
    if one is None or other is None or source.count(" ") + 1 < _LEAST_WORDS:
        return
    if one[1][0].isupper() and other[1][0].islower() and other[1].islower() and not _known(other[1], source):
        yield Problem(
            message="the text begins with a small letter, the English with a capital",
            severity=Severity.INFO,
            expected=other[1][0].upper() + other[1][1:],
            actual=other[1],
            hint="begin with a capital",
            at=pair.target.raw_offset(other.start(1)),
        )


def _known(word: str, source: str) -> bool:
    return re.search(rf"\b{word}\b", source) is not None


RULE = Rule(
    id="letter-case",
    scope=Scope.STRING,
    severity=Severity.INFO,
    title="A text begins with a small letter",
    finds="A text of several words that begins with a small letter where the English begins with a capital.",
    why="It reads as the rest of another sentence.",
    examples=(
        Example(
            locale="pl",
            source="It works in most patients.",
            bad="lek działa u większości pacjentów.",
            good="Lek działa u większości pacjentów.",
        ),
    ),
    string=check,
)
