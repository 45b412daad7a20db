"""build: what is remembered never changes a byte, nothing is done twice, and a run that is stopped leaves no trace."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import assessing, flow, staging
from pipeline import export as exporting
from pipeline.build import build
from pipeline.errors import PipelineError
from pipeline.model.outcome import Outcome
from pipeline.workspace import open_workspace
from tests.properties import cases
from tests.repository import TODAY, Repository, catalog, disclaimers, reference_repository

pytestmark = pytest.mark.thorough

EDITIONS = ("en_US", "de_DE", "de_AT", "ja_JP")


def built(root: Path, jobs: int = 1, today: date = TODAY, *, check: bool = False) -> Outcome:
    return build(open_workspace(root), today, jobs=lambda: jobs, check=check)


@pytest.fixture
def small(repository: Repository) -> Repository:
    repository.keep_editions(*EDITIONS)
    return repository


# ---- the same bytes


def _translate(repository: Repository) -> None:
    repository.edit_unit(catalog("de"), "title", lambda unit: unit.replace('msgstr "', 'msgstr "Neu: ', 1))


def _comment(repository: Repository) -> None:
    repository.edit_unit(catalog("de"), "title", lambda unit: f"# a note\n{unit}")


def _reword_the_english(repository: Repository) -> None:
    repository.write(
        "messages/proleukin-hcp-faq.md", repository.text("messages/proleukin-hcp-faq.md").replace("the ", "a ", 1)
    )


def _expire(repository: Repository) -> None:
    name = disclaimers("de_AT")
    repository.write(name, repository.text(name).replace("expires = 20", "expires = 19", 1))


def _overwrite_an_export(repository: Repository) -> None:
    path = repository.path("exports/ja-JP/proleukin-hcp-faq.html")
    if path.exists():
        path.write_bytes(path.read_bytes() + b"<!-- by hand -->")


def _delete_an_export(repository: Repository) -> None:
    shutil.rmtree(repository.path("exports/de-DE"), ignore_errors=True)


def _break_a_catalog(repository: Repository) -> None:
    name = catalog("ja")
    repository.write(name, repository.text(name) + "msgid\n")


def _no_edit(repository: Repository) -> None:
    """And the next run finds nothing to do, if what lies there has settled."""
    settle(repository)


def _give_an_address(repository: Repository) -> None:
    text = repository.text("pyproject.toml")
    if "base_url" not in text:
        repository.write(
            "pyproject.toml",
            text.replace("[tool.pipeline]\n", '[tool.pipeline]\nbase_url = "https://example.org/faq/"\n', 1),
        )


def _leave_an_edition_out(repository: Repository) -> None:
    repository.keep_editions("en_US", "de_DE", "ja_JP")


def _bring_it_back(repository: Repository) -> None:
    repository.keep_editions(*EDITIONS)


def _another_page_word(repository: Repository) -> None:
    repository.edit_unit(catalog("ja", "ui"), "page/contents", lambda unit: unit.replace('msgstr "', 'msgstr "この', 1))


def _forget(repository: Repository) -> None:
    shutil.rmtree(repository.path(".pipeline/cache"), ignore_errors=True)


def _add_a_document(repository: Repository) -> None:
    """It has no catalog, so it stops every locale that does not read the English."""
    text = repository.text("messages/proleukin-hcp-faq.md")
    repository.write("messages/another.md", text)


def _remove_it(repository: Repository) -> None:
    repository.path("messages/another.md").unlink(missing_ok=True)


def _edit_a_disclaimer(repository: Repository) -> None:
    name = disclaimers("ja_JP")
    repository.write(name, repository.text(name).replace('approval = "', 'approval = "re-', 1))


def _delete_one_export(repository: Repository) -> None:
    repository.path("exports/de-AT/proleukin-hcp-faq.json").unlink(missing_ok=True)


def _delete_the_index(repository: Repository) -> None:
    repository.path("exports/index.json").unlink(missing_ok=True)


def _stop_half_way(repository: Repository) -> None:
    """As a kill does, when all is staged and nothing is in its place."""

    class Killed(BaseException):
        pass

    def die(*_: object) -> None:
        raise Killed

    with pytest.MonkeyPatch.context() as patched, suppress(Killed, PipelineError):
        patched.setattr(staging.Staging, "switch", die)
        patched.setattr(staging.Staging, "sweep", lambda *_, **__: None)
        built(repository.root)


def _spoil_what_is_remembered(repository: Repository) -> None:
    """As a crash of the machine may leave it: every third result is not as it was written."""
    with closing(sqlite3.connect(repository.path(".pipeline/cache/results.sqlite"))) as database, database:
        database.execute("UPDATE result SET value = substr(value, 1, length(value) - 1) WHERE rowid % 3 = 0")


def _translate_it(repository: Repository) -> None:
    """Into German, in other words than those of the first document."""
    repository.write(catalog("de", "another"), repository.text(catalog("de")).replace('msgstr "D', 'msgstr "Und d'))


EDITS: tuple[Callable[[Repository], None], ...] = (
    *(_translate, _comment, _reword_the_english, _expire, _overwrite_an_export, _delete_an_export),
    *(_break_a_catalog, _give_an_address, _leave_an_edition_out, _bring_it_back, _another_page_word, _forget),
    *(_add_a_document, _remove_it, _edit_a_disclaimer, _delete_one_export, _delete_the_index, _stop_half_way),
    *(_spoil_what_is_remembered, _translate_it, _no_edit),
)


@cases(10)
@given(edits=st.lists(st.sampled_from(EDITS), min_size=2, max_size=4))
def test_what_is_remembered_never_changes_a_byte(
    tmp_path_factory: pytest.TempPathFactory, edits: list[Callable[[Repository], None]]
) -> None:
    """Whatever was edited since: the outcome is that of a repository that remembers nothing."""
    warm = reference_repository(tmp_path_factory.mktemp("warm"))
    warm.keep_editions(*EDITIONS)
    built(warm.root)
    for edit in edits:
        edit(warm)
        cold = tmp_path_factory.mktemp("cold") / "content"
        shutil.copytree(warm.root, cold, ignore=shutil.ignore_patterns(".pipeline"))
        expected, outcome = built(cold), built(warm.root)
        assert outcome == expected
        assert warm.files() == Repository(cold).files()


def test_a_build_writes_what_a_plan_holds(small: Repository) -> None:
    shutil.rmtree(small.path("exports"))
    workspace = small.workspace()
    planned = exporting.plan(workspace, assessing.assess(workspace, flow.read_content(workspace), TODAY))
    outcome = built(small.root)
    assert small.files("exports") == dict(sorted(planned.files.items()))
    assert sorted(outcome.changed) == sorted(planned.files)


def test_several_processes_write_what_one_does(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.executors.WORTH_SHARING", 0)
    repository.mark_fuzzy(catalog("pl"), "title")
    shutil.rmtree(repository.path("exports"))
    other = tmp_path / "other"
    shutil.copytree(repository.root, other)
    assert built(repository.root, jobs=3) == built(other)
    assert repository.files() == Repository(other).files()


def test_an_index_may_be_as_large_as_what_it_lists_but_no_larger(
    small: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is ours, but anybody may have put another in its place."""
    built(small.root)
    monkeypatch.setattr("pipeline.export.MAX_BYTES", 0)
    _forget(small)
    assert built(small.root).changed == ()
    path = small.path("exports/index.json")
    path.write_bytes(path.read_bytes() + b" " * 1_000_000)
    _forget(small)
    with pytest.raises(PipelineError, match="is larger than"):
        built(small.root)


