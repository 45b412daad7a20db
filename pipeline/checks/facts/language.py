"""language: which language a text is in, told by its words; names, addresses, codes and asides tell nothing."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from pipeline.checks.facts.sentences import sentences
from pipeline.checks.facts.vocabulary import ENDING, WORD, vocabulary
from pipeline.checks.languages import language_data
from pipeline.checks.signs import Search, Sign
from pipeline.checks.subject import ATOM, Text
from pipeline.model.locale import Locale

# A word of an address, a path, a placeholder or a code is none of the language: what stands next to it shows that.
_LATIN = "A-Za-zÀ-ÖØ-öø-ɏ\u0300-\u036fḀ-ỿ"
_ARABIC = "\u0620-\u065f\u066e-\u06d3\u06d5-\u06dc\u06ee\u06ef\u06fa-\u06ff"
_CYRILLIC = "\u0400-\u04ff"
_WORD = re.compile(
    # A letter first: that is quickly found; what stands before it is looked at then.
    rf"[{_LATIN}{_ARABIC}{_CYRILLIC}](?<![{_LATIN}{_ARABIC}{_CYRILLIC}0-9_@/.\\{{].)(?<!%\(.)"
    rf"(?:(?<=[{_LATIN}])[{_LATIN}]*+|(?<=[{_ARABIC}])[{_ARABIC}]*+|(?<=[{_CYRILLIC}])[{_CYRILLIC}]*+)"
    r"(?![0-9_@]|\.[a-z0-9]|://)"
)
# What Japanese and Chinese are written with.
IDEOGRAPH = re.compile("[\u3041-\u309f\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff]")
_MARKS_OF_VOWELS = re.compile("[\u0640\u064b-\u0652]")
_ASIDE = re.compile(
    r"\([^()]{1,200}+\)|（[^（）]{1,200}+）|“[^“”]{1,200}+”|„[^„“”]{1,200}+[“”]|«[^«»]{1,200}+»|「[^「」]{1,200}+」"
    r"|『[^『』]{1,200}+』|《[^《》]{1,200}+》|\"[^\"]{1,200}+\"|‘[^‘’]{1,200}+’"
)
_OPENING = frozenset('(（“„«「『《"‘')
# A text has a beginning at each of these, where any word has a capital letter.
_STARTS = frozenset('.!?:;•–—¿¡…؟\n"“„«([')
# So many small words in a row stand inside a name: Institut national de la santé.
_MOST_LINKS = 2


class Word(NamedTuple):
    """A word of a text, in lower case; offsets in `Text.words`.

    `languages` are those that it tells, as bits of the vocabulary, with their `weight`. It is `named` inside a name
    or where its capital letter makes it one, and `aside` in brackets or quotes.
    """

    text: str
    start: int
    end: int
    languages: int
    weight: int
    capital: bool
    named: bool
    aside: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """A stretch of a text that is in another language than its locale's; offsets in `Text.words`."""

    language: str
    certain: bool
    start: int
    end: int


def words(text: Text) -> tuple[Word, ...]:
    """Every word of the text that is written with letters of an alphabet."""
    read = text.words
    asides = _asides(read)
    found: list[Word] = []
    capitals = False
    offset = 0
    for piece in text.pieces:
        for lower, start, end, languages, weight, capital, noun, joined in _read(piece):
            start, end, named = start + offset, end + offset, False
            if capital:
                capitals = True
                # Any word begins a sentence with a capital letter; one that no list has may be a name there too.
                named = not noun and (weight < WORD or not _begins(read, start))
                weight = ENDING if noun and not _begins(read, start) else weight
            if joined:
                languages = weight = 0
            while asides and asides[-1][1] <= start:
                asides.pop()
            aside = bool(asides) and asides[-1][0] < start
            found.append(Word(lower, start, end, languages, weight, capital, named, aside))
        offset += len(piece) + 1
    return _with_names(found) if capitals else tuple(found)


def spoken(text: Text) -> frozenset[str]:
    """The words of the text in lower case, wherever they stand."""
    return frozenset(said(text))


def said(text: Text) -> Iterator[str]:
    """The words of the text one by one, in lower case."""
    return chain.from_iterable(map(_spoken, text.pieces))


@lru_cache(maxsize=1 << 14)
def _read(piece: str) -> tuple[tuple[str, int, int, int, int, bool, bool, bool], ...]:
    """What is known of each word of a piece, and whether it is part of a compound with a hyphen."""
    found = []
    for match in _WORD.finditer(piece):
        start, end = match.span()
        lower, languages, weight, capital, noun = _known(match[0])
        joined = piece[end : end + 1] == "-" or piece[start - 1 : start] == "-"
        found.append((lower, start, end, languages, weight, capital, noun, joined))
    return tuple(found)


@lru_cache(maxsize=1 << 14)
def _spoken(piece: str) -> tuple[str, ...]:
    return tuple([word[0] for word in _read(piece)])


