"""anchors_terms: where the glossary's terms stand in both texts; they tell claims without numbers apart."""

import re
from functools import lru_cache

from pipeline.checks.facts.names import of_language
from pipeline.checks.subject import Pair
from pipeline.model.glossary import Glossary
from pipeline.model.locale import Locale

_Keys = tuple[tuple[int, str], ...]


def term_keys(pair: Pair) -> tuple[_Keys, _Keys]:
    """Offset and key of each term, in the source and in the target."""
    if not pair.glossary.terms:
        return (), ()
    ours, theirs = _searches(pair.glossary, pair.target.locale)
    source, target = _found(pair.source.words, ours), _found(pair.target.words, theirs)
    return source, target


def _found(words: str, searches: tuple[tuple[str, re.Pattern[str]], ...]) -> _Keys:
    return tuple((match.start(), f"term:{text}") for text, pattern in searches for match in pattern.finditer(words))


@lru_cache(maxsize=64)
def _searches(
    glossary: Glossary, locale: Locale
) -> tuple[tuple[tuple[str, re.Pattern[str]], ...], tuple[tuple[str, re.Pattern[str]], ...]]:
    ours, theirs = [], []
    for term in glossary.terms:
        forms = of_language(term.translations, locale)
        if forms:
            ours.append((term.text, re.compile(rf"\b{re.escape(term.text)}", re.IGNORECASE)))
            spelt = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
            theirs.append((term.text, re.compile(spelt, re.IGNORECASE)))
    return tuple(ours), tuple(theirs)
