"""sentence-added: what the rule says of translations that say more than their source."""

import pytest

from tests.checks.subjects import findings

SOURCE = "Most side effects go away within a few days."
GOOD = {
    "de": "Die meisten Nebenwirkungen klingen innerhalb weniger Tage ab.",
    "fr": "La plupart des effets indésirables disparaissent en quelques jours.",
    "ja": "ほとんどの副作用は数日以内に消失します。",
    "ar": "تزول معظم الآثار الجانبية خلال بضعة أيام.",
}
MORE = {
    "de": "Die Behandlung ist für alle sicher.",
    "fr": "Le traitement est sûr pour tous.",
    "ja": "この治療は誰にとっても安全です。",
    "ar": "والعلاج آمن للجميع بلا استثناء.",
}


@pytest.mark.parametrize("locale", GOOD)
def test_an_added_sentence_is_found(locale: str) -> None:
    assert findings("sentence-added", SOURCE, GOOD[locale], locale=locale) == []
    assert len(findings("sentence-added", SOURCE, f"{GOOD[locale]} {MORE[locale]}", locale=locale)) == 1


def test_a_clause_that_doubles_the_text_is_found() -> None:
    target = (
        "Die meisten Nebenwirkungen klingen innerhalb weniger Tage ab, und die Behandlung ist für alle Patienten ganz "
        "und gar sicher, in jedem Alter und auch für die, die schon andere Krankheiten haben"
    )
    assert len(findings("sentence-added", SOURCE, f"{target}.")) == 1


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        (
            "de",
            "Choose a value of at least 3 (it has 2 now).",
            "Bitte wählen Sie einen Wert von mindestens 3. (Jetzt beträgt er 2.)",
        ),
        ("ja", "Do not use it: it may be harmful.", "使用しないでください。有害なおそれがあります。"),
        ("es", "It may cause fever; tell your doctor.", "Puede causar fiebre. Informe a su médico."),
    ],
)
def test_sentences_that_are_parted_say_no_more(locale: str, source: str, target: str) -> None:
    assert findings("sentence-added", source, target, locale=locale) == []
