"""requests: what a running server answers, by method, type, language, coding, condition and release."""

import gzip
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st
from msgspec import json
from msgspec.structs import replace

from pipeline.errors import PipelineError
from pipeline.exporters.index import read_index
from pipeline.model.bundle import encode
from pipeline.publish import Content, Published, publish, withdraw
from pipeline.serve.conditions import condition
from pipeline.serve.places import ExportPlace, open_place
from pipeline.serve.snapshot import of_export
from pipeline.targets.directory import Directory
from tests.properties import cases
from tests.releases.samples import NOW, PROJECT, content, export, public_key, published, seal
from tests.repository import FAQ, Repository
from tests.serve.running import Reply, Site, of_folder, running

pytestmark = pytest.mark.thorough

FLU = "/v1/de-AT/flu"
PATHS = (
    *("/v1/", "/v1/flu", FLU, "/v1/de-AT/flu.html", "/v1/de-AT/flu.jsonld", "/v1/assets/faq.css"),
    *("/openapi.json", "/healthz", "/v1/nothing", "/"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> tuple[Directory, Published]:
    """A target that no test changes."""
    return published(tmp_path_factory.mktemp("site"), "first", "second")


@pytest.fixture(scope="module")
def site(folder: tuple[Directory, Published]) -> Iterator[Site]:
    with running(of_folder(folder[0].root)) as started:
        yield started


def immutable(last: Published, path: str) -> str:
    return f"/v1/releases/{last.digest}/{path}"


def is_problem(reply: Reply, status: int) -> bool:
    said = reply.json
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.headers["cache-control"] == "no-store"
    assert said["title"]
    assert said["detail"]
    return (reply.status, said["status"]) == (status, status)


# ---- what there is


def test_the_overview_lists_documents_locales_and_links_that_work(site: Site) -> None:
    overview = site.ask("/v1/").json
    assert overview["version"] == 2
    assert overview["locales"] == ["de-AT", "en-US"]
    assert [document["document"] for document in overview["documents"]] == ["cold", "flu"]
    hrefs = [edition["href"] for document in overview["documents"] for edition in document["editions"]]
    assert len(hrefs) == 4
    for href in (*hrefs, overview["links"]["index"], overview["links"]["release"]):
        assert site.ask(f"/v1/{href}").status == 200, href
    assert site.ask("/openapi.json").json["openapi"].startswith("3.1")


def test_a_document_comes_as_json_or_html_by_what_is_accepted(site: Site) -> None:
    files = export("second")
    plain, page = site.ask(FLU), site.ask(FLU, accept="text/html")
    assert (plain.status, plain.headers["content-type"], plain.body) == (
        200,
        "application/json",
        files["de-AT/flu.json"],
    )
    assert (page.headers["content-type"], page.body) == ("text/html; charset=utf-8", files["de-AT/flu.html"])
    for reply in (plain, page):
        assert reply.headers["vary"] == "accept, accept-encoding"
        assert reply.headers["content-language"] == "de-AT"
        assert reply.headers["cache-control"] == "public, no-cache"
    assert page.headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
    refused = site.ask(FLU, accept="image/png")
    assert is_problem(refused, 406)
    assert refused.json["offers"] == ["application/json", "text/html"]


def test_each_answer_says_where_its_bytes_can_be_read_for_ever(site: Site, folder: tuple[Directory, Published]) -> None:
    now = site.ask(FLU, accept="text/html")
    assert now.headers["content-location"] == f"../releases/{folder[1].digest}/de-AT/flu.html"
    always = site.ask(immutable(folder[1], "de-AT/flu.html"))
    assert always.body == now.body
    assert always.headers["etag"] == now.headers["etag"]
    assert always.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_the_files_that_a_page_links_to_lie_beside_it(site: Site) -> None:
    assert site.ask("/v1/assets/faq.css").headers["content-type"] == "text/css; charset=utf-8"
    assert site.ask("/v1/en-US/flu.html").headers["content-security-policy"]
    assert site.ask("/v1/en-US/flu.jsonld").headers["content-type"] == "application/ld+json"


@pytest.mark.parametrize(("header", "locale"), [("de-AT", "de-AT"), ("de", "de-AT"), ("fr, en;q=0.5", "en-US")])
def test_a_language_leads_to_its_edition(site: Site, header: str, locale: str) -> None:
    reply = site.ask("/v1/flu", accept_language=header)
    assert (reply.status, reply.headers["location"]) == (307, f"{locale}/flu")
    assert reply.headers["vary"] == "accept-language"


@pytest.mark.parametrize("header", ["de-CH", "fr", "*", "de-DE, de;q=0.5"])
def test_no_reader_is_sent_to_another_market(site: Site, header: str) -> None:
    reply = site.ask("/v1/flu", accept_language=header)
    assert reply.status == 300
    assert "location" not in reply.headers
    options = [edition["href"] for edition in reply.json["editions"]]
    assert set(options) <= {"de-AT/flu", "en-US/flu"}
    assert all(f"<{href}>" in reply.headers["link"] for href in options)
    assert "accept-language" in reply.headers["vary"]


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/v1", "/v2/", "/v1/nothing", "/v1/fr-FR/flu", "/v1/de-AT/nothing", "/v1/de-AT/", "/v1/de-AT/flu/x"),
        *("/v1/de-AT/../flu.json", "/v1/de-AT/flu.html.gz", "/v1/releases/", "/v1/releases/current/index.json"),
        f"/v1/releases/{'0' * 64}/index.json",
        f"/v1/releases/{'0' * 64}/../../current",
        "/v1/%ff/%00",
    ],
)
def test_what_is_not_there_is_404(site: Site, path: str) -> None:
    assert is_problem(site.ask(path), 404)


