"""quotes: quotation marks and brackets of a text, and which of them have no partner."""

import re
from dataclasses import dataclass

from pipeline.checks.facts.contacts import prose
from pipeline.checks.signs import Sign, Where
from pipeline.checks.subject import Text

# Marks that only ever quote; ‘ ’ and ' are apostrophes too.
_QUOTES = re.compile(r'["„“”«»‹›「」『』‟〝〟＂]')
_BRACKETS = re.compile(r"[()（）\[\]［］{}｛｝【】〔〕]")
QUOTE = Sign.of(_QUOTES.search, Where.CHARACTERS)
BRACKET = Sign.of(_BRACKETS.search, Where.CHARACTERS)
_PARTNERS = {")": "(", "]": "[", "}": "{", "】": "【", "〕": "〔"}
_PLAIN = dict(zip("（）［］｛｝", "()[]{}", strict=True))
# An item of a list (a), 1.) at the beginning of a line or clause, and a smiley: brackets that nothing opens.
_LISTED = re.compile(
    r"(?:\A|(?<=\n)|(?<=[;:.,] )|(?<=[；：、，。]))(?:[^\W\d_]|[0-9٠-٩]{1,2}|[ivx]{1,4})\.?\Z|(?<=\s)[a-z]\Z|[:;=]-?\Z"
)
_INCHES = re.compile(r'(?<=[0-9])"(?=\s?(?:[x×,.;)\s]|$))')


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation mark and its offset in `Text.words`."""

    mark: str
    at: int


def quotes(text: Text) -> tuple[Quote, ...]:
    """Every mark of the text that can only be a quotation mark, in reading order."""
    if not text.shows(QUOTE):
        return ()
    words = text.fact(prose)
    inches = {match.start() for match in _INCHES.finditer(words)} if words.count('"') % 2 else set()
    return tuple(Quote(match[0], match.start()) for match in _QUOTES.finditer(words) if match.start() not in inches)


def loose_brackets(text: Text) -> tuple[Quote, ...]:
    """Brackets that are not closed, or close nothing; full-width ones and plain ones go together."""
    if not text.shows(BRACKET):
        return ()
    words = text.fact(prose)
    stack: list[Quote] = []
    loose: list[Quote] = []
    for match in _BRACKETS.finditer(words):
        mark = _PLAIN.get(match[0], match[0])
        partner = _PARTNERS.get(mark)
        if partner is None:
            stack.append(Quote(mark, match.start()))
        elif stack and stack[-1].mark == partner:
            stack.pop()
        elif mark != ")" or not _LISTED.search(words, max(0, match.start() - 8), match.start()):
            loose.append(Quote(mark, match.start()))
    return (*loose, *(quote for quote in stack if words[max(0, quote.at - 1) : quote.at] != ":"))
