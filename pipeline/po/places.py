"""places: where in its file a character of a translation stands."""

import re

from pipeline.model.catalog import Unit

_ESCAPE = re.compile(r"\\(?:[0-7]{1,3}|x[0-9A-Fa-f]+|.)|.", re.DOTALL)
_KEYWORD = re.compile(r"(?:#~\s*)?(msgctxt|msgid|msgstr)\b(?:\[([0-9]+)\])?")


def place(unit: Unit, form: int, offset: int) -> tuple[int, int]:
    """Line and column, counted from 1, of the character at `offset` of the plural form `form`.

    (unit.line, 0) for a unit that was not read from a file.
    """
    lines = unit.raw.split("\n")
    first = next((number for number, line in enumerate(lines) if _KEYWORD.match(line.lstrip())), None)
    if first is None or not unit.line:
        return unit.line, 0
    begun = False
    for number, line in enumerate(lines[first:], unit.line):
        keyword = _KEYWORD.match(line.lstrip())
        if keyword is not None:
            begun = keyword[1] == "msgstr" and int(keyword[2] or 0) == form
        opening, closing = line.find('"'), line.rfind('"')
        if not begun or closing <= opening:
            continue
        characters = list(_ESCAPE.finditer(line, opening + 1, closing))
        if offset < len(characters):
            return number, characters[offset].start() + 1
        offset -= len(characters)
    return unit.line, 0
