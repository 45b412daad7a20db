"""inline: the inside of a paragraph to a pattern and its placeholders."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.model.message import Citation, Link, NoteMark, Placeholder
from pipeline.model.pattern import (
    Atom,
    Part,
    Pattern,
    PatternError,
    Span,
    Text,
    atoms,
    looks_like_tag,
    parse_pattern,
    plain,
    serialize,
    spans,
)
from pipeline.sources.dialect import CITATION
from pipeline.sources.pandoc import BRACKETED, HIDDEN, misread
from pipeline.sources.report import Report

if TYPE_CHECKING:
    from pipeline.sources.dialect import Token

_LINK = re.compile(r"(?:/(?!/)|#|https?://|mailto:|tel:)[^\s<>\"]*")
# What the parser puts in the place of a character reference that stands for a control character.
_REPLACED = "\ufffd"
_SPANS = {"em": "em", "strong": "strong"}

# What Markdown can write and our subset does not have, in words.
OUTSIDE = {
    "fence": "a code block",
    "code_block": "an indented code block",
    "code_inline": "code",
    "blockquote_open": "a block quotation",
    "hr": "a horizontal rule",
    "image": "an image",
    "hardbreak": "a line break",
    "html_inline": "raw HTML",
}


def read_inline(
    token: Token, line: int, report: Report, *, is_block: bool = False
) -> tuple[Pattern, Mapping[str, Placeholder]]:
    """The pattern of an inline token and what its placeholders stand for; `line` is that of its block.

    `is_block` says that it is a paragraph, in which Pandoc looks for the beginning of a block.
    """
    before = len(report.findings)
    pattern, placeholders = _Inline(report, token, line).read(is_block=is_block)
    if len(report.findings) == before:
        _check_repeatable(pattern, line, report)
    return pattern, placeholders


def _check_repeatable(pattern: Pattern, line: int, report: Report) -> None:
    """A translation that repeats the source must be read as the source is."""
    problem = ""
    try:
        if parse_pattern(serialize(pattern), atoms=set(atoms(pattern)), spans=set(spans(pattern))) == pattern:
            return
    except PatternError as error:
        problem = str(error)
    if not problem or looks_like_tag(plain(pattern)):
        report.problem("text that looks like a tag", line, hint="write it in words")
    else:
        report.problem(f"text that cannot stand in a catalog: {problem}", line, hint="write it otherwise")


@dataclass(frozen=True, slots=True)
class _Level:
    """A span that is being read, with its literal text as it is written."""

    name: str
    sign: str = HIDDEN
    is_link: bool = False
    parts: list[Part] = field(default_factory=list)
    written: list[str] = field(default_factory=list)


class _Inline:
    """Walks the tokens of one paragraph; used once."""

    def __init__(self, report: Report, token: Token, line: int) -> None:
        self.report = report
        self.token = token
        self.first_line = (token.map[0] + 1) if token.map else line
        self.placeholders: dict[str, Placeholder] = {}
        self.counts: Counter[str] = Counter()
        self.whole: list[str] = []

    def read(self, *, is_block: bool) -> tuple[Pattern, Mapping[str, Placeholder]]:
        stack = [_Level("")]
        texts: list[str] = []
        for token in self.token.children or []:
            if token.nesting == 1:
                level = self.open(token)
                if any(level.name == outer.name for outer in stack):
                    self.problem("emphasis inside the same emphasis", token.markup, hint="take one of them out")
                stack.append(level)
                self.whole.append(stack[-1].sign)
            elif token.nesting == -1:
                level = stack.pop()
                texts.append("".join(level.written))
                stack[-1].parts.append(self.close(level))
                stack[-1].written.append(level.sign)
                self.whole.append(level.sign)
            else:
                self.leaf(token, stack[-1], in_link=any(level.is_link for level in stack))
        texts.append("".join(stack[0].written))
        whole = "".join(self.whole)
        for message, hint, text in misread(texts, whole, self.report.headings, is_block=is_block):
            self.problem(message, text, hint=hint)
        return _tidy(stack[0].parts), self.placeholders

    def open(self, token: Token) -> _Level:
        kind = token.type.removesuffix("_open")
        if kind in _SPANS:
            return _Level(_SPANS[kind])
        href = str(token.attrGet("href") or "")
        if token.attrGet("title"):
            self.problem("a link with a title is outside the subset", href, hint="write [text](target)")
        if not _LINK.fullmatch(href):
            self.problem(
                f"the link target {href!r} is not allowed", href, hint="use /path, #id, https:, mailto: or tel:"
            )
        return _Level(self.placeholder("a", Link(href)), BRACKETED, is_link=True)

    def close(self, level: _Level) -> Span:
        span = Span(level.name, _tidy(level.parts))
        if level.is_link and not plain((span,)).strip():
            self.problem("a link without text", "[", hint="write [text](target)")
        # What Pandoc and CommonMark take in different order.
        if level.name == "em" and [getattr(part, "name", "") for part in span.children] == ["strong"]:
            self.problem("emphasis with three signs", "***", hint="write **_text_**")
        return span

    def leaf(self, token: Token, level: _Level, *, in_link: bool) -> None:
        part, sign = self.part(token)
        if part is not None:
            level.parts.append(part)
        if isinstance(part, Atom) and in_link:
            self.problem("a citation or footnote in a link", "[", hint="put it after the link")
        level.written.append(sign)
        self.whole.append(sign)

    def part(self, token: Token) -> tuple[Part | None, str]:
        """The part that a token stands for, and what stands for it in the written text."""
        match token.type:
            case "text":
                return Text(token.content), token.content
            case "text_special":
                if token.content == _REPLACED:
                    self.problem("a control character", token.markup, hint="remove it")
                # Before a letter or a space a backslash escapes nothing, and is there as it is written.
                return Text(token.content), token.content if token.content == token.markup else HIDDEN
            case "softbreak":
                return Text(" "), "\n"
            case "footnote_ref":
                return self.note_mark(token), BRACKETED
            case kind if kind == CITATION:
                return self.citation(token), BRACKETED
            case _:
                what = OUTSIDE.get(token.type, token.type)
                self.problem(f"{what} is outside the subset", token.content, hint="see docs/source-format.md")
                return None, HIDDEN

    def citation(self, token: Token) -> Part | None:
        keys: tuple[str, ...] = token.meta["keys"]
        place = self.place_at(token.meta["offset"])
        if not keys:
            self.report.problem(f"{token.content} is not a citation", *place, hint="write [@key; @other-key]")
            return None
        if token.meta["glued"]:
            self.report.problem(f"{token.content} runs into the next bracket", *place, hint="put a space between them")
        for key in keys:
            if key not in self.report.keys:
                self.report.problem(
                    f"unknown citation key {key!r}", *place, entry=key, hint="add it to references.toml or mend the key"
                )
        if len(set(keys)) != len(keys):
            self.report.problem(f"{token.content} cites a reference twice", *place, hint="name it once")
        return Atom(self.placeholder("cite", Citation(keys)))

    def note_mark(self, token: Token) -> Part:
        label = token.meta["label"]
        mark = f"[^{label}]"
        if label not in self.report.footnotes:
            self.problem(f"the footnote {mark} is not defined", mark, hint=f"add a paragraph {mark}: ...")
        return Atom(self.placeholder("note", NoteMark(label)))

    def placeholder(self, prefix: str, value: Placeholder) -> str:
        self.counts[prefix] += 1
        name = f"{prefix}{self.counts[prefix]}"
        self.placeholders[name] = value
        return name

    def problem(self, message: str, text: str, *, hint: str = "") -> None:
        """Report where the text stands first in the paragraph, or its beginning where escapes hide it."""
        self.report.problem(message, *self.place_at(max(self.token.content.find(text), 0)), hint=hint)

    def place_at(self, offset: int) -> tuple[int, int]:
        """Line and column of a place in the paragraph."""
        number = bisect_right(self.starts, offset) - 1
        line = self.first_line + number
        return line, self.margins[number] + offset - self.starts[number] + 1

    @cached_property
    def starts(self) -> list[int]:
        """Where in the paragraph each of its lines begins."""
        return [0, *(match.end() for match in re.finditer("\n", self.token.content))]

    @cached_property
    def margins(self) -> list[int]:
        """How far from the margin each line of the paragraph begins in the file."""
        lines = self.report.lines[self.first_line - 1 :]
        contents = self.token.content.split("\n")
        found = [line.find(content) for line, content in zip(lines, contents, strict=False)]
        return [max(column, 0) for column in found] + [0] * (len(contents) - len(found))


def _tidy(parts: list[Part]) -> Pattern:
    """Join neighbouring texts, trim, and set a citation and a footnote mark close together.

    Pandoc needs a space between `[@key]` and `[^id]`; in print there is none.
    """
    joined: list[Part] = []
    for part in parts:
        if isinstance(part, Text) and joined and isinstance(joined[-1], Text):
            joined[-1] = Text(joined[-1].value + part.value)
        else:
            joined.append(part)
    return tuple(
        part
        for index, part in enumerate(joined)
        if part != Text("") and not (part == Text(" ") and _is_atom(joined, index - 1) and _is_atom(joined, index + 1))
    )


def _is_atom(parts: list[Part], index: int) -> bool:
    return 0 <= index < len(parts) and isinstance(parts[index], Atom)
