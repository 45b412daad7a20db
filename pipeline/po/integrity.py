"""integrity: what must hold between the entries of a PO file and its header."""

import re
import shlex
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pipeline.errors import PipelineError
from pipeline.model.catalog import FUZZY, Unit, header_fields
from pipeline.model.finding import Finding, Location
from pipeline.model.plurals import PluralFormsError, PluralRule, parse_plural_forms, plural_forms

ENTRIES_LIMIT = 100_000
STRING_LIMIT = 200_000

_CHARSET = re.compile(r"charset=([^ \t\n]*)")
_CONTENT_TYPE = re.compile(r"^Content-Type:[^\n]*\bcharset=", re.MULTILINE)
_PLURAL_FORMS = re.compile(r"^Plural-Forms:([^\n]*)", re.MULTILINE)
_TEMPLATE_CHARSET = "CHARSET"
_TEMPLATE_PLURAL_FORMS = "nplurals=INTEGER; plural=EXPRESSION;"


def inconsistencies(units: Sequence[Unit], name: str, *, header_is_broken: bool = False) -> Iterator[Finding]:
    """What is wrong with entries that are well-formed each by itself.

    `header_is_broken` says that the file has a header which could not be read, so that it is not reported missing.
    """
    header = units[0] if units and units[0].key == (None, "") else None
    if header is not None:
        yield from _header_problems(header, name)
        yield from _plural_problems(header, units, name)
    elif not header_is_broken:
        yield from _missing_header(units, name)
    yield from _duplicates(units, name)
    for unit in units:
        if len(unit.raw) > STRING_LIMIT // 4:
            yield from _long_strings(unit, name)
        if "\\" in unit.raw and unit is not header and not unit.obsolete:
            yield from _uneven_line_breaks(unit, name)


def _finding(name: str, unit: Unit, rule: str, message: str, hint: str) -> Finding:
    return Finding(rule=rule, message=message, location=Location(file=name, line=unit.line), entry=unit.id, hint=hint)


# ---- header


def _missing_header(units: Sequence[Unit], name: str) -> Iterator[Finding]:
    later = next((unit for unit in units if unit.key == (None, "") and not unit.obsolete), None)
    if later is not None:
        yield _finding(name, later, "header", "the header is not the first entry", "move it to the top of the file")
        return
    yield Finding(
        rule="header",
        message="the file has no header",
        location=Location(file=name, line=1),
        hint='begin with msgid "" and a msgstr that has "Content-Type: text/plain; charset=UTF-8\\n"',
    )


def _header_problems(header: Unit, name: str) -> Iterator[Finding]:
    if header.obsolete:
        yield _finding(name, header, "header", "the header is obsolete", "remove the #~ before its lines")
    if header.plural is not None:
        yield _finding(name, header, "header", "the header has a plural", "remove its msgid_plural and write msgstr")
    for rule, message, hint in _encoding_problems(header.targets[0], name.endswith(".pot")):
        yield _finding(name, header, rule, message, hint.replace("{file}", shlex.quote(name)))


@lru_cache(maxsize=256)
def _encoding_problems(header: str, is_template: bool) -> tuple[tuple[str, str, str], ...]:
    """Rule, message and hint for each; cached, because the catalogs of a language often share their header."""
    problems = []
    if _CONTENT_TYPE.search(header) is None:
        message = "the header does not say which encoding the file has"
        problems.append(("header", message, 'add "Content-Type: text/plain; charset=UTF-8\\n"'))
    # gettext takes the first charset= of the header, wherever it stands: there may be no other one.
    for charset in _CHARSET.findall(header):
        if charset.upper() == "UTF-8" or (charset == _TEMPLATE_CHARSET and is_template):
            continue
        hint = "write charset=UTF-8"
        if charset.upper().replace("-", "") not in ("UTF8", "UTF8;", "CHARSET", ""):
            hint = f"convert it: msgconv --to-code=UTF-8 {{file}} -o {{file}}; if it is UTF-8 already, {hint}"
        problems.append(("encoding", f"the header says charset={charset}", hint))
    return tuple(problems)


# ---- plurals