def _known(spelt: str) -> tuple[str, int, int, bool, bool]:
    """A word in lower case, the languages that it tells with their weight, whether it has a capital letter, and
    whether it may have one as a noun of one of them."""
    lower = spelt.lower()
    if "\u0620" <= lower[0] <= "\u06ff":
        lower = _MARKS_OF_VOWELS.sub("", lower) or lower
    known = vocabulary()
    languages, weight = known.signs(lower)
    capital = spelt[0] != lower[0]
    if capital and not spelt[1:].islower():
        languages = weight = 0
    return lower, languages, weight, capital, capital and bool(languages & known.capital_nouns)


def _asides(read: str) -> list[tuple[int, int]]:
    """What stands in brackets or quotes, the last first, unless that is all there is."""
    if _OPENING.isdisjoint(read):
        return []
    asides = [match.span() for match in _ASIDE.finditer(read)]
    whole = len(asides) == 1 and asides[0][1] - asides[0][0] >= len(read.strip(" .!?"))
    return [] if whole else asides[::-1]


def _begins(read: str, start: int) -> bool:
    before = read[max(0, start - 4) : start].rstrip(f" \xa0\u202f{ATOM}")
    return not before or before[-1] in _STARTS


def _with_names(found: list[Word]) -> tuple[Word, ...]:
    """The words with those between two capital letters marked as part of a name."""
    links = vocabulary().links
    last = -1
    for index, word in enumerate(found):
        if not word.capital:
            continue
        between = range(last + 1, index)
        if last >= 0 and 0 < len(between) <= _MOST_LINKS and all(found[place].text in links for place in between):
            for place in between:
                found[place] = found[place]._replace(named=True)
        last = index
    return tuple(found)


@cache
def bit(language: str) -> int:
    """The language as the vocabulary has it; 0 for one that it does not know."""
    return vocabulary().bits.get(language, 0)


# Weights: two words of the other language that the own does not have make a doubt, three a certainty; a long one alone
# is a doubt in a text that is not longer than so many words and has none of the own.
_DOUBT = 3
_CERTAIN = 6
_SHORT = 4
_ENGLISH = 5
_MOST = 0.7
_LONG_WORD = 5
# For each of the own language that the other does not have, so many of the other.
_AGAINST_OWN = 4


def foreign(text: Text) -> tuple[Verdict, ...]:
    """The sentences that are in another language, as far as words tell; the whole text where that is what tells."""
    own = bit(text.locale.language)
    if not text.shows(FOREIGN):
        return ()
    plain = [word for word in text.fact(words) if not word.named and not word.aside]
    told = [word for word in plain if word.languages]
    if all(word.languages & own for word in told):
        return ()
    read = text.words
    if not own and not language_data(text.locale, "words"):
        return _plain_english(plain, len(read))
    if not own & vocabulary().thorough:
        # Languages of which little is known share words with those of which much is.
        doubt = _CERTAIN
    elif len(plain) <= _SHORT and not any(word.languages & own for word in told):
        # One word alone tells by its letters at most: many a word is another one elsewhere.
        enough = [word for word in told if len(word.text) >= _LONG_WORD and (len(plain) > 1 or _strange(word, own))]
        doubt = WORD if enough else _DOUBT
    else:
        doubt = _DOUBT
    whole = _judged(told, own, 0, len(read), doubt)
    if whole is not None and whole.certain:
        return (whole,)
    spans = text.fact(sentences)
    found = []
    if len(spans) > 1:
        starts = [word.start for word in told]
        for start, end in spans:
            part = told[bisect_left(starts, start) : bisect_left(starts, end)]
            verdict = _judged(part, own, start, end, max(doubt, _DOUBT))
            if verdict is not None:
                found.append(verdict)
    return tuple(found) or (() if whole is None else (whole,))


def _telling(locale: Locale) -> Search:
    """Whether a piece has a word that tells another language, but for those that are names wherever they stand."""
    own = bit(locale.language)
    return lambda piece: any(
        languages and not joined and not languages & own and not (capital and not noun and weight < WORD)
        for _, _, _, languages, weight, capital, noun, joined in _read(piece)
    )


FOREIGN = Sign(_telling)


def _plain_english(plain: Sequence[Word], length: int) -> tuple[Verdict, ...]:
    """For languages of which nothing is known: a text most of whose words are English, which they may all share."""
    english = sum(bool(word.languages & bit("en")) for word in plain)
    return (Verdict("en", True, 0, length),) if english >= max(_ENGLISH, _MOST * len(plain)) else ()


def _strange(word: Word, own: int) -> bool:
    """Whether the language does not have the letters of the word."""
    return not word.text.isascii() and not vocabulary().spelt(word.text) & own


def _judged(told: Sequence[Word], own: int, start: int, end: int, doubt: int) -> Verdict | None:
    """The language of the words, if it is not the own."""
    if sum(word.weight for word in told if not word.languages & own) < doubt:
        return None
    weights: Counter[int] = Counter()
    for word in told:
        weights[word.languages] += word.weight
    best, most, certain = "", 0, False
    for name, other in vocabulary().bits.items():
        theirs = sum(weight for mask, weight in weights.items() if mask & other and not mask & own)
        ours = sum(weight for mask, weight in weights.items() if mask & own and not mask & other)
        if other != own and theirs >= max(doubt, _AGAINST_OWN * ours) and theirs - ours > most:
            best, most, certain = name, theirs - ours, theirs >= _CERTAIN
    return Verdict(best, certain, start, end) if best else None
