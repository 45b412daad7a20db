"""verify: whether a release is whole, signed, the newest, and nothing but itself; everything it reads is distrusted."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from pipeline.model.bundle import ExportedFile
from pipeline.model.release import (
    INDEX,
    MANIFEST,
    MAX_FILE,
    MAX_MANIFEST,
    MAX_POINTER,
    MAX_SIGNATURE,
    MAX_TOTAL,
    POINTER,
    SIGNATURE,
    Pointer,
    Release,
    ReleasedFile,
    Remembered,
    Tombstone,
)
from pipeline.model.release_source import ReleaseFiles, Source
from pipeline.releases.compression import original, unpacks_to
from pipeline.releases.records import decode, digest, why_not
from pipeline.releases.signature import PublicKey, signature_problem

# How far the publisher's clock may be ahead of ours.
_SKEW = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """By what a release is judged: keys, the clock, and the newest release seen so far.

    Without keys signatures are not looked at; only who says so explicitly may ask for that.
    """

    keys: tuple[PublicKey, ...] | None
    now: datetime
    remembered: Remembered | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a release is refused, as one sentence."""

    file: str
    message: str

    def __str__(self) -> str:
        return f"{self.file} {self.message}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was found; `release` only where what it says is proven, `complete` where extra files can be excluded."""

    digest: str = ""
    release: Release | None = None
    complete: bool = True
    problems: tuple[Problem, ...] = ()


class _Refusal(Exception):
    """Nothing further can be trusted."""

    def __init__(self, file: str, message: str) -> None:
        super().__init__(message)
        self.problem = Problem(file=file, message=message)


def verify_target(source: Source, trust: Trust) -> Verdict:
    """Judge the release that the pointer names."""
    try:
        pointer = read_pointer(source)
    except _Refusal as refusal:
        return Verdict(problems=(refusal.problem,))
    return verify_release(source.release(pointer.digest), trust, expected=pointer.digest, pointer=pointer)


def verify_release(
    files: ReleaseFiles, trust: Trust, *, expected: str | None = None, pointer: Pointer | None = None
) -> Verdict:
    """Judge one release; `expected` is its digest where that is known, `pointer` what names it."""
    found = ""
    try:
        manifest = _bounded(files, MANIFEST, MAX_MANIFEST)
        found = digest(manifest)
        release = _manifest(files, manifest, trust.keys, expected)
    except _Refusal as refusal:
        return Verdict(digest=found, problems=(refusal.problem,))
    names = files.names()
    problems = [*_said_by_pointer(pointer, release), *_times(release, trust), *_versions(release, found, trust)]
    contents, wrong = _files(files, release, names)
    problems.extend(wrong)
    if not wrong:
        problems.extend(_meaning(release, contents))
    return Verdict(digest=found, release=release, complete=names is not None, problems=tuple(problems))


def read_pointer(source: Source) -> Pointer:
    data = source.pointer()
    if data is None:
        raise _Refusal(POINTER, "is missing")
    if len(data) > MAX_POINTER:
        raise _Refusal(POINTER, f"is larger than {MAX_POINTER:,} bytes")
    pointer = decode(data, Pointer)
    if pointer is None:
        raise _Refusal(POINTER, f"is not a pointer to a release: {why_not(data, Pointer)}")
    return pointer


def proven_manifest(files: ReleaseFiles, keys: tuple[PublicKey, ...] | None, expected: str) -> Release | Problem:
    """What a release says of itself once digest and signature are checked, or why it cannot be believed."""
    try:
        manifest = _bounded(files, MANIFEST, MAX_MANIFEST)
        return _manifest(files, manifest, keys, expected)
    except _Refusal as refusal:
        return refusal.problem


def file_problem(file: ReleasedFile, data: bytes | None) -> str | None:
    """How a file differs from what the release says of it."""
    if data is None:
        return "is missing"
    if len(data) != file.size:
        return f"is {'larger' if len(data) > file.size else 'smaller'} than the {file.size:,} bytes it should have"
    return "was altered" if digest(data) != file.sha256 else None


