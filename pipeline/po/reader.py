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
    yield from _undecodable_lines(data, name)


def _undecodable_lines(data: bytes, name: str) -> Iterator[Finding]:
    file = shlex.quote(name)
    claimed = re.search(rb"charset=([A-Za-z0-9_.:-]+)", data)
    hint = f"if it is Windows-1252: iconv -f WINDOWS-1252 -t UTF-8 {file} > new.po"
    if claimed is not None and claimed[1].upper() not in (b"UTF-8", b"UTF8", b"CHARSET"):
        hint = f"convert it: msgconv --to-code=UTF-8 {file} -o {file}"
    found = 0
    for number, line in enumerate(data.split(b"\n"), 1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            yield _encoding_finding(name, number, f"byte {line[error.start]:#04x} is not UTF-8", hint)
            found += 1
            if found == FINDINGS_LIMIT:
                return


def _encoding_finding(name: str, line: int, message: str, hint: str) -> Finding:
    return Finding(rule="encoding", message=message, location=Location(file=name, line=line), hint=hint)


# ---- the usual file: one match for each entry, in the layout that all tools write

# A string with its quotes and the last line end. Repeats are possessive, so that nothing is tried twice.
_STRING = r'("[^\n]*"\n(?:"[^\n]*"\n)*+)'
_FIELDS = (
    rf"(?:msgctxt {_STRING})?+msgid {_STRING}"
    rf"(?:msgstr {_STRING}|msgid_plural {_STRING}((?:msgstr\[[0-9]\] "
    r'"[^\n]*"\n(?:"[^\n]*"\n)*+)++))'
)
# Most entries have at most one comment of each kind, with one location and one flag: those come out of the match.
_COMMENTS = (
    r"((?:#\. ([^\n]*+)(?<!\\)\n)?+(?:#: ([^ \t\u2068\u2069\\\n]++)\n)?+(?:#, ([^ \t\f\v,\\\n]++)\n)?+"
    r"((?:#(?![~|])[^\n]*+\n)*+))"
)
_ENTRY = re.compile(rf"\n*+{_COMMENTS}((?:#\| [^\n]*+\n)++|(?:#~\| [^\n]*+\n)*+)(?:{_FIELDS}|((?:#~ [^\n]*+\n)++))")
_OBSOLETE_FIELDS = re.compile(_FIELDS)
_PREVIOUS = re.compile(rf"(?:msgctxt {_STRING})?+msgid {_STRING}(?:msgid_plural {_STRING})?+")
_FORM = re.compile(rf"msgstr\[([0-9])\] {_STRING}")
_TAIL = re.compile(r"(?:\n|#(?![~|])[^\n]*+\n)*+")


class _UnusualError(Exception):
    """Something that only `diagnose` can judge."""


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
        units, end = _usual_units(text, carriage_returns)
    except _UnusualError:
        return None
    tail = text[end:]
    if _TAIL.fullmatch(tail) is None or "\\\n" in tail:
        return None
    return tuple(units), tail.replace("\n", "\r\n") if carriage_returns else tail


def _usual_units(text: str, carriage_returns: bool) -> tuple[list[Unit], int]:
    units: list[Unit] = []
    begin, line, counted = 0, 1, 0
    match_entry, count = _ENTRY.match, text.count
    while match := match_entry(text, begin):
        comments, extracted, location, flag, others, previous, context, source, target, plural, forms, obsolete = (
            match.groups()
        )
        end, keyword = match.end(), match.end(6)
        line += count("\n", counted, keyword)
        if others:
            flags, translator, all_extracted, locations = _usual_comments(comments)
        else:
            flags = () if flag is None else (flag,)
            translator = ()
            all_extracted = () if extracted is None else (extracted,)
            locations = () if location is None else (location,)
        if obsolete is not None:
            context, source, target, plural, forms = _obsolete_fields(obsolete)
        raw = text[begin:end]
        units.append(
            Unit(
                context=None if context is None else _usual(context),
                source=_usual(source),
                plural=None if plural is None else _usual(plural),
                targets=_usual_forms(forms) if target is None else (_usual(target),),
                flags=flags,
                translator_comments=translator,
                extracted_comments=all_extracted,
                locations=locations,
                previous=_usual_previous(previous, obsolete is not None) if previous else None,
                obsolete=obsolete is not None,
                line=line,
                raw=raw.replace("\n", "\r\n") if carriage_returns else raw,
            )
        )
        if len(units) > ENTRIES_LIMIT:
            raise _UnusualError
        begin, counted = end, keyword
    return units, begin


def _usual(quoted: str) -> str:
    text = quoted[1:-2]
    if "\\" in text:
        unescaped = unescape_usual(text)
        if unescaped is None:
            raise _UnusualError
        return unescaped
    if '"' in text:
        text = text.replace('"\n"', "")
        if '"' in text:
            raise _UnusualError
    return text


def _usual_comments(block: str) -> Comments:
    if "\\\n" in block:  # gettext would join the lines
        raise _UnusualError
    return read_comments(block)


def _obsolete_fields(block: str) -> Sequence[str | Any]:
    match = _OBSOLETE_FIELDS.fullmatch(_without_prefix(block, "#~ "))
    if match is None:
        raise _UnusualError
    return match.groups()


def _usual_forms(forms: str) -> tuple[str, ...]:
    found = _FORM.findall(forms)
    if any(index != str(due) for due, (index, _) in enumerate(found)):
        raise _UnusualError
    return tuple([_usual(quoted) for _, quoted in found])


def _usual_previous(block: str, obsolete: bool) -> Previous:
    match = _PREVIOUS.fullmatch(_without_prefix(block, "#~| " if obsolete else "#| "))
    if match is None:
        raise _UnusualError
    context, source, plural = match.groups()
    return Previous(
        context=None if context is None else _usual(context),
        source=_usual(source),
        plural=None if plural is None else _usual(plural),
    )


def _without_prefix(block: str, prefix: str) -> str:
    """The lines of `block`, all of which should begin with `prefix`, without it."""
    if not block.startswith(prefix):
        raise _UnusualError
    return block[len(prefix) :].replace("\n" + prefix, "\n")
