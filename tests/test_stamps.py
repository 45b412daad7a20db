"""stamps: every change of a file shows, and reading it does not."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.stamps import stamps


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("a/x/1.po", "a/x/y/2.po", "a/3.po", "b.toml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"text")
    return tmp_path


def digests(root: Path) -> dict[str, str]:
    return dict(stamps(root, ("a", "b.toml", "absent")).digests)


def test_a_folder_has_a_stamp_for_each_thing_in_it(tree: Path) -> None:
    assert sorted(digests(tree)) == ["a/3.po", "a/x", "b.toml"]


def keep_the_times(path: Path, change: Callable[[Path], object]) -> None:
    before = path.stat()
    change(path)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


CHANGES: dict[str, Callable[[Path], object]] = {
    "another size": lambda root: (root / "a/x/y/2.po").write_bytes(b"texts"),
    "the same size and an old time": lambda root: keep_the_times(
        root / "a/x/y/2.po", lambda path: path.write_bytes(b"tuxt")
    ),
    "another file of that name": lambda root: (root / "a/x/1.po").replace(root / "a/x/y/2.po"),
    "one more": lambda root: (root / "a/x/4.po").write_bytes(b""),
    "one less": lambda root: (root / "a/x/1.po").unlink(),
    "another name": lambda root: (root / "a/x/1.po").rename(root / "a/x/0.po"),
    "a link": lambda root: (root / "a/x/link.po").symlink_to("1.po"),
    "an empty folder": lambda root: (root / "a/x/z").mkdir(),
    "rights": lambda root: (root / "a/x/1.po").chmod(0o600),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_every_change_shows_where_it_was_made_and_nowhere_else(tree: Path, change: Callable[[Path], object]) -> None:
    before = digests(tree)
    change(tree)
    after = digests(tree)
    assert {name for name in before if before[name] != after.get(name)} == {"a/x"}


def test_reading_changes_nothing(tree: Path) -> None:
    before = stamps(tree, ("a", "b.toml"))
    for path in tree.rglob("*.po"):
        path.read_bytes()
    assert stamps(tree, ("a", "b.toml")) == before


def test_a_newer_file_shows_in_the_newest(tree: Path) -> None:
    (tree / "a/x/1.po").write_bytes(b"new")
    assert stamps(tree, ("a",)).newest == (tree / "a/x/1.po").stat().st_ctime_ns


def test_a_thing_that_is_missing_is_part_of_a_stamp(tree: Path) -> None:
    at = stamps(tree, ("a", "b.toml"))
    assert at.of("a/x") != at.of("a/x", "a/q") != at.of("a/q")


def test_what_python_leaves_beside_its_sources_is_no_part_of_a_stamp(tree: Path) -> None:
    before = digests(tree)
    for folder in ("a/__pycache__", "a/x/__pycache__"):
        (tree / folder).mkdir()
        (tree / folder / "x.pyc").write_bytes(b"")
    assert digests(tree) == before
