"""disclaimers: one locale's safety texts, read whole or refused."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.disclaimer import Disclaimer
from pipeline.model.finding import Refused
from pipeline.model.message import Link
from pipeline.model.pattern import plain
from pipeline.sources.disclaimers import read_disclaimers
from tests.repository import LOCALES, ROOT, disclaimers

FILE = "locales/de_AT/disclaimers.toml"
VALUES = {
    "id": '"medical-advice"',
    "text": '"Fragen Sie Ihre Ärztin oder Ihren Arzt."',
    "placement": '"page-end"',
    "audience": '"patients"',
    "source": '"Sample"',
    "as-of": "2026-01-01",
    "approval": '"none"',
    "effective": "2026-01-01",
    "expires": "2027-12-31",
    "sample": "true",
}


def record(**changes: str | None) -> str:
    """A record as it stands in the file; None leaves a key out."""
    values = VALUES | {key.replace("_", "-"): value for key, value in changes.items()}
    return "\n".join(["[[disclaimer]]", *(f"{key} = {value}" for key, value in values.items() if value), "", ""])


def read(text: str) -> tuple[Disclaimer, ...]:
    return read_disclaimers(text.encode(), FILE)


def refusals(text: str) -> list[tuple[int, str, str]]:
    with pytest.raises(Refused) as raised:
        read(text)
    assert all(finding.location.file == FILE for finding in raised.value.findings)
    return [(finding.location.line, finding.message, finding.hint) for finding in raised.value.findings]


def test_a_record_is_read_with_all_that_it_says() -> None:
    (disclaimer,) = read("# Texts\n\n" + record())
    assert (disclaimer.id, disclaimer.placement, disclaimer.audience) == ("medical-advice", "page-end", "patients")
    assert (disclaimer.source, disclaimer.approval, disclaimer.sample) == ("Sample", "none", True)
    assert (disclaimer.as_of, disclaimer.effective) == (date(2026, 1, 1), date(2026, 1, 1))
    assert disclaimer.expires == date(2027, 12, 31)
    assert str(disclaimer.location) == f"{FILE}:3"


def test_a_text_is_no_sample_unless_it_says_so() -> None:
    assert not read(record(sample=None))[0].sample


def test_each_paragraph_is_a_message_and_may_have_emphasis_and_links() -> None:
    text = '"""\nFragen *Sie* **Ihre** Ärztin.\n\nMehr dazu [hier](https://example.org/at).\n"""'
    (disclaimer,) = read(record(text=text))
    assert [(message.id, message.source) for message in disclaimer.text] == [
        ("disclaimer/medical-advice/1", "Fragen <em>Sie</em> <strong>Ihre</strong> Ärztin."),
        ("disclaimer/medical-advice/2", "Mehr dazu <a1>hier</a1>."),
    ]
    assert disclaimer.text[1].placeholders == {"a1": Link("https://example.org/at")}
    assert disclaimer.text[1].location == disclaimer.location


def test_disclaimers_come_in_file_order() -> None:
    text = record(id='"b"') + record(id='"a"')
    assert [disclaimer.id for disclaimer in read(text)] == ["b", "a"]


@pytest.mark.parametrize("locale", LOCALES)
def test_the_disclaimers_of_the_reference_content_are_read(locale: str) -> None:
    name = disclaimers(locale)
    read_texts = read_disclaimers((ROOT / name).read_bytes(), name)
    assert read_texts
    assert all(disclaimer.sample for disclaimer in read_texts)


@pytest.mark.parametrize(
    ("changes", "message", "hint"),
    [
        ({"id": '"Medical Advice"'}, "Medical Advice: the id cannot be used", "use a-z, 0-9 and -"),
        ({"placement": '"top"'}, "medical-advice: placement 'top'", "use page-top, page-end or after:ENTRY"),
        ({"placement": '"after:"'}, "medical-advice: placement 'after:'", "use page-top, page-end or after:ENTRY"),
        ({"placement": '"after: x"'}, "medical-advice: placement 'after: x'", "use page-top, page-end or after:ENTRY"),
        ({"audience": '"all"'}, "medical-advice: audience 'all'", "use one of healthcare-professionals, patients"),
        ({"expires": "2025-12-31"}, "medical-advice: expires before it takes effect", "mend the dates"),
        ({"expires": None}, "expires is missing", "add expires = ..."),
        ({"expires": '"never"'}, "expires is not a date", "write expires = 2026-01-31"),
        ({"effective": "2026-01-01T00:00:00Z"}, "effective is not a date", "write effective = 2026-01-31"),
        ({"approval": '""'}, "approval is empty", "write it"),
        ({"sample": '"yes"'}, "sample is not a true or false", "write sample = true"),
        ({"text": '" \\n "'}, "text is empty", "write it"),
        ({"until": "2027-01-01"}, "unknown key 'until'", "the keys are id, text, placement"),
    ],
)
def test_what_is_wrong_with_a_record_is_said_with_its_line_and_what_to_do(
    changes: dict[str, str | None], message: str, hint: str
) -> None:
    ((line, said, advice),) = refusals("\n" + record(**changes))
    assert (line, said) == (2, message)
    assert hint in advice


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- eins\\n- zwei", "only paragraphs may stand here"),
        ("| a |\\n|---|\\n| b |", "only paragraphs may stand here"),
        ("A\\n\\n::: {#n .notice}\\nB\\n:::", "only paragraphs may stand here"),
        ("A [@fyfe1995]", "unknown citation key 'fyfe1995'"),
        ("A[^n]\\n\\n[^n]: B", "a citation or footnote may not stand here"),
        ("## A", "a heading inside another block"),
        ("A <b>B</b>", "raw HTML is outside the subset"),
        ("[A](javascript:x)", "the link target 'javascript:x' is not allowed"),
        ("A\\n\\n> B", "a block quotation is outside the subset"),
    ],
)
def test_a_text_that_is_more_than_paragraphs_is_refused_at_its_record(text: str, message: str) -> None:
    found = refusals("\n\n" + record(text=f'"{text}"'))
    assert {line for line, _, _ in found} == {3}
    assert any(said.startswith(message) for _, said, _ in found), found


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<!-- Fragen Sie. -->", id="a comment"),
        pytest.param("[Fragen Sie]: /arzt", id="a definition"),
        pytest.param("A\\n\\n[^n]: Fragen Sie.", id="a footnote that nothing points to"),
        pytest.param("A\\n\\n<!-- a --> Fragen Sie. <!-- b -->", id="between comments"),
        pytest.param("[](/x)", id="an empty link"),
        pytest.param("&nbsp;", id="a space"),
    ],
)
def test_a_safety_text_is_read_whole_or_refused(text: str) -> None:
    """An empty one, or one that lost a paragraph, must not count as the disclaimer that the market requires."""
    try:
        (disclaimer,) = read(record(text=f'"{text}"'))
    except Refused:
        return
    words = " ".join(plain(message.pattern) for message in disclaimer.text)
    assert words.strip()
    assert "Fragen" in words or "Fragen" not in text


def test_a_doubled_id_is_refused_with_both_places() -> None:
    first = record()
    assert refusals(first + record()) == [
        (first.count("\n") + 1, "medical-advice: stands already in line 1", "one record for each id")
    ]


def test_all_problems_come_in_one_go() -> None:
    one, two, three = record(id='"A"', audience='"all"'), record(id='"b"', text='"> x"'), record(expires=None)
    found = refusals(one + two + three + "[extra]\n")
    second = one.count("\n") + 1
    third = second + two.count("\n")
    assert [(line, message) for line, message, _ in found] == [
        (1, "A: the id cannot be used"),
        (1, "A: audience 'all'"),
        (second, "a block quotation is outside the subset"),
        (third, "expires is missing"),
        (third + three.count("\n"), "unknown key 'extra'"),
    ]


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_at_its_record(text: str) -> None:
    written = "".join(f"\\U{ord(character):08x}" for character in text)
    try:
        (disclaimer,) = read(record(text=f'"{written}"'))
    except Refused as refused:
        locations = {finding.location.line for finding in refused.findings}
    else:
        locations = {message.location.line for message in disclaimer.text}
    assert locations <= {1}
