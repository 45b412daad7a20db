"""conditions: what two texts must have for a rule to find anything in them; each is asked once for all rules."""

import re

from pipeline.checks.facts.copied import shared
from pipeline.checks.facts.numbers import romans
from pipeline.checks.facts.numbers_words import without_number_words
from pipeline.checks.facts.pieces import pieces
from pipeline.checks.subject import Pair, Text

_FIGURE = re.compile(r"[\d½%٪％]")


def figures(pair: Pair) -> bool:
    """Digits or percent signs in either text."""
    return pair.source.fact(_figures) or pair.target.fact(_figures)


def counts(pair: Pair) -> bool:
    """Numbers in either text, be they words or Roman in the source."""
    return pair.fact(figures) or pair.source.fact(_spells_numbers)


def marked(pair: Pair) -> bool:
    """Placeholders, tags or braces in either text."""
    raw = pair.target.raw
    return bool(pair.source.tokens or pair.target.tokens) or "{" in raw or "}" in raw


def placed(pair: Pair) -> bool:
    """Placeholders in the source."""
    return bool(pair.source.atoms)


def beyond_ascii(pair: Pair) -> bool:
    """Characters in the translation that are not ASCII."""
    return not pair.target.raw.isascii()


def unprintable(pair: Pair) -> bool:
    """Characters in the translation that are not printed, spaces of a language among them."""
    return not pair.target.raw.isprintable()


def in_common(pair: Pair) -> bool:
    """Words that both texts have."""
    return bool(pair.fact(shared))


def terms(pair: Pair) -> bool:
    """Terms in the glossary."""
    return bool(pair.glossary.terms)


def _figures(text: Text) -> bool:
    return _FIGURE.search(text.words) is not None


def _spells_numbers(text: Text) -> bool:
    return bool(text.fact(romans)) or not text.knowledge(without_number_words).holds(text.fact(pieces))
