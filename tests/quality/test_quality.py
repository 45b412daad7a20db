"""The checker, run as a user runs it, finds the defects of a sample of the corpus and stays quiet on what is right."""

import pytest

from tests.quality.measure import Score, score

pytestmark = pytest.mark.thorough

# A little below what the whole corpus gives: docs/checks-measured.md.
RECALL = 0.97
CRITICAL = 0.95


@pytest.fixture(scope="module")
def sampled() -> Score:
    return score(per_class=1, turns=1, each=False, variants=())


def test_most_defects_of_every_class_are_found(sampled: Score) -> None:
    assert sampled.macro() >= RECALL


def test_critical_defects_are_errors(sampled: Score) -> None:
    assert sampled.critical() >= CRITICAL


def test_correct_texts_raise_no_error_and_hardly_a_warning(sampled: Score) -> None:
    assert sampled.per_thousand("error") == 0
    assert sampled.per_thousand("warning", "info") <= 5


def test_the_sample_has_every_class_and_every_language(sampled: Score) -> None:
    assert len(sampled.classes()) >= 80
    assert len({sample.language for sample in sampled.samples}) == 8
