"""vocabulary: the common words, endings and letters of each language, looked up all at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from pipeline.checks import languages
from pipeline.checks.languages import language_data
from pipeline.model.locale import Locale

_ASCII = frozenset("abcdefghijklmnopqrstuvwxyz")
_LONGEST_ENDING = 6
_SHORTEST_ENDING = 2
# An ending as long as this tells as much as a word.
_TELLING_ENDING = 4

# What a sign weighs: a short ending alone tells least.
WORD = 2
LETTER = 3
ENDING = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Sets of languages are bits of a number: `bits` says which; `names` are their codes in the order of the bits.

    `function` has the words that mean little by themselves, `links` those that stand inside names: Journal of Oncology;
    `capital_nouns` are the languages whose nouns all begin with a capital letter, `thorough` those of which so much
    is known that few words of another language raise a doubt.
    """

    names: tuple[str, ...]
    bits: Mapping[str, int]
    words: Mapping[str, int]
    function: Mapping[str, int]
    endings: Mapping[str, int]
    letters: Mapping[str, int]
    links: frozenset[str]
    capital_nouns: int
    thorough: int

    def signs(self, word: str) -> tuple[int, int]:
        """The languages that a word in lower case tells, and how much that weighs; (0, 0) where it tells nothing."""
        known = self.words.get(word)
        if known is not None:
            return known, WORD if len(word) > 1 else ENDING
        if not word.isascii():
            mask = self.spelt(word)
            if mask:
                return mask, LETTER
        for length in range(min(_LONGEST_ENDING, len(word) - 2), _SHORTEST_ENDING - 1, -1):
            mask = self.endings.get(word[-length:], 0)
            if mask:
                return mask, ENDING if length < _TELLING_ENDING else WORD
        return 0, 0

    def spelt(self, word: str) -> int:
        """The languages that have all the letters of the word that are not a to z."""
        mask = -1
        for letter in word:
            if letter not in _ASCII:
                mask &= self.letters.get(letter, 0)
        return 0 if mask == -1 else mask


def _words(language: str) -> Mapping[str, Any]:
    return language_data(Locale(language), "words")


@cache
def vocabulary() -> Vocabulary:
    """What is known of every language that has words."""
    names = tuple(
        sorted(
            entry.name
            for entry in resources.files(languages).iterdir()
            if entry.is_dir() and _words(entry.name).get("function")
        )
    )
    words: dict[str, int] = {}
    function: dict[str, int] = {}
    endings: dict[str, int] = {}
    letters: dict[str, int] = {}
    links: set[str] = set()
    for index, name in enumerate(names):
        data = _words(name)
        links.update(data["links"].split())
        for table, keys in (
            (words, (*data["function"].split(), *data["common"].split())),
            (function, data["function"].split()),
            (endings, data["endings"].split()),
            (letters, data["letters"]),
        ):
            for key in keys:
                table[key] = table.get(key, 0) | 1 << index
    for word in _words("en")["borrowed"].split():
        words[word] = (1 << len(names)) - 1
    bits = {name: 1 << index for index, name in enumerate(names)}
    return Vocabulary(
        names=names,
        bits=bits,
        words=words,
        function=function,
        endings=endings,
        letters=letters,
        links=frozenset(links),
        capital_nouns=_having(names, "capital_nouns"),
        thorough=_having(names, "thorough"),
    )


def _having(names: tuple[str, ...], key: str) -> int:
    return sum(1 << index for index, name in enumerate(names) if _words(name).get(key))
