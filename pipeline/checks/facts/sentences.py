"""sentences: where each sentence of a text begins and ends; decimals, abbreviations and ordinals end none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipeline.checks.expressions import NEVER, Expression
from pipeline.checks.facts.numbers_style import folded
from pipeline.checks.languages import language_data
from pipeline.checks.subject import ATOM, Text
from pipeline.model.locale import Locale

# Full stops that need a space behind them, those of East Asia that need none, and breaks between paragraphs or items.
_END = re.compile(
    r"[.!?…؟۔।。！？｡．\n](?:(?<=[.!?…؟۔।])[.!?…؟۔।]*+|(?<=[。！？｡．])[。！？｡．]*+"
    r"|(?<=\n)(?:[ \t]*+\n|(?=[ \t]*+(?:[-*•·–][ \t]|[0-9]{1,2}[.)][ \t]))))"
)
_WIDE = frozenset("。！？｡．")
_CLOSERS = frozenset("\"'”’»›)]}」』）】》〉＂＇")
_OPENERS = "\"'“‘„‚«‹([{「『（【《〈¿¡"
_NEXT = re.compile(rf"[\s{re.escape(_OPENERS)}]*+(\w*+)")
_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_MARK = re.compile(r"(?:cite|note)[0-9]*+")
_LETTERS = re.compile(r"(?:(?<!\w)[^\W\d_]\. ?){2,}\Z")
_INITIAL = re.compile(r"(?<!\w)[^\W\d_]{1,2}\.\Z")
_INITIALS_NEXT = re.compile(r"[ \xa0\u202f]?[^\W\d_]{1,2}\.")
_LIST_NUMBER = re.compile(r"(?:^|\n)[ \t]*[0-9]{1,2}\.\Z|(?:^|\n)[ \t]*[a-zA-Z]\.\Z")
_NUMBER = re.compile(r"(?:(\w+)[ \xa0])?[0-9]{1,2}\.\Z")
# No abbreviation is longer.
_REACH = 24
# No initial is longer.
_INITIALS = 2


_NONE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Marks:
    """What a full stop may mean in a language besides the end of a sentence.

    `abbreviations` go on; `numbered` go on where a number follows ("No. 3"); `units` and letters with dots end a
    sentence only before one of the `openers`. A number with a dot is an ordinal between the words
    `before_ordinals` and `after_ordinals`. `tails` are the words that any of the abbreviations ends with.
    """

    abbreviations: Expression
    numbered: Expression
    units: Expression
    openers: frozenset[str]
    before_ordinals: frozenset[str]
    after_ordinals: frozenset[str]
    tails: frozenset[str]


def sentences(text: Text) -> tuple[tuple[int, int], ...]:
    """Start and end of each sentence in `text.words`, a citation or footnote mark right behind it included."""
    words = text.words
    marks = text.knowledge(_marks)
    cites = frozenset([offset for name, offset in text.atoms if _MARK.fullmatch(name)]) if text.atoms else _NONE
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(words):
        if match.start() < start:
            continue
        end = _closed(words, match.end(), cites)
        if match[0][0] == "\n" or _ends(words, match, end, marks):
            _add(spans, words, start, end)
            start = end
    _add(spans, words, start, len(words))
    return tuple(spans)


def _add(spans: list[tuple[int, int]], words: str, start: int, end: int) -> None:
    part = words[start:end]
    left = start + len(part) - len(part.lstrip())
    right = end - (len(part) - len(part.rstrip()))
    if left < right:
        spans.append((left, right))


def _closed(words: str, end: int, cites: frozenset[int]) -> int:
    """Past the quotes, brackets and marks that still belong to the sentence; a mark may stand behind a space."""
    length = len(words)
    while end < length:
        if words[end] in _CLOSERS or end in cites:
            end += 1
        elif words[end] in " \xa0\u202f" and end + 1 in cites:
            end += 2
        else:
            break
    return end


def _ends(words: str, match: re.Match[str], end: int, marks: _Marks) -> bool:
    """Whether the full stop of `match`, closed at `end`, ends a sentence."""
    if end == len(words):
        return True
    if match[0][0] in _WIDE:
        # 「はい。」と: what is quoted ends, the sentence does not.
        return words[end].isspace() or words[match.end()] not in _CLOSERS
    # A decimal, a version, an address: nothing stands between it and what follows.
    if not (words[end].isspace() or (end > match.end() and words[end] != ATOM) or _ASIAN.match(words, end)):
        return False
    if match[0] != "." and "…" not in match[0] and ".." not in match[0]:
        return True
    word = _next(words, end)
    if word[:1].islower():
        return False
    if match[0] != ".":
        return True
    before = words[max(0, match.end() - _REACH) : match.end()]
    last = before[:-1].rpartition(" ")[2]
    if len(last) > _INITIALS and last.isalpha() and folded(last) not in marks.tails:
        return True
    if _INITIAL.search(before) and _INITIALS_NEXT.match(words, end):
        return False
    return not _goes_on(before, word, marks)


def _next(words: str, end: int) -> str:
    """The word behind the sentence."""
    following = _NEXT.match(words, end)
    return following[1] if following is not None else ""


def _goes_on(before: str, word: str, marks: _Marks) -> bool:
    """Whether the dot that ends `before` belongs to an abbreviation or an ordinal, with `word` next."""
    if marks.abbreviations.search(before) or _LIST_NUMBER.search(before):
        return True
    if word[:1].isdigit() and marks.numbered.search(before):
        return True
    if (marks.units.search(before) or _LETTERS.search(before)) and word not in marks.openers:
        return True
    number = _NUMBER.search(before)
    return number is not None and (
        word in marks.after_ordinals or (bool(number[1]) and number[1].lower() in marks.before_ordinals)
    )


@lru_cache(maxsize=64)
def _marks(locale: Locale) -> _Marks:
    data = language_data(locale, "sentences")
    return _Marks(
        abbreviations=_ending(data.get("abbreviations", ())),
        numbered=_ending(data.get("numbered", ())),
        units=_ending(data.get("units", ())),
        openers=frozenset(data.get("openers", ())),
        before_ordinals=frozenset(data.get("before_ordinals", ())),
        after_ordinals=frozenset(data.get("after_ordinals", ())),
        tails=frozenset(
            tail
            for kind in ("abbreviations", "numbered", "units")
            for form in data.get(kind, ())
            for tail in _tails(form)
        ),
    )


def _tails(abbreviation: str) -> Iterator[str]:
    """The last word of an abbreviation, and all that its last words are where the spaces between them are missing."""
    words = folded(abbreviation.removesuffix(".")).split(" ")
    yield from ("".join(words[place:]) for place in range(len(words)))


def _ending(abbreviations: Any) -> Expression:
    """Matches a text that ends in one of the abbreviations; a space in them may be a no-break space or missing."""
    if not abbreviations:
        return NEVER
    spelt = "|".join(re.escape(each).replace(r"\ ", r"[ \xa0\u202f]?") for each in abbreviations)
    return Expression(rf"(?<![\w.])(?:{spelt})\Z", re.IGNORECASE)
