"""html_bundle: a whole page, valid and accessible, without script or style, and with nobody's markup but ours."""

import re
from dataclasses import replace
from xml.etree.ElementTree import Element

import jinja2
import pytest

from pipeline.errors import PipelineError
from pipeline.exporters import html_bundle as module
from pipeline.exporters.addresses import Addresses
from pipeline.exporters.html_bundle import (
    TEMPLATES,
    layout_digest,
    stylesheet,
    ui_messages,
)
from pipeline.model.locale import Locale
from pipeline.model.localized import LocalizedDocument
from pipeline.model.pattern import Text
from tests.exporters.markup import find, fragment, page, tag, text
from tests.exporters.sample import (
    ENGLISH,
    HOSTILE,
    english,
    hostile,
    hostile_labels,
    html_bundle,
    html_fragment,
    labels,
    localized,
    saying,
)
from tests.repository import DOCUMENT, FAQ, Repository, bundle

ARABIC = Locale("ar", "", "SA")


def read(found: LocalizedDocument, *others: Locale) -> Element:
    return page(html_bundle(found, labels(found.locale), others))


def test_a_page_is_marked_with_its_language_and_direction() -> None:
    root = read(localized(ARABIC))
    (article,) = find(root, "article")
    for element in (root, article):
        assert (element.attrib["lang"], element.attrib["dir"]) == ("ar-SA", "rtl")


def test_the_parts_of_a_page_stand_in_their_order() -> None:
    (article,) = find(read(localized(ENGLISH)), "article")
    assert [child.get("class") for child in article] == [
        "faq-header",
        "faq-disclaimers",
        "faq-contents",
        "faq-entry",
        "faq-entry",
        "faq-notes",
        "faq-references",
        "faq-disclaimers",
    ]


def test_a_disclaimer_after_an_entry_stands_inside_that_entry() -> None:
    root = read(localized(ENGLISH))
    (entry,) = find(root, "section", id="storage")
    assert [child.get("class") for child in entry] == ["faq-heading", "faq-answer", "faq-disclaimer"]
    assert find(find(root, "section", id="payment")[0], "div", class_="faq-disclaimer") == []


def test_references_are_marked_as_english_in_a_page_of_another_language() -> None:
    (references,) = find(read(localized(ARABIC)), "section", role="doc-bibliography")
    records = find(references, "li")
    assert len(records) == 3
    for record in records:
        (words,) = find(record, "span")
        assert words.attrib == {"lang": "en", "dir": "ltr"}


def test_a_sample_says_so_and_is_kept_out_of_search() -> None:
    root = read(localized(ARABIC))
    assert [text(banner) for banner in find(root, "p", class_="faq-status")] == [labels(ARABIC).text("page/sample")]
    assert [meta.attrib["content"] for meta in find(root, "meta", name="robots")] == ["noindex"]
    assert len(find(root, "p", class_="faq-sample")) == 2


def test_an_approved_page_has_no_mark_of_a_sample() -> None:
    found = localized(ENGLISH)
    approved = replace(found, document=replace(found.document, status="approved"))
    root = read(approved)
    assert find(root, "p", class_="faq-status") == []
    assert find(root, "meta", name="robots") == []


def test_a_draft_is_kept_out_of_search_without_calling_itself_a_sample() -> None:
    found = localized(ENGLISH)
    root = read(replace(found, document=replace(found.document, status="draft")))
    assert find(root, "p", class_="faq-status") == []
    assert len(find(root, "meta", name="robots")) == 1


def test_only_a_page_for_professionals_says_that_it_is_for_them() -> None:
    found = localized(ENGLISH)
    assert len(find(read(found), "p", class_="faq-audience")) == 1
    assert (
        find(read(replace(found, document=replace(found.document, audience="patients"))), "p", class_="faq-audience")
        == []
    )


def test_other_editions_are_linked_in_their_own_language() -> None:
    root = read(localized(ENGLISH), ARABIC, Locale("ja", "", "JP"))
    assert [link.attrib["hreflang"] for link in find(root, "link", rel="alternate")] == ["ar-SA", "en-US", "ja-JP"]
    (editions,) = find(root, "footer")
    arabic, japanese = find(editions, "a")
    assert arabic.attrib == {"href": "../ar-SA/cold-chain.html", "hreflang": "ar-SA", "lang": "ar-SA", "dir": "rtl"}
    assert (text(japanese), japanese.attrib["dir"]) == ("日本語 (日本)", "ltr")


