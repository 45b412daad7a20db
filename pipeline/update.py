"""update: bring a catalog up to its template, by message id and by exact text, never by resemblance.

A unit of the template finds its translation in this order:

1. same id, same text: kept as it is;
2. same text under another id whose own text is gone or changed (it moved): kept;
3. same id, changed text: kept as fuzzy, with the text that it translates as its previous source;
4. exact text elsewhere in the language (the translation memory): offered as fuzzy;
5. else it stays untranslated.

Whatever finds no place becomes obsolete. Nothing that a person wrote is dropped.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from pipeline.model.catalog import FUZZY, Catalog, Previous, State, Unit, header_text, stamp
from pipeline.model.locale import Locale, english_name
from pipeline.model.settings import Settings
from pipeline.model.source_change import NONE_ACCEPTED, AcceptedChanges

Key = tuple[str | None, str]
Memory = Mapping[tuple[str, str | None], tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Updated:
    """The new catalog, and the ids of the units that something happened to."""

    catalog: Catalog
    moved: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()
    fuzzied: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    obsoleted: tuple[str, ...] = ()


def new_catalog(name: str, locale: Locale, plural_forms: str, settings: Settings, now: datetime) -> Catalog:
    """A catalog without units, with the header that gettext's tools expect; `update` fills it."""
    fields = {
        "Project-Id-Version": settings.name,
        "Report-Msgid-Bugs-To": settings.contact,
        "PO-Revision-Date": stamp(now),
        "Last-Translator": "Automatically generated",
        "Language-Team": "none",
        "Language": locale.gettext,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plural_forms,
    }
    title = f"{english_name(locale)} translation of {name.rpartition('/')[2].removesuffix('.po')}."
    header = Unit(source="", targets=(header_text(fields),), translator_comments=(title,))
    return Catalog(name=name, header=header, units=())


def memory(catalogs: Iterable[Catalog]) -> Memory:
    """Every finished translation of the catalogs by its exact source; the first one met wins, live before obsolete."""
    found: dict[tuple[str, str | None], tuple[str, ...]] = {}
    units = [unit for catalog in catalogs for unit in catalog.units if unit.state is State.TRANSLATED]
    for unit in sorted(units, key=lambda unit: unit.obsolete):
        found.setdefault(_text(unit), unit.targets)
    return found


def update(
    catalog: Catalog,
    pot: Catalog,
    known: Memory,
    *,
    plural_count: int,
    overlay: bool = False,
    accepted: AcceptedChanges = NONE_ACCEPTED,
) -> Updated:
    """Merge the template into the catalog; the header stays untouched.

    An overlay holds only what a locale says otherwise than the language it falls back to: nothing is
    added to it. Changes of the English that were accepted as non-substantive leave a translation in the
    state that it has. Applying an update twice gives the same catalog as applying it once.
    """
    placed = _place(catalog, pot)
    claimed = {id(unit) for unit in placed.values()}
    units: list[Unit] = []
    moved: list[str] = []
    followed: list[str] = []
    fuzzied: list[str] = []
    offered: list[str] = []
    added: list[str] = []
    for new in pot.units:
        old = placed.get(new.key)
        if old is None:
            if overlay:
                continue
            targets = known.get(_text(new))
            (offered if targets else added).append(new.id)
            units.append(_fresh(new, targets, plural_count))
            continue
        followed_unit = _accepting(old, new, accepted)
        if followed_unit is not old:
            followed.append(new.id)
        same = _text(followed_unit) == _text(new)
        unit = _keep(followed_unit, new) if same else _change(old, new, plural_count)
        targets = None if overlay or any(unit.targets) else known.get(_text(new))
        if targets:
            offered.append(new.id)
            unit = unit.changed(targets=targets, flags=(FUZZY, *unit.flags))
        elif not same:
            fuzzied.extend([new.id] if unit.state is State.FUZZY else [])
        elif old.context != new.context:
            moved.append(new.id)
        units.append(unit)
    left = [unit for unit in catalog.units if id(unit) not in claimed]
    obsolete, obsoleted = _retire(left)
    result = replace(catalog, units=(*units, *obsolete))
    return Updated(
        catalog=result,
        moved=tuple(moved),
        accepted=tuple(followed),
        fuzzied=tuple(fuzzied),
        offered=tuple(offered),
        added=tuple(added),
        obsoleted=obsoleted,
    )


def _place(catalog: Catalog, pot: Catalog) -> dict[Key, Unit]:
    """Which old unit each unit of the template gets, by the template's key: rules 1 to 3."""
    live_first = sorted(catalog.units, key=lambda unit: unit.obsolete)
    by_key = {unit.key: unit for unit in reversed(live_first)}
    # gettext lets a key stand once, so a text whose plural came or went stays with its own unit.
    placed = {new.key: by_key[new.key] for new in pot.units if new.key in by_key}
    claimed = {id(unit) for unit in placed.values()}

    movable: dict[tuple[str, str | None], deque[Unit]] = defaultdict(deque)
    for unit in live_first:
        if id(unit) not in claimed and any(unit.targets):
            movable[_text(unit)].append(unit)
    for new in pot.units:
        if new.key not in placed and movable[_text(new)]:
            placed[new.key] = movable[_text(new)].popleft()
            claimed.add(id(placed[new.key]))

    waiting: dict[str, list[Unit]] = defaultdict(list)
    for new in pot.units:
        if new.key not in placed:
            waiting[new.id].append(new)
    left = [unit for unit in catalog.live if id(unit) not in claimed]
    often = Counter(unit.id for unit in left)
    for unit in left:
        # Other projects give one context to several texts: which of them changed into which, nobody can tell.
        if often[unit.id] == len(waiting[unit.id]) == 1:
            placed[waiting[unit.id][0].key] = unit
    return placed


