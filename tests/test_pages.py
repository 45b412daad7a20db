"""pages: what is exported is valid HTML and shows as a page one would publish, in every locale."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urldefrag
from xml.etree.ElementTree import Element

import pytest
from playwright.sync_api import Browser

from tests.browsing import Visit
from tests.exporters.markup import find, page, tag, text
from tests.repository import LOCALES, ROOT, bcp47, bundle

pytestmark = pytest.mark.thorough

every_locale = pytest.mark.parametrize("locale", LOCALES)

RIGHT_TO_LEFT = ("ar_SA",)
LABELLED = ("section", "nav", "aside")


@cache
def read(locale: str) -> Element:
    """The page, as html5lib's strict parser takes it: any error of the markup is raised."""
    return page((ROOT / bundle(locale, "html")).read_bytes())


def ids(root: Element) -> Counter[str]:
    return Counter(element.attrib["id"] for element in root.iter() if "id" in element.attrib)


# The markup


@every_locale
def test_a_page_is_html_without_an_error(locale: str) -> None:
    root = read(locale)
    assert [tag(child) for child in root] == ["head", "body"]
    assert text(find(root, "title")[0]) == text(find(root, "h1")[0])


@every_locale
def test_a_page_and_all_its_parts_say_their_language_and_direction(locale: str) -> None:
    root = read(locale)
    direction = "rtl" if locale in RIGHT_TO_LEFT else "ltr"
    for element in (root, find(root, "article")[0]):
        assert (element.attrib["lang"], element.attrib["dir"]) == (bcp47(locale), direction)
    marked = Counter((element.get("lang"), element.get("dir")) for element in find(root, "article")[0].iter())
    assert marked["en", "ltr"] == 8
    for mark in find(root, "sup"):
        assert mark.attrib["dir"] == "ltr"
    (editions,) = find(root, "footer")
    for other in find(editions, "a"):
        assert other.attrib["lang"] == other.attrib["hreflang"] != bcp47(locale)
        assert other.attrib["dir"] == ("rtl" if other.attrib["lang"] == "ar-SA" else "ltr")


@every_locale
def test_no_id_stands_twice(locale: str) -> None:
    assert set(ids(read(locale)).values()) == {1}


@every_locale
def test_every_link_on_the_page_has_its_target(locale: str) -> None:
    root = read(locale)
    known = ids(root)
    links = [element.attrib["href"] for element in root.iter() if element.get("href", "").startswith("#")]
    assert len(links) > 40
    assert [link for link in links if link[1:] not in known] == []


@every_locale
def test_everything_that_is_named_by_id_is_there(locale: str) -> None:
    root = read(locale)
    for name in ("aria-labelledby", "aria-describedby"):
        for element in root.iter():
            assert element.get(name, "faq") in ids(root)
    for element in root.iter():
        if tag(element) in LABELLED:
            assert element.get("aria-labelledby") or element.get("aria-label"), tag(element)


@every_locale
def test_citations_and_references_are_linked_both_ways(locale: str) -> None:
    root = read(locale)
    forward = {
        (link.attrib["id"], urldefrag(link.attrib["href"]).fragment) for link in find(root, "a", role="doc-noteref")
    }
    backward: set[tuple[str, str]] = set()
    for target in [*find(root, "li"), *find(root, "p")]:
        for link in find(target, "a", role="doc-backlink"):
            backward.add((urldefrag(link.attrib["href"]).fragment, target.attrib["id"]))
    assert forward <= backward
    # A range such as 6-8 links to its first reference; each of the others leads back to the range.
    ranges = {link.attrib["id"] for link in find(root, "a", role="doc-noteref") if "-" in text(link)}
    assert {origin for origin, _ in backward - forward} <= ranges
    references = find(find(root, "section", role="doc-bibliography")[0], "li")
    assert all(find(reference, "a", role="doc-backlink") for reference in references)


