"""citation: each citation and footnote mark stays with the claim that it supports."""

from collections.abc import Iterator

from pipeline.checks.facts.anchors_citations import Move, Moved, moved_citations
from pipeline.checks.facts.marks import PLACEHOLDER
from pipeline.checks.rule import Example, Problem, Rule, Scope, When
from pipeline.checks.subject import Pair
from pipeline.model.finding import Severity

_LONGEST = 60


def citation(pair: Pair) -> Iterator[Problem]:
    for moved in pair.fact(moved_citations):
        yield Problem(
            message=_message(moved),
            severity=None if moved.certain else Severity.WARNING,
            expected=f"{_end(moved.claim)}{moved.mark.text}",
            actual=f"{_end(pair.target.words[: moved.mark.start])}{moved.mark.text}",
            hint="put each mark right behind the claim that has it in the English",
            at=pair.target.raw_offset(moved.mark.start),
        )


def _message(moved: Moved) -> str:
    mark = moved.mark.text
    if moved.move is Move.SWAPPED and moved.other is not None:
        return f"{mark} and {moved.other.text} have changed places"
    if moved.move is Move.START:
        return f"{mark} stands at the start, before any claim"
    if moved.move is Move.SENTENCE:
        return f"{mark} stands with another sentence"
    return f"{mark} has left its claim"


def _end(text: str) -> str:
    return text if len(text) <= _LONGEST else f"…{text[-_LONGEST:]}"


RULE = Rule(
    id="citation",
    scope=Scope.STRING,
    severity=Severity.ERROR,
    title="Citation with another claim",
    finds="A citation ({cite1}) or footnote mark ({note1}) that has changed places with another, moved to another "
    "sentence or to the start, or stands apart from the numbers, names and terms before it in the source. Clauses "
    "that change places together with their citations are left alone. Where it is not certain it is a warning.",
    why="The claim is then backed by a study that does not say so.",
    examples=(
        Example(
            locale="de",
            source="It was 16% in mM{cite1} and 15% in mRCC.{cite2}",
            bad="Sie betrug 16 % bei mM{cite2} und 15 % bei mRCC.{cite1}",
            good="Sie betrug 16 % bei mM{cite1} und 15 % bei mRCC.{cite2}",
        ),
        Example(
            locale="pl",
            source="Most improve quickly.{cite1} Ask your doctor.",
            bad="Większość szybko ustępuje. Proszę zapytać lekarza{cite1}.",
            good="Większość szybko ustępuje{cite1}. Proszę zapytać lekarza.",
        ),
        Example(
            locale="zh_CN",
            source="Long-term sequelae are extremely rare.{cite1}",
            bad="{cite1}长期后遗症极为罕见。",
            good="长期后遗症极为罕见{cite1}。",
        ),
    ),
    string=citation,
    when=When(source=(PLACEHOLDER,)),
)