# ---- nothing twice


def settle(repository: Repository) -> None:
    """Until a change of any file would show."""
    marker = repository.path("exports/marker")
    newest = max(path.stat().st_ctime_ns for path in repository.root.rglob("*"))
    while True:
        marker.write_bytes(b"")
        if marker.stat().st_ctime_ns > newest + 100_000_000:
            marker.unlink()
            return
        time.sleep(0.02)


def test_an_export_of_what_has_not_changed_reads_no_catalog(small: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    settle(small)
    first = built(small.root)
    monkeypatch.setattr("pipeline.making.make", None)
    again = built(small.root)
    assert (again.exported, again.files, again.findings) == (first.exported, first.files, first.findings)
    assert again.changed == ()


def test_a_comment_makes_no_page_anew(small: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    settle(small)
    built(small.root)
    _comment(small)
    settle(small)
    monkeypatch.setattr("pipeline.export.Bundler.bundle", None)
    assert built(small.root).changed == ()


def test_a_text_makes_the_pages_of_its_own_language_anew(small: Repository) -> None:
    built(small.root)
    _translate(small)
    changed = built(small.root).changed
    assert {name.split("/")[1] for name in changed} == {"de-DE", "de-AT", "index.json"}


def test_findings_are_reported_again_when_nothing_has_changed(small: Repository) -> None:
    small.mark_fuzzy(catalog("ja"), "title")
    settle(small)
    first, again = built(small.root), built(small.root)
    assert first.refused == again.refused == ("ja_JP",)
    assert first.findings == again.findings != ()


def test_a_disclaimer_that_expires_overnight_is_seen_the_next_day(small: Repository) -> None:
    name = disclaimers("de_AT")
    text = small.text(name)
    start = text.index("expires = ")
    small.write(name, f"{text[:start]}expires = 2026-11-22{text[start + 20 :]}")
    settle(small)
    assert built(small.root).refused == built(small.root).refused == ()
    assert built(small.root, today=date(2026, 11, 23)).refused == ("de_AT",)


def test_a_check_believes_nothing_and_writes_nothing(small: Repository) -> None:
    built(small.root)
    _overwrite_an_export(small)
    before = small.files()
    outcome = built(small.root, check=True)
    assert [(each.name, each.what) for each in outcome.differences] == [
        ("exports/ja-JP/proleukin-hcp-faq.html", "outdated")
    ]
    assert small.files() == before


def test_a_text_that_changes_after_it_was_checked_is_not_exported(
    small: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    _delete_an_export(small)
    before = small.files("exports")
    survey = exporting.survey

    def meanwhile(*arguments: Any) -> exporting.Survey:
        _translate(small)
        return survey(*arguments)

    monkeypatch.setattr("pipeline.export.survey", meanwhile)
    with pytest.raises(PipelineError, match="in de_DE were changed after they had been checked"):
        built(small.root)
    assert small.files("exports") == before


# ---- stopped


def test_a_failure_leaves_the_earlier_export_and_nothing_else(small: Repository) -> None:
    _translate(small)
    small.path("exports/de-AT/proleukin-hcp-faq.json").unlink()
    small.path("exports/de-AT/proleukin-hcp-faq.json").mkdir()
    before = small.files()
    with pytest.raises(PipelineError, match="not a regular file"):
        built(small.root)
    assert small.files() == before


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_run_that_is_ended_leaves_whole_files_alone(small: Repository, how: signal.Signals) -> None:
    """At any moment; what a kill leaves beside them is gone after the next run."""
    _translate(small)
    before = small.files("exports")
    env = {**os.environ, "SOURCE_DATE_EPOCH": str(int(time.mktime(TODAY.timetuple())))}
    command = [sys.executable, "-m", "pipeline", "--project", str(small.root), "export", "--jobs", "2"]
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    while process.poll() is None and not list(small.path("exports").rglob(".*.tmp")):
        time.sleep(0.001)
    process.send_signal(how)
    _, said = process.communicate(timeout=60)
    assert b"Traceback" not in said
    left = {name: data for name, data in small.files("exports").items() if "/." not in name}
    if how is not signal.SIGKILL and process.returncode:
        assert small.files("exports") == before
    built(small.root)
    after = small.files("exports")
    assert not [name for name in after if "/." in name]
    assert set(left.items()) <= set(before.items()) | set(after.items())