def _text(unit: Unit) -> tuple[str, str | None]:
    return unit.source, unit.plural


def _accepting(old: Unit, new: Unit, accepted: AcceptedChanges) -> Unit:
    """The old unit on the new text, where only accepted changes of the English lie between them.

    A unit that an update made fuzzy for such a change is a translation again; it says so by its previous
    source, which no other fuzzy unit has.
    """
    if not accepted.steps or old.id != new.id or old.plural is not None:
        return old
    if accepted.leads(new.id, old.source, new.source):
        old = old.changed(source=new.source)
    made_from = old.previous.source if FUZZY in old.flags and old.previous is not None else None
    if made_from is not None and old.source == new.source and accepted.leads(new.id, made_from, new.source):
        flags = tuple(flag for flag in old.flags if flag != FUZZY)
        old = old.changed(flags=flags, previous=None)
    return old


def _keep(old: Unit, new: Unit) -> Unit:
    """The old unit under the new id with the template's comments; the same object if nothing differs."""
    flags, locations = _flags(old, new, fuzzy=FUZZY in old.flags), catalog_locations(new)
    due = (new.context, flags, new.extracted_comments, locations, False)
    if (old.context, old.flags, old.extracted_comments, old.locations, old.obsolete) == due:
        return old
    return old.changed(
        context=new.context,
        flags=flags,
        extracted_comments=new.extracted_comments,
        locations=locations,
        obsolete=False,
    )


def _change(old: Unit, new: Unit, plural_count: int) -> Unit:
    """The translation of a text that changed: fuzzy, with the text that it was made from."""
    old = _in_shape(old, new, plural_count)
    translated = any(old.targets)
    source = Previous(context=old.context, source=old.source, plural=old.plural)
    return old.changed(
        context=new.context,
        source=new.source,
        plural=new.plural,
        flags=_flags(old, new, fuzzy=translated),
        # What was fuzzy before does not translate the old text: it keeps the previous source that it has.
        previous=(old.previous if FUZZY in old.flags else source) if translated else None,
        extracted_comments=new.extracted_comments,
        locations=catalog_locations(new),
        obsolete=False,
    )


def _in_shape(old: Unit, new: Unit, plural_count: int) -> Unit:
    """The old unit with as many targets as the new text has; forms that find no place become a comment."""
    if (old.plural is None) == (new.plural is None):
        return old
    if old.plural is None:
        return old.changed(targets=old.targets * plural_count)
    others = enumerate(old.targets[1:], 1)
    lost = [f"msgstr[{index}] was: {target!r}" for index, target in others if target]
    return old.changed(targets=old.targets[:1], translator_comments=(*old.translator_comments, *lost))


def _fresh(new: Unit, targets: tuple[str, ...] | None, plural_count: int) -> Unit:
    empty = ("",) if new.plural is None else ("",) * plural_count
    return new.changed(
        targets=targets or empty,
        flags=(FUZZY, *new.flags) if targets else new.flags,
        locations=catalog_locations(new),
    )


def _retire(left: Iterable[Unit]) -> tuple[tuple[Unit, ...], tuple[str, ...]]:
    """What has no place in the template any more; only units that hold nothing of a person's are dropped."""
    obsolete: list[Unit] = []
    obsoleted: list[str] = []
    for unit in left:
        if unit.obsolete:
            obsolete.append(unit)
        elif any(unit.targets) or unit.translator_comments:
            obsoleted.append(unit.id)
            obsolete.append(unit.changed(obsolete=True, extracted_comments=(), locations=()))
    # Those that were obsolete before stay first and keep their order, so that a diff shows only what is new.
    return tuple(sorted(obsolete, key=lambda unit: not unit.raw)), tuple(obsoleted)


def _flags(old: Unit, new: Unit, *, fuzzy: bool) -> tuple[str, ...]:
    """Format flags are the template's to say; every other flag of the old unit stays."""
    others = [flag for flag in old.flags if flag != FUZZY and not flag.endswith("-format")]
    flags = tuple(dict.fromkeys([*([FUZZY] if fuzzy else []), *new.flags, *others]))
    return old.flags if set(flags) == set(old.flags) else flags


def catalog_locations(unit: Unit) -> tuple[str, ...]:
    """Locations without line numbers (gettext's --add-location=file): a shifted line is no change to a catalog."""
    return tuple(dict.fromkeys(location.rpartition(":")[0] or location for location in unit.locations))
