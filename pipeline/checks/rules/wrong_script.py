"""wrong_script: a translation is written in the script of its language, and Chinese in the forms of its locale."""

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.checks.facts.ideographs import ideographs, writing
from pipeline.checks.facts.language import words
from pipeline.checks.rule import Example, Problem, Rule, Scope, When
from pipeline.checks.signs import Search, Sign, Where
from pipeline.checks.subject import Pair
from pipeline.model.finding import Severity
from pipeline.model.locale import Locale, script

# Letters of each script; Latin stands in texts of every script, in names and units.
_LETTERS = {
    "Arab": "\u0620-\u065f\u066e-\u06d3\u06d5-\u06ef\u06fa-\u06ff\u0750-\u077f",
    "Cyrl": "\u0400-\u052f",
    "Deva": "\u0900-\u0963\u0970-\u097f",
    "Grek": "\u0386-\u03ff\u1f00-\u1fff",
    "Hang": "\u1100-\u11ff\uac00-\ud7af",
    "Hani": "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff",
    "Hebr": "\u05d0-\u05ea",
    "Kana": "\u3041-\u3096\u30a1-\u30fa",
    "Thai": "\u0e01-\u0e4e",
}
_WRITTEN_WITH = {
    "Jpan": ("Hani", "Kana"),
    "Hans": ("Hani", "Kana"),
    "Hant": ("Hani", "Kana"),
    "Kore": ("Hang", "Hani"),
}
_ANY = re.compile("[" + "".join(letters for name, letters in _LETTERS.items() if name != "Grek") + "]")
# Greek letters in twos and threes are receptors and chains (αβ), not Greek.
_LEAST = {"Grek": 4, "Hani": 1, "Kana": 1, "Hang": 1}
_NAMES = {
    "Arab": "Arabic",
    "Cyrl": "Cyrillic",
    "Deva": "Devanagari",
    "Grek": "Greek",
    "Hang": "Korean",
    "Hani": "Chinese or Japanese",
    "Hebr": "Hebrew",
    "Kana": "Japanese",
    "Thai": "Thai",
    "Jpan": "Japanese",
    "Hans": "Simplified Chinese",
    "Hant": "Traditional Chinese",
    "Kore": "Korean",
    "Latn": "Latin",
}
_SHOWN = 40
_CERTAIN_LETTERS = 4
_CERTAIN_WORDS = 3
_LATIN_LETTERS = 5


def wrong_script(pair: Pair) -> Iterator[Problem]:
    expected = pair.target.knowledge(script)
    yield from _other_letters(pair, expected)
    if expected not in ("Latn", ""):
        yield from _all_latin(pair, expected)
    yield from _forms(pair, expected)


def _other_letters(pair: Pair, expected: str) -> Iterator[Problem]:
    """Words in letters that the language does not write, and that are not the source's."""
    read = pair.target.words
    if not pair.target.shows(_OTHER):
        return
    runs = [match for match in _foreign(expected).finditer(read) if match[0] not in pair.source.words]
    if not runs:
        return
    strange = sum(len(run[0]) for run in runs)
    own = sum(map(str.isalpha, read)) - strange
    found = _NAMES[next(name for name, part in runs[0].groupdict().items() if part)]
    yield Problem(
        message=f"{len(runs)} words are in {found} letters" if len(runs) > 1 else f"a word is in {found} letters",
        severity=Severity.ERROR if strange >= own or (len(runs) > 1 and strange >= _CERTAIN_LETTERS) else None,
        expected=f"{_NAMES.get(expected, expected)} script",
        actual=_cut(", ".join(run[0] for run in runs)),
        hint="write the text in the script of its language",
        at=pair.target.raw_offset(runs[0].start()),
    )


@lru_cache(maxsize=32)
def _foreign(expected: str) -> re.Pattern[str]:
    """Matches a run of letters in each of the scripts that a text of the expected one does not write."""
    others = {name: letters for name, letters in _LETTERS.items() if name not in _written(expected)}
    runs = (f"(?P<{name}>[{letters}]{{{_LEAST.get(name, 2)},}})" for name, letters in others.items())
    return re.compile("|".join(runs))


