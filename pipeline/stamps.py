"""stamps: whether files are still those that they were, by what the file system says of them, without reading them."""

import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from operator import attrgetter
from pathlib import Path

# Python writes there as it likes.
_CACHE = "__pycache__"


@dataclass(frozen=True, slots=True)
class Stamps:
    """A digest for each thing that was asked for; of a folder, for each thing in it.

    It is of the names below, their sizes, inodes, and times of modification and of change. `newest` is when any of
    them was last changed, in nanoseconds of the file system's clock.
    """

    digests: Mapping[str, str]
    newest: int

    def of(self, *names: str) -> str:
        """One digest for several; what is missing counts as such."""
        return sha256("\n".join(self.digests.get(name, "-") for name in names).encode()).hexdigest()

    def together(self) -> str:
        """One digest for all."""
        lines = (f"{name}\0{digest}" for name, digest in sorted(self.digests.items()))
        return sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def stamps(root: Path, names: Iterable[str]) -> Stamps:
    """The stamps of files and folders below the root. Links are looked at, never followed."""
    digests: dict[str, str] = {}
    newest = 0
    for name in names:
        for each in _things(root, name):
            lines: list[str] = []
            newest = max(newest, _add(os.path.join(root, each), lines))
            digests[each] = sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()
    return Stamps(digests, newest)


def _things(root: Path, name: str) -> list[str]:
    try:
        return [f"{name}/{each}" for each in sorted(os.listdir(root / name)) if each != _CACHE]
    except NotADirectoryError:
        return [name]
    except OSError:
        return []


def _add(path: str, lines: list[str]) -> int:
    """Add a line for the file, or for each below the folder; return when any was last changed."""
    try:
        status = os.lstat(path)
        if not stat.S_ISDIR(status.st_mode):
            lines.append(_line("", status))
            return status.st_ctime_ns
        # Names are looked up in the open folder, which is quicker than by their paths.
        folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError as error:
        lines.append(str(error.errno))
        return 0
    newest = 0
    try:
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=_name):
                if entry.name == _CACHE:
                    continue
                status = entry.stat(follow_symlinks=False)
                lines.append(_line(entry.name, status))
                changed = status.st_ctime_ns
                if stat.S_ISDIR(status.st_mode):
                    changed = _add(f"{path}/{entry.name}", lines)
                if changed > newest:
                    newest = changed
    except OSError as error:
        lines.append(str(error.errno))
    finally:
        os.close(folder)
    return newest


def _line(name: str, status: os.stat_result) -> str:
    if stat.S_ISDIR(status.st_mode):
        return f"{name}/"
    return f"{name} {status.st_mode} {status.st_size} {status.st_ino} {status.st_mtime_ns} {status.st_ctime_ns}"


_name = attrgetter("name")
