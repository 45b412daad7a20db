"""waiving: a waiver silences one finding on two texts for a time, and says when it no longer does."""

from dataclasses import replace
from datetime import date

import pytest

from pipeline.checks.waiving import waive
from pipeline.model.finding import Finding, Location, Severity
from pipeline.model.waiver import Waiver

TODAY = date(2026, 11, 22)
FOUND = Finding(
    rule="names",
    message="Proleukin is missing",
    location=Location(file="locales/de/LC_MESSAGES/flu.po", line=9),
    entry="flu/answer/1",
    locale="de_DE",
    source="Proleukin works.",
    target="Es wirkt.",
)
WAIVER = Waiver(
    fingerprint=FOUND.fingerprint,
    rule="names",
    entry="flu/answer/1",
    reason="the name stands in the sentence before",
    by="A. Reviewer",
    on=date(2026, 11, 1),
    expires=date(2027, 5, 1),
    location=Location(file="waivers.toml", line=3),
)


def left(found: Finding, waiver: Waiver, today: date = TODAY) -> list[tuple[str, str]]:
    return [(finding.rule, finding.message) for finding in waive([found], [waiver], today)]


def test_a_waived_finding_is_silent_in_every_locale() -> None:
    shared = [FOUND, replace(FOUND, locale="de_AT")]
    assert list(waive(shared, [WAIVER], TODAY)) == []


def test_it_holds_to_its_last_day_and_no_longer() -> None:
    assert left(FOUND, WAIVER, date(2027, 5, 1)) == []
    said = left(FOUND, WAIVER, date(2027, 5, 2))
    assert said[0] == ("names", "Proleukin is missing")
    assert said[1][1].endswith("the waiver by A. Reviewer expired on 2027-05-01")


def test_when_a_text_changes_the_finding_comes_back() -> None:
    said = left(replace(FOUND, target="Es wirkt gut."), WAIVER)
    assert [rule for rule, _ in said] == ["names", "waiver"]
    assert said[1][1].endswith("the texts have changed since they were waived")


def test_a_waiver_that_nothing_needs_is_a_warning() -> None:
    (finding,) = waive([], [WAIVER], TODAY)
    assert (finding.severity, finding.location) == (Severity.WARNING, WAIVER.location)
    assert finding.message.endswith("nothing is found that it would waive")


@pytest.mark.parametrize("rule", ["placeholders", "outdated", "missing", "fuzzy"])
def test_no_waiver_silences_what_guards_the_source_or_the_page(rule: str) -> None:
    found = replace(FOUND, rule=rule)
    waiver = replace(WAIVER, rule=rule, fingerprint=found.fingerprint)
    findings = list(waive([found], [waiver], TODAY))
    assert [finding.rule for finding in findings] == [rule, "waiver"]
    assert findings[1].severity is Severity.ERROR


def test_a_waiver_for_a_rule_that_is_not_there_is_an_error() -> None:
    (_, finding) = waive([FOUND], [replace(WAIVER, rule="nonsense", fingerprint="0" * 16)], TODAY)
    assert finding.message.endswith("there is no rule nonsense to waive")
    assert finding.severity is Severity.ERROR


def test_what_has_no_texts_cannot_be_waived() -> None:
    bare = replace(FOUND, source="", target="")
    assert ("names", "Proleukin is missing") in left(bare, replace(WAIVER, fingerprint=bare.fingerprint))
