"""yes_no: an answer that begins with yes or no does not begin with the opposite."""

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.checks.languages import language_data
from pipeline.checks.rule import Example, Problem, Rule, Scope, When
from pipeline.checks.signs import Sign
from pipeline.checks.subject import ATOM, Pair
from pipeline.model.finding import Severity
from pipeline.model.locale import Locale

_BEFORE = r"\A[\s\"'“”„«»‹›¿¡(（「『]*+"
_BEHIND = rf"(?=[\s\"'”»)）」』]*(?:[.,;:!…。．、，；：！،؛–—{ATOM}]|-\s|\Z))"
_SOURCE = re.compile(rf"{_BEFORE}(Yes|No)\b{_BEHIND}(?!\.?\s?[0-9#])")
_ANSWER = Sign.of(lambda piece: "Yes" in piece or "No" in piece)


def check(pair: Pair) -> Iterator[Problem]:
    said = _SOURCE.match(pair.source.words)
    if said is None:
        return
    opposite = _opposites(pair.target.locale).get(said[1])
    match = opposite.match(pair.target.words) if opposite is not None else None
    if match is not None:
        yield Problem(
            message=f"the English says {said[1].lower()}, the text the opposite",
            expected=said[1],
            actual=match[1],
            hint="read question and answer again",
            at=pair.target.raw_offset(match.start(1)),
        )


@lru_cache(maxsize=256)
def _opposites(locale: Locale) -> dict[str, re.Pattern[str]]:
    data = language_data(locale, "yes-no")
    return {
        word: re.compile(rf"{_BEFORE}({'|'.join(data[other])}){_BEHIND}", re.IGNORECASE)
        for word, other in (("Yes", "no"), ("No", "yes"))
        if other in data
    }


RULE = Rule(
    id="yes-no",
    scope=Scope.STRING,
    severity=Severity.ERROR,
    title="Yes became no",
    finds="An answer that begins with “Yes” or “No” as a clause of its own, whose translation begins with the opposite "
    "word. An answer that begins otherwise is left alone.",
    why="One word turns the answer around: “No. They are rare.” says another thing than “Yes”.",
    examples=(
        Example(locale="de", source="No. They are rare.", bad="Ja. Sie sind selten.", good="Nein. Sie sind selten."),
        Example(locale="ja", source="Yes, usually.", bad="いいえ、通常は。", good="はい、通常は。"),
        Example(locale="ar", source="Yes.", bad="لا.", good="نعم."),
    ),
    string=check,
    when=When(source=(_ANSWER,)),
)
