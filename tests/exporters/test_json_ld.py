"""json_ld: schema.org's FAQPage, safe to paste into a page."""

import json
from dataclasses import replace

from pipeline.exporters.addresses import Addresses
from pipeline.exporters.fragments import Fragments
from pipeline.exporters.json_ld import json_ld
from pipeline.model.locale import Locale
from pipeline.model.pattern import Text
from tests.exporters.markup import fragment, tags, text
from tests.exporters.sample import ENGLISH, HOSTILE, MODIFIED, hostile, hostile_labels, labels, localized, saying

ARABIC = Locale("ar", "", "SA")


def test_the_page_is_a_list_of_questions_with_their_answers() -> None:
    page = json.loads(json_ld(localized(ENGLISH), labels(ENGLISH), MODIFIED))
    assert (page["@context"], page["@type"]) == ("https://schema.org", "FAQPage")
    assert (page["name"], page["inLanguage"]) == ("Keeping vials cold", "en-US")
    assert page["dateModified"] == "2026-11-22T12:00:00Z"
    assert [(entry["@type"], entry["@id"], entry["name"]) for entry in page["mainEntity"]] == [
        ("Question", "#storage", "How are the vials stored?"),
        ("Question", "#payment", "Who pays?"),
    ]


def test_a_sample_says_so_and_an_approved_document_does_not() -> None:
    found = localized(ARABIC)
    page = json.loads(json_ld(found, labels(ARABIC), MODIFIED))
    assert (page["creativeWorkStatus"], page["description"]) == ("sample", labels(ARABIC).text("page/sample"))
    approved = replace(found, document=replace(found.document, status="approved"))
    page = json.loads(json_ld(approved, labels(ARABIC), MODIFIED))
    assert page["creativeWorkStatus"] == "approved"
    assert "description" not in page


def test_a_page_with_an_address_is_named_by_it() -> None:
    url = "https://example.org/faq/en-US/cold-chain.html"
    page = json.loads(json_ld(localized(ENGLISH), labels(ENGLISH), MODIFIED, Addresses(base_url=url[:24])))
    assert (page["@id"], page["url"]) == (url, url)
    assert page["mainEntity"][0]["@id"] == f"{url}#storage"


def test_an_answer_is_the_html_of_the_page_with_its_notice_and_what_must_follow_it() -> None:
    found = localized(ARABIC)
    (entry,) = json.loads(json_ld(found, labels(ARABIC), MODIFIED))["mainEntity"]
    answer = entry["acceptedAnswer"]
    assert answer["@type"] == "Answer"
    html = str(Fragments(found, labels(ARABIC)).blocks(found.entries[0].answer))
    assert answer["text"] == f"{html}<p>يُرجى الإبلاغ عن الآثار الجانبية.</p>"
    assert "المؤطر" in answer["text"]


def test_nothing_in_the_file_can_end_a_script_element_or_a_line() -> None:
    found = saying(hostile(), {"title": (Text("</script><!-- & \u2028\u2029"),)})
    data = json_ld(found, hostile_labels(), MODIFIED).decode()
    for sign in "<>&\u2028\u2029":
        assert sign not in data
    assert json.loads(data)["name"] == "</script><!-- & \u2028\u2029"


def test_a_hostile_text_is_text_in_names_and_answers() -> None:
    page = json.loads(json_ld(hostile(), hostile_labels(), MODIFIED))
    for entry in page["mainEntity"]:
        assert entry["name"] == HOSTILE
        root = fragment(entry["acceptedAnswer"]["text"])
        assert HOSTILE in text(root)
        assert "script" not in tags(root)
