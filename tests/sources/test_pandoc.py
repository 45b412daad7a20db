"""pandoc: Pandoc reads a document as we do; what it reads otherwise we refuse."""

import json
import re
import subprocess
from typing import Any

import pytest

from pipeline.model.document import Block, Document, Entry, Footnote, ListBlock, Notice, Paragraph, Table
from pipeline.model.finding import Refused
from pipeline.model.message import Citation, Link, Message, NoteMark
from pipeline.model.pattern import Atom, Pattern, Span, Text
from pipeline.sources.bibliography import read_bibliography
from pipeline.sources.markdown import read_document
from tests.peers import require
from tests.repository import DOCUMENT, REFERENCES, ROOT
from tests.sources.samples import BIBLIOGRAPHY, ENTRY, FILE, FRONT, RICH

pytestmark = pytest.mark.thorough

# A document as nested lists, the same whoever read it: text as it stands, ["em", ...], ["cite", keys] and so on.
Shape = Any

# Without its typographic quotes: our texts keep what the author typed.
DIALECT = "markdown-smart"


def pandoc(text: str) -> dict[str, Any]:
    ended = subprocess.run(
        [require("pandoc"), "--from", DIALECT, "--to", "json", "--sandbox"],
        input=text.encode(),
        capture_output=True,
        check=True,
    )
    tree = json.loads(ended.stdout)
    assert isinstance(tree, dict)
    return tree


# ---- what we read


def our_shape(document: Document) -> Shape:
    shape: list[Shape] = [_our_block(block, document) for block in document.lead]
    for entry in document.entries:
        shape.append(_our_heading(entry, document))
        shape.extend(_our_block(block, document) for block in entry.answer)
    return [document.title.source, shape]


def _our_heading(entry: Entry, document: Document) -> Shape:
    return ["heading", 2, entry.id, entry.markets, _our_inline(entry.question, document)]


def _our_block(block: Block, document: Document) -> Shape:
    match block:
        case Paragraph(message=message):
            return ["paragraph", _our_inline(message, document)]
        case ListBlock(ordered=ordered, items=items):
            return [
                "ordered" if ordered else "bullets",
                [[_our_block(part, document) for part in item] for item in items],
            ]
        case Table(header=header, rows=rows, alignments=alignments):
            cells = [[_our_cell(cell, document) for cell in row] for row in (header, *rows)]
            return ["table", [alignment or "default" for alignment in alignments], cells]
        case Notice(id=identifier, blocks=inner):
            return ["notice", identifier, [_our_block(part, document) for part in inner]]


def _our_cell(cell: Message | None, document: Document) -> Shape:
    return _our_inline(cell, document) if cell else []


def _our_inline(message: Message, document: Document) -> Shape:
    def shape(pattern: Pattern) -> list[Shape]:
        parts: list[Shape] = []
        for part in pattern:
            match part:
                case Text(value):
                    parts.append(value)
                case Atom(name):
                    parts.append(_our_atom(message.placeholders[name], document))
                case Span(name, children):
                    link = message.placeholders.get(name)
                    head = ["link", link.href] if isinstance(link, Link) else [name]
                    parts.append([*head, shape(children)])
        return _tidied(parts)

    return shape(message.pattern)


def _our_atom(placeholder: object, document: Document) -> Shape:
    match placeholder:
        case Citation(keys):
            return ["cite", list(keys)]
        case NoteMark(footnote):
            return ["note", _our_note(document.footnote_by_id[footnote], document)]
    raise AssertionError(placeholder)


def _our_note(footnote: Footnote, document: Document) -> Shape:
    return [["paragraph", _our_inline(footnote.message, document)]]


# ---- what Pandoc reads


def pandoc_shape(tree: dict[str, Any]) -> Shape:
    title = _pandoc_inlines(tree["meta"]["title"]["c"])
    return ["".join(title), _pandoc_blocks(tree["blocks"])]


def _is_comment(block: dict[str, Any]) -> bool:
    return block["t"] == "RawBlock" and bool(re.match(r"\s*<!--", block["c"][1]))


