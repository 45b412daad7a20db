"""invisible: no character stands in a text that nobody sees, unless its language needs it."""

import re
from collections import Counter
from collections.abc import Iterator

from pipeline.checks.facts.characters import UNSEEN, Unseen, allowed, named, shown, unseen
from pipeline.checks.rule import Example, Problem, Rule, Scope, When
from pipeline.checks.subject import Pair
from pipeline.model.finding import Severity
from pipeline.model.locale import direction

_EMBEDDINGS = frozenset("\u202a\u202b")
_OVERRIDES = frozenset("\u202d\u202e")
_ISOLATES = frozenset("\u2066\u2067\u2068")
_ENDS = frozenset("\u202c\u2069")
_DIRECTION = _EMBEDDINGS | _OVERRIDES | _ISOLATES | _ENDS
_MARKS = frozenset("\u200e\u200f\u061c")

# Breaking or joining words without a trace: harmless to look at.
_DOUBTFUL = frozenset("\u00ad\u2060\u034f\u180b\u180c\u180d")
_JOINERS = frozenset("\u200c\u200d")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ue000-\uf8ff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff]")
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_PICTURE = re.compile("[\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff0-9#*\u00a9\u00ae]")


def check(pair: Pair) -> Iterator[Problem]:
    if pair.target.raw.isascii():
        return
    every = pair.target.fact(unseen)
    if not every:
        return
    found = [one for one in every if not _CONTROLS.match(one.character) and ord(one.character) < 0xF0000]
    if not found:
        return
    rest = Counter(one.character for one in pair.source.fact(unseen))
    told: set[str] = set()
    for one in found:
        rest[one.character] -= 1
        if rest[one.character] >= 0 or one.character in told:
            continue
        severity = _severity(pair, one)
        if severity is None:
            continue
        told.add(one.character)
        yield Problem(
            message=f"the text has {named(one.character)}, which nobody sees",
            severity=severity,
            expected="none",
            actual=shown(pair.target.raw[max(0, one.at - 12) : one.at + 13]),
            hint="take it out",
            at=one.at,
        )


def _severity(pair: Pair, one: Unseen) -> Severity | None:
    """How bad it is; None where the language or the place asks for the character."""
    character, raw = one.character, pair.target.raw
    known = allowed(pair.target.locale)
    if character in _DIRECTION:
        return _of_direction(pair, character)
    if character in known.invisible:
        return None
    if character in known.doubtful or character in _DOUBTFUL:
        return Severity.WARNING
    before, after = raw[: one.at][-1:], raw[one.at + 1 :][:1]
    if character in _JOINERS and _PICTURE.match(before or " ") and _PICTURE.match(after or " "):
        return None
    if 0xFE00 <= ord(character) <= 0xFE0E:
        return None if _PICTURE.match(before or " ") else Severity.WARNING
    if character in _MARKS:
        return Severity.WARNING if _RIGHT_TO_LEFT.search(raw) else Severity.ERROR
    return Severity.ERROR


def _of_direction(pair: Pair, character: str) -> Severity | None:
    """Overrides turn what is read around; isolates are how a right-to-left text holds a Latin name together."""
    if direction(pair.target.locale) != "rtl" or character in _OVERRIDES or not _balanced(pair.target.raw):
        return Severity.ERROR
    if _OVERRIDES & set(pair.target.raw):
        return Severity.ERROR
    return Severity.WARNING if "\u202a" in pair.target.raw or "\u202b" in pair.target.raw else None


def _balanced(raw: str) -> bool:
    """Whether each turn of direction is ended by the end of its kind, in its line."""
    stack: list[str] = []
    for match in re.finditer("[\u202a-\u202e\u2066-\u2069\n]", raw):
        if match[0] == "\n":
            if stack:
                return False
        elif match[0] not in _ENDS:
            stack.append("\u2069" if match[0] in _ISOLATES else "\u202c")
        elif not stack or stack.pop() != match[0]:
            return False
    return not stack


RULE = Rule(
    id="invisible",
    scope=Scope.STRING,
    severity=Severity.ERROR,
    title="A character that nobody sees",
    finds="Characters without a shape: controls of text direction, zero-width spaces and joiners, soft hyphens, byte "
    "order marks, fillers. What the English has as often is fine, and so is what the language needs: direction marks "
    "and balanced isolates in Arabic, joiners in Persian and Hindi. Soft hyphens and word joiners are warnings.",
    why="An override turns numbers and words around for the reader while the file looks right; a zero-width space in a "
    "name hides it from search and from every check.",
    examples=(
        Example(locale="de", source="It works.", bad="Es wi\u200brkt.", good="Es wirkt."),
        Example(locale="ar", source="It works.", bad="إنه \u202eيعمل.", good="إنه يعمل."),
    ),
    waivable=False,
    string=check,
    when=When(target=(UNSEEN,)),
)