def _bounded(files: ReleaseFiles, path: str, limit: int) -> bytes:
    data = files.read(path, limit)
    if data is None:
        raise _Refusal(path, "is missing")
    if len(data) > limit:
        raise _Refusal(path, f"is larger than {limit:,} bytes")
    return data


def _manifest(
    files: ReleaseFiles, manifest: bytes, keys: tuple[PublicKey, ...] | None, expected: str | None
) -> Release:
    """The manifest, once its bytes are known to be the ones that were signed."""
    if expected is not None and digest(manifest) != expected:
        raise _Refusal(MANIFEST, f"is not the one with the digest {expected[:16]}…")
    if keys is not None:
        signature = files.read(SIGNATURE, MAX_SIGNATURE)
        if signature is None:
            raise _Refusal(SIGNATURE, "is missing, so the release is not signed")
        if len(signature) > MAX_SIGNATURE:
            raise _Refusal(SIGNATURE, f"is larger than {MAX_SIGNATURE:,} bytes")
        problem = signature_problem(manifest, signature, keys)
        if problem is not None:
            raise _Refusal(SIGNATURE, problem)
    release = decode(manifest, Release)
    if release is None:
        raise _Refusal(MANIFEST, f"is not a release that this version can read: {why_not(manifest, Release)}")
    if sum(file.size for file in release.files) > MAX_TOTAL:
        raise _Refusal(MANIFEST, f"lists more than {MAX_TOTAL:,} bytes")
    return release


def _said_by_pointer(pointer: Pointer | None, release: Release) -> Iterator[Problem]:
    if pointer is not None and pointer.version != release.version:
        said = f"says version {pointer.version}, the release it names is version {release.version}"
        yield Problem(file=POINTER, message=said)


def _times(release: Release, trust: Trust) -> Iterator[Problem]:
    if release.published > trust.now + _SKEW:
        yield Problem(file=MANIFEST, message=f"was published in the future, on {release.published:%Y-%m-%d %H:%M}")
    if release.expires <= trust.now:
        said = f"has expired on {release.expires:%Y-%m-%d %H:%M}: newer releases do not get here, or nobody publishes"
        yield Problem(file=MANIFEST, message=said)
    if release.expires <= release.published:
        yield Problem(file=MANIFEST, message="expires before it was published")


def _versions(release: Release, found: str, trust: Trust) -> Iterator[Problem]:
    seen = trust.remembered
    if seen is None:
        return
    if release.project != seen.project:
        yield Problem(file=MANIFEST, message=f"is of the project {release.project!r}, not of {seen.project!r}")
    elif release.version < seen.version:
        said = f"is version {release.version}, older than version {seen.version} that was seen here before"
        yield Problem(file=MANIFEST, message=said)
    elif release.version == seen.version and found != seen.digest:
        said = f"is another release with the version {release.version} that was seen here before"
        yield Problem(file=MANIFEST, message=said)


def _files(
    files: ReleaseFiles, release: Release, names: Iterable[str] | None
) -> tuple[Mapping[str, bytes], list[Problem]]:
    """The bytes of all files, and which are missing, altered, renamed, swapped or too many."""
    problems: list[Problem] = list(_listed(release))
    contents: dict[str, bytes] = {}
    altered: dict[str, tuple[str, str]] = {}
    missing: list[ReleasedFile] = []
    for file in release.files:
        data = files.read(file.path, file.size)
        said = file_problem(file, data)
        if data is None:
            missing.append(file)
        elif said is not None:
            # To tell a swapped file from an altered one it is read in full.
            whole = files.read(file.path, MAX_FILE) if len(data) > file.size else data
            altered[file.path] = (said, digest(whole or b""))
        else:
            contents[file.path] = data
    known = {file.path for file in release.files} | {MANIFEST, SIGNATURE}
    extra = {name: digest(files.read(name, MAX_FILE) or b"") for name in sorted(set(names or ()) - known)}
    problems.extend(_explained(release, missing, altered, extra, set(names or ())))
    return contents, problems


