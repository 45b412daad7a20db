"""percent: what is a percentage in the source is one in the translation, and nothing else is."""

from collections.abc import Iterator

from pipeline.checks.facts.claims import claims
from pipeline.checks.facts.numbers import FIGURE, percent_atoms
from pipeline.checks.facts.quantities import Percent
from pipeline.checks.rule import Example, Problem, Rule, Scope, When
from pipeline.checks.subject import Pair
from pipeline.model.finding import Severity


def percent(pair: Pair) -> Iterator[Problem]:
    for match in pair.fact(claims).matches:
        one, other = match.source, match.target
        lost = one.percent is Percent.YES
        if other.percent is not (Percent.NO if lost else Percent.YES) or one.percent is Percent.SHARED:
            continue
        yield Problem(
            message=f"{one.text} is a percentage and {other.text} is not"
            if lost
            else f"{other.text} is a percentage and {one.text} is not",
            expected=one.text,
            actual=other.text,
            hint="write the percent sign" if lost else "take the percent sign out",
            at=pair.target.raw_offset(other.start),
        )
    if not pair.source.atoms:
        return
    expected, found = pair.source.fact(percent_atoms), percent_atoms(pair.target)
    for name in sorted((expected ^ found) & {each for each, _ in pair.source.atoms}):
        if name in {each for each, _ in pair.target.atoms}:
            lost = name in expected
            yield Problem(
                message=f"{{{name}}} is a percentage in the {'English' if lost else 'translation'} alone",
                expected=f"{{{name}}} %" if lost else f"{{{name}}}",
                actual=f"{{{name}}}" if lost else f"{{{name}}} %",
                hint="write the percent sign" if lost else "take the percent sign out",
            )


RULE = Rule(
    id="percent",
    scope=Scope.STRING,
    severity=Severity.ERROR,
    title="Percent sign lost or added",
    finds="A number that is a percentage on one side alone. The sign and the word of the language are the same "
    "(`16 %`, `16 Prozent`, `١٦٪`, `百分之16`), and the ends of a range share it (`10–15 %`).",
    why="16 patients are not 16 % of the patients.",
    examples=(
        Example(
            locale="fr",
            source="16% of patients responded.",
            bad="16 des patients ont répondu.",
            good="16\u202f% des patients ont répondu.",
        ),
        Example(
            locale="zh_CN",
            source="10–15% of patients responded.",
            bad="10到15名患者有应答。",
            good="10%到15%的患者有应答。",
        ),
        Example(
            locale="pl",
            source="Among 7 patients, 15% responded.",
            bad="Wśród 7% pacjentów odpowiedziało 15%.",
            good="Wśród 7 pacjentów odpowiedziało 15%.",
        ),
    ),
    string=percent,
    when=When(source=(FIGURE,), target=(FIGURE,)),
)
