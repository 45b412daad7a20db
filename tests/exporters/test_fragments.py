"""fragments: every tag of an export is ours, every text is escaped, every mark stands where it should."""

from dataclasses import replace

import pytest
from msgspec import structs

from pipeline.exporters.fragments import Fragments
from pipeline.model.document import Notice
from pipeline.model.locale import Locale
from pipeline.model.localized import LocalizedDocument
from pipeline.model.pattern import Span, Text
from tests.exporters.markup import find, fragment, outline, tags, text
from tests.exporters.sample import ENGLISH, HOSTILE, english, hostile, hostile_labels, labels, localized, saying

ARABIC = Locale("ar", "", "SA")


def fragments(found: LocalizedDocument) -> Fragments:
    return Fragments(found, labels(found.locale))


def answer(found: LocalizedDocument) -> str:
    """The HTML of the first answer."""
    return str(fragments(found).blocks(found.entries[0].answer))


# Escaping


def test_a_hostile_text_comes_out_as_text() -> None:
    found = hostile()
    root = fragment(str(Fragments(found, hostile_labels()).blocks(found.entries[0].answer)))
    assert tags(root) == tags(fragment(answer(localized(ENGLISH)))) - {"strong"}
    paragraphs = find(root, "p")
    assert all(text(paragraph).startswith(HOSTILE) for paragraph in paragraphs)
    assert len(paragraphs) == 3
    for link in find(root, "a"):
        assert set(link.attrib) == {"id", "href", "role", "aria-label"}
        assert link.attrib["aria-label"].startswith(HOSTILE)


def test_a_hostile_text_comes_out_as_text_inside_emphasis_and_links() -> None:
    found = localized(ENGLISH)
    inside = saying(
        found, {"storage/answer/5": (Span("a1", (Text(HOSTILE),)),), "lead/1": (Span("em", (Text(HOSTILE),)),)}
    )
    root = fragment(f"{fragments(inside).inline('storage/answer/5')}{fragments(inside).inline('lead/1')}")
    assert outline(root) == ["a", "em"]
    assert text(root) == HOSTILE * 2


@pytest.mark.parametrize(
    "source", ["AT&T", 'a "b"', "it's", "p < 0.05 > q", "{{ 7*7 }}", "{% raw %}", "&lt;b&gt;", "&amp;"]
)
def test_a_sign_of_html_or_jinja_is_a_letter_like_any_other(source: str) -> None:
    found = saying(localized(ENGLISH), {"title": (Text(source),)})
    assert text(fragment(str(fragments(found).inline("title")))) == source
    assert fragments(found).plain("title") == source


def test_the_target_of_a_link_is_escaped() -> None:
    html = answer(english("## Q {#q}\n\nSee [this](/a?b=1&c=2#d).\n"))
    assert 'href="/a?b=1&amp;c=2#d"' in html
    (link,) = find(fragment(html), "a")
    assert link.attrib == {"href": "/a?b=1&c=2#d"}


def test_a_span_of_another_message_is_never_made() -> None:
    with pytest.raises(KeyError):
        fragments(saying(localized(ENGLISH), {"title": (Text("x"),)})).inline("nowhere")


# Blocks


def test_paragraphs_lists_tables_and_notices_become_their_elements() -> None:
    table = ["table", ["thead", ["tr", "th", "th"]], ["tbody", ["tr", "td", "td"], ["tr", "td", ["td", ["sup", "a"]]]]]
    assert outline(fragment(answer(localized(ENGLISH)))) == [
        ["p", ["sup", "a"], ["sup", "a"], "a"],
        ["ol", "li", ["li", ["ul", ["li", "strong"], ["li", "a"]]]],
        ["div", table],
        ["aside", "p", "p"],
    ]


def test_a_table_can_be_scrolled_by_keyboard_and_names_its_columns() -> None:
    root = fragment(answer(localized(ENGLISH)))
    assert [div.attrib for div in find(root, "div")] == [{"class": "faq-table", "tabindex": "0"}]
    assert {cell.attrib["scope"] for cell in find(root, "th")} == {"col"}
    assert [text(cell) for cell in find(root, "th")] == ["Temperature", "Time"]


