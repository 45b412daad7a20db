"""json_ld: schema.org's FAQPage, safe to paste into a page."""

import json

from pipeline.exporters.fragments import Fragments
from pipeline.exporters.json_ld import json_ld
from pipeline.model.locale import Locale
from pipeline.model.pattern import Text
from tests.exporters.markup import fragment, tags, text
from tests.exporters.sample import ENGLISH, HOSTILE, hostile, hostile_labels, labels, localized, saying

ARABIC = Locale("ar", "", "SA")


def test_the_page_is_a_list_of_questions_with_their_answers() -> None:
    page = json.loads(json_ld(localized(ENGLISH), labels(ENGLISH)))
    assert (page["@context"], page["@type"]) == ("https://schema.org", "FAQPage")
    assert (page["name"], page["inLanguage"], page["dateModified"]) == ("Keeping vials cold", "en-US", "2026-11-22")
    assert [(entry["@type"], entry["@id"], entry["name"]) for entry in page["mainEntity"]] == [
        ("Question", "#storage", "How are the vials stored?"),
        ("Question", "#payment", "Who pays?"),
    ]


def test_an_answer_is_the_html_of_the_page_with_its_notice() -> None:
    found = localized(ARABIC)
    (entry,) = json.loads(json_ld(found, labels(ARABIC)))["mainEntity"]
    answer = entry["acceptedAnswer"]
    assert answer["@type"] == "Answer"
    assert answer["text"] == str(Fragments(found, labels(ARABIC)).blocks(found.entries[0].answer))
    assert "المؤطر" in answer["text"]


def test_nothing_in_the_file_can_end_a_script_element_or_a_line() -> None:
    found = saying(hostile(), {"title": (Text("</script><!-- & \u2028\u2029"),)})
    data = json_ld(found, hostile_labels()).decode()
    for sign in "<>&\u2028\u2029":
        assert sign not in data
    assert json.loads(data)["name"] == "</script><!-- & \u2028\u2029"


def test_a_hostile_text_is_text_in_names_and_answers() -> None:
    page = json.loads(json_ld(hostile(), hostile_labels()))
    for entry in page["mainEntity"]:
        assert entry["name"] == HOSTILE
        root = fragment(entry["acceptedAnswer"]["text"])
        assert HOSTILE in text(root)
        assert "script" not in tags(root)
