"""compression: the .gz, .br and .zst variants of a file, for servers that send them as they lie; and back."""

import gzip
import io
import zlib
from collections.abc import Callable, Iterator, Mapping

from pipeline.errors import PipelineError

# What gains nothing is not compressed: pictures, and files smaller than a packet.
_TEXT = (".css", ".html", ".js", ".json", ".jsonld", ".svg", ".ts", ".txt", ".xml")
_WORTH_IT = 512

# The highest levels take four times as long for a hundredth of the size.
_BROTLI, _ZSTANDARD = 10, 15

SUFFIXES = (".br", ".gz", ".zst")


def variants(files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The compressed variants of those files that gain by it and have none yet. Needs the extra `publish`."""
    for path, data in sorted(files.items()):
        if path.endswith(_TEXT) and len(data) >= _WORTH_IT:
            for suffix, compress in _COMPRESS.items():
                if path + suffix not in files:
                    yield path + suffix, compress(data)


def original(path: str) -> str | None:
    """The path of the file that a path is a variant of, None if it is not spelt as one."""
    return next((path.removesuffix(suffix) for suffix in SUFFIXES if path.endswith(suffix)), None)


def unpacks_to(path: str, packed: bytes, data: bytes) -> bool:
    """Whether a variant unpacks to just these bytes; what would grow beyond them is not unpacked further."""
    try:
        return _UNPACK["." + path.rpartition(".")[2]](packed, len(data) + 1) == data
    except (OSError, EOFError, zlib.error, ValueError):
        return False


def _gzip(data: bytes) -> bytes:
    return gzip.compress(data, 9, mtime=0)


def _gunzip(packed: bytes, limit: int) -> bytes:
    decompressor = zlib.decompressobj(wbits=31)
    data = decompressor.decompress(packed, limit)
    if not decompressor.eof or decompressor.unused_data:
        raise ValueError("more or less than one member")
    return data


def _brotli(data: bytes) -> bytes:
    try:
        import brotli  # type: ignore[import-untyped]
    except ImportError:
        raise _missing() from None
    packed: bytes = brotli.compress(data, mode=brotli.MODE_TEXT, quality=_BROTLI)
    return packed


def _unbrotli(packed: bytes, limit: int) -> bytes:
    try:
        import brotli
    except ImportError:
        raise _missing() from None
    decompressor = brotli.Decompressor()
    try:
        data: bytes = decompressor.process(packed, output_buffer_limit=limit)
    except brotli.error as error:
        raise ValueError(str(error)) from None
    if not decompressor.is_finished():
        raise ValueError("more or less than one stream")
    return data


def _zstandard(data: bytes) -> bytes:
    try:
        import zstandard
    except ImportError:
        raise _missing() from None
    return zstandard.ZstdCompressor(level=_ZSTANDARD).compress(data)


def _unzstandard(packed: bytes, limit: int) -> bytes:
    try:
        import zstandard
    except ImportError:
        raise _missing() from None
    try:
        with zstandard.ZstdDecompressor().stream_reader(io.BytesIO(packed), read_across_frames=True) as stream:
            return stream.read(limit)
    except zstandard.ZstdError as error:
        raise ValueError(str(error)) from None


def _missing() -> PipelineError:
    return PipelineError("compressed files need the extra `publish`", hint="pip install 'faq-pipeline[publish]'")


_COMPRESS: Mapping[str, Callable[[bytes], bytes]] = {".br": _brotli, ".gz": _gzip, ".zst": _zstandard}
_UNPACK: Mapping[str, Callable[[bytes, int], bytes]] = {".br": _unbrotli, ".gz": _gunzip, ".zst": _unzstandard}
