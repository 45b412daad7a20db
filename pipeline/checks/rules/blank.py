"""blank: where the English has words, a translation has words, in the text and in every link or emphasis of it."""

import re
from collections.abc import Iterator

from pipeline.checks.markup import TokenKind
from pipeline.checks.rule import Example, Problem, Rule, Scope
from pipeline.checks.subject import ATOM, Pair, Text
from pipeline.model.finding import Severity

_SPOKEN = re.compile(r"[^\W_]")
_SENTENCE = 4  # words from which on a text is one that every language has to word


def blank(pair: Pair) -> Iterator[Problem]:
    hint = "translate the words of the English"
    if _speaks(pair.source.words) and not _speaks(pair.target.words):
        # "{n}th" may be "{n}." elsewhere, and "{time} ago" a form that the text around it words.
        few = any(mark in pair.target.words for mark in (ATOM, "{}")) and len(pair.source.words.split()) < _SENTENCE
        if not (few and _speaks_only_beside_atoms(pair.source.words)):
            severity = Severity.WARNING if few else None
            yield Problem(message="has no words", severity=severity, actual=pair.target.raw, hint=hint)
    if not pair.source.tokens:
        return
    spoken = pair.source.fact(_spoken_spans)
    said = pair.target.fact(_spoken_spans)
    for name in sorted(name for name, words in spoken.items() if words and said.get(name) is False):
        yield Problem(message=f"has no words between <{name}> and </{name}>", actual=pair.target.raw, hint=hint)


def _speaks(text: str) -> bool:
    return _SPOKEN.search(text) is not None


def _speaks_only_beside_atoms(text: str) -> bool:
    return all(ATOM in word or "{}" in word for word in text.split() if _speaks(word))


def _spoken_spans(text: Text) -> dict[str, bool]:
    """By the name of each span, whether there are words in it."""
    spoken: dict[str, bool] = {}
    stack: list[tuple[str, int]] = []
    for token in text.tokens:
        if token.kind is TokenKind.OPEN:
            stack.append((token.name, token.end))
        elif token.kind is TokenKind.CLOSE and stack and stack[-1][0] == token.name:
            name, begin = stack.pop()
            inside = text.raw[begin : token.start]
            for other in text.tokens:
                if begin <= other.start < token.start:
                    inside = inside.replace(other.text, " ")
            spoken[name] = spoken.get(name, True) and _speaks(inside)
    return spoken


RULE = Rule(
    id="blank",
    scope=Scope.STRING,
    severity=Severity.ERROR,
    title="No words",
    finds="A translation, or a link or emphasis in it, that has no letter or digit where the English has words.",
    why="It passes as translated and shows an empty place on the page.",
    examples=(Example(locale="de", source="Wash your hands.", bad="…", good="Waschen Sie sich die Hände."),),
    waivable=False,
    string=blank,
)
