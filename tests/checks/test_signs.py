"""What shows in a text decides which rules are asked about it; none is silenced that would find anything."""

import random
from collections.abc import Iterator

import pytest

from pipeline.checks.engine import Asked
from pipeline.checks.rule import Problem, Rule, Scope
from pipeline.checks.rules import RULES
from pipeline.checks.signs import Sign
from pipeline.checks.subject import Pair, Syntax, Text
from pipeline.model.locale import Locale
from pipeline.sources.glossary import read_glossary
from tests.quality.corpus import GLOSSARY, LANGUAGES, cases
from tests.quality.defects import DEFECTS

pytestmark = pytest.mark.thorough

RULES_OF_STRINGS = tuple(rule for rule in RULES if rule.scope is Scope.STRING)
ASKED = Asked(RULES_OF_STRINGS)
EVERY_SIGN = -1
NAMES = read_glossary(GLOSSARY.read_bytes(), "glossary.toml")
ENGLISH = Locale("en")
SCRAPS = (
    *"0123456789.,;:!?%٪％½–-−<>{}&()/ \n\t\u00a0\u202f\u200f\u0301\u00ad",
    *'年月日回個人mMkKH٣一二三十万’«»„“”"。、，؟¿¡IVX²²ª°àяα',
    *("5", "1990", "3.5", "1,000", "2.000", "10 mg", "12 %", "8h30", "IL-2", "Yes.", "No,", "www.example.org.Then"),
    *(" 2 ", "0800 123 456", "<a1>", "</a1>", "{cite1}", '<a href="x">', "&lt;", "{{", "two", "May 2", "Ã©", "the"),
)


def _spoilt(language: str) -> Iterator[tuple[str, str]]:
    """Texts of the corpus as they are, with a defect each, and with scraps of anything put in on both sides."""
    chance = random.Random(language)
    for case in cases(language)[::2]:
        yield case.source, case.target
        for defect in chance.sample(DEFECTS, 2):
            yield case.source, defect.spoil(case) or case.target
        source, target = case.source, chance.choice((case.target, case.others["neighbour"]))
        for _ in range(chance.randrange(1, 5)):
            source, target = _put(source, chance), _put(target, chance)
        yield source, target


def _put(text: str, chance: random.Random) -> str:
    place = chance.randrange(len(text) + 1)
    return text[:place] + chance.choice(SCRAPS) + text[place + chance.randrange(2) :]


def _pair(source: str, target: str, locale: Locale, signs: int | None = None) -> Pair:
    ours, theirs = Text(source, ENGLISH, Syntax.BRACE), Text(target, locale, Syntax.BRACE)
    if signs is not None:
        ours.signs = theirs.signs = signs
    return Pair(source=ours, target=theirs, glossary=NAMES)


def _found(pair: Pair, rules: tuple[Rule, ...]) -> list[tuple[str, Problem]]:
    assert all(rule.string is not None for rule in rules)
    return [(rule.id, problem) for rule in rules if rule.string is not None for problem in rule.string(pair)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_signs_silence_no_rule(language: str) -> None:
    locale = Locale.parse(language)
    told = 0
    for source, target in _spoilt(language):
        pair = _pair(source, target, locale)
        found = _found(pair, ASKED.about(pair))
        assert found == _found(_pair(source, target, locale, EVERY_SIGN), RULES_OF_STRINGS), (source, target)
        told += bool(found)
    assert told > 20


def test_a_plain_text_asks_fewer_rules() -> None:
    pair = _pair("Ask your doctor.", "Fragen Sie Ihren Arzt.", Locale("de"))
    assert len(ASKED.about(pair)) < len(RULES_OF_STRINGS) / 2


def test_a_sign_shows_where_any_piece_has_it() -> None:
    brackets = next(rule for rule in RULES_OF_STRINGS if rule.id == "quotes")
    assert brackets.when is not None
    quote: Sign = brackets.when.target[0]
    assert Text("Ein „Wort“ darin", Locale("de"), Syntax.NONE).shows(quote)
    assert not Text("Ein Wort darin", Locale("de"), Syntax.NONE).shows(quote)