def _others(locale: Locale) -> Search:
    """Finds a letter of these scripts."""
    others = (letters for name, letters in _LETTERS.items() if name not in _written(script(locale)))
    return re.compile(f"[{''.join(others)}]").search


_OTHER = Sign(_others, Where.CHARACTERS)
# Languages that are not written in Latin letters have more to be looked at, whatever stands there.
_ANYTHING = Sign(lambda locale: None if script(locale) in ("Latn", "") else re.compile("").search)


def _written(expected: str) -> tuple[str, ...]:
    return _WRITTEN_WITH.get(expected, (expected,))


def _all_latin(pair: Pair, expected: str) -> Iterator[Problem]:
    """A text of Latin words alone where the language has its own script; words of the source are another rule's."""
    target = pair.target
    if _ANY.search(target.words):
        return
    known = {word.text for word in pair.source.fact(words)}
    other = [word for word in target.fact(words) if not word.capital and len(word.text) > 1 and word.text not in known]
    letters = sum(len(word.text) for word in other)
    if letters >= _LATIN_LETTERS and len(other) * 2 >= len(target.fact(words)):
        yield Problem(
            message="the text is in Latin letters",
            severity=Severity.ERROR if len(other) >= _CERTAIN_WORDS else None,
            expected=f"{_NAMES.get(expected, expected)} script",
            actual=_cut(target.words),
            hint="write the text in the script of its language",
            at=target.raw_offset(other[0].start),
        )


def _forms(pair: Pair, expected: str) -> Iterator[Problem]:
    """Traditional forms in Simplified Chinese and the reverse; forms of China in Japanese, of Japan in Chinese."""
    found = pair.target.fact(ideographs)
    strange = [each for each in found.strange if each[0] not in pair.source.words]
    if not strange or found.language:
        return
    instead = writing(pair.target.locale).instead
    distinct = tuple(dict.fromkeys(character for character, _ in strange))
    several = len(strange) > 1 or len(strange) * 2 >= found.total
    yield Problem(
        message=f"{_forms_named(distinct[0], instead, expected)} stand in the text"
        if len(distinct) > 1
        else f"{distinct[0]} is one of the {_forms_named(distinct[0], instead, expected)}",
        severity=Severity.ERROR if several and distinct[0] in instead else None,
        expected=_cut("".join(instead.get(character, "?") for character in distinct)) if instead else "",
        actual=_cut("".join(distinct)),
        hint=f"write {_NAMES[expected]}",
        at=pair.target.raw_offset(strange[0][1]),
    )


def _forms_named(character: str, instead: dict[str, str], expected: str) -> str:
    if expected == "Jpan":
        return "characters that Chinese writes and Japanese does not"
    if character not in instead:
        return "characters that Japanese writes and Chinese does not"
    return "Simplified characters" if expected == "Hant" else "Traditional characters"


def _cut(shown: str) -> str:
    return shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"


RULE = Rule(
    id="wrong-script",
    scope=Scope.STRING,
    severity=Severity.WARNING,
    title="Written in another script",
    finds="Words in letters that the language is not written with and that are not in the source: Cyrillic in Polish, "
    "ideographs in German, a text of Latin words alone in Arabic. In Simplified Chinese any Traditional character, and "
    "the reverse; in Japanese the characters that only Chinese writes. An error where it is more than a single word "
    "or character.",
    why="Readers cannot read it; a Traditional character in a text for mainland China shows that it was taken from "
    "another market, with whatever else differs there.",
    examples=(
        Example(
            locale="zh_CN",
            source="Ask your doctor about the treatment.",
            bad="请向您的醫生咨询治療方案。",
            good="请向您的医生咨询治疗方案。",
        ),
        Example(
            locale="pl", source="Ask your doctor about it.", bad="Спросите об этом врача.", good="Zapytaj o to lekarza."
        ),
        Example(
            locale="ja",
            source="Ask your doctor about the treatment.",
            bad="治疗については医师にご相談ください。",
            good="治療については医師にご相談ください。",
        ),
    ),
    string=wrong_script,
    when=When(target=(_OTHER, _ANYTHING)),
)
