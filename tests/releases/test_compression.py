"""compression: the variants are what servers send, the same bytes each time, and nothing unpacks without bounds."""

import gzip
import zlib

import brotli  # type: ignore[import-untyped]
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from pipeline.releases.compression import SUFFIXES, original, unpacks_to, variants
from tests.properties import cases

pytestmark = pytest.mark.thorough

TEXT = b"<p>The same again.</p>\n" * 100


def pack(path: str, data: bytes) -> dict[str, bytes]:
    return dict(variants({path: data}))


def test_every_variant_unpacks_with_the_library_of_its_format() -> None:
    packed = pack("page.html", TEXT)
    assert gzip.decompress(packed["page.html.gz"]) == TEXT
    assert brotli.decompress(packed["page.html.br"]) == TEXT
    assert zstandard.ZstdDecompressor().decompress(packed["page.html.zst"]) == TEXT
    assert set(packed) == {"page.html" + suffix for suffix in SUFFIXES}


def test_the_same_bytes_are_packed_to_the_same_bytes() -> None:
    assert pack("page.html", TEXT) == pack("page.html", TEXT)
    assert pack("page.html", TEXT)["page.html.gz"][4:8] == bytes(4)


def test_what_gains_nothing_is_not_packed() -> None:
    assert pack("picture.png", TEXT) == {}
    assert pack("page.html", b"short") == {}


def test_what_is_packed_already_is_not_packed_again() -> None:
    assert set(dict(variants({"page.html": TEXT, "page.html.gz": b"kept"}))) == {"page.html.br", "page.html.zst"}


@pytest.mark.parametrize(
    ("path", "plain"), [("a/b.html.gz", "a/b.html"), ("a.br", "a"), ("a.zst", "a"), ("a.html", None), ("gz", None)]
)
def test_a_variant_is_known_by_its_name(path: str, plain: str | None) -> None:
    assert original(path) == plain


@given(data=st.binary(max_size=2_000))
@cases(50)
def test_every_text_comes_back(data: bytes) -> None:
    """Unpacking what was packed gives the same bytes, and never others."""
    data = data + bytes(600)
    for path, packed in pack("x.json", data).items():
        assert unpacks_to(path, packed, data)
        assert not unpacks_to(path, packed, data[:-1])
        assert not unpacks_to(path, packed, data + b"x")
        assert not unpacks_to(path, packed[:-1], data)
        assert not unpacks_to(path, packed + b"x", data)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("packed", [b"", b"junk that is no stream", bytes(64), b"\xff" * 64])
def test_junk_unpacks_to_nothing(suffix: str, packed: bytes) -> None:
    assert not unpacks_to("page.html" + suffix, packed, TEXT)


def test_a_bomb_is_not_unpacked() -> None:
    bomb = bytes(30_000_000)
    assert not unpacks_to("a.gz", gzip.compress(bomb), TEXT)
    assert not unpacks_to("a.gz", zlib.compress(bomb), TEXT)
    assert not unpacks_to("a.br", brotli.compress(bomb, quality=1), TEXT)
    assert not unpacks_to("a.zst", zstandard.ZstdCompressor().compress(bomb), TEXT)
