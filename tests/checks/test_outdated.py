"""outdated: what the rule says of translations of another text than today's."""

from dataclasses import replace

from pipeline.checks.outdated import outdated
from pipeline.model.catalog import Unit
from pipeline.model.finding import Finding, Location
from tests.checks.wordings import FILE, LINE, catalog, message, pattern, translated, worded


def test_a_translation_of_todays_text_passes() -> None:
    assert list(outdated(translated(message(), "Waschen Sie sich die Hände."))) == []


def test_a_translation_of_another_text_is_found_at_its_entry() -> None:
    assert list(outdated(translated(message(), "Hände weg.", source="Hands off."))) == [
        Finding(
            rule="outdated",
            message="its msgid is not the text of messages/flu.md:12",
            location=Location(file=FILE, line=LINE),
            hint="run `pipeline update`; a msgid is never edited by hand",
        )
    ]


def test_a_space_more_in_the_msgid_is_another_text() -> None:
    assert len(list(outdated(translated(message(), "Hände weg.", source="Wash your hands. ")))) == 1


def test_another_plural_is_another_text() -> None:
    counted = message("{count} question", "{count} questions")
    renamed = replace(counted, plural=pattern("{count} open questions"))
    unit = Unit(context=counted.id, source=counted.source, plural=counted.plural_source, targets=("a", "b"), line=LINE)
    assert list(outdated(worded(counted, catalog(unit)))) == []
    assert len(list(outdated(worded(renamed, catalog(unit))))) == 1


def test_a_text_without_an_entry_is_the_business_of_the_rule_missing() -> None:
    assert list(outdated(worded(message(), catalog()))) == []
