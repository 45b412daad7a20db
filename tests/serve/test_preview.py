"""preview: people see what they edit, beside its source and with its findings, without a click; nothing is written."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree

import pytest
from playwright.sync_api import Browser, Page

from pipeline.errors import PipelineError
from pipeline.serve.watching import need_watchfiles
from tests.browsing import Visit
from tests.repository import DOCUMENT, FAQ, SETTINGS, Repository, catalog, disclaimers, reference_repository
from tests.serve.running import Site, previewing
from tests.test_websites_accessible import violations

pytestmark = pytest.mark.thorough

# On a machine that is busy with other tests.
PATIENCE = 60


@pytest.fixture
def small(repository: Repository) -> Repository:
    repository.keep_editions("en_US", "de_DE", "ar_SA", "ja_JP")
    return repository


@pytest.fixture(scope="module")
def troubled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A preview of content with something wrong in every locale but the English."""
    content = reference_repository(tmp_path_factory.mktemp("content"))
    content.keep_editions("en_US", "de_DE", "ar_SA", "ja_JP", "pl_PL")
    content.mark_fuzzy(catalog("ar"), "who-may-benefit/question")
    content.empty(catalog("ja"), "how-it-works/question")
    content.replace_in_unit(catalog("ja"), "who-may-benefit/answer/1", "0または1", "0または2")
    content.replace_in_unit(catalog("de"), "title", '"', '"<img src=x onerror=stop()>\u202e')
    content.edit_unit(catalog("de"), "how-it-works/question", lambda unit: f"# <b>Wirkt</b>?\n{unit}")
    content.remove(disclaimers("pl_PL"))
    with previewing(content) as site:
        yield site


@contextmanager
def visiting(browser: Browser, site: Site, path: str, width: int = 1280, dark: bool = False) -> Iterator[Visit]:
    visit = Visit(browser, width=width, dark=dark)
    visit.page.set_default_timeout(PATIENCE * 1000)
    visit.page.goto(site.url + path)
    yield visit
    visit.context.close()


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def complaints(visit: Visit) -> list[str]:
    """What stands in the console; a request that a reload has cut off is no complaint."""
    return [said for said in visit.complaints if not said.startswith("http://127.0.0.1")]


def text_of(page: Page, identifier: str) -> str:
    return page.locator(f"[id='text-{identifier}']").inner_text()


def shows(site: Site, path: str, text: str) -> bool:
    return text in site.ask(path).body.decode()


TEXTS, START = f"/texts/de-DE/{FAQ}", "/"


# What changes


def test_a_saved_catalog_shows_in_the_browser_without_a_click(small: Repository, browser: Browser) -> None:
    before = small.files()
    with previewing(small) as site, visiting(browser, site, TEXTS) as visit:
        assert "Wie wirkt Proleukin?" in text_of(visit.page, "how-it-works/question")
        small.replace_in_unit(catalog("de"), "how-it-works/question", "Wie wirkt", "Auf welche Weise wirkt")
        visit.page.get_by_text("Auf welche Weise wirkt Proleukin?").wait_for()
        small.replace_in_unit(catalog("de"), "who-may-benefit/answer/1", "0 oder 1", "0 oder 2")
        visit.page.locator("[id='text-who-may-benefit/answer/1'] .error").first.wait_for()
        assert "the number 1" in text_of(visit.page, "who-may-benefit/answer/1")
        assert complaints(visit) == []
    changed = {name for name, data in small.files().items() if before.get(name) != data}
    assert (changed, small.files().keys()) == ({catalog("de")}, before.keys())


def test_the_page_in_the_frame_follows_the_english_and_stays_where_the_reader_was(
    small: Repository, browser: Browser
) -> None:
    small.keep_editions("en_US")
    with previewing(small) as site, visiting(browser, site, f"/page/en-US/{FAQ}#reversibility") as visit:
        frame = visit.page.frame_locator("iframe")
        frame.get_by_text("Most improve 2 to 3 days").wait_for()
        scrolled = "document.querySelector('iframe').contentWindow.scrollY"
        visit.page.wait_for_function(f"{scrolled} > 500")
        visit.page.evaluate("document.querySelector('iframe').contentWindow.scrollTo(0, 300)")
        visit.page.get_by_role("link", name="Texts and findings").focus()
        small.edit(DOCUMENT, "Most improve 2 to 3 days", "Most improve 2 to 4 days")
        frame.get_by_text("Most improve 2 to 4 days").wait_for()
        visit.page.wait_for_function(f"{scrolled} === 300")
        assert visit.page.evaluate("document.activeElement.textContent") == "Texts and findings"


