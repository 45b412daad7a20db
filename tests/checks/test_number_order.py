"""number-order and names-order: swaps are found, and what a language turns round is left alone."""

import pytest

from pipeline.model.finding import Severity
from tests.checks.subjects import findings

RESULTS = "Among patients with mM, 16% responded; among patients with mRCC, 15%."


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        ("de", RESULTS, "Bei Patienten mit mM sprachen 15 % an, bei mRCC 16 %."),
        ("fr", "improve 2 to 3 days later", "s’améliorent 3 à 2 jours plus tard"),
        ("ja", "31 of 255 patients", "患者31例中255例"),
        ("es", "aged 50 to 64 years; 8% were over 65", "de 50 a 65 años; el 8\u00a0% tenía más de 64 años"),
        ("zh_CN", "five days of therapy, then nine days of rest", "治疗9天，然后休息5天"),
        ("pl", "4% with mRCC and 2% with mM", "2% z mRCC i 4% z mM"),
        ("ja", "37 of 255 and 43 of 270", "255例中43例、270例中37例"),
        ("pl", "from 7 to 131 months and from 1 to 122 months", "od 7 do 122 miesięcy i od 1 do 131 miesięcy"),
    ],
)
def test_swapped_numbers_are_an_error(locale: str, source: str, target: str) -> None:
    assert [each.severity for each in findings("number-order", source, target, locale=locale)] == [Severity.ERROR]


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        ("ja", "31 of 255 patients", "患者255例中31例"),
        ("zh_CN", "31 of 255 patients", "255例患者中有31例"),
        ("de", "31 of 255 patients", "Von 255 Patienten sprachen 31 an"),
        ("de", "86 patients at 12 centers", "an 12 Zentren 86 Patienten"),
        ("ja", "16% over 5 years", "5年間で16%"),
        ("de", RESULTS, "Bei Patienten mit mRCC sprachen 15 % an, bei Patienten mit mM 16 %."),
        ("zh_CN", "15% of 255 patients and 16% of 270", "255例患者中有15%，270例中有16%"),
        ("ja", "255 patients treated between 1985 and 1993", "1985年から1993年に治療を受けた255例"),
        ("de", "15,000 cells on day 2", "an Tag 2 15.000 Zellen"),
        ("ja", "20 doses in course 1 and 14 in course 2", "第1コースで20回、第2コースで14回"),
        ("zh_CN", "48.5% (44.1–52.9) had grade 3", "3级者占48.5%（44.1–52.9）"),
        ("ja", "40 per 1,000 people", "1000人あたり40人"),
        ("de", "on day 8 and 15 patients on day 9", "15 Patienten an Tag 8 und an Tag 9"),
        ("es", "Of 1,000 people 3 die, not 40 per 1,000", "De cada 1000 personas mueren 3, no 40 por cada 1000"),
        ("zh_CN", "7 kg in a 70-kg person", "体重70公斤者为7公斤"),
        ("ja", "7 patients out of 22", "22例中7例"),
        ("ja", "37 (15%) of 255 and 43 (16%) of 270", "255例中37例（15%）、270例中43例（16%）"),
        ("de", "Approved on 05/09/2021 (May 9, 2021).", "Zugelassen am 09.05.2021 (9. Mai 2021)."),
        ("es", "1,384 adults aged 18–74 at 22 centres", "en 22 centros a 1384 adultos de entre 18 y 74 años"),
    ],
)
def test_what_a_language_turns_round_is_no_swap(locale: str, source: str, target: str) -> None:
    found = [each for rule in ("number-order", "names-order") for each in findings(rule, source, target, locale=locale)]
    assert found == []


def test_numbers_around_after_may_have_changed_places() -> None:
    (found,) = findings("number-order", "9 days after 5 days", "5日の後の9日", locale="ja")
    assert found.severity is Severity.WARNING


@pytest.mark.parametrize(
    ("locale", "target"),
    [
        ("de", "Bei Patienten mit mRCC sprachen 16 % an, bei Patienten mit mM 15 %."),
        ("ja", "mRCC患者では16%、mM患者では15%が奏効しました。"),
        ("ar", "استجاب 16% من مرضى mRCC و15% من مرضى mM."),
    ],
)
def test_swapped_populations_are_an_error(locale: str, target: str) -> None:
    (found,) = findings("names-order", RESULTS, target, locale=locale)
    assert found.severity is Severity.ERROR


@pytest.mark.parametrize(
    ("locale", "target"),
    [
        ("pl", "Spośród 255 pacjentów z mM 85% miało operację; tylko 4 z 270 pacjentów z mRCC jej nie miało."),
        ("zh_CN", "255例mM患者中85%接受过手术；270例mRCC患者中仅4例未接受。"),
    ],
)
def test_a_population_with_the_number_of_another_is_an_error(locale: str, target: str) -> None:
    source = "Of the 255 mRCC patients, 85% had surgery; only 4 of 270 mM patients had not."
    (found,) = findings("names-order", source, target, locale=locale)
    assert found.severity is Severity.ERROR


def test_names_on_either_side_of_a_range_are_not_told_apart_by_it() -> None:
    source = "Adults with an ECOG status of 0 or 1 can receive IL-2."
    assert findings("names-order", source, "IL-2 erhalten Erwachsene mit Status 0 oder 1 nach ECOG.") == []


def test_names_of_unlike_things_may_stand_in_any_order() -> None:
    source = "Proleukin is approved by the FDA; ECOG PS was 0."
    assert findings("names-order", source, "Die FDA hat Proleukin zugelassen; der PS nach ECOG war 0.") == []


def test_names_of_a_list_of_abbreviations_are_alike() -> None:
    source = "CLS, capillary leak syndrome; mM, metastatic melanoma; mRCC, renal cell carcinoma."
    target = "CLS: Kapillarlecksyndrom; mRCC: metastasiertes Melanom; mM: Nierenzellkarzinom."
    assert [each.severity for each in findings("names-order", source, target)] == [Severity.ERROR]
