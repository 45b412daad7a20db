"""glossary: a term of the glossary is translated by one of its accepted forms."""

from collections.abc import Iterator

from pipeline.checks.facts.terms import wordings
from pipeline.checks.rule import Example, Problem, Rule, Scope
from pipeline.checks.subject import Pair
from pipeline.model.finding import Severity


def check(pair: Pair) -> Iterator[Problem]:
    if not pair.glossary.terms:
        return
    for wording in pair.fact(wordings):
        if not wording.used:
            accepted = " / ".join(wording.accepted)
            yield Problem(
                message=f"no accepted translation of “{wording.text}”",
                expected=accepted,
                actual="none of them",
                hint="use a form of the glossary, or have this one added to it",
            )


RULE = Rule(
    id="glossary",
    scope=Scope.STRING,
    severity=Severity.WARNING,
    title="A term is not translated as the glossary says",
    finds="A term of the glossary in the English without one of its accepted translations in the text. Inflections, "
    "compounds, articles and prepositions written together with a word, and words between those of a term are fine.",
    why="Two translations of one term read as two things: a reader of side effects should not wonder whether adverse "
    "reactions are others.",
    examples=(
        Example(
            locale="de",
            source="CLS stands for capillary leak syndrome.",
            bad="CLS steht für Haargefäßschwund.",
            good="CLS steht für Kapillarlecksyndrom.",
        ),
        Example(
            locale="es",
            source="Most side effects are reversible.",
            bad="La mayoría de las consecuencias son reversibles.",
            good="La mayoría de los efectos secundarios son reversibles.",
        ),
    ),
    string=check,
)
