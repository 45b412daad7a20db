"""escapes: the strings between double quotes, with gettext's escapes and no others."""

import re
from collections.abc import Mapping

_LETTERS: Mapping[str, str] = {
    "n": "\n",
    "t": "\t",
    "b": "\b",
    "r": "\r",
    "f": "\f",
    "v": "\v",
    "a": "\a",
    "\\": "\\",
    '"': '"',
}
_LETTER_ESCAPE = re.compile(r"\\(.)")
_ONLY_LETTER_ESCAPES = re.compile(r'[^"\\\n]*+(?:\\[ntbrfva"\\][^"\\\n]*+)*+')
_ANY_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]+)|(.?[\x80-\xbf]*))", re.DOTALL)
_LETTER_BYTES = {letter.encode(): text.encode() for letter, text in _LETTERS.items()}

# The end of a message context in a .mo file: a string that held it could not be told from context and string.
CONTEXT_END = "\x04"


class EscapeError(ValueError):
    """A string that gettext would not read, or not as the same text; `hint` says how to mend it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def unescape_usual(quoted: str) -> str | None:
    """The text of `quoted`, or None if it needs the closer look of `unescape`.

    `quoted` runs from behind the first quote to before the last one, over several lines if need be.
    """
    if quoted.endswith("\\") or '\\"\n' in quoted:
        # The quote at the end of a line may be an escaped one: the string would not be closed.
        return None
    text = quoted.replace('"\n"', "")
    if _ONLY_LETTER_ESCAPES.fullmatch(text) is None:
        return None
    if "\\\\" not in text:
        # Without a doubled backslash every backslash starts an escape, so that the two common ones can be replaced.
        replaced = text.replace("\\n", "\n").replace('\\"', '"')
        if "\\" not in replaced:
            return replaced
    return _LETTER_ESCAPE.sub(_letter, text)


def unescape(inner: str) -> str:
    """The text of one string, given what stands between its quotes. Raises EscapeError."""
    if "\\" in inner:
        # Octal and hexadecimal escapes are bytes to gettext: a letter may be written as several of them.
        try:
            text = _ANY_ESCAPE.sub(_bytes, inner.encode()).decode()
        except UnicodeDecodeError as error:
            raise EscapeError(
                "the escapes of this string do not make UTF-8 text", "write the character itself instead of its bytes"
            ) from error
    else:
        text = inner
    if "\0" in text:
        raise EscapeError("the string has a NUL character", "remove it: gettext would end the text there")
    if CONTEXT_END in text:
        raise EscapeError("the string has an EOT character (U+0004)", "remove it: gettext ends a context with it")
    return text


def _letter(match: re.Match[str]) -> str:
    return _LETTERS[match[1]]


def _bytes(match: re.Match[bytes]) -> bytes:
    octal, hexadecimal, letter = match.groups()
    # gettext keeps the lowest eight bits of what is written, and so reads any number of hexadecimal digits.
    if octal is not None:
        return bytes([int(octal, 8) & 0xFF])
    if hexadecimal is not None:
        return bytes([int(hexadecimal[-2:], 16)])
    if letter not in _LETTER_BYTES:
        written = "\\" + letter.decode(errors="replace")
        raise EscapeError(f"{written} is no escape in a PO file", "write \\\\ for a backslash")
    return _LETTER_BYTES[letter]
