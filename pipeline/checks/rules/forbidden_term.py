"""forbidden_term: no form stands in a translation that the glossary forbids."""

from collections.abc import Iterator

from pipeline.checks.facts.terms import forbidden
from pipeline.checks.rule import Example, Problem, Rule, Scope
from pipeline.checks.subject import Pair
from pipeline.model.finding import Severity


def check(pair: Pair) -> Iterator[Problem]:
    if not pair.glossary.terms:
        return
    for found in pair.fact(forbidden):
        accepted = " / ".join(found.accepted)
        yield Problem(
            message=f"“{found.form}” must not be used for “{found.term}”",
            # Where the English speaks of something else, the word may be the right one for that.
            severity=None if found.in_source else Severity.WARNING,
            expected=accepted,
            actual=found.form,
            hint=f"use {accepted}" if accepted else "word it otherwise",
        )


RULE = Rule(
    id="forbidden-term",
    scope=Scope.STRING,
    severity=Severity.ERROR,
    title="A forbidden term",
    finds="A form that the glossary forbids, where it is not part of an accepted form. It is a warning where the "
    "English does not have the term.",
    why="A form is forbidden because it misleads: it names another disease, another product or a claim that is not "
    "approved.",
    examples=(
        Example(
            locale="de",
            source="CLS stands for capillary leak syndrome.",
            bad="CLS steht für Kapillarleck-Krankheit.",
            good="CLS steht für Kapillarlecksyndrom.",
        ),
    ),
    string=check,
)
