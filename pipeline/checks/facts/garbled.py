"""garbled: text that was written in one encoding and read in another."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pipeline.checks.facts.characters import allowed
from pipeline.checks.facts.contacts import prose
from pipeline.checks.signs import Search, Sign
from pipeline.checks.subject import Text
from pipeline.model.locale import Locale, script


@dataclass(frozen=True, slots=True)
class Garbled:
    """What stands there, what it was (empty where that is lost), how sure that is, and its offset in `Text.words`."""

    text: str
    meant: str
    sure: bool
    at: int


def _codec(codec: str) -> dict[int, str]:
    """The character that each byte beyond ASCII is read as; what Windows leaves undefined is read as in ISO 8859-1."""
    table = {}
    for byte in range(0x80, 0x100):
        try:
            table[byte] = bytes((byte,)).decode(codec)
        except UnicodeDecodeError:
            table[byte] = chr(byte)
    return table


def _sequences(table: Mapping[int, str], leads: Iterable[int], least: int) -> re.Pattern[str]:
    """What sequences of UTF-8 look like in the encoding, at least so many in a row."""
    tail = _class(table, range(0x80, 0xC0))
    two = _class(table, (lead for lead in leads if lead < 0xE0))
    three = _class(table, (lead for lead in leads if lead >= 0xE0))
    return re.compile(f"(?:{two}{tail}|{three}{tail}{{2,3}}){{{least},8}}")


def _class(table: Mapping[int, str], members: Iterable[int]) -> str:
    return f"[{re.escape(''.join(table[byte] for byte in members))}]"


# First bytes of Latin letters and punctuation; of those and of Greek, Cyrillic, Hebrew, Arabic, Asian and emoji.
_LATIN_LEADS = (0xC2, 0xC3, 0xC4, 0xC5, 0xE2)
_ALL_LEADS = (*_LATIN_LEADS, 0xCE, 0xCF, 0xD0, 0xD1, *range(0xD7, 0xDC), *range(0xE3, 0xEA), 0xEF, 0xF0)

# Encodings that UTF-8 is mistaken for, with the first bytes that tell, and how many sequences in a row: where letters
# of a language look like a sequence, one is none.
_LEADS = {
    "cp1252": (_ALL_LEADS, 1),
    "cp1250": (_LATIN_LEADS, 1),
    "mac_roman": (_LATIN_LEADS, 1),
    "cp1251": ((0xD0, 0xD1, 0xE2), 2),
    "cp1256": ((0xD8, 0xD9, 0xE2), 2),
}
_TABLES = {codec: _codec(codec) for codec in _LEADS}
_SEQUENCES = {codec: _sequences(_TABLES[codec], *leads) for codec, leads in _LEADS.items()}
_BYTES = {codec: {character: byte for byte, character in table.items()} for codec, table in _TABLES.items()}
# Any of it: a first byte with a second one behind it.
_SUSPECT = re.compile(
    "|".join(
        f"{_class(_TABLES[codec], leads)}{_class(_TABLES[codec], range(0x80, 0xC0))}"
        for codec, (leads, _) in _LEADS.items()
    )
    + "|[縺繧繝锛銆鈥]"
)
# Japanese and Chinese read in their own old encodings: characters that hardly stand in a text, and never side by side.
_OLD_ASIAN = re.compile("(?:[縺繧繝]..?){2}|[锛銆鈥].{0,12}[锛銆鈥]")
_REPLACED = ("\ufffd", "ï¿½", "锟斤拷", "烫烫", "屯屯")
_ESCAPED = re.compile(
    r"\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}|\\[nrt]|=[CE][0-9A-F]=[0-9AB][0-9A-F]|%[CE][0-9A-F]%[0-9AB][0-9A-F]"
)
_QUESTION = re.compile(r"\?(?<=[^\W\d_].)(?=[a-zà-öø-ÿ])")

_PUNCTUATION = "\u00a0-\u00bf\u2010-\u203a\u20ac\u2122\u2212\u2260\u2264\u2265"
_OF_SCRIPT = {
    "Latn": "À-žȘ-țƠơƯưẠ-ỹ",
    "Cyrl": "Ѐ-џ",
    "Grek": "΄-ώ",
    "Arab": "،-ي٠-٩",
    "Hebr": "א-ת",
    "Jpan": "\u3000-ヿ一-鿿！-ﾟ",
    "Hans": "\u3000-〿一-鿿！-～",
    "Hant": "\u3000-〿一-鿿！-～",
    "Kore": "가-힣",
}


def garbled(text: Text) -> tuple[Garbled, ...]:
    """Every place of the text that reads as a mistaken encoding."""
    if not text.shows(SUSPECT):
        return ()
    words = text.words
    ascii_only = words.isascii()
    found: list[Garbled] = []
    if _ESCAPED.search(words):
        found.extend(Garbled(match[0], "", True, match.start()) for match in _ESCAPED.finditer(text.fact(prose)))
    if not ascii_only:
        if any(trace in words for trace in _REPLACED):
            found.extend(Garbled(trace, "", True, words.index(trace)) for trace in _REPLACED if trace in words)
        found.extend(_misread(words, text.locale))
        found.extend(_by_letter(words, text.locale))
    if "?" in words:
        found.extend(Garbled(match[0], "", False, match.start()) for match in _QUESTION.finditer(text.fact(prose)))
    return tuple(found)


def _suspicious(locale: Locale) -> Search:
    """Whether a mistaken encoding may show in a piece."""
    letters = _letters(locale)

    def suspect(piece: str) -> bool:
        if _ESCAPED.search(piece) or _QUESTION.search(piece):
            return True
        if piece.isascii():
            return False
        traced = any(trace in piece for trace in _REPLACED) or _SUSPECT.search(piece)
        return bool(traced or (letters is not None and letters.search(piece)))

    return suspect


SUSPECT = Sign(_suspicious)


def _misread(words: str, locale: Locale) -> list[Garbled]:
    """Sequences whose bytes are valid UTF-8 of letters that the language writes."""
    if not _SUSPECT.search(words):
        return []
    found = [Garbled(match[0], "", True, match.start()) for match in _OLD_ASIAN.finditer(words)]
    plausible = _plausible(locale)
    for codec, sequences in _SEQUENCES.items():
        for match in sequences.finditer(words):
            meant = bytes(_BYTES[codec][character] for character in match[0]).decode("utf-8", "replace")
            if plausible.fullmatch(meant):
                found.append(Garbled(match[0], meant, True, match.start()))
        if found:
            break
    return found


@lru_cache(maxsize=64)
def _plausible(locale: Locale) -> re.Pattern[str]:
    return re.compile(f"[{_PUNCTUATION}{_OF_SCRIPT['Latn']}{_OF_SCRIPT.get(script(locale), '')}]+")


def _by_letter(words: str, locale: Locale) -> list[Garbled]:
    """Letters that another code page has at the place of those of the language: `mo¿e` for może."""
    letters = _letters(locale)
    if letters is None:
        return []
    return [Garbled(match[0], "", True, match.start()) for match in letters.finditer(words)]


@lru_cache(maxsize=64)
def _letters(locale: Locale) -> re.Pattern[str] | None:
    garbled_letters = allowed(locale).garbled
    if not garbled_letters:
        return None
    either = "".join(sorted(garbled_letters))
    return re.compile(rf"[{re.escape(either)}](?<=[^\W\d_].)(?=[^\W\d_])")
