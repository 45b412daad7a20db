"""word_counts: how much work a hand-off is, counted as CAT tools quote it (the only rapidfuzz door)."""

import csv
import io
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import ceil, floor

import msgspec

from pipeline.errors import PipelineError
from pipeline.model.catalog import State
from pipeline.model.exchange import OutgoingFile, OutgoingUnit
from pipeline.model.pattern import Pattern, plain, serialize

FORMAT = "faq-pipeline-counts/1"

LOWEST_MATCH = 75

# A placeholder, a tag, a word or number, and each punctuation mark is one token.
_TOKEN = re.compile(r"\{[^{}]*\}|</?[A-Za-z][A-Za-z0-9]*>|\w+(?:[-'’.,]\w+)*|[^\w\s]")
_SURROGATES = range(0xD800, 0xE000)
_LAST_CHARACTER = 0x10FFFF


class Match(StrEnum):
    """What a translator finds for a text that needs work; in this order, each text counts once."""

    EXACT = "exact"
    REPETITION = "repetition"
    FROM_95 = "95-99"
    FROM_85 = "85-94"
    FROM_75 = "75-84"
    NONE = "no-match"


_BANDS = ((95, Match.FROM_95), (85, Match.FROM_85), (LOWEST_MATCH, Match.FROM_75))


@dataclass(frozen=True, slots=True)
class Tally:
    """A number of texts (CAT tools say segments) and of their English words."""

    segments: int = 0
    words: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.segments + other.segments, self.words + other.words)


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What there is and what is to be done in one document; what needs work is also counted by its match."""

    document: str
    states: Mapping[State, Tally] = field(default_factory=dict)
    matches: Mapping[Match, Tally] = field(default_factory=dict)

    def state(self, state: State) -> Tally:
        return self.states.get(state, Tally())

    def match(self, match: Match) -> Tally:
        return self.matches.get(match, Tally())

    @property
    def all(self) -> Tally:
        return _sum(self.states.values())

    @property
    def open(self) -> Tally:
        """What needs work."""
        return _sum(self.matches.values())


@dataclass(frozen=True, kw_only=True)
class CountSheet:
    """The counts of every document, and their sum."""

    documents: tuple[Counts, ...]
    total: Counts


def count_words(files: Iterable[OutgoingFile]) -> CountSheet:
    """Count all documents of one language together: each is matched with the finished translations of all.

    A fuzzy text is also compared with the English that its translation was made from. Raises PipelineError
    without rapidfuzz.
    """
    matcher = _Matcher()
    documents = [(file.domain, [_text(unit, matcher) for unit in file.units]) for file in files]
    counts = tuple(_count(domain, texts, matcher) for domain, texts in documents)
    total = Counts(
        document="total",
        states={state: _sum(count.state(state) for count in counts) for state in State},
        matches={match: _sum(count.match(match) for count in counts) for match in Match},
    )
    return CountSheet(documents=counts, total=total)


def unit_state(unit: OutgoingUnit) -> State:
    """What a vendor can use of the unit: a translation that cannot be handed off counts as none."""
    if not unit.targets or not all(unit.targets):
        return State.UNTRANSLATED
    return State.FUZZY if unit.fuzzy else State.TRANSLATED


def words_in(pattern: Pattern) -> int:
    """The number of words between blanks, without placeholders and tags."""
    return len(plain(pattern).split())


# ---- files


def write_counts_json(sheet: CountSheet, source: str, target: str) -> bytes:
    value = {
        "format": FORMAT,
        "source": source,
        "target": target,
        "documents": [counts_record(counts) for counts in sheet.documents],
        "total": counts_record(sheet.total),
    }
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"


def counts_record(counts: Counts) -> dict[str, object]:
    """One document's counts for JSON."""
    return {
        "document": counts.document,
        "all": counts.all,
        **{state.value: counts.state(state) for state in State},
        "matches": {match.value: counts.match(match) for match in Match},
    }


def write_counts_csv(sheet: CountSheet) -> bytes:
    """A row for each document and one for the total; for each count its segments and its words."""
    columns = ("all", *State, *Match)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["document", *(f"{column} {what}" for column in columns for what in ("segments", "words"))])
    for counts in (*sheet.documents, sheet.total):
        tallies = (counts.all, *map(counts.state, State), *map(counts.match, Match))
        numbers = (number for tally in tallies for number in (tally.segments, tally.words))
        writer.writerow([_cell(counts.document), *numbers])
    return text.getvalue().encode()


