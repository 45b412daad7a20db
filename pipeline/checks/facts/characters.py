"""characters: characters that nobody sees, that belong elsewhere or that look like others, and how to name them."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from pipeline.checks.languages import language_data
from pipeline.checks.signs import Sign, Where
from pipeline.checks.subject import Text
from pipeline.model.locale import Locale

# What is not printed, or changes how the rest is: controls, formats, fillers, private use. Newline is a line break.
_UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u2800\u3164\ue000-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U0010ffff]"
)
UNSEEN = Sign.of(_UNSEEN.search, Where.RAW)
_CONTROL_NAMES = {"\x00": "NULL", "\t": "TAB", "\r": "CARRIAGE RETURN", "\x1b": "ESCAPE", "\x7f": "DELETE"}

# Letters of other alphabets that look like Latin ones (Unicode's confusables, those of common fonts).
_CYRILLIC = dict(zip("АВЕЅІЈКМНОРСТУХҮаеѕіјорсухуһԁԛԝүв", "ABESIJKMHOPCTYXYaesijopcyxyhdqwyB", strict=True))
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονιυραϲ", "ABEZHIKMNOPTYXovivpac", strict=True))
_OTHERS = dict(zip("ɑɡıοսօոһⅼ", "agiouonhl", strict=True))
_WIDE = {chr(0xFF01 + index): chr(0x21 + index) for index in range(94)}
LOOKALIKES = {**_CYRILLIC, **_GREEK, **_OTHERS, **_WIDE, "İ": "I"}
_SKELETON = str.maketrans(
    {**LOOKALIKES, "‐": "-", "‑": "-", "‒": "-", "–": "-", "−": "-", "－": "-", "\u00a0": " ", "\u202f": " "}
)


def named(character: str) -> str:
    """`U+200B ZERO WIDTH SPACE`."""
    name = unicodedata.name(character, "") or _CONTROL_NAMES.get(character, "")
    return f"U+{ord(character):04X} {name}".rstrip()


def shown(text: str) -> str:
    """The text with what nobody sees written out: `Pro⟨U+200B⟩leukin`."""
    return _UNSEEN.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", text)


def skeleton(text: str) -> str:
    """The text in the plain Latin letters that it looks like, character by character."""
    return text.translate(_SKELETON)


@dataclass(frozen=True, slots=True)
class Unseen:
    """A character that is not printed, and where it stands in `Text.raw`."""

    character: str
    at: int


def unseen(text: Text) -> tuple[Unseen, ...]:
    """Every character of the text that is not printed, but spaces and line breaks."""
    if not text.shows(UNSEEN):
        return ()
    return tuple(Unseen(match[0], match.start()) for match in _UNSEEN.finditer(text.raw))


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """What a language writes that others do not: characters that nobody sees, letters for those that look alike."""

    invisible: frozenset[str]
    doubtful: frozenset[str]
    letters: frozenset[str]
    garbled: frozenset[str]


@lru_cache(maxsize=256)
def allowed(locale: Locale) -> Allowed:
    data = language_data(locale, "characters")
    return Allowed(
        invisible=frozenset(_character(code) for code in data.get("invisible", ())),
        doubtful=frozenset(_character(code) for code in data.get("doubtful", ())),
        letters=frozenset(data.get("letters", ())),
        garbled=frozenset(data.get("garbled", ())),
    )


def _character(code: str) -> str:
    return chr(int(code.removeprefix("U+"), 16))
