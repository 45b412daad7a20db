"""citation: swapped and moved citations are found, clauses that move with their citations are left alone."""

import pytest

from pipeline.model.finding import Severity
from tests.checks.subjects import findings

TWO = "It was 16% in mM{cite1} and 15% in mRCC.{cite2}"
REPEATED = "74%{cite1}, 52%{cite1} and 50%{cite2}"
SENTENCES = "It acts in several ways.{cite1} Ask your doctor. It is rare.{note1}"


@pytest.mark.parametrize(
    ("locale", "source", "target", "message"),
    [
        ("de", TWO, "16 % bei mM{cite2} und 15 % bei mRCC{cite1}.", "{cite1} and {cite2} have changed places"),
        ("ja", TWO, "mMでは16%{cite2}、mRCCでは15%でした{cite1}。", "{cite1} and {cite2} have changed places"),
        ("de", TWO, "16 % bei mM und 15 % bei mRCC.{cite1}{cite2}", "{cite1} has left its claim"),
        (
            "fr",
            SENTENCES,
            "Il agit de plusieurs façons. Demandez{cite1}. C’est rare{note1}.",
            "{cite1} stands with another sentence",
        ),
        (
            "es",
            SENTENCES,
            "{cite1}Actúa de varias maneras. Pregunte. Es raro{note1}.",
            "{cite1} stands at the start, before any claim",
        ),
        (
            "zh_CN",
            "It is rare.{cite1} It is new.{cite2}",
            "罕见{cite2}。新{cite1}。",
            "{cite1} and {cite2} have changed places",
        ),
        ("pl", "16% with mM and 15% with mRCC.{cite1}", "16% z mM{cite1} i 15% z mRCC.", "{cite1} has left its claim"),
        ("es", REPEATED, "74 %{cite2}, 52 %{cite1} y 50 %{cite1}", "{cite2} has left its claim"),
        ("ja", REPEATED, "74%、52%{cite1}{cite1}、50%{cite2}", "{cite1} has left its claim"),
    ],
)
def test_a_citation_with_another_claim_is_an_error(locale: str, source: str, target: str, message: str) -> None:
    found = findings("citation", source, target, locale=locale)
    assert [(each.message, each.severity) for each in found] == [(message, Severity.ERROR)]


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        ("de", TWO, "Bei mRCC waren es 15 %{cite2}, bei mM 16 %{cite1}."),
        ("ja", TWO, "mMでは16%{cite1}、mRCCでは15%{cite2}でした。"),
        ("ar", TWO, "بلغت 16% لدى mM{cite1} و15% لدى mRCC{cite2}."),
        ("de", "It works.{cite1}{note1} Ask.", "Es wirkt{note1}{cite1}. Fragen Sie."),
        ("zh_CN", SENTENCES, "作用方式多样。{cite1}请咨询医生。罕见{note1}。"),
        ("pl", "Dose: 5 mg, given for 3 days.{cite1}", "Dawka: 5 mg. Podaje się ją przez 3 dni{cite1}."),
        ("fr", REPEATED, "74\u00a0%{cite1}, 52\u00a0%{cite1} et 50\u00a0%{cite2}"),
        ("ja", "Stop IL-2 if unwell; going on may kill{cite1}.", "不調ならIL-2を中止する。続けると死亡しうる{cite1}。"),
        ("ja", "It helps, for example in 16% of patients.{cite1}", "例えば、患者の16%{cite1}に有効です。"),
    ],
)
def test_a_citation_that_stays_with_its_claim_is_left_alone(locale: str, source: str, target: str) -> None:
    assert findings("citation", source, target, locale=locale) == []


def test_a_claim_without_numbers_and_names_leaves_doubt() -> None:
    source = "Long-term sequelae are extremely rare in general.{cite1}"
    (found,) = findings("citation", source, "Langzeitfolgen sind{cite1} im Allgemeinen äußerst seltene Ereignisse.")
    assert found.severity is Severity.WARNING


def test_a_citation_before_the_last_part_of_a_sentence_made_two_is_doubted() -> None:
    source = "Stop IL-2 if unwell; going on may kill.{cite1}"
    (found,) = findings("citation", source, "不調ならIL-2を中止する{cite1}。続けると死亡しうる。", locale="ja")
    assert found.severity is Severity.WARNING


def test_claims_around_because_may_have_changed_places() -> None:
    source = "It is given in hospital{cite1} because it can be fatal.{cite2}"
    (found,) = findings("citation", source, "致命的となりうるため{cite2}、病院で投与します{cite1}。", locale="ja")
    assert found.severity is Severity.WARNING
