"""diagnose: a PO file read token by token as gettext does, with every problem of it found in one go."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from pipeline.model.catalog import Previous, Unit
from pipeline.model.finding import Finding, Location
from pipeline.po.comments import read_comments
from pipeline.po.escapes import EscapeError, unescape
from pipeline.po.integrity import ENTRIES_LIMIT

FINDINGS_LIMIT = 500

_SPACE = " \t\f\v"
_TOKEN = re.compile(
    r"""[ \t\f\v]*+(?:
        (?P<form>msgstr[ \t\f\v]*+\[[ \t\f\v]*+(?P<index>[0-9]++)[ \t\f\v]*+\])
      | (?P<word>[A-Za-z_$][A-Za-z0-9_$]*+)
      | "(?P<string>[^"\\]*+(?:\\.[^"\\]*+)*+)"
      | (?P<open>".*+)
      | (?P<junk>.++)
    )""",
    re.VERBOSE | re.DOTALL,
)
_WORDS = frozenset({"msgctxt", "msgid", "msgid_plural", "msgstr"})
_PREVIOUS = "#| "
_FORM = "msgstr[]"

# What may follow what inside an entry; an entry is complete after a msgstr.
_BEGIN: tuple[str, ...] = (_PREVIOUS + "msgctxt", _PREVIOUS + "msgid", "msgctxt", "msgid")
_FOLLOWERS: Mapping[str, tuple[str, ...]] = {
    "": _BEGIN,
    _PREVIOUS + "msgctxt": (_PREVIOUS + "msgid",),
    _PREVIOUS + "msgid": (_PREVIOUS + "msgid_plural", "msgctxt", "msgid"),
    _PREVIOUS + "msgid_plural": ("msgctxt", "msgid"),
    "msgctxt": ("msgid",),
    "msgid": ("msgid_plural", "msgstr"),
    "msgid_plural": (_FORM,),
    "msgstr": (),
    _FORM: (_FORM,),
}
_LAST = ("msgstr", _FORM)
_LINE_HINT = 'a line is a comment (#), a keyword with its string, or a string in double quotes; write \\" for a quote'


class Reading(NamedTuple):
    """What could be read; `broken` has the keys of entries with a problem, as far as they are known."""

    units: tuple[Unit, ...]
    tail: str
    findings: tuple[Finding, ...]
    broken: frozenset[tuple[str | None, str]]


def diagnose(text: str, name: str) -> Reading:
    """Read every entry of `text` and collect what is wrong with its grammar; never raises."""
    return _Parser(text, name).read()


class _Parser:
    """One pass over the lines of a file; the entry being read is kept in attributes until it is complete."""

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self.units: list[Unit] = []
        self.findings: list[Finding] = []
        self.broken: set[tuple[str | None, str]] = set()
        self.number = 0  # of the current line
        self.line_end = 0  # offsets into the text
        self.entry_begin = 0
        self.entry_end = 0
        self.continued = False  # about the line before
        self.blank = False
        self.begin_entry()

    def begin_entry(self) -> None:
        self.comments: list[str] = []
        self.keyword = ""
        self.strings: dict[str, list[str]] = {}
        self.forms: list[list[str]] = []
        self.current: list[str] | None = None
        self.line = 0
        self.obsolete = False
        self.sound = True

    def read(self) -> Reading:
        lines = self.text.split("\n")
        for number, line in enumerate(lines, 1):
            self.number = number
            self.line_end = min(self.line_end + len(line) + 1, len(self.text))
            self.read_line(line, last=number == len(lines))
            if len(self.findings) >= FINDINGS_LIMIT:
                self.report("there are more problems than these", "mend these first")
                break
            if len(self.units) > ENTRIES_LIMIT:
                self.report(f"more than {ENTRIES_LIMIT:,} entries", "split the file")
                break
        else:
            self.close_entry()
        tail = self.text[self.entry_begin :]
        return Reading(tuple(self.units), tail, tuple(self.findings), frozenset(self.broken))

    def report(self, message: str, hint: str, line: int = 0) -> None:
        self.sound = False
        # The beginning is enough to know the entry by, and many findings in one huge entry stay cheap.
        entry = "".join((self.strings.get("msgctxt") or self.strings.get("msgid", []))[:20])[:200]
        location = Location(file=self.name, line=line or self.number)
        self.findings.append(Finding(rule="syntax", message=message, location=location, entry=entry, hint=hint))

    # ---- lines

    def read_line(self, line: str, last: bool) -> None:
        if line.endswith("\r") and not last:
            line = line[:-1]
        content = line.lstrip(_SPACE)
        obsolete = content.startswith("#~")
        previous = content.startswith("#~|" if obsolete else "#|")
        content = content[2 * obsolete + (1 if obsolete else 2) * previous :].lstrip(_SPACE)
        is_comment = content.startswith("#") and not previous and content[:2] not in ("#~", "#|")
        if is_comment:
            self.close_entry()
        continues, self.continued = self.continued, line.endswith("\\")
        if self.continued:
            self.report("the line ends with a backslash", "remove it: gettext would join the next line to this one")
        if continues or self.continued:
            return
        if is_comment:
            self.read_comment(content)
        elif content:
            self.read_tokens(content.rstrip(_SPACE), obsolete, previous)
        self.blank = not content

    def read_comment(self, line: str) -> None:
        if "\r" in line:
            self.report("a carriage return inside a line", "end lines with a line feed, for example with dos2unix")
        self.comments.append(line)

    def read_tokens(self, content: str, obsolete: bool, previous: bool) -> None:
        position = 0
        while position < len(content) and len(self.findings) < FINDINGS_LIMIT:
            token = _TOKEN.match(content, position)
            assert token is not None  # the last alternative takes anything
            kind = token.lastgroup
            if kind == "string":
                self.read_string(token["string"], obsolete, previous)
            elif kind == "open":
                self.report("the string is not closed", "end it with a double quote on the same line")
            elif kind == "junk" or (kind == "word" and token["word"] not in _WORDS):
                self.report_junk(token[0].strip(_SPACE))
                return
            else:
                self.read_keyword(token, obsolete, previous, first=position == 0)
            position = token.end()
        self.entry_end = self.line_end

    def report_junk(self, junk: str) -> None:
        if self.blank and self.keyword in _LAST:
            self.close_entry()
        if junk == "domain":
            self.report("a domain directive", "keep one domain in a file and remove the directive")
        elif junk.startswith("\r"):
            self.report("a carriage return inside a line", "end lines with a line feed, for example with dos2unix")
        else:
            shown = junk if len(junk) <= 40 else junk[:40] + "…"
            self.report(f"unexpected {shown!r}", _LINE_HINT)

    # ---- tokens

    def read_string(self, inner: str, obsolete: bool, previous: bool) -> None:
        try:
            value = unescape(inner)
        except EscapeError as error:
            self.report(str(error), error.hint)
            value = ""
        if self.current is None:
            if self.sound:
                self.report("a string that belongs to no keyword", "put msgid or msgstr before it")
            return
        if (self.keyword.startswith(_PREVIOUS) != previous or obsolete != self.obsolete) and self.sound:
            self.report("the line begins unlike the keyword that it continues", "use the same #~, #| or #~| on both")
        self.current.append(value)

    def read_keyword(self, token: re.Match[str], obsolete: bool, previous: bool, first: bool) -> None:
        keyword = (_PREVIOUS if previous else "") + (_FORM if token["form"] else token["word"])
        if keyword not in _FOLLOWERS:
            self.report(f"unexpected {token[0].strip(_SPACE)!r} in the previous source", "remove the line")
            return
        if keyword in _BEGIN and (keyword not in _FOLLOWERS[self.keyword] or not (self.keyword or self.sound)):
            if not first and self.sound:
                self.report("an entry begins in the middle of a line", "begin each entry on a line of its own")
            self.close_entry()
            self.sound = True
        self.check_order(keyword)
        if not self.keyword:
            self.obsolete = obsolete
        elif obsolete != self.obsolete and self.sound:
            self.report("only a part of the entry is marked as obsolete", "begin all of its lines with #~, or none")
        if keyword in ("msgctxt", "msgid") and self.keyword != "msgctxt":
            self.line = self.number
        self.keyword = keyword
        self.current = []
        if keyword == _FORM:
            self.check_index(token["index"])
            self.forms.append(self.current)
        else:
            self.strings[keyword] = self.current

    def check_order(self, keyword: str) -> None:
        self.check_string()
        if keyword in _FOLLOWERS[self.keyword] or not self.sound:
            return
        expected = " or ".join(_FOLLOWERS[self.keyword]) or "a new entry"
        after = f"after {self.keyword}" if self.keyword else "at the beginning of an entry"
        self.report(f"{keyword} {after}", f"expected {expected}")

    def check_index(self, index: str) -> None:
        # Compared as text: int() is quadratic, and refuses very long numbers.
        if (index.lstrip("0") or "0") != str(len(self.forms)) and self.sound:
            self.report(f"msgstr[{index[:20]}] where msgstr[{len(self.forms)}] is due", "number the forms from 0 on")

    def check_string(self) -> None:
        if self.current is not None and not self.current and self.sound:
            self.report(f"{self.keyword} has no string", 'write "" for an empty one')

    # ---- entries

    def close_entry(self) -> None:
        """Take what was read as a unit, or say what is missing; comments alone belong to what follows."""
        if not self.keyword and self.sound:
            return
        self.check_string()
        if self.sound and self.keyword not in _LAST:
            expected = " or ".join(_FOLLOWERS[self.keyword])
            self.report(f"the entry ends after {self.keyword}", f"expected {expected} before this line")
        source = self.strings.get("msgid")
        if self.sound and source is not None:
            self.units.append(self.unit("".join(source)))
            self.entry_begin = self.entry_end
        elif source is not None:
            context = self.strings.get("msgctxt")
            self.broken.add((None if context is None else "".join(context), "".join(source)))
        complete = self.sound
        self.begin_entry()
        # What is left of an entry that ended too soon is not reported again: it lasts until the next one begins.
        self.sound = complete

    def unit(self, source: str) -> Unit:
        comments = read_comments("\n".join(self.comments))
        return Unit(
            context=self.joined("msgctxt"),
            source=source,
            plural=self.joined("msgid_plural"),
            targets=tuple("".join(parts) for parts in self.forms or [self.strings["msgstr"]]),
            flags=comments.flags,
            translator_comments=comments.translator_comments,
            extracted_comments=comments.extracted_comments,
            locations=comments.locations,
            previous=self.previous(),
            obsolete=self.obsolete,
            line=self.line,
            raw=self.text[self.entry_begin : self.entry_end],
        )

    def joined(self, keyword: str) -> str | None:
        strings = self.strings.get(keyword)
        return None if strings is None else "".join(strings)

    def previous(self) -> Previous | None:
        source = self.joined(_PREVIOUS + "msgid")
        if source is None:
            return None
        context, plural = self.joined(_PREVIOUS + "msgctxt"), self.joined(_PREVIOUS + "msgid_plural")
        return Previous(context=context, source=source, plural=plural)