@pytest.mark.parametrize("path", ["../../current", "../../.lock", "/etc/passwd", "de-AT", "", "de-AT/FLU.json"])
def test_a_release_gives_only_what_it_lists(site: Site, folder: tuple[Directory, Published], path: str) -> None:
    assert is_problem(site.ask(immutable(folder[1], path)), 404)


def test_every_file_that_a_release_lists_can_be_read_with_its_digest(
    site: Site, folder: tuple[Directory, Published]
) -> None:
    for one in folder[1].release.files:
        reply = site.ask(immutable(folder[1], one.path))
        assert sha256(reply.body).hexdigest() == one.sha256, one.path
        assert reply.headers["etag"] == f'"{one.sha256}"'
    for name in ("release.json", "release.json.sig"):
        on_disk = folder[0].release(folder[1].digest).read(name, 1_000_000)
        assert site.ask(immutable(folder[1], name)).body == on_disk


# ---- methods and conditions


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_nothing_can_be_written(site: Site, path: str, method: str) -> None:
    reply = site.ask(path, method)
    assert is_problem(reply, 405)
    assert reply.headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize("path", PATHS)
def test_a_head_is_a_get_without_its_body(site: Site, path: str) -> None:
    get, head = site.ask(path), site.ask(path, "HEAD")
    assert head.body == b""
    assert {**head.headers, "date": ""} == {**get.headers, "date": ""}
    assert head.status == get.status
    assert head.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", PATHS[:-2])
@pytest.mark.parametrize("coding", ["identity", "br"])
def test_who_has_it_already_is_told_so(site: Site, path: str, coding: str) -> None:
    first = site.ask(path, accept_encoding=coding)
    etag = first.headers["etag"]
    assert etag == f'"{sha256(first.body).hexdigest()}"'
    for known in (etag, f'"other", W/{etag}', "*"):
        again = site.ask(path, accept_encoding=coding, if_none_match=known)
        assert (again.status, again.body) == (304, b""), known
        kept = ("etag", "cache-control", "vary", "content-location")
        assert {name: again.headers.get(name) for name in kept} == {name: first.headers.get(name) for name in kept}
    assert site.ask(path, accept_encoding=coding, if_none_match='"other"').body == first.body
    assert site.ask(path, accept_encoding=coding, if_match=etag).status == first.status
    assert is_problem(site.ask(path, accept_encoding=coding, if_match=f"W/{etag}"), 412)


@cases(200)
@given(st.lists(st.sampled_from(['"a"', '"b"', 'W/"a"', '"a,b"', "*", "a", '"'])), st.booleans())
def test_only_an_entity_tag_of_the_list_counts(tags: list[str], strong: bool) -> None:
    """Property: a list without broken members says 304 or 412 just where the tag stands in it."""
    broken = any(tag in ("*", "a", '"') for tag in tags)
    header = ", ".join(tags)
    found = condition({"if-match" if strong else "if-none-match": header}, '"a"')
    assert found in ((200, 412) if strong else (200, 304))
    if not broken and strong:
        assert (found == 200) == ('"a"' in tags)
    elif not broken:
        assert (found == 304) == ('"a"' in tags or 'W/"a"' in tags)


@pytest.mark.parametrize("path", [FLU, "/v1/de-AT/flu.html"])
def test_variants_that_were_compressed_before_are_sent_as_they_lie(site: Site, path: str) -> None:
    plain = site.ask(path, accept="text/html")
    unpack = {"gzip": gzip.decompress, "br": brotli.decompress, "zstd": zstandard.ZstdDecompressor().decompress}
    tags = {plain.headers["etag"]}
    for coding, back in unpack.items():
        reply = site.ask(path, accept="text/html", accept_encoding=coding)
        assert reply.headers["content-encoding"] == coding
        assert reply.headers["content-type"] == plain.headers["content-type"]
        assert len(reply.body) < len(plain.body)
        assert back(reply.body) == plain.body
        tags.add(reply.headers["etag"])
    assert len(tags) == 4
    assert "content-encoding" not in plain.headers


