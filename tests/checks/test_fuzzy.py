"""fuzzy: what the rule says of doubtful translations."""

from pipeline.checks.fuzzy import fuzzy
from pipeline.model.finding import Finding, Location
from tests.checks.wordings import FILE, LINE, catalog, message, translated, worded


def test_a_finished_translation_passes() -> None:
    assert list(fuzzy(translated(message(), "Waschen Sie sich die Hände."))) == []


def test_another_flag_is_not_fuzzy() -> None:
    assert list(fuzzy(translated(message(), "Hände weg.", flags=("no-wrap",)))) == []


def test_a_fuzzy_translation_is_found_at_its_entry() -> None:
    assert list(fuzzy(translated(message(), "Hände weg.", flags=("no-wrap", "fuzzy")))) == [
        Finding(
            rule="fuzzy",
            message="is marked fuzzy",
            location=Location(file=FILE, line=LINE),
            hint="compare it with the English, mend it and take the fuzzy flag away",
        )
    ]


def test_an_empty_fuzzy_entry_is_the_business_of_the_rule_missing() -> None:
    assert list(fuzzy(translated(message(), "", flags=("fuzzy",)))) == []


def test_a_text_without_an_entry_is_the_business_of_the_rule_missing() -> None:
    assert list(fuzzy(worded(message(), catalog()))) == []
