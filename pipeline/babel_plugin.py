"""babel_plugin: documents for Babel's own `pybabel extract` (entry point `pipeline` in the group babel.extractors)."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from pipeline.extract import extract
from pipeline.sources.bibliography import read_bibliography
from pipeline.sources.markdown import read_document


def extract_document(
    fileobj: IO[bytes], keywords: Mapping[str, Any], comment_tags: Iterable[str], options: Mapping[str, Any]
) -> Iterator[tuple[int, str, tuple[str, str], list[str]]]:
    """Babel's extraction interface for documents; the bibliography is the references.toml beside them.

    Raises Refused for a malformed document.
    """
    path = Path(fileobj.name)
    references = path.with_name("references.toml")
    bibliography = read_bibliography(references.read_bytes(), str(references)) if references.exists() else ()
    for unit in extract(read_document(fileobj.read(), str(path), bibliography)):
        line = int(unit.locations[0].rpartition(":")[2])
        yield line, "pgettext", (unit.id, unit.source), list(unit.extracted_comments)
