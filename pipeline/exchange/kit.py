"""kit: the archive that goes to a vendor; the same content gives the same bytes."""

import zipfile
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import BinaryIO

from pipeline.exchange.archive import UNREADABLE
from pipeline.exchange.manifest import FORMAT, HandedDomain, KitFile, Manifest, read_manifest, write_manifest
from pipeline.model.finding import Refused

README = "README.html"
MANIFEST = "manifest.json"
COUNTS_JSON = "counts.json"
COUNTS_CSV = "counts.csv"
GLOSSARY_CSV = "glossary/glossary.csv"
GLOSSARY_TBX = "glossary/glossary.tbx"
CHECKERS = "checkers"

_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can hold
_MODE = 0o100644
_UNIX = 3
_LEVEL = 6
_CHUNK = 1 << 16

_LARGEST_MANIFEST = 64_000_000


def po_path(domain: str) -> str:
    return f"po/{domain}.po"


def xliff12_path(domain: str) -> str:
    return f"xliff-1.2/{domain}.xlf"


def xliff21_path(domain: str) -> str:
    return f"xliff-2.1/{domain}.xlf"


def memory_path(locale: str) -> str:
    return f"memory/{locale}.tmx"


def preview_path(domain: str) -> str:
    return f"preview/{domain}.html"


def write_kit(
    stream: BinaryIO,
    members: Iterable[tuple[str, bytes]],
    *,
    project: str,
    locale: str,
    domains: tuple[HandedDomain, ...],
) -> Manifest:
    """Write each member as it comes, so that only one is in memory, then the manifest of them all.

    The archive lists its members by name.
    """
    files: list[KitFile] = []
    with zipfile.ZipFile(stream, "w") as archive:
        for path, data in members:
            _add(archive, path, data)
            files.append(KitFile(path=path, sha256=sha256(data).hexdigest(), size=len(data)))
        files.sort(key=lambda file: file.path)
        manifest = Manifest(format=FORMAT, project=project, locale=locale, files=tuple(files), domains=domains)
        _add(archive, MANIFEST, write_manifest(manifest))
        # The list at the end of the archive is what counts for every reader; the manifest could only be written last.
        archive.filelist.sort(key=lambda info: info.filename)
    return manifest


def _add(archive: zipfile.ZipFile, path: str, data: bytes) -> None:
    info = zipfile.ZipInfo(path, _TIME)
    info.create_system = _UNIX
    info.external_attr = _MODE << 16
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, data, compresslevel=_LEVEL)


# ---- a kit that is there already


def kit_manifest(stream: BinaryIO) -> Manifest | None:
    """The manifest of a kit, None for any other file."""
    try:
        with zipfile.ZipFile(stream) as archive:
            info = archive.getinfo(MANIFEST)
            return read_manifest(archive.read(info), MANIFEST) if info.file_size <= _LARGEST_MANIFEST else None
    except (*UNREADABLE, KeyError, Refused):
        return None


def touched_files(stream: BinaryIO, manifest: Manifest) -> Iterator[str]:
    """The files of a kit that are not as they were when it was made, those among them that came or went."""
    made = {file.path: file for file in manifest.files}
    with zipfile.ZipFile(stream) as archive:
        found = {info.filename: info for info in archive.infolist() if not info.is_dir()}
        yield from sorted((made.keys() | {MANIFEST}) ^ found.keys())
        for path in sorted(made.keys() & found.keys()):
            if found[path].file_size != made[path].size or _digest(archive, found[path]) != made[path].sha256:
                yield path


def _digest(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> str:
    digest = sha256()
    try:
        with archive.open(info) as member:
            while chunk := member.read(_CHUNK):
                digest.update(chunk)
    except UNREADABLE:
        return ""
    return digest.hexdigest()