def links(data: bytes) -> list[tuple[str, str, str]]:
    root = page(data)
    return [
        (link.attrib["rel"], link.get("hreflang", ""), link.attrib["href"])
        for link in find(root, "link")
        if link.attrib["rel"] != "stylesheet"
    ]


def test_a_page_without_an_address_names_its_editions_from_where_it_lies() -> None:
    assert links(html_bundle(localized(ENGLISH), labels(ENGLISH), (ARABIC,))) == [
        ("alternate", "ar-SA", "../ar-SA/cold-chain.html"),
        ("alternate", "en-US", "../en-US/cold-chain.html"),
    ]


def test_a_page_with_an_address_names_itself_and_its_editions_in_full() -> None:
    addresses = Addresses(base_url="https://example.org/faq/", x_default=ENGLISH)
    assert links(html_bundle(localized(ARABIC), labels(ARABIC), (ENGLISH,), addresses)) == [
        ("canonical", "", "https://example.org/faq/ar-SA/cold-chain.html"),
        ("alternate", "ar-SA", "https://example.org/faq/ar-SA/cold-chain.html"),
        ("alternate", "en-US", "https://example.org/faq/en-US/cold-chain.html"),
        ("alternate", "x-default", "https://example.org/faq/en-US/cold-chain.html"),
    ]


def test_an_edition_that_is_not_exported_is_no_default() -> None:
    addresses = Addresses(x_default=Locale("de", "", "AT"))
    found = links(html_bundle(localized(ARABIC), labels(ARABIC), (ENGLISH,), addresses))
    assert [hreflang for _, hreflang, _ in found] == ["ar-SA", "en-US"]


def test_the_first_safety_notice_is_one_click_from_the_top() -> None:
    root = read(localized(ARABIC))
    (contents,) = find(root, "nav", class_="faq-contents")
    (link,) = find(find(contents, "p", class_="faq-safety")[0], "a")
    (notice,) = find(root, "aside", class_="faq-notice")
    assert link.attrib["href"] == f"#{notice.attrib['id']}"
    assert text(link) == text(find(notice, "p", class_="faq-notice-label")[0])


def test_a_page_without_a_notice_leads_to_none() -> None:
    assert find(read(english("## Q {#q}\n\nAn answer.\n")), "p", class_="faq-safety") == []


def test_a_fragment_is_the_article_of_the_page_a_level_below() -> None:
    found = localized(ARABIC)
    (article,) = find(read(found), "article")
    root = fragment(html_fragment(found, labels(ARABIC)).decode())
    (own,) = root
    assert own.attrib["dir"] == "rtl"
    assert " ".join(text(own).split()) == " ".join(text(article).split())
    below = {"h1": "h2", "h2": "h3"}
    assert [tag(element) for element in own.iter()] == [
        below.get(tag(element), tag(element)) for element in article.iter()
    ]


def test_a_fragment_links_to_nothing_but_itself_and_what_the_author_links_to() -> None:
    root = fragment(html_fragment(localized(ENGLISH), labels(ENGLISH)).decode())
    known = {element.attrib["id"] for element in root.iter() if "id" in element.attrib}
    assert all(name.startswith("faq-") and name.endswith("_en-US_cold-chain") for name in known)
    targets = {element.attrib["href"] for element in find(root, "a")} - SPAN_LINKS
    assert len(targets) > 8
    assert {target.removeprefix("#") for target in targets} <= known
    for element in root.iter():
        assert set(element.get("aria-labelledby", "").split()) <= known


def test_a_page_without_other_editions_has_no_list_of_them() -> None:
    assert find(read(localized(ENGLISH)), "footer") == []


def test_a_page_without_notes_and_references_has_no_headings_for_them() -> None:
    root = read(english("## Q {#q}\n\nAn answer.\n"))
    assert find(root, "section", class_="faq-notes") == []
    assert find(root, "section", class_="faq-references") == []


def test_the_questions_are_listed_with_their_number() -> None:
    root = read(localized(ENGLISH))
    (contents,) = find(root, "nav", class_="faq-contents")
    assert [(link.attrib["href"], text(link)) for link in find(find(contents, "ol")[0], "a")] == [
        ("#storage", "How are the vials stored?"),
        ("#payment", "Who pays?"),
    ]
    assert text(find(root, "p", class_="faq-facts")[0]).split("\n")[0] == "2 questions"


def test_a_page_has_one_main_heading_and_skips_no_level() -> None:
    headings = [tag(element) for element in read(localized(ENGLISH)).iter() if re.fullmatch("h[1-6]", tag(element))]
    assert headings[0:1] == ["h1"]
    assert set(headings[1:]) == {"h2"}


