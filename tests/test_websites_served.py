"""served: a page under a strict policy, on paper, and its fragment inside a page that is not ours."""

import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from unicodedata import normalize

import pytest
from playwright.sync_api import Browser

from tests.browsing import Visit
from tests.exporters.markup import find, page, text
from tests.peers import require
from tests.repository import LOCALES, ROOT, bcp47, bundle

pytestmark = pytest.mark.thorough

POLICY = "default-src 'none'; style-src 'self'"

# In a browser that serves a site, the icon is asked for by itself; nothing else is.
ICON = "/favicon.ico"


class Handler(SimpleHTTPRequestHandler):
    """The files of a folder, each with the policy."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder))) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


# A strict policy


@pytest.mark.parametrize("locale", LOCALES)
def test_a_page_works_where_nothing_but_its_style_sheet_may_be_loaded(browser: Browser, locale: str) -> None:
    visit = Visit(browser, width=1280)
    with served(ROOT / "exports") as site:
        response = visit.page.goto(f"{site}/{bundle(locale, 'html').removeprefix('exports/')}")
        assert response is not None
        assert response.headers["content-security-policy"] == POLICY
        assert visit.complaints == []
        asked = [url.removeprefix(site) for url in visit.requested if not url.endswith(ICON)]
        assert asked == [f"/{bcp47(locale)}/proleukin-hcp-faq.html", "/assets/faq.css"]
        assert visit.page.evaluate("getComputedStyle(document.querySelector('.faq-notice')).borderTopStyle") == "solid"
        visit.page.click(f".faq-editions a[hreflang='{'de-AT' if locale != 'de_AT' else 'ar-SA'}']")
        visit.page.wait_for_url(lambda url: url.endswith(".html") and bcp47(locale) not in url)
        assert visit.complaints == []
        visit.context.close()


def test_the_policy_is_one_that_a_script_complains_about(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!DOCTYPE html><title>x</title><script>1</script>", encoding="utf-8")
    visit = Visit(browser, width=1280)
    with served(tmp_path) as site:
        visit.page.goto(site)
        assert visit.complaints
        visit.context.close()


# On paper


def squeezed(words: str) -> str:
    """The words without what a line or a PDF writes in its own way: spaces, hyphens, ligatures, widths."""
    return "".join(normalize("NFKC", words).replace("\u00ad", "").replace("-", "").split())


def printed(browser: Browser, locale: str, folder: Path) -> str:
    visit = Visit(browser, width=1280).open(locale)
    visit.page.pdf(path=folder / "page.pdf", format="A4")
    visit.context.close()
    run = subprocess.run(
        [require("pdftotext"), "-enc", "UTF-8", str(folder / "page.pdf"), "-"], capture_output=True, check=True
    )
    return run.stdout.decode()


# Poppler turns letters of Arabic ligatures round, so there words are looked for by their letters.
@pytest.mark.parametrize("locale", [locale for locale in LOCALES if locale != "ar_SA"])
def test_a_printed_page_holds_every_text_of_the_article(browser: Browser, locale: str, tmp_path: Path) -> None:
    paper = squeezed(printed(browser, locale, tmp_path))
    root = page((ROOT / bundle(locale, "html")).read_bytes())
    for selector in (
        [find(root, "h1")[0], find(root, "p", class_="faq-status")[0]],
        find(root, "h2", class_="faq-heading")[1:],
        [paragraph for block in find(root, "div", class_="faq-disclaimer") for paragraph in find(block, "p")],
        [paragraph for block in find(root, "aside", class_="faq-notice") for paragraph in find(block, "p")],
        [span for span in find(root, "span") if span.get("lang") == "en"],
    ):
        assert selector
        for element in selector:
            # The address of a link stands behind it on paper.
            for words in element.itertext():
                assert squeezed(words) in paper, words


def test_a_printed_page_in_arabic_holds_its_words_and_its_disclaimers(browser: Browser, tmp_path: Path) -> None:
    paper = normalize("NFKC", printed(browser, "ar_SA", tmp_path))
    seen = {"".join(sorted(word)) for word in re.findall(r"\w+", paper)}
    root = page((ROOT / bundle("ar_SA", "html")).read_bytes())
    words = [
        word
        for block in [*find(root, "div", class_="faq-disclaimer"), find(root, "aside", class_="faq-notice")[0]]
        for word in normalize("NFKC", text(block)).split()
        if word.isalpha()
    ]
    assert len(words) > 60
    assert [word for word in words if "".join(sorted(word)) not in seen] == []


# In a page that is not ours

HOSTILE = """
* { margin: 0; padding: 0; border: 0; font: inherit; list-style: none; text-decoration: none; color: inherit; }
html { color-scheme: light dark; }
body { font: 700 9px/1 monospace; color: #c0c; text-align: center; text-transform: uppercase; letter-spacing: 0.3em; }
h1, h2, h3 { color: red; font-size: 9px; text-align: right; text-transform: uppercase; float: left; }
main section { display: flex; padding: 5rem; background: black; }
section, article, aside, header, nav { float: left; width: 30%; background: #eee; position: relative; }
header { position: fixed; top: 0; height: 20px; }
nav ol { display: flex; } nav a { color: white; } p { text-indent: 3em; opacity: 0.2; }
sup { vertical-align: baseline; font-size: 100%; } table { display: block; } a { color: yellow; }
.title, .heading, .notice, .entry, .answer, .status, .contents, .back, .safety, .number { display: none; }
"""


def inside(folder: Path, *locales: str) -> Path:
    """A site that has a style of its own and puts fragments into its page."""
    fragments = "".join((ROOT / bundle(locale, "fragment.html")).read_text(encoding="utf-8") for locale in locales)
    (folder / "site.css").write_text(HOSTILE, encoding="utf-8")
    (folder / "faq.css").write_bytes((ROOT / "exports/assets/faq.css").read_bytes())
    (folder / "index.html").write_text(
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A site</title>'
        '<link rel="stylesheet" href="site.css"><link rel="stylesheet" href="faq.css"></head>'
        f'<body><h1 class="site">A site</h1><main>{fragments}</main><p class="site">Bye</p></body></html>',
        encoding="utf-8",
    )
    return folder / "index.html"


LOOK = """() => [...document.querySelectorAll("article.faq")].map((article) =>
    [".faq-title", ".faq-heading", ".faq-status", ".faq-lead p", ".faq-answer p", ".faq-answer a", ".faq-notice",
     ".faq-notice p", ".faq-disclaimer", ".faq-contents ol", ".faq-contents li", ".faq-safety a", ".faq-references li",
     "sup", "sup a"].map((selector) => {
        const style = getComputedStyle(article.querySelector(selector));
        return [selector, style.display, style.position, style.float, style.color, style.backgroundColor,
            style.fontSize, style.fontWeight, style.fontFamily, style.lineHeight, style.textAlign, style.textIndent,
            style.textTransform, style.letterSpacing, style.listStyleType, style.opacity, style.verticalAlign,
            style.textDecorationLine, style.marginTop, style.paddingLeft, style.borderTopWidth];
    }))"""


def test_a_fragment_looks_the_same_wherever_it_is(browser: Browser, tmp_path: Path) -> None:
    visit = Visit(browser, width=1280)
    visit.page.goto(inside(tmp_path, "de_AT").as_uri())
    among_others = visit.page.evaluate(LOOK)
    visit.open("de_AT")
    assert among_others == visit.page.evaluate(LOOK)
    visit.context.close()


def test_a_fragment_changes_nothing_around_it(browser: Browser, tmp_path: Path) -> None:
    looks = []
    shown = inside(tmp_path, "de_AT", "ar_SA")
    for sheet in ("faq.css", "missing.css"):
        shown.write_text(shown.read_text(encoding="utf-8").replace("faq.css", sheet), encoding="utf-8")
        visit = Visit(browser, width=1280, dark=True)
        visit.page.goto(shown.as_uri())
        looks.append(
            visit.page.evaluate(
                """() => ["html", "body", "h1.site", "main", "p.site"].map((selector) => {
                    const style = getComputedStyle(document.querySelector(selector));
                    const said = (name) => name + style.getPropertyValue(name);
                    const moved = /size|width|height|origin|inset|bottom|top|left|right/;
                    return [...style].filter((name) => !moved.test(name)).map(said);
                })"""
            )
        )
        visit.context.close()
    assert looks[0] == looks[1]


@pytest.mark.parametrize(
    ("scheme", "dark_paper"), [("", False), ("faq-scheme", True)], ids=["a light site", "a site in the reader's scheme"]
)
def test_a_fragment_is_dark_only_where_its_site_is(
    browser: Browser, tmp_path: Path, scheme: str, dark_paper: bool
) -> None:
    shown = inside(tmp_path, "de_AT")
    shown.write_text(shown.read_text(encoding="utf-8").replace("<main>", f'<main class="{scheme}">'), encoding="utf-8")
    visit = Visit(browser, width=1280, dark=True)
    visit.page.goto(shown.as_uri())
    paper = visit.page.evaluate("getComputedStyle(document.querySelector('.faq')).backgroundColor")
    assert (paper != "rgb(255, 255, 255)") == dark_paper
    visit.context.close()


def _click(visit: Visit, locale: str) -> tuple[str, str]:
    link = visit.page.locator(f"article[lang='{bcp47(locale)}'] sup.faq-citation a").first
    link.click()
    fragment = (link.get_attribute("href") or "").removeprefix("#")
    visit.arrive(fragment)
    return fragment, str(visit.page.evaluate("document.querySelector(':target').closest('article').lang"))


def test_two_fragments_on_one_page_keep_to_themselves(browser: Browser, tmp_path: Path) -> None:
    visit = Visit(browser, width=1280)
    visit.page.goto(inside(tmp_path, "de_AT", "ar_SA").as_uri())
    follow: Callable[[str], tuple[str, str]] = partial(_click, visit)
    (first, first_lang), (second, second_lang) = follow("de_AT"), follow("ar_SA")
    assert (first_lang, second_lang) == ("de-AT", "ar-SA")
    assert first != second
    directions = visit.page.evaluate(
        "[...document.querySelectorAll('.faq')].map((one) => getComputedStyle(one).direction)"
    )
    assert directions == ["ltr", "rtl"]
    visit.context.close()
