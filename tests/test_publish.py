"""publish: what goes into a release, what never does, and how things are taken back."""

import json
import shutil
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from pipeline import assessing, export, flow, publish
from pipeline.errors import PipelineError
from pipeline.targets.directory import Directory
from tests.releases.samples import (
    NOW,
    TRUST,
    UNSIGNED,
    content,
    judged,
    public_key,
    published,
    said,
    seal,
    signing_key,
)
from tests.repository import FAQ, TODAY, Repository, catalog

pytestmark = pytest.mark.thorough


def read(target: Directory, path: str) -> bytes | None:
    return target.release(judged(target).digest).read(path, 10_000_000)


def of_repository(repository: Repository) -> publish.Content:
    workspace = repository.workspace()
    assessment = assessing.assess(workspace, flow.read_content(workspace), TODAY)
    return publish.content(workspace, assessment, export.plan(workspace, assessment))


# ---- the reference content


def test_the_release_of_the_reference_content_holds_all_that_the_index_lists(
    repository: Repository, tmp_path: Path
) -> None:
    repository.run()
    target = Directory(tmp_path / "site")
    last = publish.publish(target, of_repository(repository), seal())
    assert said(judged(target)) == []
    for name, data in repository.files("exports").items():
        assert target.release(last.digest).read(name.removeprefix("exports/"), len(data)) == data
    listed = {file.path for file in last.release.files}
    assert {f"de-AT/{FAQ}.html.gz", f"de-AT/{FAQ}.json.br", f"de-AT/{FAQ}.jsonld.zst", "assets/faq.css.gz"} <= listed
    assert last.release.project == "Proleukin FAQ for healthcare professionals"
    for source in last.release.sources:
        assert sha256(repository.path(source.file).read_bytes()).hexdigest() == source.sha256, source.file
    sources = {source.file for source in last.release.sources}
    assert {f"messages/{FAQ}.md", catalog("de"), "locales/de_AT/disclaimers.toml"} <= sources


def test_a_stopped_locale_is_published_as_the_index_has_it(repository: Repository) -> None:
    repository.run()
    repository.mark_fuzzy(catalog("pl"), "title")
    repository.export()
    held = of_repository(repository)
    records = {one["locale"]: one["current"] for one in json.loads(held.files["index.json"])["bundles"]}
    assert records["pl-PL"] is False
    assert records["de-DE"] is True
    assert held.files[f"pl-PL/{FAQ}.html"] == repository.path(f"exports/pl-PL/{FAQ}.html").read_bytes()


def test_a_stopped_locale_whose_export_was_altered_is_not_published(repository: Repository) -> None:
    repository.run()
    repository.mark_fuzzy(catalog("pl"), "title")
    repository.write(f"exports/pl-PL/{FAQ}.html", "altered")
    repository.export()
    assert not [path for path in of_repository(repository).files if path.startswith("pl-PL")]


def test_a_stopped_locale_without_an_export_is_not_published(repository: Repository) -> None:
    repository.mark_fuzzy(catalog("pl"), "title")
    shutil.rmtree(repository.path("exports"))
    repository.export()
    assert not [path for path in of_repository(repository).files if path.startswith("pl-PL")]


def test_where_every_locale_is_stopped_nothing_is_published(repository: Repository) -> None:
    shutil.rmtree(repository.path("exports"))
    repository.write("messages/references.toml", "broken")
    repository.export()
    with pytest.raises(PipelineError, match="nothing to publish"):
        of_repository(repository)


def test_pseudo_locales_are_never_published(repository: Repository) -> None:
    workspace = repository.workspace()
    assessment = assessing.assess(workspace, flow.read_content(workspace), TODAY)
    planned = export.plan(workspace, assessment)
    with pytest.raises(PipelineError, match="never published"):
        publish.content(replace(workspace, exports="exports-pseudo"), assessment, planned)
    name = "exports/index.json"
    index = planned.files[name].replace(b'"pseudo": false', b'"pseudo": true', 1)
    with pytest.raises(PipelineError, match="lists the pseudo-locale"):
        publish.content(workspace, assessment, replace(planned, files={**planned.files, name: index}))


# ---- versions


def test_versions_grow_and_each_release_knows_those_before(tmp_path: Path) -> None:
    target = Directory(tmp_path)
    digests = [publish.publish(target, content(str(number)), seal(keep=3)).digest for number in range(5)]
    verdict = judged(target)
    assert verdict.release is not None
    assert verdict.release.version == 5
    assert [one.version for one in verdict.release.earlier] == [4, 3]
    assert [one.digest for one in verdict.release.earlier] == [digests[3], digests[2]]


