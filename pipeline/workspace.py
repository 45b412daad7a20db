"""workspace: the disk; where things lie in a content repository, and how they are read and written."""

import fcntl
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeVar

from pipeline.errors import PipelineError
from pipeline.model.locale import Locale
from pipeline.model.settings import Settings
from pipeline.sources.settings import read_settings

MESSAGES = "messages"
LOCALES = "locales"
EXPORTS = "exports"
PSEUDO_EXPORTS = "exports-pseudo"
REFERENCES = f"{MESSAGES}/references.toml"
GLOSSARY = f"{MESSAGES}/glossary.toml"
ACCEPTED_CHANGES = f"{MESSAGES}/accepted-changes.toml"
WAIVERS = "waivers.toml"
UI_DOMAIN = "ui"

MAX_BYTES = 64_000_000

_TEMPORARY = ".tmp"

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Workspace:
    """A content repository; every name is a path relative to `root` with forward slashes."""

    root: Path
    settings: Settings
    settings_file: str
    exports: str = EXPORTS

    # Where things lie

    def documents(self) -> tuple[str, ...]:
        """The names of all documents, sorted."""
        return self._list(MESSAGES, ".md")

    @staticmethod
    def pot(domain: str) -> str:
        return f"{LOCALES}/{domain}.pot"

    @staticmethod
    def catalog(locale: Locale, domain: str) -> str:
        return f"{LOCALES}/{locale.gettext}/LC_MESSAGES/{domain}.po"

    @staticmethod
    def disclaimers(locale: Locale) -> str:
        return f"{LOCALES}/{locale.gettext}/disclaimers.toml"

    @staticmethod
    def approvals(locale: Locale) -> str:
        return f"{LOCALES}/{locale.gettext}/approvals.jsonl"

    @staticmethod
    def approvals_seal(locale: Locale) -> str:
        return f"{LOCALES}/{locale.gettext}/approvals.seal"

    def bundle(self, locale: Locale, document: str, suffix: str) -> str:
        return self.export(f"{locale.bcp47}/{document}.{suffix}")

    def export(self, path: str) -> str:
        """The name of a file of the export, given its path there."""
        return f"{self.exports}/{path}"

    # Reading and writing

    def read(self, name: str) -> bytes | None:
        """The bytes of a regular file, None if there is none.

        Raises PipelineError for a link, a device, a folder, an absurd size or a file that cannot be read.
        """
        return read_file(self.root / name, name)

    def require(self, name: str, hint: str) -> bytes:
        """The bytes of a file that must be there."""
        data = self.read(name)
        if data is None:
            raise PipelineError("does not exist", where=name, hint=hint)
        return data

    def write(self, files: Mapping[str, bytes]) -> tuple[str, ...]:
        """Write those files whose bytes differ and return their names.

        All are written in full beside their places before the first is renamed into it, and a failure puts back
        what was there. Raises PipelineError for a full disk, a folder in the way, a link that leads outside.
        """
        before = {name: self.read(name) for name in files}
        changed = {name: data for name, data in files.items() if before[name] != data}
        staged: list[tuple[str, Path]] = []
        replaced: list[str] = []
        where = str(self.root)
        try:
            for where, data in changed.items():
                staged.append((where, _stage(self._inside(where), data)))
            for where, temporary in staged:
                os.replace(temporary, self.root / where)
                replaced.append(where)
            for folder in dict.fromkeys((self.root / name).parent for name in changed):
                _sync_folder(folder)
        except BaseException as error:
            for _, temporary in staged:
                with suppress(OSError):
                    temporary.unlink()
            for name in reversed(replaced):
                self._put_back(name, before[name])
            if not isinstance(error, OSError):
                raise
            hint = "nothing was changed; make room or mend the permissions, then try again"
            raise PipelineError(f"cannot be written: {error.strerror}", where=where, hint=hint) from error
        return tuple(changed)

    def remove(self, names: Iterable[str]) -> None:
        """Delete files, and the folders that they leave empty. Raises PipelineError for what is no file."""
        for name in names:
            path = self._inside(name)
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise PipelineError(f"cannot be removed: {error.strerror}", where=name) from error
            with suppress(OSError):
                path.parent.rmdir()

    @contextmanager
    def alone_with(self, name: str) -> Iterator[None]:
        """Keep other runs from adding to the file while this one reads it and writes it back."""
        path = self._inside(name)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            folder = os.open(path.parent, os.O_RDONLY)
        except OSError as error:
            raise PipelineError(f"cannot be written: {error.strerror}", where=name) from error
        try:
            # A lock of the folder, since a file that is replaced takes its lock away with it; it ends with us.
            fcntl.flock(folder, fcntl.LOCK_EX)
            yield
        finally:
            os.close(folder)

    def _inside(self, name: str) -> Path:
        """The path of the name; no folder on the way may be a link."""
        path = self.root / name
        if path.parent.resolve() != (self.root.resolve() / name).parent:
            raise PipelineError("lies behind a link", where=name, hint="put a folder, not a link, there")
        return path

    def _put_back(self, name: str, data: bytes | None) -> None:
        with suppress(OSError):
            if data is None:
                (self.root / name).unlink()
            else:
                os.replace(_stage(self.root / name, data), self.root / name)

    def exported(self) -> tuple[str, ...]:
        """The names of all files of the export, sorted."""
        files = (path for path in (self.root / self.exports).rglob("*") if path.is_file())
        # What a run that was killed left half written is no part of the export.
        whole = (path for path in files if not (path.name.startswith(".") and path.name.endswith(_TEMPORARY)))
        return tuple(sorted(path.relative_to(self.root).as_posix() for path in whole))

    def catalogs(self, locale: Locale) -> tuple[str, ...]:
        """The names of all catalogs of a locale, sorted, whether or not a document belongs to them."""
        folder = f"{LOCALES}/{locale.gettext}/LC_MESSAGES"
        return self._list(folder, ".po") if (self.root / folder).is_dir() else ()

    def _list(self, folder: str, suffix: str) -> tuple[str, ...]:
        try:
            found = os.listdir(self.root / folder)
        except (FileNotFoundError, NotADirectoryError):
            raise PipelineError(
                f"there is no folder {folder}/",
                where=str(self.root),
                hint="`pipeline new DIR` makes a content repository",
            ) from None
        # A name that is no UTF-8 can only be told of, so it is made readable here.
        names = sorted(os.fsencode(name).decode(errors="backslashreplace") for name in found)
        return tuple(f"{folder}/{name}" for name in names if name.endswith(suffix) and not name.startswith("."))


