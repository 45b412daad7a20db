"""The glossary as TBX and CSV: names that stay, terms in the order of preference, forbidden forms marked as such."""

import csv
import io

import pytest
from lxml import etree

from pipeline.exchange.glossary_csv import write_glossary_csv
from pipeline.exchange.tbx import write_tbx
from pipeline.model.finding import Location, Refused
from pipeline.model.glossary import Glossary, Name, Term
from pipeline.model.locale import Locale

pytestmark = pytest.mark.thorough

HERE = Location(file="messages/glossary.toml")
ENGLISH, GERMAN, POLISH = (Locale.parse(tag) for tag in ("en_US", "de", "pl"))
GLOSSARY = Glossary(
    names=(Name(text="Proleukin", inflections={"pl": ("Proleukinem", "Proleukinu")}, location=HERE),),
    terms=(
        Term(
            text="capillary leak syndrome",
            translations={"de": ("Kapillarlecksyndrom", "Kapillarlecksyndroms")},
            forbidden={"de": ("Kapillarleck-Krankheit",)},
            location=HERE,
        ),
        Term(text="coma", translations={"fr": ("coma",)}, forbidden={"pl": ("koma",)}, location=HERE),
    ),
)


def glossary(term: str, translation: str = "x") -> Glossary:
    return Glossary(terms=(Term(text=term, translations={"de": (translation,)}, forbidden={}, location=HERE),))


def rows(data: bytes) -> list[tuple[str, ...]]:
    return [tuple(row[:3]) for row in csv.reader(io.StringIO(data.decode(), newline=""), strict=True)]


def test_csv_has_a_row_for_each_form() -> None:
    data = write_glossary_csv(GLOSSARY, ENGLISH, GERMAN)
    assert data.decode() == (
        "source,target,status,source language,target language\r\n"
        "Proleukin,Proleukin,do not translate,en-US,de\r\n"
        "capillary leak syndrome,Kapillarlecksyndrom,preferred,en-US,de\r\n"
        "capillary leak syndrome,Kapillarlecksyndroms,accepted,en-US,de\r\n"
        "capillary leak syndrome,Kapillarleck-Krankheit,forbidden,en-US,de\r\n"
    )


def test_a_language_sees_its_own_forms() -> None:
    assert rows(write_glossary_csv(GLOSSARY, ENGLISH, POLISH))[1:] == [
        ("Proleukin", "Proleukin", "do not translate"),
        ("Proleukin", "Proleukinem", "do not translate"),
        ("Proleukin", "Proleukinu", "do not translate"),
        ("coma", "koma", "forbidden"),
    ]


@pytest.mark.parametrize(("target", "expected"), [("fr_CA", "monographie"), ("fr", "RCP"), ("fr_BE", "RCP")])
def test_the_forms_of_a_territory_come_before_those_of_its_language(target: str, expected: str) -> None:
    translations = {"fr": ("RCP",), "fr_CA": ("monographie",)}
    both = Glossary(terms=(Term(text="label", translations=translations, forbidden={}, location=HERE),))
    assert rows(write_glossary_csv(both, ENGLISH, Locale.parse(target)))[1:] == [("label", expected, "preferred")]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_is_a_formula(start: str) -> None:
    risky = f'{start}HYPERLINK("http://example.org","x")'
    assert rows(write_glossary_csv(glossary(risky, risky), ENGLISH, GERMAN))[1:] == [
        (f"'{risky}", f"'{risky}", "preferred")
    ]


@pytest.mark.parametrize("text", ['a "quoted" word', "a, b", "two\r\nlines", "é 漢 العربية", "'", " x ", "a=b"])
def test_a_cell_comes_back_as_it_was(text: str) -> None:
    assert rows(write_glossary_csv(glossary(text, text), ENGLISH, GERMAN))[1:] == [(text, text, "preferred")]


def test_tbx_has_every_form_with_its_status() -> None:
    root = etree.fromstring(write_tbx(GLOSSARY, ENGLISH, GERMAN))
    name, term = root.iter("termEntry")
    assert name.findtext("note") == "Do not translate"
    assert name.findtext("descrip[@type='Translation needed']") == "No"
    assert [language.get("{http://www.w3.org/XML/1998/namespace}lang") for language in name.iter("langSet")] == [
        "en-US",
        "de",
    ]
    assert [found.text for found in name.iter("term")] == ["Proleukin", "Proleukin"]
    assert [(tig.findtext("term"), tig.findtext("termNote"), tig.findtext("note")) for tig in term.iter("tig")] == [
        ("capillary leak syndrome", None, None),
        ("Kapillarlecksyndrom", "preferredTerm-admn-sts", None),
        ("Kapillarlecksyndroms", "admittedTerm-admn-sts", None),
        ("Kapillarleck-Krankheit", "deprecatedTerm-admn-sts", "Do not use"),
    ]


def test_tbx_escapes_what_is_markup() -> None:
    root = etree.fromstring(write_tbx(glossary("a < b & c", "<d>"), ENGLISH, GERMAN))
    assert [found.text for found in root.iter("term")] == ["a < b & c", "<d>"]


def test_tbx_refuses_what_xml_cannot_hold() -> None:
    with pytest.raises(Refused, match=r"messages/glossary\.toml:.*U\+0007"):
        write_tbx(glossary("a\x07b"), ENGLISH, GERMAN)
