"""contacts: addresses in a text (URLs, e-mail, telephone, domains, registry numbers) and the text without them."""

import re
from dataclasses import dataclass
from enum import StrEnum

from pipeline.checks.markup import TokenKind
from pipeline.checks.signs import Sign, pieces_of
from pipeline.checks.subject import ATOM, Text


class Contact(StrEnum):
    URL = "URL"
    EMAIL = "e-mail address"
    DOMAIN = "domain"
    PHONE = "telephone number"
    IDENTIFIER = "identifier"


@dataclass(frozen=True, slots=True)
class Address:
    """An address as it stands, what is compared of it, and its offsets in `Text.words`."""

    kind: Contact
    text: str
    key: str
    start: int
    end: int


# Top-level domains that are no words, so that "tipo.com" is one and a missing space ("cura.es") is none.
_TOP = r"(?:com|org|net|gov|edu|int|info|biz|eu|health|gouv\.fr|gov\.[a-z]{2}|com?\.[a-z]{2}|org\.[a-z]{2})"
_ADDRESS_HINT = re.compile(rf"://|@|www\.|\.{_TOP}(?![A-Za-z0-9_-])|10\.[0-9]{{4}}|NCT[0-9]{{8}}", re.IGNORECASE)
ADDRESS = Sign.of(_ADDRESS_HINT.search)
DIGITS = Sign.of(re.compile(r"[0-9٠-٩۰-۹０-９]{3}").search)
_ADDRESS = re.compile(
    rf"""(?P<url>(?<![A-Za-z0-9])(?:[A-Za-z][A-Za-z0-9+.-]{{1,15}}://|www\.)[!#-&(-;=?-~]++)
    |(?P<email>(?<![A-Za-z0-9._%+-])(?:mailto:)?[A-Za-z0-9._%+-]{{1,64}}@(?:[A-Za-z0-9-]{{1,63}}\.){{1,6}}[A-Za-z]{{2,24}})
    |(?P<identifier>(?<![A-Za-z0-9.])(?:10\.[0-9]{{4,9}}/[!#-&(-;=?-~]++|NCT[0-9]{{8}}(?![0-9])))
    |(?P<domain>(?<![A-Za-z0-9.@_-])(?:[A-Za-z0-9-]{{1,63}}\.){{1,6}}{_TOP}(?![\w-])(?:/[!#-&(-;=?-~]*+)?)""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
# Written as telephone numbers are: with the country's code, in American groups, or after a trunk zero.
_PHONE = re.compile(
    r"""(?<![^\W\u3040-\u9fff])(?<![.,/-])(?:
    (?:\+|00)[1-9][0-9]{0,3}(?:[ .\u00a0\u202f()/‑-]{1,3}[0-9]{1,8}){1,6}
    |\+[1-9][0-9]{7,14}
    |(?:1[ .‑-])?\(?[2-9][0-9]{2}\)?[ .‑-]{1,2}(?:[0-9]{3}|[A-Z]{3})[ .‑-][0-9A-Z]{4}
    |0[1-9][0-9]{1,3}[ /‑-]{1,3}[0-9]{2,4}(?:[ ‑-][0-9]{2,4}){1,3}
    )(?![^\W\u3040-\u9fff])""",
    re.VERBOSE,
)
_PHONE_HINT = re.compile(
    r"[+0-9](?:(?<=[+])[1-9]|(?<=0)0[1-9]|(?<=0)[1-9][0-9]{1,3}[ /‑-]|(?<=[2-9])[0-9]{2}\)?[ .‑-]{1,2}[0-9A-Z]{3})"
)
_OPENERS = {")": "(", "]": "[", "}": "{"}
_TAIL = ".,;:!?'*_~"
_PHONE_MARKS = re.compile(r"[^0-9A-Z]+")


def contacts(text: Text) -> tuple[Address, ...]:
    """Every address of the text, in reading order."""
    words = text.words
    addressed = text.shows(ADDRESS)
    plain = plain_digits(words) if addressed or text.shows(DIGITS) else ""
    phoned = _PHONE_HINT.search(plain)
    if not addressed and not phoned:
        return ()
    found = [_address(match) for match in _ADDRESS.finditer(words)] if addressed else []
    taken = [(address.start, address.end) for address in found]
    for match in _PHONE.finditer(plain) if phoned else ():
        if not any(start < match.end() and match.start() < end for start, end in taken):
            key = _PHONE_MARKS.sub("", match[0])
            if len(key) >= 7:
                found.append(Address(Contact.PHONE, words[match.start() : match.end()], key, *match.span()))
    return tuple(sorted(found, key=lambda address: address.start))


def _address(match: re.Match[str]) -> Address:
    kind = Contact[str(match.lastgroup).upper()]
    shown = match[0][: _end(match[0])]
    key = shown if kind is Contact.URL or kind is Contact.IDENTIFIER else shown.lower().removeprefix("mailto:")
    return Address(kind, shown, key, match.start(), match.start() + len(shown))


def _end(text: str) -> int:
    """Where the address ends: punctuation behind it, and brackets that it does not open, are the sentence's."""
    end = len(text)
    excess = {closer: text.count(closer) - text.count(opener) for closer, opener in _OPENERS.items()}
    while end and (text[end - 1] in _TAIL or excess.get(text[end - 1], 0) > 0):
        end -= 1
        if text[end] in excess:
            excess[text[end]] -= 1
    return end


def digits(text: Text) -> str:
    """The digits of the text alone, whatever groups them."""
    return _NO_DIGITS.sub("", plain_digits(text.words))


_NO_DIGITS = re.compile(r"[^0-9]++")
_PLAIN_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９", "0123456789" * 3)


def plain_digits(text: str) -> str:
    """The text with the digits of other scripts as 0 to 9, character by character."""
    return text if text.isascii() else text.translate(_PLAIN_DIGITS)


def prose(text: Text) -> str:
    """The words of the text with each address blanked out, every character at its place."""
    words = text.words
    for address in text.fact(contacts) if text.shows(ADDRESS) else ():
        if address.kind is not Contact.PHONE:
            words = words[: address.start] + ATOM * (address.end - address.start) + words[address.end :]
    return words


def prose_signs(text: Text) -> int:
    """What shows in the prose."""
    if not text.shows(ADDRESS):
        return text.signs
    return text.knowledge(pieces_of).of(text.fact(prose).split(" "))


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of a tag; `at` is the tag's offset in `Text.raw`."""

    tag: str
    name: str
    value: str
    at: int


_ATTRIBUTE = re.compile(r"([A-Za-z_:][\w:.-]{0,60})\s*(?:=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")


def attributes(text: Text) -> tuple[Attribute, ...]:
    """The attributes of all tags of the text."""
    if not text.tokens:
        return ()
    return tuple(
        Attribute(token.name.lower(), match[1].lower(), match[2] or match[3] or match[4] or "", token.start)
        for token in text.tokens
        if token.kind in (TokenKind.OPEN, TokenKind.SINGLE) and len(token.text) > len(token.name) + 3
        for match in _ATTRIBUTE.finditer(token.text[1 + len(token.name) : -1])
    )