def test_an_item_of_several_paragraphs_keeps_them_apart() -> None:
    html = answer(english("## Q {#q}\n\n- One.\n\n  Two.\n\n- Three.\n"))
    assert html == "<ul><li>One.<p>Two.</p></li><li>Three.</li></ul>"


def test_an_item_that_begins_with_a_list_holds_that_list() -> None:
    assert answer(english("## Q {#q}\n\n- - One.\n")) == "<ul><li><ul><li>One.</li></ul></li></ul>"


def test_a_notice_bears_its_label() -> None:
    root = fragment(answer(localized(ENGLISH)))
    (notice,) = find(root, "aside")
    label = notice.attrib["aria-labelledby"]
    assert [text(paragraph) for paragraph in find(notice, "p", id=label)] == ["Important safety information"]
    assert text(find(notice, "p")[1]) == 'Read the label & the "boxed" {warning}.'


def test_a_notice_may_hold_a_list_and_a_table() -> None:
    found = english("## Q {#q}\n\nAn answer.\n\n::: {#n .notice}\n- One.\n\n| A |\n|---|\n| b |\n:::\n")
    assert isinstance(found.entries[0].answer[1], Notice)
    notice = find(fragment(answer(found)), "aside")[0]
    assert outline(notice) == ["p", ["ul", "li"], ["div", ["table", ["thead", ["tr", "th"]], ["tbody", ["tr", "td"]]]]]


# Citations and footnote marks


CITED = """## Q {#q}

One.[@label2019] Two.[@guide2021; @label2019] All.[@guide2021; @guide2020; @label2019]
"""


def test_a_citation_is_a_superscript_of_links_in_ascending_order() -> None:
    marks = find(fragment(answer(english(CITED))), "sup")
    assert [text(mark) for mark in marks] == ["1", "1,3", "1-3"]
    assert {mark.attrib["dir"] for mark in marks} == {"ltr"}
    assert [[link.attrib["href"] for link in find(mark, "a")] for mark in marks] == [
        ["#faq-ref-label2019"],
        ["#faq-ref-label2019", "#faq-ref-guide2021"],
        ["#faq-ref-label2019"],
    ]
    assert {link.attrib["role"] for mark in marks for link in find(mark, "a")} == {"doc-noteref"}


def test_a_screen_reader_hears_what_a_citation_points_to() -> None:
    links = find(fragment(answer(english(CITED))), "a")
    assert [link.attrib["aria-label"] for link in links] == [
        "Reference 1",
        "Reference 1",
        "Reference 3",
        "References 1-3",
    ]


def test_a_range_counts_all_its_references() -> None:
    # Arabic has a form for exactly two; 1-3 are three.
    (cited, *_) = find(fragment(answer(localized(ARABIC))), "a", role="doc-noteref")
    assert text(cited) == "1-3"
    assert cited.attrib["aria-label"] == labels(ARABIC).plural("citation/label", 3, numbers="1-3")


def test_a_footnote_mark_links_to_its_note() -> None:
    (mark,) = find(fragment(answer(localized(ENGLISH))), "sup", class_="faq-mark")
    (link,) = find(mark, "a")
    assert (text(mark), mark.attrib["dir"], link.attrib["href"]) == ("*", "ltr", "#faq-note-light")
    assert (link.attrib["role"], link.attrib["aria-label"]) == ("doc-noteref", "Note *")


# Languages


def test_a_text_in_another_language_than_the_page_says_so() -> None:
    found = localized(ARABIC)
    foreign = structs.replace(found.texts["lead/1"], locale=ENGLISH)
    mixed = replace(found, texts={**found.texts, "lead/1": foreign})
    html = str(fragments(mixed).blocks(mixed.document.lead))
    (paragraph,) = find(fragment(html), "p")
    assert paragraph.attrib["lang"] == "en-US"


def test_a_text_from_another_territory_of_the_same_language_needs_no_mark() -> None:
    assert "lang=" not in answer(localized(ARABIC))
