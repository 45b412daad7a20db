"""accessible: axe-core finds nothing on any page, on a phone or a desktop, in light or dark; and what it cannot see."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from playwright.sync_api import Browser, Page

from tests.browsing import Visit
from tests.exporters.markup import find, page, tag
from tests.peers import require_npm
from tests.repository import LOCALES, ROOT, bundle

pytestmark = pytest.mark.thorough

every_locale = pytest.mark.parametrize("locale", LOCALES)
every_script = pytest.mark.parametrize("locale", ["de_AT", "ar_SA", "ja_JP", "zh_CN", "pl_PL"])

# Every rule that axe has, those that it leaves out by itself among them.
RUN = """() => axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "ACT"],
    resultTypes: ["violations"],
}).then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].html, nodes[0].failureSummary]))"""


def violations(shown: Page) -> list[list[str]]:
    _, folder = require_npm()
    shown.evaluate((folder / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8"))
    found: list[list[str]] = shown.evaluate(RUN)
    return found


SCREENS = [(locale, 1280, False) for locale in LOCALES] + [
    (locale, width, dark)
    for locale in ("en_US", "ar_SA", "ja_JP", "de_AT")
    for width, dark in ((1280, True), (360, False), (360, True))
]


@pytest.mark.parametrize(("locale", "width", "dark"), SCREENS)
def test_axe_finds_nothing_to_complain_about(browser: Browser, locale: str, width: int, dark: bool) -> None:
    visit = Visit(browser, width=width, dark=dark).open(locale)
    assert violations(visit.page) == []
    visit.context.close()


@pytest.mark.parametrize(
    "change",
    [
        "document.querySelector('.faq-answer p').style.color = '#bbb'",
        "document.documentElement.removeAttribute('lang')",
        "document.querySelector('.faq-back').removeAttribute('aria-label'), "
        "document.querySelector('.faq-back').textContent = ''",
    ],
    ids=["too pale", "no language", "a link without a name"],
)
def test_axe_sees_what_is_wrong(browser: Browser, change: str) -> None:
    visit = Visit(browser, width=1280).open("en_US")
    visit.page.evaluate(change)
    assert violations(visit.page)
    visit.context.close()


# What axe and the Nu checker do not see


SCRIPTS = {"ar_SA": ("ARABIC",), "ja_JP": ("CJK", "HIRAGANA", "KATAKANA"), "zh_CN": ("CJK",)}


def runs(element: Element, language: str) -> Iterator[tuple[str, str]]:
    """Every text with the language that it is marked with, in reading order."""
    language = element.get("lang", language)
    if element.text:
        yield language, element.text
    for child in element:
        yield from runs(child, language)
        if child.tail:
            yield language, child.tail


def letters(text: str, scripts: tuple[str, ...]) -> int:
    """How many letters of the scripts the text has."""
    return sum(unicodedata.name(sign, "").startswith(scripts) for sign in text if sign.isalpha())


@pytest.mark.parametrize("locale", SCRIPTS)
@pytest.mark.parametrize("suffix", ["html", "fragment.html"])
def test_every_part_in_another_language_is_marked(locale: str, suffix: str) -> None:
    data = (ROOT / bundle(locale, suffix)).read_bytes()
    root = page(data if suffix == "html" else b"<!DOCTYPE html><title>x</title>" + data)
    seen: set[str] = set()
    for language, text in runs(find(root, "article")[0], ""):
        own = language == locale.replace("_", "-")
        # Names stand in Latin letters in any language; a sentence does not.
        latin = re.findall(r"[A-Za-z]{2,}", text)
        seen.add(language)
        if own:
            assert len(latin) < 8 or letters(text, SCRIPTS[locale]) > letters(text, ("LATIN",)), text
        else:
            assert (language, letters(text, SCRIPTS[locale])) == ("en", 0), text
    assert seen == {locale.replace("_", "-"), "en"}


@every_script
def test_the_parts_are_read_in_the_order_in_which_they_stand(browser: Browser, locale: str) -> None:
    """Nothing is moved by the style sheet: each part stands below the one before, on both kinds of screen."""
    for width in (360, 1280):
        visit = Visit(browser, width=width).open(locale)
        tops = visit.page.evaluate(
            """() => [...document.querySelectorAll(".faq > *, .faq-header > *, .faq-entry > *, .faq-answer > *")]
                .filter((element) => !element.querySelector(":scope > .faq-answer, :scope > .faq-title"))
                .map((element) => element.getBoundingClientRect().top)"""
        )
        assert len(tops) > 30
        assert tops == sorted(tops)
        visit.context.close()


@every_script
def test_a_line_of_links_is_read_from_the_side_where_the_script_begins(browser: Browser, locale: str) -> None:
    visit = Visit(browser, width=1280).open(locale)
    lefts = visit.page.evaluate(
        """() => [...document.querySelectorAll(".faq-references li:nth-child(3) .faq-back")]
            .map((element) => element.getBoundingClientRect().left)"""
    )
    assert len(lefts) >= 3
    assert lefts == sorted(lefts, reverse=locale == "ar_SA")
    visit.context.close()


@every_script
def test_a_page_is_whole_at_twice_the_size(browser: Browser, locale: str) -> None:
    """Zoom (the window holds half), and text alone at twice its size."""
    for width, scale, size in ((1280, 2, "100%"), (640, 2, "100%"), (1280, 1, "200%")):
        visit = Visit(browser, width=width, scale=scale).open(locale)
        visit.page.evaluate(f"document.documentElement.style.fontSize = '{size}'")
        assert visit.number("document.documentElement.scrollWidth") <= width // scale
        cut = visit.page.evaluate(
            """() => [...document.querySelectorAll(".faq *:not(.faq-table, .faq-table *)")]
                .filter((element) => getComputedStyle(element).display !== "inline")
                .filter((element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth)
                .map((element) => element.outerHTML.slice(0, 80))"""
        )
        assert cut == []
        visit.context.close()


def test_a_page_bears_the_spacing_that_a_reader_sets(browser: Browser) -> None:
    """WCAG 1.4.12: nothing is cut off or overlaps."""
    visit = Visit(browser, width=360).open("de_DE")
    visit.page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }"
        "p { margin-block-end: 2em !important; }"
    )
    assert visit.number("document.documentElement.scrollWidth") <= 360
    visit.context.close()


PROMINENCE = """(selector) => {
    const element = document.querySelector(selector);
    const style = getComputedStyle(element);
    return { size: parseFloat(style.fontSize), weight: Number(style.fontWeight), color: style.color };
}"""


@every_locale
def test_safety_information_is_as_prominent_as_benefit(browser: Browser, locale: str) -> None:
    visit = Visit(browser, width=1280).open(locale)
    answer, notice, label, disclaimer = (
        visit.page.evaluate(PROMINENCE, selector)
        for selector in (
            "#durable-responses .faq-answer p",
            ".faq-notice p:last-child",
            ".faq-notice-label",
            "#side-effects .faq-disclaimer p",
        )
    )
    assert notice["size"] > answer["size"]
    assert (notice["weight"], notice["color"]) == (700, answer["color"])
    assert label["weight"] == 700
    assert disclaimer == answer
    # And it can be seen without scrolling where to find it.
    link = "document.querySelector('.faq-safety a').getBoundingClientRect()"
    assert 0 < visit.number(f"{link}.top") < 900
    visit.context.close()


def test_every_target_of_a_finger_is_large_enough(browser: Browser) -> None:
    """WCAG 2.5.8: 24 pixels, except for links within a sentence."""
    visit = Visit(browser, width=360).open("ar_SA")
    small = visit.page.evaluate(
        """() => [...document.querySelectorAll(".faq-back, .faq-safety a, .faq-editions a")]
            .map((element) => element.getBoundingClientRect())
            .filter((box) => box.width < 24 || box.height < 24).length"""
    )
    assert small == 0
    visit.context.close()


def test_the_pages_looked_at_are_all_that_there_are() -> None:
    assert {tag(page(path.read_bytes())) for path in Path(ROOT / "exports").glob("*/*faq.html")} == {"html"}
    assert len(list(Path(ROOT / "exports").glob("*/*faq.html"))) == len(LOCALES)
