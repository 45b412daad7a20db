"""units: a number keeps its unit."""

from collections.abc import Iterator

from pipeline.checks.facts.claims import How, Match, as_long, claims
from pipeline.checks.facts.numbers import FIGURE
from pipeline.checks.facts.quantities import Percent
from pipeline.checks.facts.units import always, base, denominators, mentions, same_unit, speaks
from pipeline.checks.rule import Example, Problem, Rule, Scope, When
from pipeline.checks.subject import Pair
from pipeline.model.finding import Severity

# Ages are in years, sizes in what the text is about; words for minute and unit also mean points and pieces.
_UNSAID = frozenset(("year", "minute", "second", "unit", "byte", "°C", "degree"))


def units(pair: Pair) -> Iterator[Problem]:
    for match in pair.fact(claims).matches:
        if (
            match.how not in (How.PARTS, How.DURATION)
            and match.source.percent is Percent.NO
            and match.target.percent is Percent.NO
        ):
            problem = _problem(pair, match) if match.source.unit else _added(pair, match)
            if problem is not None:
                yield problem


def _problem(pair: Pair, match: Match) -> Problem | None:
    one, other = match.source, match.target
    if one.unit == other.unit:
        return None
    shared = one.unit_shared or other.unit_shared
    if as_long(one, other):
        return None
    if other.unit:
        if same_unit(one.unit, other.unit):
            return _denominator(pair, match)
        return None if shared else _told(pair, match, f"{one.text} has become {other.text}")
    if shared or not speaks(pair.target.locale, base(one.unit)) or mentions(pair.target, base(one.unit)):
        return None
    return _told(pair, match, f"the unit of {one.text} is missing or another")


def _denominator(pair: Pair, match: Match) -> Problem | None:
    """`IU/kg` and `IU`: what a dose is for may stand elsewhere in the sentence, but stands somewhere."""
    if always(match.source.value, match.source.unit):
        return None
    one, other = denominators(match.source.unit), denominators(match.target.unit)
    if one - other and other - one:
        return _told(pair, match, f"{match.source.text} has become {match.target.text}")
    for name in sorted(one - other):
        if speaks(pair.target.locale, name) and not mentions(pair.target, name):
            return _told(pair, match, f"“per {name}” of {match.source.text} is missing")
    return None


def _added(pair: Pair, match: Match) -> Problem | None:
    """A unit that the source leaves unsaid ("18 or older") is the one that anybody thinks of."""
    one, other = match.source, match.target
    unit = base(other.unit)
    if not other.unit or other.unit_shared or one.readings or unit in _UNSAID or mentions(pair.source, unit):
        return None
    return _told(pair, match, f"{one.text} has become {other.text}")


def _told(pair: Pair, match: Match, message: str) -> Problem:
    return Problem(
        message=message,
        expected=match.source.text,
        actual=match.target.text,
        hint=f"give the number the unit of {match.source.text}",
        at=pair.target.raw_offset(match.target.start),
    )


RULE = Rule(
    id="units",
    scope=Scope.STRING,
    severity=Severity.ERROR,
    title="Units differ",
    finds="A number with another unit than in the source (mg for µg, weeks for days), without its unit, or without "
    "what the dose is for (`/kg`). Names of a unit in the language are the same unit: IU, I.E., UI, j.m., 国際単位, "
    "وحدة دولية; so are µ and μ, mL and ml.",
    why="A dose in another unit may be a thousandfold overdose.",
    examples=(
        Example(
            locale="de",
            source="Give 600,000 IU/kg every 8 hours.",
            bad="600.000 I.E./kg alle 8 Tage geben.",
            good="600.000 I.E./kg alle 8 Stunden geben.",
        ),
        Example(locale="es", source="Take 5 µg.", bad="Tome 5 mg.", good="Tome 5 μg."),
        Example(
            locale="ja",
            source="600,000 IU/kg for 14 days",
            bad="60万国際単位を14日間",
            good="体重1kgあたり60万国際単位を14日間",
        ),
    ),
    string=units,
    when=When(source=(FIGURE,), target=(FIGURE,)),
)
