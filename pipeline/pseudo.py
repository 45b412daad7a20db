"""pseudo: English made to look like a translation, to see what a page does with one.

`en_XA` is accented, longer and in brackets: text that stays plain was never extracted, text without its
closing bracket was cut off. `ar_XB` runs from right to left: what stands on the wrong side is laid out
by side and not by direction. Placeholders, tags and names that must stay are left as they are.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from pipeline.model.edition import Wording, Words
from pipeline.model.locale import Locale
from pipeline.model.message import Message
from pipeline.model.pattern import Atom, Part, Pattern, Span, Text, plain

ACCENTED = Locale("en", "", "XA")
MIRRORED = Locale("ar", "", "XB")
PSEUDO_LOCALES = (ACCENTED, MIRRORED)

_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ACCENTS = "áƀćðéƒĝĥíĵķļɱñóþɋŕšťúṽŵẋýžÁƁĆÐÉƑĜĤÍĴĶĻṀÑÓÞɊŔŠŤÚṼŴẊÝŽ"
_ACCENT = str.maketrans(_LETTERS, _ACCENTS)
_WORD = re.compile(r"[A-Za-z]+")
_PADDING = " ʟöñg"

# German runs a third longer than English, and short labels may double (W3C, "Text size in translation").
_LONGER = 0.35

# Right-to-left override and its end, each with a mark that holds the direction beside it.
_MIRROR = ("\u200f\u202e", "\u202c\u200f")


def pseudo_words(messages: Iterable[Message], locale: Locale, names: Iterable[str]) -> Words:
    """Every message in the pseudo-locale; `names` are left as they are."""
    kept = _names(names)
    wordings = tuple(
        Wording(
            message=message,
            locale=locale,
            name=message.location.file,
            unit=None,
            patterns=tuple(
                pseudo_pattern(pattern, locale, kept)
                for pattern in (message.pattern, message.plural)
                if pattern is not None
            ),
        )
        for message in messages
    )
    return Words(locale=locale, wordings=wordings)


def pseudo_pattern(pattern: Pattern, locale: Locale, kept: re.Pattern[str] | None) -> Pattern:
    """The pattern in the pseudo-locale, with the same atoms and spans in the same places."""
    if locale == MIRRORED:
        return _each_text(pattern, lambda text: _outside(text, kept, _mirror))
    padding = _PADDING * max(1, round(len(plain(pattern)) * _LONGER / len(_PADDING)))
    accented = _each_text(pattern, lambda text: _outside(text, kept, lambda part: part.translate(_ACCENT)))
    return (Text("⟦"), *accented, Text(f"{padding}⟧"))


def _each_text(pattern: Pattern, change: Callable[[str], str]) -> Pattern:
    def part(old: Part) -> Part:
        match old:
            case Text(value):
                return Text(change(value))
            case Span(name, children):
                return Span(name, _each_text(children, change))
            case Atom():
                return old

    return tuple(part(old) for old in pattern)


def _outside(text: str, kept: re.Pattern[str] | None, change: Callable[[str], str]) -> str:
    """Change all of the text but the names in it."""
    if kept is None:
        return change(text)
    parts = kept.split(text)
    return "".join(part if index % 2 else change(part) for index, part in enumerate(parts))


def _mirror(text: str) -> str:
    return _WORD.sub(lambda word: f"{_MIRROR[0]}{word[0]}{_MIRROR[1]}", text)


def _names(names: Iterable[str]) -> re.Pattern[str] | None:
    listed = sorted(names, key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(re.escape(name) for name in listed)})\b") if listed else None


def pseudo_messages(messages: Iterable[Message], locale: Locale, names: Iterable[str]) -> tuple[Message, ...]:
    """Messages that are authored in a locale (disclaimers), in the pseudo-locale."""
    kept = _names(names)
    return tuple(replace(message, pattern=pseudo_pattern(message.pattern, locale, kept)) for message in messages)
