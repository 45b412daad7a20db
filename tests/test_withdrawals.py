"""withdrawals: what is withdrawn is gone, nothing leads to it, and so it stays until somebody says so."""

import json
from pathlib import Path

import pytest

from pipeline import assessing, export, flow, publish
from pipeline.errors import PipelineError
from pipeline.model.release import EarlierRelease
from pipeline.releases.compression import original
from pipeline.releases.verify import Verdict, verify_target
from pipeline.targets.directory import Directory
from tests.releases.samples import TRUST, content, judged, published, said, seal
from tests.repository import FAQ, SETTINGS, TODAY, Repository, catalog, disclaimers, reference_repository

pytestmark = pytest.mark.thorough

REASON = {"reason": "Wrong dose", "by": "Dr. Example"}


def read(target: Directory, path: str) -> bytes | None:
    return target.release(judged(target).digest).read(path, 10_000_000)


def verdict_of(target: Directory) -> Verdict:
    verdict = verify_target(target, TRUST)
    assert said(verdict) == []
    return verdict


@pytest.mark.parametrize(
    ("what", "gone"),
    [
        ("de-AT", {"de-AT/cold", "de-AT/flu"}),
        ("de_AT", {"de-AT/cold", "de-AT/flu"}),
        ("flu", {"de-AT/flu", "en-US/flu"}),
        ("flu:de_AT", {"de-AT/flu"}),
        ("flu:de-AT", {"de-AT/flu"}),
    ],
)
def test_what_is_withdrawn_is_gone_and_a_tombstone_says_why(tmp_path: Path, what: str, gone: set[str]) -> None:
    target, _ = published(tmp_path)
    withdrawn = publish.withdraw(target, seal(), what, **REASON)
    verdict_of(target)
    assert set(withdrawn.gone) == gone
    listed = {file.path for file in withdrawn.release.files}
    for page in gone:
        locale, document = page.split("/")
        stone = json.loads(read(target, f"{page}.json") or b"")
        assert stone == {
            "withdrawn": True,
            "document": document,
            "locale": locale,
            "reason": "Wrong dose",
            "by": "Dr. Example",
            "when": "2026-11-22T12:00:00Z",
        }
        assert {path for path in listed if path.startswith(f"{page}.")} == {f"{page}.json"}
    index = json.loads(read(target, "index.json") or b"")
    left = {f"{one['locale']}/{one['document']}" for one in index["bundles"]}
    assert left == {"de-AT/cold", "de-AT/flu", "en-US/cold", "en-US/flu"} - gone
    for one in index["bundles"]:
        assert not {f"{other}/{one['document']}" for other in one["alternates"]} & gone


def test_a_later_release_does_not_bring_it_back(tmp_path: Path) -> None:
    target, _ = published(tmp_path)
    publish.withdraw(target, seal(), "flu:de_AT", **REASON)
    publish.publish(target, content("second"), seal())
    verdict_of(target)
    assert read(target, "de-AT/flu.html") is None
    assert b"second" in (read(target, "de-AT/cold.html") or b"")


def test_a_rollback_does_not_bring_it_back(tmp_path: Path) -> None:
    target, _ = published(tmp_path, "first", "second")
    publish.withdraw(target, seal(), "de_AT", **REASON)
    publish.rollback(target, seal())
    verdict_of(target)
    assert read(target, "de-AT/flu.html") is None


def test_a_document_that_is_withdrawn_stays_so_in_locales_that_come_later(tmp_path: Path) -> None:
    target = Directory(tmp_path)
    publish.publish(target, content("first", ("en-US",)), seal())
    publish.withdraw(target, seal(), "flu", **REASON)
    publish.publish(target, content("second"), seal())
    verdict_of(target)
    assert read(target, "de-AT/flu.html") is None
    assert b'"withdrawn": true' in (read(target, "de-AT/flu.json") or b"")


def test_a_tombstone_stays_when_its_bundle_is_not_even_exported_any_more(tmp_path: Path) -> None:
    target, _ = published(tmp_path)
    publish.withdraw(target, seal(), "de_AT", **REASON)
    publish.publish(target, content("second", ("en-US",)), seal())
    verdict_of(target)
    assert b'"withdrawn": true' in (read(target, "de-AT/flu.json") or b"")


def test_only_who_says_so_brings_it_back(tmp_path: Path) -> None:
    target, _ = published(tmp_path)
    publish.withdraw(target, seal(), "de_AT", **REASON)
    publish.withdraw(target, seal(), "cold", **REASON)
    back = publish.publish(target, content("second"), seal(), ["de_AT"])
    verdict_of(target)
    assert [rule.what for rule in back.release.withdrawn] == ["cold"]
    assert b"second" in (read(target, "de-AT/flu.html") or b"")
    assert read(target, "de-AT/cold.html") is None
    with pytest.raises(PipelineError, match="de_AT is not withdrawn") as told:
        publish.publish(target, content("third"), seal(), ["de_AT"])
    assert told.value.hint == "withdrawn is cold"


def test_what_is_not_published_cannot_be_withdrawn(tmp_path: Path) -> None:
    target, _ = published(tmp_path)
    for what in ("fr_FR", "flu:fr_FR", "measles", "", ":", "de-AT:flu"):
        with pytest.raises(PipelineError, match="is not published"):
            publish.withdraw(target, seal(), what, **REASON)
    publish.withdraw(target, seal(), "de_AT", **REASON)
    with pytest.raises(PipelineError, match="is withdrawn already"):
        publish.withdraw(target, seal(), "de-AT", **REASON)
    with pytest.raises(PipelineError, match="nothing is published there yet"):
        publish.withdraw(Directory(tmp_path / "empty"), seal(), "de_AT", **REASON)


