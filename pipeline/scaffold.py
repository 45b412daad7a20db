"""scaffold: what a new content repository and a new locale start from."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable

from pipeline.errors import PipelineError
from pipeline.model.locale import Locale

_TABLE = re.compile(r"\s*\[")
_EDITIONS = re.compile(r"\s*\[\s*(?:tool\s*\.\s*pipeline\s*\.\s*)?editions\s*\]\s*(?:#.*)?")

_DISCLAIMER = '''\
[[disclaimer]]
id = "{id}"
# Write the text in the language of {locale} and for its market.
text = """
"""
placement = "page-end"            # page-top, page-end or after:ENTRY
audience = "{audience}"
source = ""                       # where the text comes from
as-of = {today}
approval = ""                     # the code of the approval
effective = {today}
expires = {expiry}
sample = true                     # false once the text is approved
'''


def starter() -> Iterator[tuple[str, bytes]]:
    """The files of a small content repository that runs at once, by name."""
    yield from sorted(_walk(files("pipeline") / "starter", ""))


def disclaimers_skeleton(locale: Locale, ids: Iterable[str], audience: str, today: date) -> bytes:
    """A disclaimers.toml with a record to fill in for each id; its empty texts stop the locale until then."""
    expiry = today.replace(year=today.year + 1, day=min(today.day, 28))
    records = [
        _DISCLAIMER.format(id=identifier, locale=locale.gettext, audience=audience, today=today, expiry=expiry)
        for identifier in ids
    ]
    heading = f"# Disclaimers of {locale.gettext}: authored for this locale, never translated from another.\n"
    return "\n".join([heading, *records]).encode()


def with_edition(settings: str, locale: Locale, reads: Iterable[Locale], name: str) -> str:
    """The text of a settings file with one more edition; everything else in it stays as it is.

    Raises PipelineError where the file has no table of editions to add to.
    """
    lines = settings.split("\n")
    start = next((number for number, line in enumerate(lines) if _EDITIONS.fullmatch(line)), None)
    chain = ", ".join(f'"{member.gettext}"' for member in reads)
    new = f"{locale.gettext} = [{chain}]"
    if start is None:
        raise PipelineError("has no table [tool.pipeline.editions]", where=name, hint=f"add the table with {new}")
    end = next((number for number, line in enumerate(lines[start + 1 :], start + 1) if _TABLE.match(line)), len(lines))
    # What stands between the last edition and the next table belongs to that table: blank lines and comments.
    while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    return "\n".join([*lines[:end], new, *lines[end:]])


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for child in folder.iterdir():
        if child.is_dir():
            yield from _walk(child, f"{prefix}{child.name}/")
        else:
            yield f"{prefix}{child.name}", child.read_bytes()
