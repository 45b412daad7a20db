"""names: names that must stay are there as often as in the source, and spelt as they are."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from itertools import islice

from pipeline.checks.facts.characters import named, skeleton
from pipeline.checks.facts.names import LATIN, Named, forms_of, names
from pipeline.checks.facts.pieces import Quiet, pieces
from pipeline.checks.facts.terms import mentions
from pipeline.checks.languages import language_data
from pipeline.checks.rule import Example, Problem, Rule, Scope
from pipeline.checks.signs import Sign
from pipeline.checks.subject import Pair, Text
from pipeline.model.finding import Severity
from pipeline.model.glossary import Glossary
from pipeline.model.locale import Locale

# Letters that a name or its look-alike may be made of, in whatever alphabet; scripts without spaces stand aside.
_LETTERS = rf"{LATIN}Ͱ-ԯՠ-ևɐ-ʯ"
_WORD = re.compile(rf"[{_LETTERS}]+(?:[-‐‑‒–−－][{_LETTERS}]+)*")
_JOINT = re.compile(r"[-‐‑‒–−－]")
_DASHES = str.maketrans(dict.fromkeys("‒–−", "-"))
_IGNORED = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069]")

# Abbreviations whose letters carry the meaning: capitals inside a word, or letters with digits; no units.
_ABBREVIATION = re.compile(
    r"(?<![\w&;#/.@-])(?<![0-9][ \u00a0\u202f])(?=[A-Za-z0-9-]{0,12}[A-Z])"
    r"[A-Za-z]{1,8}(?:-?[0-9]{1,4}|[A-Z])[A-Za-z0-9]{0,6}(?![\w@])"
)
_INNER = Sign.of(re.compile(r"[A-Za-z]-?[A-Z0-9]").search)
_SHORTEST_MISSPELT = 4
_LONG = 7
_LONGER = 2  # so many letters more or less, and it is another word
_MOST_JOINTS = 6  # a word with more hyphens is no compound of a name
_DOUBTFUL = ("written with another dash", "in a form that the glossary does not list")


def check(pair: Pair) -> Iterator[Problem]:
    found = pair.fact(names)
    wanted = [occurrence.name for occurrence in found.source]
    there = [occurrence.name for occurrence in found.target]
    if wanted and not (wanted == there and _spelt_well(pair)):
        yield from _glossary_names(pair, Counter(wanted), Counter(there))
    if pair.source.shows(_INNER):
        yield from _abbreviations(pair, wanted)


def _glossary_names(pair: Pair, demanded: Counter[str], there: Counter[str]) -> Iterator[Problem]:
    """What is wrong with the spelling comes first; then a name that is gone without a trace is told."""
    traced: Counter[str] = Counter()
    for name, problem in _traces(pair, demanded, there):
        traced[name] += 1
        yield problem
    if all(there[name] >= often for name, often in demanded.items()):
        return
    unseen = _without_unseen(pair, demanded) if _IGNORED.search(pair.target.words) else there
    for name, often in demanded.items():
        have = max(there[name], unseen[name]) + traced[name]
        if have >= often or (have and have + mentions(pair, name) >= often):
            continue
        message = f"{name} is missing" if not have else f"{name} stands {have} times, not {often}"
        yield Problem(
            message=message,
            severity=Severity.WARNING if have else None,
            expected=f"{name} ({often}x)" if often > 1 else name,
            actual=f"{name} ({have}x)" if have else "none",
            hint=f"write {name} as in the English" if not have else f"name {name} where the English does",
        )


def _without_unseen(pair: Pair, demanded: Counter[str]) -> Counter[str]:
    """How often names stand there once characters that nobody sees are taken out: another rule's finding."""
    words = _IGNORED.sub("", pair.target.words)
    forms = _forms(pair.glossary, pair.target.locale)
    return Counter({name: sum(words.count(form) for form in forms[name][:1]) for name in demanded})


def _traces(pair: Pair, demanded: Counter[str], there: Counter[str]) -> Iterator[tuple[str, Problem]]:
    """Words that are a name in another spelling."""
    if _spelt_well(pair):
        return
    faults, _ = _speller(pair.glossary, pair.target.locale)
    covered = pair.fact(names).target
    source = pair.source.words
    for match in _WORD.finditer(pair.target.words):
        word = match[0]
        for name, fault in faults(word):
            if name in demanded and word not in source and not _covered(match, covered):
                # Where the name stands as often as it must, a word that only resembles it may be another one.
                doubtful = fault in _DOUBTFUL or (fault == "misspelt" and there[name] >= demanded[name])
                severity = Severity.WARNING if doubtful else None
                at = pair.target.raw_offset(match.start())
                yield name, _trace(name, word, fault, severity, at)
                break


def _spelt_well(pair: Pair) -> bool:
    """Whether no piece of the translation misspells a name."""
    _, spelt_well = _speller(pair.glossary, pair.target.locale)
    return spelt_well.holds(pair.target.fact(pieces))


def _covered(word: re.Match[str], names_there: tuple[Named, ...]) -> bool:
    """Whether a name is rightly in the word."""
    return any(one.start < word.end() and word.start() < one.end for one in names_there)


def _trace(name: str, word: str, fault: str, severity: Severity | None, at: int) -> Problem:
    detail = ""
    if fault == "written with look-alikes":
        other = next((character for character in word if character != skeleton(character)), "")
        detail = f" ({named(other)})" if other else ""
    return Problem(
        message=f"{name} is {fault}: {word}{detail}",
        severity=severity,
        expected=name,
        actual=word,
        hint=f"write {name} as in the English",
        at=at,
    )


