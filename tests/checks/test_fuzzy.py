"""fuzzy: what the rule says of doubtful translations."""

from dataclasses import replace

from pipeline.checks.engine import Engine
from pipeline.checks.rules.fuzzy import fuzzy
from pipeline.model.finding import Severity
from tests.checks.subjects import findings, subject


def test_a_finished_translation_passes() -> None:
    assert findings("fuzzy", "Wash your hands.", "Waschen Sie sich die Hände.") == []


def test_another_flag_is_not_fuzzy() -> None:
    assert findings("fuzzy", "Wash your hands.", "Hände weg.", flags=("no-wrap",)) == []


def test_a_fuzzy_translation_is_found_at_its_entry() -> None:
    (finding,) = findings("fuzzy", "Wash your hands.", "Hände weg.", flags=("no-wrap", "fuzzy"))
    assert (finding.message, finding.severity, finding.location.line) == ("is marked fuzzy", Severity.ERROR, 31)


def test_what_is_doubted_is_not_doubted_again_by_other_rules() -> None:
    doubted = subject("Take 2 tablets.{cite1}", "Nehmen Sie 3 Tabletten.", flags=("fuzzy",))
    assert [finding.rule for finding in Engine().check_entry(doubted)] == ["fuzzy"]


def test_an_empty_fuzzy_entry_is_the_business_of_the_rule_missing() -> None:
    assert findings("fuzzy", "Wash your hands.", "", flags=("fuzzy",)) == []


def test_in_a_loose_file_it_is_a_warning() -> None:
    loose = replace(subject("Wash your hands.", "Hände weg.", flags=("fuzzy",)), work_in_progress=True)
    assert [problem.severity for problem in fuzzy(loose)] == [Severity.WARNING]
