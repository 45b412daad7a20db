"""json_bundle: the bundle holds the whole page, with the origin of every text."""

import dataclasses
import json
from typing import Any

import pytest
from msgspec import structs

from pipeline.exporters.json_bundle import json_bundle
from pipeline.model.locale import Locale
from pipeline.model.localized import LocalizedDocument
from tests.exporters.markup import fragment, tags, text
from tests.exporters.sample import (
    ENGLISH,
    HOSTILE,
    MODIFIED,
    PROVENANCE,
    english,
    hostile,
    hostile_labels,
    labels,
    localized,
)

ARABIC = Locale("ar", "", "SA")


def read(found: LocalizedDocument, *others: Locale) -> dict[str, Any]:
    decoded: dict[str, Any] = json.loads(json_bundle(found, labels(found.locale), others, PROVENANCE, MODIFIED))
    return decoded


def rich_texts(value: Any) -> list[dict[str, Any]]:
    """Every text with its three forms, wherever it stands in the bundle."""
    if isinstance(value, list):
        return [found for item in value for found in rich_texts(item)]
    if not isinstance(value, dict):
        return []
    here = [value] if {"text", "html", "content"} <= set(value) else []
    return here + [found for item in value.values() for found in rich_texts(item)]


def test_a_bundle_names_its_document_its_locale_and_its_schema() -> None:
    bundle = read(localized(ARABIC), ENGLISH)
    assert bundle["$schema"] == "../schema/bundle.schema.json"
    assert (bundle["document"], bundle["audience"], bundle["updated"]) == (
        "cold-chain",
        "healthcare-professionals",
        "2026-11-22",
    )
    assert (bundle["locale"], bundle["lang"], bundle["dir"], bundle["market"]) == ("ar-SA", "ar-SA", "rtl", "SA")
    assert bundle["alternates"] == [
        {"lang": "en-US", "json": "../en-US/cold-chain.json", "html": "../en-US/cold-chain.html"}
    ]


def test_sample_content_says_so_in_a_word_and_in_a_sentence() -> None:
    bundle = read(localized(ARABIC))
    assert bundle["status"] == "sample"
    assert bundle["statusText"]["text"] == labels(ARABIC).text("page/sample")
    assert (bundle["statusText"]["lang"], bundle["statusText"]["dir"]) == ("ar", "rtl")


def test_every_text_has_the_same_words_in_its_three_forms() -> None:
    for found in (localized(ENGLISH), localized(ARABIC)):
        for rich in rich_texts(read(found)):
            words = "".join(_spans(rich["content"]))
            assert words == rich["text"].replace("\n\n", "")
            assert "".join(words.split()) == "".join(_words_of_html(rich["html"]).split())


def test_every_text_says_where_it_came_from() -> None:
    bundle = read(localized(ARABIC))
    kinds = {origin["kind"] for rich in rich_texts(bundle["entries"]) for origin in rich["origin"]}
    assert kinds == {"translated"}
    answer = bundle["entries"][0]["answer"]
    assert (answer["lang"], answer["dir"]) == ("ar", "rtl")
    assert answer["origin"][0] == {
        "id": "storage/answer/1",
        "kind": "translated",
        "locale": "ar",
        "file": "locales/ar/LC_MESSAGES/cold-chain.po",
        "source": "messages/cold-chain.md:12",
    }
    (disclaimer, *_) = bundle["disclaimers"]
    assert disclaimer["body"]["origin"] == [
        {
            "id": "disclaimer/medical-advice/1",
            "kind": "locale",
            "locale": "ar-SA",
            "file": "locales/ar_SA/disclaimers.toml",
            "source": "locales/ar_SA/disclaimers.toml:1",
        }
    ]


def test_a_text_in_the_source_language_says_so() -> None:
    bundle = read(localized(ENGLISH))
    origins = [origin for rich in rich_texts(bundle["entries"]) for origin in rich["origin"]]
    assert {(origin["kind"], origin["locale"], origin["file"]) for origin in origins} == {
        ("source", "en-US", "messages/cold-chain.md")
    }


def test_a_text_of_two_locales_bears_the_language_of_the_page() -> None:
    found = localized(ARABIC)
    texts = dict(found.texts)
    texts["storage/answer/2"] = structs.replace(texts["storage/answer/2"], locale=ARABIC)
    answer = read(dataclasses.replace(found, texts=texts))["entries"][0]["answer"]
    assert answer["lang"] == "ar-SA"
    assert {origin["locale"] for origin in answer["origin"]} == {"ar", "ar-SA"}