def test_where_no_coding_will_do_that_is_said(site: Site) -> None:
    refused = site.ask("/v1/assets/faq.css", accept_encoding="identity;q=0")
    assert is_problem(refused, 406)
    assert refused.headers["vary"] == "accept-encoding"


def test_last_modified_is_the_day_of_the_words_and_never_in_the_future(tmp_path: Path) -> None:
    files = export()
    index = read_index(files["index.json"])
    assert index is not None
    moments = {"de-AT": NOW - timedelta(days=3), "en-US": NOW + timedelta(days=3)}
    dated = [replace(record, modified=moments[record.locale]) for record in index.bundles]
    files["index.json"] = encode(replace(index, bundles=dated))
    last = publish(Directory(tmp_path), Content(project=PROJECT, files=files, sources=()), seal())
    with running(of_folder(tmp_path)) as site:
        assert site.ask(FLU).headers["last-modified"] == "Thu, 19 Nov 2026 12:00:00 GMT"
        assert site.ask(immutable(last, "de-AT/flu.json")).headers["last-modified"] == "Thu, 19 Nov 2026 12:00:00 GMT"
        assert "last-modified" not in site.ask("/v1/en-US/flu").headers
        # Style and structure can change on the same day: only the digest says what a client has.
        assert site.ask(FLU, if_modified_since="Fri, 20 Nov 2026 12:00:00 GMT").status == 200


# ---- withdrawn


def test_what_is_withdrawn_is_410_with_the_reason_in_this_release_and_in_earlier_ones(tmp_path: Path) -> None:
    target, before = published(tmp_path)
    with running(of_folder(tmp_path)) as site:
        assert site.ask(FLU).status == 200
        last = withdraw(target, seal(), "flu:de_AT", reason="Wrong dose", by="Dr. Example")
        gone = [FLU, "/v1/de-AT/flu.html", "/v1/de-AT/flu.json", "/v1/de-AT/flu.jsonld"]
        for release in (before, last):
            gone.extend(immutable(release, f"de-AT/flu.{suffix}") for suffix in ("json", "html", "html.br"))
        for path in gone:
            reply = site.ask(path, accept="text/html", if_none_match="*")
            assert is_problem(reply, 410), path
            assert reply.json["reason"] == "Wrong dose"
            assert (reply.json["document"], reply.json["locale"]) == ("flu", "de-AT")
        assert site.ask("/v1/flu", accept_language="de").json["editions"][0]["locale"] == "en-US"
        assert site.ask("/v1/de-AT/cold").status == 200
        assert [one["reason"] for one in site.ask("/v1/").json["withdrawn"]] == ["Wrong dose"]
        withdraw(target, seal(), "flu", reason="Superseded", by="Dr. Example")
        assert is_problem(site.ask("/v1/flu"), 410)
        assert is_problem(site.ask("/v1/en-US/flu"), 410)
        publish(target, content("third"), seal(), ["flu", "flu:de_AT"])
        assert site.ask(FLU).body == export("third")["de-AT/flu.json"]


# ---- which release


def test_earlier_releases_stay_readable_and_strange_ones_are_not(tmp_path: Path) -> None:
    target, first = published(tmp_path)
    old = f"/v1/releases/{first.digest}"
    with running(of_folder(tmp_path)) as site:
        publish(target, content("second"), seal(now=NOW + timedelta(seconds=1)))
        assert site.ask(f"{old}/de-AT/flu.json").body == export("first")["de-AT/flu.json"]
        assert site.ask(f"{old}/de-AT/flu.json", accept_encoding="gzip").status == 200
        (tmp_path / "releases" / first.digest / "de-AT" / "flu.html").write_bytes(b"altered")
        assert is_problem(site.ask(f"{old}/de-AT/flu.html"), 503)
    stranger = publish(Directory(tmp_path / "other"), content("other"), seal("stranger"))
    place = tmp_path / "releases" / stranger.digest
    (tmp_path / "other" / "releases" / stranger.digest).rename(place)
    with running(of_folder(tmp_path)) as site:
        assert is_problem(site.ask(f"/v1/releases/{stranger.digest}/index.json"), 404)