def test_a_broken_source_is_shown_with_its_line_until_it_is_mended(small: Repository, browser: Browser) -> None:
    whole = small.text(DOCUMENT)
    with previewing(small) as site, visiting(browser, site, START) as visit:
        small.write(DOCUMENT, whole.replace("[@proleukin2019]", "[@nobody]", 1))
        visit.page.get_by_text("unknown citation key 'nobody'").wait_for()
        line = small.line(DOCUMENT, "[@nobody]")
        assert f"{DOCUMENT}:{line}" in visit.page.locator("main").inner_text()
        assert shows(site, TEXTS, f"{DOCUMENT}:{line}")
        small.write(DOCUMENT, whole)
        visit.page.get_by_role("link", name=f"Texts of {FAQ} in de-DE").wait_for()


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda content: content.write(SETTINGS, "[tool.pipeline\n"), "pyproject.toml"),
        (lambda content: rmtree(content.path("messages")), "there is no folder messages/"),
        (lambda content: rmtree(content.path("locales")), "the disclaimers are missing"),
        (lambda content: content.write(catalog("de"), b'msgid "\xff'), "UTF-8"),
        (lambda content: _as_folder(content), "is not a regular file"),
    ],
    ids=["settings", "no sources", "no catalogs", "a catalog that is none", "a folder for a file"],
)
def test_whatever_happens_to_the_files_the_preview_goes_on(
    small: Repository, damage: Callable[[Repository], None], said: str
) -> None:
    small.keep_editions("en_US", "de_DE")
    files = small.files()
    with previewing(small) as site:
        damage(small)
        until(lambda: any(shows(site, path, said) for path in (START, TEXTS)))
        if small.path(catalog("de")).is_dir():
            small.path(catalog("de")).rmdir()
        for name, data in files.items():
            small.write(name, data)
        until(lambda: site.ask(TEXTS).status == 200 and shows(site, START, "every locale may be exported"))


def _as_folder(content: Repository) -> None:
    content.remove(catalog("de"))
    content.path(catalog("de")).mkdir()


# What is shown


def test_the_table_says_where_every_locale_stands_and_leads_to_its_pages(troubled: Site, browser: Browser) -> None:
    with visiting(browser, troubled, START) as visit:
        rows = {
            row.locator("th").inner_text().split()[0]: row.inner_text() for row in visit.page.locator("tbody tr").all()
        }
        assert "ready" in rows["en-US"]
        assert "6 fuzzy" in rows["ar-SA"]
        assert "4 untranslated" in rows["ja-JP"]
        assert "2 errors" in rows["ja-JP"]
        assert "stopped by 1 missing, 1 numbers" in rows["ja-JP"]
        assert "disclaimer" in rows["pl-PL"]
        assert all("draft" in row for row in rows.values())
        # By keyboard alone.
        visit.page.get_by_role("link", name=f"Texts of {FAQ} in ja-JP").focus()
        visit.page.keyboard.press("Enter")
        visit.page.wait_for_url("**/texts/ja-JP/**")
        visit.page.get_by_role("link", name="With findings (2)").click()
        assert visit.page.locator(".text[id^=text-]").count() == 2
        visit.page.get_by_role("link", name="Open (1)").click()
        assert "not translated yet" in text_of(visit.page, "how-it-works/question")
        visit.page.get_by_role("link", name="missing").click()
        assert "Why:" in visit.page.locator("main").inner_text()


def test_a_text_stands_beside_its_source_in_its_own_language_and_direction(troubled: Site, browser: Browser) -> None:
    for tag, language, direction in (("ar-SA", "ar", "rtl"), ("ja-JP", "ja", "ltr")):
        with visiting(browser, troubled, f"/texts/{tag}/{FAQ}") as visit:
            source, target = visit.page.locator("[id='text-title'] .pair > div").all()
            assert (source.get_attribute("lang"), source.get_attribute("dir")) == ("en-US", "ltr")
            assert (target.get_attribute("lang"), target.get_attribute("dir")) == (language, direction)
            boxes = source.bounding_box(), target.bounding_box()
            assert [box["y"] for box in boxes if box] == [boxes[0]["y"]] * 2  # type: ignore[index]


def test_what_comes_from_a_catalog_is_text(troubled: Site, browser: Browser) -> None:
    with visiting(browser, troubled, TEXTS) as visit:
        assert "<img src=x onerror=stop()>" in text_of(visit.page, "title")
        assert "Translator: <b>Wirkt</b>?" in text_of(visit.page, "how-it-works/question")
        assert visit.page.locator("main img").count() == 0
        assert complaints(visit) == []


def test_a_locale_that_is_stopped_says_why_in_the_place_of_its_page(troubled: Site) -> None:
    page = troubled.ask(f"/page/pl-PL/{FAQ}").body.decode()
    assert "the disclaimers are missing" in page
    assert "<iframe" not in page
    assert troubled.ask(f"/exports/pl-PL/{FAQ}.html").status == 404
    assert shows(troubled, f"/texts/pl-PL/{FAQ}", '<div class="target" lang="pl" dir="ltr">')


