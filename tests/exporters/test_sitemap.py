"""sitemap: the pages that search engines may index, with their editions; and a project that declares its address."""

from datetime import UTC, datetime
from xml.etree.ElementTree import fromstring

import pytest
from msgspec import UNSET
from msgspec.structs import replace

from pipeline.exporters.addresses import Addresses
from pipeline.exporters.index import bundle_record
from pipeline.exporters.sitemap import sitemap
from pipeline.model.bundle import BundleRecord
from pipeline.model.locale import Locale
from tests.exporters.markup import find, page
from tests.exporters.sample import ENGLISH, MODIFIED, localized
from tests.repository import DOCUMENT, SETTINGS, Repository, bundle, disclaimers

ARABIC = Locale("ar", "", "SA")
SITE = Addresses(base_url="https://example.org/faq/")
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def record(locale: Locale, *others: str, status: str = "approved") -> BundleRecord:
    return replace(bundle_record(localized(locale), {}, others, MODIFIED), status=status)


def pages(data: bytes | None) -> list[tuple[str | None, str | None, list[tuple[str, str]]]]:
    assert data is not None
    return [
        (
            url.findtext("s:loc", None, NAMES),
            url.findtext("s:lastmod", None, NAMES),
            [(link.attrib["hreflang"], link.attrib["href"]) for link in url.findall("x:link", NAMES)],
        )
        for url in fromstring(data).findall("s:url", NAMES)
    ]


def test_every_page_is_listed_with_its_moment_and_all_its_editions() -> None:
    american, arabic = (f"https://example.org/faq/{locale}/cold-chain.html" for locale in ("en-US", "ar-SA"))
    editions = [("ar-SA", arabic), ("en-US", american)]
    assert pages(sitemap([record(ENGLISH, "ar-SA"), record(ARABIC, "en-US")], SITE)) == [
        (arabic, "2026-11-22T12:00:00+00:00", editions),
        (american, "2026-11-22T12:00:00+00:00", editions),
    ]


def test_a_default_edition_is_named_in_each() -> None:
    site = Addresses(base_url=SITE.base_url, x_default=ENGLISH)
    for _, _, links in pages(sitemap([record(ENGLISH, "ar-SA"), record(ARABIC, "en-US")], site)):
        assert links[-1] == ("x-default", "https://example.org/faq/en-US/cold-chain.html")


@pytest.mark.parametrize("status", ["sample", "draft"])
def test_a_page_that_is_not_to_be_indexed_is_neither_listed_nor_an_edition(status: str) -> None:
    found = pages(sitemap([record(ENGLISH, "ar-SA"), record(ARABIC, "en-US", status=status)], SITE))
    assert found == [("https://example.org/faq/en-US/cold-chain.html", "2026-11-22T12:00:00+00:00", [])]
    assert sitemap([record(ARABIC, status=status)], SITE) is None


def test_a_pseudo_locale_is_never_listed() -> None:
    assert sitemap([replace(record(ENGLISH), pseudo=True)], SITE) is None


def test_an_earlier_bundle_without_a_moment_is_listed_without_one() -> None:
    assert pages(sitemap([replace(record(ENGLISH), modified=UNSET)], SITE))[0][1] is None


# A project with an address


def with_address(repository: Repository, status: str = "approved") -> None:
    repository.keep_editions("en_US", "de_AT")
    address = 'base_url = "https://example.org/faq/"\nx_default = "en_US"\n'
    repository.edit(SETTINGS, 'source = "en_US"\n', f'source = "en_US"\n{address}')
    repository.edit(DOCUMENT, "status: sample", f"status: {status}")
    for locale in ("en_US", "de_AT"):
        name = disclaimers(locale)
        repository.write(name, repository.text(name).replace("sample = true", "sample = false"))


def test_a_project_with_an_address_has_a_sitemap_and_full_addresses(repository: Repository) -> None:
    with_address(repository)
    outcome = repository.export()
    assert outcome.refused == set()
    found = pages(repository.path("exports/sitemap.xml").read_bytes())
    assert [(address, len(links)) for address, _, links in found] == [
        (f"https://example.org/faq/{locale}/proleukin-hcp-faq.html", 3) for locale in ("de-AT", "en-US")
    ]
    root = page(repository.path(bundle("de_AT", "html")).read_bytes())
    assert [link.attrib["href"] for link in find(root, "link", rel="canonical")] == [found[0][0]]
    assert "sitemap.xml" in repository.text("exports/index.json")
    assert repository.differences() == ()


def test_a_sitemap_that_has_lost_its_last_page_is_removed(repository: Repository) -> None:
    with_address(repository)
    repository.export()
    repository.edit(DOCUMENT, "status: approved", "status: draft")
    repository.export()
    assert not repository.path("exports/sitemap.xml").exists()
    assert repository.differences() == ()


def test_a_project_without_an_address_has_no_sitemap(repository: Repository) -> None:
    repository.keep_editions("en_US")
    repository.edit(DOCUMENT, "status: sample", "status: approved")
    repository.export()
    assert not repository.path("exports/sitemap.xml").exists()


def test_the_moment_of_a_bundle_is_that_of_its_catalog(repository: Repository) -> None:
    repository.keep_editions("de_AT")
    name = "locales/de/LC_MESSAGES/proleukin-hcp-faq.po"
    repository.edit(name, "PO-Revision-Date: 2026-11-22 12:00+0000", "PO-Revision-Date: 2026-12-24 18:30+0100")
    (found,) = [each for each in repository.plan().files if each.endswith("de-AT/proleukin-hcp-faq.json")]
    assert b'"modified": "2026-12-24T17:30:00Z"' in repository.plan().files[found]
    assert datetime(2026, 12, 24, 17, 30, tzinfo=UTC).isoformat() not in repository.text(DOCUMENT)
