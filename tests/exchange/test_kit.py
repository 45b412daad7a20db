"""kit: the same members give the same archive, and one that somebody has worked in is told from one nobody touched."""

import io
import tracemalloc
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from typing import BinaryIO

import pytest

from pipeline.exchange import kit
from pipeline.exchange.archive import read_archive
from pipeline.exchange.manifest import FORMAT, HandedDomain, Manifest, handed_unit, read_manifest
from pipeline.model.catalog import Unit

pytestmark = pytest.mark.thorough

MEMBERS = (("po/faq.po", b"a catalog"), ("README.html", b"the guide"), ("glossary/glossary.csv", b"a,b\r\n"))
UNIT = Unit(context="title", source="Title", targets=("Titel",))
DOMAINS = (HandedDomain(domain="faq", units=(handed_unit(UNIT),)),)


def write(stream: BinaryIO, members: object = MEMBERS) -> Manifest:
    return kit.write_kit(stream, members, project="FAQ", locale="de", domains=DOMAINS)  # type: ignore[arg-type]


def a_kit(members: object = MEMBERS) -> io.BytesIO:
    stream = io.BytesIO()
    write(stream, members)
    return stream


def rewritten(stream: io.BytesIO, changes: dict[str, bytes | None]) -> io.BytesIO:
    """The archive as another program packs it again, with some members changed, taken out or put in."""
    result = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(result, "w") as new:
        for info in old.infolist():
            data = changes.get(info.filename, old.read(info))
            if data is not None:
                new.writestr(info.filename, data)
        for name, data in changes.items():
            if data is not None and name not in old.namelist():
                new.writestr(name, data)
    return result


def touched(stream: io.BytesIO) -> list[str]:
    manifest = kit.kit_manifest(stream)
    assert manifest is not None
    return list(kit.touched_files(stream, manifest))


def test_two_runs_give_the_same_bytes() -> None:
    assert a_kit().getvalue() == a_kit().getvalue()


def test_the_order_in_which_members_come_does_not_show_in_the_list() -> None:
    with zipfile.ZipFile(a_kit()) as one, zipfile.ZipFile(a_kit(tuple(reversed(MEMBERS)))) as two:
        assert one.namelist() == two.namelist() == sorted([*(name for name, _ in MEMBERS), "manifest.json"])


def test_times_modes_and_compression_are_fixed() -> None:
    with zipfile.ZipFile(a_kit()) as archive:
        assert archive.testzip() is None
        for info in archive.infolist():
            assert info.date_time == (1980, 1, 1, 0, 0, 0)
            assert (info.external_attr >> 16, info.create_system) == (0o100644, 3)
            assert info.compress_type == zipfile.ZIP_DEFLATED


def test_the_manifest_has_the_checksum_of_every_other_file_and_the_units() -> None:
    stream = io.BytesIO()
    manifest = write(stream)
    with zipfile.ZipFile(stream) as archive:
        assert read_manifest(archive.read("manifest.json"), "manifest.json") == manifest
    assert (manifest.format, manifest.project, manifest.locale) == (FORMAT, "FAQ", "de")
    assert {file.path: (file.sha256, file.size) for file in manifest.files} == {
        name: (sha256(data).hexdigest(), len(data)) for name, data in MEMBERS
    }
    assert [file.path for file in manifest.files] == sorted(name for name, _ in MEMBERS)
    assert manifest.domains == DOMAINS


def test_the_reader_of_what_comes_back_takes_the_archive() -> None:
    members = read_archive(a_kit(), "handoff-de.zip")
    assert [member.name for member in members] == ["manifest.json", "po/faq.po"]


def test_only_one_member_is_in_memory_at_a_time() -> None:
    size = 3_000_000

    def members() -> Iterator[tuple[str, bytes]]:
        for number in range(20):
            yield f"po/{number}.po", bytes([number]) * size

    class Nowhere(io.RawIOBase):
        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            return len(data)  # type: ignore[arg-type]

    tracemalloc.start()
    try:
        write(Nowhere(), members())  # type: ignore[arg-type]
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 4 * size


# ---- a kit that is there already


def test_nobody_has_touched_a_kit_that_was_just_made() -> None:
    assert touched(a_kit()) == []


def test_packing_the_same_files_again_is_no_touch() -> None:
    assert touched(rewritten(a_kit(), {})) == []


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({"po/faq.po": b"A catalog"}, ["po/faq.po"]),
        ({"po/faq.po": b"a longer catalog"}, ["po/faq.po"]),
        ({"po/faq.po": None}, ["po/faq.po"]),
        ({"checkers/omegat/target/faq.po": b"new"}, ["checkers/omegat/target/faq.po"]),
        ({"README.html": b"x", "po/faq.po": None, "a": b""}, ["a", "po/faq.po", "README.html"]),
    ],
)
def test_changed_missing_and_new_files_are_touched(changes: dict[str, bytes | None], names: list[str]) -> None:
    assert touched(rewritten(a_kit(), changes)) == names


def test_a_member_that_cannot_be_read_counts_as_touched() -> None:
    data = bytearray(a_kit().getvalue())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        info = archive.getinfo("po/faq.po")
    data[info.header_offset + 30 + len(info.filename)] ^= 0xFF
    assert touched(io.BytesIO(data)) == ["po/faq.po"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a zip",
        a_kit().getvalue()[:100],
        rewritten(a_kit(), {"manifest.json": None}).getvalue(),
        rewritten(a_kit(), {"manifest.json": b"{}"}).getvalue(),
        rewritten(a_kit(), {"manifest.json": b"\xff"}).getvalue(),
    ],
    ids=["empty", "text", "cut off", "no manifest", "empty manifest", "no text"],
)
def test_anything_else_is_no_kit(data: bytes) -> None:
    assert kit.kit_manifest(io.BytesIO(data)) is None


def test_a_manifest_of_absurd_size_is_not_even_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kit, "_LARGEST_MANIFEST", 10)
    assert kit.kit_manifest(a_kit()) is None
