"""links: a translation has the addresses of its source, exactly, and no others."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from pipeline.checks.facts.contacts import ADDRESS, DIGITS, Address, Attribute, Contact, attributes, contacts, digits
from pipeline.checks.facts.marks import TAG
from pipeline.checks.rule import Example, Problem, Rule, Scope, When
from pipeline.checks.subject import Pair
from pipeline.model.finding import Severity

# Attributes that are read or say the language; all others are the source's alone.
_TRANSLATED = frozenset(
    ("title", "alt", "label", "placeholder", "summary", "lang", "xml:lang", "dir", "hreflang", "translate")
)
_DIGITS = re.compile(r"[^0-9]+")
_LEAST_SHARED_DIGITS = 6
_MOST = 20  # numbers that are compared one by one


def check(pair: Pair) -> Iterator[Problem]:
    there, wanted = pair.target.fact(contacts), pair.source.fact(contacts)
    if there or wanted:
        yield from _addresses(pair, wanted, there)
    yield from _attributes(pair)


def _addresses(pair: Pair, wanted: tuple[Address, ...], there: tuple[Address, ...]) -> Iterator[Problem]:
    expected, actual = _listed(wanted), _listed(there)
    keys = {address.key for address in there}
    left = Counter(address.key for address in there if address.kind is not Contact.PHONE)
    for address in wanted:
        if address.kind is Contact.PHONE:
            yield from _telephone(pair, address, there)
        elif left[address.key]:
            left[address.key] -= 1
        elif address.key not in keys:
            yield Problem(
                message=f"the {address.kind} {address.text} is missing",
                severity=_weight(pair, address.key, keys),
                expected=expected,
                actual=actual,
                hint="write it exactly as in the English",
            )
    known = {address.key for address in wanted}
    for address in there:
        if address.key in known or _in_source(pair, address):
            continue
        yield Problem(
            message=f"the {address.kind} {address.text} is not in the English",
            severity=_weight(pair, address.key, known),
            expected=expected,
            actual=address.text,
            hint="take it out; addresses come from the English alone",
            at=pair.target.raw_offset(address.start),
        )


def _weight(pair: Pair, key: str, others: set[str]) -> Severity | None:
    """A reviewer decides on the same page in the language of the text."""
    return Severity.WARNING if any(_same_page(pair, key, other) for other in islice(others, _MOST)) else None


def _same_page(pair: Pair, one: str, other: str) -> bool:
    """Whether two URLs differ in the name of a language alone: /en/ and /fr/."""
    locale = pair.target.locale
    tags = "|".join(re.escape(tag.lower()) for tag in ("en", "en-us", locale.language, locale.bcp47, locale.gettext))
    page = rf"(?<=/)(?:{tags})(?=/|\Z)"
    first, second = one.lower(), other.lower()
    return first != second and re.sub(page, "*", first) == re.sub(page, "*", second)


def _in_source(pair: Pair, address: Address) -> bool:
    """Whether the English has it too, there without what makes it an address of its own."""
    if address.kind is Contact.PHONE:
        number = _DIGITS.sub("", address.key)
        return number in pair.source.fact(digits) or any(
            _same_line(number, other.key) for other in pair.source.fact(contacts)[:_MOST]
        )
    return address.key in pair.source.words.lower() or address.text in pair.source.raw


def _telephone(pair: Pair, address: Address, there: tuple[Address, ...]) -> Iterator[Problem]:
    """The digits count, not how they are grouped; a country code or a trunk zero more is a reviewer's matter."""
    number = _DIGITS.sub("", address.key)
    if number in pair.target.fact(digits) and _letters(address) in pair.target.words:
        return
    others = [other for other in there if other.kind is Contact.PHONE][:_MOST]
    local = any(_same_line(number, _DIGITS.sub("", other.key)) for other in others)
    yield Problem(
        message=f"the telephone number {address.text} is missing",
        severity=Severity.WARNING if local else None,
        expected=address.text,
        actual=_listed(tuple(others)),
        hint="write it exactly as in the English",
    )


