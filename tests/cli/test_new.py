"""new: a content repository that runs at once."""

import tomllib
from pathlib import Path

import pytest

from tests.cli.command import Result, Run
from tests.repository import Repository


@pytest.fixture
def made(run: Run, tmp_path: Path) -> tuple[Result, Repository]:
    folder = tmp_path / "my-faq"
    return run("new", str(folder)), Repository(folder)


def test_a_new_repository_runs_at_once(run: Run, made: tuple[Result, Repository]) -> None:
    told, repository = made
    assert (told.code, told.err) == (0, "")
    assert f"pipeline --project {repository.root} run" in told.out
    ran = run("--project", str(repository.root), "run")
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines[-1].startswith("Look at ")
    assert Path(ran.lines[-1].removeprefix("Look at ")).read_bytes().startswith(b"<!DOCTYPE html>")


def test_a_first_run_leaves_what_was_made_as_it_was(run: Run, made: tuple[Result, Repository]) -> None:
    _, repository = made
    before = repository.files()
    run("--project", str(repository.root), "run")
    after = repository.files()
    assert {name: after[name] for name in before} == before
    assert all(name.startswith("exports/") for name in set(after) - set(before))
    assert run("--project", str(repository.root), "export", "--check").code == 0


def test_a_new_repository_is_complete_in_two_languages(run: Run, made: tuple[Result, Repository]) -> None:
    _, repository = made
    editions = tomllib.loads(repository.text("pipeline.toml"))["editions"]
    assert {locale.partition("_")[0] for locale in editions} == {"en", "es"}
    statuses = run("--project", str(repository.root), "status", "--json").json
    assert {status["locale"] for status in statuses} == set(editions)
    assert all(status["exportable"] for status in statuses)
    assert any(status["translated"] for status in statuses)


def test_everything_in_a_new_repository_is_marked_as_a_sample(run: Run, made: tuple[Result, Repository]) -> None:
    import json

    _, repository = made
    run("--project", str(repository.root), "run")
    for record in json.loads(repository.text("exports/index.json"))["bundles"]:
        assert record["status"] == "sample"
    for name, data in repository.files("locales").items():
        if name.endswith("disclaimers.toml"):
            assert all(each["sample"] for each in tomllib.loads(data.decode())["disclaimer"])


def test_an_empty_folder_will_do(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    assert run("new", str(folder)).code == 0
    assert (folder / "pipeline.toml").exists()


@pytest.mark.parametrize("what", ["a file", "a full folder"])
def test_what_is_there_is_never_overwritten(run: Run, tmp_path: Path, what: str) -> None:
    place = tmp_path / "there"
    kept = place
    if what == "a full folder":
        place.mkdir()
        kept = place / "thesis.txt"
    kept.write_text("years of work")
    ended = run("new", str(place))
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.splitlines() == [f"{place}: error: is there already and not empty", "  name a new folder"]
    assert kept.read_text() == "years of work"
    assert place.is_file() or list(place.iterdir()) == [kept]


def test_a_place_that_cannot_be_written_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ended = run("new", str(tmp_path / "file" / "faq"))
    assert ended.code == 2
    assert "cannot be written" in ended.err