def _pandoc_block(block: dict[str, Any]) -> Shape:
    content: Any = block.get("c")
    match block["t"]:
        case "Para" | "Plain":
            return ["paragraph", _pandoc_inlines(content)]
        case "Header":
            level, (identifier, classes, attributes), inlines = content
            markets = tuple(dict(attributes).get("markets", "").replace(",", " ").split())
            assert set(dict(attributes)) <= {"markets"}
            assert classes == []
            return ["heading", level, identifier, markets, _pandoc_inlines(inlines)]
        case "BulletList":
            return ["bullets", [_pandoc_blocks(item) for item in content]]
        case "OrderedList":
            (start, style, _), items = content
            return [
                "ordered" if (start, style["t"]) == (1, "Decimal") else "other list",
                [_pandoc_blocks(i) for i in items],
            ]
        case "Div":
            (identifier, classes, attributes), blocks = content
            assert attributes == []
            return ["notice" if classes == ["notice"] else f"div {classes}", identifier, _pandoc_blocks(blocks)]
        case "Table":
            _, _, columns, head, bodies, foot = content
            rows = [*head[1], *(row for body in bodies for row in (*body[2], *body[3])), *foot[1]]
            alignments = [alignment["t"].removeprefix("Align").lower() for alignment, _ in columns]
            return ["table", alignments, [[_pandoc_cell(cell) for cell in row[1]] for row in rows]]
        case other:
            return [other]


def _pandoc_blocks(blocks: list[dict[str, Any]]) -> list[Shape]:
    return [_pandoc_block(block) for block in blocks if not _is_comment(block)]


def _pandoc_cell(cell: list[Any]) -> Shape:
    blocks = [_pandoc_block(block) for block in cell[4]]
    return blocks[0][1] if blocks else []


def _pandoc_inlines(inlines: list[dict[str, Any]]) -> list[Shape]:
    return _tidied([_pandoc_inline(inline) for inline in inlines])


def _pandoc_inline(inline: dict[str, Any]) -> Shape:
    content: Any = inline.get("c")
    match inline["t"]:
        case "Str":
            return content
        case "Space" | "SoftBreak":
            return " "
        case "Emph":
            return ["em", _pandoc_inlines(content)]
        case "Strong":
            return ["strong", _pandoc_inlines(content)]
        case "Link":
            (_, classes, attributes), inlines, (target, title) = content
            assert set(classes) <= {"uri", "email"}, classes
            assert (attributes, title) == ([], "")
            return ["link", target, _pandoc_inlines(inlines)]
        case "Cite":
            citations, _ = content
            plain = all(
                citation["citationMode"]["t"] == "NormalCitation"
                and not citation["citationPrefix"]
                and not citation["citationSuffix"]
                for citation in citations
            )
            return ["cite" if plain else "other citation", [citation["citationId"] for citation in citations]]
        case "Note":
            return ["note", _pandoc_blocks(content)]
        case other:
            return [other]


# ---- both alike


def _tidied(parts: list[Shape]) -> list[Shape]:
    """Texts that stand side by side as one; white space counts once, and between a citation and a mark not at all."""
    joined: list[Shape] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        else:
            joined.append(part)
    joined = [re.sub("[ \t]+", " ", part) if isinstance(part, str) else part for part in joined]

    def is_mark(index: int) -> bool:
        return 0 <= index < len(joined) and joined[index][0] in ("cite", "note")

    return [
        part
        for index, part in enumerate(joined)
        if part and not (part == " " and is_mark(index - 1) and is_mark(index + 1))
    ]


def _headings(shape: Shape) -> list[Shape]:
    return [block for block in shape[1] if block[0] == "heading"]


def test_pandoc_reads_the_reference_document_as_we_do() -> None:
    text = (ROOT / DOCUMENT).read_text("utf-8")
    bibliography = read_bibliography((ROOT / REFERENCES).read_bytes(), REFERENCES)
    ours = our_shape(read_document(text.encode(), DOCUMENT, bibliography))
    theirs = pandoc_shape(pandoc(text))
    assert len(_headings(ours)) == 10
    assert _headings(ours) == _headings(theirs)
    assert ours == theirs


def test_pandoc_reads_every_construct_of_the_subset_as_we_do() -> None:
    ours = our_shape(read_document(RICH.encode(), FILE, BIBLIOGRAPHY))
    theirs = pandoc_shape(pandoc(RICH))
    assert [block[0] for block in ours[1]] == [block[0] for block in theirs[1]]
    for block, other in zip(ours[1], theirs[1], strict=True):
        assert block == other


