"""dialect: our subset of Pandoc's Markdown as a markdown-it parser (the only markdown-it door)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token as Token

__all__ = ["CITATION", "CITES", "NOTICE", "Attributes", "parse_attributes", "parse_markdown"]

CITATION = "citation"

_NESTING_LIMIT = 60
NOTICE = "div"

_ATTRIBUTE = re.compile(
    r"""\#(?P<id>[^\s#.=]++)|\.(?P<class>[^\s#.=]++)
    |(?P<key>[\w-]++)=(?:"(?P<quoted>[^"]*+)"|(?P<bare>[^\s"]++))
    |(?P<unread>\S++)""",
    re.VERBOSE,
)
_BRACKETS = re.compile(r"\[([^\[\]]*+)\]")
# As for Pandoc, an e-mail address is no citation, nor is `\\@`.
CITES = re.compile(r"(?<![^\W_])(?<!\\)@[\w{*]")
# Without a bracket inside: to look for the end from each of many that are open would take long.
_NOTE_MARK = re.compile(r"\[\^[^\s\[\]]++\]")
_CITATION_PART = re.compile(r"@([A-Za-z0-9][A-Za-z0-9_-]*)")


@dataclass(frozen=True, slots=True)
class Attributes:
    """Pandoc's `{#id .class key="value"}`; `unread` is whatever in it is none of these."""

    ids: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    unread: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FootnoteDefinition:
    """Where a footnote is defined; `line` is counted from 0."""

    label: str
    line: int
    at_margin: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """A parsed text with its footnote definitions and the lines, counted from 0, of link targets without a link."""

    tokens: tuple[Token, ...]
    footnotes: tuple[FootnoteDefinition, ...]
    unused_links: tuple[int, ...]
    too_deep: bool


def parse_markdown(text: str) -> Tokens:
    """Tokenize a document's body; what is outside the subset comes out as tokens for the caller to refuse."""
    environment: dict[str, Any] = {}
    tokens = _parser().parse(text, environment)
    inlines = (child for token in tokens for child in token.children or ())
    used = {child.meta.get("label") for child in inlines if child.type == "link_open"}
    unused = [entry["map"][0] for label, entry in environment.get("references", {}).items() if label not in used]
    return Tokens(
        tokens=tuple(tokens),
        footnotes=tuple(environment.get("definitions", ())),
        unused_links=tuple(sorted(unused)),
        # Beyond its limit the parser drops what it meets.
        too_deep=any(token.level >= _NESTING_LIMIT - 2 for token in tokens),
    )


def parse_attributes(text: str) -> Attributes:
    """The inside of a pair of braces, or one bare word, which Pandoc reads as a class."""
    ids: list[str] = []
    classes: list[str] = []
    values: dict[str, str] = {}
    unread: list[str] = []
    for match in _ATTRIBUTE.finditer(text):
        if match["unread"]:
            unread.append(match["unread"])
        elif match["id"]:
            ids.append(match["id"])
        elif match["class"]:
            classes.append(match["class"])
        elif match["key"] in values:
            unread.append(match[0])
        else:
            values[match["key"]] = match["quoted"] if match["quoted"] is not None else match["bare"]
    return Attributes(tuple(ids), tuple(classes), values, " ".join(unread))


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    # Imported here, because it takes as long as reading many documents, and a run that finds nothing new reads none.
    from markdown_it import MarkdownIt
    from mdit_py_plugins.container import container_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": _NESTING_LIMIT, "store_labels": True}).enable(
        "table"
    )
    # Every link is let through here and judged by the reader, which can say where it stands.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    # What is escaped comes as a token of its own: `\\@` means another thing than `@`.
    parser.disable("text_join")
    footnote_plugin(parser, inline=False)
    parser.inline.ruler.at("footnote_ref", _note_mark)
    container_plugin(parser, NOTICE, validate=lambda parameters, _markup: bool(parameters.strip()))
    parser.inline.ruler.before("link", CITATION, _citation)
    parser.core.ruler.before("inline", "attributes", _attributes)
    parser.core.ruler.before("inline", "definitions", _definitions)
    return parser


def _citation(state: StateInline, silent: bool) -> bool:
    """`[@key; @key]`; anything else in such brackets comes out as a citation without keys."""
    if state.src[state.pos] != "[":
        return False
    match = _BRACKETS.match(state.src, state.pos, state.posMax)
    if match is None or not CITES.search(match[1]):
        return False
    if not silent:
        parts = [_CITATION_PART.fullmatch(part.strip()) for part in match[1].split(";")]
        token = state.push(CITATION, "", 0)
        token.content = match[0]
        token.meta = {
            "keys": tuple(part[1] for part in parts if part) if all(parts) else (),
            "offset": state.pos,
            "glued": state.src[match.end() : match.end() + 1] in ("[", "(", "{"),
        }
    state.pos = match.end()
    return True


def _note_mark(state: StateInline, silent: bool) -> bool:
    if _NOTE_MARK.match(state.src, state.pos, state.posMax) is None:
        return False
    from mdit_py_plugins.footnote.index import footnote_ref

    return footnote_ref(state, silent, always_match=True)


def _attributes(state: StateCore) -> None:
    """Move the attributes at the end of a heading from its text to its token."""
    for opening, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if opening.type == "heading_open" and inline.type == "inline":
            content = inline.content.rstrip(" \t")
            text, brace, attributes = content.rpartition("{")
            # After anything but a space Pandoc reads the attributes of a link, or an escaped brace.
            apart = text.endswith((" ", "\t")) or not text
            if brace and apart and attributes.endswith("}") and "}" not in attributes[:-1]:
                opening.meta["attributes"] = parse_attributes(attributes[:-1])
                inline.content = text.rstrip(" \t")


def _definitions(state: StateCore) -> None:
    state.env["definitions"] = [
        FootnoteDefinition(label=token.meta["label"], line=token.map[0], at_margin=token.level == 0)
        for token in state.tokens
        if token.type == "footnote_reference_open" and token.map
    ]
