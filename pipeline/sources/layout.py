"""layout: how blocks must stand so that Pandoc sees the same blocks in the same places."""

from itertools import pairwise

from pipeline.sources.dialect import NOTICE, FootnoteDefinition
from pipeline.sources.report import Report
from pipeline.sources.tree import Node

# A block may follow these without a blank line: they end with their own line.
_ENDS_ITS_LINE = ("heading", "html_block")
_LISTS = ("bullet_list", "ordered_list")
_NAMES = {
    "paragraph": "a text",
    "heading": "a heading",
    "bullet_list": "a list",
    "ordered_list": "a list",
    "table": "a table",
    "html_block": "a comment",
    f"container_{NOTICE}": "a notice",
}


def check_layout(nodes: tuple[Node, ...], report: Report, *, inside: str = "") -> None:
    """Report what Pandoc would take for a part of the block before it, or for plain text."""
    blocks = [node for node in nodes if node.type in _NAMES]
    for node in blocks:
        name, line = _NAMES[node.type], node.line
        if node.type == f"container_{NOTICE}" and inside:
            report.problem("a notice inside another block", line, hint="put it between the paragraphs of the answer")
        if node.type != "paragraph" and inside != "list_item" and report.lines[line - 1][:1] in (" ", "\t"):
            report.problem(f"{name} that is indented", line, hint="begin it at the margin")
        for child in node.children:
            if child.type == "list_item":
                check_layout(child.children, report, inside="list_item")
        if node.type == f"container_{NOTICE}":
            check_layout(node.children, report, inside="notice")
    for previous, node in pairwise(blocks):
        nested = node.type in _LISTS and inside == "list_item"
        if previous.type not in _ENDS_ITS_LINE and not nested and report.lines[node.line - 2].strip():
            report.problem(f"{_NAMES[node.type]} without a blank line before it", node.line, hint="put one there")
        elif node.type in _LISTS and node.type == previous.type:
            report.problem("two lists side by side", node.line, hint="give all items the same sign")


def check_definitions(definitions: tuple[FootnoteDefinition, ...], report: Report) -> None:
    """Report definitions of footnotes that Pandoc would take for plain text."""
    for definition in definitions:
        line = definition.line + 1
        above = report.lines[definition.line - 1].strip() if definition.line else ""
        if not definition.at_margin:
            report.problem(f"[^{definition.label}] is defined inside another block", line, hint="put it at the end")
        elif above and not above.startswith("[^"):
            report.problem(f"[^{definition.label}] without a blank line before it", line, hint="put one there")