def test_a_release_that_cannot_be_trusted_is_not_taken_and_the_one_before_stays(tmp_path: Path) -> None:
    target, _ = published(tmp_path)
    pointer = tmp_path / "current"
    before = pointer.read_bytes()
    with running(of_folder(tmp_path)) as site:
        good = site.ask(FLU).body
        second = publish(target, content("second"), seal(now=NOW + timedelta(seconds=1)))
        page = tmp_path / "releases" / second.digest / "en-US" / "cold.html"
        whole = page.read_bytes()
        page.write_bytes(b"altered")
        assert site.ask(FLU).body == good
        assert site.ask("/healthz").json["status"] == "behind"
        assert len(site.told) == 1
        assert "en-US/cold.html" in site.told[0]
        page.write_bytes(whole)
        third = publish(target, content("third"), seal(now=NOW + timedelta(seconds=2)))
        assert site.ask("/healthz").json == {"status": "ok", "digest": third.digest, "version": 3}
        pointer.write_bytes(before)
        assert site.ask(FLU).body == export("third")["de-AT/flu.json"]
        assert "older than version 3" in site.told[-1]
        pointer.unlink()
        assert site.ask(FLU).body == export("third")["de-AT/flu.json"]


def test_a_release_signed_by_somebody_else_is_not_served(tmp_path: Path) -> None:
    published(tmp_path)
    with pytest.raises(PipelineError, match="signed with no key that is trusted here"):
        of_folder(tmp_path, public_key("stranger")).load(None)
    with running(open_place(str(tmp_path), None, lambda: NOW)) as site:
        assert site.ask(FLU).status == 200


def test_an_expired_release_is_not_served(tmp_path: Path) -> None:
    published(tmp_path)
    now = [NOW]
    with running(of_folder(tmp_path), lambda: now[0]) as site:
        assert site.ask(FLU).status == 200
        now[0] = NOW + timedelta(days=90)
        assert is_problem(site.ask(FLU), 503)
        assert is_problem(site.ask("/healthz"), 503)
        assert site.ask("/openapi.json").status == 200
        publish(Directory(tmp_path), content("second"), seal(now=NOW + timedelta(seconds=5)))
        assert site.ask(FLU).body == export("second")["de-AT/flu.json"]
        assert site.ask("/healthz").status == 200
    with pytest.raises(PipelineError, match="has expired"):
        open_place(str(tmp_path), (public_key(),), lambda: NOW + timedelta(days=91)).load(None)


@pytest.mark.parametrize("address", ["s3://bucket/faq", "https://example.org/faq"])
def test_only_folders_are_served(address: str) -> None:
    with pytest.raises(PipelineError, match="is not a folder"):
        open_place(address, None, lambda: NOW)


def test_one_release_is_no_target(tmp_path: Path) -> None:
    _, last = published(tmp_path)
    with pytest.raises(PipelineError, match="is one release"):
        open_place(str(tmp_path / "releases" / last.digest), None, lambda: NOW)
    with pytest.raises(PipelineError, match="holds no release"):
        open_place(str(tmp_path / "nothing"), None, lambda: NOW)


# ---- the exports of a project


def test_the_exports_of_a_project_are_served_as_they_change(repository: Repository) -> None:
    repository.run()
    path = f"/v1/de-AT/{FAQ}"
    with running(ExportPlace(repository.workspace())) as site:
        first = site.ask(path)
        assert first.body == repository.path(f"exports/de-AT/{FAQ}.json").read_bytes()
        page = site.ask(path, accept="text/html")
        for link in ("../assets/faq.css", f"../fr-CA/{FAQ}.html"):
            assert f'href="{link}"'.encode() in page.body
            assert site.ask(f"/v1/{link.removeprefix('../')}").status == 200
        assert site.ask("/v1/schema/bundle.schema.json").status == 200
        assert site.ask(f"/v1/de-AT/{first.headers['content-location']}").status == 404
        assert site.ask(f"/v1/{first.headers['content-location'].removeprefix('../')}").body == first.body
        assert site.ask("/v1/").json["version"] is None
        index = json.decode(repository.path("exports/index.json").read_bytes())
        index["bundles"] = [one for one in index["bundles"] if one["locale"] != "de-AT"]
        repository.write("exports/index.json", json.encode(index))
        assert is_problem(site.ask(path), 404)
        repository.write(f"exports/de-DE/{FAQ}.html", "altered")
        repository.write("exports/index.json", json.encode(index) + b"\n")
        assert site.ask(f"/v1/de-DE/{FAQ}").status == 200
        assert f"exports/de-DE/{FAQ}.html" in site.told[-1]


def test_an_index_that_is_none_is_an_error() -> None:
    with pytest.raises(PipelineError, match="is not an index"):
        of_export("Sample", {"index.json": b"{}"})
