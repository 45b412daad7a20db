"""staging: files written in full beside their places, then renamed into them, all or none."""

import os
import shutil
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, TypeVar

from pipeline.errors import PipelineError

_NEW, _OLD = ".tmp", ".old"

# So many files are flushed one by one; for more it is quicker to let the system flush whatever it holds.
_FLUSHED_ALONE = 16

Result = TypeVar("Result")


def is_temporary(path: Path) -> bool:
    """Whether a run that was killed may have left the file behind."""
    return path.name.startswith(".") and path.name.endswith((_NEW, _OLD))


class Staging:
    """The new files of one run below a folder. Several processes may stage for the same `run`; one of them switches.

    Those of other machines hold a `lease`: two of them may stage the same file at once, and go on when the run is over.
    Raises PipelineError for a full disk, a folder in the way, a link that leads outside; `discard` leaves nothing.
    """

    def __init__(self, root: Path, run: str, lease: Path | None = None) -> None:
        self._root = root
        self._run = run
        self._lease = lease
        self._checked: set[Path] = set()
        self._made: set[Path] = set()

    def stage(self, name: str, *data: bytes) -> None:
        """Write the file beside its place."""
        with _told(name):
            path = self.path(name)
            if path.parent not in self._made:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._made.add(path.parent)
            if self._lease is None:
                _fill(self._beside(path, _NEW), lambda file: file.writelines(data))
            else:
                self._stage_for(self._lease, path, b"".join(data))

    def lease(self, folder: str) -> Path:
        """A file that is there until the folder is swept; whoever holds it leaves nothing behind after that."""
        lease = self._beside(self._root.absolute() / folder / "lease", _NEW)
        with _told(f"{folder}/{lease.name}"):
            lease.parent.mkdir(parents=True, exist_ok=True)
            _fill(lease, lambda file: file.write(os.urandom(16)))
        return lease

    def flush(self) -> None:
        """Have what was staged outlive this machine."""
        os.sync()

    def switch(self, names: Iterable[str]) -> None:
        """Rename the staged files into their places; if one cannot be, all that was there before comes back."""
        names = tuple(names)
        places = [self._root / name for name in names]
        done: list[Path] = []
        kept: list[Path] = []
        where = str(self._root)
        try:
            self._flush(places)
            for where, path in zip(names, places, strict=True):  # noqa: B007
                old = self._beside(path, _OLD)
                if _keep(path, old):
                    kept.append(old)
                os.replace(self._beside(path, _NEW), path)
                done.append(path)
            for folder in dict.fromkeys(path.parent for path in places):
                _sync(folder)
        except BaseException as error:
            for path in reversed(done):
                self._put_back(path)
            self.discard(names)
            if not isinstance(error, OSError):
                raise
            raise _cannot(error, where) from error
        for old in kept:
            old.unlink(missing_ok=True)

    def discard(self, names: Iterable[str]) -> None:
        """Remove the staged files."""
        for name in names:
            for kind in (_NEW, _OLD):
                with suppress(OSError):
                    self._beside(self._root / name, kind).unlink()

    def sweep(self, folder: str, clean: Container[str] = ()) -> None:
        """Remove what any run has staged below a folder and nobody will switch to; no other run may be at work.

        There is nothing in those of its folders that are `clean`.
        """
        # The folder itself comes first, so that leases have ended before what was staged for them goes.
        for within, folders, names in os.walk(self._root / folder):
            folders[:] = [name for name in folders if name not in clean]
            for path in (Path(within, name) for name in names if name.startswith(".")):
                if is_temporary(path):
                    with suppress(OSError):
                        path.unlink()

    def path(self, name: str) -> Path:
        """The path of the name; no folder on the way may be a link."""
        path = self._root / name
        if path.parent not in self._checked:
            if path.parent.resolve() != (self._root.resolve() / name).parent:
                raise PipelineError("lies behind a link", where=name, hint="put a folder, not a link, there")
            self._checked.add(path.parent)
        return path

    def _stage_for(self, lease: Path, path: Path, data: bytes) -> None:
        staged = self._beside(path, _NEW)
        if lease.exists():
            # Each that stages fills a file of its own, so that none sees one half written.
            own = self._beside(path, f".{os.urandom(8).hex()}{_NEW}")
            _fill(own, lambda file: file.write(data))
            os.replace(own, staged)
            if lease.exists():
                return
        with suppress(OSError):
            staged.unlink()
        raise PipelineError("the run that this is for is over")

    def _beside(self, path: Path, kind: str) -> Path:
        return path.with_name(f".{path.name}.{self._run}{kind}")

    def _flush(self, places: list[Path]) -> None:
        if len(places) > _FLUSHED_ALONE:
            self.flush()
            return
        for path in places:
            _sync(self._beside(path, _NEW))

    def _put_back(self, path: Path) -> None:
        kept = self._beside(path, _OLD)
        with suppress(OSError):
            if kept.exists():
                os.replace(kept, path)
            else:
                path.unlink()


def write_file(path: Path, write: Callable[[BinaryIO], Result]) -> Result:
    """Write one file, wherever it lies, in full beside its place and rename it into it; return what `write` does.

    Raises PipelineError where it cannot be written; then what was there is still there.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}{_NEW}")
    with _told(str(path)):
        result = _fill(temporary, write)
        try:
            _sync(temporary)
            os.replace(temporary, path)
        except BaseException:
            with suppress(OSError):
                temporary.unlink()
            raise
        _sync(path.parent)
    return result


def _fill(temporary: Path, write: Callable[[BinaryIO], Result]) -> Result:
    try:
        with os.fdopen(_new(temporary), "wb") as file:
            return write(file)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _new(temporary: Path) -> int:
    how = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    try:
        return os.open(temporary, how, 0o666)
    except FileExistsError:
        # A file that an interrupted run of the same name left behind is in nobody's use.
        temporary.unlink()
        return os.open(temporary, how, 0o666)


def _keep(path: Path, kept: Path) -> bool:
    """Give the file that is there another name; whether there is one."""
    try:
        os.link(path, kept, follow_symlinks=False)
    except FileNotFoundError:
        return False
    except OSError:
        # No hard links here, or no file at all; the rename will tell.
        if not path.is_file():
            return False
        shutil.copy2(path, kept)
    return True


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Says of what the system refuses which file it was."""
    try:
        yield
    except OSError as error:
        raise _cannot(error, name) from error


def _cannot(error: OSError, where: str) -> PipelineError:
    hint = "nothing was changed; make room or mend the permissions, then try again"
    return PipelineError(f"cannot be written: {error.strerror}", where=where, hint=hint)
