"""xliff: XLIFF of either version, as its root element says."""

from pipeline.exchange import xliff12, xliff21
from pipeline.exchange.xml import parse
from pipeline.model.exchange import ReturnedFile


def read_xliff(data: bytes, name: str) -> ReturnedFile:
    """Read a file that came back. Raises Refused with everything that is wrong with it."""
    document = parse(data, name)
    if document.namespace == xliff21.NAMESPACE:
        return xliff21.read_document(document, name)
    return xliff12.read_document(document, name)
