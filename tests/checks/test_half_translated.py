"""half-translated: what the rule says of English between words of the language, and of names that stay."""

import pytest

from pipeline.model.finding import Severity
from tests.checks.subjects import findings

SOURCE = "It works quickly. Tell your doctor if you have a fever."


def said(source: str, target: str, locale: str = "de") -> list[tuple[Severity, str]]:
    return [
        (finding.severity, finding.actual) for finding in findings("half-translated", source, target, locale=locale)
    ]


@pytest.mark.parametrize(
    ("locale", "target"),
    [
        ("de", "Es wirkt schnell. Tell your doctor if you have a fever."),
        ("es", "Actúa con rapidez. Tell your doctor if you have a fever."),
        ("fr", "Il agit vite. Tell your doctor if you have a fever."),
        ("pl", "Działa szybko. Tell your doctor if you have a fever."),
        ("pt_BR", "Age rapidamente. Tell your doctor if you have a fever."),
        ("ja", "すぐに効きます。Tell your doctor if you have a fever."),
        ("zh_CN", "起效很快。Tell your doctor if you have a fever."),
        ("ar", "يعمل بسرعة. Tell your doctor if you have a fever."),
    ],
)
def test_an_english_sentence_is_an_error(locale: str, target: str) -> None:
    assert said(SOURCE, target, locale) == [(Severity.ERROR, "English: Tell your doctor if you have a fever")]


def test_an_english_half_of_a_sentence_is_an_error() -> None:
    target = "Informe a su médico si you have a fever or chest pain."
    assert said("Tell your doctor if you have a fever or chest pain.", target, "es")[0][0] is Severity.ERROR


def test_a_finding_points_at_the_first_english_word() -> None:
    (finding,) = findings("half-translated", SOURCE, "Es <em>wirkt</em> schnell. Tell your doctor if you have a fever.")
    assert finding.message == "words of the source are left: Tell your doctor if you have a fever"


@pytest.mark.parametrize(
    ("locale", "target"),
    [
        ("de", "Fieber, Schüttelfrost and Müdigkeit"),
        ("es", "Fiebre, escalofríos and fatiga"),
        ("fr", "Fièvre, frissons and fatigue"),
        ("pl", "Gorączka, dreszcze and zmęczenie"),
        ("ja", "発熱、悪寒 and 疲労"),
    ],
)
def test_a_small_english_word_is_a_warning(locale: str, target: str) -> None:
    assert said("Fever, chills and fatigue", target, locale) == [(Severity.WARNING, "English: and")]


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        (
            "de",
            "The Food and Drug Administration (FDA) approved it.",
            "Die Food and Drug Administration (FDA) hat es zugelassen.",
        ),
        (
            "es",
            "See the Journal of Clinical Oncology for the study.",
            "Véase el Journal of Clinical Oncology para el estudio.",
        ),
        (
            "ja",
            "Acute respiratory distress syndrome is rare.",
            "急性呼吸窮迫症候群（acute respiratory distress syndrome）はまれです。",
        ),
        ("zh_CN", "Read the Prescribing Information.", "请阅读处方信息（Prescribing Information）。"),
        ("fr", "The patient may use the transport service.", "Le patient peut utiliser le service de transport."),
        (
            "de",
            "Write to safety@example.org or see https://example.org/is/it/safe.",
            "Schreiben Sie an safety@example.org oder siehe https://example.org/is/it/safe.",
        ),
        ("pl", "The CYTO-2 trial and the follow-up", "Badanie CYTO-2 i obserwacja"),
        ("fr", "The type of the page", "Le type de la page"),
    ],
)
def test_names_original_names_addresses_and_shared_words_may_stand(locale: str, source: str, target: str) -> None:
    assert said(source, target, locale) == []


def test_brackets_of_the_source_are_no_excuse() -> None:
    source = "Some drugs (for example, aminoglycosides and the like) harm the kidneys."
    target = "Algunos fármacos (for example, aminoglycosides and the like) dañan los riñones."
    assert said(source, target, "es")[0][0] is Severity.ERROR


def test_a_text_that_is_not_translated_at_all_is_another_rules_business() -> None:
    assert said(SOURCE, SOURCE) == []


def test_an_edition_in_english_may_keep_its_words() -> None:
    assert said("Color the tumor.", "Colour the tumour.", "en_GB") == []
