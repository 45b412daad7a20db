"""outgoing: a message and its unit in a catalog as they go to a vendor."""

from pipeline.model.catalog import FUZZY, State, Unit
from pipeline.model.document import Document
from pipeline.model.exchange import OutgoingUnit
from pipeline.model.message import Citation, Link, Message, NoteMark
from pipeline.model.pattern import Pattern, PatternError, parse_pattern
from pipeline.model.reference import citation_text


def outgoing_unit(document: Document | None, message: Message, unit: Unit) -> OutgoingUnit:
    """The message with its translation. One that is no text of the message stands in a note only."""
    targets, problems = targets_of(message, unit)
    notes = unit.extracted_comments
    if problems:
        stands = " | ".join(unit.targets)
        notes = (*notes, f"The translation in the catalog cannot be used ({'; '.join(problems)}): {stands}")
    return OutgoingUnit(
        id=message.id,
        sources=_sources(message),
        targets=targets,
        fuzzy=FUZZY in unit.flags and bool(targets),
        previous=unit.previous,
        display=_display(document, message),
        notes=notes,
        comments=unit.translator_comments,
        location=unit.locations[0] if unit.locations else "",
    )


def outgoing_message(document: Document | None, message: Message) -> OutgoingUnit:
    """The message alone."""
    return OutgoingUnit(id=message.id, sources=_sources(message), display=_display(document, message))


def needs_work(message: Message | None, unit: Unit) -> bool:
    """Whether the unit is untranslated, fuzzy, or translated by something that is no text of its message."""
    return unit.state is not State.TRANSLATED or (message is not None and bool(targets_of(message, unit)[1]))


def targets_of(message: Message, unit: Unit) -> tuple[tuple[Pattern, ...], tuple[str, ...]]:
    """The translation as patterns, none where there is none, and why it is no text of the message."""
    if not any(unit.targets):
        return (), ()
    patterns: list[Pattern] = []
    problems: list[str] = []
    for target in unit.targets:
        try:
            patterns.append(parse_pattern(target, atoms=message.atoms, spans=message.spans))
        except PatternError as error:
            problems.extend(error.problems)
    return (() if problems else tuple(patterns)), tuple(dict.fromkeys(problems))


def _sources(message: Message) -> tuple[Pattern, ...]:
    return (message.pattern,) if message.plural is None else (message.pattern, message.plural)


def _display(document: Document | None, message: Message) -> dict[str, str]:
    """What a reader sees in the place of each placeholder, as far as the document says it."""
    shown: dict[str, str] = {}
    for name, placeholder in message.placeholders.items():
        match placeholder:
            case Link(href):
                shown[name] = href
            case Citation() if document is not None:
                shown[name] = citation_text(document.citation_numbers(placeholder))
            case NoteMark(footnote) if document is not None:
                shown[name] = document.footnote_by_id[footnote].mark
    return shown
