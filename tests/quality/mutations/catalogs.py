"""Defects of a whole file: entries missing, added, tampered with, plurals, headers, syntax."""

import re
from collections.abc import Mapping
from dataclasses import replace

from tests.quality.corpus import facts
from tests.quality.po_text import Catalog, Entry


def entry_missing(catalog: Catalog, turn: int) -> Catalog | None:
    place = (turn * 5 + 1) % len(catalog.entries)
    return replace(catalog, entries=catalog.entries[:place] + catalog.entries[place + 1 :])


def entry_added(catalog: Catalog, turn: int) -> Catalog | None:
    source = ("This entry is not in the template.", "Ask your pharmacist about the price.")[turn % 2]
    model = catalog.entries[turn % len(catalog.entries)]
    extra = Entry(id=f"extra/answer/{turn}", source=(source,), target=(model.target[0].split("{")[0],))
    return replace(catalog, entries=(*catalog.entries, extra))


def source_tampered(catalog: Catalog, turn: int) -> Catalog | None:
    """The English in the catalog says something else than the template does, and the translation may follow it."""
    ways = ((r"\d+", "77"), (r"\.", "!"), (r"\bthe\b", "a"), (r"\bnot\b ", ""), (r"\bProleukin\b", "Proleukine"))
    pattern, new = ways[turn % len(ways)]
    for place, entry in enumerate(catalog.entries):
        source = re.sub(pattern, new, entry.source[0], count=1)
        if source != entry.source[0] and len(entry.source) == 1 and "{" not in new:
            return _with(catalog, place, replace(entry, source=(source,)))
    return None


def context_tampered(catalog: Catalog, turn: int) -> Catalog | None:
    place = (turn * 3 + 2) % len(catalog.entries)
    entry = catalog.entries[place]
    return _with(catalog, place, replace(entry, id=entry.id + "-neu"))


def entry_doubled(catalog: Catalog, turn: int) -> Catalog | None:
    entry = catalog.entries[turn % len(catalog.entries)]
    return replace(catalog, entries=(*catalog.entries, entry))


def translation_empty(catalog: Catalog, turn: int) -> Catalog | None:
    place = (turn * 4 + 1) % len(catalog.entries)
    entry = catalog.entries[place]
    return _with(catalog, place, replace(entry, target=("",) * len(entry.target)))


def fuzzy_left(catalog: Catalog, turn: int) -> Catalog | None:
    place = (turn * 7 + 3) % len(catalog.entries)
    entry = catalog.entries[place]
    return _with(catalog, place, replace(entry, flags=("fuzzy",)))


def plural_form_empty(catalog: Catalog, turn: int) -> Catalog | None:
    place = _plural(catalog)
    entry = catalog.entries[place]
    if len(entry.target) < 2:
        return None
    form = turn % len(entry.target)
    return _with(catalog, place, replace(entry, target=(*entry.target[:form], "", *entry.target[form + 1 :])))


def plural_form_missing(catalog: Catalog, turn: int) -> Catalog | None:
    place = _plural(catalog)
    entry = catalog.entries[place]
    if len(entry.target) < 2:
        return None
    return _with(catalog, place, replace(entry, target=entry.target[:-1]))


def plural_placeholder_lost(catalog: Catalog, turn: int) -> Catalog | None:
    place = _plural(catalog)
    entry = catalog.entries[place]
    form = len(entry.target) - 1
    lost = re.sub(r"\{\w+\}\s?", "", entry.target[form])
    return _with(catalog, place, replace(entry, target=(*entry.target[:form], lost)))


def plural_header_wrong(catalog: Catalog, turn: int) -> Catalog | None:
    return replace(catalog, plural=str(facts()[catalog.language]["wrong_plural"]))


def plural_header_malformed(catalog: Catalog, turn: int) -> Catalog | None:
    ways = ("nplurals=INTEGER; plural=EXPRESSION;", "nplurals=2; plural=n!=1 ? ;", "nplurals=2", "")
    return replace(catalog, plural=ways[turn % len(ways)])


def language_header_wrong(catalog: Catalog, turn: int) -> Catalog | None:
    ways = (str(facts()[catalog.language]["sibling"]), "en", "")
    return replace(catalog, language=ways[turn % len(ways)])


def charset_wrong(catalog: Catalog, turn: int) -> Catalog | None:
    return replace(catalog, charset=("ISO-8859-1", "CHARSET", "windows-1252")[turn % 3])


def syntax_broken(catalog: Catalog, turn: int) -> Catalog | None:
    ways = (
        '\nmsgctxt "broken/1"\nmsgid "Open',
        '\nmsgctxt "broken/2"\nmsgid "Two"\nmsgstr "x" y\n',
        '\nmsgid "no translation"\n',
        '\nmsgctxt "broken/3"\nmsgid "Three"\nmsgstr "a\\qb"\n',
    )
    return replace(catalog, extra=ways[turn % len(ways)])


def said_two_ways(catalog: Catalog, turn: int) -> Catalog | None:
    """A second document translates the same English in another way."""
    second: Mapping[str, str] = dict(facts()[catalog.language]["second"])
    known = [entry for entry in catalog.entries if entry.id in second]
    if turn >= len(known):
        return None
    entry = known[turn]
    return replace(catalog, entries=(replace(entry, target=(second[entry.id],)),))


def _plural(catalog: Catalog) -> int:
    return next(place for place, entry in enumerate(catalog.entries) if len(entry.source) > 1)


def _with(catalog: Catalog, place: int, entry: Entry) -> Catalog:
    return replace(catalog, entries=(*catalog.entries[:place], entry, *catalog.entries[place + 1 :]))
