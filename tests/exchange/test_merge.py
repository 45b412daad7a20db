"""merge: whatever a vendor's tool drops, nothing that was here is lost, and only what somebody edited changes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.exchange.manifest import HandedUnit, handed_unit
from pipeline.exchange.merge import Merge, merge
from pipeline.exchange.returned_po import returned_po
from pipeline.model.catalog import FUZZY, Catalog, Unit
from pipeline.model.source_change import NONE_ACCEPTED
from pipeline.po import read_po, write_po
from tests.properties import cases
from tests.test_update import NAME, PLURAL_COUNT, History, catalogs_after, edited, edits, histories, memory, update

pytestmark = pytest.mark.thorough

# What tools drop from the entries of a file, or drop altogether.
DROPS = ("comments", "flags", "previous", "fuzzy entries", "untranslated entries", "obsolete entries")

drops = st.sets(st.sampled_from(DROPS))
any_history = cases(400)


def current(history: History) -> Catalog:
    """A catalog as it is handed off: worked in, and up to date with its template."""
    old, template = catalogs_after(history)
    return read_po(write_po(update(old, template, memory([old]), plural_count=PLURAL_COUNT).catalog), NAME)


def saved(catalog: Catalog, dropped: set[str]) -> Catalog:
    """The catalog as a tool writes it that drops some things."""
    units = tuple(kept(unit, dropped) for unit in catalog.units if not is_dropped(unit, dropped))
    return read_po(write_po(replace(catalog, units=units)), NAME)


def is_dropped(unit: Unit, dropped: set[str]) -> bool:
    if unit.obsolete:
        return "obsolete entries" in dropped
    kind = "untranslated entries" if not any(unit.targets) else "fuzzy entries" if FUZZY in unit.flags else ""
    return kind in dropped


def kept(unit: Unit, dropped: set[str]) -> Unit:
    return unit.changed(
        translator_comments=() if "comments" in dropped else unit.translator_comments,
        flags=tuple(flag for flag in unit.flags if flag == FUZZY) if "flags" in dropped else unit.flags,
        previous=None if "previous" in dropped else unit.previous,
    )


def merged(here: Catalog, back: Catalog, handed: Mapping[str, HandedUnit]) -> Merge:
    result = merge(here, returned_po(back), handed, NONE_ACCEPTED)
    assert result.findings == ()
    return result


@any_history
@given(histories, drops, st.booleans())
def test_what_a_tool_only_saved_changes_no_byte(history: History, dropped: set[str], with_manifest: bool) -> None:
    catalog = current(history)
    handed = {unit.id: handed_unit(unit) for unit in catalog.live} if with_manifest else {}
    result = merged(catalog, saved(catalog, dropped), handed)
    assert write_po(result.catalog) == write_po(catalog)
    assert (result.changes, result.left) == ((), ())


@any_history
@given(histories, edits, edits, drops)
def test_nothing_that_a_person_wrote_is_lost_by_a_return(
    history: History, theirs: Sequence[tuple[int, str]], ours: Sequence[tuple[int, str]], dropped: set[str]
) -> None:
    """Both worked on: every entry has its comments and flags, and its translation is ours, or theirs of ours as it was.

    What was changed on both sides stays as it is here and is told of; what the vendor did not touch keeps its bytes.
    """
    handed = current(history)
    here = worked_on(handed, ours, 100)
    back = saved(worked_on(handed, theirs, 200), dropped)
    result = merged(here, back, {unit.id: handed_unit(unit) for unit in handed.live})
    after = read_po(write_po(result.catalog), NAME)
    told = {left.returned.id for left in result.left}
    assert [unit.key for unit in after.units] == [unit.key for unit in here.units]
    for was, mine, new in zip(handed.units, here.units, after.units, strict=True):
        their = None if mine.obsolete else back.by_id.get(mine.id)
        if their is None or (their.targets, their.flags, their.translator_comments) == (
            was.targets,
            was.flags,
            was.translator_comments,
        ):
            assert new.raw == mine.raw
            continue
        assert set(mine.translator_comments) | set(their.translator_comments) <= set(new.translator_comments)
        assert set(mine.flags) - {FUZZY} <= set(new.flags)
        if new.targets != mine.targets:
            assert new.targets == their.targets
            assert mine.targets == was.targets
        elif their.targets not in (was.targets, mine.targets):
            assert mine.id in told or not any(their.targets)
        assert new.previous == mine.previous or FUZZY not in new.flags


def worked_on(catalog: Catalog, done: Sequence[tuple[int, str]], number: int) -> Catalog:
    """The catalog after edits; texts with a higher number are another person's."""
    units = list(catalog.units)
    for index, edit in done:
        if units:
            number += 1
            units[index % len(units)] = edited(units[index % len(units)], edit, number)
    return read_po(write_po(replace(catalog, units=tuple(units))), NAME)
