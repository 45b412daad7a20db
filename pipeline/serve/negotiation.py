"""negotiation: what a request accepts, and which of the things on offer that is (RFC 9110, RFC 4647)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pipeline.model.locale import Locale, script

# Longer headers are no preferences of a person or a program.
_LONGEST = 1_000

# Most clients send one of a few headers.
_HEADERS = 1_024

# What no header names is acceptable as it lies, but anything that is named comes first.
_UNSAID = 0.0005

_MEMBER = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*")+')
_PARAMETER = re.compile(r'(?:[^;"]|"(?:[^"\\]|\\.)*")+')
_WEIGHT = re.compile(r"0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?")
_TOKEN = r"[!#$%&'*+.^_`|~0-9a-z-]+"
_MEDIA_RANGE = re.compile(rf"{_TOKEN}/{_TOKEN}")
_CODING = re.compile(_TOKEN)
_LANGUAGE_RANGE = re.compile(r"[a-z]{1,8}(?:-[a-z0-9]{1,8})*|\*")
_REGION = re.compile(r"[a-z]{2}|[0-9]{3}")
_SCRIPT = re.compile(r"[a-z]{4}")


def _members(header: str, shape: re.Pattern[str]) -> Iterator[tuple[str, frozenset[str], float]]:
    """Each member of a list with its parameters and its weight, in small letters; malformed ones are passed over."""
    if len(header) > _LONGEST:
        return
    for member in _MEMBER.findall(header):
        value, *rest = (part.strip(" \t").lower() for part in _PARAMETER.findall(member))
        weights = [part[2:] for part in rest if part.startswith("q=")]
        if shape.fullmatch(value) and len(weights) < 2 and all(_WEIGHT.fullmatch(weight) for weight in weights):
            parameters = frozenset(part.replace('"', "") for part in rest if not part.startswith("q="))
            yield value, parameters, float(weights[0]) if weights else 1.0


# ---- Accept


@lru_cache(maxsize=_HEADERS)
def media_type(header: str | None, offers: tuple[str, ...]) -> str | None:
    """The offer that is wanted most, the first of several; None if none is acceptable.

    The most specific range that covers an offer says its weight. A header that says nothing accepts everything.
    """
    ranges = list(_members(header or "", _MEDIA_RANGE))
    if not ranges:
        return offers[0]
    weights = {offer: _media_weight(offer, ranges) for offer in offers}
    best = max(offers, key=lambda offer: weights[offer])
    return best if weights[best] > 0 else None


def _media_weight(offer: str, ranges: Iterable[tuple[str, frozenset[str], float]]) -> float:
    kind = offer.partition("/")[0]
    exactness = {offer: 2, f"{kind}/*": 1, "*/*": 0}
    covering = [
        (exactness[value], len(parameters), weight)
        for value, parameters, weight in ranges
        if value in exactness and parameters <= {"charset=utf-8"}
    ]
    return max(covering)[2] if covering else 0.0


# ---- Accept-Encoding


@lru_cache(maxsize=_HEADERS)
def encoding(header: str | None, offers: tuple[str, ...]) -> str | None:
    """The content coding that is wanted most; `identity` where none is wanted; None if not even that is."""
    said = {value: weight for value, _, weight in _members(header or "", _CODING)}
    rest = said.get("*")
    weights = {offer: said.get(offer, rest or 0.0) for offer in offers}
    weights["identity"] = said.get("identity", _UNSAID if rest is None else rest)
    best = max(weights, key=lambda coding: weights[coding])
    return best if weights[best] > 0 else None


# ---- Accept-Language


@dataclass(frozen=True, slots=True)
class Choice:
    """The edition that a request means; where it means none for certain that is None, and `options` are to be shown."""

    edition: str | None
    options: tuple[str, ...]


@lru_cache(maxsize=64)
def language_table(editions: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """Which editions each language range stands for.

    `de-AT` is called `de-AT` and `de-Latn-AT`; the language alone, `de` or `de-Latn`, is called by every market that
    has it. A script that is not the usual one has to be named.
    """
    table: dict[str, list[str]] = {}
    for edition in sorted(set(editions)):
        locale = Locale.parse(edition)
        usual = script(Locale(locale.language, "", locale.territory))
        scripts = [locale.script or usual]
        if scripts == [usual]:
            scripts.append("")
        for name in scripts:
            for territory in {locale.territory, ""}:
                table.setdefault(Locale(locale.language, name, territory).bcp47.lower(), []).append(edition)
    return {key: tuple(found) for key, found in table.items()}


@lru_cache(maxsize=_HEADERS)
def language(header: str | None, editions: tuple[str, ...]) -> Choice:
    """The edition by RFC 4647 lookup, never across markets.

    A range with a region means that market alone: `de-CH` is not answered with `de-DE`. A language without a region
    means its only market, or the one that the header names elsewhere; where there are several, or the header names a
    market of the language that is not on offer, a person has to choose.
    """
    table = language_table(editions)
    everything = tuple(sorted({edition for found in table.values() for edition in found}))
    ranges = [
        ("*" if value == "*" else _plain(value), weight) for value, _, weight in _members(header or "", _LANGUAGE_RANGE)
    ]
    refused = _refused(table, ranges)
    wanted = [value for value, weight in sorted(ranges, key=lambda one: -one[1]) if weight > 0]
    exact = [table[key][0] for value in wanted if _region(key := _known(value, table)) and key in table]
    foreign = {value.partition("-")[0] for value in wanted if _region(value) and _known(value, table) not in table}
    for value in wanted:
        key = _known(value, table)
        found = tuple(edition for edition in table.get(key, ()) if edition not in refused)
        if not found:
            continue
        if _region(key):
            return Choice(found[0], found)
        named = [edition for edition in exact if edition in found]
        if named:
            return Choice(named[0], found)
        if len(table[key]) == 1 and key.partition("-")[0] not in foreign:
            return Choice(found[0], found)
        return Choice(None, found)
    return Choice(None, everything)


def _plain(value: str) -> str:
    """A range without extensions and private use, which name no text."""
    kept: list[str] = []
    for subtag in value.split("-"):
        if kept and len(subtag) == 1:
            break
        kept.append(subtag)
    return "-".join(kept)


def _known(value: str, table: Mapping[str, tuple[str, ...]]) -> str:
    """The range, cut from its end until the table has it; a region or a script is never cut off."""
    cut = value
    while cut not in table and "-" in cut:
        head, _, last = cut.rpartition("-")
        if _REGION.fullmatch(last) or _SCRIPT.fullmatch(last):
            return value
        cut = head
    return cut if cut in table else value


def _region(value: str) -> bool:
    """Whether a range names a market."""
    return any(_REGION.fullmatch(subtag) for subtag in value.split("-")[1:])


def _refused(table: Mapping[str, tuple[str, ...]], ranges: Iterable[tuple[str, float]]) -> set[str]:
    """The editions whose most exact range has the weight nought."""
    said: dict[str, tuple[int, float]] = {}
    for value, weight in ranges:
        for edition in table.get(value, ()):
            said[edition] = max(said.get(edition, (0, 0.0)), (len(value), weight))
    return {edition for edition, (_, weight) in said.items() if weight == 0}
