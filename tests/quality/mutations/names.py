"""Names and terms: populations swapped, names misspelt, translated, disguised, re-cased, terms replaced."""

import re
from typing import Any

from tests.quality.corpus import Case, replaced

NAMES = ("Proleukin", "mRCC", "mM", "ECOG", "FDA", "CLS", "IL-2", "CYTO-2")
LOOKALIKES = str.maketrans("oaepcxiOAECMI", "оаерсхіОАЕСМІ")
TYPOS = {
    "Proleukin": ["Prolukin", "Proleukn", "Proleukim", "Proluekin", "Poleukin"],
    "ECOG": ["ECGO", "EGOC"],
    "FDA": ["FAD"],
    "CLS": ["CSL"],
    "mRCC": ["mRRC", "mRC"],
    "CYTO-2": ["CYOT-2", "CITO-2"],
}


def populations_swapped(case: Case) -> str | None:
    if not (_name("mRCC", case) and _name("mM", case)):
        return None
    return re.sub(r"(?<![A-Za-z])(mRCC|mM)(?![A-Za-z])", lambda m: "mM" if m.group() == "mRCC" else "mRCC", case.target)


def population_replaced(case: Case) -> str | None:
    found = [(match, "mM" if name == "mRCC" else "mRCC") for name in ("mRCC", "mM") for match in _name(name, case)]
    choice = case.pick(found, "population")
    return choice and replaced(case.target, choice[0].span(), choice[1])


def name_misspelt(case: Case) -> str | None:
    found = [(match, typo) for name, typos in TYPOS.items() for match in _name(name, case) for typo in typos]
    choice = case.pick(found, "typo")
    return choice and replaced(case.target, choice[0].span(), choice[1])


def name_translated(case: Case) -> str | None:
    own: dict[str, str] = dict(case.facts["names"])
    choice = case.pick([(match, own[name]) for name in own for match in _name(name, case)], "translate")
    if choice is None:
        return None
    # Everywhere in the text: a translator who translates a name does so each time.
    return re.sub(rf"(?<![A-Za-z]){choice[0].group()}(?![A-Za-z])", choice[1], case.target)


def name_disguised(case: Case) -> str | None:
    """One letter of a name comes from another script, or is a full-width one."""
    match = case.pick([match for name in NAMES[:6] for match in _name(name, case)], "disguise")
    if match is None:
        return None
    name = match.group()
    new = (
        name.translate(LOOKALIKES)
        if case.pick([0, 1, 2], "how")
        else name.replace(name[-1], chr(ord(name[-1]) + 0xFEE0))
    )
    if new == name:
        new = name[:-1] + chr(ord(name[-1]) + 0xFEE0)
    return replaced(case.target, match.span(), new)


def name_recased(case: Case) -> str | None:
    match = case.pick([match for name in NAMES for match in _name(name, case)], "case")
    if match is None:
        return None
    name = match.group()
    ways = [way for way in (name.lower(), name.upper(), name.capitalize()) if way != name]
    return replaced(case.target, match.span(), case.pick(ways, "which") or "")


def forbidden_term(case: Case) -> str | None:
    found = [
        (span, forbidden[0])
        for span, _, term in _terms(case)
        if (forbidden := term.get("forbidden", {}).get(case.language))
    ]
    choice = case.pick(found, "forbidden")
    return choice and replaced(case.target, choice[0], choice[1])


def other_term(case: Case) -> str | None:
    """A term of the glossary is replaced by a wrong one: the word of another term."""
    found = _terms(case)
    others = [term for term in case.terms if term["text"] not in case.source.lower()]
    choice = case.pick(found, "other term")
    other = case.pick(others, "which other")
    if choice is None or other is None:
        return None
    form = other["translations"][case.language][0]
    spoilt = replaced(case.target, choice[0], form)
    # Where the right word still stands elsewhere in the text, nothing is wrong with the terms.
    return None if choice[1].lower() in spoilt.lower() else spoilt


def _name(name: str, case: Case) -> list[re.Match[str]]:
    return list(re.finditer(rf"(?<![A-Za-z./@-]){re.escape(name)}(?![A-Za-z@/])", case.target))


def _terms(case: Case) -> list[tuple[tuple[int, int], str, dict[str, Any]]]:
    found = []
    for term in case.terms:
        text = str(term["text"])
        if not re.search(rf"\b{re.escape(text)}s?\b", case.source, re.IGNORECASE):
            continue
        forms = sorted(term["translations"][case.language], key=len, reverse=True)
        for form in forms:
            match = re.search(re.escape(form), case.target, re.IGNORECASE)
            if match:
                found.append((match.span(), match.group(), dict(term)))
                break
    return found
