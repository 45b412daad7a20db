"""portable_text: the content that sites render by themselves says the same as the HTML."""

from typing import Any

import msgspec

from pipeline.exporters.portable_text import LocalizedInlines, PortableText
from pipeline.model.locale import Locale
from pipeline.model.localized import LocalizedDocument
from pipeline.model.pattern import Span, Text
from tests.exporters.sample import ENGLISH, HOSTILE, english, hostile, labels, localized, saying

ARABIC = Locale("ar", "", "SA")


def portable(found: LocalizedDocument) -> PortableText:
    return PortableText(LocalizedInlines(found, labels(found.locale)))


def answer(found: LocalizedDocument) -> list[dict[str, Any]]:
    """The blocks of the first answer as they stand in the JSON."""
    blocks = portable(found).blocks(found.entries[0].answer)
    decoded: list[dict[str, Any]] = msgspec.json.decode(msgspec.json.encode(blocks))
    return decoded


def spans(block: dict[str, Any]) -> list[tuple[str, str, list[str]]]:
    return [(child["_type"], child["text"], child["marks"]) for child in block["children"]]


def test_a_paragraph_is_a_block_whose_key_is_its_message_id() -> None:
    first = answer(localized(ENGLISH))[0]
    assert (first["_type"], first["_key"], first["style"]) == ("block", "storage/answer/1", "normal")
    assert "listItem" not in first
    assert "level" not in first


def test_citations_and_footnote_marks_are_inline_objects() -> None:
    first = answer(localized(ENGLISH))[0]
    assert spans(first) == [
        ("span", "Store the vials at 2 to 8 °C.", []),
        ("citation", "1-3", []),
        ("footnoteMark", "*", []),
        ("span", " ", []),
        ("span", "Learn more", ["a1"]),
    ]
    citation, mark = first["children"][1:3]
    assert citation["numbers"] == [1, 2, 3]
    assert citation["references"] == ["label2019", "guide2020", "guide2021"]
    assert mark["footnote"] == "light"
    assert first["markDefs"] == [{"_type": "link", "_key": "a1", "href": "/storage"}]


def test_a_citation_in_any_order_has_its_numbers_and_keys_side_by_side() -> None:
    (block,) = answer(english("## Q {#q}\n\nA.[@guide2021; @label2019]\n"))
    citation = block["children"][1]
    assert (citation["text"], citation["numbers"]) == ("1,2", [1, 2])
    assert citation["references"] == ["label2019", "guide2021"]


def test_list_items_have_their_kind_and_level() -> None:
    items = [block for block in answer(localized(ENGLISH)) if "listItem" in block]
    assert [(item["_key"], item["listItem"], item["level"]) for item in items] == [
        ("storage/answer/2", "number", 1),
        ("storage/answer/3", "number", 1),
        ("storage/answer/4", "bullet", 2),
        ("storage/answer/5", "bullet", 2),
    ]


def test_an_item_of_several_paragraphs_stays_one_item() -> None:
    text = "1. One, see [this](/a).\n\n   Two, see [that](/b).[@label2019]\n\n   - Inner.\n\n2. Three.\n"
    blocks = answer(english(f"## Q {{#q}}\n\n{text}"))
    assert [(block["listItem"], block["level"]) for block in blocks] == [("number", 1), ("bullet", 2), ("number", 1)]
    assert "".join(child["text"] for child in blocks[0]["children"]) == "One, see this.\nTwo, see that.1"
    assert len({child["_key"] for child in blocks[0]["children"]}) == len(blocks[0]["children"])
    targets = {definition["_key"]: definition["href"] for definition in blocks[0]["markDefs"]}
    linked = {child["text"]: targets[child["marks"][0]] for child in blocks[0]["children"] if child["marks"]}
    assert linked == {"this": "/a", "that": "/b"}


def test_a_table_has_its_heading_its_rows_and_its_alignments() -> None:
    (table,) = (block for block in answer(localized(ENGLISH)) if block["_type"] == "table")
    assert [cell["children"][0]["text"] for cell in table["header"]["cells"]] == ["Temperature", "Time"]
    assert [[cell["children"][0]["text"] for cell in row["cells"]] for row in table["rows"]] == [
        ["2 to 8 °C", "30 days"],
        ["25 °C", "4 hours"],
    ]
    assert table["alignments"] == ["left", "right"]
    assert table["rows"][1]["cells"][1]["children"][1]["_type"] == "citation"


def test_a_notice_is_a_block_with_its_label_in_the_language_of_the_page() -> None:
    notice = answer(localized(ARABIC))[-1]
    assert (notice["_type"], notice["id"]) == ("notice", "label")
    assert (notice["label"]["text"], notice["label"]["lang"], notice["label"]["dir"]) == (
        "معلومات مهمة عن السلامة",
        "ar",
        "rtl",
    )
    assert [block["_key"] for block in notice["content"]] == ["notice/label/1"]


def test_marks_nest_as_the_text_does() -> None:
    nested = (Span("strong", (Text("a"), Span("em", (Text("b"),)))), Text("c"))
    block = portable(saying(localized(ENGLISH), {"title": nested})).message(localized(ENGLISH).document.title)
    assert [(child.text, child.marks) for child in block.children] == [
        ("a", ["strong"]),
        ("b", ["strong", "em"]),
        ("c", []),
    ]


def test_every_mark_is_a_decorator_or_a_definition_of_its_own_block() -> None:
    for found in (localized(ENGLISH), localized(ARABIC)):
        for block in _text_blocks(answer(found)):
            known = {"em", "strong"} | {definition["_key"] for definition in block["markDefs"]}
            assert {mark for child in block["children"] for mark in child["marks"]} <= known


def test_keys_are_unique_within_their_list() -> None:
    blocks = answer(localized(ENGLISH))
    assert len({block["_key"] for block in blocks}) == len(blocks)
    for block in _text_blocks(blocks):
        keys = [child["_key"] for child in block["children"]]
        assert len(set(keys)) == len(keys)


def test_a_hostile_text_is_kept_as_it_is() -> None:
    blocks = list(_text_blocks(answer(hostile())))
    assert len(blocks) == 12
    assert {block["children"][0]["text"] for block in blocks} == {HOSTILE}


def _text_blocks(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for block in blocks:
        match block["_type"]:
            case "block":
                found.append(block)
            case "notice":
                found.extend(_text_blocks(block["content"]))
            case "table":
                found.extend(cell for row in (block["header"], *block["rows"]) for cell in row["cells"])
    return found
