"""reader: PO bytes to a Catalog, strictly."""

import re
import shlex
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from pipeline.model.catalog import Catalog, Previous, Unit
from pipeline.model.finding import Finding, Location, Refused
from pipeline.po.comments import Comments, read_comments
from pipeline.po.diagnose import FINDINGS_LIMIT, diagnose
from pipeline.po.escapes import CONTEXT_END, unescape_usual
from pipeline.po.integrity import ENTRIES_LIMIT, inconsistencies

BYTES_LIMIT = 16_000_000

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def read_po(data: bytes, name: str) -> Catalog:
    """Read a PO file: every entry, comment and blank line of it, so that `write_po` gives the same bytes again.

    `name` is the file's path, for the findings; one that ends with `.pot` is a template, which has no language and may
    keep the placeholders of its header. Raises Refused, with every problem of the file, for all that `msgfmt -c`
    refuses (format strings aside) and for what tools read in different ways.
    """
    units, tail, newline, findings = _read(data, name)
    if findings:
        raise Refused(findings)
    return Catalog(name=name, header=units[0], units=units[1:], tail=tail, newline=newline)


def inspect_po(data: bytes, name: str) -> tuple[Catalog | None, tuple[Finding, ...]]:
    """What can be read of a PO file, and every problem of it: for those who check and never write it back.

    None where the bytes are no text. A file without a header gets an empty one.
    """
    try:
        units, tail, newline, findings = _read(data, name)
    except Refused as refused:
        return None, refused.findings
    if not units or units[0].key != (None, ""):
        units = (Unit(source=""), *units)
    return Catalog(name=name, header=units[0], units=units[1:], tail=tail, newline=newline), findings


def _read(data: bytes, name: str) -> tuple[tuple[Unit, ...], str, str, tuple[Finding, ...]]:
    """Units, tail, line end and problems; raises Refused for bytes that are no text."""
    text = _decode(data, name)
    usual = _read_usual(data, text)
    if usual is not None:
        units, tail = usual
        findings = tuple(islice(inconsistencies(units, name), FINDINGS_LIMIT))
    else:
        reading = diagnose(text, name)
        units, tail = reading.units, reading.tail
        header_is_broken = (None, "") in reading.broken
        problems = inconsistencies(units, name, header_is_broken=header_is_broken)
        findings = (*reading.findings, *islice(problems, FINDINGS_LIMIT))
    newline = "\r\n" if text[: text.find("\n")].endswith("\r") else "\n"
    return units, tail, newline, tuple(sorted(findings, key=lambda finding: finding.location.line))


# ---- bytes


def _decode(data: bytes, name: str) -> str:
    if len(data) <= BYTES_LIMIT and b"\0" not in data and not data.startswith(_BYTE_ORDER_MARK):
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pass
    raise Refused(_byte_problems(data, name))


def _byte_problems(data: bytes, name: str) -> Iterator[Finding]:
    if len(data) > BYTES_LIMIT:
        message = f"the file has {len(data):,} bytes; {BYTES_LIMIT:,} is the limit"
        yield Finding(rule="size", message=message, location=Location(file=name), hint="split it")
        return
    file = shlex.quote(name)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        hint = f"convert it: iconv -f UTF-16 -t UTF-8 {file} > new.po, and write charset=UTF-8 in its header"
        yield _encoding_finding(name, 1, "the file is UTF-16", hint)
        return
    if data.startswith(_BYTE_ORDER_MARK):
        hint = f"remove it: sed -i '1s/^\\xEF\\xBB\\xBF//' {file}, or save as UTF-8 without BOM"
        yield _encoding_finding(name, 1, "the file begins with a byte order mark", hint)
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        yield _encoding_finding(name, line, "a NUL character", "remove it; if there are many, the file is not UTF-8")
    yield from _undecodable(data, name)


# So many of the lines that are not UTF-8 are told by number.
_LINES_TOLD = 5


