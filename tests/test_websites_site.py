"""site: a regional site in nginx, made of a published release by tests/site, as its readers see it."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browsing import Visit
from tests.cli.command import SCRIPT, process
from tests.nginx import address, free_address, nginx
from tests.releases.samples import pem, public_pem
from tests.repository import FAQ, LOCALES, ROOT, SETTINGS, bcp47, disclaimers, reference_repository

pytestmark = pytest.mark.thorough

SITE = ROOT / "tests" / "site"
BASE = "https://www.example.org/faq/"
WHY = ("--reason", "Wrong phone number", "--by", "Dr. Example")
# The day of what is published is fixed, the day on which it is verified is not.
LONG = ("--expires", "36500")

WITHDRAWN = "de_AT"


@dataclass(frozen=True)
class Company:
    """The folder that headquarters publish to, the folder of the regional site, and the address of its nginx."""

    target: Path
    folder: Path
    url: str

    def page(self, locale: str) -> str:
        return f"{self.url}{bcp47(locale)}/{FAQ}.html"

    def sync(self) -> int:
        """What cron does."""
        command = [sys.executable, str(SITE / "sync.py"), str(self.target), "key.pub.pem", ".", self.url]
        path = f"{SCRIPT.parent}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            command, cwd=self.folder, env={**os.environ, "PATH": path}, capture_output=True, text=True, timeout=60
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode

    def headquarters(self, *arguments: str) -> None:
        done = process(*arguments[:1], str(self.target), *arguments[1:], "--key", str(self.folder.parent / "key.pem"))
        assert done.code == 0, done.err

    def ask(self, locale: str, **headers: str) -> tuple[int, dict[str, str], str]:
        """A request without a browser: status, headers and text."""
        host, _, path = self.page(locale).removeprefix("http://").partition("/")
        connection = HTTPConnection(host, timeout=30)
        try:
            connection.request("GET", f"/{path}", headers={name.replace("_", "-"): on for name, on in headers.items()})
            reply = connection.getresponse()
            return reply.status, {name.lower(): on for name, on in reply.getheaders()}, reply.read().decode()
        finally:
            connection.close()


@contextmanager
def company(folder: Path, published: Path) -> Iterator[Company]:
    """A company of its own, that begins with what is published."""
    www, target = folder / "www", folder / "faq"
    shutil.copytree(published, target)
    shutil.copytree(SITE / "static", www / "static")
    (folder / "key.pem").write_bytes(pem())
    (www / "key.pub.pem").write_bytes(public_pem())
    listener = free_address()
    host = address(listener)
    said = (SITE / "nginx.conf").read_text("utf-8")
    for here, there in (("127.0.0.1:8080", host), ("/srv/www", str(www))):
        assert here in said
        said = said.replace(here, there)
    with nginx(folder / "nginx", listener, said):
        yield Company(target, www, f"http://{host}/faq/")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reference content with an address, as `pipeline publish` has published it."""
    folder = tmp_path_factory.mktemp("headquarters")
    (folder / "content").mkdir()
    repository = reference_repository(folder / "content")
    repository.edit(SETTINGS, 'source = "en_US"\n', f'source = "en_US"\nbase_url = "{BASE}"\nx_default = "en_US"\n')
    repository.export()
    (folder / "key.pem").write_bytes(pem())
    done = process("publish", "../faq", "--key", "../key.pem", *LONG, folder=repository.root)
    assert done.code == 0, done.err
    return folder / "faq"


