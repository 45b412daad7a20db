"""outdated: what the rule says of translations of another text than today's."""

from dataclasses import replace

from pipeline.checks.rules.outdated import outdated
from tests.checks.subjects import findings, subject


def test_a_translation_of_todays_text_passes() -> None:
    assert findings("outdated", "Wash your hands.", "Waschen Sie sich die Hände.") == []


def test_a_translation_of_another_text_is_found_with_both_texts() -> None:
    (finding,) = findings("outdated", "Wash your hands.", "Hände weg.", msgid="Hands off.")
    assert finding.message == "its msgid is not the English of today"
    assert (finding.expected, finding.actual) == ("Wash your hands.", "Hands off.")


def test_a_space_more_in_the_msgid_is_another_text() -> None:
    assert len(findings("outdated", "Wash your hands.", "Hände weg.", msgid="Wash your hands. ")) == 1


def test_another_plural_is_another_text() -> None:
    counted = subject("{count} question", "a", "b", plural="{count} questions")
    assert list(outdated(counted)) == []
    assert len(list(outdated(replace(counted, plural="{count} open questions")))) == 1


def test_a_text_without_an_entry_is_the_business_of_the_rule_missing() -> None:
    assert list(outdated(replace(subject("Wash your hands.", ""), unit=None))) == []
