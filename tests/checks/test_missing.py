"""missing: what the rule says of absent and empty translations."""

from dataclasses import replace

from pipeline.checks.rules.missing import missing
from pipeline.model.finding import Severity
from tests.checks.subjects import findings, subject


def test_a_translated_text_passes() -> None:
    assert findings("missing", "Wash your hands.", "Waschen Sie sich die Hände.") == []


def test_a_fuzzy_text_is_not_missing() -> None:
    assert findings("missing", "Wash your hands.", "Hände weg.", flags=("fuzzy",)) == []


def test_an_empty_translation_is_found_at_its_entry() -> None:
    (finding,) = findings("missing", "Wash your hands.", "")
    assert (finding.message, finding.severity, finding.location.line) == ("msgstr is empty", Severity.ERROR, 31)


def test_a_text_without_an_entry_is_found_in_its_catalog() -> None:
    (problem,) = missing(replace(subject("Wash your hands.", ""), unit=None))
    assert problem.message == "has no entry in the de catalog"
    assert problem.expected == "Wash your hands."


def test_each_empty_plural_form_is_named() -> None:
    (one,) = findings("missing", "{count} question", "{count} Frage", "", plural="{count} questions")
    (both,) = findings("missing", "{count} question", "", "", plural="{count} questions")
    assert one.message == "msgstr[1] is empty"
    assert both.message == "msgstr[0], msgstr[1] are empty"


def test_a_plural_with_all_its_forms_passes() -> None:
    assert findings("missing", "{count} question", "{count} Frage", "{count} Fragen", plural="{count} questions") == []


def test_in_a_loose_file_what_is_not_begun_is_a_warning_and_what_is_half_done_an_error() -> None:
    undone = replace(subject("{count} question", "", "", plural="{count} questions"), work_in_progress=True)
    half = replace(subject("{count} question", "{count} Frage", "", plural="{count} questions"), work_in_progress=True)
    assert [problem.severity for problem in missing(undone)] == [Severity.WARNING]
    assert [problem.severity for problem in missing(half)] == [None]
