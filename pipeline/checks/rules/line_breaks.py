"""line_breaks: a text has as many lines as its source."""

import re
from collections.abc import Iterator

from pipeline.checks.rule import Example, Problem, Rule, Scope, When
from pipeline.checks.signs import Sign, Where
from pipeline.checks.subject import Pair
from pipeline.model.finding import Severity

_PARAGRAPH = re.compile(r"\n\s*+\n")
_WRAPPED = re.compile(r"[a-z,] ?\n[a-z]")
_BREAK = Sign.among(r"\n", Where.RAW)


def check(pair: Pair) -> Iterator[Problem]:
    source, target = pair.source.raw, pair.target.raw
    wanted, found = source.count("\n"), target.count("\n")
    if wanted == found:
        return
    # Prose that is wrapped in the source may be wrapped elsewhere; its paragraphs count.
    wrapped = _WRAPPED.search(source) and len(_PARAGRAPH.findall(source)) == len(_PARAGRAPH.findall(target))
    yield Problem(
        message=f"the text has {found} line breaks, the English {wanted}",
        severity=Severity.INFO if wrapped else None,
        expected=str(wanted),
        actual=str(found),
        hint="break lines where the English does",
    )


RULE = Rule(
    id="line-breaks",
    scope=Scope.STRING,
    severity=Severity.WARNING,
    title="Line breaks differ",
    finds="More or fewer line breaks than in the English. Where the English is wrapped within sentences it is noted "
    "only, as long as there are as many paragraphs.",
    why="Lines are items or paragraphs: one that is lost runs two statements together.",
    examples=(Example(locale="de", source="Fever\nChills", bad="Fieber Schüttelfrost", good="Fieber\nSchüttelfrost"),),
    string=check,
    when=When(source=(_BREAK,), target=(_BREAK,)),
)
