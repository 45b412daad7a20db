"""ideographs: which way Chinese is written, and whether a text of ideographs is Chinese or Japanese."""

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.checks.facts.language import IDEOGRAPH
from pipeline.checks.languages import language_data
from pipeline.checks.signs import Sign, Where
from pipeline.checks.subject import Text
from pipeline.model.locale import Locale, script

_HIRAGANA = "\u3041-\u3096"
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_KANA = re.compile(f"[{_HIRAGANA}]")
_NEVER = re.compile("(?!)")


@dataclass(frozen=True, slots=True)
class Ideographs:
    """Characters that the locale does not write, in reading order, and the language that the text is in instead.

    `instead` gives for such a character the one that the locale writes, where that is known. `language` is empty for
    a text in the locale's own.
    """

    strange: tuple[tuple[str, int], ...] = ()
    total: int = 0
    language: str = ""
    certain: bool = False


@dataclass(frozen=True, slots=True)
class Writing:
    """How a locale writes ideographs: `strange` finds what it does not write; `instead` is by such a character."""

    strange: re.Pattern[str]
    instead: dict[str, str]
    # For Japanese the words of Chinese, for Chinese runs of hiragana; for Japanese a text without any is doubted.
    other: re.Pattern[str]
    doubted_from: int = 0


_LANGUAGES = frozenset(("ja", "zh"))
WRITTEN = Sign(lambda locale: IDEOGRAPH.search if locale.language in _LANGUAGES else None, Where.CHARACTERS)


def ideographs(text: Text) -> Ideographs:
    """What the ideographs and kana of the text tell; nothing for a language that writes none."""
    if text.locale.language not in _LANGUAGES or not text.shows(WRITTEN):
        return Ideographs()
    written, read = writing(text.locale), text.words
    strange = tuple((match[0], match.start()) for match in written.strange.finditer(read))
    total = len(_HAN.findall(read))
    if text.locale.language == "zh":
        japanese = written.other.search(read) is not None
        return Ideographs(strange, total, "ja" if japanese else "", japanese)
    kana = _KANA.search(read) is not None
    chinese = len(strange) + len(written.other.findall(read))
    sure = chinese > (_STRAY if kana else 0)
    doubted = not kana and total >= written.doubted_from
    return Ideographs(strange, total, "zh" if sure or doubted else "", sure)


# More characters of Chinese than a slip of the keyboard makes, in a text with hiragana.
_STRAY = 3


@lru_cache(maxsize=32)
def writing(locale: Locale) -> Writing:
    """How the locale writes, from the data of its language."""
    words, forms = language_data(locale, "words"), language_data(locale, "traditional")
    if locale.language == "ja":
        return Writing(
            strange=_any(words["foreign_letters"].split()),
            instead={},
            other=re.compile("|".join(map(re.escape, words["foreign"].split()))),
            doubted_from=words["doubted_from"],
        )
    pairs = [(pair[0], pair[1]) for pair in forms["pairs"].split()]
    shared = frozenset(forms["shared"])
    if script(locale) == "Hant":
        instead = {simple: traditional for traditional, simple in pairs if simple not in shared}
    else:
        instead = dict(pairs)
    return Writing(
        strange=_any([*instead, *forms["japanese"].split()]),
        instead=instead,
        other=re.compile(f"[{_HIRAGANA}]{{{words['hiragana_in_a_row']},}}"),
    )


def _any(characters: list[str]) -> re.Pattern[str]:
    return re.compile(f"[{''.join(characters)}]") if characters else _NEVER
