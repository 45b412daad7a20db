"""placeholders: a translation has exactly the placeholders of its source, each as often and spelt the same."""

import re
from collections import Counter
from collections.abc import Iterator

from pipeline.checks.facts.marks import BRACE, PLACEHOLDER
from pipeline.checks.markup import Syntax, Token, TokenKind
from pipeline.checks.rule import Example, Problem, Rule, Scope, When
from pipeline.checks.subject import Pair, Text
from pipeline.model.finding import Severity

_CITATION = re.compile(r"\{cite[0-9]*\}")
_NOTE = re.compile(r"\{note[0-9]*\}")
_BRACE = re.compile("[{}]")
_CONVERSION = re.compile(r"[diu]")

# What a placeholder turns into when a tool, a keyboard or a hasty hand has touched it.
_LOOKALIKE = re.compile(
    r"[{｛(\[【]\s*([^\W\d]\w{0,40})\s*[}｝)\]】]|[{｛]\s*([^\W\d]\w{0,40})|([^\W\d]\w{0,40})\s*[}｝]"
)


def placeholders(pair: Pair) -> Iterator[Problem]:
    expected, found = pair.source.fact(_inventory), pair.target.fact(_inventory)
    if expected != found:
        yield from _differing(pair, expected, found)
    if pair.target.syntax is Syntax.BRACE:
        yield from _broken_braces(pair, expected)


def _differing(pair: Pair, expected: dict[str, int], found: dict[str, int]) -> Iterator[Problem]:
    for part in expected:
        # A form for one number alone may say the number as a word, or not at all.
        have = found.get(part, 0)
        if have == expected[part] or (pair.one_number and not have and not _anchored(part)):
            continue
        often = f"stands {have} times, not {expected[part]}" if have else "is missing"
        yield Problem(
            message=f"{_kind(part)}{part} {often}",
            expected=_listed(expected),
            actual=_listed(found),
            hint=f"write {part} exactly as in the English",
        )
    for token in pair.target.tokens:
        if token.kind is TokenKind.ATOM and _key(token, pair.target.syntax) not in expected:
            yield Problem(
                message=f"unknown placeholder {token.text}",
                expected=_listed(expected),
                actual=token.text,
                hint=f"the placeholders of this text are {_listed(expected)}",
                at=token.start,
            )


def _inventory(text: Text) -> dict[str, int]:
    """How often the text has each placeholder."""
    return dict(Counter([_key(token, text.syntax) for token in text.tokens if token.kind is TokenKind.ATOM]))


def _key(token: Token, syntax: Syntax) -> str:
    if syntax is not Syntax.PRINTF:
        return f"{{{token.name}}}"
    conversion = _CONVERSION.sub("d", token.text[-1])
    return f"%({token.name}){conversion}" if token.text.startswith("%(") else f"%{conversion}"


def _anchored(part: str) -> bool:
    return bool(_CITATION.fullmatch(part) or _NOTE.fullmatch(part))


def _broken_braces(pair: Pair, expected: dict[str, int]) -> Iterator[Problem]:
    """Braces that make no placeholder, and names of placeholders in something that only looks like braces."""
    text = pair.target
    names = {part[1:-1].lower() for part in expected}
    lower = text.words.lower()
    named = any(name in lower for name in names)
    braces = sum([token.text.count("{") + token.text.count("}") for token in text.tokens])
    if not named and braces == text.raw.count("{") + text.raw.count("}"):
        return
    plain = text.raw
    for token in text.tokens:
        plain = plain[: token.start] + " " * (token.end - token.start) + plain[token.end :]
    for match in _LOOKALIKE.finditer(plain) if named else ():
        name = next(group for group in match.groups() if group)
        if name.lower() in names:
            yield Problem(
                message=f"{match[0].strip()} is no placeholder",
                expected=f"{{{name.lower()}}}",
                actual=match[0],
                hint="write it with plain braces, exactly as in the English",
                at=match.start(),
            )
    for match in _BRACE.finditer(plain):
        yield Problem(
            message=f"a lone {match[0]}",
            actual=match[0],
            hint=f"write {match[0] * 2} for a literal brace",
            at=match.start(),
        )


def _kind(part: str) -> str:
    return "the citation " if _CITATION.fullmatch(part) else "the footnote mark " if _NOTE.fullmatch(part) else ""


def _listed(parts: dict[str, int]) -> str:
    return ", ".join(f"{part} ({count}x)" if count > 1 else part for part, count in parts.items()) or "none"


RULE = Rule(
    id="placeholders",
    scope=Scope.STRING,
    severity=Severity.ERROR,
    title="Placeholders differ",
    finds="A placeholder of the source that is lost, doubled, unknown, misspelt, in another case, or whose braces are "
    "not plain braces. The format flags of the entry say what a placeholder is (brace, C, Python). A plural form that "
    "stands for one number alone may leave the number's placeholder out.",
    why="A citation or footnote mark that is lost leaves a claim without its evidence; one that is doubled gives "
    "evidence to a claim that has none.",
    examples=(
        Example(
            locale="de",
            source="It works.{cite1} Ask your doctor.",
            bad="Es wirkt. Fragen Sie Ihren Arzt.",
            good="Es wirkt.{cite1} Fragen Sie Ihren Arzt.",
        ),
        Example(locale="ja", source="It works.{cite1}", bad="有効です。｛cite1｝", good="有効です。{cite1}"),
        Example(locale="fr", source="It works.{cite1}", bad="C’est efficace.{Cite1}", good="C’est efficace.{cite1}"),
    ),
    waivable=False,
    string=placeholders,
    when=When(source=(PLACEHOLDER,), target=(PLACEHOLDER, BRACE)),
)