def test_the_page_in_the_frame_is_the_export_byte_for_byte(repository: Repository, browser: Browser) -> None:
    repository.keep_editions("en_US", "ar_SA")
    repository.run()
    with previewing(repository) as site:
        for path in ("en-US", "ar-SA"):
            for suffix in ("html", "fragment.html", "json", "jsonld"):
                name = f"exports/{path}/{FAQ}.{suffix}"
                assert site.ask(f"/{name}").body == repository.path(name).read_bytes()
        with visiting(browser, site, f"/page/en-US/{FAQ}") as visit:
            click_in_frame(visit.page, "a[href='/about']")
            visit.page.get_by_text("/about is a page of the website, which is not here.").wait_for()
            click_in_frame(visit.page, "a[hreflang='ar-SA']")
            visit.page.wait_for_url(f"**/page/ar-SA/{FAQ}")
            visit.page.get_by_role("link", name="As on a phone").click()
            visit.page.wait_for_url("**?width=phone")
            assert visit.page.locator("iframe").bounding_box()["width"] == 360  # type: ignore[index]


def click_in_frame(page: Page, selector: str) -> None:
    """As a reader clicks: the frame lets no script run in it, not those of the tests either."""
    page.wait_for_function("document.querySelector('iframe').contentDocument.querySelector('.faq-references')")
    box = page.evaluate(
        """(selector) => {
            const frame = document.querySelector("iframe");
            const link = frame.contentDocument.querySelector(selector);
            link.scrollIntoView({ block: "center" });
            const [line] = link.getClientRects();
            const around = frame.getBoundingClientRect();
            return [around.left + line.left + line.width / 2, around.top + line.top + line.height / 2];
        }""",
        selector,
    )
    page.mouse.click(*box)


PAGES = (
    START,
    f"/texts/ar-SA/{FAQ}?only=open",
    f"/texts/ja-JP/{FAQ}?only=findings",
    f"/page/pl-PL/{FAQ}",
    f"/page/en-US/{FAQ}",
    "/rules/numbers",
    "/nothing",
)


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (320, True)])
def test_axe_finds_nothing_to_complain_about_on_the_pages_of_the_preview(
    troubled: Site, browser: Browser, width: int, dark: bool
) -> None:
    with visiting(browser, troubled, START, width, dark) as visit:
        for path in PAGES:
            visit.page.goto(troubled.url + path)
            assert violations(visit.page) == [], path
            assert visit.number("document.documentElement.scrollWidth") <= width, path
        # Rows that stand as cards on a narrow screen are rows of a table still.
        visit.page.goto(troubled.url + START)
        seen = visit.page.locator("main").aria_snapshot()
        assert seen.count("- row ") == 6
        assert seen.count("- rowheader ") == 5


# Whom it answers


def test_a_name_that_is_not_of_this_machine_is_refused(troubled: Site) -> None:
    own = ["localhost", "127.0.0.1", "127.8.8.8:80", "[::1]:8000", "LOCALHOST:9"]
    foreign = ["", "example.org", "127.0.0.1.example.org", "localhost.example.org", "192.0.2.7", "[2001:db8::1]"]
    for path in (START, "/preview.js", f"/exports/en-US/{FAQ}.json"):
        assert {troubled.ask(path, host=name).status for name in own} == {200}
    for path in (START, "/preview.js", f"/exports/en-US/{FAQ}.json", "/changes"):
        assert {troubled.ask(path, host=name).status for name in foreign} == {421}


def test_a_preview_for_a_network_answers_to_any_name(small: Repository) -> None:
    small.keep_editions("en_US")
    with previewing(small, own_only=False) as site:
        assert site.ask(START, host="preview.example.org").status == 200


def test_nothing_can_be_sent_and_nothing_but_own_files_runs(troubled: Site) -> None:
    assert {troubled.ask(START, method).status for method in ("POST", "PUT", "DELETE", "OPTIONS")} == {405}
    assert troubled.ask("/changes", "POST").status == 405
    said = troubled.ask(START).headers
    policy = said["content-security-policy"].split("; ")
    assert {"default-src 'none'", "script-src 'self'", "connect-src 'self'", "frame-ancestors 'none'"} <= set(policy)
    assert said["cross-origin-resource-policy"] == "same-origin"
    framed = troubled.ask(f"/exports/en-US/{FAQ}.html").headers["content-security-policy"]
    assert "default-src 'none'" in framed
    assert "script-src" not in framed
    known = troubled.ask(START, if_none_match=said["etag"])
    assert (known.status, known.body) == (304, b"")
    assert troubled.ask(START, "HEAD").headers["etag"] == said["etag"]


@pytest.mark.parametrize(
    "path",
    ["/texts/de-DE/none", "/texts/xx-XX/x", "/page/de-DE", "/rules/none", "/exports/", "/exports/../pyproject.toml"],
)
def test_what_is_not_there_is_a_page_that_says_so(troubled: Site, path: str) -> None:
    reply = troubled.ask(path)
    assert (reply.status, b"Nothing here" in reply.body) == (404, True)


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    with pytest.raises(PipelineError, match="this needs the extra `serve`"):
        need_watchfiles()


def test_its_script_and_style_come_with_the_package() -> None:
    folder = Path(sys.modules["pipeline.serve.preview"].__file__ or "").parent
    assert {path.suffix for path in folder.glob("preview.*")} == {".py", ".js", ".css"}
