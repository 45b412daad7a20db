"""PO files as text, written here without the project's own writer, so that a spoilt one can be written as well."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.quality.corpus import Forms

ESCAPES = {
    "\\": "\\\\",
    '"': '\\"',
    "\n": "\\n",
    "\t": "\\t",
    "\r": "\\r",
    "\a": "\\a",
    "\b": "\\b",
    "\f": "\\f",
    "\v": "\\v",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    id: str
    source: Forms
    target: Forms
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """What is written into a file."""

    language: str
    plural: str
    entries: tuple[Entry, ...]
    charset: str = "UTF-8"
    extra: str = field(default="")  # appended as it is


def catalog_text(catalog: Catalog) -> str:
    return "\n".join([_header(catalog), *(_entry(entry) for entry in catalog.entries)]) + catalog.extra


def pot_text(entries: Iterable[Entry]) -> str:
    """The template: the sources without their translations."""
    blank = [
        Entry(id=entry.id, source=entry.source, target=("",) * min(len(entry.source), 2), flags=entry.flags)
        for entry in entries
    ]
    empty = Catalog(language="", plural="nplurals=2; plural=(n != 1);", entries=tuple(blank))
    return "#, fuzzy\n" + catalog_text(empty)


def quoted(text: str) -> str:
    return '"' + "".join(ESCAPES.get(sign, sign) for sign in text) + '"'


def _header(catalog: Catalog) -> str:
    fields = [
        "Project-Id-Version: Medical FAQ",
        "Report-Msgid-Bugs-To: https://example.org/issues",
        "PO-Revision-Date: 2026-11-22 12:00+0000",
        "Last-Translator: Sample translation, not approved",
        f"Language-Team: {catalog.language or 'none'}",
        f"Language: {catalog.language}",
        "MIME-Version: 1.0",
        f"Content-Type: text/plain; charset={catalog.charset}",
        "Content-Transfer-Encoding: 8bit",
        *([f"Plural-Forms: {catalog.plural}"] if catalog.plural else []),
    ]
    return 'msgid ""\nmsgstr ""\n' + "".join(quoted(line + "\n") + "\n" for line in fields)


def _entry(entry: Entry) -> str:
    flags = ["python-brace-format"] * any("{" in form for form in entry.source) + list(entry.flags)
    lines = [f"#, {', '.join(flags)}"] if flags else []
    lines += [f"msgctxt {quoted(entry.id)}", f"msgid {quoted(entry.source[0])}"]
    if len(entry.source) > 1:
        lines += [f"msgid_plural {quoted(entry.source[1])}"]
        lines += [f"msgstr[{place}] {quoted(form)}" for place, form in enumerate(entry.target)]
    else:
        lines += [f"msgstr {quoted(entry.target[0])}"]
    return "\n".join(lines) + "\n"
