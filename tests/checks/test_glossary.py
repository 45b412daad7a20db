"""glossary: which wordings count as an accepted translation of a term."""

import pytest

from pipeline.model.finding import Severity
from tests.checks.glossaries import glossary
from tests.checks.subjects import findings

WORDS = glossary()


def told(source: str, target: str, locale: str) -> list[str]:
    return [
        f"{finding.severity}: {finding.message}"
        for finding in findings("glossary", source, target, locale=locale, glossary=WORDS)
    ]


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        ("de", "Side effects vary.", "Nebenwirkungen sind verschieden."),
        ("de", "a side effect", "die Nebenwirkungsrate"),
        ("de", "with metastatic melanoma", "mit metastasiertem Melanom"),
        ("de_AT", "Therapies differ.", "Die Therapien sind verschieden."),
        ("es", "Side effects vary.", "Los efectos secundarios varían."),
        ("es", "Side effects vary.", "LOS EFECTOS SECUNDARIOS VARÍAN."),
        ("fr", "Side effects vary.", "Les effets fréquents et indésirables varient."),
        ("fr", "capillary leak syndrome", "un syndrome de fuite\u00a0capillaire"),
        ("pl", "Side effects vary.", "Działania niepożądane są różne."),
        ("pl", "in metastatic melanoma", "w czerniaku z przerzutami"),
        ("pt_BR", "Side effects vary.", "Os efeitos colaterais variam."),
        ("ja", "capillary leak syndrome", "毛細血管漏出症候群（CLS）"),
        ("zh_CN", "capillary leak syndrome", "毛细血管 渗漏综合征"),
        ("ar", "capillary leak syndrome", "بمتلازمة تَسَرُّب الشعيرات الدمويّة"),
        ("ar", "metastatic melanoma", "وللورم الميلانيني النقيلي"),
    ],
)
def test_inflections_compounds_and_attached_words_are_fine(locale: str, source: str, target: str) -> None:
    assert told(source, target, locale) == []


@pytest.mark.parametrize(
    ("locale", "source", "target", "term"),
    [
        ("de", "Side effects vary.", "Die Folgen sind verschieden.", "side effect"),
        ("de", "capillary leak syndrome", "Haargefäßschwund", "capillary leak syndrome"),
        ("ja", "capillary leak syndrome", "毛細血管の病気", "capillary leak syndrome"),
        ("ar", "capillary leak syndrome", "اضطراب الأوعية", "capillary leak syndrome"),
        ("pl", "Side effects vary.", "Skutki są różne.", "side effect"),
    ],
)
def test_another_word_is_a_warning(locale: str, source: str, target: str, term: str) -> None:
    assert told(source, target, locale) == [f"{Severity.WARNING}: no accepted translation of “{term}”"]


def test_a_term_inside_a_longer_one_is_not_asked_for() -> None:
    (finding,) = findings("glossary", "metastatic melanoma", "Krebs", glossary=WORDS)
    assert "“metastatic melanoma”" in finding.message
    assert finding.expected == "metastasiertes Melanom"


def test_a_word_that_only_begins_like_a_term_is_none() -> None:
    assert told("melanomatous", "dunkel", "de") == []


def test_a_language_that_the_glossary_does_not_know_is_left_alone() -> None:
    assert told("Side effects vary.", "Bijwerkingen verschillen.", "nl") == []


def test_without_a_glossary_nothing_is_said() -> None:
    assert findings("glossary", "Side effects vary.", "Die Folgen sind verschieden.") == []