def test_references_are_english_whatever_the_page_is() -> None:
    assert read(localized(ARABIC))["references"] == read(localized(ENGLISH))["references"]
    first = read(localized(ARABIC))["references"][0]
    assert first == {
        "key": "label2019",
        "number": 1,
        "text": 'Sample <label> & "insert". Anytown: Sample, Inc; 2019.',
        "lang": "en",
        "dir": "ltr",
        "anchor": "faq-ref-label2019",
    }


def test_footnotes_have_their_mark_and_their_anchor() -> None:
    (note,) = read(localized(ENGLISH))["footnotes"]
    assert (note["id"], note["mark"], note["anchor"]) == ("light", "*", "faq-note-light")
    assert note["note"]["text"] == "Away from light (p < 0.05)."


def test_an_entry_of_another_market_is_not_there() -> None:
    assert [(entry["id"], entry["markets"]) for entry in read(localized(ENGLISH))["entries"]] == [
        ("storage", []),
        ("payment", ["US"]),
    ]
    assert [entry["id"] for entry in read(localized(ARABIC))["entries"]] == ["storage"]


def test_disclaimers_have_their_place_and_their_papers() -> None:
    advice, reporting, approved = read(localized(ENGLISH))["disclaimers"]
    assert (advice["placement"], advice["entry"]) == ("page-top", None)
    assert (reporting["placement"], reporting["entry"]) == ("after-entry", "storage")
    assert (approved["placement"], approved["sample"], advice["sample"]) == ("page-end", False, True)
    assert {key: reporting[key] for key in ("asOf", "approval", "effective", "expires", "source")} == {
        "asOf": "2026-11-01",
        "approval": "S-2",
        "effective": "2026-01-01",
        "expires": "2099-12-31",
        "source": "Sample",
    }


def test_a_disclaimer_of_two_paragraphs_keeps_both() -> None:
    body = read(localized(ENGLISH))["disclaimers"][0]["body"]
    assert body["text"] == "This page does not replace advice.\n\nAsk your doctor & read more."
    assert body["html"].count("<p>") == 2


def test_a_disclaimer_for_another_audience_is_not_there() -> None:
    assert "patients-only" not in {each["id"] for each in read(localized(ENGLISH))["disclaimers"]}


def test_a_document_without_lead_notes_and_references_is_a_bundle_all_the_same() -> None:
    bundle = read(english("## Q {#q}\n\nAn answer.\n"))
    assert (bundle["lead"]["content"], bundle["lead"]["html"], bundle["lead"]["text"]) == ([], "", "")
    assert (bundle["footnotes"], bundle["references"]) == ([], [])


def test_a_hostile_text_is_text_in_every_form() -> None:
    data = json_bundle(hostile(), hostile_labels(), (), PROVENANCE, MODIFIED)
    for rich in rich_texts(json.loads(data)):
        assert HOSTILE in rich["text"]
        root = fragment(rich["html"])
        assert not tags(root) & {"script", "em", "strong"}
        assert HOSTILE in text(root)
    assert json.loads(data)["statusText"]["text"] == HOSTILE + labels(ENGLISH).text("page/sample")


def test_the_bytes_are_readable_json_that_ends_in_a_line() -> None:
    data = json_bundle(localized(ARABIC), labels(ARABIC), (), PROVENANCE, MODIFIED)
    assert data.endswith(b"}\n")
    assert data.startswith(b'{\n  "$schema"')
    assert "حفظ القوارير باردة".encode() in data


@pytest.mark.parametrize("locale", [ENGLISH, ARABIC])
def test_the_same_document_gives_the_same_bytes(locale: Locale) -> None:
    first, second = (json_bundle(localized(locale), labels(locale), (), PROVENANCE, MODIFIED) for _ in range(2))
    assert first == second


def _words_of_html(html: str) -> str:
    """The words of an HTML text without citations, marks and the label of a notice."""
    root = fragment(html)

    def gather(element: Any) -> str:
        skipped = element.tag.endswith("}sup") or "faq-notice-label" in element.get("class", "")
        inner = "" if skipped else (element.text or "") + "".join(gather(child) for child in element)
        return inner + (element.tail or "")

    return gather(root)


def _spans(value: Any) -> list[str]:
    """The words of Portable Text in reading order."""
    if isinstance(value, list):
        return [found for item in value for found in _spans(item)]
    if value["_type"] == "span":
        return [value["text"]]
    return (
        [
            found
            for key in ("header", "rows", "cells", "content", "children")
            if key in value
            for found in _spans(value[key])
        ]
        if value["_type"] in ("block", "row", "table", "notice")
        else []
    )
