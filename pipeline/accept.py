"""accept: declare that a change of the English leaves its translations valid."""

import re
from collections import Counter
from datetime import date

from pipeline.errors import PipelineError
from pipeline.flow import Content, read_catalog
from pipeline.model.catalog import FUZZY, Unit
from pipeline.model.finding import Location
from pipeline.model.message import Message
from pipeline.model.pattern import PatternError, inventory, parse_pattern
from pipeline.model.source_change import SourceChange
from pipeline.sources.source_changes import with_source_change
from pipeline.workspace import ACCEPTED_CHANGES, UI_DOMAIN, Workspace

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def accept_source_change(
    workspace: Workspace, content: Content, entry: str, *, reason: str, by: str, today: date
) -> SourceChange:
    """Record the change that the catalogs have not followed yet; `update` then keeps the translations.

    `entry` is a message id, or DOCUMENT:ID where documents share ids. Raises PipelineError where there is
    no such change, more than one, or one that cannot be without substance: other numbers or other
    placeholders.
    """
    domain, message = _find(content, entry)
    old_texts = sorted({text for unit in _units(workspace, domain, message) for text in _old_texts(unit, message)})
    if not old_texts:
        raise PipelineError(
            f"no catalog translates an older text of {entry}", hint="edit the English first, then accept the change"
        )
    if len(old_texts) > 1:
        listed = "; ".join(repr(text) for text in old_texts)
        raise PipelineError(
            f"the catalogs translate {len(old_texts)} older texts of {entry}: {listed}",
            hint="one change can be accepted at a time; translate this entry instead",
        )
    _compare(entry, old_texts[0], message)
    change = SourceChange(
        domain=domain,
        id=message.id,
        old=old_texts[0],
        new=message.source,
        by=by,
        on=today,
        reason=reason,
        location=Location(file=ACCEPTED_CHANGES),
    )
    workspace.write({ACCEPTED_CHANGES: with_source_change(workspace.read(ACCEPTED_CHANGES), change)})
    return change


def _find(content: Content, entry: str) -> tuple[str, Message]:
    wanted_domain, colon, wanted = entry.rpartition(":")
    domains = [(document.id, tuple(document.messages())) for document in content.documents]
    found = [
        (domain, message)
        for domain, messages in [*domains, (UI_DOMAIN, content.ui)]
        for message in messages
        if message.id == wanted and (not colon or domain == wanted_domain)
    ]
    if not found:
        raise PipelineError(f"there is no text {entry}", hint="ENTRY is the msgctxt in the catalogs")
    if len(found) > 1:
        choices = ", ".join(f"{domain}:{wanted}" for domain, _ in found)
        raise PipelineError(f"several documents have a text {entry}", hint=f"name one of {choices}")
    if found[0][1].plural is not None:
        raise PipelineError(f"{entry} has a plural", hint="such texts are translated anew")
    return found[0]


def _units(workspace: Workspace, domain: str, message: Message) -> list[Unit]:
    units = []
    for locale in workspace.settings.catalog_locales():
        catalog, problems = read_catalog(workspace, workspace.catalog(locale, domain))
        if problems:
            raise PipelineError(problems[0].message, where=str(problems[0].location), hint="run `pipeline check`")
        unit = catalog.by_id.get(message.id) if catalog else None
        if unit is not None:
            units.append(unit)
    return units


def _old_texts(unit: Unit, message: Message) -> list[str]:
    """The text that the unit's translation was made from, if it is not today's."""
    if not any(unit.targets):
        return []
    texts = [unit.source]
    if FUZZY in unit.flags:
        texts = [unit.previous.source] if unit.previous else []
    return [text for text in texts if text != message.source]


def _compare(entry: str, old: str, message: Message) -> None:
    """Raise PipelineError where the two texts differ in more than words."""
    try:
        before: Counter[str] | None = inventory(parse_pattern(old, atoms=message.atoms, spans=message.spans))
    except PatternError:
        before = None
    if before != inventory(message.pattern):
        raise PipelineError(f"{entry} has other placeholders than before", hint="such a change must be translated")
    if Counter(_NUMBER.findall(old)) != Counter(_NUMBER.findall(message.source)):
        raise PipelineError(f"{entry} has other numbers than before", hint="such a change must be translated")
