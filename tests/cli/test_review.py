"""review: the sheet shows what is signed, in every language, and nothing that it should not."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

import pytest

from tests.cli.command import Run
from tests.exporters.markup import find, page, tags, text
from tests.repository import DOCUMENT, FAQ, Repository, bcp47, catalog, disclaimers

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.thorough

APPROVE = ("approve", "de_DE", FAQ, "--role", "Medical", "--by", "Ada Lovelace", "--meaning", "correct")


@pytest.fixture(autouse=True)
def small(repository: Repository) -> None:
    repository.keep_editions("en_US", "en_GB", "de_DE", "fr_CA", "ja_JP", "ar_SA")


def sheet(run: Run, repository: Repository, locale: str) -> Element:
    """The sheet of a locale, as html5lib's strict parser takes it."""
    run("review", locale, "-q")
    return page(repository.path(f"review-{locale}-{FAQ}.html").read_bytes())


def rows(root: Element) -> Iterator[list[Element]]:
    """The cells of every row of a text: id, source, target, back-translation, facts."""
    for table in find(root, "table", class_="rows"):
        for row in find(table, "tr"):
            cells = list(row)
            if row.get("class", "").startswith("of-"):
                yield cells


def facts(root: Element) -> dict[str, str]:
    """The terms of the head with what stands there."""
    return {
        text(term): text(value) for term, value in zip(find(root, "dt"), find(root, "dd"), strict=True) if text(term)
    }


def test_the_sheet_is_written_where_the_user_is(run: Run, repository: Repository) -> None:
    before = repository.files()
    written = run("review", "de_DE", FAQ)
    name = f"review-de_DE-{FAQ}.html"
    assert (written.code, written.err) == (0, "")
    assert f"The sheet of {FAQ} in de_DE is {name}; it is draft, its digest " in written.out
    after = repository.files()
    assert {file for file in after if after[file] != before.get(file)} == {name}


