"""punctuation: a text ends as its source does, and its marks are those of its language."""

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.checks.facts.contacts import prose, prose_signs
from pipeline.checks.facts.typography import Ending, Mark, Typography, endings, typography
from pipeline.checks.rule import Example, Problem, Rule, Scope
from pipeline.checks.signs import Sign, Where, any_of
from pipeline.checks.subject import ATOM, Pair
from pipeline.model.finding import Severity
from pipeline.model.locale import Locale

# Pieces with a mark at the beginning or two in a row; what stands before the space is looked at then.
_MARKS = ",;:،؛。、，；"
_TWICE_THERE = re.compile(rf"[{_MARKS}]\u00a0?[{_MARKS}]|\.\.")
_TWO = Sign.of(lambda piece: (piece and piece[0] in _MARKS) or _TWICE_THERE.search(piece))
_TWICE = re.compile(r"([,;:،؛。、，；])[ \u00a0]?\1|\.(?<!\..)\.(?![.\w/])")


def check(pair: Pair) -> Iterator[Problem]:
    known = pair.target.knowledge(typography)
    if not known.known:
        return
    yield from _ends(pair, known)
    words = pair.target.fact(prose)
    if pair.target.shows(_MARK):
        yield from _marks(pair, words, known)
    if pair.target.shows(_OPENING):
        yield from _openings(pair, words, known)
    twice = _TWICE.search(words) if pair.target.fact(prose_signs) & _TWO.bit else None
    if twice and not _TWICE.search(pair.source.words):
        yield _problem(pair, f"{twice[0]} stands twice", twice[0][:1], twice[0], twice.start())


def _problem(
    pair: Pair, message: str, expected: str, actual: str, at: int, severity: Severity | None = None
) -> Problem:
    return Problem(
        message=message,
        severity=severity,
        expected=expected,
        actual=actual,
        hint=f"write {expected}" if expected else "take it out",
        at=pair.target.raw_offset(at),
    )


def _ends(pair: Pair, known: Typography) -> Iterator[Problem]:
    wanted, found = pair.source.fact(endings), pair.target.fact(endings)
    if len(wanted) != len(found):
        wanted, found = wanted[-1:], found[-1:]
    for one, other in zip(wanted, found, strict=True):
        if one.mark is other.mark:
            if (
                other.text
                and known.final
                and other.text not in known.final
                and _beside(pair, known)
                and not other.abbreviated
            ):
                own = _own(other.text, known)
                severity = Severity.INFO if other.text in known.tolerated else None
                yield _problem(pair, f"the text ends with {other.text}", own, other.text, other.at, severity)
        elif one.abbreviated or other.abbreviated:
            continue
        else:
            yield from _other_end(pair, one, other, known)


def _other_end(pair: Pair, one: Ending, other: Ending, known: Typography) -> Iterator[Problem]:
    words = pair.target.words
    before = words[other.at : other.at + 1] if other.mark is Mark.NONE else words[max(0, other.at - 1) : other.at]
    asked = one.mark is Mark.QUESTION and bool(before) and before in known.statement_for_question
    if asked and other.mark is Mark.STOP:
        return
    # A heading may become a question; a full stop behind it is a slip.
    if (
        not before
        or (other.mark is Mark.NONE and before == ATOM)
        or (one.mark is Mark.NONE and other.mark is not Mark.STOP)
    ):
        return
    severity = None
    if asked or (other.mark is Mark.STOP and one.mark is Mark.NONE):
        severity = Severity.INFO
    if {one.mark, other.mark} in ({Mark.EXCLAMATION, Mark.STOP}, {Mark.STOP, Mark.ELLIPSIS}, {Mark.NONE, Mark.COLON}):
        severity = Severity.INFO
    yield _problem(
        pair,
        f"the text ends with {_a(other)}, the English with {_a(one)}",
        one.text,
        other.text or "none",
        other.at,
        severity,
    )


def _a(ending: Ending) -> str:
    if ending.mark is Mark.NONE:
        return "no mark"
    return f"{'an' if ending.mark[0] in 'aeiou' else 'a'} {ending.mark}"


def _own(mark: str, known: Typography) -> str:
    return known.instead.get(mark, "")


@lru_cache(maxsize=64)
def _letters(beside: str) -> re.Pattern[str]:
    return re.compile(f"[{beside}]")


def _beside(pair: Pair, known: Typography) -> bool:
    """Whether the text is in the script of the language at all."""
    return bool(known.beside and _letters(known.beside).search(pair.target.words))


