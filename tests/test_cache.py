"""cache: what is found again, what is not believed, and what never stops a run."""

import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pipeline.cache import FOLDER, Cache, key


def filled(root: Path, **results: bytes) -> None:
    with Cache(root) as cache:
        for name, value in results.items():
            cache.put(name, value)


def found(root: Path, name: str) -> bytes | None:
    with Cache(root) as cache:
        return cache.get(name)


def test_a_result_is_found_by_the_next_run(tmp_path: Path) -> None:
    filled(tmp_path, a=b"1", b=b"2")
    assert (found(tmp_path, "a"), found(tmp_path, "b"), found(tmp_path, "c")) == (b"1", b"2", None)


def test_a_result_is_found_before_it_is_written(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        cache.put("a", b"1")
        assert (cache.get("a"), cache.news()) == (b"1", {"a": b"1"})


def test_parts_of_a_key_do_not_run_into_one_another() -> None:
    assert len({key("ab", "c"), key("a", "bc"), key("abc"), key("ab", "c", ""), key("a\0b", "c")}) == 5


def test_the_folder_keeps_itself_out_of_version_control(tmp_path: Path) -> None:
    filled(tmp_path, a=b"1")
    assert (tmp_path / FOLDER / ".gitignore").read_text() == "*\n"


def test_a_cache_that_is_deleted_is_empty(tmp_path: Path) -> None:
    filled(tmp_path, a=b"1")
    shutil.rmtree(tmp_path / FOLDER)
    assert found(tmp_path, "a") is None


def test_a_cache_that_came_with_a_repository_is_not_believed(tmp_path: Path) -> None:
    """Somebody else's cache could say that a text was found good."""
    (tmp_path / "theirs").mkdir()
    filled(tmp_path / "theirs", a=b"nothing is wrong")
    shutil.copytree(tmp_path / "theirs", tmp_path / "ours")
    assert found(tmp_path / "ours", "a") is None
    filled(tmp_path / "ours", a=b"1")
    assert found(tmp_path / "ours", "a") == b"1"


def test_a_result_that_was_altered_is_not_believed(tmp_path: Path) -> None:
    filled(tmp_path, a=b"findings")
    with sqlite3.connect(tmp_path / FOLDER / "results.sqlite") as database:
        (value,) = database.execute("SELECT value FROM result").fetchone()
        database.execute("UPDATE result SET value = ?", (value[:-1] + b"S",))
    database.close()
    assert found(tmp_path, "a") is None


@pytest.mark.parametrize("data", [b"", b"no database at all, but long enough to look like one" * 20])
def test_a_file_that_is_no_cache_is_replaced_by_one(tmp_path: Path, data: bytes) -> None:
    filled(tmp_path, a=b"1")
    for path in (tmp_path / FOLDER).glob("results.sqlite*"):
        path.unlink()
    (tmp_path / FOLDER / "results.sqlite").write_bytes(data)
    assert found(tmp_path, "a") is None
    filled(tmp_path, a=b"2")
    assert found(tmp_path, "a") == b"2"


@pytest.mark.parametrize("name", [".pipeline", FOLDER, f"{FOLDER}/results.sqlite"])
def test_a_link_in_its_place_is_not_followed(tmp_path: Path, name: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    root = tmp_path / "root"
    (root / name).parent.mkdir(parents=True)
    (root / name).symlink_to(elsewhere)
    filled(root, a=b"1")
    assert found(root, "a") is None
    assert list(elsewhere.iterdir()) == []


def test_a_folder_that_cannot_be_made_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / ".pipeline").write_bytes(b"a file")
    filled(tmp_path, a=b"1")
    assert found(tmp_path, "a") is None
    assert (tmp_path / ".pipeline").read_bytes() == b"a file"


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path) -> None:
    for number in range(5):
        with Cache(tmp_path, limit=3_000) as cache:
            cache.get("0")
            cache.put(str(number), bytes(1_000))
    assert [name for name in "01234" if found(tmp_path, name)] == ["0", "3", "4"]


def test_two_runs_at_once_lose_nothing_of_each_other(tmp_path: Path) -> None:
    def run(number: int) -> None:
        for turn in range(5):
            filled(tmp_path, **{f"{number}-{turn}": str(number).encode()})

    filled(tmp_path, first=b"1")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(run, range(4)))
    assert all(found(tmp_path, f"{number}-{turn}") for number in range(4) for turn in range(5))


def test_a_file_has_settled_once_a_change_of_it_would_show(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        path = tmp_path / "file"
        path.write_bytes(b"1")
        changed = path.stat().st_ctime_ns
        assert not cache.settled(changed)
        while not cache.settled(changed):
            pass
        path.write_bytes(b"2")
        assert path.stat().st_ctime_ns != changed


def test_what_is_too_much_to_hold_is_written_on_the_way(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        for number in range(5):
            cache.put(str(number), bytes(3_000_000))
        assert len(cache.news()) < 5
        assert all(cache.get(str(number)) == bytes(3_000_000) for number in range(5))


def test_a_cache_that_is_only_looked_into_writes_nothing(tmp_path: Path) -> None:
    filled(tmp_path, a=b"1")
    looking = Cache(tmp_path)
    looking.put("b", bytes(9_000_000))
    assert list(looking.news()) == ["b"]
    looking.close()
    assert (found(tmp_path, "a"), found(tmp_path, "b")) == (b"1", None)
