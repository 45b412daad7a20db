"""reference content: every fact of the first document stands in every export of it, in every locale."""

import gettext
import json
import re
import shutil
import subprocess
import sys
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest

from pipeline.model.catalog import State
from pipeline.po import read_po
from pipeline.sources.settings import read_settings
from tests.cli.command import process
from tests.exporters.markup import find, page, text
from tests.peers import require
from tests.repository import (
    BASE_LANGUAGES,
    DOCUMENT,
    EDITIONS,
    FAQ,
    GLOSSARY,
    LOCALES,
    ROOT,
    SETTINGS,
    Repository,
    bcp47,
    bundle,
    catalog,
    disclaimers,
)

# The facts. What is printed as the superscripts of each answer, in order:

CITATIONS = {
    "what-is-proleukin": ["1,2"],
    "how-it-works": ["3"],
    "who-may-benefit": ["4,5"],
    "durable-responses": ["3,6-8", "3,7,8"],
    "side-effects": ["3"],
    "reversibility": ["3-5"],
    "long-term-effects": ["5"],
    "why-in-hospital": [],
    "patient-updates": [],
    "insurance": [],
}
FOOTNOTE_MARKS = {"who-may-benefit": ["*"]}
FOOTNOTE_CITATIONS = ["4,5"]

# The link that ends an answer.
LEARN_MORE = {
    "what-is-proleukin": "/about",
    "how-it-works": "/how-it-works",
    "who-may-benefit": "/patient-selection",
    "durable-responses": "/clinical-data",
}

# Numbers in reading order; a translation may turn a sentence round, but then the diseases turn with it.
MRCC, MM = "mRCC", "mM"
PERCENTAGES = {
    "footnote/ecog": ((65, 31, 71, 27), (MRCC, MM)),
    "durable-responses/answer/2": ((16, 6, 10, 15, 7, 8), (MM, MRCC)),
}
NUMBERS = {
    "who-may-benefit/answer/1": (0, 1),
    "durable-responses/answer/1": (20, 15),
    "reversibility/answer/1": (2, 3),
}
YEARS_BY_DISEASE = (MRCC, MM)

ONLY_IN = {"insurance": {"US"}}
NAMES = ("Proleukin", "IL-2", "ECOG", "FDA", "mRCC", "mM", "CLS")

REFERENCES = (
    "Jarkowski A III, Wong MKK. A re-assessment of the safety and efficacy of interleukin-2 for the treatment of renal "
    "cell carcinoma. Clin Med Ther. 2009;1:527-540.",
    "Bosco MC, Curiel RE, Zea AH, Malabarba MG, Ortaldo JR, Espinoza-Delgado I. IL-2 signaling in human monocytes "
    "involves the phosphorylation and activation of p59hck. J Immunol. 2000;164(9):4575-4585.",
    "Proleukin [package insert]. Yardley, PA: Clinigen, Inc; 2019.",
    "Fyfe G, Fisher RI, Rosenberg SA, Sznol M, Parkinson DR, Louie AC. Results of treatment of 255 patients with "
    "metastatic renal cell carcinoma who received high-dose recombinant interleukin-2 therapy. J Clin Oncol. "
    "1995;13(3):688-696.",
    "Atkins MB, Lotze MT, Dutcher JP, et al. High-dose recombinant interleukin 2 therapy for patients with metastatic "
    "melanoma: analysis of 270 patients treated between 1985 and 1993. J Clin Oncol. 1999;17(7):2105-2116.",
    "Clark JI, Curti B, Davis EJ, et al. Long-term progression-free survival of patients with metastatic melanoma or "
    "renal cell carcinoma following high-dose interleukin-2. J Investig Med. Published online Feb 4, 2021. doi: "
    "10.1136/jim-2020-001650.",
    "Fisher RI, Rosenberg SA, Fyfe G. Long-term survival update for high-dose recombinant interleukin-2 in patients "
    "with renal cell carcinoma. Cancer J Sci Am. 2000;6(suppl 1):S55-S57.",
    "Atkins MB, Kunkel L, Sznol M, Rosenberg SA. High-dose recombinant interleukin-2 therapy in patients with "
    "metastatic melanoma: long-term survival update. Cancer J Sci Am. 2000;6(suppl 1):S11-S14.",
)

