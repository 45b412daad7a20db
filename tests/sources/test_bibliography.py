"""bibliography: records byte for byte, each with a key of its own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.finding import Finding, Refused
from pipeline.model.reference import Reference
from pipeline.sources.bibliography import read_bibliography
from tests.repository import REFERENCES, ROOT

FILE = "messages/references.toml"


def record(key: str, text: str = "A record.") -> str:
    return f'[[reference]]\nkey = "{key}"\ntext = "{text}"\n\n'


def refusals(text: str) -> list[tuple[int, str, str]]:
    with pytest.raises(Refused) as raised:
        read_bibliography(text.encode(), FILE)
    return [_said(finding) for finding in raised.value.findings]


def _said(finding: Finding) -> tuple[int, str, str]:
    assert finding.location.file == FILE
    return finding.location.line, finding.message, finding.hint


def test_references_come_in_file_order_and_unnumbered() -> None:
    assert read_bibliography((record("b", "Second.") + record("a", "First.")).encode(), FILE) == (
        Reference(key="b", text="Second."),
        Reference(key="a", text="First."),
    )


def test_an_empty_bibliography_is_one() -> None:
    assert read_bibliography(b"# none yet\n", FILE) == ()


def test_the_reference_bibliography_has_its_eight_records_word_for_word() -> None:
    references = read_bibliography((ROOT / REFERENCES).read_bytes(), REFERENCES)
    assert [reference.key for reference in references] == [
        *("jarkowski2009", "bosco2000", "proleukin2019", "fyfe1995"),
        *("atkins1999", "clark2021", "fisher2000", "atkins2000"),
    ]
    assert references[2].text == "Proleukin [package insert]. Yardley, PA: Clinigen, Inc; 2019."
    assert references[5].text.endswith("Published online Feb 4, 2021. doi: 10.1136/jim-2020-001650.")


@given(
    st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1).filter(lambda text: text == text.strip())
)
def test_a_record_is_taken_character_by_character(text: str) -> None:
    written = text.replace("\\", "\\\\").replace('"', '\\"')
    (reference,) = read_bibliography(record("one", written).encode(), FILE)
    assert reference.text == text


@pytest.mark.parametrize("key", ["fyfe1995", "Fyfe_1995", "1995-fyfe", "a"])
def test_a_key_has_letters_digits_hyphens_and_underscores(key: str) -> None:
    assert read_bibliography(record(key).encode(), FILE)[0].key == key


@pytest.mark.parametrize(
    "key", ["fyfe 1995", "@fyfe", "fyfe;", "-fyfe", "_fyfe", "fyfe:1995", "fyfé", "fyfe\\n", "[x]"]
)
def test_a_key_that_cannot_be_cited_is_refused(key: str) -> None:
    ((line, message, hint),) = refusals(record("good") + record(key))
    assert (line, hint) == (5, "use letters, digits, - and _")
    assert message.endswith("is not a citation key")


def test_a_doubled_key_is_refused_with_both_places() -> None:
    assert refusals(record("a") + record("b") + record("a")) == [
        (9, "key 'a' stands already in line 1", "give each record its own key")
    ]


@pytest.mark.parametrize("text", [" A.", "A. ", "A.\\nB.", "A.\\u2028", "A.\\u00a0"])
def test_a_record_is_one_trimmed_line(text: str) -> None:
    ((line, message, hint),) = refusals(record("a", text))
    assert (line, hint) == (1, "one line, trimmed")
    assert message.startswith("the text of 'a' has spaces or line breaks")


@pytest.mark.parametrize("character", ["\\u0000", "\\u0004", "\\u001b", "\\u007f", "\\t", "\\r", "\\u2028", "\\u0085"])
def test_a_record_holds_no_control_characters_or_other_line_ends(character: str) -> None:
    """HTML and XML cannot hold them, and a record is printed as it is."""
    assert refusals(record("a", f"Title{character}end."))


def test_all_problems_come_in_one_go() -> None:
    text = record("a b") + record("c", " ") + record("d", "x ") + record("e") + record("e") + "[[refrence]]\n"
    assert [(line, message) for line, message, _ in refusals(text)] == [
        (1, "key 'a b' is not a citation key"),
        (5, "text is empty"),
        (9, "the text of 'd' has spaces or line breaks at its edges or inside"),
        (17, "key 'e' stands already in line 13"),
        (21, "unknown key 'refrence'"),
    ]
