"""publish: releases of an export: the next one, an older one again, and one without what must not be shown."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipeline.assessing import Assessment
from pipeline.errors import PipelineError
from pipeline.export import INDEX, Plan
from pipeline.model.bundle import FileDigest
from pipeline.model.release import (
    MANIFEST,
    MAX_FILE,
    SIGNATURE,
    EarlierRelease,
    Pointer,
    Release,
    Withdrawal,
)
from pipeline.model.release_source import ReleaseFiles
from pipeline.releases.compression import original, variants
from pipeline.releases.records import decode, digest, encode, released
from pipeline.releases.signature import PublicKey, SigningKey, sign
from pipeline.releases.verify import Problem, file_problem, proven_manifest
from pipeline.targets import Target
from pipeline.withdrawals import content_index, linking, meant, merged, spellings, without
from pipeline.workspace import EXPORTS, Workspace

_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """How a release is signed, when, for how long, and how many the target keeps.

    keys is empty only where somebody asked for an unsigned release. With `trust_current` the current release need
    not be signed with one of the keys: for the first signed release, and after the loss of a key.
    """

    keys: tuple[SigningKey, ...]
    now: datetime
    lifetime: timedelta
    keep: int
    trust_current: bool = False

    @property
    def trusted(self) -> tuple[PublicKey, ...] | None:
        return tuple(key.public for key in self.keys) if self.keys and not self.trust_current else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a release holds: the index, what it lists, perhaps compressed variants; and what it was made from."""

    project: str
    files: Mapping[str, bytes]
    sources: tuple[FileDigest, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What is current now. `gone` are bundles that the release before had, for whatever reason.

    `linking` are pages whose own words lead to a bundle that is withdrawn. `leftovers` says why old releases could
    not be removed, where that is so.
    """

    digest: str
    release: Release
    gone: tuple[str, ...]
    linking: tuple[str, ...] = ()
    leftovers: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Current:
    """The release that is current before the next one."""

    pointer: bytes
    digest: str
    release: Release
    files: ReleaseFiles


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    content: Content
    withdrawn: tuple[Withdrawal, ...]


def content(workspace: Workspace, assessment: Assessment, planned: Plan) -> Content:
    """The files of exports/, which must be up to date with the plan.

    Raises PipelineError where there is nothing to publish, or something that is never published.
    """
    if workspace.exports != EXPORTS:
        raise PipelineError("are for the eye only and never published", where=workspace.exports)
    index_data = planned.files[workspace.export(INDEX)]
    index = content_index(index_data)
    if not index.bundles:
        raise PipelineError("lists no bundle, so there is nothing to publish", where=workspace.export(INDEX))
    files = {INDEX: index_data}
    for file in (*(file for record in index.bundles for file in record.files), *index.assets):
        name = workspace.export(file.path)
        data = planned.files[name] if name in planned.files else workspace.read(name)
        if data is None or digest(data) != file.sha256:
            raise PipelineError("was changed while it was published", where=name, hint="run `pipeline export`")
        files[file.path] = data
    for record in index.bundles:
        if record.pseudo:
            raise PipelineError(f"lists the pseudo-locale {record.locale}", where=workspace.export(INDEX))
    return Content(project=workspace.settings.name, files=files, sources=_sources(workspace, assessment))


def publish(target: Target, new: Content, seal: Seal, reinstate: Iterable[str] = ()) -> Published:
    """Make the content current. What is withdrawn stays so unless it is reinstated."""

    def make(current: _Current | None, withdrawn: tuple[Withdrawal, ...]) -> _Draft:
        for name in reinstate:
            kept = tuple(rule for rule in withdrawn if rule.what not in spellings(name))
            if len(kept) == len(withdrawn):
                said = ", ".join(rule.what for rule in withdrawn) or "nothing"
                raise PipelineError(f"{name} is not withdrawn", hint=f"withdrawn is {said}")
            withdrawn = kept
        if current is not None and current.release.project != new.project:
            raise PipelineError(
                f"holds releases of {current.release.project!r}, not of {new.project!r}",
                hint="publish each project to a target of its own",
            )
        return _Draft(content=new, withdrawn=withdrawn)

    return _release(target, seal, make)


def rollback(target: Target, seal: Seal, to: str | None = None) -> Published:
    """Make what an earlier release held current again, as a new version; what was withdrawn since stays so."""
    _must_hold_something(target)

    def make(current: _Current | None, withdrawn: tuple[Withdrawal, ...]) -> _Draft:
        earlier = current.release.earlier if current is not None else []
        chosen = [one.digest for one in earlier if to is None or one.digest.startswith(to)]
        if not chosen or (to is not None and len(chosen) > 1):
            kept = ", ".join(f"{one.digest[:16]} (version {one.version})" for one in earlier)
            wanted = "an earlier release" if to is None else f"one release {to}"
            raise PipelineError(f"the target does not keep {wanted}", hint=f"it keeps {kept or 'none'}")
        older = target.release(chosen[0])
        release = _believed(older, seal, chosen[0])
        return _Draft(content=_held(older, release), withdrawn=merged((*release.withdrawn, *withdrawn)))

    return _release(target, seal, make)


def withdraw(target: Target, seal: Seal, what: str, *, reason: str, by: str) -> Published:
    """Take a document, a locale or one document in one locale out of the current release, and leave a tombstone."""
    _must_hold_something(target)

    def make(current: _Current | None, withdrawn: tuple[Withdrawal, ...]) -> _Draft:
        if current is None:
            raise PipelineError("what was published there has just gone")
        held = _held(current.files, current.release)
        if any(one.what in spellings(what) for one in current.release.withdrawn):
            raise PipelineError(f"{what} is withdrawn already")
        document, locale = meant(what, content_index(held.files[INDEX]))
        rule = Withdrawal(document=document, locale=locale, reason=reason, by=by, when=seal.now, tombstones=[])
        return _Draft(content=held, withdrawn=(*(one for one in withdrawn if one.what != rule.what), rule))

    return _release(target, seal, make)


def _must_hold_something(target: Target) -> None:
    if target.pointer() is None:
        raise PipelineError("nothing is published there yet", hint="name a target of `pipeline publish`")


# ---- the next release


def _release(
    target: Target, seal: Seal, make: Callable[[_Current | None, tuple[Withdrawal, ...]], _Draft]
) -> Published:
    with target.alone():
        current = _current(target, seal)
        unswitched = _unswitched(target, seal, current)
        before = [current.release] if current else []
        # A newer release that is not current was left by a killed publisher, or somebody has turned the pointer
        # back. Either way its version is taken, and what it withdraws stays withdrawn.
        draft = make(current, merged(rule for release in (*before, *unswitched) for rule in release.withdrawn))
        files, withdrawn = without(draft.content.files, draft.withdrawn)
        files.update(_compressed_before(files, current))
        files.update(variants(files))
        version = max((release.version for release in (*before, *unswitched)), default=0) + 1
        earlier = (
            [EarlierRelease(version=current.release.version, digest=current.digest), *current.release.earlier]
            if current
            else []
        )
        release = Release(
            type="faq-release",
            format_version="1.0",
            project=draft.content.project,
            version=version,
            published=seal.now,
            expires=seal.now + seal.lifetime,
            withdrawn=list(withdrawn),
            earlier=earlier[: seal.keep - 1],
            sources=list(draft.content.sources),
            files=[released(path, data) for path, data in sorted(files.items())],
        )
        manifest = encode(release)
        files[MANIFEST] = manifest
        if seal.keys:
            files[SIGNATURE] = sign(manifest, seal.keys)
        name = digest(manifest)
        pointer = encode(Pointer(digest=name, version=version, signed=bool(seal.keys)))
        target.add(name, files)
        target.switch(current.pointer if current else None, pointer)
        leftovers = ""
        try:
            target.clean({name, *(one.digest for one in release.earlier)})
        except PipelineError as error:
            # The release is out; what is left over is for another day.
            leftovers = str(error)
    return Published(
        digest=name,
        release=release,
        gone=_gone(current, release),
        linking=linking(files, withdrawn),
        leftovers=leftovers,
    )


def _current(target: Target, seal: Seal) -> _Current | None:
    data = target.pointer()
    if data is None:
        return None
    pointer = decode(data, Pointer)
    if pointer is None:
        raise PipelineError("is not a pointer to a release", where="current", hint="put back what was there before")
    files = target.release(pointer.digest)
    release = _believed(files, seal, pointer.digest)
    if release.version != pointer.version:
        raise PipelineError(f"says version {pointer.version}, its release says {release.version}", where="current")
    return _Current(pointer=data, digest=pointer.digest, release=release, files=files)


def _believed(files: ReleaseFiles, seal: Seal, name: str) -> Release:
    """What a release says of itself, if it is signed with one of the keys that sign now."""
    proven = proven_manifest(files, seal.trusted, name)
    if isinstance(proven, Problem):
        raise PipelineError(
            f"{proven.file} {proven.message}",
            where=f"release {name[:16]}",
            hint="what is withdrawn must be known for certain: sign with the former key too (--key OLD --key NEW), or "
            "look at the release and take it as it is with --trust-current",
        )
    return proven


def _unswitched(target: Target, seal: Seal, current: _Current | None) -> list[Release]:
    """Whole releases that are newer than the current one."""
    known = {current.digest, *(one.digest for one in current.release.earlier)} if current else set()
    found = (
        proven_manifest(target.release(name), seal.trusted, name)
        for name in target.releases()
        if name not in known and _DIGEST.fullmatch(name)
    )
    newest = current.release.version if current else 0
    return [release for release in found if isinstance(release, Release) and release.version > newest]


def _compressed_before(files: Mapping[str, bytes], current: _Current | None) -> dict[str, bytes]:
    """The variants that the current release has of files that stay as they are."""
    if current is None:
        return {}
    old = {file.path: file for file in current.release.files}
    found: dict[str, bytes] = {}
    for path, file in old.items():
        plain = original(path)
        if plain in files and plain in old and path not in files and digest(files[plain]) == old[plain].sha256:
            data = current.files.read(path, file.size)
            if data is not None and file_problem(file, data) is None:
                found[path] = data
    return found


def _held(files: ReleaseFiles, release: Release) -> Content:
    """The content of a release that lies in the target. Raises PipelineError where it is not what was published."""
    held: dict[str, bytes] = {}
    for file in release.files:
        data = files.read(file.path, min(file.size, MAX_FILE))
        problem = file_problem(file, data)
        if problem is not None or data is None:
            raise PipelineError(
                f"{file.path} {problem}", where=f"version {release.version}", hint="publish again from the sources"
            )
        held[file.path] = data
    stones = {path for rule in release.withdrawn for path in rule.tombstones}
    kept = {path: data for path, data in held.items() if path not in stones and original(path) not in stones}
    return Content(project=release.project, files=kept, sources=tuple(release.sources))


def _gone(current: _Current | None, release: Release) -> tuple[str, ...]:
    def pages(of: Release) -> set[str]:
        paths = (file.path for file in of.files if not file.path.endswith(".fragment.html"))
        return {path.removesuffix(".html") for path in paths if path.endswith(".html")}

    return tuple(sorted(pages(current.release) - pages(release))) if current else ()


# ---- what goes in


def _sources(workspace: Workspace, assessment: Assessment) -> tuple[FileDigest, ...]:
    """The digest of every file of the content repository that a page is made from."""
    names = set(assessment.content.digests)
    names |= {edition.disclaimers_file for edition in assessment.editions.values()}
    for locale in workspace.settings.catalog_locales():
        names.update(workspace.catalogs(locale))
    read = ((name, workspace.read(name)) for name in sorted(names))
    return tuple(FileDigest(file=name, sha256=digest(data)) for name, data in read if data is not None)
