"""manifest: what a kit holds and what state of the content it was made from, so that its return can be judged."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Literal

import msgspec

from pipeline.model.catalog import FUZZY, Unit
from pipeline.model.finding import Finding, Location, Refused

FORMAT: Literal["faq-pipeline-kit/1"] = "faq-pipeline-kit/1"


class KitFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the kit; path is relative to the kit's root."""

    path: str
    sha256: str
    size: int


class HandedUnit(msgspec.Struct, frozen=True, kw_only=True):
    """Digests of a unit's English and translation when it was handed off, and whether it was fuzzy."""

    id: str
    source: str
    target: str
    fuzzy: bool


class HandedDomain(msgspec.Struct, frozen=True, kw_only=True):
    """The units of one domain in the kit."""

    domain: str
    units: tuple[HandedUnit, ...]


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """`manifest.json` of a kit. It comes back from outside: it can only make the judgement of a return stricter or tell
    files apart that the vendor did not touch."""

    format: Literal["faq-pipeline-kit/1"]
    project: str
    locale: str
    files: tuple[KitFile, ...]
    domains: tuple[HandedDomain, ...]


def source_digest(source: str, plural: str | None) -> str:
    """SHA-256 that identifies an English text."""
    return _digest((source,) if plural is None else (source, plural))


def target_digest(targets: Iterable[str]) -> str:
    """SHA-256 that identifies a translation."""
    return _digest(targets)


def handed_unit(unit: Unit) -> HandedUnit:
    return HandedUnit(
        id=unit.id,
        source=source_digest(unit.source, unit.plural),
        target=target_digest(unit.targets),
        fuzzy=FUZZY in unit.flags,
    )


def write_manifest(manifest: Manifest) -> bytes:
    return msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n"


def read_manifest(data: bytes, name: str) -> Manifest:
    """Read a manifest that came back. Raises Refused if it is not one of this format."""
    try:
        return msgspec.json.decode(data, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        finding = Finding(
            rule="manifest",
            message=f"is not a manifest of a kit: {error}",
            location=Location(file=name),
            hint="send the kit back with the manifest.json that came with it, or send the translated files alone",
        )
        raise Refused([finding]) from None


def _digest(texts: Iterable[str]) -> str:
    return sha256(msgspec.json.encode(list(texts))).hexdigest()
