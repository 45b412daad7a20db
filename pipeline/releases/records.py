"""records: the JSON files of a release to bytes and back."""

from hashlib import sha256
from typing import TypeVar

import msgspec

from pipeline.model.release import ReleasedFile

T = TypeVar("T")


def encode(record: msgspec.Struct) -> bytes:
    """Indented JSON with a final newline: the same bytes for the same record."""
    return msgspec.json.format(msgspec.json.encode(record), indent=2) + b"\n"


def decode(data: bytes, kind: type[T]) -> T | None:
    """The record, None if the bytes are not exactly what `encode` makes of it.

    So no two readers can see different things in one file: no name stands twice, nothing is unknown.
    """
    try:
        record = msgspec.json.decode(data, type=kind)
        return record if encode(record) == data else None  # type: ignore[arg-type]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def why_not(data: bytes, kind: type[msgspec.Struct]) -> str:
    """What is wrong with bytes that `decode` does not take."""
    try:
        msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return str(error)
    return "it is not spelt as the pipeline spells it"


def digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def released(path: str, data: bytes) -> ReleasedFile:
    return ReleasedFile(path=path, sha256=digest(data), size=len(data))
