"""number_format: a number is written as the language writes it, so that it is read as it is meant."""

import re
from collections.abc import Iterator

from pipeline.checks.facts.claims import How, Match, claims
from pipeline.checks.facts.numbers import FIGURE, numbers
from pipeline.checks.facts.numbers_style import SPACE, NumberStyle, number_style
from pipeline.checks.facts.quantities import Percent, Quantity
from pipeline.checks.rule import Example, Problem, Rule, Scope, When
from pipeline.checks.subject import Pair
from pipeline.model.finding import Severity

# Digits of two scripts in one text. Full-width ones are none: Japanese writes numbers of one digit with them.
_MIXED = {"arabic": Severity.WARNING}


def number_format(pair: Pair) -> Iterator[Problem]:
    target = pair.target
    found = numbers(target)
    if not found:
        return
    style = target.knowledge(number_style)
    if style.known:
        yield from _separators(pair, style)
    # "PS 0" stays as it is.
    labels = {match.target.start for match in pair.fact(claims).matches if match.source.label}
    yield from _mixed(pair, tuple(quantity for quantity in found if quantity.start not in labels))
    if style.percent_space:
        for quantity in found:
            if quantity.percent is Percent.YES and target.words[quantity.end : quantity.end + 1] == "%":
                spaced = f"{target.words[quantity.start : quantity.end]}\u202f%"
                yield Problem(
                    message=f"{quantity.text} lacks the space before the percent sign",
                    severity=Severity.INFO,
                    expected=spaced,
                    actual=quantity.text,
                    hint="write a narrow no-break space (U+202F) or a no-break space before it",
                    at=target.raw_offset(quantity.end),
                )


def _separators(pair: Pair, style: NumberStyle) -> Iterator[Problem]:
    odd = []
    for match in pair.fact(claims).matches:
        if match.how is How.FOREIGN:
            meant = _localized(match.source, style)
            yield Problem(
                message=f"{match.target.text} reads as {match.target.value.normalize():f} in this language",
                expected=meant,
                actual=match.target.text,
                hint=f"write {meant}",
                at=pair.target.raw_offset(match.target.start),
            )
        elif match.how is not How.PARTS and not _own(match.target, style) and not _version(pair, match):
            odd.append(match)
    if odd:
        wrong_sign = any(
            match.target.written.decimal not in ("", *style.decimals, *style.other_decimals) for match in odd
        )
        meant = ", ".join(dict.fromkeys(_localized(match.source, style) for match in odd))
        yield Problem(
            message="not how this language writes numbers",
            # A catalog of a language that is written with both signs may be for either part of the world.
            severity=Severity.ERROR if wrong_sign and not style.sign_varies else Severity.WARNING,
            expected=meant,
            actual=", ".join(dict.fromkeys(match.target.text for match in odd)),
            hint=f"write {meant}",
            at=pair.target.raw_offset(odd[0].target.start),
        )


def _own(quantity: Quantity, style: NumberStyle) -> bool:
    decimal, group = quantity.written.decimal, quantity.written.group
    return quantity.written.digits == "arabic" or (
        (not decimal or decimal in style.decimals or decimal in style.other_decimals)
        and (not group or group in style.groups or group in style.other_groups)
    )


_PRODUCT = re.compile(r"(?<![\w.-])([A-Z][\w.-]*+|[Vv]ersi[^\W\d_]+)[ \xa0]\Z")


def _version(pair: Pair, match: Match) -> bool:
    """Whether it is a version that stays as it is, "Python 3.0", or a time of day."""
    one, other = match.source, match.target
    if one.readings:  # "10 p.m." is "22.00"
        return True
    if one.label and one.text == other.text:  # "section 5.2"
        return True
    if other.unit or other.percent is not Percent.NO or one.text != other.text or not other.written.decimal:
        return False
    product = _PRODUCT.search(pair.source.words, max(0, one.start - 24), one.start)
    return product is not None and product[1] not in number_style(pair.source.locale).statistics


def _mixed(pair: Pair, found: tuple[Quantity, ...]) -> Iterator[Problem]:
    scripts = list(dict.fromkeys(quantity.written.digits for quantity in found))
    for script in scripts:
        if len(scripts) > 1 and script in _MIXED:
            first = next(quantity for quantity in found if quantity.written.digits != found[0].written.digits)
            yield Problem(
                message="digits of two scripts in one text",
                severity=_MIXED[script],
                expected=found[0].text,
                actual=first.text,
                hint="write all numbers of a text in the same digits",
                at=pair.target.raw_offset(first.start),
            )


def _localized(quantity: Quantity, style: NumberStyle) -> str:
    """The value as the language writes it."""
    whole, _, rest = f"{quantity.value:f}".partition(".")
    group = next(iter(sorted(style.groups - set(SPACE))), "\u202f") if style.groups else ""
    text = f"{int(whole):,}".replace(",", group) if len(whole) > 4 or group in ".," else whole
    return text + (next(iter(sorted(style.decimals))) + rest if rest else "")


RULE = Rule(
    id="number-format",
    scope=Scope.STRING,
    severity=Severity.ERROR,
    title="Another language's number format",
    finds="A number with the right value by English writing that reads as another value in the language (`1,000` is "
    "one in German), or with another decimal sign than the language's: an error. Another grouping that leaves no "
    "doubt, a decimal point in a Spanish catalog without a country, and digits of two scripts in one Arabic text: a "
    "warning. A missing space before the percent sign in French: information.",
    why="Readers take 1,000 units for one unit, or 1.125 mg for more than a thousand.",
    examples=(
        Example(locale="de", source="600,000 IU/kg", bad="600,000 I.E./kg", good="600.000 I.E./kg"),
        Example(locale="pl", source="0.5 mg", bad="0.5 mg", good="0,5 mg"),
        Example(locale="fr", source="1,000 patients", bad="1,000 patients", good="1\u202f000 patients"),
        Example(
            locale="ar",
            source="Of 255 patients, 16% had a response.",
            bad="استجاب ١٦٪ من بين 255 مريضًا.",
            good="استجاب ١٦٪ من بين ٢٥٥ مريضًا.",
        ),
    ),
    string=number_format,
    when=When(source=(FIGURE,), target=(FIGURE,)),
)