# Whom a suspected adverse reaction is reported to.
AUTHORITIES = {
    "en_US": "FDA",
    "en_GB": "MHRA",
    "es_US": "FDA",
    "es_ES": "notificaRAM",
    "de_DE": "BfArM",
    "de_AT": "BASG",
    "fr_FR": "pharmacovigilance",
    "fr_CA": "Santé Canada",
    "ja_JP": "PMDA",
    "ar_SA": "الهيئة العامة للغذاء والدواء",
    "pt_BR": "Anvisa",
    "zh_CN": "国家药品监督管理局",
    "pl_PL": "Urzędu Rejestracji Produktów Leczniczych",
}

every_locale = pytest.mark.parametrize("locale", LOCALES)


@cache
def exported(locale: str) -> Any:
    return json.loads((ROOT / bundle(locale, "json")).read_bytes())


@cache
def shown(locale: str) -> Element:
    return page((ROOT / bundle(locale, "html")).read_bytes())


def market(locale: str) -> str:
    return locale.rpartition("_")[2]


def entries(locale: str) -> list[str]:
    """The ids of the entries that the locale's market should show, in order."""
    return [name for name in CITATIONS if market(locale) in ONLY_IN.get(name, {market(locale)})]


def entry(locale: str, name: str) -> Any:
    return next(each for each in exported(locale)["entries"] if each["id"] == name)


def inline(value: Any, kind: str) -> Iterator[Any]:
    """Every inline object of a kind in Portable Text, in reading order."""
    if isinstance(value, list):
        for item in value:
            yield from inline(item, kind)
    elif isinstance(value, dict):
        if value.get("_type") == kind:
            yield value
        for key in ("header", "rows", "cells", "content", "children"):
            yield from inline(value.get(key, []), kind)


def words(locale: str, message: str) -> str:
    """The words of a message in a locale, its digits in ASCII."""
    texts = [rich for each in exported(locale)["entries"] for rich in (each["question"], each["answer"])]
    texts += [note["note"] for note in exported(locale)["footnotes"]]
    (block,) = (block for rich in texts for block in _blocks(rich["content"]) if block["_key"] == message)
    spans = "".join(span["text"] for span in inline(block, "span"))
    return "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in spans)


def _blocks(value: Any) -> Iterator[Any]:
    for block in value:
        yield from _blocks(block["content"]) if block["_type"] == "notice" else [block]


# Nothing to do


def test_the_settings_name_these_editions() -> None:
    settings = read_settings((ROOT / SETTINGS).read_bytes(), SETTINGS)
    assert {edition.locale.gettext: tuple(each.gettext for each in edition.reads) for edition in settings.editions} == (
        EDITIONS
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("export", "--check"),
        pytest.param(("run",), marks=pytest.mark.thorough),
        pytest.param(("check",), marks=pytest.mark.thorough),
        ("extract",),
        ("update",),
    ],
)
def test_the_committed_content_is_up_to_date(repository: Repository, arguments: tuple[str, ...]) -> None:
    before = repository.files()
    ended = process(*arguments, folder=repository.root)
    assert (ended.code, ended.err) == (0, "")
    assert repository.files() == before


# Citations, footnotes, links


@every_locale
def test_the_entries_are_those_of_the_market_in_their_order(locale: str) -> None:
    assert [each["id"] for each in exported(locale)["entries"]] == entries(locale)
    assert [section.attrib["id"] for section in find(shown(locale), "section", class_="faq-entry")] == entries(locale)
    questions = json.loads((ROOT / bundle(locale, "jsonld")).read_bytes())["mainEntity"]
    assert [question["@id"] for question in questions] == [f"#{name}" for name in entries(locale)]


@every_locale
def test_the_superscripts_of_every_answer_are_those_of_the_facts(locale: str) -> None:
    for name in entries(locale):
        answer = entry(locale, name)["answer"]
        assert [citation["text"] for citation in inline(answer["content"], "citation")] == CITATIONS[name], name
        (section,) = find(shown(locale), "section", id=name)
        assert [text(mark) for mark in find(section, "sup", class_="faq-citation")] == CITATIONS[name], name


@every_locale
def test_the_numbers_of_a_citation_are_those_of_its_references(locale: str) -> None:
    keys = [reference["key"] for reference in exported(locale)["references"]]
    for citation in inline([each["answer"] for each in _answers(locale)], "citation"):
        assert citation["references"] == [keys[number - 1] for number in citation["numbers"]]


def _answers(locale: str) -> list[Any]:
    return [{"answer": {"content": each["answer"]["content"]}} for each in exported(locale)["entries"]]


