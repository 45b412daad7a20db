"""spaces: no space is lost, doubled or out of place, and those of the language are there."""

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.checks.facts.characters import named
from pipeline.checks.facts.contacts import prose, prose_signs
from pipeline.checks.facts.typography import Typography, typography
from pipeline.checks.rule import Example, Problem, Rule, Scope, When
from pipeline.checks.signs import Search, Sign
from pipeline.checks.subject import Pair
from pipeline.model.finding import Severity
from pipeline.model.locale import Locale

# Looking back comes second everywhere: it is tried only where the mark itself stands.
_DOUBLED = re.compile(r"[ \u00a0\u202f](?<=\S.)[ \u00a0\u202f]+(?=\S)")
_BEFORE_MARK = re.compile(
    r"[ \u00a0\u202f][,.;:!?،؛؟](?<=[\w)\]”’»%\ufffc]..)(?=[\s\u00a0\ufffc”»]|$)"
    r"|[ \u00a0][。、，；：！？．](?<=[^\s)]..)"
)
_LOWER = "a-zà-öø-ÿāăąćčďđęěğłńňőřśšťůűźżž"
_AFTER_MARK = re.compile(
    r"[,;!?](?<=[\w)%”»\ufffc].)(?=[^\W\d_]{2})|[,;](?<=\w\w.)(?=[^\W\d_])"
    rf"|\.(?:(?<=[^\W\d_][{_LOWER}].)|(?<=[)\ufffc].))(?=[A-ZÀ-ÖØ-Þ][{_LOWER}])"
    r"|[،؛؟](?=[^\W\d_])|\.(?<=[ء-ي]{2}.)(?=[ء-ي]{2})"
)
_ENTITY = re.compile(r"&#?\w{1,8};\Z")
_IN_BRACKETS = re.compile(r"[(\[][ \u00a0](?=\w)|[ \u00a0][)\]](?<=\w..)")
_GUILLEMET = re.compile(r"»(?<=\S.)|«(?=[^\s»])")
_NO_BREAK = "\u00a0\u202f\u2009\u2007"


def check(pair: Pair) -> Iterator[Problem]:
    yield from _edges(pair)
    known = pair.target.knowledge(typography)
    words = pair.target.fact(prose)
    if not pair.target.fact(prose_signs) & _UNTIDY.bit:
        yield from _between_characters(pair, words, known)
        return
    source = pair.source.words
    doubled = _DOUBLED.search(words)
    if doubled and _together(pair, doubled) and not _DOUBLED.search(source):
        yield _problem(pair, "a space stands twice", doubled.start(), doubled.end(), Severity.INFO)
    if not known.known:
        return
    yield from _of_language(pair, words, known)
    after = next((match for match in _AFTER_MARK.finditer(words) if not _entity(words, match)), None)
    if after and not known.spaces_between and not _AFTER_MARK.search(source):
        yield _problem(pair, f"no space behind {after[0]}", after.start(), after.end(), Severity.INFO)
    inside = _IN_BRACKETS.search(words)
    if inside and not _IN_BRACKETS.search(source):
        yield _problem(pair, "a space inside brackets", inside.start(), inside.end(), Severity.INFO)


def _problem(
    pair: Pair, message: str, start: int, end: int, severity: Severity | None = None, expected: str = ""
) -> Problem:
    target = pair.target
    around = target.raw_offset(max(0, start - 12)), target.raw_offset(min(len(target.words), end + 12))
    return Problem(
        message=message,
        severity=severity,
        expected=expected,
        actual=target.raw[around[0] : around[1]].strip(),
        hint=f"write {expected}" if expected else "",
        at=pair.target.raw_offset(start),
    )


def _entity(words: str, mark: re.Match[str]) -> bool:
    """Whether a semicolon ends a character reference."""
    return mark[0] == ";" and _ENTITY.search(words, max(0, mark.start() - 10), mark.end()) is not None


def _together(pair: Pair, match: re.Match[str]) -> bool:
    """Whether no tag stands between the spaces; one with a space before and behind it is no slip."""
    return pair.target.raw_offset(match.end() - 1) - pair.target.raw_offset(match.start()) == len(match[0]) - 1


def _bare(pair: Pair, match: re.Match[str]) -> bool:
    """Whether the spaces stand between letters in the text as it is written, no tag beside them."""
    start, end = match.start() - 1, match.end()
    return pair.target.raw_offset(end) - pair.target.raw_offset(start) == end - start


def _edges(pair: Pair) -> Iterator[Problem]:
    source, target = pair.source.raw, pair.target.raw
    if source.strip() == source and target.strip() == target:
        return
    for where, wanted, found in (
        ("begins", _lead(source), _lead(target)),
        ("ends", _lead(source[::-1]), _lead(target[::-1])),
    ):
        if wanted == found or bool(wanted.replace("\n", "")) == bool(found.replace("\n", "")):
            continue
        if target.strip()[:1] and target.strip()[:1] in pair.target.knowledge(typography).space_before:
            continue
        # Where words are not spaced, a full-width mark at the edge is space enough.
        if wanted and pair.target.knowledge(typography).spaces_between:
            continue
        yield Problem(
            message=f"the text {where} with {_spelt(found)}, the English with {_spelt(wanted)}",
            expected=_spelt(wanted),
            actual=_spelt(found),
            hint="begin and end with the spaces of the English: texts are put together",
            at=0 if where == "begins" else len(target.rstrip()),
        )


def _lead(text: str) -> str:
    return text[: len(text) - len(text.lstrip())]


def _spelt(spaces: str) -> str:
    names = dict.fromkeys(
        "a line break" if space == "\n" else "a space" if space == " " else named(space) for space in spaces
    )
    return " and ".join(names) or "no space"