def test_files_that_stay_as_they_are_keep_their_compressed_variants(tmp_path: Path) -> None:
    target, first = published(tmp_path)
    place = tmp_path / "releases" / first.digest / "de-AT" / "flu.html.br"
    before = place.read_bytes()
    second = publish.publish(target, content("first"), seal(now=NOW + timedelta(seconds=1)))
    assert second.digest != first.digest
    assert read(target, "de-AT/flu.html.br") == before
    place.write_bytes(b"altered")
    third = publish.publish(target, content("first"), seal(now=NOW + timedelta(seconds=2)))
    assert said(judged(target)) == []
    assert third.release.files == second.release.files == first.release.files


def test_a_release_of_another_project_is_not_replaced(tmp_path: Path) -> None:
    target, _ = published(tmp_path)
    with pytest.raises(PipelineError, match="holds releases of 'Sample FAQ', not of 'Other FAQ'"):
        publish.publish(target, content(project="Other FAQ"), seal())


def test_bundles_that_a_release_no_longer_has_are_told(tmp_path: Path) -> None:
    """By the name of the page alone: its fragment and its JSON go with it."""
    target, _ = published(tmp_path)
    assert publish.publish(target, content("second", ("en-US",)), seal()).gone == ("de-AT/cold", "de-AT/flu")


# ---- keys


def test_a_release_signed_with_another_key_is_not_built_upon(tmp_path: Path) -> None:
    target, _ = published(tmp_path)
    with pytest.raises(PipelineError, match="signed with no key that is trusted here") as told:
        publish.publish(target, content("second"), seal("successor"))
    assert "--trust-current" in str(told.value.hint)


def test_keys_change_over_a_release_that_both_have_signed(tmp_path: Path) -> None:
    target, _ = published(tmp_path)
    publish.publish(target, content("second"), seal("publisher", "successor"))
    publish.publish(target, content("third"), seal("successor"))
    assert said(judged(target, replace(TRUST, keys=(public_key("successor"),)))) == []
    assert judged(target).problems


def test_a_lost_key_and_an_unsigned_release_can_be_left_behind(tmp_path: Path) -> None:
    target = Directory(tmp_path)
    publish.publish(target, content("first"), UNSIGNED)
    with pytest.raises(PipelineError, match="so the release is not signed"):
        publish.publish(target, content("second"), seal())
    publish.publish(target, content("second"), seal(trust_current=True))
    assert said(judged(target)) == []
    publish.publish(target, content("third"), seal("successor", trust_current=True))
    assert said(judged(target, replace(TRUST, keys=(public_key("successor"),)))) == []


# ---- rollback


def test_a_rollback_is_a_new_version_with_the_older_content(tmp_path: Path) -> None:
    target, _ = published(tmp_path, "first", "second", "third")
    back = publish.rollback(target, seal())
    assert back.release.version == 4
    assert b"second" in (read(target, "de-AT/flu.html") or b"")
    assert said(judged(target)) == []


def test_a_rollback_goes_to_any_release_that_is_kept(tmp_path: Path) -> None:
    target, _ = published(tmp_path, "first")
    first = judged(target).digest
    published(tmp_path, "second", "third")
    publish.rollback(target, seal(), first[:12])
    assert b"first" in (read(target, "de-AT/flu.html") or b"")


def test_a_rollback_to_what_is_not_kept_is_refused(tmp_path: Path) -> None:
    target, _ = published(tmp_path)
    with pytest.raises(PipelineError, match="does not keep an earlier release"):
        publish.rollback(target, seal())
    published(tmp_path, "second")
    with pytest.raises(PipelineError, match="does not keep one release abc") as told:
        publish.rollback(target, seal(), "abc")
    assert "(version 1)" in str(told.value.hint)
    with pytest.raises(PipelineError, match="nothing is published there yet"):
        publish.rollback(Directory(tmp_path / "empty"), seal())
    assert not (tmp_path / "empty").exists()


def test_an_altered_release_is_not_brought_back(tmp_path: Path) -> None:
    target, first = published(tmp_path, "first")
    published(tmp_path, "second")
    page = tmp_path / "releases" / first.digest / "de-AT" / "flu.html"
    page.write_bytes(page.read_bytes().replace(b"first", b"fjrst"))
    with pytest.raises(PipelineError, match=r"de-AT/flu.html was altered"):
        publish.rollback(target, seal())
    assert b"second" in (read(target, "de-AT/flu.html") or b"")


# ---- signatures


def test_a_key_signs_the_list_that_is_published(tmp_path: Path) -> None:
    _, last = published(tmp_path)
    assert signing_key().public.id in (tmp_path / "releases" / last.digest / "release.json.sig").read_text("utf-8")
