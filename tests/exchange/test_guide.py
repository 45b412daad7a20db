"""guide: a translator reads what this kit holds, with numbers and examples of this kit."""

from dataclasses import replace
from xml.etree.ElementTree import Element

import pytest

from pipeline.exchange.guide import GuideFacts, guide
from pipeline.exchange.word_counts import count_words
from pipeline.model.exchange import OutgoingFile, OutgoingUnit
from pipeline.model.locale import Locale
from tests.exchange.pages import by_class, first, parsed, text
from tests.exchange.samples import outgoing_file, outgoing_unit, pattern


def facts(*units: OutgoingUnit, target: str = "de", contact: str = "https://example.org/faq") -> GuideFacts:
    file = outgoing_file(*units, target=target)
    return GuideFacts(
        project="Our FAQ",
        contact=contact,
        source=file.source,
        target=file.target,
        pending=False,
        files=(file,),
        counts=count_words([file]),
        names=("Proleukin", "IL-2"),
        plural_count=2,
    )


def read(given: GuideFacts) -> Element:
    return parsed(guide(given))


CITED = replace(outgoing_unit("It works.{cite1}", "Es wirkt.{cite1}", identifier="a/1"), display={"cite1": "4,5"})
PLURAL = OutgoingUnit(id="n", sources=(pattern("{count} question"), pattern("{count} questions")))


def test_it_names_the_project_the_language_and_the_amount_of_work() -> None:
    root = read(facts(CITED, PLURAL))
    assert text(first(root, "h1")) == "Translation kit: Our FAQ: English to German"
    assert text(by_class(root, "lead")[0]) == (
        "This kit holds all texts, translated or not: 2 texts in 1 file, for German (de). "
        "1 text with 2 English words need work."
    )


def test_a_kit_of_what_needs_work_says_so() -> None:
    root = read(replace(facts(PLURAL), pending=True))
    assert "This kit holds the texts that need work: 1 text in 1 file" in text(by_class(root, "lead")[0])


def test_every_kind_of_code_is_explained_by_an_example_from_the_kit() -> None:
    linked = outgoing_unit("See <a1>more</a1>, <em>now</em>.{note1}", identifier="b/1")
    root = read(facts(CITED, linked, PLURAL))
    headers = [text(first(row, "header")) for row in by_class(root, "text")]
    assert [header.split()[0] for header in headers] == ["{cite1}", "{note1}", "<a1>", "<em>", "{count}"]
    assert headers[0].startswith("{cite1} a reference, printed as a small raised number: here 4,5")
    assert "Es wirkt." in text(by_class(root, "text")[0])


def test_a_finished_translation_is_the_better_example() -> None:
    open_text = outgoing_unit("Open.{cite1}", identifier="b/1")
    root = read(facts(open_text, CITED))
    (example,) = by_class(root, "text")
    assert "Es wirkt." in text(example)


def test_a_kit_without_codes_says_so() -> None:
    root = read(facts(outgoing_unit("Plain text", "Text")))
    assert by_class(root, "text") == []
    assert "None of these texts has any." in text(root)


@pytest.mark.parametrize("source", ["a {{x}}", "<em>a {{x}}</em>"])
def test_doubled_braces_are_explained_where_there_are_any(source: str) -> None:
    assert "keep it doubled" in text(read(facts(outgoing_unit(source))))
    assert "keep it doubled" not in text(read(facts(CITED)))


def test_plural_forms_are_explained_where_there_are_any() -> None:
    assert "A text with a plural has 2 forms in German: msgstr[0] to msgstr[1]." in text(read(facts(PLURAL)))
    one = replace(facts(PLURAL, target="ja"), plural_count=1)
    assert "A text with a plural has 1 form in Japanese: msgstr[0]." in text(read(one))
    assert "A text with a plural" not in text(read(facts(CITED)))


def test_names_and_the_contact_are_there() -> None:
    root = read(facts(CITED))
    assert [text(element) for element in root.iter("b")][-2:] == ["Proleukin", "IL-2"]
    assert [link.get("href") for link in root.iter("a")] == ["preview/faq.html", "https://example.org/faq"]


def test_a_contact_that_is_no_address_is_no_link() -> None:
    root = read(facts(CITED, contact="javascript:alert(1)"))
    assert "javascript:alert(1)" in text(root)
    assert "Questions about the English" not in text(read(facts(CITED, contact="")))


def test_a_right_to_left_example_has_its_direction() -> None:
    root = read(facts(CITED, target="ar"))
    english, arabic = list(by_class(root, "pair")[0])
    assert (english.get("dir"), arabic.get("dir"), arabic.get("lang")) == ("ltr", "rtl", "ar")


def test_hostile_names_are_only_text() -> None:
    bad = "<script>x</script>"
    file = OutgoingFile(
        domain=bad, original=bad, source=Locale.parse("en_US"), target=Locale.parse("de"), units=(CITED,)
    )
    root = read(replace(facts(CITED), project=bad, files=(file,), names=(bad,)))
    assert bad in text(root)
