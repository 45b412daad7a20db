"""missing: what the rule says of absent and empty translations."""

from pipeline.checks.missing import missing
from pipeline.model.finding import Finding, Location
from tests.checks.wordings import FILE, LINE, catalog, message, translated, worded


def test_a_translated_text_passes() -> None:
    assert list(missing(translated(message(), "Waschen Sie sich die Hände."))) == []


def test_a_fuzzy_text_is_not_missing() -> None:
    assert list(missing(translated(message(), "Hände weg.", flags=("fuzzy",)))) == []


def test_an_empty_translation_is_found_at_its_entry() -> None:
    assert list(missing(translated(message(), ""))) == [
        Finding(
            rule="missing",
            message="msgstr is empty",
            location=Location(file=FILE, line=LINE),
            hint="translate it",
        )
    ]


def test_a_text_without_an_entry_is_found_in_its_catalog() -> None:
    assert list(missing(worded(message(), catalog()))) == [
        Finding(
            rule="missing",
            message="has no entry in the de catalog",
            location=Location(file=FILE),
            hint="run `pipeline update` and translate it",
        )
    ]


def test_each_empty_plural_form_is_named() -> None:
    counted = message("{count} question", "{count} questions")
    (one,) = missing(translated(counted, "{count} Frage", ""))
    (both,) = missing(translated(counted, "", ""))
    assert one.message == "msgstr[1] is empty"
    assert both.message == "msgstr[0], msgstr[1] are empty"


def test_a_plural_with_all_its_forms_passes() -> None:
    counted = message("{count} question", "{count} questions")
    assert list(missing(translated(counted, "{count} Frage", "{count} Fragen"))) == []
