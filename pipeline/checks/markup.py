"""markup: the placeholders and tags of a string, by the format that its entry declares."""

import re
from collections.abc import Collection
from enum import StrEnum
from typing import NamedTuple


class Syntax(StrEnum):
    """How placeholders are written (gettext's format flags, GNU gettext manual 15.3)."""

    BRACE = "brace"  # {name}: python-brace-format
    PRINTF = "printf"  # %(name)s, %1$s, %d: python-format, c-format and their kin
    NONE = "none"


class TokenKind(StrEnum):
    ATOM = "atom"
    OPEN = "open"
    CLOSE = "close"
    SINGLE = "single"  # <br>, <br/>
    LITERAL = "literal"  # {{ }} %%: one character written as two


class Token(NamedTuple):
    """`text` as it stands in the string, between the offsets `start` and `end`; `name` without its marks."""

    kind: TokenKind
    name: str
    text: str
    start: int
    end: int


_BRACE_FORMATS = ("python-brace-format", "perl-brace-format", "csharp-format", "java-format")
_TAG = r"<(?P<slash>/?)(?P<tag>[A-Za-z][A-Za-z0-9-]*+)(?P<attributes>[^<>]*+)>"
_BRACE = r"\{\{|\}\}|\{(?P<atom>[A-Za-z0-9_.\[\]]*+)(?:![rsa])?(?::[^{}]*+)?\}"
_PRINTF = (
    r"%%|%(?:\((?P<atom>[^()]++)\))?(?:[0-9]++\$)?[-#0+' ]*+(?:\*|[0-9]++)?(?:\.(?:\*|[0-9]++))?"
    r"(?:hh|h|ll|l|L|q|j|z|t)?[diouxXeEfFgGaAcrs@]"
)
_TOKENS = {
    Syntax.BRACE: re.compile(f"{_BRACE}|{_TAG}"),
    Syntax.PRINTF: re.compile(f"{_PRINTF}|{_TAG}"),
    Syntax.NONE: re.compile(f"{_TAG}(?P<atom>(?!))?"),
}
_LITERALS = {"{{": "{", "}}": "}", "%%": "%"}
_VOID = frozenset(("br", "hr", "img", "wbr", "input"))


def syntax_of(flags: Collection[str]) -> Syntax:
    """The syntax that an entry's flags declare; prose without a flag has tags alone."""
    for flag in flags:
        if flag in _BRACE_FORMATS:
            return Syntax.BRACE
        if flag.endswith("-format") and not flag.startswith("no-"):
            return Syntax.PRINTF
    return Syntax.NONE


def tokens(text: str, syntax: Syntax) -> tuple[Token, ...]:
    """Every placeholder, tag and doubled mark of the text, in order."""
    if not ("<" in text or "{" in text or "}" in text or "%" in text):
        return ()
    return tuple([_token(match) for match in _TOKENS[syntax].finditer(text)])


def _token(match: re.Match[str]) -> Token:
    text, name = match[0], match["tag"]
    start, end = match.span()
    if name is not None:
        if match["slash"]:
            return Token(TokenKind.CLOSE, name, text, start, end)
        single = match["attributes"].rstrip().endswith("/") or name.lower() in _VOID
        return Token(TokenKind.SINGLE if single else TokenKind.OPEN, name, text, start, end)
    if text in _LITERALS:
        return Token(TokenKind.LITERAL, _LITERALS[text], text, start, end)
    return Token(TokenKind.ATOM, match["atom"] or text.strip("{}"), text, start, end)