def _listed(release: Release) -> Iterator[Problem]:
    """What is wrong with the list of files itself."""
    paths = [file.path for file in release.files]
    folded = {path.casefold() for path in paths}
    if len(folded) < len(paths):
        yield Problem(file=MANIFEST, message="lists a file twice, or two that differ in capitals alone")
    if {MANIFEST, SIGNATURE} & folded:
        yield Problem(file=MANIFEST, message="lists itself")
    if INDEX not in paths:
        yield Problem(file=MANIFEST, message=f"does not list {INDEX}")


def _explained(
    release: Release,
    missing: Iterable[ReleasedFile],
    altered: Mapping[str, tuple[str, str]],
    extra: Mapping[str, str],
    present: set[str],
) -> Iterator[Problem]:
    wanted = {file.path: file.sha256 for file in release.files}
    places = {file.sha256: file.path for file in release.files}
    renamed: set[str] = set()
    for file in missing:
        now = next((name for name, found in extra.items() if found == file.sha256), None)
        if now is not None:
            renamed.add(now)
            yield Problem(file=file.path, message=f"was renamed to {now}")
        elif file.path in present:
            yield Problem(file=file.path, message="is not a regular file")
        else:
            yield Problem(file=file.path, message="is missing")
    for path, (said, found) in altered.items():
        other = places.get(found)
        if other is not None and other in altered and altered[other][1] == wanted[path]:
            yield Problem(file=path, message=f"was swapped with {other}")
        elif other is not None:
            yield Problem(file=path, message=f"holds the bytes of {other}")
        else:
            yield Problem(file=path, message=said)
    for name in extra:
        if name not in renamed:
            yield Problem(file=name, message="does not belong to the release")


class _Record(msgspec.Struct, frozen=True, kw_only=True):
    """As much of a bundle's record as matters here, in any version of the index."""

    document: str
    locale: str
    pseudo: bool
    files: list[ExportedFile]


class _Index(msgspec.Struct, frozen=True, kw_only=True):
    bundles: list[_Record]
    assets: list[ExportedFile]


def _meaning(release: Release, contents: Mapping[str, bytes]) -> Iterator[Problem]:
    """Whether index, withdrawals and compressed variants agree with the files; all bytes are proven by now."""
    try:
        index = msgspec.json.decode(contents[INDEX], type=_Index)
    except msgspec.DecodeError as error:
        yield Problem(file=INDEX, message=f"is not an index: {error}")
        return
    yield from _indexed(release, index)
    yield from _withdrawn(release, index, contents)
    for path, data in contents.items():
        plain = original(path)
        if plain is not None and plain in contents and not unpacks_to(path, data, contents[plain]):
            yield Problem(file=path, message=f"does not unpack to {plain}")


def _indexed(release: Release, index: _Index) -> Iterator[Problem]:
    listed = {file.path: file for file in release.files}
    named = {file.path: file for record in index.bundles for file in record.files}
    named.update((file.path, file) for file in index.assets)
    for path, file in named.items():
        if path not in listed:
            yield Problem(file=path, message=f"is named by {INDEX} and is not part of the release")
        elif (listed[path].sha256, listed[path].size) != (file.sha256, file.size):
            yield Problem(file=path, message=f"is another file than {INDEX} says")
    for record in index.bundles:
        if record.pseudo:
            yield Problem(file=INDEX, message=f"lists {record.locale}, a pseudo-locale, which is never published")
    known = {*named, INDEX, *(path for rule in release.withdrawn for path in rule.tombstones)}
    for path in listed:
        if path not in known and original(path) not in known:
            yield Problem(file=path, message=f"is part of the release, but {INDEX} does not name it")


def _withdrawn(release: Release, index: _Index, contents: Mapping[str, bytes]) -> Iterator[Problem]:
    for record in index.bundles:
        if any(rule.covers(record.document, record.locale) for rule in release.withdrawn):
            yield Problem(file=INDEX, message=f"lists {record.document} in {record.locale}, which is withdrawn")
    for path in sorted({path for rule in release.withdrawn for path in rule.tombstones}):
        tombstone = decode(contents[path], Tombstone) if path in contents else None
        if tombstone is None or path != f"{tombstone.locale}/{tombstone.document}.json":
            yield Problem(file=path, message="should say that the bundle is withdrawn")
