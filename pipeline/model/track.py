"""track: how long work tells that it goes on."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

T = TypeVar("T")


class Track(Protocol):
    """Shows progress: yields the items while it says what is being done."""

    def __call__(self, items: Iterable[T], doing: str) -> Iterable[T]: ...


def silently(items: Iterable[T], doing: str) -> Iterable[T]:
    """For where nobody watches."""
    return items
