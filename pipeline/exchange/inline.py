"""inline: patterns to the inline elements of XLIFF and TMX and back, whatever these are called in a format."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from typing import Protocol

from pipeline.exchange.naming import code_name, safe_id
from pipeline.exchange.xml import Element, escape, shown
from pipeline.model.pattern import Atom, Part, Pattern, Span, Text

# ---- writing


@dataclass(frozen=True, slots=True)
class Code:
    """One inline element to be written. `id` is unique in its text, `number` counts the codes of the message."""

    name: str
    id: str
    number: int
    display: str

    @property
    def type(self) -> str:
        """What kind of part the name stands for, as far as names tell: `citation`, `link`, `bold` ..."""
        return next((kind for pattern, kind in _TYPES if pattern.fullmatch(self.name)), "value")


_TYPES = (
    (re.compile(r"cite\d+"), "citation"),
    (re.compile(r"note\d+"), "footnote"),
    (re.compile(r"a\d+"), "link"),
    (re.compile(r"strong"), "bold"),
    (re.compile(r"em"), "italic"),
)


class Markup(Protocol):
    """How a format writes inline parts. Every method returns XML; `content` is XML already."""

    def atom(self, code: Code) -> str: ...

    def span(self, code: Code, content: str) -> str: ...

    def kept(self, text: str, number: int) -> str:
        """A name that must stay as it is."""
        ...

    def literal(self, text: str, number: int) -> str:
        """A brace that could be taken for the beginning of a placeholder."""
        ...


class InlineWriter:
    """Writes the texts of one message, so that a part has the same id in the source and in its translations."""

    def __init__(
        self, markup: Markup, display: Mapping[str, str], atoms: Collection[str], names: Collection[str] = ()
    ) -> None:
        self._markup = markup
        self._display = display
        self._special = _special(tuple(sorted(atoms)), tuple(names))
        self._numbers: dict[str, int] = {}
        self._marks: dict[tuple[str, int], int] = {}

    def write(self, pattern: Pattern) -> str:
        """The pattern as the content of an element. Raises UnwritableError."""
        return self._parts(pattern, Counter(), Counter())

    def _parts(self, pattern: Pattern, codes: Counter[str], marks: Counter[str]) -> str:
        written: list[str] = []
        for part in _merged(pattern):
            match part:
                case Text(value):
                    written.append(self._text(value, marks))
                case Atom(name):
                    written.append(self._markup.atom(self._code(name, codes)))
                case Span(name, children):
                    code = self._code(name, codes)
                    written.append(self._markup.span(code, self._parts(children, codes, marks)))
        return "".join(written)

    def _code(self, name: str, seen: Counter[str]) -> Code:
        seen[name] += 1
        identifier = safe_id(name) if seen[name] == 1 else f"{safe_id(name)}:{seen[name]}"
        number = self._numbers.setdefault(identifier, len(self._numbers) + 1)
        return Code(name, identifier, number, self._display.get(name, ""))

    def _text(self, text: str, seen: Counter[str]) -> str:
        if self._special is None:
            return escape(text)
        written: list[str] = []
        position = 0
        for match in self._special.finditer(text):
            written.append(escape(text[position : match.start()]))
            position = match.end()
            seen[match[0]] += 1
            number = self._marks.setdefault((match[0], seen[match[0]]), len(self._marks) + 1)
            write = self._markup.literal if match[0] == "{" else self._markup.kept
            written.append(write(match[0], number))
        written.append(escape(text[position:]))
        return "".join(written)


# Scripts that put no space between words: a Latin name beside their letters is a whole word all the same.
_SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9f"
_LETTER = rf"[^\W{_SPACELESS}]"


@lru_cache(maxsize=1024)
def _special(atoms: tuple[str, ...], names: tuple[str, ...]) -> re.Pattern[str] | None:
    """What in a text is not to be written plainly: a literal `{cite1}` where cite1 is a placeholder, and names."""
    choices = [f"{{(?={_any(atoms)}}})"] if atoms else []
    if names:
        choices.append(f"(?<!{_LETTER}){_any(names)}(?!{_LETTER})")
    return re.compile("|".join(choices)) if choices else None


def _any(texts: Iterable[str]) -> str:
    return f"(?:{'|'.join(re.escape(text) for text in sorted(texts, key=len, reverse=True))})"


def _merged(pattern: Pattern) -> Iterator[Part]:
    """The parts, with texts side by side as one, which is what a reader will see."""
    texts: list[str] = []
    for part in pattern:
        if isinstance(part, Text):
            texts.append(part.value)
            continue
        if texts:
            yield Text("".join(texts))
            texts.clear()
        yield part
    if texts:
        yield Text("".join(texts))


# ---- reading


class Role(Enum):
    """What an inline element is to us."""

    ATOM = auto()
    SPAN = auto()
    BEGIN = auto()
    END = auto()
    HALF = auto()  # begins or ends, as its `pos` says
    WRAP = auto()  # says something about the text in it, which alone is ours
    NOTHING = auto()


@dataclass(frozen=True, slots=True)
class Shape:
    """How to read an inline element.

    `key` is the attribute that identifies it, `pair` those that a beginning and its end have in common, the first one
    present counts. `label` is the attribute that holds it as we would write it (`{cite1}`, `<a1>`), empty where the
    content of the element does, None where nothing does. `comment` is the attribute that may hold what a translator
    remarked on the text.
    """

    role: Role
    key: str = "id"
    pair: tuple[str, ...] = ("id",)
    label: str | None = None
    comment: str = ""


Vocabulary = Mapping[str, Shape]
Report = Callable[[Element, str, str], None]

_BEGIN_POSITIONS = ("open", "begin")
_END_POSITIONS = ("close", "end")
_ATOM_LABEL = re.compile(r"\{([^{}<>\s]{1,100})\}")
_SPAN_LABEL = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,99})>")
_LABELS = re.compile(r"\{\{|\}\}|\{([^{}<>\s]{1,100})\}|<([A-Za-z][A-Za-z0-9]{0,99})>")
_BRACES = re.compile(r"\{([^{}]*)\}|[{}]")
_UNREADABLE = "send the entry back with the placeholders and tags that it came with"
_TRACKED = "accept or reject the tracked changes first, then export the file again"


class InlineReader:
    """Reads the texts of one message. What the sources have in them is all that a translation may have in it.

    `english` has more sources, as they stand in a catalog.
    """

    def __init__(
        self, vocabulary: Vocabulary, sources: Iterable[Element], report: Report, english: Iterable[str] = ()
    ) -> None:
        self._vocabulary = vocabulary
        self._report = report
        self._codes: dict[tuple[bool, str], str] = {}
        for source in sources:
            self._learn(source)
        for text in english:
            for match in _LABELS.finditer(text):
                name = match[1] or match[2]
                if name:
                    self._codes.setdefault((match[1] is None, safe_id(name)), name)
        self._atoms = {name for (is_span, _), name in self._codes.items() if not is_span}
        self._spans = {name for (is_span, _), name in self._codes.items() if is_span}
        self._begun: dict[str, str] = {}
        self.comments: list[str] = []

    def read(self, elements: Iterable[Element]) -> str:
        """The string form of a text that may be in several pieces."""
        self._begun = {}
        return "".join(self._content(element) for element in elements)

    def _learn(self, element: Element) -> None:
        for child in element.elements():
            shape = self._vocabulary.get(child.name)
            role = _role(child, shape)
            if shape is not None and role in (Role.ATOM, Role.SPAN, Role.BEGIN):
                key = child.attributes.get(shape.key, "")
                name = _label(child, shape, role) or code_name(key)
                pattern = _ATOM_LABEL if role is Role.ATOM else _SPAN_LABEL
                written = f"{{{name}}}" if role is Role.ATOM else f"<{name}>"
                if key and pattern.fullmatch(written):
                    self._codes.setdefault((role is not Role.ATOM, key), name)
            if role in (Role.SPAN, Role.WRAP):
                self._learn(child)

    def _content(self, element: Element) -> str:
        written: list[str] = []
        run: list[str] = []
        for child in element.children:
            if isinstance(child, str):
                run.append(child)
                continue
            if run:
                written.append(self._text("".join(run)))
                run.clear()
            written.append(self._element(child))
        if run:
            written.append(self._text("".join(run)))
        return "".join(written)

    def _text(self, text: str) -> str:
        """Braces are doubled, but for those of a placeholder that a tool has turned into text."""
        return _BRACES.sub(self._brace, text) if "{" in text or "}" in text else text

    def _brace(self, match: re.Match[str]) -> str:
        if match[1] is not None and match[1] in self._atoms:
            return match[0]
        return match[0].replace("{", "{{").replace("}", "}}")

    def _element(self, element: Element) -> str:
        shape = self._vocabulary.get(element.name)
        role = _role(element, shape)
        if shape is None or role is None:
            self._report(element, f"{_described(element)} inside a text is not known here", _UNREADABLE)
            return ""
        if element.attributes.get("mtype") == "x-sdl-deleted":
            self._report(element, "the text has tracked changes", _TRACKED)
            return ""
        remark = element.attributes.get(shape.comment, "")
        if remark:
            self.comments.append(remark)
        match role:
            case Role.ATOM:
                name = self._name(element, shape, role, self._atoms)
                return f"{{{name}}}" if name else ""
            case Role.SPAN:
                name = self._name(element, shape, role, self._spans)
                return f"<{name}>{self._content(element)}</{name}>" if name else ""
            case Role.BEGIN:
                name = self._name(element, shape, role, self._spans)
                self._begun[_pair(element, shape)] = name
                return f"<{name}>" if name else ""
            case Role.END:
                name = self._begun.get(_pair(element, shape)) or self._name(element, shape, role, self._spans)
                return f"</{name}>" if name else ""
            case Role.WRAP:
                return self._content(element)
            case _:
                return ""

    def _name(self, element: Element, shape: Shape, role: Role, known: Collection[str]) -> str:
        key = element.attributes.get(shape.key, "")
        # A placeholder that stands more often than in the source has an id that the source does not have.
        learned = self._codes.get((role is not Role.ATOM, key), "")
        for name in (learned, _label(element, shape, role), code_name(key)):
            if name in known:
                return name
        self._report(element, f"{_described(element)} is not in the source of this entry", _UNREADABLE)
        return ""


def _role(element: Element, shape: Shape | None) -> Role | None:
    if shape is None or shape.role is not Role.HALF:
        return shape.role if shape else None
    position = element.attributes.get("pos")
    return Role.BEGIN if position in _BEGIN_POSITIONS else Role.END if position in _END_POSITIONS else None


def _pair(element: Element, shape: Shape) -> str:
    return next((value for key in shape.pair if (value := element.attributes.get(key))), "")


def _label(element: Element, shape: Shape, role: Role) -> str:
    """The name that the element itself says it has, in the way that we write it."""
    if shape.label is None:
        return ""
    label = element.attributes.get(shape.label, "") if shape.label else element.text
    if role is Role.ATOM:
        match = _ATOM_LABEL.fullmatch(label)
        return match[1] if match else ""
    match = _SPAN_LABEL.fullmatch(label)
    return match[2] if match and bool(match[1]) == (role is Role.END) else ""


def _described(element: Element) -> str:
    identifier = element.attributes.get("id") or element.attributes.get("x") or element.attributes.get("i")
    return shown(f'<{element.name} id="{identifier}">' if identifier else f"<{element.name}>")