def _undecodable(data: bytes, name: str) -> Iterator[Finding]:
    """One finding for all lines that are not UTF-8, at the first of them: they have one cause and one remedy."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        lines = list(islice(_undecodable_lines(data), _LINES_TOLD + 1))
        if error.reason == "unexpected end of data":
            hint = "it was cut off: get the whole file again"
            yield _encoding_finding(name, lines[0], "the file ends in the middle of a character", hint)
            return
        message = f"byte {data[error.start]:#04x} is not UTF-8"
        if len(lines) > 1:
            told = ", ".join(map(str, lines[:_LINES_TOLD]))
            more = " and more" if len(lines) > _LINES_TOLD else ""
            message += f" (lines {told}{more})"
        file = shlex.quote(name)
        claimed = re.search(rb"charset=([A-Za-z0-9_.:-]+)", data)
        hint = f"if it is Windows-1252: iconv -f WINDOWS-1252 -t UTF-8 {file} > new.po"
        if claimed is not None and claimed[1].upper() not in (b"UTF-8", b"UTF8", b"CHARSET"):
            hint = f"convert it: msgconv --to-code=UTF-8 {file} -o {file}"
        yield _encoding_finding(name, lines[0], message, hint)


def _undecodable_lines(data: bytes) -> Iterator[int]:
    for number, line in enumerate(data.split(b"\n"), 1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            yield number


def _encoding_finding(name: str, line: int, message: str, hint: str) -> Finding:
    return Finding(rule="encoding", message=message, location=Location(file=name, line=line), hint=hint)


# ---- the usual file: one match for each entry, in the layout that all tools write

# What stands between the quotes of a string, on one line or from its first line to its last, and all of it with the
# last line end. Repeats are possessive, so that nothing is tried twice.
_LINE = r'"([^\n]*)"\n'
_INNER = r'(?>"([^\n]*(?:\n"[^\n]*)*)"\n)'
_WHOLE = r'("[^\n]*"\n(?:"[^\n]*"\n)*+)'
# Most entries: extracted comments, locations and flags, and each string on one line. gettext would join the next line
# to a comment that ends with a backslash.
_PLAIN = re.compile(
    r"\n((?:#\. [^\n]*+(?<!\\)\n)*+)((?:#: [^\n\t\u2068\u2069]*+(?<!\\)\n)*+)((?:#, [^\n]*+(?<!\\)\n)?+)"
    rf'(?:msgctxt {_LINE})?+msgid {_LINE}msgstr {_LINE}(?!")'
)
_FIELDS = (
    rf"(?:msgctxt {_WHOLE})?+msgid {_INNER}"
    rf"(?:msgstr {_INNER}|msgid_plural {_WHOLE}((?:msgstr\[[0-9]\] "
    r'"[^\n]*"\n(?:"[^\n]*"\n)*+)++))'
)
_ENTRY = re.compile(
    r"\n*+((?:#(?![~|])[^\n]*+\n)*+)((?:#\| [^\n]*+\n)++|(?:#~\| [^\n]*+\n)*+)"
    rf"(?:{_FIELDS}|((?:#~ [^\n]*+\n)++))"
)
_OBSOLETE_FIELDS = re.compile(_FIELDS)
_PREVIOUS = re.compile(rf"(?:msgctxt {_WHOLE})?+msgid {_INNER}(?:msgid_plural {_WHOLE})?+")
_FORM = re.compile(rf"msgstr\[([0-9])\] {_INNER}")
_TAIL = re.compile(r"(?:\n|#(?![~|])[^\n]*+(?<!\\)\n)*+")


class _UnusualError(Exception):
    """Something that only `diagnose` can judge."""


class _Comments(dict[str, Comments]):
    """What comment lines say, each block of them read once: in a file many are the same."""

    def __missing__(self, block: str) -> Comments:
        if "\\\n" in block:
            raise _UnusualError
        comments = self[block] = read_comments(block)
        return comments


def _read_usual(data: bytes, text: str) -> tuple[tuple[Unit, ...], str] | None:
    """The units and the tail of a file that is laid out as usual; None asks for `diagnose`."""
    if CONTEXT_END.encode() in data:  # bytes are searched faster than text
        return None
    carriage_returns = b"\r" in data
    if carriage_returns:
        # If every line ends with the pair, the text without carriage returns is as good, and gives them back.
        pairs = text.count("\r\n")
        if pairs != text.count("\n") or pairs != text.count("\r"):
            return None
        text = text.replace("\r\n", "\n")
    try:
        units, end = _usual_units(text)
    except _UnusualError:
        return None
    tail = text[end:]
    if _TAIL.fullmatch(tail) is None:
        return None
    if carriage_returns:
        tail = tail.replace("\n", "\r\n")
        units = [unit.changed(raw=unit.raw.replace("\n", "\r\n"), line=unit.line) for unit in units]
    return tuple(units), tail


def _usual_units(text: str) -> tuple[list[Unit], int]:
    """The units as far as the text is laid out as usual, and where that ends."""
    units: list[Unit] = []
    comments, begin, line = _Comments(), 0, 1
    shown: tuple[str, tuple[str, ...]] = "", ()  # where the last unit comes from: the next one often does too
    match_plain, match_entry, add = _PLAIN.match, _ENTRY.match, units.append
    while len(units) <= ENTRIES_LIMIT:
        match = match_plain(text, begin)
        if match is None:
            match = match_entry(text, begin)
            if match is None:
                return units, begin
            line += text.count("\n", begin, match.end(2))
            add(_usual_unit(match, comments, line))
            begin, line = match.end(), line + text.count("\n", match.end(2), match.end())
            continue
        notes, places, flagged, context, source, target = match.groups()
        extracted = tuple(notes[3:-1].split("\n#. ")) if notes else ()
        if places != shown[0]:
            shown = places, tuple(filter(None, places[3:-1].replace("\n#: ", " ").split(" ")))
        line += len(extracted) + places.count("\n") + (2 if flagged else 1)
        if context is not None and ('"' in context or "\\" in context):
            context = _usual(context)
        if '"' in source or "\\" in source:
            source = _usual(source)
        if '"' in target or "\\" in target:
            target = _usual(target)
        end = match.end()
        add(
            Unit(
                context=context,
                source=source,
                targets=(target,),
                flags=comments[flagged].flags if flagged else (),
                extracted_comments=extracted,
                locations=shown[1],
                line=line,
                raw=text[begin:end],
            )
        )
        begin, line = end, line + (2 if context is None else 3)
    raise _UnusualError


def _usual_unit(match: re.Match[str], known: _Comments, line: int) -> Unit:
    others, previous, *fields, obsolete = match.groups("")
    context, source, target, plural, forms = _obsolete_fields(obsolete) if obsolete else fields
    flags, translator, extracted, locations = known[others]
    return Unit(
        context=_usual(context[1:-2]) if context else None,
        source=_usual(source),
        plural=_usual(plural[1:-2]) if plural else None,
        targets=_usual_forms(forms) if forms else (_usual(target),),
        flags=flags,
        translator_comments=translator,
        extracted_comments=extracted,
        locations=locations,
        previous=_usual_previous(previous, bool(obsolete)) if previous else None,
        obsolete=bool(obsolete),
        line=line,
        raw=match[0],
    )


def _usual(inner: str) -> str:
    """The text of a string, given what stands between its first and its last quote."""
    if "\\" in inner:
        unescaped = unescape_usual(inner)
        if unescaped is None:
            raise _UnusualError
        return unescaped
    if '"' in inner:
        inner = inner.replace('"\n"', "")
        if '"' in inner:
            raise _UnusualError
    return inner


def _obsolete_fields(block: str) -> Sequence[Any]:
    match = _OBSOLETE_FIELDS.fullmatch(_without_prefix(block, "#~ "))
    if match is None:
        raise _UnusualError
    return match.groups("")


def _usual_forms(forms: str) -> tuple[str, ...]:
    found = _FORM.findall(forms)
    if any(index != str(due) for due, (index, _) in enumerate(found)):
        raise _UnusualError
    return tuple([_usual(inner) for _, inner in found])


def _usual_previous(block: str, obsolete: bool) -> Previous:
    match = _PREVIOUS.fullmatch(_without_prefix(block, "#~| " if obsolete else "#| "))
    if match is None:
        raise _UnusualError
    context, source, plural = match.groups("")
    return Previous(
        context=_usual(context[1:-2]) if context else None,
        source=_usual(source),
        plural=_usual(plural[1:-2]) if plural else None,
    )


def _without_prefix(block: str, prefix: str) -> str:
    """The lines of `block`, all of which should begin with `prefix`, without it."""
    if not block.startswith(prefix):
        raise _UnusualError
    return block[len(prefix) :].replace("\n" + prefix, "\n")
