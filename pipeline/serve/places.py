"""places: where a server takes releases from: a target that was published to, or the exports of a project."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

import msgspec

from pipeline.errors import PipelineError
from pipeline.model.bundle import ExportedFile
from pipeline.model.release import (
    INDEX,
    MANIFEST,
    MAX_MANIFEST,
    MAX_POINTER,
    MAX_SIGNATURE,
    POINTER,
    SIGNATURE,
    ReleasedFile,
    Remembered,
)
from pipeline.model.release_source import ReleaseFiles
from pipeline.releases.records import digest as sha256
from pipeline.releases.signature import PublicKey
from pipeline.releases.verify import Problem, Trust, file_problem, proven_manifest, verify_target
from pipeline.serve.snapshot import File, Holding, Snapshot, of_export, of_release
from pipeline.targets import open_source
from pipeline.targets.directory import Directory
from pipeline.workspace import Workspace

# Earlier releases that are remembered as genuine; more than a publisher keeps as a rule.
_REMEMBERED = 64


class Place(Protocol):
    """Where releases come from."""

    def stamp(self) -> bytes | None:
        """Something small that changes whenever another release becomes current."""

    def load(self, before: Snapshot | None) -> Snapshot:
        """What is current now, in memory and proven. Raises PipelineError where it cannot be trusted."""

    def earlier(self, digest: str, current: Snapshot) -> Holding | None:
        """An earlier release that can still be read."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """The files of a release, each read from its place once, so that what was judged is what is served."""

    files: ReleaseFiles
    contents: dict[str, bytes] = field(default_factory=dict)

    def read(self, path: str, limit: int) -> bytes | None:
        data = self.files.read(path, limit)
        if data is not None:
            self.contents[path] = data
        return data

    def names(self) -> tuple[str, ...] | None:
        return self.files.names()


@dataclass(frozen=True, slots=True)
class _Keeping:
    """A target whose files are kept as they are read."""

    directory: Directory
    pointed: bytes | None
    read: dict[str, _Kept] = field(default_factory=dict)

    def pointer(self) -> bytes | None:
        return self.pointed

    def release(self, digest: str) -> _Kept:
        return self.read.setdefault(digest, _Kept(self.directory.release(digest)))


@dataclass(frozen=True, slots=True)
class _Earlier:
    """A release that was current before; each file is proven when it is read."""

    digest: str
    files: ReleaseFiles
    listed: dict[str, ReleasedFile]

    def has(self, path: str) -> bool:
        return path in self.listed

    def find(self, path: str) -> File | None:
        one = self.listed[path]
        data = self.files.read(path, one.size)
        return File(data, one.sha256) if data is not None and file_problem(one, data) is None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedPlace:
    """A folder that is published to. Without keys nobody looks at signatures."""

    directory: Directory
    keys: tuple[PublicKey, ...] | None
    clock: Callable[[], datetime]
    _genuine: dict[str, tuple[_Earlier, str, int]] = field(default_factory=dict)

    def stamp(self) -> bytes | None:
        # Asked with each request, so it is quick: what a stamp leads to is read with care. Opening a file makes a
        # network share look again, asking for its date would not.
        try:
            descriptor = os.open(f"{self.directory.root}/{POINTER}", os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError:
            # Why it cannot be read is said when the release is loaded; what is served stays.
            return None
        try:
            return os.read(descriptor, MAX_POINTER)
        except OSError:
            return None
        finally:
            os.close(descriptor)

    def load(self, before: Snapshot | None) -> Snapshot:
        seen = None
        if before is not None and before.version is not None:
            seen = Remembered(project=before.project, version=before.version, digest=before.digest)
        source = _Keeping(self.directory, self.directory.pointer())
        verdict = verify_target(source, Trust(keys=self.keys, now=self.clock(), remembered=seen))
        if verdict.problems or verdict.release is None:
            said = " ".join(str(problem) for problem in verdict.problems[:3])
            hint = "look at it with `pipeline verify`, then publish again"
            raise PipelineError(f"the current release is not served. {said}", where=str(self.directory.root), hint=hint)
        kept = source.release(verdict.digest)
        if SIGNATURE not in kept.contents:
            kept.read(SIGNATURE, MAX_SIGNATURE)
        return of_release(verdict.digest, verdict.release, kept.contents)

    def earlier(self, digest: str, current: Snapshot) -> Holding | None:
        if digest not in self._genuine:
            files = self.directory.release(digest)
            release = proven_manifest(files, self.keys, digest)
            if isinstance(release, Problem):
                return None
            own = [
                ReleasedFile(path=path, sha256=sha256(data), size=len(data))
                for path, limit in ((MANIFEST, MAX_MANIFEST), (SIGNATURE, MAX_SIGNATURE))
                if (data := files.read(path, limit)) is not None and len(data) <= limit
            ]
            listed = {one.path: one for one in (*release.files, *own)}
            while len(self._genuine) >= _REMEMBERED:
                del self._genuine[next(iter(self._genuine))]
            self._genuine[digest] = (_Earlier(digest, files, listed), release.project, release.version)
        found, project, version = self._genuine[digest]
        # A newer one that is not current was never switched to.
        if project != current.project or version >= (current.version or 0):
            return None
        # Gone from the disk since.
        return found if found.find(MANIFEST) is not None else None


class _Listed(msgspec.Struct, frozen=True, kw_only=True):
    files: list[ExportedFile]


class _Index(msgspec.Struct, frozen=True, kw_only=True):
    bundles: list[_Listed]
    assets: list[ExportedFile]


@dataclass(frozen=True, slots=True)
class ExportPlace:
    """The exports of a project, for development: current is whatever lies there."""

    workspace: Workspace

    def stamp(self) -> bytes | None:
        try:
            found = (self.workspace.root / self.workspace.export(INDEX)).stat()
        except OSError:
            return None
        return f"{found.st_mtime_ns} {found.st_size} {found.st_ino}".encode()

    def load(self, before: Snapshot | None) -> Snapshot:
        name = self.workspace.export(INDEX)
        contents = {INDEX: self.workspace.require(name, "run `pipeline run`")}
        try:
            index = msgspec.json.decode(contents[INDEX], type=_Index)
        except msgspec.DecodeError as error:
            raise PipelineError(f"is not an index: {error}", where=name, hint="run `pipeline export`") from error
        for one in (*(file for bundle in index.bundles for file in bundle.files), *index.assets):
            data = self.workspace.read(self.workspace.export(one.path))
            if data is None or sha256(data) != one.sha256:
                where = self.workspace.export(one.path)
                raise PipelineError("is not what the index says", where=where, hint="run `pipeline export`")
            contents[one.path] = data
        return of_export(self.workspace.settings.name, contents)

    def earlier(self, digest: str, current: Snapshot) -> Holding | None:
        return None


def open_place(address: str, keys: tuple[PublicKey, ...] | None, clock: Callable[[], datetime]) -> Place:
    """The folder of an address. Raises PipelineError for anything that is no target in a folder."""
    if "://" in address and not address.startswith("file://"):
        hint = "name a folder; what lies in an object store is served by the store itself, or copied into a folder"
        raise PipelineError("is not a folder", where=address, hint=hint)
    source = open_source(address)
    if not isinstance(source, Directory):
        raise PipelineError("is one release", where=address, hint=f"name the folder above {Path('releases')}")
    return PublishedPlace(directory=source, keys=keys, clock=clock)
