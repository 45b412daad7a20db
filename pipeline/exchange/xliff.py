"""xliff: XLIFF of either version, as its root element says."""

from collections.abc import Callable, Mapping

from pipeline.exchange import xliff12, xliff21
from pipeline.exchange.xml import Element, Problems, parse, shown
from pipeline.model.exchange import ReturnedFile

_READERS: Mapping[tuple[str, str], Callable[[Element, Element, Problems], ReturnedFile]] = {
    (xliff12.NAMESPACE, "1.2"): xliff12.read_file,
    (xliff21.NAMESPACE, "2.0"): xliff21.read_file,
    (xliff21.NAMESPACE, "2.1"): xliff21.read_file,
}


def read_xliff(data: bytes, name: str) -> ReturnedFile:
    """Read a file that came back. Raises Refused with everything that is wrong with it."""
    problems = Problems(name)
    document = parse(data, name)
    root = document.root
    version = root.attributes.get("version", "")
    read = _READERS.get((document.namespace, version))
    if root.name != "xliff" or read is None:
        found = shown(f"{root.name} {version} {document.namespace}".strip())
        hint = "export it in the version in which it went out"
        problems.refuse(root.line, f"is not XLIFF 1.2 or 2.1, but {found}", hint=hint)
    files = list(root.elements("file"))
    if len(files) != 1:
        problems.refuse(root.line, f"has {len(files)} <file> elements instead of one", hint="send one file a document")
    return read(root, files[0], problems)
