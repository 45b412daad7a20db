"""xml: the one door to XML: untrusted bytes to a small tree with line numbers, and strings that are safe to write."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

from pipeline.model.finding import Finding, Location, Refused

RULE = "exchange"

# Some 50,000 entries of XLIFF; a document takes about ten times its size in memory.
BYTES_LIMIT = 48_000_000
ELEMENTS_LIMIT = 1_000_000
DEPTH_LIMIT = 100
STRING_LIMIT = 200_000
FINDINGS_LIMIT = 500

_XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace "
_DECLARATION = re.compile(r"<\?xml\s+version\s*=\s*[\"']([^\"'<>]*)[\"'](?:\s+encoding\s*=\s*[\"']([^\"'<>]*)[\"'])?")
_DECLARATION_LIMIT = 200
_TMX_DOCTYPE = re.compile(
    r"<!DOCTYPE\s+tmx\s+(?:SYSTEM|PUBLIC\s+(?:\"[^\"<>]*\"|'[^'<>]*'))\s+(?:\"[^\"<>]*\"|'[^'<>]*')\s*>"
)
_TMX_DOCTYPE_LIMIT = 2_000
_AGAIN = "export the file again from the tool that wrote it"

# XML 1.0 (fifth edition), 2.2: what no document can hold, not even escaped.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Every other character but those that have to be escaped somewhere: & < > " and white space that is no blank.
_PLAIN = re.compile("[ !#-%'-;=?-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*")
_TEXT_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_ATTRIBUTE_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
)


@dataclass(frozen=True, slots=True)
class Element:
    """An element as it was read; `children` holds elements and pieces of text in their order.

    The name is bare where the element is in the namespace of the root, and `namespace name` otherwise. Names of
    attributes are bare, `xml:lang` and `xml:space`, or `namespace name`.
    """

    name: str
    attributes: Mapping[str, str]
    line: int
    children: "list[Element | str]" = field(default_factory=list)

    def elements(self, name: str = "") -> "Iterator[Element]":
        """The child elements, of one name if it is given."""
        for child in self.children:
            if not isinstance(child, str) and (not name or child.name == name):
                yield child

    def first(self, name: str) -> "Element | None":
        return next(self.elements(name), None)

    @property
    def text(self) -> str:
        """All the text inside, that of inner elements included."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)


@dataclass(frozen=True, slots=True)
class Document:
    namespace: str
    root: Element


