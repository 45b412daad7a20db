"""recall: what is left of an exported file is what the exporter writes where the withdrawn editions never were."""

import json
from collections.abc import Iterable
from functools import cache
from itertools import combinations

import pytest
from msgspec.structs import replace

from pipeline.exporters.addresses import RELATIVE, Addresses
from pipeline.exporters.index import bundle_record
from pipeline.exporters.json_bundle import json_bundle
from pipeline.exporters.labels import Labels
from pipeline.exporters.recall import bundle_without, page_without, sitemap_without
from pipeline.exporters.sitemap import sitemap
from pipeline.model.bundle import BundleRecord
from pipeline.model.locale import Locale
from pipeline.model.localized import LocalizedDocument
from tests.exporters.sample import (
    ENGLISH,
    MODIFIED,
    PROVENANCE,
    hostile,
    hostile_labels,
    html_bundle,
    labels,
    localized,
)

NAME = "cold-chain"
ARABIC = Locale("ar", "", "SA")
GERMAN, AUSTRIAN = Locale("de"), Locale("de", "", "AT")
OTHERS = (ARABIC, GERMAN, AUSTRIAN)
SITES = (
    RELATIVE,
    Addresses(base_url="https://example.org/faq/?a=1&b=de/"),
    Addresses(base_url="https://example.org/de/", x_default=ENGLISH),
    Addresses(base_url="https://example.org/faq/", x_default=AUSTRIAN),
)


def subsets(locales: tuple[Locale, ...]) -> list[tuple[Locale, ...]]:
    return [some for count in range(len(locales) + 1) for some in combinations(locales, count)]


@cache
def samples() -> tuple[tuple[LocalizedDocument, Labels], ...]:
    return (localized(ENGLISH), labels(ENGLISH)), (hostile(), hostile_labels())


def tags(locales: Iterable[Locale]) -> set[str]:
    return {locale.bcp47 for locale in locales}


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("gone", subsets(OTHERS))
def test_a_page_is_the_one_that_would_be_written_without_them(site: Addresses, gone: tuple[Locale, ...]) -> None:
    left = [other for other in OTHERS if other not in gone]
    for found, words in samples():
        page = page_without(html_bundle(found, words, OTHERS, site), NAME, tags(gone), alone=not left)
        assert page == html_bundle(found, words, left, site)


def test_a_page_of_another_document_stays_as_it_is() -> None:
    page = html_bundle(*samples()[0], OTHERS)
    assert page_without(page, "chain", tags(OTHERS), alone=False) == page
    alone = html_bundle(*samples()[0], ())
    assert page_without(alone, NAME, tags(OTHERS), alone=True) == alone


@pytest.mark.parametrize("gone", subsets(OTHERS))
def test_a_bundle_is_the_one_that_would_be_written_without_them(gone: tuple[Locale, ...]) -> None:
    left = [other for other in OTHERS if other not in gone]
    for found, words in samples():
        whole = json_bundle(found, words, OTHERS, PROVENANCE, MODIFIED)
        assert bundle_without(whole, tags(gone)) == json_bundle(found, words, left, PROVENANCE, MODIFIED)


def test_what_a_bundle_of_another_version_says_stays() -> None:
    bundle = b'{"schemaVersion": "1.9", "new": {"weight": 1.0}, "alternates": [{"lang": "de"}, {"lang": "fr"}]}'
    assert json.loads(bundle_without(bundle, {"de"})) == {
        "schemaVersion": "1.9",
        "new": {"weight": 1.0},
        "alternates": [{"lang": "fr"}],
    }


def record(locale: Locale, document: str, status: str) -> BundleRecord:
    others = [other.bcp47 for other in (ENGLISH, *OTHERS) if other != locale]
    return replace(
        bundle_record(samples()[0][0], {}, others, MODIFIED), locale=locale.bcp47, document=document, status=status
    )


@pytest.mark.parametrize("site", SITES[1:])
@pytest.mark.parametrize("gone", subsets((ENGLISH, *OTHERS)))
def test_a_sitemap_is_the_one_that_would_be_written_without_them(site: Addresses, gone: tuple[Locale, ...]) -> None:
    locales = (ENGLISH, *OTHERS)
    draft = [record(locale, "in-draft", "draft") for locale in locales]
    other = [record(locale, f"not-{NAME}", "approved") for locale in (ENGLISH, ARABIC)]
    records = [record(locale, NAME, "approved") for locale in locales]
    taken = {(NAME, tag) for tag in tags(gone)}
    for beside in (draft, [*draft, *other]):
        whole = sitemap([*records, *beside], site)
        left = [one for one in records if (one.document, one.locale) not in taken]
        assert whole is not None
        assert sitemap_without(whole, taken) == sitemap([*left, *beside], site)