def test_pandoc_reads_the_starter_of_a_new_repository_as_we_do() -> None:
    folder = ROOT / "pipeline" / "starter" / "messages"
    bibliography = read_bibliography((folder / "references.toml").read_bytes(), "references.toml")
    documents = sorted(folder.glob("*.md"))
    assert documents
    for path in documents:
        text = path.read_text("utf-8")
        ours = our_shape(read_document(text.encode(), f"messages/{path.name}", bibliography))
        assert ours == pandoc_shape(pandoc(text))


# What an author might write that the two could read in different ways.
ANSWERS = {
    "a list right after a text": "Symptoms:\n- fever\n- chills",
    "a numbered list right after a text": "Steps:\n1. one\n2. two",
    "a heading right after a text": "Text\n## Another? {#another}\n\nYes.",
    "a table right after a text": "Text\n| a |\n|---|\n| b |",
    "a notice right after a text": "Text\n::: {#n .notice}\nStop.\n:::",
    "a text right after a notice": "::: {#n .notice}\nStop.\n:::\nText",
    "a comment right after a text": "Text\n<!-- c -->\n\nMore",
    "an underlined heading": "Text\n\nAnother? {#another}\n---\n\nYes.",
    "strike-out": "It is ~~not so~~ now.",
    "mathematics": "It is $a + b$ in all.",
    "prices": "It costs $5 or $6.",
    "displayed mathematics": "It is $$a$$ now.",
    "TeX": r"It is \alpha{} now.",
    "a TeX environment": "\\begin{center}\nx\n\\end{center}",
    "attributes of a link": "See [this](/x){.wide} now.",
    "a bracketed span": "See [this]{.wide} now.",
    "the name of a heading in brackets": "See [Is it so?] now.",
    "brackets": "See [this] now.",
    "a line block": "| one\n| two",
    "a definition list": "Term\n:   what it means",
    "letters as numbers": "a. one\nb. two",
    "numbers in brackets": "(1) one\n(2) two",
    "a number in brackets in a sentence": "See (1) and (2) there.",
    "Roman numbers": "i. one\nii. two",
    "number signs as numbers": "#. one\n#. two",
    "numbers with a bracket": "1) one\n2) two",
    "an example list": "(@) one\n(@) two",
    "a year at the beginning": "2026. A good year.",
    "an initial at the beginning": "B. Smith wrote it.",
    "an escaped space": r"100\ mg of it",
    "an escaped letter": r"a\b and c\d",
    "an escaped brace in a heading": "Text\n\n## Another \\{#another}\n\nYes.",
    "emphasis inside a word": "It is un*frigging*believable and snake_case_names.",
    "stars with spaces": "2 * 3 * 4 and _ x _",
    "double underscores": "It is __so__ and _so_.",
    "quotes": '"It\'s" so... -- really --- yes',
    "a footnote in a heading": "Text\n\n## Another[^n]? {#another}\n\nYes.\n\n[^n]: note",
    "a citation in a heading": "Text\n\n## Another [@one1] {#another}\n\nYes.",
    "a footnote that goes on lazily": "a[^n]\n\n[^n]: one\ntwo",
    "a footnote that goes on indented": "a[^n]\n\n[^n]: one\n    two",
    "a footnote with two paragraphs": "a[^n]\n\n[^n]: one\n\n    two",
    "two footnotes without a space": "a[^n] [^m]\n\n[^n]: one\n\n[^m]: two",
    "footnote definitions in one block": "a[^n] b[^m]\n\n[^n]: one\n[^m]: two",
    "a footnote definition after a text": "a[^n]\n[^n]: one",
    "a footnote defined in a notice": "a[^n]\n\n::: {#n .notice}\nb\n\n[^n]: one\n:::",
    "a citation over two lines": "a [@one1;\n@two2] b",
    "citations side by side": "a [@one1] [@two2] b",
    "citations without a space": "a [@one1][@two2] b",
    "a citation with a colon": "a [@one1:two] b",
    "a citation with a full stop": "a [@one1.] b",
    "a citation in emphasis": "a *b [@one1]* c",
    "a citation in a link": "a [b [@one1]](/x) c",
    "a citation in braces": "a [@{one1}] b",
    "a mail address": "Write to a@example.org or <a@example.org>.",
    "a bare address": "See https://example.org/a now.",
    "an address in angle brackets": "See <https://example.org/a?b=1&c=2> now.",
    "a link with spaces": "See [this](</a b>) now.",
    "a link with brackets": "See [this](/a_(b)) now.",
    "a link over two lines": "See [this\nand that](/a) now.",
    "a link by reference": "See [this][r] or [r] now.\n\n[r]: /a",
    "a link by reference with a title": 'See [this][r] now.\n\n[r]: /a "title"',
    "entities": "&copy; &amp; &#233; &nbsp;x",
    "a literal ampersand": "Q&A and &x; and AT&T",
    "a less-than sign": "p < 0.05, 3<5 and a<b",
    "braces": "{braces} and {#id} and {.class}",
    "a line with three dashes": "Text\n\n---\n\nMore",
    "an indented text": "Text\n\n   More",
    "a nested list with two spaces": "- a\n  - b\n  - c",
    "a nested list with four spaces": "- a\n    - b\n    - c",
    "a nested list in a numbered one": "1. a\n   - b\n2. c",
    "a list with other signs": "* a\n* b",
    "a loose list": "- a\n\n- b",
    "two lists with a comment between": "- a\n\n<!-- -->\n\n- b",
    "a list with an empty item": "- a\n-\n- b",
    "a list that a text follows": "- a\n- b\nlazy",
    "a list with a notice": "- a\n\n    ::: {#n .notice}\n    b\n    :::",
    "a task list": "- [ ] a\n- [x] b",
    "a table without outer lines": "a | b\n--|--\n1 | 2",
    "a table with short rows": "| a | b |\n|---|---|\n| 1 |",
    "a table with escaped lines": "| a | b |\n|---|---|\n| 1 \\| 2 | 3 |",
    "a table with a caption": "| a |\n|---|\n| b |\n\n: Caption",
    "a grid table": "+---+\n| a |\n+===+\n| b |\n+---+",
    "a simple table": "a   b\n--- ---\n1   2",
    "a notice in a notice": ":::: {#n .notice}\na\n\n::: {#m .notice}\nb\n:::\n::::\n\nText",
    "a notice with attributes the other way round": "::: {.notice #n}\na\n:::\n\nText",
    "a notice with more colons": "::::: {#n .notice}\na\n:::::\n\nText",
    "a notice that ends with more colons": "::: {#n .notice}\na\n:::::\n\nText",
    "a notice with colons behind": "::: {#n .notice} :::\na\n:::\n\nText",
    "a notice without a space": ":::{#n .notice}\na\n:::\n\nText",
    "superscript": "x^2^ and H~2~O",
    "an abbreviation": "*[HTML]: Hypertext\n\nHTML",
    "an emoji": "It is :smile: now.",
    "a hash": "Text\n\n#hashtag and #2",
    "a heading without a space": "Text\n\n##Another {#another}\n\nYes.",
    "a heading with closing signs": "Text\n\n## Another ## {#another}\n\nYes.",
    "a heading with attributes and closing signs": "Text\n\n## Another {#another} ##\n\nYes.",
    "a heading with quoted markets": 'Text\n\n## Another {#another markets="US CA"}\n\nYes.',
    "a heading with bare markets": "Text\n\n## Another {#another markets=US}\n\nYes.",
    "a heading with single quotes": "Text\n\n## Another {#another markets='US CA'}\n\nYes.",
    "a tab": "a\tb",
    "several spaces": "a   b",
    "a non-breaking space": "100\u00a0mg",
    "Arabic": "نعم، 100 ملغ.",
    "Japanese": "はい。\nそうです。",
}


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_what_pandoc_reads_otherwise_is_refused(answer: str) -> None:
    """The dialect is Pandoc's: what we take from a document is what Pandoc takes, or the document is refused."""
    text = f"{FRONT}{ENTRY}{answer}\n"
    try:
        document = read_document(text.encode(), FILE, BIBLIOGRAPHY)
    except Refused:
        require("pandoc")
        return
    assert our_shape(document) == pandoc_shape(pandoc(text))
