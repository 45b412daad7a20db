"""wrong-language: what the rule says of texts and sentences of another language."""

import pytest

from pipeline.model.finding import Severity
from tests.checks.subjects import findings

SOURCE = "Tell your doctor if you have a fever. Do not stop the treatment."
TEXTS = {
    "de": "Informieren Sie Ihren Arzt, wenn Sie Fieber haben. Brechen Sie die Behandlung nicht ab.",
    "es": "Informe a su médico si tiene fiebre. No interrumpa el tratamiento.",
    "fr": "Prévenez votre médecin si vous avez de la fièvre. N’arrêtez pas le traitement.",
    "pl": "Poinformuj lekarza, jeśli masz gorączkę. Nie przerywaj leczenia.",
    "pt_BR": "Avise o seu médico se você tiver febre. Não interrompa o tratamento.",
    "ja": "熱がある場合は、主治医に伝えてください。治療を中止しないでください。",
    "zh_CN": "如果您发烧，请告诉您的医生。请不要停止治疗。",
    "ar": "أخبر طبيبك إذا أُصبت بالحمى. لا توقف العلاج.",
}
OTHERS = {
    "Italian": "Informi il medico se ha la febbre. Non interrompa il trattamento.",
    "Dutch": "Vertel het uw arts als u koorts heeft. Stop niet met de behandeling.",
    "Czech": "Informujte lékaře, pokud máte horečku. Léčbu nepřerušujte, protože je to nebezpečné.",
}


def said(target: str, locale: str, source: str = SOURCE) -> list[tuple[Severity, str]]:
    return [
        (finding.severity, finding.message) for finding in findings("wrong-language", source, target, locale=locale)
    ]


@pytest.mark.parametrize("locale", TEXTS)
def test_a_text_in_its_own_language_passes(locale: str) -> None:
    assert said(TEXTS[locale], locale) == []


@pytest.mark.parametrize("locale", ["de", "es", "fr", "pl", "pt_BR"])
@pytest.mark.parametrize("other", ["de", "es", "fr", "pl", "pt_BR"])
def test_a_text_of_another_language_in_latin_letters_is_an_error(locale: str, other: str) -> None:
    names = {"de": "German", "es": "Spanish", "fr": "French", "pl": "Polish", "pt_BR": "Portuguese"}
    expected = [] if other == locale else [(Severity.ERROR, f"the text is in {names[other]}")]
    assert said(TEXTS[other], locale) == expected


@pytest.mark.parametrize("locale", ["de", "es", "fr", "pl", "pt_BR"])
@pytest.mark.parametrize("language", OTHERS)
def test_languages_that_no_edition_has_are_known_too(locale: str, language: str) -> None:
    assert said(OTHERS[language], locale) == [(Severity.ERROR, f"the text is in {language}")]


def test_one_sentence_of_another_language_is_enough() -> None:
    mixed = "Informe a su médico si tiene fiebre. Não interrompa o tratamento sem falar com ele."
    (finding,) = findings("wrong-language", SOURCE, mixed, locale="es")
    assert finding.severity is Severity.ERROR
    assert finding.actual == "Portuguese: Não interrompa o tratamento sem falar com ele."


def test_chinese_and_japanese_are_told_apart() -> None:
    assert said(TEXTS["zh_CN"], "ja") == [(Severity.ERROR, "the text is in Chinese")]
    assert said(TEXTS["ja"], "zh_CN") == [(Severity.ERROR, "the text is in Japanese")]


def test_arabic_and_persian_are_told_apart() -> None:
    assert said("اگر تب دارید به پزشک خود بگویید. درمان را قطع نکنید.", "ar") == [
        (Severity.ERROR, "the text is in Persian")
    ]


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        ("es", "Answers", "Todas as respostas"),
        ("pl", "Side effects", "Unerwünschte Wirkungen"),
        ("pt_BR", "Next question", "Siguiente pregunta"),
    ],
)
def test_two_words_are_a_doubt(locale: str, source: str, target: str) -> None:
    assert [severity for severity, _ in said(target, locale, source)] == [Severity.WARNING]


@pytest.mark.parametrize(
    ("locale", "target"),
    [
        ("de", "Die Studie erschien im „Journal of the American Medical Association“."),
        ("de", "Das Institut national de la santé hat die Studie bezahlt."),
        ("pl", "Agencja (European Medicines Agency) zatwierdziła lek."),
        ("fr", "São Paulo et Łódź"),
        ("ja", "脳神経外科専門医"),
        ("ja", "転移性腎細胞癌、転移性悪性黒色腫"),
        ("zh_CN", "の"),
        ("es", "Mai"),
        ("de", "Siehe https://example.org/what/is/the/treatment und safety@example.org."),
    ],
)
def test_names_quotes_addresses_and_single_words_tell_nothing(locale: str, target: str) -> None:
    assert said(target, locale) == []


def test_english_words_taken_from_the_source_are_another_rules_business() -> None:
    assert said(SOURCE, "de") == []


def test_english_that_is_not_the_sources_is_found() -> None:
    assert said("You should see what they have to say about this.", "de") == [
        (Severity.ERROR, "the text is in English")
    ]