class Problems:
    """What is wrong with one file, up to a limit; `raise_if_any` refuses it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._findings: list[Finding] = []

    def add(self, line: int, message: str, *, hint: str, entry: str = "") -> None:
        if len(self._findings) < FINDINGS_LIMIT:
            location = Location(file=self.name, line=line)
            self._findings.append(Finding(rule=RULE, message=message, location=location, entry=shown(entry), hint=hint))

    def raise_if_any(self) -> None:
        if self._findings:
            raise Refused(sorted(self._findings, key=lambda finding: finding.location.line))

    def refuse(self, line: int, message: str, *, hint: str) -> NoReturn:
        """Refuse the file now, for what makes reading on pointless."""
        self.add(line, message, hint=hint)
        raise Refused(self._findings)


def shown(text: str) -> str:
    """Text of a stranger as a message may show it: not too long, and nothing in it that a terminal would obey."""
    short = text if len(text) <= 120 else text[:120] + "..."
    return short if short.isprintable() else ascii(short)[1:-1]


# ---- reading


def parse(data: bytes, name: str) -> Document:
    """Read a file of any origin in linear time.

    Raises Refused for what is not well-formed XML 1.0 in UTF-8 (or UTF-16 with a byte order mark), for every DOCTYPE
    but the bare one that most tools write into a TMX file, and for absurd sizes. Entities are never declared, hence
    never expanded; nothing is ever fetched.
    """
    problems = Problems(name)
    return _TreeBuilder(problems).build(_decode(data, problems))


def _decode(data: bytes, problems: Problems) -> str:
    if len(data) > BYTES_LIMIT:
        hint = "send fewer texts in a file"
        problems.refuse(0, f"the file has {len(data):,} bytes; {BYTES_LIMIT:,} is the limit", hint=hint)
    utf_16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if utf_16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = 1 if utf_16 else data.count(b"\n", 0, error.start) + 1
        problems.refuse(line, f"is not {'UTF-16' if utf_16 else 'UTF-8'} text", hint="save the file as UTF-8")
    if "\0" in text:
        # The parser would take some files with NULs for UTF-16, whatever it is told.
        problems.refuse(text.count("\n", 0, text.index("\0")) + 1, "has a NUL character", hint="save the file as UTF-8")
    declaration = _DECLARATION.match(text, 0, _DECLARATION_LIMIT)
    if declaration is not None:
        version, encoding = declaration.groups()
        if version != "1.0":
            problems.refuse(1, f"is XML {shown(version)}", hint="save the file as XML 1.0")
        known = ("utf-16", "utf-16le", "utf-16be") if utf_16 else ("utf-8", "utf8", "us-ascii", "ascii")
        if encoding is not None and encoding.lower() not in known:
            problems.refuse(1, f"says that it is in {shown(encoding)}", hint="save the file as UTF-8")
    return _without_tmx_doctype(text)


def _without_tmx_doctype(text: str) -> str:
    """Blank `<!DOCTYPE tmx SYSTEM "tmx14.dtd">`, which declares nothing; every other one is left and refused."""
    match = _TMX_DOCTYPE.search(text, 0, _TMX_DOCTYPE_LIMIT)
    if match is None or "<tmx" in text[: match.start()]:
        return text
    return text[: match.start()] + re.sub(r"[^\n]", " ", match[0]) + text[match.end() :]


class _TreeBuilder:
    """The handlers of one parse; the first thing that must not be ends it."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.buffer_size = 1 << 16
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._open: list[Element] = []
        self._root: Element | None = None
        self._namespace = ""
        self._count = 0

    def build(self, text: str) -> Document:
        try:
            self._parser.Parse(text.encode("utf-8"), True)
        except expat.ExpatError as error:
            message = f"is not well-formed XML: {expat.ErrorString(error.code)} in column {error.offset + 1}"
            self._problems.refuse(error.lineno, message, hint=_AGAIN)
        assert self._root is not None  # expat has refused a document without a root
        return Document(self._namespace, self._root)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        line = self._parser.CurrentLineNumber
        self._count += 1
        if self._count > ELEMENTS_LIMIT:
            self._problems.refuse(line, f"has more than {ELEMENTS_LIMIT:,} elements", hint="send fewer texts in a file")
        if len(self._open) >= DEPTH_LIMIT:
            self._problems.refuse(line, f"nests elements deeper than {DEPTH_LIMIT}", hint=_AGAIN)
        if self._root is None:
            self._namespace = name.rpartition(" ")[0]
        element = Element(self._local(name), _attributes(attributes), line)
        if self._root is None:
            self._root = element
        else:
            self._open[-1].children.append(element)
        self._open.append(element)

    def _local(self, name: str) -> str:
        namespace, _, local = name.rpartition(" ")
        return local if namespace == self._namespace else f"{namespace} {local}"

    def _end(self, name: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        self._open[-1].children.append(text)

    def _doctype(self, *_: object) -> None:
        hint = "remove the <!DOCTYPE ...> line; these formats need none"
        self._problems.refuse(self._parser.CurrentLineNumber, "declares a document type", hint=hint)


def _attributes(attributes: Mapping[str, str]) -> Mapping[str, str]:
    for name in attributes:
        if name.startswith(_XML_NAMESPACE):
            return {name.replace(_XML_NAMESPACE, "xml:"): value for name, value in attributes.items()}
    return attributes


# ---- writing

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'


class UnwritableError(ValueError):
    """A text with a character that XML 1.0 cannot hold."""

    def __init__(self, character: str) -> None:
        super().__init__(f"has the character U+{ord(character):04X}, which XML cannot hold")


def escape(text: str) -> str:
    """Text as the content of an element. Raises UnwritableError."""
    return _escape(text, _TEXT_ESCAPES)


def open_tag(name: str, attributes: Mapping[str, str], end: str = ">") -> str:
    """A start tag; attributes without a value are left out. Raises UnwritableError."""
    written = [f"<{name}"]
    for key, value in attributes.items():
        if value:
            written.append(f' {key}="{_escape(value, _ATTRIBUTE_ESCAPES)}"')
    return "".join(written) + end


def leaf(name: str, attributes: Mapping[str, str], content: str) -> str:
    """An element on one line; `content` is XML already."""
    return f"{open_tag(name, attributes)}{content}</{name}>" if content else open_tag(name, attributes, "/>")


def block(name: str, attributes: Mapping[str, str], items: list[str]) -> list[str]:
    """An element around others, which are indented; a line break inside an item is text and stays as it is."""
    if not items:
        return [open_tag(name, attributes, "/>")]
    return [open_tag(name, attributes), *[f"  {item}" for item in items], f"</{name}>"]


def document(lines: list[str]) -> bytes:
    """The bytes of a document."""
    return "\n".join([DECLARATION, *lines, ""]).encode("utf-8")


def excess(data: bytes) -> str:
    """What a document of ours has too much of to be sure that it is read when it comes back; empty if nothing.

    A third of the limits is left for the translations to come and for what tools add.
    """
    # What could look like the end of an element is escaped everywhere else.
    counts = {"bytes": (len(data), BYTES_LIMIT), "elements": (data.count(b"</") + data.count(b"/>"), ELEMENTS_LIMIT)}
    return next(
        (
            f"{count:,} {what}; {limit * 2 // 3:,} is the limit"
            for what, (count, limit) in counts.items()
            if count > limit * 2 // 3
        ),
        "",
    )


def _escape(text: str, escapes: Mapping[int, str]) -> str:
    if _PLAIN.fullmatch(text):
        return text
    unwritable = _UNWRITABLE.search(text)
    if unwritable is not None:
        raise UnwritableError(unwritable[0])
    return text.translate(escapes)
