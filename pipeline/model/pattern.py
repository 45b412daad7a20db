"""pattern: a text with its inline parts as a small tree, and the only two ways between tree and string.

A string in a catalog writes the tree as `Text {atom} <span>text</span>`; a literal brace is doubled.
Everything that comes from a translator passes through `parse_pattern`, which knows only the parts of
the message at hand, so a translation can never carry markup of its own into an export.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator

from msgspec import Struct

MAX_DEPTH = 8


class Text(Struct, frozen=True, tag=True, gc=False):
    value: str


class Atom(Struct, frozen=True, tag=True, gc=False):
    """An inline part without text of its own: a citation, a footnote mark, a value."""

    name: str


class Span(Struct, frozen=True, tag=True, gc=False):
    """An inline part around text: emphasis or a link."""

    name: str
    children: "Pattern"


Part = Text | Atom | Span
Pattern = tuple[Part, ...]


class PatternError(ValueError):
    """A string that is not a pattern of its message; `problems` says everything that is wrong with it."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


_SPECIAL = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]|<(/?)([A-Za-z][A-Za-z0-9]*+)([^<>]*+)>|<[!?/][^<>]*+>")

_TAG_START = re.compile(r"<[A-Za-z/!?]")

# What of it most strings hold, parts and nothing else.
_PIECE = re.compile(r"(\{[A-Za-z0-9_]++\}|</?[A-Za-z][A-Za-z0-9]*+>)")

_TAG = re.compile(r"</?[A-Za-z][^<>]*+>|<[!?/][^<>]*+>")

# Control characters, which neither HTML nor XML can hold, and those that turn the reading direction of what follows.
_INVISIBLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def looks_like_tag(text: str) -> bool:
    """True if the text holds something that a pattern would read as a tag; `p < 0.05` does not."""
    return _TAG.search(text) is not None


def serialize(pattern: Pattern) -> str:
    """The string form of a pattern, as it stands in a catalog."""
    parts: list[str] = []
    for part in pattern:
        if isinstance(part, Text):
            value = part.value
            parts.append(value.replace("{", "{{").replace("}", "}}") if "{" in value or "}" in value else value)
        elif isinstance(part, Atom):
            parts.append(f"{{{part.name}}}")
        else:
            parts.append(f"<{part.name}>{serialize(part.children)}</{part.name}>")
    return "".join(parts)


def parse_pattern(text: str, *, atoms: Collection[str] = (), spans: Collection[str] = ()) -> Pattern:
    """Read a string with exactly the named atoms and spans allowed, in linear time.

    Raises PatternError with every problem: an unknown or malformed placeholder, a lone brace, an
    unknown tag, a tag with attributes, tags that do not pair, tags nested deeper than MAX_DEPTH, a control
    character or one that overrides the reading direction.
    """
    # What is printable has no invisible character; what is not may still be a space that does not break.
    if text.isprintable() or _INVISIBLE.search(text) is None:
        pattern = _usual_pattern(text, atoms, spans)
        if pattern is not None:
            return pattern
    return _any_pattern(text, atoms, spans)


def _usual_pattern(text: str, atoms: Collection[str], spans: Collection[str]) -> Pattern | None:
    """The pattern of a string that has the parts it may have and no doubled brace; None asks for `_any_pattern`."""
    if "{" not in text and "}" not in text and "<" not in text:
        return (Text(text),) if text else ()
    parts: list[Part] = []
    around: list[tuple[str, list[Part]]] = []
    pieces = iter(_PIECE.split(text))
    for literal in pieces:
        if literal:
            if "{" in literal or "}" in literal or ("<" in literal and _TAG_START.search(literal)):
                return None
            parts.append(Text(literal))
        piece = next(pieces, None)
        if piece is None:
            break
        name = piece[1:-1]
        if piece[0] == "{":
            if name not in atoms:
                return None
            parts.append(Atom(name))
        elif name[0] != "/":
            if name not in spans or len(around) == MAX_DEPTH:
                return None
            around.append((name, parts))
            parts = []
        else:
            if not around or around[-1][0] != name[1:]:
                return None
            name, outer = around.pop()
            outer.append(Span(name, tuple(parts)))
            parts = outer
    return None if around else tuple(parts)


def _any_pattern(text: str, atoms: Collection[str], spans: Collection[str]) -> Pattern:
    """The pattern of any string, or everything that is wrong with it."""
    tree = _Tree()
    tree.problems.extend(f"the invisible character U+{ord(match[0]):04X}" for match in _INVISIBLE.finditer(text))
    position = 0
    for match in _SPECIAL.finditer(text):
        tree.literal(text[position : match.start()])
        position = match.end()
        token, atom, tag = match[0], match[1], match[3]
        if token in ("{{", "}}"):
            tree.literal(token[0])
        elif atom is not None and atom in atoms:
            tree.part(Atom(atom))
        elif atom is not None:
            tree.problems.append(f"unknown placeholder {token}")
        elif token in "{}":
            tree.problems.append(f"a lone {token} (write {token * 2} for a literal brace)")
        elif tag not in spans or match[4]:
            tree.problems.append(f"unknown tag {token}")
        elif match[2]:
            tree.close(tag)
        else:
            tree.open(tag)
    tree.literal(text[position:])
    return tree.finish()


class _Tree:
    """A pattern under construction, with what is wrong with it so far."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self._stack: list[tuple[str, list[Part]]] = [("", [])]
        self._literal: list[str] = []

    def literal(self, text: str) -> None:
        self._literal.append(text)

    def part(self, part: Part) -> None:
        self._flush()
        self._stack[-1][1].append(part)

    def open(self, name: str) -> None:
        self._flush()
        self._stack.append((name, []))
        if len(self._stack) == MAX_DEPTH + 2:
            self.problems.append(f"tags nested deeper than {MAX_DEPTH}")

    def close(self, name: str) -> None:
        if self._stack[-1][0] != name:
            self.problems.append(f"</{name}> closes no open tag")
            return
        self._flush()
        _, children = self._stack.pop()
        self._stack[-1][1].append(Span(name, tuple(children)))

    def finish(self) -> Pattern:
        self._flush()
        self.problems.extend(f"<{name}> is not closed" for name, _ in self._stack[1:])
        if self.problems:
            raise PatternError(tuple(self.problems))
        return tuple(self._stack[0][1])

    def _flush(self) -> None:
        text = "".join(self._literal)
        self._literal.clear()
        if text:
            self._stack[-1][1].append(Text(text))


def atoms(pattern: Pattern) -> Iterator[str]:
    """The names of all atoms, in reading order."""
    for part in pattern:
        if isinstance(part, Atom):
            yield part.name
        elif isinstance(part, Span):
            yield from atoms(part.children)


def spans(pattern: Pattern) -> Iterator[str]:
    """The names of all spans, outer before inner, in reading order."""
    for part in pattern:
        if isinstance(part, Span):
            yield part.name
            yield from spans(part.children)


def inventory(pattern: Pattern) -> Counter[str]:
    """How often each inline part occurs, written as in a string: `{cite1}`, `<a1>`."""
    return Counter([*(f"{{{name}}}" for name in atoms(pattern)), *(f"<{name}>" for name in spans(pattern))])


def plain(pattern: Pattern) -> str:
    """The text alone, without atoms."""
    parts: list[str] = []
    for part in pattern:
        if isinstance(part, Text):
            parts.append(part.value)
        elif isinstance(part, Span):
            parts.append(plain(part.children))
    return "".join(parts)
