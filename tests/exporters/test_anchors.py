"""anchors: citations and references, marks and footnotes find one another, and no id stands twice."""

from collections import Counter
from dataclasses import replace

import pytest

from pipeline.exporters.anchors import Anchors, fragment_scope
from pipeline.model.locale import Locale
from pipeline.model.localized import LocalizedDocument
from pipeline.model.reference import NumberRange
from tests.exporters.markup import page
from tests.exporters.sample import ENGLISH, english, html_bundle, html_fragment, labels, localized


def test_anchors_are_ids_that_can_stand_in_a_url() -> None:
    anchors = Anchors()
    assert anchors.reference("guide_2020-a") == "faq-ref-guide_2020-a"
    assert anchors.footnote("light") == "faq-note-light"
    assert anchors.citation("storage/answer/1", "cite2", NumberRange(6, 8)) == "faq-cite2-storage_answer_1-6"
    assert anchors.mark("storage/answer/1", "note1") == "faq-note1-storage_answer_1"
    assert anchors.entry("storage") == "storage"


def test_the_anchors_of_a_fragment_name_the_locale_and_the_document() -> None:
    anchors = Anchors(fragment_scope(localized(ENGLISH)), fragment=True)
    assert anchors.reference("guide2020") == "faq-ref-guide2020_en-US_cold-chain"
    assert anchors.entry("storage") == "faq-entry-storage_en-US_cold-chain"


def test_each_part_of_a_citation_has_an_anchor_of_its_own() -> None:
    anchors = Anchors()
    parts = (NumberRange(3, 3), NumberRange(6, 8))
    assert len({anchors.citation("a/answer/1", "cite1", part) for part in parts}) == 2


def test_a_reference_leads_back_to_every_place_that_cites_it_in_reading_order() -> None:
    assert Anchors().back(localized(ENGLISH)) == {
        "faq-ref-label2019": ("faq-cite1-storage_answer_1-1",),
        "faq-ref-guide2020": ("faq-cite1-storage_answer_1-1", "faq-cite1-footnote_light-2"),
        "faq-ref-guide2021": ("faq-cite1-storage_answer_1-1", "faq-cite1-storage_answer_11-3"),
        "faq-note-light": ("faq-note1-storage_answer_1",),
    }


def test_a_place_that_the_market_does_not_show_is_not_led_back_to() -> None:
    text = '## Q {#q}\n\nA.[@label2019]\n\n## R {#r markets="SA"}\n\nB.[@label2019]\n'
    assert Anchors().back(english(text)) == {"faq-ref-label2019": ("faq-cite1-q_answer_1-1",)}


def ids(found: LocalizedDocument) -> Counter[str]:
    return _ids(html_bundle(found, labels(found.locale), ()))


def _ids(data: bytes) -> Counter[str]:
    root = page(data)
    return Counter(element.attrib["id"] for element in root.iter() if "id" in element.attrib)


@pytest.mark.parametrize("locale", ["en_US", "ar_SA"])
def test_no_id_of_a_page_stands_twice(locale: str) -> None:
    assert set(ids(localized(Locale.parse(locale))).values()) == {1}


# Authors name things as they like; whatever the reader accepts must not collide on the page.
CLASHES = {
    "a notice named like the label of another": """
## Q {#q}

An answer.

::: {#safety .notice}
One.
:::

::: {#safety-label .notice}
Two.
:::
""",
    "an entry named like the path of a notice": """
## Q {#notice-x}

A.[@label2019]

::: {#x-answer .notice}
One.[@label2019]
:::
""",
    "an entry named like the path of a footnote": """
## Q {#footnote-y}

A.[@label2019] [^y-answer-1]

[^y-answer-1]: B.[@label2019]
""",
    "entries named like parts of the page": """
## Q {#references}

A.[@label2019] [^notes]

## R {#contents-heading}

An answer.

[^notes]: A note.
""",
}


@pytest.mark.parametrize("clash", CLASHES)
def test_no_id_of_a_page_stands_twice_whatever_the_author_names_things(clash: str) -> None:
    assert [name for name, count in ids(english(CLASHES[clash])).items() if count > 1] == []


def test_no_id_stands_twice_where_a_site_puts_fragments_on_one_page() -> None:
    arabic, american = localized(Locale.parse("ar_SA")), localized(ENGLISH)
    other = replace(american, document=replace(american.document, id="cold-chain-2"))
    fragments = b"".join(html_fragment(found, labels(found.locale)) for found in (american, arabic, other))
    found = _ids(b'<!DOCTYPE html><title>A site</title><body id="storage">' + fragments)
    assert len(found) > 60
    assert [name for name, count in found.items() if count > 1] == []