@every_locale
def test_links_to_other_editions_lead_to_files_that_are_there(locale: str) -> None:
    folder = (ROOT / bundle(locale, "html")).parent
    root = read(locale)
    relative = [
        element.attrib["href"]
        for name in ("a", "link")
        for element in find(root, name)
        if element.attrib["href"].startswith("..")
    ]
    assert len(relative) == 2 * len(LOCALES)
    for link in relative:
        assert (folder / link).resolve().is_file()
        assert (folder / link).resolve().is_relative_to(ROOT / "exports")


@every_locale
def test_a_page_carries_no_script_no_style_and_no_picture(locale: str) -> None:
    for element in read(locale).iter():
        assert tag(element) not in ("script", "style", "img", "iframe", "object", "embed", "form", "video")
        assert not [name for name in element.attrib if name == "style" or name.startswith("on")]


@every_locale
def test_no_template_or_placeholder_is_left_in_the_text(locale: str) -> None:
    assert not re.search(r"[{}]|<|&[a-z]+;|None", text(find(read(locale), "body")[0]))


# In a browser


@pytest.fixture
def phone(browser: Browser) -> Iterator[Visit]:
    visit = Visit(browser, width=320)
    yield visit
    visit.context.close()


@pytest.fixture
def desktop(browser: Browser) -> Iterator[Visit]:
    visit = Visit(browser, width=1280)
    yield visit
    visit.context.close()


@every_locale
def test_a_page_asks_for_its_own_files_alone_and_nothing_complains(desktop: Visit, locale: str) -> None:
    desktop.open(locale)
    own = [(ROOT / bundle(locale, "html")).as_uri(), (ROOT / "exports/assets/faq.css").as_uri()]
    assert desktop.requested == own
    assert desktop.complaints == []


@every_locale
def test_a_page_fits_a_narrow_phone(phone: Visit, locale: str) -> None:
    phone.open(locale)
    assert phone.number("document.documentElement.scrollWidth") <= 320
    assert phone.number("document.documentElement.clientWidth") == 320
    wide = phone.page.evaluate(
        """() => [...document.querySelectorAll("body *")].filter((element) => {
            const box = element.getBoundingClientRect();
            return box.width && box.top > 0 && (box.left < -1 || box.right > 321);
        }).map((element) => element.outerHTML.slice(0, 80))"""
    )
    assert wide == []


@pytest.mark.parametrize("locale", ["en_US", "ja_JP"])
def test_a_line_of_text_is_not_too_long_to_read(desktop: Visit, locale: str) -> None:
    desktop.open(locale)
    assert desktop.number("document.querySelector('.faq-answer p').getBoundingClientRect().width") <= 720


GAP_AT_THE_START = """() => {
    const paragraph = document.querySelector("#why-in-hospital .faq-answer p");
    const range = document.createRange();
    range.selectNodeContents(paragraph);
    const lines = [...range.getClientRects()];
    const box = paragraph.getBoundingClientRect();
    const last = lines[lines.length - 1];
    return { left: last.left - box.left, right: box.right - last.right };
}"""


@every_locale
def test_the_text_stands_on_the_side_where_its_script_begins(phone: Visit, locale: str) -> None:
    phone.open(locale)
    gap = phone.page.evaluate(GAP_AT_THE_START)
    near, far = ("right", "left") if locale in RIGHT_TO_LEFT else ("left", "right")
    assert gap[near] < 2
    assert gap[far] > 2
    direction = phone.page.evaluate("getComputedStyle(document.querySelector('h1')).direction")
    assert direction == ("rtl" if locale in RIGHT_TO_LEFT else "ltr")


def test_a_reference_reads_from_left_to_right_in_a_page_that_does_not(desktop: Visit) -> None:
    desktop.open("ar_SA")
    assert desktop.page.evaluate("getComputedStyle(document.querySelector('.faq-references span')).direction") == "ltr"
    assert desktop.page.evaluate("getComputedStyle(document.querySelector('sup.faq-citation')).direction") == "ltr"


MARKS_THAT_BEGIN_A_LINE = """() => [...document.querySelectorAll(".faq sup")].filter((mark) => {
    const claim = mark.previousSibling, range = document.createRange();
    range.setStart(claim, claim.nodeType === Node.TEXT_NODE ? claim.length - 1 : 0);
    range.setEndBefore(mark);
    return [...range.getClientRects()].at(-1).bottom < mark.getClientRects()[0].bottom - 8;
}).map((mark) => mark.previousSibling.textContent.slice(-8) + mark.textContent)"""


