"""targets: the places that releases are published to and read from, by the address that a person writes."""

from collections.abc import Container, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from pipeline.errors import PipelineError
from pipeline.model.release_source import ReleaseFiles, Source


class Target(Source, Protocol):
    """A place to publish to.

    A release is added first and the pointer switched last, so that whoever reads at any moment finds one whole
    release, the old or the new.
    """

    def alone(self) -> AbstractContextManager[None]:
        """Keep other publishers out meanwhile, as far as the place can."""

    def releases(self) -> tuple[str, ...]:
        """The digests of all releases that lie there, current or not, whole or not."""

    def add(self, digest: str, files: Mapping[str, bytes]) -> None:
        """Write a release, in full or not at all."""

    def switch(self, old: bytes | None, new: bytes) -> None:
        """Put the new pointer in the place of the old one. Raises PipelineError if it is not the old one any more."""

    def clean(self, keep: Container[str]) -> None:
        """Remove other releases, and what killed publishers left, unless it is so new that it may be in use."""


def open_target(address: str, holder: str) -> Target:
    """The target of an address: a path, file:///... or s3://bucket/prefix?endpoint=...

    `holder` is a name that no other publisher has.

    Raises PipelineError for an address that cannot be published to.
    """
    scheme = _scheme(address)
    if scheme == "":
        from pipeline.targets.directory import Directory

        return Directory(_folder(address))
    if scheme == "s3":
        from pipeline.targets.object_store import open_object_store

        return open_object_store(address, holder)
    raise PipelineError(
        "releases cannot be published there",
        where=address,
        hint="a target is a folder, file:///folder or s3://bucket/prefix?endpoint=https://...",
    )


def open_source(address: str) -> Source | ReleaseFiles:
    """What can be verified: a target, an http(s) address that serves one, or one release of either."""
    scheme = _scheme(address)
    if scheme in ("http", "https"):
        from pipeline.targets.web import open_site

        return open_site(address)
    if scheme == "":
        from pipeline.targets.directory import open_directory

        return open_directory(_folder(address))
    return open_target(address, "reader")


def _scheme(address: str) -> str:
    """How an address is to be opened; empty for a folder. A drive letter is no scheme."""
    scheme, separator, _ = address.partition("://")
    return "" if not separator or scheme == "file" else scheme.lower()


def _folder(address: str) -> Path:
    if not address.startswith("file://"):
        return Path(address)
    parts = urlsplit(address)
    if parts.netloc not in ("", "localhost"):
        raise PipelineError("names another machine", where=address, hint="write file:///folder")
    return Path(unquote(parts.path))
