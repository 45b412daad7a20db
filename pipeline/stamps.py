"""stamps: whether files are still those that they were, by what the file system says of them, without reading them."""

import os
import stat
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from itertools import chain, compress
from operator import attrgetter, itemgetter
from pathlib import Path

_Facts = tuple[int, ...]
_facts: Callable[[os.stat_result], _Facts] = attrgetter("st_mode", "st_size", "st_ino", "st_mtime_ns", "st_ctime_ns")
_FACTS = "%d %d %d %d %d\n"
_mode: Callable[[_Facts], int] = itemgetter(0)
_changed: Callable[[_Facts], int] = itemgetter(4)

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

    def again(self, root: Path, things: Iterable[str]) -> "Stamps":
        """The same, but for these things that it has, or that are new, as they are now."""
        digests, newest = dict(self.digests), self.newest
        for each in things:
            path = os.path.join(root, each)
            if os.path.lexists(path):
                digests[each], changed = _stamp(path)
                newest = max(newest, changed)
            else:
                digests.pop(each, None)
        return Stamps(digests, newest)


def stamps(root: Path, names: Iterable[str]) -> Stamps:
    """The stamps of files and folders below the root. Links are looked at, never followed."""
    digests: dict[str, str] = {}
    newest = 0
    for name in names:
        for each in _things(root, name):
            digests[each], changed = _stamp(os.path.join(root, each))
            newest = max(newest, changed)
    return Stamps(digests, newest)


def _stamp(path: str) -> tuple[str, int]:
    told = sha256()
    newest = _tell(path, told.update)
    return told.hexdigest(), newest


def _things(root: Path, name: str) -> list[str]:
    try:
        return [f"{name}/{each}" for each in sorted(os.listdir(root / name)) if each != _CACHE]
    except NotADirectoryError:
        return [name]
    except OSError:
        return []


def _tell(path: str, tell: Callable[[bytes], None]) -> int:
    """Tell of the file, or of each below the folder; return when any was last changed."""
    try:
        status = os.lstat(path)
        if not stat.S_ISDIR(status.st_mode):
            return _tell_files([""], [_facts(status)], tell)
        # Names are looked up in the open folder, which is quicker than by their paths.
        folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError as error:
        return _tell_error(error, tell)
    try:
        # There may be very many files: nothing is done for each of them but in loops of the interpreter's own.
        names = sorted(os.listdir(folder))
        if _CACHE in names:
            names.remove(_CACHE)
        look = partial(os.stat, dir_fd=folder, follow_symlinks=False)
        facts = list(map(_facts, map(look, names)))
    except OSError as error:
        return _tell_error(error, tell)
    finally:
        os.close(folder)
    if not any(map(stat.S_ISDIR, set(map(_mode, facts)))):
        return _tell_files(names, facts, tell)
    is_folder = [stat.S_ISDIR(_mode(fact)) for fact in facts]
    newest = _tell_files(
        [name for name, folder in zip(names, is_folder, strict=True) if not folder],
        [fact for fact, folder in zip(facts, is_folder, strict=True) if not folder],
        tell,
    )
    # What else is said of a folder is said of what is in it.
    for name in compress(names, is_folder):
        tell(b"/" + os.fsencode(name) + b"\0")
        newest = max(newest, _tell(f"{path}/{name}", tell))
    return newest


def _tell_files(names: list[str], facts: list[_Facts], tell: Callable[[bytes], None]) -> int:
    tell(os.fsencode(f"{len(names)}\0" + "\0".join(names)))
    tell((_FACTS * len(facts) % tuple(chain.from_iterable(facts))).encode())
    return max(map(_changed, facts), default=0)


def _tell_error(error: OSError, tell: Callable[[bytes], None]) -> int:
    tell(f"!{error.errno}".encode())
    return 0