def _of_language(pair: Pair, words: str, known: Typography) -> Iterator[Problem]:
    if known.space_before or known.space_in_quotes:
        yield from _french(pair, words)
    else:
        before = _BEFORE_MARK.search(words)
        if before and not _BEFORE_MARK.search(pair.source.words):
            yield _problem(pair, f"a space before {before[0][-1]}", before.start(), before.end(), Severity.INFO)
    yield from _between_characters(pair, words, known)


def _between_characters(pair: Pair, words: str, known: Typography) -> Iterator[Problem]:
    if known.spaces_between and (match := _between(known.spaces_between).search(words)) and _bare(pair, match):
        yield _problem(pair, "a space between characters", match.start(), match.end(), Severity.INFO)


def _untidy(locale: Locale) -> Search:
    """Finds a space beside a mark or another space, and a mark without one behind.

    What a mark stands next to beyond the space is not looked at, so that a piece may be in doubt for nothing.
    """
    known = typography(locale)
    marks = f",.;:!?،؛؟。、，；：！？．»)\\]{re.escape(known.space_before)}"
    blanks = "\u00a0\u202f\u2009\u2007"
    before, behind = re.compile(rf"[{blanks}{marks}]").match, re.compile(rf"[{blanks}(\[«]").match
    doubtful = [rf"[(\[{blanks}][{blanks}]", rf"[{blanks}][{marks}]", _AFTER_MARK.pattern]
    if known.space_before or known.space_in_quotes:
        missing, _, _ = _patterns(locale)
        doubtful += [missing.pattern, _GUILLEMET.pattern]
        # A no-break space before a high mark is as it should be.
        own = "".join(mark for mark in known.space_before if mark != "%") + "»"
        doubtful[1] = rf"[{blanks}][^\w{blanks}{re.escape(own)}%]"
    inside = re.compile("|".join(doubtful)).search
    return lambda piece: not piece or before(piece) or behind(piece[-1]) or inside(piece)


_UNTIDY = Sign(_untidy)
_EDGE = Sign.of(lambda piece: not piece or piece[0].isspace() or piece[-1].isspace())


def _ended(locale: Locale) -> Search | None:
    """Finds the end of a piece in the characters of a language that has no space between them."""
    letters = typography(locale).spaces_between
    if not letters:
        return None
    last = re.compile(f"[{letters}]").match
    return lambda piece: last(piece[-1:])


_ENDED = Sign(_ended)


@lru_cache(maxsize=16)
def _between(letters: str) -> re.Pattern[str]:
    return re.compile(rf" (?<=[{letters}].) *(?=[{letters}])")


@lru_cache(maxsize=64)
def _patterns(locale: Locale) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """High marks without the space that they need, marks with one that may break, and with one that is too many."""
    known = typography(locale)
    high = re.escape("".join(mark for mark in known.space_before if mark != "%"))
    percent = "%" in known.space_before
    # Two marks in a row have one space; what belongs to a time or an address has none.
    end = r"(?=[\s\ufffc»”)]|$)"
    missing = rf"[{high}](?<=[^\W_].|[)\]’].){end}" + (r"|%(?<=[0-9].)(?![\w(])" if percent else "")
    either = rf"[{high}]{end}" + (r"|%(?![A-Za-z(])" if percent else "")
    plain = rf" (?:{either})(?<=[\w)\]”\ufffc]..)|« (?=\S)| »(?<=\S..)"
    unwanted = "".join(mark for mark in ",.;!?" if mark not in known.space_before)
    wide = rf"[ {_NO_BREAK}][{unwanted}](?<=[\w)\]”%\ufffc]..)(?=[\s\ufffc]|$)"
    return re.compile(missing), re.compile(plain), re.compile(wide)


def _french(pair: Pair, words: str) -> Iterator[Problem]:
    missing, plain, wide = _patterns(pair.target.locale)
    if match := missing.search(words):
        yield _problem(pair, f"no space before {match[0]}", match.start(), match.end(), None, "U+00A0 NO-BREAK SPACE")
    elif match := _GUILLEMET.search(words):
        # Switzerland and many sites write them so.
        where = "behind" if match[0] == "«" else "before"
        message = f"no space {where} {match[0]}"
        yield _problem(pair, message, match.start(), match.end(), Severity.INFO, "U+00A0 NO-BREAK SPACE")
    elif match := plain.search(words):
        message = "a space that may break stands where a no-break space belongs"
        yield _problem(pair, message, match.start(), match.end(), Severity.INFO, "U+00A0 NO-BREAK SPACE")
    if match := wide.search(words):
        yield _problem(pair, f"a space before {match[0][-1]}", match.start(), match.end(), Severity.INFO)


RULE = Rule(
    id="spaces",
    scope=Scope.STRING,
    severity=Severity.WARNING,
    title="A space is lost or out of place",
    finds="Texts that begin or end with a space where the English does not, or the other way round; French marks "
    "without the space that they need. Noted only: doubled spaces, spaces before or missing behind marks, inside "
    "brackets, between Chinese or Japanese characters, and French spaces where a line may break.",
    why="Texts are put together from parts: a space at the edge that is lost joins two words.",
    examples=(
        Example(locale="de", source="Dose: ", bad="Dosis:", good="Dosis: "),
        Example(locale="fr", source="Does it work?", bad="Est-ce efficace?", good="Est-ce efficace\u202f?"),
        Example(locale="pl", source="It works.", bad="To  działa.", good="To działa."),
        Example(locale="zh_CN", source="It works.", bad="它 有效。", good="它有效。"),
    ),
    string=check,
    when=When(source=(_EDGE,), target=(_EDGE, _UNTIDY, _ENDED)),
)
