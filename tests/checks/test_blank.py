"""blank: a translation that says nothing is found, in the text and in its parts."""

import pytest

from tests.checks.subjects import findings


def said(source: str, target: str) -> list[str]:
    return [finding.message for finding in findings("blank", source, target)]


@pytest.mark.parametrize("target", ["Waschen Sie sich die Hände.", "手を洗ってください。", "٣", "{cite1}3"])
def test_a_text_with_a_letter_or_digit_passes(target: str) -> None:
    assert said("Wash your hands.{cite1}", target) == []


@pytest.mark.parametrize("target", [" ", "\u200b", "\u00a0", "...", "{cite1}", "<a1></a1>."])
def test_a_text_without_any_word_is_found(target: str) -> None:
    assert "has no words" in said("Wash your hands.{cite1} <a1>More</a1>", target)


def test_an_empty_text_is_missing_and_not_blank() -> None:
    assert said("Wash your hands.", "") == []


def test_an_empty_link_is_found() -> None:
    assert said("Wash. <a1>More</a1>", "Waschen. <a1> </a1>") == ["has no words between <a1> and </a1>"]


def test_a_link_inside_emphasis_is_found_too() -> None:
    assert said("<em>Wash. <a1>More</a1></em>", "<em>Waschen. <a1></a1></em>") == [
        "has no words between <a1> and </a1>"
    ]


def test_each_form_is_looked_at() -> None:
    found = findings("blank", "{count} question", "{count} Frage", "{count}", plural="{count} questions")
    assert [finding.message for finding in found] == ["has no words in msgstr[1]"]