@lru_cache(maxsize=64)
def _forms(glossary: Glossary, locale: Locale) -> dict[str, tuple[str, ...]]:
    return {name.text: forms_of(name, locale) for name in glossary.names}


@lru_cache(maxsize=64)
def _speller(glossary: Glossary, locale: Locale) -> tuple[Callable[[str], tuple[tuple[str, str], ...]], Quiet]:
    """Says of a word which names it misspells, and how; knows the pieces of texts that misspell none."""
    letters = {
        name: [(form, frozenset(form.casefold()), _slips(form)) for form in forms]
        for name, forms in _forms(glossary, locale).items()
    }
    endings = tuple(language_data(locale, "names").get("endings", ()))

    @lru_cache(maxsize=16384)
    def faults(word: str) -> tuple[tuple[str, str], ...]:
        have = frozenset(skeleton(word).casefold())
        compound = _JOINT.search(word) is not None
        found = []
        for name, forms in letters.items():
            near = [
                form
                for form, needed, slips in forms
                if len(needed - have) <= slips
                and (
                    compound
                    or (abs(len(word) - len(form)) <= _LONGER and len(have - needed) <= slips)
                    or word.startswith(form)
                )
            ]
            if near and (fault := _fault(word, near, endings)):
                found.append((name, fault))
        return tuple(found)

    return faults, Quiet(lambda piece: any(map(faults, _WORD.findall(piece))))


def _slips(form: str) -> int:
    """How many letters of the form a word may not have that is the form misspelt."""
    if skeleton(form) != form:  # has letters of its own that look like others
        return len(form)
    return 0 if len(form) < _SHORTEST_MISSPELT or not form.isalpha() else 2 if len(form) >= _LONG else 1


def _fault(word: str, forms: list[str], endings: tuple[str, ...]) -> str:
    """How a word misspells one of the forms of a name; empty if it does not."""
    for candidate in dict.fromkeys((word, *_JOINT.split(word), *_joined(word))):
        plain = skeleton(candidate)
        for form in forms:
            fault = _compared(candidate, plain, form, endings)
            if fault:
                return fault
    return ""


def _joined(word: str) -> Iterator[str]:
    """The beginnings of a hyphenated word: `IL-2` of `IL-2-Therapie`."""
    for match in islice(_JOINT.finditer(word), _MOST_JOINTS):
        yield word[: match.start()]


def _compared(word: str, plain: str, form: str, endings: tuple[str, ...]) -> str:
    if word == form:
        return ""
    if word.startswith(form) and word[len(form) :] in endings:
        return "in a form that the glossary does not list"
    if word.translate(_DASHES) == form:
        return "written with another dash"
    if plain == form:
        return "written with look-alikes"
    if plain.casefold() == form.casefold():
        return "in other letters"
    if len(form) < _SHORTEST_MISSPELT or abs(len(word) - len(form)) > _LONGER or not form.isalpha():
        return ""
    most = 2 if len(form) >= _LONG else 1
    if len(set(form.casefold()).difference(plain.casefold())) > most:
        return ""
    return "misspelt" if _distance(plain.casefold(), form.casefold(), most) <= most else ""


def _distance(one: str, other: str, most: int) -> int:
    """Insertions, deletions, replacements and swaps of neighbours between two words; counted no further than `most`."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, character in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (character != wanted))
            if i > 1 and j > 1 and character == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def _abbreviations(pair: Pair, demanded: Collection[str]) -> Iterator[Problem]:
    """Abbreviations that no glossary names: never in look-alikes, and in the same letters where case tells them."""
    target = pair.target.words
    for form in pair.source.fact(_abbreviated):
        if form in demanded or form in target:
            continue
        wanted = form.casefold()
        for match in _WORD.finditer(target):
            word = match[0]
            candidates = (word, *_joined(word))
            if any(part != form and skeleton(part) == form for part in candidates):
                fault, severity = "written with look-alikes", None
            elif any(part.casefold() == wanted for part in candidates) and _told_by_case(form):
                fault, severity = "in other letters", Severity.WARNING
            else:
                continue
            if word not in pair.source.words:
                yield _trace(form, word, fault, severity, pair.target.raw_offset(match.start()))
            break


def _told_by_case(form: str) -> bool:
    """Not of FAQ or mL: all capitals may become a word, and two letters are a unit."""
    return len(form) > 2 and not form.isupper()


def _abbreviated(text: Text) -> tuple[str, ...]:
    """The abbreviations of the text, each once."""
    return tuple(dict.fromkeys(match[0] for match in _ABBREVIATION.finditer(text.words)))


RULE = Rule(
    id="names",
    scope=Scope.STRING,
    severity=Severity.ERROR,
    title="A name that must stay is changed or gone",
    finds="Names of the glossary that are missing, misspelt, transliterated, translated, in other upper and lower case "
    "letters, or written with look-alike letters of another alphabet. The forms that the glossary lists for the "
    "language, a hyphen or an apostrophe behind the name, and ® are fine. A name that stands less often than in the "
    "English is a warning, since a pronoun may stand for it. Without a glossary, abbreviations such as mRCC or IL-2 "
    "are looked after.",
    why="A product name with one letter changed may be another product; one written with look-alikes is not found by "
    "search, and a population that is renamed is another population.",
    examples=(
        Example(locale="de", source="What is mRCC?", bad="Was ist MRCC?", good="Was ist mRCC?"),
        Example(locale="ja", source="What does IL-2 do?", bad="ＩＬ－２は何をしますか？", good="IL-2は何をしますか？"),
        Example(locale="pl", source="What does IL-2 do?", bad="Jak działa ІL-2?", good="Jak działa IL-2?"),
    ),
    string=check,
)