def read_file(path: Path, name: str) -> bytes | None:
    """The bytes of a regular file, None if there is none; `name` is what messages call it.

    Raises PipelineError for a link, a device, a folder, an absurd size or a file that cannot be read.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise PipelineError(f"cannot be read: {error.strerror}", where=name) from error
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        raise PipelineError("is not a regular file", where=name)
    with os.fdopen(descriptor, "rb") as file:
        if status.st_size > MAX_BYTES:
            raise PipelineError(f"is larger than {MAX_BYTES:,} bytes", where=name)
        return file.read()


def open_workspace(root: Path) -> Workspace:
    """Find the settings of the content repository in the folder.

    Raises PipelineError if the folder or its settings are missing or wrong.
    """
    if not root.is_dir():
        raise PipelineError("there is no such folder", where=str(root), hint="--project names a content repository")
    for name in ("pipeline.toml", "pyproject.toml"):
        path = root / name
        if path.is_file() and (name == "pipeline.toml" or b"[tool.pipeline" in path.read_bytes()):
            return Workspace(root=root, settings=read_settings(path.read_bytes(), name), settings_file=name)
    raise PipelineError(
        "no pipeline.toml and no [tool.pipeline] in a pyproject.toml",
        where=str(root),
        hint="--project DIR names a content repository, `pipeline new DIR` makes one",
    )


def write_file(path: Path, write: Callable[[BinaryIO], Result]) -> Result:
    """Write one file, wherever it lies, in full beside its place and rename it into it; return what `write` does.

    Raises PipelineError where it cannot be written; then what was there is still there.
    """
    try:
        temporary, result = _fill(path, write)
        try:
            os.replace(temporary, path)
        except BaseException:
            with suppress(OSError):
                temporary.unlink()
            raise
        _sync_folder(path.parent)
    except OSError as error:
        raise PipelineError(f"cannot be written: {error.strerror}", where=str(path)) from error
    return result


def _stage(path: Path, data: bytes) -> Path:
    """Write the bytes to a temporary file beside the path, in a folder that is made if need be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return _fill(path, lambda file: file.write(data))[0]


def _fill(path: Path, write: Callable[[BinaryIO], Result]) -> tuple[Path, Result]:
    """A temporary file beside the path after `write` has written it and all of it is on the disk."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}{_TEMPORARY}")
    try:
        # A file that an interrupted run of the same process number left behind is in nobody's use.
        temporary.unlink(missing_ok=True)
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as file:
            result = write(file)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    return temporary, result


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
