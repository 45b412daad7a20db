"""doubled_word: no word stands twice in a row."""

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.checks.facts.contacts import prose
from pipeline.checks.facts.typography import typography
from pipeline.checks.rule import Example, Problem, Rule, Scope
from pipeline.checks.subject import Pair
from pipeline.model.finding import Severity

_DOUBLED = re.compile(r"(?<![\w.-])([^\W\d_]{1,40}+)[ \u00a0]\1(?![\w'’-])", re.IGNORECASE)
_NUMERALS = "一二三四五六七八九十百千万每个各人日年月"


def check(pair: Pair) -> Iterator[Problem]:
    words = pair.target.fact(prose)
    known = pair.target.knowledge(typography)
    if known.slips is not None and (slip := known.slips.search(words)):
        yield _problem(pair, slip[0][0], slip)
    if known.doubled_chunks:
        yield from _chunk(pair, words, known.doubled_chunks)
    # Adjacent words first: most texts are done with that.
    parts = words.casefold().replace("’", " ").replace("'", " ").split()
    if not any(map(str.startswith, parts[1:], parts)):
        return
    for match in _DOUBLED.finditer(words):
        word = match[1].casefold()
        # A letter that stands twice may be a size or a code; a proper name may be that of two.
        if len(word) == 1 and (match[1] != word or words[match.start() - 1 : match.start()] in ("'", "’")):
            continue
        # Two capitals are no pronoun behind another.
        if word in known.doubles and (match[1].islower() or not match[0].endswith(match[1])):
            continue
        if _DOUBLED.search(pair.source.words):
            return
        yield _problem(pair, match[1], match)
        return


def _problem(pair: Pair, word: str, match: re.Match[str], severity: Severity | None = None) -> Problem:
    return Problem(
        message=f"“{word}” stands twice",
        severity=severity,
        expected=word,
        actual=match[0],
        hint="take one out",
        at=pair.target.raw_offset(match.start()),
    )


@lru_cache(maxsize=16)
def _chunks(letters: str) -> re.Pattern[str]:
    """A stretch of characters that comes again at once; from three on it is no reduplication of the language."""
    return re.compile(rf"([{letters}]{{3,20}})\1|([一-鿿]{{2}})\2")


def _chunk(pair: Pair, words: str, letters: str) -> Iterator[Problem]:
    for match in _chunks(letters).finditer(words):
        if match[1]:
            if len(set(match[1])) > 1:
                yield _problem(pair, match[1], match)
                return
        elif match[2][0] not in _NUMERALS and match[2][0] != match[2][1]:
            yield _problem(pair, match[2], match, Severity.INFO)
            return


RULE = Rule(
    id="doubled-word",
    scope=Scope.STRING,
    severity=Severity.WARNING,
    title="A word stands twice",
    finds="A word that follows itself, unless its language does so (die die, nous nous); in Chinese and Japanese a "
    "stretch of three characters or more.",
    why="It is a slip, and often the trace of a sentence that was changed halfway.",
    examples=(
        Example(locale="de", source="It works.", bad="Es wirkt wirkt.", good="Es wirkt."),
        Example(locale="ja", source="for patients", bad="患者さん患者さんに", good="患者さんに"),
    ),
    string=check,
)
