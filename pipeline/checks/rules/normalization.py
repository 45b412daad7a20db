"""normalization: letters are written as the one character that Unicode has for them."""

import re
import unicodedata
from collections.abc import Iterator

from pipeline.checks.facts.characters import named
from pipeline.checks.rule import Example, Problem, Rule, Scope, When
from pipeline.checks.signs import Sign, Where
from pipeline.checks.subject import Pair
from pipeline.model.finding import Severity

# Shapes kept for old files: letters of their own in no language. Ligatures of Arabic phrases and ornate brackets stay.
_SHAPES = re.compile(
    "[\ufb00-\ufb06\ufb50-\ufd3d\ufd50-\ufdf9\ufe70-\ufefc\uff61-\uff9f\uffa0-\uffdc\u2e80-\u2fd5\U0001d400-\U0001d7ff]"
)
_WIDE = re.compile("[\uff01-\uff5e\u2160-\u217f\u3250-\u33ff]")
_OLD = Sign.of(re.compile(f"{_SHAPES.pattern}|{_WIDE.pattern}").search, Where.RAW)
_WIDE_LANGUAGES = frozenset(("ja", "zh", "ko"))


def _composing(character: str) -> bool:
    """Whether it is a letter that has another form, or part of one: a mark, or a vowel or final of Hangul."""
    return (
        not unicodedata.is_normalized("NFC", character)
        or unicodedata.category(character).startswith("M")
        or "\u1160" <= character <= "\u11ff"
    )


_PARTS = Sign.of(_composing, Where.RAW)


def check(pair: Pair) -> Iterator[Problem]:
    raw = pair.target.raw
    if pair.target.shows(_PARTS) and not unicodedata.is_normalized("NFC", raw):
        yield from _decomposed(pair)
    if not pair.target.shows(_OLD):
        return
    match = _SHAPES.search(raw)
    if match is None and pair.target.locale.language not in _WIDE_LANGUAGES:
        match = _WIDE.search(raw)
    if match is not None and match[0] not in pair.source.raw:
        plain = unicodedata.normalize("NFKC", match[0])
        yield Problem(
            message=f"the text has {named(match[0])}, a form kept for old files",
            expected=plain,
            actual=match[0],
            hint=f"write {plain}",
            at=match.start(),
        )


def _decomposed(pair: Pair) -> Iterator[Problem]:
    """Letters in parts. The order of Arabic vowel signs is left alone: keyboards write it otherwise than Unicode."""
    raw = pair.target.raw
    composed = unicodedata.normalize("NFC", raw)
    if (
        len(composed) > len(raw)
        or sorted(composed) == sorted(raw)
        or not unicodedata.is_normalized("NFC", pair.source.raw)
    ):
        return
    at = next((index for index, (one, other) in enumerate(zip(raw, composed, strict=False)) if one != other), 0)
    part, whole = raw[at : at + 2], composed[at : at + 1]
    names = " with ".join(named(character) for character in (part if len(composed) < len(raw) else part[:1]))
    yield Problem(
        message=f"the text has {names} for {whole}",
        expected=f"{whole} ({named(whole)})" if whole else "",
        actual=part,
        hint="save the text in Unicode's composed form (NFC)",
        at=at,
    )


RULE = Rule(
    id="normalization",
    scope=Scope.STRING,
    severity=Severity.WARNING,
    title="Letters in parts or in forms kept for old files",
    finds="Letters written as base and accent where one character exists (NFD), Arabic presentation forms, half-width "
    "katakana, ligatures, mathematical letters, radicals for characters, the ohm and kelvin signs; outside Chinese, "
    "Japanese and Korean full-width letters too.",
    why="It looks the same and is not: search fails, letters fall apart in some fonts, and two translations of one "
    "sentence no longer agree.",
    examples=(
        Example(locale="fr", source="The result", bad="Le re\u0301sultat", good="Le résultat"),
        Example(locale="ja", source="Data", bad="ﾃﾞｰﾀ", good="データ"),
        Example(locale="ar", source="No.", bad="ﻻ.", good="لا."),
    ),
    string=check,
    when=When(target=(_PARTS, _OLD)),
)