def _plural_problems(header: Unit, units: Sequence[Unit], name: str) -> Iterator[Finding]:
    try:
        rule = _declared_rule(header.targets[0], name.endswith(".pot"))
    except PluralFormsError as error:
        yield _finding(name, header, "header", f"Plural-Forms: {error}", _right_plural_forms(header))
        return
    if rule is _UNDECIDED:
        return
    for unit in units:
        if unit.plural is None or unit.obsolete or unit is header:
            continue
        if rule is None:
            message = "the entry has a plural, but the header has no Plural-Forms"
            yield _finding(name, unit, "plurals", message, _right_plural_forms(header))
        elif len(unit.targets) != rule.count:
            message = f"the header has nplurals={rule.count}, the number of forms here is {len(unit.targets)}"
            due = "msgstr[0] only" if rule.count == 1 else f"msgstr[0] to msgstr[{rule.count - 1}]"
            yield _finding(name, unit, "plurals", message, f"give {due}")


def _right_plural_forms(header: Unit) -> str:
    """What to write, if the header says of which language it is."""
    language = dict(header_fields(header.targets[0])).get("Language", "")
    try:
        return f"write Plural-Forms: {plural_forms(language)}"
    except PipelineError:
        return "write the Plural-Forms line that msginit makes for the language"


# A template has no language yet: any number of forms will do.
_UNDECIDED = PluralRule(count=0, tokens=(), index=lambda number: 0)


@lru_cache(maxsize=256)
def _declared_rule(header: str, is_template: bool) -> PluralRule | None:
    """The rule that a header declares, None if it declares none. Raises PluralFormsError.

    gettext takes the first `plural=` and the first `nplurals=` of the whole header, wherever they stand: there may be
    no second one.
    """
    found = _PLURAL_FORMS.search(header)
    value = found[1].strip(" \t\r") if found else ""
    if header.count("plural=") != value.count("plural=") or header.count("nplurals=") != value.count("nplurals="):
        raise PluralFormsError("plural= or nplurals= stands outside of the first Plural-Forms line")
    if is_template and value in ("", _TEMPLATE_PLURAL_FORMS):
        return _UNDECIDED
    if not value:
        return None
    return parse_plural_forms(value)


# ---- entries


def _duplicates(units: Sequence[Unit], name: str) -> Iterator[Finding]:
    if len({(unit.context, unit.source) for unit in units}) == len(units):
        return
    first: dict[tuple[str | None, str], Unit] = {}
    for unit in units:
        earlier = first.setdefault(unit.key, unit)
        if earlier is not unit:
            message = f"the entry is already in line {earlier.line}"
            hint = "remove one of the two"
            if earlier.obsolete or unit.obsolete:  # msgfmt refuses these as well
                hint = "remove the obsolete one (#~)"
            yield _finding(name, unit, "duplicate", message, hint)


def _long_strings(unit: Unit, name: str) -> Iterator[Finding]:
    strings = [unit.context, unit.source, unit.plural, *unit.targets, *unit.translator_comments]
    strings += [*unit.extracted_comments, *unit.locations, *unit.flags]
    if unit.previous is not None:
        strings += [unit.previous.context, unit.previous.source, unit.previous.plural]
    if any(len(string.encode()) > STRING_LIMIT for string in strings if string is not None):
        message = f"a string of more than {STRING_LIMIT:,} bytes"
        yield _finding(name, unit, "size", message, "split the text into several messages")


def _uneven_line_breaks(unit: Unit, name: str) -> Iterator[Finding]:
    """As gettext has it: all strings of an entry begin with a line feed or none does, and the same for their ends.

    What no one is shown yet (an untranslated or fuzzy entry) may be uneven.
    """
    if not unit.targets[0] or not unit.source or FUZZY in unit.flags:
        return
    others = unit.targets if unit.plural is None else (unit.plural, *unit.targets)
    for verb, has_break in (("begin", str.startswith), ("end", str.endswith)):
        if any(has_break(other, "\n") != has_break(unit.source, "\n") for other in others):
            message = f"msgid and its translations do not all {verb} with \\n"
            yield _finding(name, unit, "line-breaks", message, f"let all of them {verb} with \\n, or none")
