"""workspace: what is read is a plain file of sane size; what is written is whole, or everything is as it was."""

import contextlib
import os
import resource
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.errors import PipelineError
from pipeline.model.locale import Locale
from pipeline.sources.settings import read_settings
from pipeline.workspace import MAX_BYTES, Workspace, open_workspace

SETTINGS = b'[editions]\nen_US = []\nde_AT = ["de"]\n[disclaimers]\ndefault = ["medical-advice"]\n'


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(root=tmp_path, settings=read_settings(SETTINGS, "pipeline.toml"), settings_file="pipeline.toml")


def contents(root: Path) -> dict[str, bytes | str]:
    """Every file, folder and link under the root, hidden ones too."""
    found: dict[str, bytes | str] = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_symlink():
            found[name] = f"link to {path.readlink()}"
        elif path.is_file():
            found[name] = path.read_bytes()
        else:
            found[name] = "folder" if path.is_dir() else "other"
    return found


@contextlib.contextmanager
def no_room_after(size: int) -> Iterator[None]:
    """As on a full disk: the system refuses to let a file grow beyond the size."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


# ---- names


def test_every_file_has_its_place(workspace: Workspace) -> None:
    austrian = Locale("de", "", "AT")
    assert workspace.pot("flu") == "locales/flu.pot"
    assert workspace.catalog(austrian, "flu") == "locales/de_AT/LC_MESSAGES/flu.po"
    assert workspace.disclaimers(austrian) == "locales/de_AT/disclaimers.toml"
    assert workspace.bundle(austrian, "flu", "json") == "exports/de-AT/flu.json"


def test_documents_are_listed_sorted_without_hidden_and_other_files(workspace: Workspace) -> None:
    folder = workspace.root / "messages"
    folder.mkdir()
    for name in ("b.md", "a.md", "é.md", ".hidden.md", "references.toml", "notes.md.bak"):
        (folder / name).write_text("x")
    assert workspace.documents() == ("messages/a.md", "messages/b.md", "messages/é.md")


def test_a_project_without_messages_is_told_how_to_begin(workspace: Workspace) -> None:
    with pytest.raises(PipelineError, match="there is no folder messages/") as raised:
        workspace.documents()
    assert "pipeline new" in (raised.value.hint or "")


def test_a_file_in_the_place_of_messages_is_one_clear_error(workspace: Workspace) -> None:
    (workspace.root / "messages").write_text("x")
    with pytest.raises(PipelineError):
        workspace.documents()


def test_exported_files_are_listed_sorted(workspace: Workspace) -> None:
    workspace.write({"exports/b/x.json": b"1", "exports/a/y.json": b"2", "exports/index.json": b"3"})
    assert workspace.exported() == ("exports/a/y.json", "exports/b/x.json", "exports/index.json")


# ---- reading


def test_a_file_is_read_byte_for_byte(workspace: Workspace) -> None:
    data = bytes(range(256)) + b"\r\n"
    (workspace.root / "a").write_bytes(data)
    assert workspace.read("a") == data
    assert workspace.require("a", "x") == data


def test_a_file_that_is_not_there_is_none_unless_it_is_required(workspace: Workspace) -> None:
    assert workspace.read("a") is None
    assert workspace.read("folder/a") is None
    with pytest.raises(PipelineError, match="a: does not exist") as raised:
        workspace.require("a", "write it")
    assert raised.value.hint == "write it"


def _link(path: Path) -> None:
    path.with_name("target").write_text("elsewhere")
    path.symlink_to("target")


def _dangling_link(path: Path) -> None:
    path.symlink_to("nowhere")


def _loop(path: Path) -> None:
    path.symlink_to(path.name)


def _folder(path: Path) -> None:
    path.mkdir()


def _oversized(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize("make", [_link, _dangling_link, _loop, _folder, os.mkfifo, _oversized, _device])
def test_what_is_no_plain_file_of_sane_size_is_refused(workspace: Workspace, make: object) -> None:
    """A fifo would wait for ever, a link could lead out of the project."""
    assert callable(make)
    make(workspace.root / "a")
    with pytest.raises(PipelineError) as raised:
        workspace.read("a")
    assert raised.value.where == "a"


def test_a_file_of_the_largest_size_is_read(workspace: Workspace) -> None:
    with (workspace.root / "a").open("wb") as file:
        file.truncate(MAX_BYTES)
    data = workspace.read("a")
    assert data is not None
    assert len(data) == MAX_BYTES


def test_a_file_in_the_place_of_a_folder_is_one_clear_error(workspace: Workspace) -> None:
    (workspace.root / "a").write_text("x")
    with pytest.raises(PipelineError):
        workspace.read("a/b")


# ---- writing


def test_files_are_written_with_the_folders_that_they_need(workspace: Workspace) -> None:
    assert workspace.write({"a/b/c": b"1", "d": b"2"}) == ("a/b/c", "d")
    assert contents(workspace.root) == {"a": "folder", "a/b": "folder", "a/b/c": b"1", "d": b"2"}


def test_only_files_whose_bytes_differ_are_written(workspace: Workspace) -> None:
    workspace.write({"a": b"1", "b": b"2"})
    before = (workspace.root / "a").stat()
    assert workspace.write({"a": b"1", "b": b"3"}) == ("b",)
    after = (workspace.root / "a").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert contents(workspace.root) == {"a": b"1", "b": b"3"}


def test_a_file_is_replaced_and_never_written_into(workspace: Workspace) -> None:
    """Whoever reads the old file while the new one comes still reads all of the old one."""
    workspace.write({"a": b"old " * 10_000})
    with (workspace.root / "a").open("rb") as reader:
        begin = reader.read(4)
        workspace.write({"a": b"new"})
        assert begin + reader.read() == b"old " * 10_000
    assert contents(workspace.root) == {"a": b"new"}


def test_a_full_disk_leaves_everything_as_it_was(workspace: Workspace) -> None:
    workspace.write({"a": b"old", "sub/b": b"old"})
    before = contents(workspace.root)
    with no_room_after(1_000), pytest.raises(PipelineError, match="cannot be written") as raised:
        workspace.write({"a": b"new", "sub/b": b"n" * 5_000, "sub/c": b"new"})
    assert (raised.value.hint or "").startswith("nothing was changed")
    assert contents(workspace.root) == before
    assert workspace.write({"a": b"new"}) == ("a",)


def test_a_folder_in_the_way_of_a_file_leaves_everything_as_it_was(workspace: Workspace) -> None:
    workspace.write({"a": b"old"})
    (workspace.root / "b").mkdir()
    before = contents(workspace.root)
    with pytest.raises(PipelineError):
        workspace.write({"a": b"new", "b": b"new"})
    assert contents(workspace.root) == before


def test_a_file_in_the_way_of_a_folder_leaves_everything_as_it_was(workspace: Workspace) -> None:
    workspace.write({"a": b"old", "b": b"old"})
    before = contents(workspace.root)
    with pytest.raises(PipelineError):
        workspace.write({"a": b"new", "b/c": b"new"})
    assert contents(workspace.root) == before


def test_something_in_the_way_of_the_temporary_file_leaves_everything_as_it_was(workspace: Workspace) -> None:
    workspace.write({"a": b"old", "b": b"old"})
    for suffix in ("tmp", "part"):
        (workspace.root / f".b.{os.getpid()}.{suffix}").mkdir()
    before = contents(workspace.root)
    refused = False
    try:
        workspace.write({"a": b"new", "b": b"new"})
    except PipelineError:
        refused = True
    assert contents(workspace.root) == before | ({} if refused else {"a": b"new", "b": b"new"})


def test_a_temporary_file_never_follows_a_link(workspace: Workspace) -> None:
    outside = workspace.root / "precious"
    outside.write_bytes(b"precious")
    (workspace.root / f".a.{os.getpid()}.tmp").symlink_to("precious")
    with contextlib.suppress(PipelineError):
        workspace.write({"a": b"new"})
    assert outside.read_bytes() == b"precious"


def test_a_failure_between_two_replacements_leaves_everything_as_it_was(workspace: Workspace) -> None:
    """The folder that the second file needs stands in the way of the third: the first must not stay replaced."""
    workspace.write({"a": b"old"})
    before = contents(workspace.root)
    with pytest.raises(PipelineError) as raised:
        workspace.write({"a": b"new", "b/c": b"new", "b": b"new"})
    after = {name: data for name, data in contents(workspace.root).items() if data != "folder"}
    assert after == before, raised.value.hint


def test_a_link_in_the_place_of_a_folder_leads_no_file_out_of_the_project(workspace: Workspace, tmp_path: Path) -> None:
    outside = tmp_path.with_name(f"{tmp_path.name}-outside")
    outside.mkdir()
    (workspace.root / "locales").symlink_to(outside)
    with pytest.raises(PipelineError):
        workspace.write({"locales/flu.pot": b"new"})
    with pytest.raises(PipelineError):
        workspace.remove(["locales/flu.pot"])
    assert list(outside.iterdir()) == []


def test_a_link_in_the_place_of_a_file_is_neither_followed_nor_replaced(workspace: Workspace) -> None:
    (workspace.root / "precious").write_bytes(b"precious")
    (workspace.root / "a").symlink_to("precious")
    before = contents(workspace.root)
    with pytest.raises(PipelineError):
        workspace.write({"a": b"new"})
    assert contents(workspace.root) == before


def test_an_interruption_leaves_whole_files_and_no_temporary_ones(workspace: Workspace) -> None:
    """Ctrl-C while files are written: each is old or new."""
    workspace.write({"a": b"old", "b": b"old"})
    script = """
        import os, signal, sys
        from pathlib import Path
        from pipeline.sources.settings import read_settings
        from pipeline.workspace import Workspace

        def interrupt(descriptor):
            os.kill(os.getpid(), signal.SIGINT)

        os.fsync = interrupt
        settings = read_settings(sys.argv[2].encode(), "pipeline.toml")
        workspace = Workspace(root=Path(sys.argv[1]), settings=settings, settings_file="pipeline.toml")
        workspace.write({"a": b"new", "b": b"new"})
    """
    ended = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), str(workspace.root), SETTINGS.decode()],
        capture_output=True,
        check=False,
    )
    assert b"KeyboardInterrupt" in ended.stderr
    assert contents(workspace.root) == {"a": b"old", "b": b"old"}


# ---- removing


def test_a_removed_file_takes_its_empty_folder_along(workspace: Workspace) -> None:
    workspace.write({"exports/de/a.json": b"1", "exports/de/b.json": b"2", "exports/fr/a.json": b"3"})
    workspace.remove(["exports/de/a.json", "exports/fr/a.json", "exports/fr/gone.json"])
    assert contents(workspace.root) == {"exports": "folder", "exports/de": "folder", "exports/de/b.json": b"2"}


def test_a_folder_in_the_place_of_a_file_to_remove_is_one_clear_error(workspace: Workspace) -> None:
    workspace.write({"a/b": b"1"})
    with pytest.raises(PipelineError):
        workspace.remove(["a"])
    assert contents(workspace.root) == {"a": "folder", "a/b": b"1"}


# ---- finding the project


def test_a_project_is_found_by_its_pipeline_toml(tmp_path: Path) -> None:
    (tmp_path / "pipeline.toml").write_bytes(SETTINGS)
    (tmp_path / "pyproject.toml").write_text("[tool.pipeline]\nname = 'other'\n")
    workspace = open_workspace(tmp_path)
    assert (workspace.root, workspace.settings_file) == (tmp_path, "pipeline.toml")
    assert [edition.locale.gettext for edition in workspace.settings.editions] == ["en_US", "de_AT"]


def test_a_project_is_found_by_its_pyproject(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        "[tool.pipeline.editions]\nen_US = []\n[tool.pipeline.disclaimers]\ndefault = []\n"
    )
    assert open_workspace(tmp_path).settings_file == "pyproject.toml"


def test_a_folder_without_settings_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    with pytest.raises(PipelineError, match=r"no pipeline\.toml and no \[tool\.pipeline\]") as raised:
        open_workspace(tmp_path)
    assert "pipeline new" in (raised.value.hint or "")


@pytest.mark.parametrize("name", ["missing", "file"])
def test_a_path_that_is_no_folder_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(PipelineError, match="there is no such folder"):
        open_workspace(tmp_path / name)


@pytest.mark.parametrize("make", [_folder, os.mkfifo, _oversized, _dangling_link])
@pytest.mark.parametrize("name", ["pipeline.toml", "pyproject.toml"])
def test_settings_that_are_no_plain_file_are_one_clear_error(tmp_path: Path, name: str, make: object) -> None:
    assert callable(make)
    make(tmp_path / name)
    with pytest.raises(PipelineError):
        open_workspace(tmp_path)


@pytest.mark.parametrize("data", [b"\xff", b"a = ", b"[editions]\nen_US = 3\n", b""])
def test_settings_that_cannot_be_read_are_one_clear_error(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "pipeline.toml").write_bytes(data)
    with pytest.raises(PipelineError) as raised:
        open_workspace(tmp_path)
    assert "pipeline.toml" in str(raised.value)