def test_a_withdrawal_cannot_be_lost_by_turning_the_pointer_back(tmp_path: Path) -> None:
    """Neither by an attacker nor by a publisher that was killed in between."""
    target, _ = published(tmp_path)
    before = (tmp_path / "current").read_bytes()
    publish.withdraw(target, seal(), "de_AT", **REASON)
    (tmp_path / "current").write_bytes(before)
    later = publish.publish(target, content("second"), seal())
    assert later.release.version == 3
    assert read(target, "de-AT/flu.html") is None


def test_a_withdrawal_that_was_cut_off_can_be_repeated(tmp_path: Path) -> None:
    target, _ = published(tmp_path)
    before = (tmp_path / "current").read_bytes()
    publish.withdraw(target, seal(), "de_AT", **REASON)
    (tmp_path / "current").write_bytes(before)
    again = publish.withdraw(target, seal(), "de_AT", **REASON)
    assert [rule.what for rule in again.release.withdrawn] == ["de-AT"]
    verdict_of(target)


# ---- nothing leads to it


ADDRESS, DEFAULT = 'base_url = "https://example.org/faq/"\n', 'x_default = "de_AT"\n'
THREE = ("en_US", "de_AT", "de_DE")


@pytest.fixture(scope="module")
def approved(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """Three editions of the reference content as if it were approved, so that there is a sitemap; x_default is one."""
    repository = reference_repository(tmp_path_factory.mktemp("content"))
    repository.keep_editions(*THREE)
    repository.edit(SETTINGS, 'source = "en_US"\n', f'source = "en_US"\n{ADDRESS}{DEFAULT}')
    repository.edit(f"messages/{FAQ}.md", "status: sample", "status: approved")
    for locale in THREE:
        name = disclaimers(locale)
        repository.write(name, repository.text(name).replace("sample = true", "sample = false"))
    return repository


def exported(repository: Repository, *editions: str) -> publish.Content:
    """What would be published if there were no more editions than these."""
    whole = repository.text(SETTINGS)
    repository.keep_editions(*editions)
    if "de_AT" not in editions:
        repository.edit(SETTINGS, DEFAULT, "")
    repository.export()
    workspace = repository.workspace()
    assessment = assessing.assess(workspace, flow.read_content(workspace), TODAY)
    found = publish.content(workspace, assessment, export.plan(workspace, assessment))
    repository.write(SETTINGS, whole)
    return found


def published_files(target: Directory) -> dict[str, bytes]:
    """The files of the current release without compressed variants and tombstones; it must be whole and signed."""
    release = verdict_of(target).release
    assert release is not None
    stones = {path for rule in release.withdrawn for path in rule.tombstones}
    paths = [file.path for file in release.files if file.path not in stones and original(file.path) is None]
    return {path: read(target, path) or b"" for path in paths}


@pytest.mark.parametrize("gone", [("de_AT",), ("en_US", "de_AT"), THREE])
def test_the_release_is_what_would_be_exported_had_the_withdrawn_editions_never_been(
    approved: Repository, tmp_path: Path, gone: tuple[str, ...]
) -> None:
    """Page for page and byte for byte: other languages, hreflang, x-default, alternates, index, sitemap."""
    left = tuple(locale for locale in THREE if locale not in gone)
    target, everything = Directory(tmp_path / "site"), exported(approved, *THREE)
    publish.publish(target, everything, seal())
    assert published_files(target) == everything.files
    for locale in gone:
        publish.withdraw(target, seal(), locale, **REASON)
    files = published_files(target)
    if left:
        assert files == exported(approved, *left).files
    else:
        assert [path for path in files if path.endswith((".html", ".xml"))] == []
    publish.publish(target, everything, seal())
    assert published_files(target) == files
    publish.rollback(target, seal(), [one.digest for one in everything_before(target)][-1])
    assert published_files(target) == files
    publish.publish(target, everything, seal(), gone)
    assert published_files(target) == everything.files


def everything_before(target: Directory) -> list[EarlierRelease]:
    release = verdict_of(target).release
    assert release is not None
    return release.earlier


def test_an_edition_that_stands_from_an_earlier_export_does_not_name_it_either(
    approved: Repository, tmp_path: Path
) -> None:
    """Its page has the addresses of that time."""
    exported(approved, *THREE)
    before = approved.text(SETTINGS), approved.text(catalog("de"))
    approved.edit(SETTINGS, "https://example.org/faq/", "https://example.com/")
    approved.mark_fuzzy(catalog("de"), "title")
    target = Directory(tmp_path / "site")
    publish.publish(target, exported(approved, *THREE), seal())
    assert b"https://example.org/faq/de-AT" in published_files(target)[f"de-DE/{FAQ}.html"]
    publish.withdraw(target, seal(), "de_AT", **REASON)
    named = [path for path, data in published_files(target).items() if f"de-AT/{FAQ}.".encode() in data]
    assert named == []
    approved.write(SETTINGS, before[0])
    approved.write(catalog("de"), before[1])


def test_pages_whose_authors_link_to_it_are_told(tmp_path: Path) -> None:
    """Words are for authors to change: a withdrawal takes out what the pipeline has written, and nothing else."""
    target, first = published(tmp_path, "see <a href='/faq/de-AT/flu.html'>there</a>")
    assert first.linking == ()
    before = read(target, "de-AT/cold.html")
    withdrawn = publish.withdraw(target, seal(), "flu:de_AT", **REASON)
    assert withdrawn.linking == ("de-AT/cold.html", "en-US/cold.html", "en-US/flu.html")
    assert published_files(target)["de-AT/cold.html"] == before
