"""conditions: whether a client has what it asks for already (RFC 9110, 13)."""

import re
from collections.abc import Mapping

_TAG = re.compile(r'(W/)?("[\x21\x23-\x7e\x80-\xff]*")')


def condition(headers: Mapping[str, str], etag: str) -> int:
    """200 send it, 304 the client has it, 412 it is not what the client means.

    Dates are not compared: `Last-Modified` is the day of the words, and the same words can come in other bytes.
    """
    wanted, known = headers.get("if-match"), headers.get("if-none-match")
    if wanted is not None and wanted.strip() != "*" and etag not in _tags(wanted, weak=False):
        return 412
    if known is not None and (known.strip() == "*" or etag in _tags(known, weak=True)):
        return 304
    return 200


def _tags(header: str, *, weak: bool) -> set[str]:
    return {tag for mark, tag in _TAG.findall(header) if weak or not mark}