def test_a_page_has_no_script_no_style_and_no_handler() -> None:
    for root in (read(localized(ENGLISH), ARABIC), page(html_bundle(hostile(), hostile_labels(), (ARABIC,)))):
        for element in root.iter():
            assert tag(element) not in ("script", "style", "iframe", "object", "img", "form")
            assert not [name for name in element.attrib if name == "style" or name.startswith("on")]
            assert not element.get("href", "").startswith("javascript")


def test_hostile_texts_come_out_as_text_everywhere_on_the_page() -> None:
    plain, attacked = read(localized(ENGLISH), ARABIC), page(html_bundle(hostile(), hostile_labels(), (ARABIC,)))
    assert [tag(element) for element in attacked.iter()] == [
        tag(element)
        for element in plain.iter()
        if tag(element) not in ("em", "strong")
        and not (tag(element) == "a" and set(element.attrib) == {"href"} and element.attrib["href"] in SPAN_LINKS)
    ]
    assert text(find(attacked, "title")[0]) == HOSTILE
    assert find(attacked, "meta", name="description")[0].attrib["content"] == HOSTILE
    (article,) = find(attacked, "article")
    for name in ("h1", "h2", "p", "li", "td", "th"):
        assert all(HOSTILE in text(element) for element in find(article, name))


SPAN_LINKS = {"/storage", "https://example.org/guide?a=1&b=2", "https://example.org/advice"}


def test_a_text_that_looks_like_jinja_is_text() -> None:
    """A check stops such a translation; a text that gets past it is text all the same."""
    found = saying(localized(ENGLISH), {"title": (Text('{{ 7*7 }} {% raw %} & "q" &lt;'),)})
    root = page(html_bundle(found, labels(ENGLISH), ()))
    assert text(find(root, "h1")[0]) == '{{ 7*7 }} {% raw %} & "q" &lt;'
    assert "49" not in text(root)


def test_no_fragment_is_written_over_the_page_of_another_document(repository: Repository) -> None:
    repository.keep_editions("en_US")
    repository.write(f"messages/{FAQ}.fragment.md", repository.text(DOCUMENT))
    repository.update()
    with pytest.raises(PipelineError, match="would be written for two documents"):
        repository.export()


# Templates


def test_the_words_of_the_page_are_messages_with_the_context_as_id() -> None:
    messages = {message.id: message for message in ui_messages()}
    assert len(messages) == len(ui_messages())
    assert messages["page/questions"].source == "{count} question"
    assert messages["page/questions"].plural_source == "{count} questions"
    assert messages["page/updated"].comments[0].startswith("{date} is a date")
    for message in messages.values():
        assert message.comments, f"{message.id} has no note for translators"
        line = (TEMPLATES / message.location.file.rpartition("/")[2]).read_text().split("\n")[message.location.line - 1]
        assert message.id in line


def test_every_word_of_the_page_is_used() -> None:
    sources = "".join(path.read_text() for path in [*TEMPLATES.parent.glob("*.py"), TEMPLATES / "page.html"])
    for message in ui_messages():
        assert f'"{message.id}"' in sources


def test_an_undefined_name_in_a_template_is_an_error() -> None:
    environment = module._environment()
    with pytest.raises(jinja2.UndefinedError):
        environment.from_string("{{ nothing }}").render()
    assert environment.from_string("{{ text }}").render(text="<b>") == "&lt;b&gt;"


def test_no_template_marks_a_text_as_safe() -> None:
    for path in TEMPLATES.glob("*.html"):
        assert not re.search(r"\|\s*safe|autoescape\s+false|Markup", path.read_text())


def test_the_style_sheet_touches_nothing_outside_the_article() -> None:
    rules = re.sub(r"/\*.*?\*/|:where\([^()]*\)", "", stylesheet().decode(), flags=re.DOTALL)
    selectors = [part.strip() for block in re.findall(r"([^{}]+)\{", rules) for part in block.split(",")]
    assert len(selectors) > 80
    for selector in selectors:
        assert selector.startswith((".faq", "@media ")), selector
    assert b"url(" not in stylesheet()
    assert b"@import" not in stylesheet()


def test_the_layout_has_one_digest() -> None:
    assert re.fullmatch("[0-9a-f]{64}", layout_digest())


def test_every_page_names_the_style_sheet_beside_the_locales(repository: Repository) -> None:
    (link,) = find(read(localized(ENGLISH)), "link", rel="stylesheet")
    folder = repository.path(bundle("en_US", "html", FAQ)).parent
    assert (folder / link.attrib["href"]).resolve().read_bytes() == stylesheet()