def _letters(address: Address) -> str:
    return next(iter(re.findall(r"[A-Z]{3,}", address.text)), "")


def _same_line(one: str, other: str) -> bool:
    """Whether the numbers end alike, as one with a country code and one without do."""
    shared = 0
    for first, second in zip(reversed(one), reversed(other), strict=False):
        if first != second:
            break
        shared += 1
    return shared >= max(_LEAST_SHARED_DIGITS, min(len(one), len(other)) - 1)


def _attributes(pair: Pair) -> Iterator[Problem]:
    there = pair.target.fact(attributes)
    wanted = pair.source.fact(attributes)
    if not there and not wanted:
        return
    expected = Counter(_key(attribute) for attribute in wanted if _fixed(attribute))
    found = Counter(_key(attribute) for attribute in there if _fixed(attribute))
    tags = {attribute.tag for attribute in wanted} | {attribute.tag for attribute in there}
    for attribute in there:
        key = _key(attribute)
        if _fixed(attribute) and found[key] > expected[key]:
            found[key] -= 1
            yield Problem(
                message=f"the attribute {attribute.name} of <{attribute.tag}> is not as in the English",
                severity=_weight(pair, attribute.value, {one.value for one in wanted if one.name == attribute.name}),
                expected=_values(wanted, attribute),
                actual=f'{attribute.name}="{attribute.value}"',
                hint="copy the tag from the English",
                at=attribute.at,
            )
    there_keys = Counter(_key(attribute) for attribute in there if _fixed(attribute))
    names = {attribute.name for attribute in there if _fixed(attribute)}
    for attribute in wanted:
        key = _key(attribute)
        if _fixed(attribute) and attribute.name not in names and attribute.tag in tags and not there_keys[key]:
            if f"<{attribute.tag}" not in pair.target.raw.lower():
                continue  # the whole tag is gone: another rule's finding
            yield Problem(
                message=f"the attribute {attribute.name} of <{attribute.tag}> is missing",
                expected=f'{attribute.name}="{attribute.value}"',
                actual="none",
                hint="copy the tag from the English",
            )


def _fixed(attribute: Attribute) -> bool:
    return attribute.name not in _TRANSLATED and not attribute.name.startswith("aria-")


def _key(attribute: Attribute) -> tuple[str, str, str]:
    return (attribute.tag, attribute.name, attribute.value)


def _values(wanted: tuple[Attribute, ...], like: Attribute) -> str:
    values = [f'{one.name}="{one.value}"' for one in wanted if (one.tag, one.name) == (like.tag, like.name)]
    return ", ".join(values) or "none"


def _listed(addresses: tuple[Address, ...]) -> str:
    return ", ".join(address.text for address in addresses) or "none"


RULE = Rule(
    id="links",
    scope=Scope.STRING,
    severity=Severity.ERROR,
    title="An address differs",
    finds="URLs, e-mail addresses, domains, telephone numbers, DOIs and trial numbers that are lost, changed or added; "
    "attributes of tags, such as href, that are not as in the English. A telephone number may be grouped otherwise. "
    "The same page in another language, and a number with a country code more, are warnings.",
    why="A changed address sends patients and reports of adverse events elsewhere; an added one was approved by "
    "nobody.",
    examples=(
        Example(
            locale="de",
            source="Visit https://www.fda.gov/medwatch or call 1-800-332-1088.",
            bad="Besuchen Sie https://www.fda-gov.com/medwatch oder rufen Sie 1-800-332-1088 an.",
            good="Besuchen Sie https://www.fda.gov/medwatch oder rufen Sie 1-800-332-1088 an.",
        ),
        Example(
            locale="ja",
            source="Call 1-800-332-1088.",
            bad="1-800-332-1080にお電話ください。",
            good="1-800-332-1088にお電話ください。",
        ),
    ),
    waivable=False,
    string=check,
    when=When(source=(ADDRESS, DIGITS, TAG), target=(ADDRESS, DIGITS, TAG)),
)
