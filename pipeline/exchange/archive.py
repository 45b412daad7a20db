"""archive: the files inside a zip that came from outside; nothing is ever unpacked to the disk."""

import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from pipeline.exchange.xml import BYTES_LIMIT
from pipeline.model.finding import Finding, Location, Refused

MAX_MEMBERS = 2_000
MAX_MEMBER_BYTES = BYTES_LIMIT
MAX_TOTAL_BYTES = 128_000_000
MAX_RATIO = 200

# What a return may hold that we read; everything else in it is left alone.
READABLE = (".po", ".xlf", ".xliff", ".tmx")
MANIFEST = "manifest.json"

# All that zipfile raises for bytes that are no archive, or one that it cannot open.
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)

_FIRST_CHARACTERS_OF_A_DRIVE = re.compile(r"[A-Za-z]:")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_CHUNK = 1 << 16

_AGAIN = "zip the files of the kit again, with nothing else"
_TOO_LARGE = "send the translated files alone, with fewer texts in each"


@dataclass(frozen=True, slots=True)
class Member:
    """A file of a return: its name as the vendor wrote it, and its bytes."""

    name: str
    data: bytes


def is_readable(name: str) -> bool:
    """Whether a file with the name is one that a return is read from."""
    return name.lower().endswith(READABLE) or name.rpartition("/")[2] == MANIFEST


def read_archive(file: BinaryIO, name: str) -> tuple[Member, ...]:
    """The readable members in the order of the archive.

    Raises Refused for an archive that is broken, encrypted or too large, and for any member, readable or not, that
    would lie outside of it, is a link, or stands twice.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            infos = archive.infolist()
            findings = list(_problems(infos, name))
            if findings:
                raise Refused(findings)
            return tuple(_read(archive, [info for info in infos if is_readable(info.filename)], name))
    except UNREADABLE as error:
        raise Refused(
            [_finding(name, f"is not a zip archive that can be read: {error}", "zip the files again")]
        ) from None


def _problems(infos: list[zipfile.ZipInfo], name: str) -> Iterator[Finding]:
    if len(infos) > MAX_MEMBERS:
        yield _finding(
            name, f"has {len(infos):,} members; {MAX_MEMBERS:,} is the limit", "send the translated files alone"
        )
        return
    seen: set[str] = set()
    for info in infos:
        where = f"{name}!{info.filename!r}" if _CONTROL.search(info.filename) else f"{name}!{info.filename}"
        problem = _member_problem(info)
        if info.filename.casefold() in seen:
            problem = "stands twice in the archive"
        seen.add(info.filename.casefold())
        if problem:
            yield _finding(where, problem, _TOO_LARGE if problem.endswith("is the limit") else _AGAIN)
    total = sum(info.file_size for info in infos if is_readable(info.filename))
    if total > MAX_TOTAL_BYTES:
        yield _finding(
            name, f"unpacks to {total:,} bytes; {MAX_TOTAL_BYTES:,} is the limit", "send fewer files at a time"
        )


def _member_problem(info: zipfile.ZipInfo) -> str:
    path = info.filename
    mode = info.external_attr >> 16
    if _CONTROL.search(path) or "\\" in path or len(path) > 255:
        return "has a name that cannot be a file's"
    if path.startswith("/") or _FIRST_CHARACTERS_OF_A_DRIVE.match(path) or ".." in path.split("/"):
        return "would lie outside of the archive"
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "is not a regular file"
    if info.flag_bits & 0x1:
        return "is encrypted"
    if not is_readable(path):
        return ""
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "is compressed in a way that is not deflate"
    if info.file_size > MAX_MEMBER_BYTES:
        return f"has {info.file_size:,} bytes; {MAX_MEMBER_BYTES:,} is the limit"
    if info.file_size > MAX_RATIO * max(info.compress_size, 1_000):
        return f"unpacks to more than {MAX_RATIO} times its size"
    return ""


def _read(archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo], name: str) -> Iterator[Member]:
    for info in infos:
        chunks: list[bytes] = []
        size = 0
        with archive.open(info) as member:
            while chunk := member.read(_CHUNK):
                size += len(chunk)
                # What the archive says of itself is only what it says: the bytes are counted.
                if size > info.file_size or size > MAX_MEMBER_BYTES:
                    message = "is larger than the archive says"
                    raise Refused([_finding(f"{name}!{info.filename}", message, "zip the files again")])
                chunks.append(chunk)
        yield Member(info.filename, b"".join(chunks))


def _finding(where: str, message: str, hint: str) -> Finding:
    return Finding(rule="archive", message=message, location=Location(file=where), hint=hint)
