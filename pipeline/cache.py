"""cache: results of earlier runs, found by a digest of all that they were made from.

It lies in `.pipeline/cache/` of a content repository, belongs to that folder alone, and may be deleted at any time.
Several processes may use it. What cannot be read or written is simply not there: a cache is never a reason to stop.
"""

import os
import sqlite3
import sys
from contextlib import closing, suppress
from hashlib import sha256
from pathlib import Path
from types import TracebackType

from pipeline.stamps import stamps

FOLDER = ".pipeline/cache"
BYTES_LIMIT = 1_000_000_000

_FILE = "results.sqlite"
_MOST_HELD = 4_000_000  # bytes in memory before they are written
_TICK = 20_000_000  # kernels tell moments apart that are further apart than 1 to 10 ms, in nanoseconds
_SCHEMA = """
CREATE TABLE IF NOT EXISTS home (place TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS result (
    key TEXT PRIMARY KEY, used INTEGER NOT NULL, size INTEGER NOT NULL, value BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS usage ON result (used, size);
"""


def key(*parts: str) -> str:
    """The name of a result: the SHA-256 of all that it is made from."""
    return sha256("\0".join(f"{len(part)} {part}" for part in parts).encode("utf-8", "surrogateescape")).hexdigest()


def version() -> str:
    """Stands for the package as it is, for Python and for the versions of all that is installed beside it."""
    package = Path(__file__).parent
    folders = [folder for folder in sys.path if os.path.isdir(folder)]
    installed = sorted(name for folder in folders for name in os.listdir(folder) if name.endswith("-info"))
    return key(sys.version, stamps(package.parent, (package.name,)).together(), *installed)


class Cache:
    """An open cache. `get` and `put` never raise; what was put is there for others once it is closed.

    Only one that is entered writes; any other may be used to look into, and has `news`.
    """

    def __init__(self, root: Path, limit: int = BYTES_LIMIT) -> None:
        self._folder = root / FOLDER
        self._limit = limit
        self._new: dict[str, bytes] = {}
        self._used: set[str] = set()
        self._held = 0
        self._writes = False
        self._database = self._open()

    def get(self, name: str) -> bytes | None:
        """The result of that name, None where there is none or it is not as it was written."""
        if name in self._new:
            return self._new[name]
        if self._database is None:
            return None
        try:
            row = self._database.execute("SELECT value FROM result WHERE key = ?", (name,)).fetchone()
        except sqlite3.Error:
            return None
        if row is None or not isinstance(row[0], bytes):
            return None
        check, value = row[0][:8], row[0][8:]
        if check != _check(name, value):
            return None
        self._used.add(name)
        return value

    def has(self, name: str) -> bool:
        """Whether there is a result of that name, right or not."""
        if name in self._new:
            return True
        if self._database is None:
            return False
        try:
            return self._database.execute("SELECT 1 FROM result WHERE key = ?", (name,)).fetchone() is not None
        except sqlite3.Error:
            return False

    def put(self, name: str, value: bytes) -> None:
        self._new[name] = value
        self._held += len(value)
        if self._writes and self._held > _MOST_HELD:
            with suppress(sqlite3.Error):
                self._write()

    def news(self) -> dict[str, bytes]:
        """What was put since it was opened."""
        return dict(self._new)

    def moment(self) -> int:
        """Now, in nanoseconds of the clock of the file system that the repository lies on; 0 if that cannot be told."""
        try:
            clock = self._folder / "clock"
            clock.write_bytes(b"")
            return clock.stat().st_ctime_ns
        except OSError:
            return 0

    def settled(self, newest: int) -> bool:
        """Whether a file that was changed at `newest` would show a different time if it were changed again now."""
        return newest + _TICK < self.moment()

    def close(self) -> None:
        """Write what is new, and remove what has not been used for longest where there is too much."""
        if self._database is None:
            return
        with closing(self._database), suppress(sqlite3.Error):
            if self._new and self._writes:
                self._write()
                _shrink(self._database, self._limit)
        self._database = None

    def _write(self) -> None:
        if self._database is None:
            return
        # Another run that writes is waited for from the beginning; half-way there would be nothing to wait for.
        self._database.execute("BEGIN IMMEDIATE")
        (run,) = self._database.execute("SELECT COALESCE(MAX(used), 0) + 1 FROM result").fetchone()
        rows = ((name, run, len(value), _check(name, value) + value) for name, value in self._new.items())
        self._database.executemany("INSERT OR REPLACE INTO result VALUES (?, ?, ?, ?)", rows)
        self._database.executemany("UPDATE result SET used = ? WHERE key = ?", ((run, name) for name in self._used))
        self._database.execute("COMMIT")
        self._new.clear()
        self._held = 0

    def __enter__(self) -> "Cache":
        self._writes = True
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _open(self) -> sqlite3.Connection | None:
        path = self._folder / _FILE
        try:
            if any(place.is_symlink() for place in (self._folder.parent, self._folder, path)):
                return None
            self._folder.mkdir(parents=True, exist_ok=True)
            ignore = self._folder / ".gitignore"
            if not ignore.exists():
                ignore.write_text("*\n")
            return _connected(path)
        except (OSError, sqlite3.OperationalError):
            return None
        except sqlite3.DatabaseError:
            return self._anew(path)

    def _anew(self, path: Path) -> sqlite3.Connection | None:
        """Another cache in the place of one that is broken, or that came here from elsewhere."""
        try:
            for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
                path.with_name(name).unlink(missing_ok=True)
            return _connected(path)
        except (OSError, sqlite3.Error):
            return None


def _connected(path: Path) -> sqlite3.Connection:
    """Raises sqlite3.DatabaseError for a file that is no cache of this folder."""
    database = sqlite3.connect(path, timeout=5, isolation_level=None)
    try:
        # A cache that somebody else made, and gave away with the repository, could say that a text was found good.
        status = os.stat(path)
        home = f"{path.resolve()} {status.st_dev} {status.st_ino}"
        if status.st_size == 0:
            database.execute("PRAGMA journal_mode = WAL")
            database.executescript(_SCHEMA)
            database.execute("INSERT OR IGNORE INTO home VALUES (?)", (home,))
        if database.execute("SELECT place FROM home").fetchall() != [(home,)]:
            raise sqlite3.DatabaseError("made elsewhere")
        # What a crash of the machine leaves broken is seen, and made again.
        database.execute("PRAGMA synchronous = OFF")
    except BaseException:
        database.close()
        raise
    return database


def _check(name: str, value: bytes) -> bytes:
    return sha256(name.encode() + value).digest()[:8]


def _shrink(database: sqlite3.Connection, limit: int) -> None:
    (size,) = database.execute("SELECT COALESCE(SUM(size), 0) FROM result").fetchone()
    while size > limit:
        (oldest,) = database.execute("SELECT MIN(used) FROM result").fetchone()
        database.execute("DELETE FROM result WHERE used = ?", (oldest,))
        (size,) = database.execute("SELECT COALESCE(SUM(size), 0) FROM result").fetchone()
