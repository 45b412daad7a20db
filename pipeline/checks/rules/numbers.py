"""numbers: a translation has the numbers of its source, each with the same value."""

from collections.abc import Iterator

from pipeline.checks.facts.claims import How, claims, reworded, shifted
from pipeline.checks.facts.numbers import FIGURE, ROMAN
from pipeline.checks.facts.numbers_words import NUMBER_WORD
from pipeline.checks.facts.quantities import Kind, Quantity
from pipeline.checks.rule import Example, Problem, Rule, Scope, When
from pipeline.checks.subject import Pair
from pipeline.model.finding import Severity

_NAMES = {Kind.NUMBER: "the number", Kind.DATE: "the date", Kind.TIME: "the time"}
_DIRECTION = {"<": "less", "≤": "less", ">": "more", "≥": "more"}
# What a form for one number alone, or a singular, may leave unsaid.
_UNSAID = 2


def numbers(pair: Pair) -> Iterator[Problem]:
    found = pair.fact(claims)
    for one, other in found.changed:
        yield _changed(pair, one, other)
    for match in found.matches:
        if match.how is How.SIGN:
            yield Problem(
                message=f"{_NAMES[match.source.kind]} {match.source.text} has become {match.target.text}",
                expected=match.source.text,
                actual=match.target.text,
                hint="mind the minus sign",
                at=pair.target.raw_offset(match.target.start),
            )
        sign, other_sign = match.source.comparison, match.target.comparison
        if sign and other_sign and sign != other_sign:
            yield Problem(
                message=f"{sign} {match.source.text} has become {other_sign} {match.target.text}",
                severity=None if _DIRECTION[sign] != _DIRECTION[other_sign] else Severity.WARNING,
                expected=f"{sign} {match.source.text}",
                actual=f"{other_sign} {match.target.text}",
                hint=f"write {sign}",
                at=pair.target.raw_offset(match.target.start),
            )
    for one in found.lost:
        if not (pair.one_number and one.value <= _UNSAID):
            yield _lost(one, repeated=any(match.source.value == one.value for match in found.matches))
    for one in found.worded:
        if not pair.one_number and not one.unit:
            yield Problem(
                message=f"{_NAMES[one.kind]} {one.text} is missing, unless a word stands for it",
                severity=Severity.WARNING,
                expected=one.text,
                hint=f"write {one.text}, or see that the translation says it in words",
            )
    for word, other_word in pair.fact(reworded):
        yield Problem(
            message=f"“{word}” may have become “{other_word}”",
            severity=Severity.WARNING,
            expected=word,
            actual=other_word,
            hint="see that the number words say the same",
        )
    for one in found.added:
        yield _added(pair, one, repeated=any(match.source.value == one.value for match in found.matches))


def _changed(pair: Pair, one: Quantity, other: Quantity) -> Problem:
    shift = one.kind is Kind.NUMBER and shifted(one.value, other.value)
    return Problem(
        message=f"{_NAMES[one.kind]} {one.text} has become {other.text}"
        + (": the decimal is shifted" if shift else ""),
        expected=one.text,
        actual=other.text,
        hint=f"write the value of {one.text}",
        at=pair.target.raw_offset(other.start),
    )


def _lost(one: Quantity, *, repeated: bool) -> Problem:
    return Problem(
        message=f"{_NAMES[one.kind]} {one.text} is missing" + (" once" if repeated else ""),
        severity=Severity.WARNING if repeated else None,
        expected=one.text,
        hint=f"write {one.text} as the language does",
    )


def _added(pair: Pair, one: Quantity, *, repeated: bool) -> Problem:
    return Problem(
        message=f"{_NAMES[one.kind]} {one.text} "
        + ("stands more often than in the English" if repeated else "is not in the English"),
        severity=Severity.WARNING if repeated or one.value == 1 else None,
        actual=one.text,
        hint=f"take {one.text} out",
        at=pair.target.raw_offset(one.start),
    )


RULE = Rule(
    id="numbers",
    scope=Scope.STRING,
    severity=Severity.ERROR,
    title="Numbers differ",
    finds="A number, date or time of the source that is lost, changed or shifted by a power of ten, a `<` that has "
    "become a `>`, and a number that the source does not have. Values are compared, not spellings: `600,000` is "
    "`600.000`, `600 000`, `٦٠٠٬٠٠٠` or `60万`; a number word (`two`, `zwei`, `يومان`) answers for digits. Digits in "
    "names such as IL-2 count nothing.",
    why="A dose, a rate or a duration with another value is another claim, and nobody can see it from the words.",
    examples=(
        Example(
            locale="de",
            source="Of 255 patients, 16% had a response.",
            bad="Von 255 Patienten sprachen 19 % an.",
            good="Von 255 Patienten sprachen 16 % an.",
        ),
        Example(locale="ja", source="600,000 IU/kg", bad="6万国際単位/kg", good="60万国際単位/kg"),
        Example(
            locale="ar",
            source="Most improve 2 to 3 days after therapy stops.",
            bad="يتحسن معظمها بعد ٢ إلى ٥ أيام من إيقاف العلاج.",
            good="يتحسن معظمها بعد يومين إلى ٣ أيام من إيقاف العلاج.",
        ),
        Example(
            locale="pl",
            source="Responses lasted over 20 years.",
            bad="Odpowiedzi utrzymywały się przez wiele lat.",
            good="Odpowiedzi utrzymywały się ponad 20 lat.",
        ),
    ),
    string=numbers,
    when=When(source=(FIGURE, NUMBER_WORD, ROMAN), target=(FIGURE,)),
)
