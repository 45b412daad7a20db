"""plurals: which form a number takes in a language; a file's rule is compared with ours, never run as code."""

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from pipeline.errors import PipelineError

_LENGTH_LIMIT = 600
_DEPTH_LIMIT = 25
_FORMS_LIMIT = 100
_WORD = 2**64 - 1  # gettext counts in unsigned long

# What is compared: as far as msgfmt looks, and some numbers beyond that rules tell apart (CLDR: the millions).
_NUMBERS = (*range(1001), 10_000, 100_000, 1_000_000, 1_000_001, 1_000_002, 1_000_011, 2_000_000, 2**31, 2**63)


class PluralFormsError(ValueError):
    """A Plural-Forms value that gettext would not take, or not in the same way everywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PluralRule:
    """`count` forms; `index` gives the form for a number, and may raise ZeroDivisionError if a file brought it."""

    count: int
    tokens: tuple[str, ...]
    index: Callable[[int], int] = field(compare=False, repr=False)


# ---- the languages

_GERMANIC = "nplurals=2; plural=(n != 1);"
_FRENCH = "nplurals=2; plural=(n > 1);"
_NONE = "nplurals=1; plural=0;"
_EAST_SLAVIC = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
_CZECH = "nplurals=3; plural=(n==1) ? 0 : (n>=2 && n<=4) ? 1 : 2;"
_ICELANDIC = "nplurals=2; plural=(n%10==1 && n%100!=11 ? 0 : 1);"
_SORBIAN = "nplurals=4; plural=(n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3);"

# gettext's own table (src/plural-table.c and the manual); it decides wherever it has the language.
_GETTEXT: tuple[tuple[str, str], ...] = (
    ("ja vi ko th", _NONE),
    ("en de nl sv da no nb nn fo es pt it bg el fi et he eo hu tr ca", _GERMANIC),
    ("pt_BR fr", _FRENCH),
    ("lv", "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2);"),
    ("ga", "nplurals=3; plural=n==1 ? 0 : n==2 ? 1 : 2;"),
    ("ro", "nplurals=3; plural=n==1 ? 0 : (n==0 || (n%100 > 0 && n%100 < 20)) ? 1 : 2;"),
    (
        "lt",
        "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && (n%100<10 || n%100>=20) ? 1 : 2);",
    ),
    ("ru uk be sr hr", _EAST_SLAVIC),
    ("cs sk", _CZECH),
    ("pl", "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"),
    ("sl", _SORBIAN),
    (
        "ar",
        "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
    ),
)

# The others: as published gettext catalogs have them, which is CLDR's rule for whole numbers but for a few languages
# (see the tests) whose gettext tradition is older than CLDR's.
_OTHERS: tuple[tuple[str, str], ...] = (
    ("bo dz id ig jv km lo ms my su tt wo yo yue zh", _NONE),
    (
        "af an ast az bn ckb eu fy gl ha hi hy ia io ka kk ku ky lb ml mn mr ne os pa ps rm sd so sq st sw ta te "
        "tk ug ur uz ve xh",
        _GERMANIC,
    ),
    ("ak am as fa fil gu kab kn ln mg nso si ti zu", _FRENCH),
    ("bs", _EAST_SLAVIC),
    ("is mk", _ICELANDIC),
    ("dsb hsb", _SORBIAN),
    (
        "gd",
        "nplurals=4; plural=(n==1 || n==11) ? 0 : (n==2 || n==12) ? 1 : (n>2 && n<20) ? 2 : 3;",
    ),
    ("cy", "nplurals=4; plural=(n==1) ? 0 : (n==2) ? 1 : (n != 8 && n != 11) ? 2 : 3;"),
    (
        "mt",
        "nplurals=4; plural=(n==1 ? 0 : n==0 || (n%100>1 && n%100<11) ? 1 : n%100>10 && n%100<20 ? 2 : 3);",
    ),
)

PLURAL_FORMS: Mapping[str, str] = MappingProxyType(
    {language: value for languages, value in (*_GETTEXT, *_OTHERS) for language in languages.split()}
)


def plural_forms(locale: str) -> str:
    """The value of the Plural-Forms header for a locale in gettext's spelling; `pt_BR` has another one than `pt`.

    Raises PipelineError for a language that is not in the table.
    """
    value = PLURAL_FORMS.get(locale) or PLURAL_FORMS.get(re.split("[_@]", locale)[0])
    if value is None:
        raise PipelineError(
            f"the plural forms of {locale!r} are not known",
            hint="add the language to the table in pipeline/model/plurals.py",
        )
    return value


def nplurals(locale: str) -> int:
    """How many plural forms the locale has. Raises PipelineError as `plural_forms` does."""
    return parse_plural_forms(plural_forms(locale)).count


def plural_index(locale: str, number: int) -> int:
    """Which form a number that is not negative takes. Raises PipelineError as `plural_forms` does."""
    return parse_plural_forms(plural_forms(locale)).index(number)


@lru_cache(maxsize=1024)
def equivalent(header_value: str, locale: str) -> bool:
    """Whether a file's Plural-Forms gives every number the form that ours gives.

    A value that is malformed, divides by zero or leads out of its own forms is not. Raises PipelineError as
    `plural_forms` does.
    """
    ours = parse_plural_forms(plural_forms(locale))
    try:
        theirs = parse_plural_forms(header_value)
        if theirs.count != ours.count:
            return False
        return theirs.tokens == ours.tokens or all(theirs.index(n) == ours.index(n) for n in _NUMBERS)
    except (PluralFormsError, ZeroDivisionError):
        return False


@lru_cache(maxsize=1024)
def refines(header_value: str, locale: str) -> bool:
    """Whether a file's Plural-Forms never gives one form to two numbers that ours tells apart.

    CLDR's rules do so where gettext's table is coarser (a form for millions in Spanish): no reader sees a wrong form.
    Raises PipelineError as `plural_forms` does.
    """
    ours = parse_plural_forms(plural_forms(locale))
    try:
        theirs = parse_plural_forms(header_value)
        forms = {(theirs.index(n), ours.index(n)) for n in _NUMBERS}
    except (PluralFormsError, ZeroDivisionError):
        return False
    return len(forms) == len({form for form, _ in forms})


# ---- the value

_VALUE = re.compile(r"[ \t]*nplurals=[ \t]*([0-9]{1,3})[ \t]*;[ \t]*plural=([^;]*);?[ \t]*")
_TOKEN = re.compile(r"[ \t]*(?:([0-9]+|n|\|\||&&|[=!<>]=|[-+*/%<>!?:()])|(.))", re.DOTALL)


@lru_cache(maxsize=512)
def parse_plural_forms(value: str) -> PluralRule:
    """Read the value of a Plural-Forms header. Raises PluralFormsError, also where msgfmt's check would."""
    if len(value) > _LENGTH_LIMIT:
        raise PluralFormsError("the expression is too long")
    match = _VALUE.fullmatch(value)
    if match is None:
        raise PluralFormsError("not of the form nplurals=NUMBER; plural=EXPRESSION;")
    count = int(match[1])
    if not 0 < count <= _FORMS_LIMIT:
        raise PluralFormsError(f"nplurals={count}")
    tokens = _without_outer_parentheses(_tokens(match[2]))
    rule = PluralRule(count=count, tokens=tokens, index=_Parser(tokens).parse())
    if (count, tokens) not in _known_rules():
        _check_range(rule)
    return rule


