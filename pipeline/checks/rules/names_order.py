"""names_order: names that stand for like things, such as two groups of patients, have not changed places."""

from collections.abc import Iterator

from pipeline.checks.facts.anchors import Sort, anchors, sequence
from pipeline.checks.facts.anchors_order import name_swaps
from pipeline.checks.rule import Example, Problem, Rule, Scope
from pipeline.checks.subject import Pair
from pipeline.model.finding import Severity


def names_order(pair: Pair) -> Iterator[Problem]:
    for swap in pair.fact(name_swaps):
        found = pair.fact(anchors)
        names = (swap.first.key, swap.second.key)
        yield Problem(
            message=f"{swap.first.key} and {swap.second.key} have changed places",
            severity=None if swap.certain else Severity.WARNING,
            expected=" … ".join(each.key for each in sequence(found.source, Sort.NAME) if each.key in names),
            actual=" … ".join(each.key for each in sequence(found.target, Sort.NAME) if each.key in names),
            hint="see that each name stands with its own numbers and words",
            at=pair.target.raw_offset(swap.first.start),
        )


RULE = Rule(
    id="names-order",
    scope=Scope.STRING,
    severity=Severity.ERROR,
    title="Names swapped",
    finds="Two names of the glossary that stand for like things (two groups of patients, two scales) in each other's "
    "place, while the numbers have not moved with them. Without a glossary, abbreviations that both texts have are "
    "the names. Clauses that change places whole, names and numbers together, are left alone.",
    why="With the populations swapped each group gets the results of the other.",
    examples=(
        Example(
            locale="es",
            source="It was 16% in patients with mM and 15% in patients with mRCC.",
            bad="Fue del 16 % en pacientes con mRCC y del 15 % en pacientes con mM.",
            good="Fue del 16 % en pacientes con mM y del 15 % en pacientes con mRCC.",
        ),
        Example(
            locale="ja",
            source="It is approved for renal cell carcinoma (mRCC) and melanoma (mM).",
            bad="腎細胞癌（mM）および黒色腫（mRCC）に対して承認されています。",
            good="腎細胞癌（mRCC）および黒色腫（mM）に対して承認されています。",
        ),
    ),
    string=names_order,
)