def test_the_same_content_gives_the_same_sheet(
    run: Run, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("review", "ar_SA", "-o", "one.html")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1900000000")
    run("review", "ar-SA", FAQ, "-o", "two.html")
    assert repository.path("one.html").read_bytes() == repository.path("two.html").read_bytes()


@pytest.mark.parametrize("locale", ["en_US", "en_GB", "fr_CA", "ja_JP", "ar_SA"])
def test_a_sheet_is_html_without_an_error_or_a_script(run: Run, repository: Repository, locale: str) -> None:
    root = sheet(run, repository, locale)
    assert not tags(root) & {"script", "link", "img", "iframe", "object", "form"}
    cells = list(rows(root))
    assert len({text(cell[0]) for cell in cells}) == len(cells)
    for _, source, target, back, _ in cells:
        assert (source.get("lang"), source.get("dir")) == ("en-US", "ltr")
        assert (target.get("dir") == "rtl") == (locale == "ar_SA")
        assert text(source).strip()
        assert text(target).strip()
        assert text(back) == ""


def test_texts_stand_in_page_order_with_their_numbers_and_citations(run: Run, repository: Repository) -> None:
    cells = {text(row[0]): row for row in rows(sheet(run, repository, "de_DE"))}
    names = list(cells)
    assert names[:4] == ["title", "lead/1", "what-is-proleukin/question", "what-is-proleukin/answer/1"]
    assert names.index("footnote/ecog") < names.index("page/skip")
    _, source, target, _, found = cells["durable-responses/answer/2"]
    assert "16% had an objective response" in text(source)
    assert "16 %" in text(target).replace("\u00a0", " ").replace("\u202f", " ")
    shown = re.sub(r"\s", " ", text(found).replace("\u00a0", " ").replace("\u202f", " "))
    assert "en16% · 6% · 10% · 15% · 7% · 8%" in shown
    assert "de16 % · 6 % · 10 % · 15 % · 7 % · 8 %" in shown
    assert "en3,7,8de3,7,8" in shown
    assert "3: proleukin20197: fisher20008: atkins2000" in shown


def test_placeholders_of_the_page_are_no_citations(run: Run, repository: Repository) -> None:
    cells = {text(row[0]): row for row in rows(sheet(run, repository, "de_DE"))}
    assert text(cells["page/updated"][4]) == "Placeholdersen{date}de{date}"
    assert text(cells["long-term-effects/answer/1"][4]) == "Citationsen5de55: atkins1999"


def test_arabic_shows_from_right_to_left_with_its_own_language(run: Run, repository: Repository) -> None:
    (title, *_) = rows(sheet(run, repository, "ar_SA"))
    assert (title[2].get("lang"), title[2].get("dir")) == ("ar", "rtl")


def test_the_head_says_what_an_approval_is_bound_to(run: Run, repository: Repository) -> None:
    head = facts(sheet(run, repository, "de_DE"))
    assert head["Document"] == FAQ
    assert head["Locale"] == "de_DE, German (Germany)"
    assert head["Approval"] == "draft: never approved"
    assert head["Open findings"] == "none"
    approved = run(*APPROVE, "--json").json
    assert head["Digest"] == approved["digest"]
    assert {"source", "citations", "translation", "disclaimers", "templates"} <= set(head)


def test_the_state_and_the_open_findings_are_on_the_sheet(run: Run, repository: Repository) -> None:
    run(*APPROVE)
    assert facts(sheet(run, repository, "de_DE"))["Approval"] == "approved as it is"
    repository.mark_fuzzy(catalog("de"), "title")
    repository.empty(catalog("de"), "lead/1")
    repository.edit(disclaimers("de_DE"), "SAMPLE-de-DE-1", "DE-1")
    root = sheet(run, repository, "de_DE")
    head = facts(root)
    assert head["Approval"] == "stale: it has changed since it was approved (translation, disclaimers)"
    assert head["Open findings"].startswith("2 errors, 1 warning")
    title, lead, *_ = rows(root)
    assert "fuzzy: needs work" in text(title[0])
    assert "error: is marked fuzzy, fuzzy" in text(title[0])
    assert "not translated" in text(lead[0])
    assert text(lead[2]) == ""
    signatures = [text(cell) for cell in find(root, "td", class_="plain")]
    assert {"Ada Lovelace", "2026-11-22 12:00:00", "void, changed since: translation, disclaimers"} <= set(signatures)


def test_disclaimers_stand_there_with_all_that_is_said_of_them(run: Run, repository: Repository) -> None:
    shown = text(sheet(run, repository, "de_DE"))
    for said in (
        *("Placement: after:side-effects", "Audience: healthcare-professionals", "Approval: SAMPLE-de-DE-2"),
        *("As of: 2026-11-22", "In force: 2026-01-01 to 2099-12-31", "Sample: yes, not approved"),
        *("Source: Sample text written for this edition", "[https://www.bfarm.de]"),
    ):
        assert said in shown


def test_what_a_translator_writes_is_text_on_the_sheet(run: Run, repository: Repository) -> None:
    repository.replace_in_unit(catalog("de"), "title", "Was", "<script>alert(1)</script>{cite9} Was")
    root = sheet(run, repository, "de_DE")
    assert "script" not in tags(root)
    title, *_ = rows(root)
    assert "<script>alert(1)</script>{cite9} Was" in text(title[2])
    assert "cannot be used" in text(title[0])


def test_one_sheet_for_each_document(run: Run, repository: Repository) -> None:
    repository.write("messages/other.md", repository.text(DOCUMENT))
    written = run("review", "en_US", "--json")
    assert written.code == 0
    assert [record["document"] for record in written.json["sheets"]] == ["other", FAQ]
    for record in written.json["sheets"]:
        assert set(record) == {"document", "locale", "file", "state", "digest"}
        assert repository.path(record["file"]).exists()
    refused = run("review", "en_US", "-o", "sheet.html")
    assert (refused.code, refused.out) == (2, "")
    assert "-o is for one sheet" in refused.err


def test_a_document_that_cannot_be_read_is_told(run: Run, repository: Repository) -> None:
    repository.edit(DOCUMENT, "{#how-it-works}", "")
    told = run("review", "de_DE")
    assert told.code == 1
    assert DOCUMENT in told.err
    assert run("review", "de_DE", FAQ).code == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("review", "de_CH"), "de_CH is no locale of this project"),
        (("review", "de_DE", "nothing"), "there is no document nothing"),
        (("review", "de_DE", "-o", "nowhere/sheet.html"), "cannot be written"),
    ],
)
def test_a_wrong_call_is_told(run: Run, arguments: tuple[str, ...], message: str) -> None:
    ended = run(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert message in ended.err


@pytest.mark.parametrize("locale", ["de_DE", "ar_SA"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_sheet_shows_as_a_reviewer_expects(
    run: Run, repository: Repository, tmp_path: Path, locale: str, scheme: str, browser: "Browser"
) -> None:
    """Nothing is cut off or loaded, each target begins at the side of its script, and paper is white."""
    run("review", locale, "-q")
    view = browser.new_page(viewport={"width": 1300, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    requests: list[str] = []
    view.on("request", lambda request: requests.append(request.url))
    view.goto(repository.path(f"review-{locale}-{FAQ}.html").as_uri())
    assert view.evaluate("document.documentElement.scrollWidth <= innerWidth")
    title = view.locator(f"tr.of-title td[lang^={bcp47(locale)[:2]}]").first
    assert title.evaluate("cell => getComputedStyle(cell).direction") == ("rtl" if locale == "ar_SA" else "ltr")
    dark = view.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"
    assert dark == (scheme == "dark")
    view.emulate_media(media="print")
    assert view.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert len(requests) == 1
    view.close()