def _check_range(rule: PluralRule) -> None:
    try:
        largest = max(map(rule.index, range(1001)))
    except ZeroDivisionError:
        raise PluralFormsError("the expression divides by zero") from None
    if largest >= rule.count:
        raise PluralFormsError(
            f"nplurals={rule.count} ends with form {rule.count - 1}, but the expression gives {largest}"
        )


@lru_cache(maxsize=1)
def _known_rules() -> frozenset[tuple[int, tuple[str, ...]]]:
    """Our own rules, which need no check: evaluating an expression a thousand times is the costly part."""
    known = set()
    for value in set(PLURAL_FORMS.values()):
        match = _VALUE.fullmatch(value)
        assert match is not None
        known.add((int(match[1]), _without_outer_parentheses(_tokens(match[2]))))
    return frozenset(known)


def _tokens(expression: str) -> tuple[str, ...]:
    tokens = []
    for match in _TOKEN.finditer(expression.rstrip(" \t")):
        if match[1] is None:
            raise PluralFormsError(f"{match[2]!r} in the expression")
        tokens.append(match[1])
    return tuple(tokens)


def _without_outer_parentheses(tokens: tuple[str, ...]) -> tuple[str, ...]:
    while tokens[:1] == ("(",) and tokens[-1:] == (")",):
        depth = 0
        for token in tokens[:-1]:
            depth += (token == "(") - (token == ")")
            if depth == 0:  # the first parenthesis closes before the end, as in (a) ? b : (c)
                return tokens
        tokens = tokens[1:-1]
    return tokens


