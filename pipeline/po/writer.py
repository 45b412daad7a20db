"""writer: a Catalog to PO bytes, in gettext's canonical layout without wrapping (the only polib door)."""

from pipeline.errors import PipelineError
from pipeline.model.catalog import Catalog, Unit
from pipeline.model.finding import Refused
from pipeline.po.comments import write_comments
from pipeline.po.reader import read_po


def write_po(catalog: Catalog) -> bytes:
    """Write a catalog: a unit with `raw` byte for byte as it was read, the others anew.

    If any unit is written anew, the result is read again. Raises PipelineError if it is not a good PO file or says
    anything else than the catalog (a string that PO cannot hold, a plural with the wrong number of forms, a `raw` that
    was kept although the unit changed).
    """
    units = (catalog.header, *catalog.units)
    if all(unit.raw for unit in units):
        return _encoded(_joined([unit.raw for unit in units], catalog), catalog)
    pieces: list[str] = []
    after_new = False
    for unit in units:
        piece = unit.raw or _rendered(unit).replace("\n", catalog.newline)
        # A blank line on both sides of a new unit; a unit that was read mostly brings its own.
        if pieces and (after_new or not unit.raw) and not piece.startswith(("\n", "\r\n")):
            piece = catalog.newline + piece
        pieces.append(piece)
        after_new = not unit.raw
    text = _joined(pieces, catalog)
    data = _encoded(text if text.endswith("\n") else text + catalog.newline, catalog)
    _check(data, catalog)
    return data


def _joined(pieces: list[str], catalog: Catalog) -> str:
    """The text of the file; a unit that once was the last one of a file without line end gets one."""
    followed = [piece if piece.endswith("\n") else piece + catalog.newline for piece in pieces[:-1]]
    last = pieces[-1]
    if catalog.tail and not last.endswith("\n"):
        last += catalog.newline
    return "".join([*followed, last, catalog.tail])


def _encoded(text: str, catalog: Catalog) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise PipelineError(
            f"the catalog cannot be written: {text[error.start]!r} is a lone surrogate, half a character",
            where=catalog.name,
            hint="remove it",
        ) from error


# ---- one unit


class _Text(str):
    """A string as polib should see it: its lines end at line feeds only, and an empty one is there all the same."""

    __slots__ = ()

    def splitlines(self, keepends: bool = False) -> list[str]:
        lines = [line + "\n" for line in self.split("\n")]
        lines[-1] = lines[-1][:-1]
        return lines if lines[-1] else lines[:-1]

    def __bool__(self) -> bool:
        return True


def _rendered(unit: Unit) -> str:
    # Imported here, because it costs more time than reading a hundred catalogs, and most runs write none.
    import polib

    previous = unit.previous
    entry = polib.POEntry(
        msgctxt=_text(unit.context),
        msgid=_Text(unit.source),
        msgstr=_Text(unit.targets[0]) if unit.targets else "",
        msgid_plural=_text(unit.plural),
        msgstr_plural={} if unit.plural is None else dict(enumerate(map(_Text, unit.targets))),
        previous_msgctxt=_text(previous.context) if previous else None,
        previous_msgid=_Text(previous.source) if previous else None,
        previous_msgid_plural=_text(previous.plural) if previous else None,
    )
    # polib would drop some comments of obsolete units, and puts a space behind an empty comment: they are ours.
    fields = entry.__unicode__(wrapwidth=0).replace("\a", "\\a").rstrip("\n").split("\n")
    if unit.obsolete:
        fields = [f"#~{line[1:]}" if line.startswith("#|") else f"#~ {line}" for line in fields]
    return "\n".join([*write_comments(unit), *fields, ""])


def _text(value: str | None) -> _Text | None:
    return None if value is None else _Text(value)


# ---- reading it again


def _check(data: bytes, catalog: Catalog) -> None:
    try:
        again = read_po(data, catalog.name)
    except Refused as error:
        first = error.findings[0]
        raise PipelineError(
            f"the entry {first.entry!r} cannot be written: {first.message}", where=catalog.name, hint=first.hint
        ) from error
    written, meant = (again.header, *again.units), (catalog.header, *catalog.units)
    for got, wanted in zip(written, meant, strict=False):
        if got.changed() != wanted.changed():
            raise PipelineError(
                f"the entry {wanted.id!r} would read differently after writing",
                where=catalog.name,
                hint="a unit that was changed must not keep its raw text; comments have no line breaks",
            )
    if len(written) != len(meant):
        raise PipelineError("entries would be lost in writing", where=catalog.name)
