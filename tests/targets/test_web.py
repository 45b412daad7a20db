"""web: a release is verified over http as a website reads it."""

from http.server import SimpleHTTPRequestHandler
from pathlib import Path

import pytest

from pipeline.errors import PipelineError
from pipeline.releases.verify import Verdict, verify_release, verify_target
from pipeline.targets import open_source
from pipeline.targets.web import Site, SiteFolder
from tests.releases.samples import TRUST, published, said
from tests.targets.served import Endless, Failing, Redirecting, web

pytestmark = pytest.mark.thorough


def verdict(folder: Path, handler: type[SimpleHTTPRequestHandler] | None = None) -> Verdict:
    with web(folder, handler) if handler else web(folder) as address:
        return verify_target(Site(address), TRUST)


def test_a_served_target_is_verified_and_may_have_files_that_nobody_sees(tmp_path: Path) -> None:
    _, last = published(tmp_path)
    (tmp_path / "releases" / last.digest / "extra.html").write_text("unseen")
    found = verdict(tmp_path)
    assert said(found) == []
    assert found.digest == last.digest
    assert not found.complete


def test_one_served_release_is_verified(tmp_path: Path) -> None:
    _, last = published(tmp_path)
    with web(tmp_path) as address:
        source = open_source(f"{address}/releases/{last.digest}/")
        assert isinstance(source, SiteFolder)
        assert said(verify_release(source, TRUST, expected=last.digest)) == []


def test_missing_and_altered_files_are_found_over_http(tmp_path: Path) -> None:
    _, last = published(tmp_path)
    folder = tmp_path / "releases" / last.digest
    (folder / "de-AT" / "flu.html").unlink()
    (folder / "en-US" / "flu.html").write_bytes(b"x")
    assert said(verdict(tmp_path)) == [
        "de-AT/flu.html is missing.",
        "en-US/flu.html is smaller than the 920 bytes it should have.",
    ]


def test_where_nothing_is_published_that_is_told(tmp_path: Path) -> None:
    assert said(verdict(tmp_path)) == ["current is missing."]


def test_nothing_is_read_from_another_host(tmp_path: Path) -> None:
    published(tmp_path)
    with pytest.raises(PipelineError, match="redirects to another host"):
        verdict(tmp_path, Redirecting)


def test_no_more_is_read_than_a_file_may_have(tmp_path: Path) -> None:
    published(tmp_path)
    sentences = said(verdict(tmp_path, Endless))
    assert "de-AT/flu.html is larger than the 920 bytes it should have." in sentences


def test_a_fault_of_the_server_is_no_verdict(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match="the server answers 503"):
        verdict(tmp_path, Failing)


def test_a_server_that_is_not_there_is_no_verdict() -> None:
    with pytest.raises(PipelineError, match="cannot be read"):
        verify_target(Site("http://127.0.0.1:1"), TRUST)


@pytest.mark.parametrize(
    "address", ["https://", "https://user:word@host/faq", "https://host/faq?x=1", "https://host/#a"]
)
def test_an_odd_address_is_refused(address: str) -> None:
    with pytest.raises(PipelineError, match="is not the plain address of a folder"):
        open_source(address)
