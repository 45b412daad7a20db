"""content_type: what the files of a release are called on the web, by the end of their names."""

_TYPES = {
    ".br": "application/octet-stream",
    ".css": "text/css; charset=utf-8",
    ".gz": "application/gzip",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".sig": "application/json",
    ".svg": "image/svg+xml",
    ".ts": "text/plain; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
    ".zst": "application/zstd",
}


def content_type(path: str) -> str:
    """The `Content-Type` of a file; that of bytes for what has none of its own."""
    return _TYPES.get("." + path.rpartition(".")[2], "application/octet-stream")
