"""report: findings are merged over locales, put in order, and stand beside their texts."""

import sys
from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.model.finding import Severity
from tests.reports.samples import FINDINGS, SWAPPED, sample

from pipeline.reports.report import merged, visible  # isort: skip


def test_a_finding_that_locales_share_stands_once_with_all_of_them() -> None:
    shared = [replace(SWAPPED, locale=locale) for locale in ("ar_SA", "ar_EG", "ar_SA")]
    assert [(finding.rule, locales) for finding, locales in merged(shared)] == [("numbers", ("ar_SA", "ar_EG"))]


def test_findings_come_in_the_order_of_their_places() -> None:
    assert [result.finding.location.line for result in sample().results] == [12, 16, 20, 0]


def test_a_finding_stands_between_the_texts_of_the_page_before_and_after_it() -> None:
    context = sample().results[0].context
    assert context is not None
    assert (context.before, context.note) == ("هل يعمل؟", 'Answer 1 of "Does it work?"')
    assert sample().results[3].context is None


def test_severities_are_counted() -> None:
    assert [sample().count(severity) for severity in Severity] == [2, 1, 1]


def test_a_fingerprint_stays_while_rule_entry_and_texts_do() -> None:
    moved = replace(SWAPPED, location=FINDINGS[3].location, message="said otherwise", locale="")
    assert moved.fingerprint == SWAPPED.fingerprint
    for change in ({"rule": "x"}, {"entry": "x"}, {"source": "x"}, {"target": "x"}):
        assert replace(SWAPPED, **change).fingerprint != SWAPPED.fingerprint  # type: ignore[arg-type]


@example("".join(map(chr, range(sys.maxunicode + 1))))
@given(st.text())
def test_what_is_shown_cannot_steer_a_terminal_or_hide(text: str) -> None:
    import unicodedata

    assert not {unicodedata.category(character) for character in visible(text) if character != "\n"} & {"Cc", "Cf"}


def test_what_cannot_be_seen_is_shown_by_its_name() -> None:
    assert visible("a\u200bb\u00a0c\u202ed") == "a⟨ZWSP⟩b⟨NBSP⟩c⟨U+202E⟩d"