@every_locale
def test_the_footnote_is_marked_where_it_belongs_and_cites_its_sources(locale: str) -> None:
    for name in entries(locale):
        marks = FOOTNOTE_MARKS.get(name, [])
        content = entry(locale, name)["answer"]["content"]
        assert [mark["text"] for mark in inline(content, "footnoteMark")] == marks
        (section,) = find(shown(locale), "section", id=name)
        assert [text(mark) for mark in find(section, "sup", class_="faq-mark")] == marks
    (note,) = exported(locale)["footnotes"]
    assert (note["id"], note["mark"]) == ("ecog", "*")
    assert [citation["text"] for citation in inline(note["note"]["content"], "citation")] == FOOTNOTE_CITATIONS
    (printed,) = find(shown(locale), "p", id=note["anchor"])
    assert [text(mark) for mark in find(printed, "sup")] == FOOTNOTE_CITATIONS


@every_locale
def test_four_answers_end_in_the_link_that_goes_deeper(locale: str) -> None:
    for name in entries(locale):
        content = entry(locale, name)["answer"]["content"]
        links = [mark["href"] for block in _blocks(content) for mark in block.get("markDefs", [])]
        assert links == ([LEARN_MORE[name]] if name in LEARN_MORE else []), name
        if name in LEARN_MORE:
            assert content[-1]["children"][-1]["marks"] == ["a1"]
            (section,) = find(shown(locale), "section", id=name)
            assert len(find(section, "a", href=LEARN_MORE[name])) == 1


# References


@every_locale
def test_the_references_are_the_same_bytes_in_every_locale_and_marked_as_english(locale: str) -> None:
    references = exported(locale)["references"]
    assert [reference["text"] for reference in references] == list(REFERENCES)
    assert [reference["number"] for reference in references] == list(range(1, 9))
    assert {(reference["lang"], reference["dir"]) for reference in references} == {("en", "ltr")}
    (section,) = find(shown(locale), "section", role="doc-bibliography")
    printed = [find(item, "span")[0] for item in find(section, "li")]
    assert [text(record) for record in printed] == list(REFERENCES)
    assert {(record.attrib["lang"], record.attrib["dir"]) for record in printed} == {("en", "ltr")}
    for reference in REFERENCES:
        assert reference.encode() in (ROOT / bundle(locale, "html")).read_bytes()


# Numbers and names


def _in_order(pattern: str, value: str) -> tuple[str, ...]:
    return tuple(re.findall(pattern, value))


@every_locale
@pytest.mark.parametrize("message", PERCENTAGES)
def test_every_percentage_stands_in_its_text_with_its_disease(locale: str, message: str) -> None:
    percentages, diseases = PERCENTAGES[message]
    said = words(locale, message)
    assert tuple(int(number) for number in re.findall(r"(\d+)\s*[%％٪]", said)) == percentages
    assert _in_order(r"(?<![A-Za-z])(mRCC|mM)(?![A-Za-z])", said) == diseases


@every_locale
@pytest.mark.parametrize("message", NUMBERS)
def test_every_number_stands_in_its_text(locale: str, message: str) -> None:
    said = words(locale, message).replace("IL-2", "")
    assert tuple(int(number) for number in re.findall(r"\d+", said)) == NUMBERS[message]


@every_locale
def test_the_years_stand_in_the_order_of_their_diseases(locale: str) -> None:
    said = words(locale, "durable-responses/answer/1")
    assert _in_order(r"(?<![A-Za-z])(mRCC|mM)(?![A-Za-z])", said) == YEARS_BY_DISEASE


@every_locale
def test_no_text_has_a_number_that_the_english_does_not_have(locale: str) -> None:
    for each in exported(locale)["entries"]:
        for block in _blocks(each["answer"]["content"]):
            assert _digits(words(locale, block["_key"])) == _digits(words("en_US", block["_key"])), block["_key"]


def _digits(value: str) -> list[str]:
    # interleukin-2 is a name that a language may write with or without its number once more
    return sorted(re.findall(r"\d+", re.sub(r"(?<=[^\W\d_])[-‐‑ ]?2(?!\d)", "", value)))


@every_locale
def test_a_percent_sign_never_begins_a_line(locale: str) -> None:
    for message in PERCENTAGES:
        assert not re.search(r"\d [%％٪]", words(locale, message))


@every_locale
def test_names_stay_as_they_are_wherever_the_english_has_them(locale: str) -> None:
    for each in exported(locale)["entries"]:
        blocks = [each["question"]["content"][0], *_blocks(each["answer"]["content"])]
        for block in blocks:
            said, english = words(locale, block["_key"]), words("en_US", block["_key"])
            for name in NAMES:
                if re.search(rf"(?<![A-Za-z]){name}(?![A-Za-z])", english):
                    assert re.search(rf"(?<![A-Za-z]){name}", said), f"{name} in {block['_key']}"
    assert "Proleukin" in exported(locale)["title"]["text"]


