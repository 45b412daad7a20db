"""What goes out as XLIFF or TMX comes back as it was: generated files, and the catalogs of the reference content."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given

from pipeline.exchange.tmx import read_tmx, write_tmx
from pipeline.exchange.xliff import read_xliff
from pipeline.exchange.xliff12 import write_xliff12
from pipeline.exchange.xliff21 import write_xliff21
from pipeline.model.catalog import FUZZY, Catalog, Unit
from pipeline.model.exchange import OutgoingFile, ReturnedUnit
from pipeline.po import write_po
from tests.exchange.samples import (
    REFERENCE_CATALOGS,
    Meaning,
    meanings,
    outgoing_files,
    reference_catalog,
    reference_file,
    returned_meanings,
    worked_on,
)
from tests.properties import cases

pytestmark = pytest.mark.thorough

Write = Callable[[OutgoingFile], bytes]

XLIFF = [
    pytest.param(write_xliff12, id="XLIFF 1.2"),
    pytest.param(write_xliff21, id="XLIFF 2.1"),
]


@pytest.mark.parametrize("write", XLIFF)
@cases(150)
@given(file=outgoing_files())
def test_xliff_brings_back_what_went_out(write: Write, file: OutgoingFile) -> None:
    """read(write(file)) has every source, translation, state and comment of the file, character by character."""
    returned = read_xliff(write(file), "back.xlf")
    assert returned_meanings(returned) == meanings(file)
    assert (returned.name, returned.domain, returned.target) == ("back.xlf", file.domain, file.target)


@cases(150)
@given(outgoing_files())
def test_tmx_brings_back_every_finished_translation(file: OutgoingFile) -> None:
    """read(write(files)) has the sources and translations of what is finished, each under its domain."""
    returned = read_tmx(write_tmx([file]), "memory.tmx")
    finished = [
        meaning._replace(id=f"{file.domain}:{meaning.id}", comments=())
        for unit, meaning in zip(file.units, meanings(file), strict=True)
        if all(meaning.targets) and not unit.fuzzy
    ]
    assert returned_meanings(returned) == finished
    assert returned.target == (file.target if finished else None)


@cases(25)
@given(outgoing_files())
def test_a_file_is_written_the_same_every_time(file: OutgoingFile) -> None:
    again = replace(file, units=tuple(replace(unit, display=dict(unit.display)) for unit in file.units))
    for write in (write_xliff12, write_xliff21, lambda one: write_tmx([one])):
        assert write(file) == write(again)


@pytest.mark.parametrize("write", XLIFF)
@pytest.mark.parametrize(
    "change", [pytest.param(lambda same: same, id="finished"), pytest.param(worked_on, id="begun")]
)
@pytest.mark.parametrize(("language", "domain"), REFERENCE_CATALOGS)
def test_a_catalog_comes_back_from_xliff_byte_for_byte(
    write: Write, change: Callable[[Catalog], Catalog], language: str, domain: str
) -> None:
    """An empty catalog that takes over what the XLIFF says is the catalog that the XLIFF was made from."""
    catalog = change(reference_catalog(language, domain))
    returned = {
        unit.id: unit for unit in read_xliff(write(reference_file(catalog, language, domain)), "back.xlf").units
    }
    filled = replace(catalog, units=tuple(_filled(_emptied(unit), returned[unit.id]) for unit in catalog.units))
    assert write_po(filled) == write_po(catalog)


def _emptied(unit: Unit) -> Unit:
    flags = tuple(flag for flag in unit.flags if flag != FUZZY)
    return unit.changed(targets=(), flags=flags, translator_comments=())


def _filled(unit: Unit, returned: ReturnedUnit) -> Unit:
    assert (unit.id, unit.source, unit.plural) == (returned.id, returned.source, returned.plural)
    flags = (FUZZY, *unit.flags) if returned.fuzzy else unit.flags
    return unit.changed(targets=returned.targets, flags=flags, translator_comments=returned.comments)


def test_a_memory_holds_the_domains_of_a_language_apart() -> None:
    files = [reference_file(reference_catalog("pl", domain), "pl", domain) for _, domain in REFERENCE_CATALOGS[:2]]
    expected: list[Meaning] = [
        meaning._replace(id=f"{file.domain}:{meaning.id}") for file in files for meaning in meanings(file)
    ]
    assert returned_meanings(read_tmx(write_tmx(files), "memory.tmx")) == expected