@pytest.fixture(scope="module")
def site(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    """A site that no test changes."""
    with company(tmp_path_factory.mktemp("company"), published) as started:
        assert started.sync() == 0
        yield started


@contextmanager
def visit(browser: Browser, url: str, status: int = 200) -> Iterator[Visit]:
    """A reader on a desktop who opens a page."""
    with ExitStack() as ending:
        reader = Visit(browser, width=1280)
        ending.callback(reader.context.close)
        response = reader.page.goto(url)
        assert response is not None
        assert response.status == status
        yield reader


def words(locale: str) -> list[str]:
    """The words of every disclaimer of a market, as a reader sees them."""
    table = tomllib.loads((ROOT / disclaimers(locale)).read_text("utf-8"))
    texts = [re.sub(r"\[(.*?)\]\(.*?\)|\*+", r"\1", one["text"]) for one in table["disclaimer"]]
    return [squeezed(paragraph) for text in texts for paragraph in text.split("\n\n")]


def squeezed(text: str) -> str:
    return " ".join(text.split())


# ---- pages and languages


def test_the_language_switch_leads_to_each_edition_with_its_disclaimers_and_without_complaints(
    browser: Browser, site: Company
) -> None:
    everything = {text for locale in LOCALES for text in words(locale)}
    with visit(browser, site.page("de_AT")) as reader:
        for locale in (*LOCALES, "de_AT"):
            reader.page.click(f".site-editions a[hreflang='{bcp47(locale)}']")
            reader.page.wait_for_url(site.page(locale))
            for element in ("html", ".faq"):
                root = reader.page.locator(element)
                direction = "rtl" if locale == "ar_SA" else "ltr"
                assert (root.get_attribute("lang"), root.get_attribute("dir")) == (bcp47(locale), direction)
            shown = {squeezed(text) for text in reader.page.locator(".faq-disclaimer p").all_inner_texts()}
            assert shown & everything == set(words(locale)), locale
            assert reader.page.locator(".faq-notice").evaluate("one => getComputedStyle(one).borderTopStyle") == "solid"
            named = reader.page.locator("link[rel=alternate]").evaluate_all("all => all.map((one) => one.href)")
            assert sorted(named) == sorted(site.page(one) for one in LOCALES)
        # Nothing but the site itself is asked, and nothing failed.
        assert [url for url in reader.requested if not url.startswith(site.url.removesuffix("faq/"))] == []
        assert reader.complaints == []


def test_the_policy_lets_nothing_in_but_the_styles_and_pictures_of_the_site(site: Company) -> None:
    _, headers, body = site.ask("ja_JP")
    assert headers["content-security-policy"] == (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', body, re.DOTALL)
    assert json.loads(data)["inLanguage"] == "ja-JP"


def test_the_site_names_the_editions_that_the_published_page_names(site: Company, published: Path) -> None:
    """All but x-default: which edition other readers may see is for each site to say."""
    link = re.compile(r'<link rel="alternate" hreflang="(.+?)" href="(.+?)">')
    pointer = json.loads((published / "current").read_text("utf-8"))
    page = published / "releases" / pointer["digest"] / "pl-PL" / f"{FAQ}.html"
    theirs = {lang: href.removeprefix(BASE) for lang, href in link.findall(page.read_text("utf-8"))}
    ours = {lang: href.removeprefix(site.url) for lang, href in link.findall(site.ask("pl_PL")[2])}
    assert theirs.pop("x-default") == ours["en-US"]
    assert ours == theirs


def test_a_page_in_arabic_runs_from_right_to_left(browser: Browser, site: Company) -> None:
    places = """() => [".site-brand", ".site-editions", ".faq-contents ol", ".faq-answer p"].map(
        (one) => document.querySelector(one)).map((one) => [one.getBoundingClientRect().left,
        getComputedStyle(one).direction, getComputedStyle(one).textAlign])"""
    seen = {}
    for locale in ("ar_SA", "de_DE"):
        with visit(browser, site.page(locale)) as reader:
            seen[locale] = reader.page.evaluate(places)
            assert reader.page.evaluate("document.documentElement.scrollWidth") <= 1280
    for locale, direction in (("ar_SA", "rtl"), ("de_DE", "ltr")):
        brand, editions, contents, answer = seen[locale]
        assert (brand[0] > editions[0]) == (direction == "rtl")
        assert [one[1] for one in (editions, contents, answer)] == [direction] * 3
        assert answer[2] == "start"
        assert brand[1] == "ltr"


@pytest.mark.parametrize("locale", ["de_AT", "ar_SA", "zh_CN"])
def test_a_citation_leads_to_its_reference_and_back(browser: Browser, site: Company, locale: str) -> None:
    in_view = "one => { const { top, bottom } = one.getBoundingClientRect(); return top >= 0 && bottom <= innerHeight }"
    with visit(browser, site.page(locale)) as reader:
        citation = reader.page.locator(".faq-entry .faq-citation a", has_text=re.compile("^5$")).first
        anchor, target = citation.get_attribute("id"), citation.get_attribute("href")
        assert target is not None
        citation.click()
        reader.arrive(target.removeprefix("#"))
        reference = reader.page.locator(":target")
        assert "Atkins MB, Lotze MT, Dutcher JP" in reference.inner_text()
        assert reference.locator("[lang=en]").count() == 1
        assert reference.evaluate(in_view)
        reference.locator(f"a[href='#{anchor}']").click()
        reader.arrive(anchor)
        assert reader.page.locator(":target").evaluate(in_view)
        assert reader.complaints == []


# ---- what must not be shown


def test_what_is_withdrawn_is_gone_with_the_next_sync(browser: Browser, published: Path, tmp_path: Path) -> None:
    with company(tmp_path, published) as firm:
        assert firm.sync() == 0
        with visit(browser, firm.page(WITHDRAWN)) as reader:
            etag = firm.ask(WITHDRAWN)[1]["etag"]
            assert firm.ask(WITHDRAWN, if_none_match=etag)[0] == 304
            firm.headquarters("withdraw", WITHDRAWN, *WHY, *LONG)
            assert firm.sync() == 0
            # The same reader, with the page in the cache.
            response = reader.page.goto(firm.page(WITHDRAWN))
            assert response is not None
            assert response.status == 410
            assert reader.page.locator("h1").inner_text() == "Diese Seite wurde zurückgezogen."
            assert reader.page.locator(".faq, .faq-disclaimer").count() == 0
            assert not any(text in squeezed(reader.page.inner_text("body")) for text in words(WITHDRAWN))
        assert firm.ask(WITHDRAWN, if_none_match=etag)[0] == 410
        for locale in sorted({*LOCALES} - {WITHDRAWN}):
            status, _, body = firm.ask(locale)
            assert (status, "de-AT" in body) == (200, False), locale
        # Not on the disk of the site either.
        [told] = [text for text in words(WITHDRAWN) if "Österreich" in text and "Fachinformation" in text]
        pages = [path.read_text("utf-8") for path in firm.folder.rglob("*.html")]
        assert len(pages) > len(LOCALES)
        assert not any(told in squeezed(page) for page in pages)


def test_a_site_takes_nothing_that_is_not_verified_and_shows_nothing_beyond_its_time(
    published: Path, tmp_path: Path
) -> None:
    with company(tmp_path, published) as firm:
        assert firm.ask("de_DE")[0] == 503
        assert firm.sync() == 0
        before = firm.ask("de_DE")[2]
        assert words("de_DE")[0] in before
        firm.headquarters("withdraw", "fr_CA", *WHY, *LONG)
        pointer = json.loads((firm.target / "current").read_text("utf-8"))
        page = firm.target / "releases" / pointer["digest"] / "de-DE" / f"{FAQ}.fragment.html"
        page.write_bytes(page.read_bytes().replace(b"20 Jahre", b"30 Jahre"))
        assert firm.sync() == 1
        assert firm.ask("de_DE")[2] == before
        (firm.folder / "live" / "expires").write_text("2026-01-01T00:00:00Z", "utf-8")
        assert firm.sync() == 1
        status, headers, body = firm.ask("de_DE")
        assert (status, headers["cache-control"]) == (503, "no-cache")
        assert "This page is not available" in body


def test_nothing_else_of_a_release_is_on_the_site(site: Company) -> None:
    host = site.url.removesuffix("faq/").removeprefix("http://").rstrip("/")
    paths = ("/", "/current", f"/faq/de-AT/{FAQ}.json", f"/faq/de-AT/{FAQ}.gone.html", "/seen.json", "/live/expires")
    for path in paths:
        connection = HTTPConnection(host, timeout=30)
        connection.request("GET", path)
        assert connection.getresponse().status == 404, path
        connection.close()
