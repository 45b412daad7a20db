"""forbidden_term: where a forbidden form counts, and where it is part of an accepted one."""

import pytest

from pipeline.model.finding import Severity
from tests.checks.glossaries import glossary
from tests.checks.subjects import findings

WORDS = glossary()
SOURCE = "CLS is capillary leak syndrome."


@pytest.mark.parametrize("form", ["Kapillarleck-Krankheit", "Kapillarleck-Krankheiten", "ein Kapillarleck"])
def test_a_forbidden_form_is_an_error(form: str) -> None:
    found = findings("forbidden-term", SOURCE, f"CLS ist {form}.", glossary=WORDS)
    assert {finding.severity for finding in found} == {Severity.ERROR}
    assert found[0].expected == "Kapillarlecksyndrom"


def test_a_forbidden_form_inside_an_accepted_one_is_fine() -> None:
    assert findings("forbidden-term", SOURCE, "CLS ist ein Kapillarlecksyndrom.", glossary=WORDS) == []


def test_a_forbidden_form_without_its_term_is_a_warning() -> None:
    (finding,) = findings("forbidden-term", "A leak", "Ein Kapillarleck", glossary=WORDS)
    assert finding.severity is Severity.WARNING


def test_the_forbidden_forms_of_another_language_do_not_matter() -> None:
    assert findings("forbidden-term", SOURCE, "CLS: Kapillarleck", locale="pl", glossary=WORDS) == []