def _cell(text: str) -> str:
    """A name that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


# ---- matching


@dataclass(frozen=True, slots=True)
class _Text:
    """A unit as the counting sees it; `words` are its tokens, one character each."""

    string: str
    words: str
    number_of_words: int
    state: State
    previous: str | None


def _text(unit: OutgoingUnit, matcher: "_Matcher") -> _Text:
    string = "\n".join(map(serialize, unit.sources))
    state = unit_state(unit)
    words = matcher.words(string)
    if state is State.TRANSLATED:
        matcher.remember(string, words)
    previous = unit.previous
    return _Text(
        string=string,
        words=words,
        number_of_words=sum(map(words_in, unit.sources)),
        state=state,
        previous="\n".join(filter(None, (previous.source, previous.plural))) if previous else None,
    )


def _count(domain: str, texts: Iterable[_Text], matcher: "_Matcher") -> Counts:
    states: dict[State, Tally] = {}
    matches: dict[Match, Tally] = {}
    for text in texts:
        tally = Tally(1, text.number_of_words)
        states[text.state] = states.get(text.state, Tally()) + tally
        if text.state is not State.TRANSLATED:
            match = matcher.match(text)
            matches[match] = matches.get(match, Tally()) + tally
    return Counts(document=domain, states=states, matches=matches)


class _Matcher:
    """The memory that texts are looked up in, with what was looked up before.

    Texts are compared word by word: every distinct word becomes one character, so that the fast comparison of
    strings compares words.
    """

    def __init__(self) -> None:
        try:
            from rapidfuzz import process
            from rapidfuzz.distance import Levenshtein
        except ImportError:
            raise PipelineError(
                "rapidfuzz is not installed: the words of a hand-off cannot be counted",
                hint="install it with `pip install 'faq-pipeline[memory]'`",
            ) from None
        self._best = process.extractOne
        self._similarity = Levenshtein.normalized_similarity
        self._alphabet = _Alphabet()
        self._memory: dict[str, str] = {}
        self._index: _Index | None = None
        self._seen: set[str] = set()

    def words(self, string: str) -> str:
        return "".join(map(self._alphabet.__getitem__, _TOKEN.findall(string)))

    def remember(self, string: str, words: str) -> None:
        self._memory[string] = words

    def match(self, text: _Text) -> Match:
        if text.string in self._memory:
            return Match.EXACT
        if text.string in self._seen:
            return Match.REPETITION
        self._seen.add(text.string)
        score = max(self._from_previous(text), self._from_memory(text.words))
        # What is alike word by word and yet not equal is no exact match.
        percent = min(99, floor(score * 100 + 1e-9))
        return next((band for lowest, band in _BANDS if percent >= lowest), Match.NONE)

    def _from_previous(self, text: _Text) -> float:
        if text.state is not State.FUZZY or text.previous is None:
            return 0.0
        return self._similarity(text.words, self.words(text.previous))

    def _from_memory(self, words: str) -> float:
        if self._index is None:
            self._index = _Index(self._memory.values())
        choices = self._index.candidates(words)
        found = self._best(words, choices, scorer=self._similarity, score_cutoff=LOWEST_MATCH / 100)
        return found[1] if found is not None else 0.0


class _Alphabet(dict[str, str]):
    """A character for each word that is asked for."""

    def __missing__(self, word: str) -> str:
        code = len(self) + 1
        code += len(_SURROGATES) if code >= _SURROGATES.start else 0
        character = self[word] = chr(min(code, _LAST_CHARACTER))
        return character


class _Index:
    """The texts of the memory, ready to leave out at once nearly all that cannot reach the lowest match."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = sorted(set(texts), key=lambda text: (len(text), text))
        self._lengths = [len(text) for text in self._texts]
        self._holders: dict[str, list[int]] = {}
        for position, text in enumerate(self._texts):
            for word in set(text):
                self._holders.setdefault(word, []).append(position)

    def candidates(self, text: str) -> list[str]:
        """Every text that may be alike enough.

        Its length must be near, and it must hold most words of the text: of any group of more words than may
        differ it holds at least one. The rarest words make the smallest such group to look up.
        """
        first = bisect_left(self._lengths, ceil(len(text) * LOWEST_MATCH / 100))
        last = bisect_right(self._lengths, floor(len(text) * 100 / LOWEST_MATCH))
        may_differ = len(text) * (100 - LOWEST_MATCH) // 100
        rarest = sorted(text, key=lambda word: len(self._holders.get(word, ())))[: may_differ + 1]
        positions = {position for word in set(rarest) for position in self._holders.get(word, ())}
        return [self._texts[position] for position in positions if first <= position < last]


def _sum(tallies: Iterable[Tally]) -> Tally:
    total = Tally()
    for tally in tallies:
        total += tally
    return total