@every_locale
def test_approval_and_insurance_are_for_their_market_alone(locale: str) -> None:
    ids = {each["id"] for each in exported(locale)["entries"]}
    assert ("insurance" in ids) == (market(locale) == "US")
    answers = "".join(each["answer"]["text"] for each in exported(locale)["entries"])
    assert ("FDA" in answers) == (market(locale) == "US")


# The standing notice


@every_locale
def test_the_standing_notice_stands_in_the_answer_on_side_effects_in_every_export(locale: str) -> None:
    content = entry(locale, "side-effects")["answer"]["content"]
    kinds = [block["_type"] for block in content]
    assert kinds == ["block", "block", "block", "notice", "block"]
    notice = content[3]
    assert notice["id"] == "prescribing-information"
    said = "".join(span["text"] for span in inline(notice, "span"))
    _terms_stand_in(said, EDITIONS[locale])
    (section,) = find(shown(locale), "section", id="side-effects")
    (aside,) = find(section, "aside")
    assert [text(paragraph) for paragraph in find(aside, "p")] == [notice["label"]["text"], said]
    questions = json.loads((ROOT / bundle(locale, "jsonld")).read_bytes())["mainEntity"]
    (answer,) = (each["acceptedAnswer"]["text"] for each in questions if each["@id"] == "#side-effects")
    assert said in answer
    assert sum(block["_type"] == "notice" for each in _answers(locale) for block in each["answer"]["content"]) == 1


def _terms_stand_in(said: str, languages: tuple[str, ...]) -> None:
    """The notice names the two things that it points to, as the glossary has them."""
    glossary = {term["text"]: term["translations"] for term in tomllib.loads((ROOT / GLOSSARY).read_text())["term"]}
    for term in ("Prescribing Information", "Boxed Warning"):
        accepted = next((glossary[term][name] for name in languages if name in glossary[term]), [term])
        assert any(form.casefold() in said.casefold() for form in accepted), f"{term} in {said!r}"


# Samples, and who says so


@every_locale
def test_sample_marks_stand_in_every_export(locale: str) -> None:
    found, root = exported(locale), shown(locale)
    assert found["status"] == "sample"
    assert [text(banner) for banner in find(root, "p", class_="faq-status")] == [found["statusText"]["text"]]
    assert all(disclaimer["sample"] for disclaimer in found["disclaimers"])
    assert len(find(root, "p", class_="faq-sample")) == len(found["disclaimers"])
    assert len(find(root, "meta", content="noindex")) == 1


def test_the_index_marks_every_bundle_as_a_sample_and_as_current() -> None:
    records = json.loads((ROOT / "exports/index.json").read_bytes())["bundles"]
    assert [record["locale"] for record in records] == sorted(bcp47(locale) for locale in LOCALES)
    assert {(record["document"], record["status"], record["current"]) for record in records} == {(FAQ, "sample", True)}
    for record in records:
        counted = record["completeness"]
        assert counted["translated"] + counted["source"] == counted["messages"] == 26 + 3 * (record["market"] == "US")


@every_locale
def test_every_text_says_where_it_came_from(locale: str) -> None:
    kinds = {"source"} if locale == "en_US" else {"source", "translated"} if locale == "en_GB" else {"translated"}
    found = {
        origin["kind"]
        for each in exported(locale)["entries"]
        for rich in (each["question"], each["answer"])
        for origin in rich["origin"]
    }
    assert found == kinds
    for disclaimer in exported(locale)["disclaimers"]:
        assert {(origin["kind"], origin["file"]) for origin in disclaimer["body"]["origin"]} == {
            ("locale", disclaimers(locale))
        }


@every_locale
def test_an_origin_names_the_line_of_the_english(locale: str) -> None:
    lines = (ROOT / DOCUMENT).read_text("utf-8").split("\n")
    for each in exported(locale)["entries"]:
        (origin,) = each["question"]["origin"]
        name, _, line = origin["source"].rpartition(":")
        assert name == DOCUMENT
        assert f"{{#{each['id']}" in lines[int(line) - 1]


# Disclaimers


@cache
def written(locale: str) -> dict[str, Any]:
    records = tomllib.loads((ROOT / disclaimers(locale)).read_text("utf-8"))["disclaimer"]
    return {record["id"]: record for record in records}


