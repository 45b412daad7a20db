"""index: every bundle with its digests, sorted, and an earlier one read with suspicion."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256

import pytest

from pipeline.exporters.index import Entry, bundle_record, entry, exported_file, index_parts, listed_paths, read_index
from pipeline.model.bundle import encode
from pipeline.model.locale import Locale
from tests.exporters.sample import ENGLISH, MODIFIED, localized

ARABIC = Locale("ar", "", "SA")


def index(entries: Iterable[Entry], assets: Mapping[str, bytes]) -> bytes:
    return b"".join(index_parts(entries, assets))


def test_a_file_is_named_with_its_digest_and_size() -> None:
    record = exported_file("en-US/a.html", b"abc")
    assert (record.path, record.size) == ("en-US/a.html", 3)
    assert record.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_bundle_is_listed_with_what_a_site_needs_to_choose() -> None:
    record = bundle_record(localized(ARABIC), {"ar-SA/b.json": b"{}", "ar-SA/a.html": b"<p>"}, ["en-US"], MODIFIED)
    assert (record.document, record.locale, record.dir, record.market) == ("cold-chain", "ar-SA", "rtl", "SA")
    assert (record.status, record.title, record.updated) == ("sample", "حفظ القوارير باردة", date(2026, 11, 22))
    assert record.modified == MODIFIED
    assert (record.current, record.alternates) == (True, ["en-US"])
    assert [file.path for file in record.files] == ["ar-SA/a.html", "ar-SA/b.json"]
    assert record.files[0].sha256 == sha256(b"<p>").hexdigest()


def test_completeness_counts_the_texts_that_the_market_shows() -> None:
    arabic, english = (bundle_record(localized(locale), {}, (), MODIFIED).completeness for locale in (ARABIC, ENGLISH))
    assert (arabic.messages, arabic.translated, arabic.source) == (16, 16, 0)
    assert (english.messages, english.translated, english.source) == (18, 0, 18)


def test_the_index_is_sorted_by_document_and_locale_whatever_came_first() -> None:
    english, arabic = (bundle_record(localized(locale), {}, (), MODIFIED) for locale in (ENGLISH, ARABIC))
    assets = {"b.css": b"b", "a.css": b"a"}
    data = index([entry(english), entry(arabic)], assets)
    assert data == index([entry(arabic), entry(english)], dict(reversed(assets.items())))
    decoded = json.loads(data)
    assert [record["locale"] for record in decoded["bundles"]] == ["ar-SA", "en-US"]
    assert [asset["path"] for asset in decoded["assets"]] == ["a.css", "b.css"]
    assert decoded["$schema"] == "schema/index.schema.json"


def test_an_index_reads_as_it_was_written() -> None:
    record = bundle_record(localized(ARABIC), {"ar-SA/a.html": b"<p>"}, ["en-US"], MODIFIED)
    read = read_index(index([entry(record)], {}))
    assert read is not None
    assert read.bundles == [record]


def test_an_index_of_the_version_before_is_read() -> None:
    found = json.loads(index([entry(bundle_record(localized(ARABIC), {}, (), MODIFIED))], {}))
    assert found["schemaVersion"] == "1.2"
    found["schemaVersion"] = "1.1"
    del found["bundles"][0]["modified"]
    assert read_index(json.dumps(found).encode()) is not None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"\xff\xfe",
        b'{"$schema": "x", "schemaVersion": "1.0", "bundles": [], "assets": [], "more": 1}',
        b'{"$schema": "x", "schemaVersion": "9.0", "bundles": [], "assets": []}',
        b'{"$schema": "x", "schemaVersion": "1.0", "bundles": [{}], "assets": []}',
    ],
)
def test_what_is_no_index_of_this_version_is_none(data: bytes) -> None:
    assert read_index(data) is None


def test_an_index_of_entries_is_that_of_their_records() -> None:
    """Entries are put in as they are encoded; the bytes are those of the whole, encoded at once."""
    files = {"ar-SA/a.html": b"<p>", "ar-SA/a.json": b"{}"}
    records = [bundle_record(localized(locale), files, ["en-US"], MODIFIED) for locale in (ARABIC, ENGLISH)]
    for some in ([], records[:1], records):
        whole = read_index(index(map(entry, some), {"faq.css": b""}))
        assert whole is not None
        assert encode(whole) == index(map(entry, some), {"faq.css": b""})
        assert whole.bundles == some
        assert [entry(record).record() for record in some] == some


def test_the_paths_of_an_index_are_those_of_all_its_files() -> None:
    record = bundle_record(localized(ARABIC), {"ar-SA/a.html": b"<p>"}, (), MODIFIED)
    assert listed_paths(index([entry(record)], {"faq.css": b""})) == (("ar-SA/a.html",), ("faq.css",))
    assert listed_paths(b"{}") is None
