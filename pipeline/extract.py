"""extract: a Document to the units of a template."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from pipeline.model.catalog import FUZZY, Catalog, Unit, header_text, stamp
from pipeline.model.document import Block, Document, ListBlock, Notice, Paragraph, Table
from pipeline.model.message import Citation, Link, Message, NoteMark, Placeholder
from pipeline.model.pattern import plain
from pipeline.model.plurals import plural_forms
from pipeline.model.reference import citation_text
from pipeline.model.settings import Settings

BRACE_FORMAT = "python-brace-format"

_BRACE = re.compile("[{}]")


def extract(document: Document) -> tuple[Unit, ...]:
    """One unit for each message in reading order, with all that a translator needs to know in its comments."""
    captions = dict(_captions(document))
    return tuple(
        _unit(message, (captions[message.id], *_explanations(document, message), *message.comments))
        for message in document.messages()
    )


def extract_ui(messages: Iterable[Message]) -> tuple[Unit, ...]:
    """The units of the page's own words."""
    return tuple(_unit(message, message.comments) for message in messages)


def _unit(message: Message, comments: tuple[str, ...]) -> Unit:
    source, plural = message.source, message.plural_source
    return Unit(
        context=message.id,
        source=source,
        plural=plural,
        targets=("",) if plural is None else ("", ""),
        flags=(BRACE_FORMAT,) if _BRACE.search(f"{source}{plural or ''}") else (),
        extracted_comments=comments,
        locations=(f"{message.location.file}:{message.location.line}",),
    )


def template(
    domain: str, units: Iterable[Unit], settings: Settings, previous: Catalog | None, now: datetime
) -> Catalog:
    """A POT of the units. Its POT-Creation-Date is that of the previous template unless a text changed."""
    units = tuple(units)
    if previous is not None and _texts(previous.units) == _texts(units):
        date = previous.fields.get("POT-Creation-Date") or stamp(now)
    else:
        date = stamp(now)
    fields = {
        "Project-Id-Version": settings.name,
        "Report-Msgid-Bugs-To": settings.contact,
        "POT-Creation-Date": date,
        "PO-Revision-Date": "YEAR-MO-DA HO:MI+ZONE",
        "Last-Translator": "FULL NAME <EMAIL@ADDRESS>",
        "Language-Team": "LANGUAGE <LL@li.org>",
        "Language": "",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    if any(unit.plural is not None for unit in units):
        # The source's own: the usual placeholder is an error to msgfmt, and `init` writes each language's line.
        fields["Plural-Forms"] = plural_forms(settings.source.gettext)
    header = Unit(
        source="",
        targets=(header_text(fields),),
        flags=(FUZZY,),
        translator_comments=(f"Template of {domain}: translations of it lie in locales/LANGUAGE/LC_MESSAGES.",),
    )
    return Catalog(name=f"{domain}.pot", header=header, units=units)


def _texts(units: Iterable[Unit]) -> list[tuple[str | None, str, str | None]]:
    """What there is to translate: comments and places may change beside it."""
    return [(unit.context, unit.source, unit.plural) for unit in units]


def _captions(document: Document) -> Iterator[tuple[str, str]]:
    """What each message is, in the translator's words, by message id."""
    yield document.title.id, "Title of the page"
    yield from _block_captions(document.lead, "Introduction", "")
    for entry in document.entries:
        question = plain(entry.question.pattern)
        markets = f" (shown only in {', '.join(entry.markets)})" if entry.markets else ""
        yield entry.question.id, f"Question{markets}"
        yield from _block_captions(entry.answer, "Answer", f' of "{question}"{markets}')
    for footnote in document.footnotes:
        yield footnote.message.id, f"Footnote {footnote.mark}"


def _block_captions(blocks: tuple[Block, ...], what: str, of: str) -> Iterator[tuple[str, str]]:
    for block in blocks:
        match block:
            case Paragraph(message=message):
                yield message.id, f"{what} {_number(message)}{of}"
            case ListBlock(items=items):
                for item in items:
                    for identifier, caption in _block_captions(item, what, of):
                        yield identifier, caption if ", list item" in caption else f"{caption}, list item"
            case Table(header=header, rows=rows):
                for cells, kind in ((header, "table heading"), *((row, "table cell") for row in rows)):
                    yield from ((cell.id, f"{what} {_number(cell)}{of}, {kind}") for cell in cells if cell is not None)
            case Notice(blocks=inner):
                yield from _block_captions(inner, "Safety notice", f", in: {what.lower()}{of}")


def _number(message: Message) -> str:
    return message.id.rpartition("/")[2]


def _explanations(document: Document, message: Message) -> Iterator[str]:
    for name, placeholder in message.placeholders.items():
        yield _explanation(document, name, placeholder)


def _explanation(document: Document, name: str, placeholder: Placeholder) -> str:
    match placeholder:
        case Citation():
            numbers = document.citation_numbers(placeholder)
            noun = "reference" if len(numbers) == 1 else "references"
            printed = citation_text(numbers)
            return f"{{{name}}} = {noun} {printed} (superscript; keep it right after the claim it supports)"
        case NoteMark(footnote):
            return f"{{{name}}} = footnote {document.footnote_by_id[footnote].mark} (superscript)"
        case Link(href):
            return f"<{name}>...</{name}> = link to {href} (translate the text between the tags)"
