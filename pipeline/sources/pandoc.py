"""pandoc: what Pandoc sees in a text that our parser takes literally; an author must write it otherwise.

The patterns look at a paragraph as it is written, with one sign in the place of whatever is no literal text.
"""

import re
from collections.abc import Collection, Iterator

from pipeline.sources.dialect import CITES

# Stands for emphasis, an escaped sign, a character reference; and for what ends in a bracket: a link, a citation.
HIDDEN = "\ufffc"
BRACKETED = "\ue000"

_Rules = tuple[tuple[str, str, "re.Pattern[str]"], ...]

_INLINE: _Rules = (
    (
        "^superscript^ and ~subscript~ are outside the subset",
        "write it in words",
        re.compile(r"\^[^\s^]++\^|~[^\s~]++~"),
    ),
    ("~~strike-out~~ is outside the subset", "write it in words", re.compile("~~")),
    ("a footnote inside the text", "write [^id] and define [^id]: below", re.compile(rf"\^[\[{BRACKETED}]")),
    ("a citation without brackets", "write [@key], or \\@ for the sign", re.compile(f"{CITES.pattern}|@{HIDDEN}")),
    (
        "$mathematics$ is outside the subset",
        "write \\$ for the sign",
        re.compile(r"\$\$|\$(?!\s)[^$]++(?<!\s)\$(?!\d)"),
    ),
    ("a backslash that escapes nothing", "write \\\\ for the sign", re.compile(r"\\")),
    ("brackets with attributes are outside the subset", "write \\{ for the sign", re.compile(rf"[\]{BRACKETED}]\{{")),
    ("an image is outside the subset", "write \\! for the sign", re.compile(rf"!(?:\[|{BRACKETED})")),
    (
        "* or _ that is no emphasis to us and may be to Pandoc",
        "write \\* or \\_ for the sign",
        re.compile(r"(?!(?<=\s)[*_](?=\s)|(?<=[^\W_])_(?=[^\W_]))[*_]"),
    ),
    ("brackets that are no link", "write \\[ for the sign; a link holds no citation and no link", re.compile(r"\]\(")),
)
# One of these is in whatever the patterns above find; most paragraphs have none.
_SIGN = re.compile(r"[\^~@$\\\]{!*_]")
# At the beginning of a line; inside a list item Pandoc sees such a block also right after a text.
_LINE: _Rules = (
    ("::: inside a text", "put a blank line before a notice, and ::: at the margin", re.compile(r"^:::", re.MULTILINE)),
    (
        "a line block or a table that is none",
        "a table has a line of dashes with as many cells as its heading",
        re.compile(r"^(?:\||\+[-=:]|[-:|+= \t]+$)", re.MULTILINE),
    ),
    (
        "a definition list or a caption is outside the subset",
        "write \\: or \\~ for the sign",
        re.compile(r"^(?:[:~](?:[ \t]|$)|[Tt]able:)", re.MULTILINE),
    ),
    (
        "a list with other signs than - and 1.",
        "write 1. and so on; if it is no list, write \\. or \\) or join the lines",
        re.compile(
            r"^(?:[*+-]|\((?:\#|@[\w-]*|\d+|[A-Za-z]|[IVXLCDM]+|[ivxlcdm]+)\)"
            r"|(?:\#|@[\w-]*|\d+|[a-z]|[IVXLCDM]{2,}|[ivxlcdm]+)[.)]|[A-Z](?:\)|\.(?=[ \t]{2}|\t|$)))(?:[ \t]|$)",
            re.MULTILINE,
        ),
    ),
    ("a task list is outside the subset", "write \\[ for the sign", re.compile(r"^\[[ xX]\](?:\s|$)")),
)
_BRACKETS = re.compile(r"\[([^\[\]]++)\]")
_NO_WORD = re.compile(r"[\W_]+")


def heading_key(text: str) -> str:
    """What Pandoc goes by, more or less, when it makes `[Question?]` a link to a heading."""
    return _NO_WORD.sub("", text).casefold()


def misread(
    written: Collection[str], whole: str, headings: frozenset[str], *, is_block: bool
) -> Iterator[tuple[str, str, str]]:
    """What Pandoc would see: each kind once, as message, hint and the text in question.

    `written` has the text of the paragraph and of each of its spans, `whole` all of it in one.
    """
    for message, hint, pattern in _INLINE if _SIGN.search(whole) else ():
        match = next(filter(None, map(pattern.search, (*written, whole))), None)
        if match:
            yield message, hint, match[0]
    one_line = "\n" not in whole
    for message, hint, pattern in _LINE if is_block else ():
        match = pattern.match(whole) if one_line else pattern.search(whole)
        if match:
            yield message, hint, match[0]
    for match in _BRACKETS.finditer(whole):
        if heading_key(match[1]) in headings:
            yield (
                "a question in brackets, which Pandoc makes a link",
                "write [text](#id), or \\[ for the sign",
                match[0],
            )
            break
