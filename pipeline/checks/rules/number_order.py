"""number_order: two numbers of a kind have not changed places."""

from collections.abc import Iterator

from pipeline.checks.facts.anchors import Sort, anchors, sequence
from pipeline.checks.facts.anchors_order import number_swaps
from pipeline.checks.facts.numbers import FIGURE
from pipeline.checks.rule import Example, Problem, Rule, Scope, When
from pipeline.checks.subject import Pair
from pipeline.model.finding import Severity


def number_order(pair: Pair) -> Iterator[Problem]:
    for swap in pair.fact(number_swaps):
        found = pair.fact(anchors)
        group = swap.first.group
        yield Problem(
            message=f"{swap.first.text} and {swap.second.text} have changed places",
            severity=None if swap.certain else Severity.WARNING,
            expected=" … ".join(each.text for each in sequence(found.source, Sort.NUMBER) if each.group == group),
            actual=" … ".join(each.text for each in sequence(found.target, Sort.NUMBER) if each.group == group),
            hint="see that each number stands with what it counts",
            at=pair.target.raw_offset(swap.first.start),
        )


RULE = Rule(
    id="number-order",
    scope=Scope.STRING,
    severity=Severity.ERROR,
    title="Numbers swapped",
    finds="Two percentages, durations, doses or other like numbers that stand in each other's place, while the names "
    "and citations around them have not moved. What a language turns round is left alone: `31 of 255` is "
    "`255例中31例`. Where the clauses may have changed places it is a warning.",
    why="All the numbers are there and every other check is content, but the claim is another one.",
    examples=(
        Example(
            locale="de",
            source="Among patients with mM, 16% responded; among patients with mRCC, 15%.",
            bad="Bei Patienten mit mM sprachen 15 % an, bei Patienten mit mRCC 16 %.",
            good="Bei Patienten mit mM sprachen 16 % an, bei Patienten mit mRCC 15 %.",
        ),
        Example(
            locale="ja",
            source="31 of 255 patients responded.",
            bad="31例中255例に奏効が認められた。",
            good="255例中31例に奏効が認められた。",
        ),
        Example(
            locale="fr",
            source="Most improve 2 to 3 days after therapy stops.",
            bad="La plupart s’améliorent 3 à 2 jours après l’arrêt du traitement.",
            good="La plupart s’améliorent 2 à 3 jours après l’arrêt du traitement.",
        ),
    ),
    string=number_order,
    when=When(source=(FIGURE,), target=(FIGURE,)),
)