@every_locale
def test_every_edition_has_the_disclaimers_of_its_market(locale: str) -> None:
    assert set(written(locale)) >= {"medical-advice", "adverse-event-reporting", "prescribing-information"}
    for record in written(locale).values():
        assert record["sample"] is True
        assert bcp47(locale) in record["approval"]
    assert AUTHORITIES[locale] in written(locale)["adverse-event-reporting"]["text"]
    after = [each["id"] for each in exported(locale)["disclaimers"] if each["entry"] == "side-effects"]
    assert after == ["adverse-event-reporting"]


def test_no_two_locales_share_the_text_of_a_disclaimer() -> None:
    texts = [(locale, _plain(record["text"])) for locale in LOCALES for record in written(locale).values()]
    for (locale, said), (other, other_said) in combinations(texts, 2):
        assert said != other_said, f"{locale} and {other}"


def _plain(value: str) -> str:
    return "".join(sign for sign in value.casefold() if sign.isalnum())


# Catalogs in the eyes of gettext's own tools


CATALOGS = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "locales").rglob("*.po*"))
BASE_CATALOGS = [catalog(language, domain) for language in BASE_LANGUAGES for domain in (FAQ, "ui")]


def test_every_language_has_its_catalogs() -> None:
    assert set(BASE_CATALOGS) <= set(CATALOGS)


@pytest.mark.thorough
@pytest.mark.parametrize("name", CATALOGS)
def test_msgfmt_finds_no_error(name: str) -> None:
    checked = subprocess.run(
        [require("msgfmt"), "--check", "--check-header", "--output-file=/dev/null", ROOT / name],
        capture_output=True,
        check=False,
        text=True,
    )
    assert checked.returncode == 0, checked.stderr
    assert "error" not in checked.stderr


@pytest.mark.thorough
def test_i18nspector_finds_no_error() -> None:
    checked = subprocess.run(
        [require("i18nspector"), *CATALOGS], cwd=ROOT, capture_output=True, check=False, encoding="utf-8"
    )
    assert [line for line in checked.stdout.splitlines() if line.startswith("E:")] == []
    assert checked.stderr == ""


@pytest.mark.parametrize("name", [name for name in CATALOGS if name.endswith(".po")])
def test_no_translation_is_fuzzy_or_missing(name: str) -> None:
    units = read_po((ROOT / name).read_bytes(), name).live
    assert [unit.id for unit in units if unit.state is not State.TRANSLATED] == []


@pytest.mark.parametrize("name", BASE_CATALOGS)
def test_a_base_catalog_has_every_text_of_its_template(name: str) -> None:
    template = f"locales/{name.rpartition('/')[2]}t"
    units = read_po((ROOT / name).read_bytes(), name).live
    assert [unit.key for unit in units] == [
        unit.key for unit in read_po((ROOT / template).read_bytes(), template).units
    ]


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of locales/ after `pybabel compile`."""
    folder = tmp_path_factory.mktemp("compiled") / "locales"
    shutil.copytree(ROOT / "locales", folder)
    for domain in (FAQ, "ui"):
        pybabel = Path(sys.executable).with_name("pybabel")
        subprocess.run([pybabel, "compile", "-d", folder, "-D", domain], check=True, capture_output=True)
    return folder


@pytest.mark.parametrize("language", BASE_LANGUAGES)
def test_gettext_reads_the_folder_as_it_lies(compiled: Path, language: str) -> None:
    for domain in (FAQ, "ui"):
        name = catalog(language, domain)
        translations = gettext.translation(domain, compiled, languages=[language])
        for unit in read_po((ROOT / name).read_bytes(), name).live:
            assert unit.context is not None
            if unit.plural is None:
                assert translations.pgettext(unit.context, unit.source) == unit.targets[0]
            else:
                counted = {translations.npgettext(unit.context, unit.source, unit.plural, n) for n in range(200)}
                assert counted == set(unit.targets)


def test_gettext_falls_back_along_the_chain(compiled: Path) -> None:
    canadian = gettext.translation(FAQ, compiled, languages=["fr_CA", "fr"])
    french = gettext.translation(FAQ, compiled, languages=["fr"])
    title, answer = "What to tell patients who ask about Proleukin", _source("how-it-works/answer/1")
    assert canadian.pgettext("title", title) != french.pgettext("title", title)
    assert canadian.pgettext("how-it-works/answer/1", answer) == french.pgettext("how-it-works/answer/1", answer)
    assert canadian.pgettext("how-it-works/answer/1", answer) != answer


def _source(identifier: str) -> str:
    return read_po((ROOT / catalog("fr")).read_bytes(), catalog("fr")).by_id[identifier].source
