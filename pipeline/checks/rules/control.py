"""control: a text has no control characters, private-use or unassigned code points that its source does not have."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from pipeline.checks.facts.characters import named, shown
from pipeline.checks.rule import Example, Problem, Rule, Scope, When
from pipeline.checks.signs import Sign, Where
from pipeline.checks.subject import Pair
from pipeline.model.finding import Severity

_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufff9-\ufffb]")
_BEYOND = re.compile(
    "[\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U000f0000-\U0010ffff\u0870-\u08ff\u1c80-\u1cbf\u2e3a-\u2e7f\U00010000-\U0001ffff]"
)
_ANY = Sign.of(re.compile(f"{_CONTROL.pattern}|{_BEYOND.pattern}").search, Where.RAW)
_LAYOUT = frozenset("\t\r\u2028\u2029")


def check(pair: Pair) -> Iterator[Problem]:
    raw = pair.target.raw
    if raw.isprintable():
        return
    known = Counter(match[0] for match in _CONTROL.finditer(pair.source.raw))
    told: set[str] = set()
    for match in _CONTROL.finditer(raw):
        known[match[0]] -= 1
        if known[match[0]] < 0 and match[0] not in told:
            told.add(match[0])
            severity = Severity.WARNING if match[0] in _LAYOUT else None
            yield _problem(raw, match, f"the control character {named(match[0])}", severity)
    for match in _BEYOND.finditer(raw):
        if match[0] in told or match[0] in pair.source.raw:
            continue
        category = unicodedata.category(match[0])
        if category in ("Co", "Cn"):
            told.add(match[0])
            kind = "the private character" if category == "Co" else "a code point without a character:"
            # What this program does not know may have been assigned since; a noncharacter never will be.
            newer = category == "Cn" and not _noncharacter(match[0])
            yield _problem(raw, match, f"{kind} {named(match[0])}", Severity.WARNING if newer else None)


def _noncharacter(character: str) -> bool:
    return "\ufdd0" <= character <= "\ufdef" or ord(character) & 0xFFFE == 0xFFFE


def _problem(raw: str, match: re.Match[str], what: str, severity: Severity | None) -> Problem:
    return Problem(
        message=f"the text has {what}",
        severity=severity,
        expected="none",
        actual=shown(raw[max(0, match.start() - 12) : match.end() + 12]),
        hint="take it out",
        at=match.start(),
    )


RULE = Rule(
    id="control",
    scope=Scope.STRING,
    severity=Severity.ERROR,
    title="A control character",
    finds="Control characters other than line breaks, private-use characters and code points without a character, "
    "where the English does not have them. Tabs, carriage returns and line separators are warnings.",
    why="They have no shape: what a reader gets instead depends on the machine, and some end a text early.",
    examples=(
        Example(locale="fr", source="It works.", bad="C’est efficace\x07.", good="C’est efficace."),
        Example(locale="zh_CN", source="It works.", bad="它有效\ue001。", good="它有效。"),
    ),
    string=check,
    when=When(target=(_ANY,)),
)