@lru_cache(maxsize=256)
def _wrong(locale: Locale) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    """Marks of another script beside the language's own letters, and marks that it does not write at all."""
    known = typography(locale)
    beside = None
    if known.instead:
        marks = re.escape("".join(mark for mark in known.instead if mark != "."))
        behind = rf"(?:(?<=[{known.beside}].)|(?<=[{known.beside}][)）”»\ufffc].))"
        stop = rf"|\.{behind}(?=[\s{known.beside}<]|$)" if "." in known.instead else ""
        beside = re.compile(
            rf"[{marks}]{behind}(?![/=0-9])|[{marks}](?<=[A-Za-z0-9%\ufffc)）”»].)(?=\s?[{known.beside}]){stop}"
        )
    foreign = re.compile(f"[{''.join(sorted(known.foreign))}]") if known.foreign else None
    return beside, foreign


# Marks that the language does not write, or writes otherwise; marks that come in pairs.
_MARK = Sign(lambda locale: any_of((*typography(locale).foreign, *typography(locale).instead)), Where.CHARACTERS)
_OPENING = Sign(
    lambda locale: any_of((*typography(locale).opening, *typography(locale).opening.values())), Where.CHARACTERS
)


def _marks(pair: Pair, words: str, known: Typography) -> Iterator[Problem]:
    beside, foreign = pair.target.knowledge(_wrong)
    if beside is not None and (match := beside.search(words)):
        mark = match[0][-1]
        own = _own(mark, known)
        severity = Severity.INFO if mark in known.tolerated else None
        yield _problem(pair, f"{mark} stands where the language writes {own}", own, mark, match.end() - 1, severity)
    if foreign is not None and not words.isascii():
        strange = foreign.search(words)
        if strange and strange[0] not in pair.source.words:
            message = f"{strange[0]} is a mark of another language"
            yield _problem(pair, message, "", strange[0], strange.start())


def _openings(pair: Pair, words: str, known: Typography) -> Iterator[Problem]:
    """Questions and exclamations are opened as often as they are closed; (?) and !! are none of their own."""
    words = _MIXED_END.sub("?", _MIXED_BEGIN.sub("¿", words))
    for closer, opener in known.opening.items():
        if closer not in words and opener not in words:
            continue
        closed = _closed(closer, words)
        opened = _runs(opener, words)
        if opened == closed:
            continue
        missing = opener if opened < closed else closer
        if missing == opener and closed <= _kept(closer, pair, words):
            continue
        message = f"a {missing} is missing"
        yield _problem(pair, message, missing, "none", max(0, words.find(closer if missing == opener else opener)))


# A question that is exclaimed is one: ¿¡ … !?
_MIXED_BEGIN = re.compile(r"¿¡|¡¿")
_MIXED_END = re.compile(r"\?!|!\?")


@lru_cache(maxsize=16)
def _closing(closer: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![(\s?!=/&]){re.escape(closer)}(?![\w=&])")


def _closed(closer: str, words: str) -> int:
    return len(_closing(closer).findall(words))


def _runs(opener: str, words: str) -> int:
    return len(re.findall(rf"{opener}+", words))


def _kept(closer: str, pair: Pair, words: str) -> int:
    """Marks that belong to a name of the English, as in Yahoo!"""
    names = re.findall(rf"[A-Z]\w{{1,20}}{re.escape(closer)}(?=[ ,][a-z])", pair.source.words)
    return sum(words.count(name) for name in set(names))


RULE = Rule(
    id="punctuation",
    scope=Scope.STRING,
    severity=Severity.WARNING,
    title="Punctuation differs",
    finds="A text that ends with another kind of mark than the English, or with none, also before a citation or link; "
    "Spanish questions and exclamations that are not opened; Latin marks beside Arabic, Chinese or Japanese letters; "
    "marks of another language; a mark that stands twice. A full stop more, or one for an exclamation mark, is noted "
    "only.",
    why="A question that reads as a statement is a claim. A text that ends otherwise is often cut off.",
    examples=(
        Example(locale="de", source="It works.", bad="Es wirkt", good="Es wirkt."),
        Example(locale="es", source="Does it work?", bad="Funciona?", good="¿Funciona?"),
        Example(locale="ar", source="Does it work?", bad="هل يعمل?", good="هل يعمل؟"),
        Example(locale="zh_CN", source="It works.", bad="它有效.", good="它有效。"),
    ),
    string=check,
)
