"""sentence-missing: what the rule says of translations with fewer sentences than their source."""

import pytest

from pipeline.model.finding import Severity
from tests.checks.subjects import findings

SOURCE = "Most side effects go away within a few days. Call your doctor if you have chest pain or a high fever."


def said(source: str, target: str, locale: str) -> list[Severity]:
    return [finding.severity for finding in findings("sentence-missing", source, target, locale=locale)]


@pytest.mark.parametrize(
    ("locale", "target"),
    [
        ("de", "Die meisten Nebenwirkungen klingen innerhalb weniger Tage ab."),
        ("es", "La mayoría de los efectos secundarios desaparecen en pocos días."),
        ("fr", "La plupart des effets indésirables disparaissent en quelques jours."),
        ("pl", "Większość działań niepożądanych ustępuje w ciągu kilku dni."),
        ("pt_BR", "A maioria dos efeitos adversos desaparece em poucos dias."),
        ("ja", "ほとんどの副作用は数日以内に消失します。"),
        ("zh_CN", "大多数不良反应会在几天内消失。"),
        ("ar", "تزول معظم الآثار الجانبية خلال بضعة أيام."),
    ],
)
def test_a_missing_sentence_is_found(locale: str, target: str) -> None:
    assert said(SOURCE, target, locale) == [Severity.WARNING]


def test_it_is_an_error_where_its_numbers_and_citations_are_gone_too() -> None:
    source = "Most side effects go away soon.{cite1} Of 255 patients 31 had to stop the treatment for good.{cite2}"
    target = "Die meisten Nebenwirkungen klingen bald ab.{cite1}"
    (finding,) = findings("sentence-missing", source, target)
    assert finding.severity is Severity.ERROR
    assert "255 patients" in finding.expected


@pytest.mark.parametrize(
    ("locale", "target"),
    [
        (
            "de",
            "Die meisten Nebenwirkungen klingen innerhalb weniger Tage ab, rufen Sie aber Ihren Arzt an, wenn Sie "
            "Schmerzen in der Brust oder hohes Fieber haben.",
        ),
        (
            "fr",
            "La plupart des effets indésirables disparaissent en quelques jours ; appelez votre médecin en cas de "
            "douleur à la poitrine ou de forte fièvre.",
        ),
        ("zh_CN", "大多数不良反应会在几天内消失；如果您出现胸痛或高烧，请立即给您的医生打电话。"),
    ],
)
def test_sentences_that_are_joined_are_all_there(locale: str, target: str) -> None:
    assert said(SOURCE, target, locale) == []


def test_an_answer_of_one_word_is_missed_too() -> None:
    source = "Yes. Most private insurers pay for it, but the amount depends on the plan."
    target = "Die meisten privaten Versicherungen bezahlen es, doch die Höhe hängt vom Tarif ab."
    assert said(source, target, "de") == [Severity.WARNING]
    assert said(source, f"Ja. {target}", "de") == []
    assert said(source, f"Ja, {target}", "de") == []


def test_an_abbreviation_is_no_answer() -> None:
    assert said("Op. theatre of the first floor", "Operationssaal im ersten Stock", "de") == []
