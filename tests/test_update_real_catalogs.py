"""update on the catalogs of other projects: against their own template nothing is lost and nothing moves."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.model.catalog import Catalog, Unit
from pipeline.model.finding import Refused
from pipeline.po import read_po, write_po
from pipeline.update import catalog_locations, update
from tests.peers import require_package

pytestmark = pytest.mark.thorough

PACKAGES = ("django", "sphinx")


def catalogs(package: str) -> list[Path]:
    return sorted(require_package(package).rglob("*.po"))


def template_of(catalog: Catalog) -> Catalog:
    """The catalog's own template: its live units without what translators wrote."""
    units = tuple(
        unit.changed(
            targets=("",) * len(unit.targets),
            flags=tuple(flag for flag in unit.flags if flag.endswith("-format")),
            translator_comments=(),
            previous=None,
        )
        for unit in catalog.live
    )
    return replace(catalog, name="x.pot", units=units)


def written(unit: Unit) -> list[object]:
    """Everything in a unit that a person wrote."""
    found: list[object] = [("target", unit.key, index, target) for index, target in enumerate(unit.targets) if target]
    found += [("comment", unit.key, line) for line in unit.translator_comments]
    found += [("flag", unit.key, flag) for flag in unit.flags]
    found += [("previous", unit.key, unit.previous)] if unit.previous else []
    return found


def work(catalog: Catalog) -> Counter[object]:
    return Counter(fact for unit in catalog.units for fact in (*written(unit), ("obsolete", unit.key, unit.obsolete)))


@pytest.mark.parametrize("package", PACKAGES)
def test_nothing_that_a_person_wrote_is_lost(package: str) -> None:
    read, lost = 0, []
    for path in catalogs(package):
        try:
            catalog = read_po(path.read_bytes(), path.name)
        except Refused:
            continue
        read += 1
        plural_count = next((len(unit.targets) for unit in catalog.live if unit.plural is not None), 1)
        updated = update(catalog, template_of(catalog), {}, plural_count=plural_count)
        again = read_po(write_po(updated.catalog), path.name)
        if work(catalog) - work(again):
            lost.append((path, (work(catalog) - work(again)).most_common(3)))
        assert (updated.moved, updated.fuzzied, updated.obsoleted) == ((), (), ())
        second = update(again, template_of(catalog), {}, plural_count=plural_count)
        assert write_po(second.catalog) == write_po(again)
    assert lost == []
    assert read > 30


@pytest.mark.parametrize("package", PACKAGES)
def test_a_catalog_whose_template_did_not_change_keeps_every_byte(package: str) -> None:
    """Once its locations have no line numbers, as ours have none."""
    for path in catalogs(package)[::7]:
        try:
            catalog = read_po(path.read_bytes(), path.name)
        except Refused:
            continue
        ours = replace(
            catalog,
            units=tuple(
                unit if unit.obsolete else unit.changed(locations=catalog_locations(unit)) for unit in catalog.units
            ),
        )
        data = write_po(ours)
        again = read_po(data, path.name)
        plural_count = next((len(unit.targets) for unit in again.live if unit.plural is not None), 1)
        assert write_po(update(again, template_of(again), {}, plural_count=plural_count).catalog) == data
