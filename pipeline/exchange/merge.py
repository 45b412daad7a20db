"""merge: what a vendor sent back into the catalog that it came from, by id and text, nothing forced in."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from pipeline.exchange.manifest import HandedUnit, source_digest, target_digest
from pipeline.model.catalog import FUZZY, Catalog, Unit, header_text
from pipeline.model.exchange import ReturnedFile, ReturnedUnit
from pipeline.model.finding import Finding
from pipeline.model.source_change import AcceptedChanges

# How many lines a wrapped line of a comment may have come back as.
_MOST_LINES = 100

_PREVIOUS = re.compile(r"\s*\|\s*(?:msgid|msgctxt|\")")


class Effect(StrEnum):
    """What a return does to a unit."""

    TRANSLATED = "translated"
    CHANGED = "changed"
    APPROVED = "no longer fuzzy"
    DOUBTED = "now fuzzy"
    COMMENTED = "comment or flag"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A unit that the return changes."""

    effect: Effect
    before: Unit
    after: Unit
    returned: ReturnedUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A text that came back and is not taken, with the reason; what the catalog has stays."""

    returned: ReturnedUnit
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """The catalog with the changes in it; with any finding the return must be refused."""

    catalog: Catalog
    changes: tuple[Change, ...]
    left: tuple[Left, ...]
    findings: tuple[Finding, ...]


def merge(
    catalog: Catalog, returned: ReturnedFile, handed: Mapping[str, HandedUnit], accepted: AcceptedChanges
) -> Merge:
    """Take each returned text whose English is that of the catalog today.

    `handed` says what the units were when the kit was made, by id (empty where that is not known). A text made
    from an older English is left and reported, and so is one that has been changed here in the meantime. A text
    whose English nobody here ever wrote is a finding. Units that do not change keep their bytes.
    """
    merging = _Merging(catalog, handed, accepted)
    for unit in returned.units:
        merging.take(unit)
    changed = {id(change.before): change.after for change in merging.changes}
    units = tuple(changed.get(id(unit), unit) for unit in catalog.units)
    result = replace(catalog, units=units)
    if merging.changes and returned.credits:
        result = replace(result, header=_credited(catalog.header, {**catalog.fields, **returned.credits}))
    return Merge(
        catalog=result, changes=tuple(merging.changes), left=tuple(merging.left), findings=tuple(merging.findings)
    )


def _credited(header: Unit, fields: Mapping[str, str]) -> Unit:
    text = header_text(fields)
    return header if (text,) == header.targets else header.changed(targets=(text,))


class _Merging:
    """The state of one merge."""

    def __init__(self, catalog: Catalog, handed: Mapping[str, HandedUnit], accepted: AcceptedChanges) -> None:
        self._catalog = catalog
        self._handed = handed
        self._accepted = accepted
        self._by_text: dict[tuple[str, str | None], list[Unit]] = defaultdict(list)
        for unit in catalog.live:
            self._by_text[unit.source, unit.plural].append(unit)
        self._older = {(unit.id, unit.source) for unit in catalog.units if unit.obsolete}
        self._older.update((unit.id, unit.previous.source) for unit in catalog.units if unit.previous)
        self.changes: list[Change] = []
        self.left: list[Left] = []
        self.findings: list[Finding] = []

    def take(self, returned: ReturnedUnit) -> None:
        unit = self._catalog.by_id.get(returned.id)
        if unit is not None and self._same_text(unit, returned):
            self._compare(unit, returned)
            return
        moved = self._moved(returned)
        if moved is not None:
            self._compare(moved, returned)
        elif not self._known_before(returned):
            self._refuse_text(unit, returned)
        elif any(returned.targets):
            what = "its English has changed since" if unit is not None else "it is no longer in the document"
            self.left.append(Left(returned=returned, reason=what))

    def _same_text(self, unit: Unit, returned: ReturnedUnit) -> bool:
        if (unit.source, unit.plural) == (returned.source, returned.plural):
            return True
        return unit.plural is None and self._accepted.leads(unit.id, returned.source, unit.source)

    def _moved(self, returned: ReturnedUnit) -> Unit | None:
        """The one unit that has the text today, if what came back was under another id when it went out."""
        units = self._by_text[returned.source, returned.plural]
        if len(units) == 1 and self._known_before(returned):
            return units[0]
        return None

    def _known_before(self, returned: ReturnedUnit) -> bool:
        if (returned.id, returned.source) in self._older:
            return True
        handed = self._handed.get(returned.id)
        return handed is not None and handed.source == source_digest(returned.source, returned.plural)

    def _refuse_text(self, unit: Unit | None, returned: ReturnedUnit) -> None:
        if unit is None:
            message, hint = "is not an entry of this document", "remove it; entries come from the English alone"
        else:
            message = "its English text (msgid, source) was changed"
            hint = f"put it back as it was: {unit.source[:120]!r}"
        self.findings.append(
            Finding(rule="handback", message=message, location=returned.location, entry=returned.id, hint=hint)
        )

    def _compare(self, unit: Unit, returned: ReturnedUnit) -> None:
        if len(returned.targets) != len(unit.targets):
            message = f"has {len(returned.targets)} plural forms instead of {len(unit.targets)}"
            hint = "write every form of the language, in the order of the catalog"
            self.findings.append(
                Finding(rule="handback", message=message, location=returned.location, entry=returned.id, hint=hint)
            )
            return
        reason = self._not_taken(unit, returned)
        targets, fuzzy = returned.targets, returned.fuzzy
        if reason is not None or self._untouched(returned):
            targets, fuzzy = unit.targets, FUZZY in unit.flags
            if reason:
                self.left.append(Left(returned=returned, reason=reason))
        if not any(targets):
            fuzzy = FUZZY in unit.flags
        after = _with(unit, targets, fuzzy, returned)
        if after != unit.changed():
            effect = _effect(unit, after)
            self.changes.append(Change(effect=effect, before=unit, after=after, returned=returned))

    def _not_taken(self, unit: Unit, returned: ReturnedUnit) -> str | None:
        """Why the text is not taken; an empty reason where the vendor did not touch it, None where it is taken."""
        if returned.targets == unit.targets:
            return None
        if not any(returned.targets):
            return "it came back empty; the translation here stays" if any(unit.targets) else ""
        handed = self._handed.get(returned.id)
        if handed is None or handed.target == target_digest(unit.targets):
            return None
        if handed.target == target_digest(returned.targets):
            return ""
        return "it was changed here too since the hand-off; compare the two by hand"

    def _untouched(self, returned: ReturnedUnit) -> bool:
        """Whether text and state came back as they went out: what happened here since then stays."""
        handed = self._handed.get(returned.id)
        sent = (handed.target, handed.fuzzy) if handed is not None else None
        return sent == (target_digest(returned.targets), returned.fuzzy)


def _with(unit: Unit, targets: tuple[str, ...], fuzzy: bool, returned: ReturnedUnit) -> Unit:
    flags = [FUZZY] if fuzzy else []
    flags.extend(flag for flag in unit.flags if flag != FUZZY)
    flags.extend(flag for flag in returned.flags if flag not in flags)
    # Tools drop comments that they do not know: what is here stays, what is new is added.
    new = _new_comments(unit.translator_comments, returned.comments)
    return unit.changed(
        targets=targets,
        flags=unit.flags if set(flags) == set(unit.flags) else tuple(flags),
        previous=unit.previous if fuzzy else None,
        translator_comments=(*unit.translator_comments, *new),
    )


def _new_comments(known: tuple[str, ...], returned: tuple[str, ...]) -> Iterator[str]:
    """The lines of comments that are not there yet, neither as they are nor as one line that a tool has wrapped.

    Babel makes comments of the previous source, which nobody wrote.
    """
    lines = {_squeezed(line) for line in known}
    longest = max(map(len, lines), default=0)
    start = 0
    while start < len(returned):
        wrapped = 0
        text = ""
        for number, line in enumerate(returned[start : start + _MOST_LINES], start=1):
            text += _squeezed(line)
            if len(text) > longest:
                break
            if text in lines:
                wrapped = number
        if not wrapped and not _PREVIOUS.match(returned[start]):
            yield returned[start]
        start += wrapped or 1


def _squeezed(line: str) -> str:
    return "".join(line.split())


def _effect(before: Unit, after: Unit) -> Effect:
    if before.targets != after.targets:
        return Effect.CHANGED if any(before.targets) else Effect.TRANSLATED
    if (FUZZY in before.flags) != (FUZZY in after.flags):
        return Effect.DOUBTED if FUZZY in after.flags else Effect.APPROVED
    return Effect.COMMENTED
