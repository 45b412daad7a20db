"""workspace: the disk; where things lie in a content repository, and how they are read and written."""

import fcntl
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import PipelineError
from pipeline.model.locale import Locale
from pipeline.model.settings import Settings
from pipeline.sources.settings import read_settings
from pipeline.staging import Staging, is_temporary

MESSAGES = "messages"
LOCALES = "locales"
EXPORTS = "exports"
PSEUDO_EXPORTS = "exports-pseudo"
REFERENCES = f"{MESSAGES}/references.toml"
GLOSSARY = f"{MESSAGES}/glossary.toml"
ACCEPTED_CHANGES = f"{MESSAGES}/accepted-changes.toml"
WAIVERS = "waivers.toml"
UI_DOMAIN = "ui"
SETTINGS = ("pipeline.toml", "pyproject.toml")

MAX_BYTES = 64_000_000


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

    def read(self, name: str, limit: int = MAX_BYTES) -> bytes | None:
        """The bytes of a regular file, None if there is none.

        Raises PipelineError for a link, a device, a folder, an absurd size or a file that cannot be read.
        """
        return read_file(self.root / name, name, limit)

    def holds(self, name: str, parts: Iterable[bytes]) -> bool:
        """Whether a regular file has these bytes, however many; they are compared as they are read."""
        opened = _opened(self.root / name, name)
        if opened is None:
            return False
        with opened as file:
            return all(file.read(len(part)) == part for part in parts) and not file.read(1)

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
        changed = {name: data for name, data in files.items() if self.read(name) != data}
        staging = self.staging(str(os.getpid()))
        try:
            for name, data in changed.items():
                staging.stage(name, data)
        except BaseException:
            staging.discard(changed)
            raise
        staging.switch(changed)
        return tuple(changed)

    def staging(self, run: str, lease: Path | None = None) -> Staging:
        """For files that are too many to hold in memory, or that several processes write."""
        return Staging(self.root, run, lease)

    def remove(self, names: Iterable[str]) -> None:
        """Delete files, and the folders that they leave empty. Raises PipelineError for what is no file."""
        for name in names:
            path = self.staging("").path(name)
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise PipelineError(f"cannot be removed: {error.strerror}", where=name) from error
            with suppress(OSError):
                path.parent.rmdir()

    @contextmanager
    def alone_with(self, name: str) -> Iterator[None]:
        """Keep other runs from adding to the file while this one reads it and writes it back."""
        path = self.staging("").path(name)
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

    def exported(self) -> tuple[str, ...]:
        """The names of all files of the export, sorted."""
        files = (path for path in (self.root / self.exports).rglob("*") if path.is_file())
        # What a run that was killed left half written is no part of the export.
        whole = (path for path in files if not is_temporary(path))
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


def read_file(path: Path, name: str, limit: int = MAX_BYTES) -> bytes | None:
    """The bytes of a regular file, None if there is none; `name` is what messages call it.

    Raises PipelineError for a link, a device, a folder, an absurd size or a file that cannot be read.
    """
    opened = _opened(path, name)
    if opened is None:
        return None
    with opened as file:
        if os.fstat(file.fileno()).st_size > limit:
            raise PipelineError(f"is larger than {limit:,} bytes", where=name)
        return file.read()


def _opened(path: Path, name: str) -> BinaryIO | None:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise PipelineError(f"cannot be read: {error.strerror}", where=name) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise PipelineError("is not a regular file", where=name)
    return os.fdopen(descriptor, "rb")


def open_workspace(root: Path) -> Workspace:
    """Find the settings of the content repository in the folder.

    Raises PipelineError if the folder or its settings are missing or wrong.
    """
    if not root.is_dir():
        raise PipelineError("there is no such folder", where=str(root), hint="--project names a content repository")
    for name in SETTINGS:
        path = root / name
        if path.is_file() and (name == SETTINGS[0] or b"[tool.pipeline" in path.read_bytes()):
            return Workspace(root=root, settings=read_settings(path.read_bytes(), name), settings_file=name)
    raise PipelineError(
        "no pipeline.toml and no [tool.pipeline] in a pyproject.toml",
        where=str(root),
        hint="--project DIR names a content repository, `pipeline new DIR` makes one",
    )
