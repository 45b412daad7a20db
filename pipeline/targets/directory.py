"""directory: releases in a folder, local or on the network: written whole, named by one rename, switched by another."""

import fcntl
import os
import re
import shutil
import stat
import time
from collections.abc import Callable, Container, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pipeline.errors import PipelineError
from pipeline.model.release import MANIFEST, MAX_POINTER, POINTER, RELEASES

LOCK = ".lock"
_TEMPORARY = ".tmp-"
_DIGEST = re.compile(r"[0-9a-f]{64}")

# Another publisher is done by then, or stuck.
PATIENCE = 60.0

# Younger leftovers may be the work of a publisher on a share that does not heed locks, or still be read.
GRACE = 3600.0

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Directory:
    """A folder with `current` and `releases/DIGEST/`."""

    root: Path

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Wait for other publishers. The lock ends with the process, however it ends."""
        descriptor = self._writing(self._open_lock)
        try:
            _lock(descriptor, self.root)
            yield
        finally:
            os.close(descriptor)

    def pointer(self) -> bytes | None:
        return _read(self.root, POINTER, MAX_POINTER)

    def release(self, digest: str) -> "Folder":
        return Folder(self.root / RELEASES / digest)

    def releases(self) -> tuple[str, ...]:
        folder = self.root / RELEASES
        found = folder.iterdir() if folder.is_dir() else ()
        return tuple(sorted(path.name for path in found if not path.name.startswith(".")))

    def add(self, digest: str, files: Mapping[str, bytes]) -> None:
        self._writing(lambda: self._add(digest, files))

    def switch(self, old: bytes | None, new: bytes) -> None:
        self._writing(lambda: self._switch(old, new))

    def clean(self, keep: Container[str]) -> None:
        self._writing(lambda: self._clean(keep))

    def _open_lock(self) -> int:
        (self.root / RELEASES).mkdir(parents=True, exist_ok=True)
        _sync(self.root)
        # On a network share a lock needs a file that is open for writing.
        return os.open(self.root / LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)

    def _add(self, digest: str, files: Mapping[str, bytes]) -> None:
        place = self.root / RELEASES / digest
        temporary = place.with_name(f"{_TEMPORARY}{digest[:16]}-{os.getpid()}")
        shutil.rmtree(temporary, ignore_errors=True)
        try:
            temporary.mkdir()
            folders = {temporary / Path(path).parent for path in files}
            folders = {folder for inner in folders for folder in (inner, *inner.parents) if temporary in folder.parents}
            for folder in sorted(folders):
                folder.mkdir()
            for path, data in files.items():
                _write(temporary / path, data)
            # The names of the files are on the disk before the name of the release is, and that before the pointer.
            for folder in sorted(folders, reverse=True):
                _sync(folder)
            _sync(temporary)
            self._remove(place)
            temporary.rename(place)
            _sync(place.parent)
        except BaseException:
            shutil.rmtree(temporary, ignore_errors=True)
            raise

    def _switch(self, old: bytes | None, new: bytes) -> None:
        temporary = self.root / f"{_TEMPORARY}{POINTER}-{os.getpid()}"
        try:
            with suppress(FileNotFoundError):
                temporary.unlink()
            _write(temporary, new)
            if self.pointer() != old:
                raise _overtaken(self.root)
            temporary.replace(self.root / POINTER)
        except BaseException:
            with suppress(OSError):
                temporary.unlink()
            raise
        _sync(self.root)
        if self.pointer() != new:
            raise _overtaken(self.root)

    def _clean(self, keep: Container[str]) -> None:
        # Ages are told by the clock of the disk that the folder is on.
        now = (self.root / POINTER).stat().st_mtime
        old = [self.root / RELEASES / name for name in self.releases() if _DIGEST.fullmatch(name) and name not in keep]
        old.extend(self.root.glob(f"{_TEMPORARY}*"))
        old.extend((self.root / RELEASES).glob(f"{_TEMPORARY}*"))
        for path in old:
            with suppress(FileNotFoundError):
                if now - path.lstat().st_mtime > GRACE:
                    self._remove(path)

    def _remove(self, path: Path) -> None:
        """Away with a file or a folder; a folder loses its name before it loses its files."""
        if path.is_symlink() or path.is_file():
            path.unlink()
        elif path.exists():
            doomed = path.with_name(f"{_TEMPORARY}old-{path.name[-16:]}-{os.getpid()}")
            shutil.rmtree(doomed, ignore_errors=True)
            path.rename(doomed)
            shutil.rmtree(doomed)

    def _writing(self, write: Callable[[], T]) -> T:
        try:
            return write()
        except OSError as error:
            hint = "what was published before is still there; make room or mend the permissions, then try again"
            where = error.filename if isinstance(error.filename, str) else str(self.root)
            raise PipelineError(f"cannot be published: {error.strerror}", where=where, hint=hint) from error


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder of one release."""

    root: Path

    def read(self, path: str, limit: int) -> bytes | None:
        return _read(self.root, path, limit)

    def names(self) -> tuple[str, ...]:
        """Every file below, every link, and every empty folder."""
        found: list[str] = []
        for folder, folders, files in os.walk(self.root):
            inner = [name for name in folders if not Path(folder, name).is_symlink()]
            odd = [name for name in folders if name not in inner or not any(Path(folder, name).iterdir())]
            found.extend(Path(folder, name).relative_to(self.root).as_posix() for name in (*files, *odd))
        return tuple(sorted(found))


def open_directory(root: Path) -> Directory | Folder:
    """A folder that holds releases, or is one. Raises PipelineError for anything else."""
    if (root / MANIFEST).is_file():
        return Folder(root)
    if (root / RELEASES).is_dir() or (root / POINTER).exists():
        return Directory(root)
    raise PipelineError("holds no release", where=str(root), hint="name a target of `pipeline publish`, or a release")


def _read(root: Path, name: str, limit: int) -> bytes | None:
    """The bytes of a regular file, cut after limit + 1; None where there is none. No part of the name may be a link."""
    *folders, last = name.split("/")
    descriptor = -1
    try:
        descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        for folder in folders:
            inner = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=descriptor)
            os.close(descriptor)
            descriptor = inner
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        inner = os.open(last, flags, dir_fd=descriptor)
        os.close(descriptor)
        descriptor = inner
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return None
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return file.read(limit + 1)
    except PermissionError as error:
        raise PipelineError(f"cannot be read: {error.strerror}", where=f"{root}/{name}") from error
    except OSError:
        # Not there, a link, a folder, a socket.
        return None
    finally:
        if descriptor >= 0:
            os.close(descriptor)


def _write(path: Path, data: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _lock(descriptor: int, root: Path) -> None:
    give_up = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > give_up:
                raise PipelineError(
                    f"another publisher has been at work for {PATIENCE:.0f} seconds",
                    where=str(root),
                    hint="wait for it or end it, then try again",
                ) from None
            time.sleep(0.05)
        except OSError as error:
            hint = "publish from a machine that can lock files there, or into an object store"
            raise PipelineError(f"cannot be locked: {error.strerror}", where=str(root), hint=hint) from error


def _overtaken(root: Path) -> PipelineError:
    return PipelineError(
        "another publisher has switched to its release in the meantime",
        where=str(root),
        hint="look at what is current now with `pipeline verify`, then publish again",
    )