# ---- the expression: C's operators on unsigned numbers

_Function = Callable[[int], int]
_BINARY: Mapping[str, tuple[int, Callable[[int, int], int]]] = {
    "==": (3, operator.eq),
    "!=": (3, operator.ne),
    "<": (4, operator.lt),
    ">": (4, operator.gt),
    "<=": (4, operator.le),
    ">=": (4, operator.ge),
    "+": (5, operator.add),
    "-": (5, operator.sub),
    "*": (6, operator.mul),
    "/": (6, operator.floordiv),
    "%": (6, operator.mod),
}
_LEVELS: Mapping[str, int] = {"||": 1, "&&": 2} | {sign: level for sign, (level, _) in _BINARY.items()}


class _Parser:
    """Precedence climbing over the tokens of one expression; the result is a function of n."""

    def __init__(self, tokens: tuple[str, ...]) -> None:
        self.tokens = tokens
        self.position = 0
        self.depth = 0

    def parse(self) -> _Function:
        function = self.conditional()
        if self.position < len(self.tokens):
            raise PluralFormsError(f"unexpected {self.tokens[self.position]!r} in the expression")
        return function

    def peek(self) -> str:
        return self.tokens[self.position] if self.position < len(self.tokens) else ""

    def take(self, expected: str) -> None:
        if self.peek() != expected:
            raise PluralFormsError(f"{expected!r} is missing in the expression")
        self.position += 1

    def conditional(self) -> _Function:
        self.depth += 1
        if self.depth > _DEPTH_LIMIT:
            raise PluralFormsError("the expression is nested too deep")
        function = self.binary(1)
        if self.peek() == "?":
            self.take("?")
            chosen = self.conditional()
            self.take(":")
            function = _choice(function, chosen, self.conditional())
        self.depth -= 1
        return function

    def binary(self, lowest: int) -> _Function:
        left = self.unary()
        while (level := _LEVELS.get(self.peek(), 0)) >= lowest:
            sign = self.peek()
            self.take(sign)
            left = _operation(sign, left, self.binary(level + 1))
        return left

    def unary(self) -> _Function:
        negations = 0
        while self.peek() == "!":
            self.take("!")
            negations += 1
        operand = self.operand()
        for _ in range(2 - negations % 2 if negations else 0):
            operand = _negation(operand)
        return operand

    def operand(self) -> _Function:
        token = self.peek()
        if token == "(":
            self.take("(")
            function = self.conditional()
            self.take(")")
            return function
        self.position += 1
        if token == "n":
            return _number
        if token.isdigit():
            return _constant(int(token) & _WORD)
        raise PluralFormsError(f"unexpected {token!r} in the expression" if token else "the expression is incomplete")


def _number(n: int) -> int:
    return n


def _constant(value: int) -> _Function:
    return lambda n: value


def _negation(operand: _Function) -> _Function:
    return lambda n: int(not operand(n))


def _choice(condition: _Function, chosen: _Function, otherwise: _Function) -> _Function:
    return lambda n: chosen(n) if condition(n) else otherwise(n)


def _operation(sign: str, left: _Function, right: _Function) -> _Function:
    if sign == "||":
        return lambda n: int(bool(left(n) or right(n)))
    if sign == "&&":
        return lambda n: int(bool(left(n) and right(n)))
    compute = _BINARY[sign][1]
    return lambda n: compute(left(n), right(n)) & _WORD
