"""mixed_script: the letters of a word are of one alphabet."""

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.checks.facts.characters import LOOKALIKES, allowed, named, skeleton
from pipeline.checks.rule import Example, Problem, Rule, Scope, When
from pipeline.checks.signs import Sign, Where, any_of
from pipeline.checks.subject import Pair
from pipeline.model.finding import Severity
from pipeline.model.locale import Locale, script

_FOREIGN = re.compile(r"[Ͱ-ϿЀ-ԯ՟-ևᏀ-᏿ɐ-ʯı]")
_OTHER = Sign.of(_FOREIGN.search, Where.CHARACTERS)
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_WORD = re.compile(r"(?:[A-Za-zÀ-ÖØ-öø-ʯͰ-ϿЀ-ԯ՟-ևḀ-ỿ]|[\u0300-\u036f])+")
_LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ]")
_GREEK = re.compile(r"[Ͱ-Ͽ]")
_CYRILLIC = re.compile(r"[Ѐ-ԯ]")
_ENDING = re.compile(r"[A-Z]{2,}[а-яёіїє]{1,4}")  # a Latin abbreviation with a Slavic ending
_BETWEEN = re.compile(r"(?<=[a-zà-öø-ɏ])[Ͱ-Ͽ](?=[a-zà-öø-ɏ])")
_CAPITALS = frozenset("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοϲ")
_PHONETIC = frozenset("ɑɡı")
# Characters that look like a syllable of katakana where only katakana stand, and the other way round.
_KANA = re.compile(
    r"[一二口夕工卜八](?<=[ァ-ヺー].)(?=[ァ-ヺー])(?!コミ)|力(?<=[ァ-ヺー].)(?=[ァ-ヺー])(?!アップ|ダウン|チェック|テスト|トレ)"
    r"|[ーニロタエトハカ](?<=[一-鿿].)(?=[一-鿿])"
)
_DOTLESS = frozenset(("tr", "az", "kk", "tt", "crh", "ba"))
_ALPHABETS = frozenset(("Cyrl", "Grek", "Armn"))

_SYLLABLE = Sign(lambda locale: _KANA.search if locale.language == "ja" else None)
_STRANGE = Sign(lambda locale: any_of(allowed(locale).letters), Where.CHARACTERS)


def check(pair: Pair) -> Iterator[Problem]:
    words, locale = pair.target.words, pair.target.locale
    if pair.target.shows(_OTHER):
        for match in _WORD.finditer(words):
            word = match[0]
            if word.isascii() or word in pair.source.words:
                continue
            fault = _fault(word, locale)
            if fault is not None:
                yield _problem(word, fault[0], fault[1], pair.target.raw_offset(match.start()))
    if locale.language == "ja" and (kana := _KANA.search(words)):
        word = words[max(0, kana.start() - 3) : kana.end() + 3]
        yield _problem(word, kana[0], Severity.WARNING, pair.target.raw_offset(kana.start()))
    if pair.target.shows(_STRANGE):
        yield from _of_another_language(pair, pair.target.knowledge(allowed).letters)


def _problem(word: str, character: str, severity: Severity | None, at: int) -> Problem:
    return Problem(
        message=f"“{word}” has {named(character)} among letters of another alphabet",
        severity=severity,
        expected=skeleton(word),
        actual=word,
        hint="type the word again",
        at=at,
    )


@lru_cache(maxsize=8192)
def _fault(word: str, locale: Locale) -> tuple[str, Severity | None] | None:
    """The character that does not belong and how sure that is; None where letters may stand together."""
    latin, greek, cyrillic = _LATIN.search(word), _GREEK.search(word), _CYRILLIC.search(word)
    own = script(locale)
    if cyrillic and (latin or greek):
        return _of_cyrillic(word, own)
    if greek and latin:
        return _of_greek(word, own)
    if cyrillic and own not in _ALPHABETS and all(character in LOOKALIKES for character in word):
        return cyrillic[0], None  # a whole word of look-alikes, where nobody writes this alphabet
    for character in word:
        if character in _PHONETIC and len(word) > 2 and not (character == "ı" and locale.language in _DOTLESS):
            return character, Severity.WARNING
        if "՟" <= character <= "և" and latin:
            return character, None
    return None


def _of_cyrillic(word: str, own: str) -> tuple[str, Severity | None] | None:
    others = [character for character in word if _CYRILLIC.match(character)]
    alike = all(character in LOOKALIKES for character in others)
    if own == "Cyrl":
        strange = [character for character in word if _LATIN.match(character)]
        if not strange or _ENDING.fullmatch(word):
            return None
        return strange[0], None if len(strange) <= 2 < len(word) else Severity.WARNING
    return others[0], None if alike or len(others) <= 2 else Severity.WARNING


def _of_greek(word: str, own: str) -> tuple[str, Severity | None] | None:
    """TNFα, β2, µg and NFκB are written so; a Greek letter that only looks Latin is not."""
    if own == "Grek":
        latin = [character for character in word if _LATIN.match(character)]
        return (latin[0], None) if len(latin) <= 2 < len(word) else None
    for character in word:
        if character in _CAPITALS:
            return character, None
    between = _BETWEEN.search(word)
    if between and between[0] in LOOKALIKES:
        return between[0], None
    return None


def _of_another_language(pair: Pair, letters: frozenset[str]) -> Iterator[Problem]:
    """Letters that look like those of the language and are another's: Persian yeh in an Arabic text."""
    for match in _ARABIC.finditer(pair.target.words):
        if match[0] in letters and match[0] not in pair.source.words:
            yield Problem(
                message=f"the text has {named(match[0])}, a letter of another language",
                severity=Severity.WARNING,
                expected="none",
                actual=pair.target.words[max(0, match.start() - 8) : match.end() + 8].strip(),
                hint="type the word again with the keyboard of the language",
                at=pair.target.raw_offset(match.start()),
            )
            return


RULE = Rule(
    id="mixed-script",
    scope=Scope.STRING,
    severity=Severity.ERROR,
    title="Letters of two alphabets in a word",
    finds="Words that mix Latin with Cyrillic, Greek or Armenian letters, words made of look-alikes only, letters of a "
    "neighbour language in Arabic, and Japanese characters that look like katakana. Symbols such as µg, TNFα and "
    "NFκB are fine, and so is what the English has.",
    why="A look-alike reads right and is another word for search, for a screen reader and for every check; it is also "
    "how names are forged.",
    examples=(
        Example(locale="de", source="The dose is low.", bad="Die Dоsis ist niedrig.", good="Die Dosis ist niedrig."),
        Example(locale="ja", source="What is mRCC?", bad="mRСCとは何ですか？", good="mRCCとは何ですか？"),
        Example(locale="pl", source="TNFα falls.", bad="Maleje ТNFα.", good="Maleje TNFα."),
    ),
    string=check,
    when=When(target=(_OTHER, _SYLLABLE, _STRANGE)),
)
