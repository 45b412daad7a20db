"""markdown: a document in Pandoc's Markdown to a Document, with everything that is wrong with it in one go."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

from pipeline.model.document import (
    FOOTNOTE_MARKS,
    Block,
    Document,
    Entry,
    Footnote,
    ListBlock,
    Notice,
    Paragraph,
    Table,
)
from pipeline.model.finding import Finding, Location, Refused
from pipeline.model.message import Citation, Link, Message, NoteMark
from pipeline.model.pattern import Text, plain
from pipeline.model.reference import Reference
from pipeline.sources.dialect import Attributes, FootnoteDefinition, Tokens, parse_attributes, parse_markdown
from pipeline.sources.front_matter import FrontMatter, body_line, read_front_matter
from pipeline.sources.inline import OUTSIDE, read_inline
from pipeline.sources.layout import check_definitions, check_layout
from pipeline.sources.pandoc import heading_key
from pipeline.sources.report import Report
from pipeline.sources.tables import decode
from pipeline.sources.tree import Node, tree

RESERVED_IDS = frozenset({"title", "lead", "footnote", "notice"})

_ID = re.compile(r"[a-z][a-z0-9-]*")
_MARKET = re.compile(r"[A-Z]{2}|[0-9]{3}")
_TRANSLATORS = re.compile(r"<!--\s*+translators:((?:(?!-->).)*+)-->", re.DOTALL)
_COMMENT = re.compile(r"(?:\s*+<!--(?:(?!-->).)*+-->)++\s*+", re.DOTALL)
_CELL_END = re.compile(r"(?<!\\)\|")
_FENCE_END = re.compile(r"\s*:{3,}\s*")


def read_document(data: bytes, name: str, bibliography: tuple[Reference, ...]) -> Document:
    """Read one document. `name` is its path in the project; its stem is the document's id.

    Raises Refused with all problems of the file in the order of their places.
    """
    text = decode(data, name)
    start = body_line(text)
    front: FrontMatter | None = None
    front_findings: tuple[Finding, ...] = ()
    try:
        front = read_front_matter(text, name)
    except Refused as refused:
        front_findings = refused.findings
        if not start:
            raise
    lines = [""] * start + text.split("\n")[start:]
    parsed = parse_markdown("\n".join(lines))
    report = _report(name, lines, parsed, frozenset(reference.key for reference in bibliography))
    reader = _Reader(report)
    root = tree(parsed.tokens)
    check_layout(root, report)
    check_definitions(parsed.footnotes, report)
    blocks = [node for node in root if node.type != "footnote_block"]
    lead = reader.blocks(blocks[: _first_heading(blocks)], _numbered("lead"), note_goes_on=True)
    entries = tuple(reader.entries(blocks[_first_heading(blocks) :]))
    footnotes = tuple(reader.footnotes(root, parsed.footnotes))
    if not entries:
        report.problem("no entry: the document asks no question", 1, hint="add ## Question? {#id}")
    title_findings = _title_findings(front, name) if front else ()
    if report.findings or title_findings or front is None:
        findings = (*front_findings, *title_findings, *report.findings)
        raise Refused(sorted(findings, key=lambda finding: finding.location))
    document = Document(
        id=name.rpartition("/")[2].removesuffix(".md"),
        location=Location(file=name, line=1),
        title=Message(id="title", pattern=(Text(front.title),), location=Location(file=name, line=front.title_line)),
        lead=lead,
        entries=entries,
        footnotes=footnotes,
        references=(),
        audience=front.audience,
        status=front.status,
        updated=front.updated,
    )
    return replace(document, references=_numbered_references(document, bibliography))


def _title_findings(front: FrontMatter, name: str) -> tuple[Finding, ...]:
    """What Pandoc, to which a title is Markdown, would read otherwise than as plain text."""
    location = Location(file=name, line=front.title_line)
    try:
        messages = read_paragraphs(front.title, location, "title")
    except Refused as refused:
        return refused.findings
    if [message.pattern for message in messages] == [(Text(front.title),)]:
        return ()
    problem = "the title is more than plain text"
    return (Finding(rule="source", message=problem, location=location, entry="title", hint="write it in words"),)


def read_paragraphs(text: str, location: Location, prefix: str) -> tuple[Message, ...]:
    """Paragraphs of inline Markdown (emphasis and links only) with ids `prefix/1`, `prefix/2` ...

    Raises Refused for anything else in the text. Findings point at `location`, the record of the text.
    """
    parsed = parse_markdown(text)
    report = _report(location.file, text.split("\n"), parsed, frozenset())
    reader = _Reader(report)
    root = tree(parsed.tokens)
    check_layout(root, report)
    blocks = reader.blocks(list(root), _numbered(prefix))
    messages = [block.message for block in blocks if isinstance(block, Paragraph)]
    if len(messages) != len(blocks):
        report.problem("only paragraphs may stand here", 1, hint="write paragraphs with emphasis and links")
    placeholders = (placeholder for message in messages for placeholder in message.placeholders.values())
    if parsed.footnotes or not all(isinstance(placeholder, Link) for placeholder in placeholders):
        report.problem("a citation or footnote may not stand here", 1, hint="take it out")
    if not report.findings and not any(plain(message.pattern).strip() for message in messages):
        report.problem("the text is empty", 1, hint="write it")
    if report.findings:
        raise Refused(replace(finding, location=location, entry=prefix) for finding in report.findings)
    return tuple(replace(message, location=location) for message in messages)


def _report(name: str, lines: list[str], parsed: Tokens, keys: frozenset[str]) -> Report:
    """An empty report, or one with what is wrong with the text as a whole."""
    footnotes = frozenset(definition.label for definition in parsed.footnotes)
    headings = frozenset(
        heading_key(inline.content)
        for opening, inline in pairwise(parsed.tokens)
        if opening.type == "heading_open" and heading_key(inline.content)
    )
    report = Report(name, lines, keys, footnotes, headings)
    for line in parsed.unused_links:
        report.problem("a link target that no link uses", line + 1, hint="use it or remove it")
    if parsed.too_deep:
        report.problem("lists nested too deep", 1, hint="nest less")
    return report


def _first_heading(nodes: list[Node]) -> int:
    return next((index for index, node in enumerate(nodes) if node.type == "heading"), len(nodes))


def _numbered(prefix: str) -> Callable[[], str]:
    count = 0

    def next_id() -> str:
        nonlocal count
        count += 1
        return f"{prefix}/{count}"

    return next_id


def _numbered_references(document: Document, bibliography: tuple[Reference, ...]) -> tuple[Reference, ...]:
    cited = {
        key
        for message in document.messages()
        for placeholder in message.placeholders.values()
        if isinstance(placeholder, Citation)
        for key in placeholder.keys
    }
    records = (reference for reference in bibliography if reference.key in cited)
    return tuple(replace(reference, number=number) for number, reference in enumerate(records, 1))


class _Reader:
    """Walks the tokens of one text; used once."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.ids: dict[str, int] = {}
        self.note = ""
        self.note_line = 0

    def problem(self, message: str, line: int, column: int = 0, *, hint: str = "", entry: str = "") -> None:
        self.report.problem(message, line, column, hint=hint, entry=entry)

    # Entries

    def entries(self, nodes: list[Node]) -> Iterator[Entry]:
        starts = [index for index, node in enumerate(nodes) if node.type == "heading"]
        for start, end in pairwise([*starts, len(nodes)]):
            yield self.entry(nodes[start], nodes[start + 1 : end], last=end == len(nodes))

    def entry(self, heading: Node, answer: list[Node], *, last: bool) -> Entry:
        if heading.token.tag != "h2":
            self.problem(f"a heading of level {heading.token.tag[1:]}", heading.line, 1, hint="entries are ## headings")
        if heading.token.markup.strip("#") or self.report.lines[heading.line - 1].rstrip().endswith("#"):
            self.problem("a heading that is underlined or ends in #", heading.line, hint="write ## Question? {#id}")
        attributes: Attributes = heading.token.meta.get("attributes", Attributes())
        identifier = self.identifier(attributes, heading.line, "the entry")
        markets = self.markets(attributes, heading.line)
        if attributes.classes or set(attributes.values) - {"markets"} or attributes.unread:
            self.problem("unknown attribute of an entry", heading.line, hint='use {#id} or {#id markets="US"}')
        question = self.message(heading.children[0], f"{identifier}/question", heading.line)
        if heading.children[0].token.content.endswith("#"):
            self.problem("a question that ends in #", heading.line, hint="write ## Question? {#id}")
        if not question.pattern:
            self.problem("the question is empty", heading.line, entry=identifier, hint="write it")
        blocks = self.blocks(answer, _numbered(f"{identifier}/answer"), note_goes_on=not last)
        if not any(not isinstance(block, Notice) for block in blocks):
            self.problem("the answer is empty", heading.line, entry=identifier, hint="write it or drop the entry")
        location = Location(file=self.report.name, line=heading.line)
        return Entry(id=identifier, question=question, answer=blocks, location=location, markets=markets)

    def identifier(self, attributes: Attributes, line: int, what: str) -> str:
        if len(attributes.ids) != 1:
            self.problem(
                f"{what} has no id" if not attributes.ids else f"{what} has several ids", line, hint="add {#id}"
            )
            return f"line-{line}"
        identifier = attributes.ids[0]
        if not _ID.fullmatch(identifier) or identifier in RESERVED_IDS or identifier.startswith("faq"):
            self.problem(
                f"the id {identifier!r} cannot be used",
                line,
                entry=identifier,
                hint="use a-z, 0-9 and -, a letter first, not faq",
            )
        elif identifier in self.ids:
            self.problem(
                f"the id {identifier!r} is doubled (first in line {self.ids[identifier]})",
                line,
                entry=identifier,
                hint="give each entry and notice its own id",
            )
        self.ids.setdefault(identifier, line)
        return identifier

    def markets(self, attributes: Attributes, line: int) -> tuple[str, ...]:
        if "markets" not in attributes.values:
            return ()
        markets = tuple(attributes.values["markets"].replace(",", " ").split())
        if not markets or not all(_MARKET.fullmatch(market) for market in markets):
            self.problem(
                f"markets={attributes.values['markets']!r} is not a list of territories",
                line,
                hint='for example markets="US CA"',
            )
        return markets

    # Blocks

    def blocks(self, nodes: list[Node], next_id: Callable[[], str], *, note_goes_on: bool = False) -> tuple[Block, ...]:
        """The blocks of the nodes; a translators' note at their end is for the text after them or for none."""
        blocks: list[Block] = []
        for node in nodes:
            block = self.block(node, next_id)
            if block is not None:
                blocks.append(block)
        if self.note and not note_goes_on:
            self.problem("a note for translators with no text after it", self.note_line, hint="put it before the text")
            self.note = ""
        return tuple(blocks)

    def block(self, node: Node, next_id: Callable[[], str]) -> Block | None:
        match node.type:
            case "paragraph":
                return Paragraph(message=self.message(node.children[0], next_id(), node.line, is_block=True))
            case "bullet_list" | "ordered_list":
                if node.token.attrGet("start") not in (None, 1):
                    self.problem("a list that does not begin with 1", node.line, hint="begin it with 1")
                items = tuple(self.blocks(list(item.children), next_id) for item in node.children)
                return ListBlock(ordered=node.type == "ordered_list", items=items)
            case "table":
                return self.table(node, next_id)
            case "container_div":
                return self.notice(node)
            case "html_block":
                self.comment(node)
            case "heading":
                self.problem("a heading inside another block", node.line, hint="entries are ## headings at the margin")
            case _:
                what = OUTSIDE.get(node.type, OUTSIDE.get(f"{node.type}_open", node.type))
                self.problem(f"{what} is outside the subset", node.line, hint="see docs/source-format.md")
        return None

    def table(self, node: Node, next_id: Callable[[], str]) -> Table:
        rows = [row for part in node.children for row in part.children]
        for row in rows[1:]:
            cells = _CELL_END.split(self.report.lines[row.line - 1].strip().strip("|"))
            if len(cells) > len(row.children):
                self.problem("a row with more cells than the heading", row.line, hint="write \\| for a literal |")
            if "|" not in self.report.lines[row.line - 1]:
                self.problem("a text right after a table", row.line, hint="put a blank line between them")
        return Table(
            header=tuple(self.cell(cell, next_id, rows[0].line) for cell in rows[0].children),
            rows=tuple(tuple(self.cell(cell, next_id, row.line) for cell in row.children) for row in rows[1:]),
            alignments=tuple(
                str(cell.token.attrGet("style") or "").removeprefix("text-align:") for cell in rows[0].children
            ),
        )

    def cell(self, cell: Node, next_id: Callable[[], str], line: int) -> Message | None:
        if not cell.children or not cell.children[0].token.content.strip():
            return None
        return self.message(cell.children[0], next_id(), line)

    def notice(self, node: Node) -> Notice:
        opening = node.token.info.strip()
        attributes = (
            parse_attributes(opening[1:-1]) if re.fullmatch(r"\{.*\}", opening) else Attributes(classes=(opening,))
        )
        if attributes.classes != ("notice",) or attributes.values or attributes.unread:
            self.problem(f"a fenced div that is not a notice: {opening}", node.line, hint="write ::: {#id .notice}")
        identifier = self.identifier(attributes, node.line, "the notice")
        assert node.token.map is not None
        end = node.token.map[1]
        if end >= len(self.report.lines) or not _FENCE_END.fullmatch(self.report.lines[end]):
            self.problem("the notice is not closed", node.line, entry=identifier, hint="end it with a line :::")
        blocks = self.blocks(list(node.children), _numbered(f"notice/{identifier}"))
        if not blocks:
            self.problem("the notice is empty", node.line, entry=identifier, hint="write it")
        return Notice(id=identifier, blocks=blocks)

    def comment(self, node: Node) -> None:
        text = node.token.content
        translators = _TRANSLATORS.fullmatch(text.strip())
        if translators:
            self.note = " ".join([*self.note.split(), *translators[1].split()])
            self.note_line = node.line
            # gettext would join its line with the next comment.
            if self.note.endswith("\\"):
                self.problem("a note for translators that ends in a backslash", node.line, hint="end it otherwise")
        elif not _COMMENT.fullmatch(text):
            self.problem("raw HTML is outside the subset", node.line, 1, hint="write Markdown")

    def footnotes(self, root: tuple[Node, ...], definitions: tuple[FootnoteDefinition, ...]) -> Iterator[Footnote]:
        lines: dict[str, int] = {}
        for label, line in ((definition.label, definition.line) for definition in definitions):
            if label in lines:
                self.problem(f"the footnote [^{label}] is doubled", line + 1, hint=f"first in line {lines[label] + 1}")
            lines.setdefault(label, line)
        block = next((node for node in root if node.type == "footnote_block"), None)
        used = [node for node in block.children if node.token.meta["label"] in lines] if block else []
        for label in lines.keys() - {node.token.meta["label"] for node in used}:
            self.problem(f"nothing points to the footnote [^{label}]", lines[label] + 1, hint="cite it or drop it")
        if len(used) > len(FOOTNOTE_MARKS):
            self.problem(f"more than {len(FOOTNOTE_MARKS)} footnotes", 1, hint="a document has marks * to #")
        for mark, node in zip(FOOTNOTE_MARKS, used, strict=False):
            label, line = node.token.meta["label"], lines[node.token.meta["label"]] + 1
            if not _ID.fullmatch(label):
                self.problem(f"the footnote id {label!r} cannot be used", line, hint="use a-z, 0-9 and -")
            if len(node.children) != 1 or node.children[0].type != "paragraph":
                self.problem(
                    f"the footnote [^{label}] is not one paragraph", line, hint="write the note in one paragraph"
                )
                continue
            message = self.message(node.children[0].children[0], f"footnote/{label}", line, is_block=True)
            if any(isinstance(placeholder, NoteMark) for placeholder in message.placeholders.values()):
                self.problem("a footnote inside a footnote", line, hint="point to it from the text")
            yield Footnote(id=label, mark=mark, message=message)

    # Inline text

    def message(self, node: Node, identifier: str, line: int, *, is_block: bool = False) -> Message:
        pattern, placeholders = read_inline(node.token, line, self.report, is_block=is_block)
        comments = (self.note,) if self.note else ()
        self.note = ""
        location = Location(file=self.report.name, line=line)
        return Message(id=identifier, pattern=pattern, location=location, placeholders=placeholders, comments=comments)
