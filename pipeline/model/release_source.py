"""release_source: what a place must be able to do for releases to be read from it."""

from typing import Protocol, runtime_checkable


class ReleaseFiles(Protocol):
    """The files of one release, wherever they lie."""

    def read(self, path: str, limit: int) -> bytes | None:
        """The bytes of a file, cut after limit + 1; None where there is no regular file."""

    def names(self) -> tuple[str, ...] | None:
        """Everything that lies there, None where that cannot be known."""


@runtime_checkable
class Source(Protocol):
    """A place that holds releases and the pointer to the current one."""

    def pointer(self) -> bytes | None:
        """The bytes of the pointer, cut after its greatest size + 1."""

    def release(self, digest: str) -> ReleaseFiles:
        """The files of a release, which need not exist."""
