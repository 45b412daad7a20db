"""line_breaks: as many lines as in the English."""

import pytest

from pipeline.model.finding import Severity
from tests.checks.subjects import findings


@pytest.mark.parametrize(
    ("source", "target"), [("Fever\nChills", "Fieber Frost"), ("Fever", "Fie\nber"), ("A\n\nB", "A\nB")]
)
def test_a_line_more_or_less_is_a_warning(source: str, target: str) -> None:
    (finding,) = findings("line-breaks", source, target)
    assert finding.severity is Severity.WARNING


def test_prose_that_is_wrapped_is_noted_only() -> None:
    (finding,) = findings("line-breaks", "fever and\nchills and\nrash", "Fieber, Frost\nund Ausschlag")
    assert finding.severity is Severity.INFO


def test_as_many_lines_pass() -> None:
    assert findings("line-breaks", "Fever\nChills", "Fieber\nFrost") == []