@pytest.mark.parametrize("locale", ["de_DE", "ja_JP", "zh_CN"])
def test_a_citation_never_begins_a_line(phone: Visit, locale: str) -> None:
    phone.open(locale)
    for width in range(320, 480, 8):
        phone.page.set_viewport_size({"width": width, "height": 900})
        assert phone.page.evaluate(MARKS_THAT_BEGIN_A_LINE) == []


def test_the_dark_has_another_background_and_enough_contrast(browser: Browser) -> None:
    shades = {}
    for dark in (False, True):
        visit = Visit(browser, width=800, dark=dark).open("en_US")
        paper, ink = (
            visit.page.evaluate(f"getComputedStyle(document.querySelector('{where}')).{what}")
            for where, what in (("body", "backgroundColor"), (".faq-answer p", "color"))
        )
        shades[dark] = paper
        assert _contrast(paper, ink) >= 7
        visit.context.close()
    assert shades[False] != shades[True]


def _contrast(one: str, other: str) -> float:
    """The contrast of two CSS colours as WCAG 2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(value) / 255 for value in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


IN_VIEW = """(id) => {
    const box = document.getElementById(id).getBoundingClientRect();
    return box.top >= 0 && box.bottom <= window.innerHeight;
}"""


@pytest.mark.parametrize("locale", ["en_US", "ar_SA"])
@pytest.mark.parametrize(
    ("mark", "target"),
    [
        ("#durable-responses sup.faq-citation a:text-is('6-8')", "faq-ref-clark2021"),
        ("#who-may-benefit sup.faq-mark a", "faq-note-ecog"),
    ],
    ids=["a citation", "a footnote mark"],
)
def test_a_click_leads_to_what_is_pointed_to_and_back(phone: Visit, locale: str, mark: str, target: str) -> None:
    clicked = phone.open(locale).page.locator(mark)
    origin = clicked.get_attribute("id")
    clicked.click()
    phone.arrive(target)
    phone.page.wait_for_function(IN_VIEW, arg=target)
    phone.page.click(f"#{target} a.faq-back[href='#{origin}']")
    phone.arrive(origin)
    phone.page.wait_for_function(IN_VIEW, arg=origin)


@pytest.mark.parametrize("locale", ["en_US", "ar_SA"])
def test_the_first_key_shows_the_way_past_the_header(desktop: Visit, locale: str) -> None:
    desktop.open(locale)
    skip = "document.querySelector('.faq-skip').getBoundingClientRect()"
    assert desktop.number(f"{skip}.bottom") <= 0
    desktop.page.keyboard.press("Tab")
    assert desktop.page.evaluate("document.activeElement.className") == "faq-skip"
    assert desktop.number(f"{skip}.top") >= 0
    desktop.page.keyboard.press("Enter")
    desktop.arrive("faq")


def test_a_screen_reader_finds_the_parts_of_a_page(desktop: Visit) -> None:
    desktop.open("en_US")
    seen = desktop.page.locator("body").aria_snapshot()
    assert 'heading "What to tell patients who ask about Proleukin" [level=1]' in seen
    for role in ("main", "navigation", "contentinfo", "complementary"):
        assert role in seen
    assert 'link "References 6-8"' in seen
    assert 'link "Note *"' in seen


def test_a_printed_page_leaves_out_what_only_a_screen_needs(desktop: Visit) -> None:
    desktop.open("en_US")
    desktop.page.emulate_media(media="print")
    for selector in (".faq-skip", ".faq-contents", ".faq-editions", ".faq-back"):
        assert not desktop.page.locator(selector).first.is_visible(), selector
    for selector in (".faq-status", ".faq-notice", ".faq-references", ".faq-disclaimer"):
        assert desktop.page.locator(selector).first.is_visible(), selector


def test_the_pages_lie_where_they_are_looked_for() -> None:
    assert {path.parent.name for path in Path(ROOT / "exports").glob("*/*.html")} == {bcp47(each) for each in LOCALES}
