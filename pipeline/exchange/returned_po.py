"""returned_po: a PO file that a vendor sent back, as the same values as XLIFF and TMX."""

from pipeline.errors import PipelineError
from pipeline.model.catalog import FUZZY, Catalog, Unit
from pipeline.model.exchange import ReturnedFile, ReturnedUnit
from pipeline.model.finding import Location
from pipeline.model.locale import Locale

_CREDITS = ("PO-Revision-Date", "Last-Translator", "Language-Team")


def returned_po(catalog: Catalog) -> ReturnedFile:
    """The live units of the catalog; its domain is the stem of its file's name."""
    try:
        target = Locale.parse(catalog.fields.get("Language", ""))
    except PipelineError:
        target = None
    return ReturnedFile(
        name=catalog.name,
        domain=catalog.name.replace("!", "/").rpartition("/")[2].removesuffix(".po"),
        target=target,
        units=tuple(_unit(unit, catalog.name) for unit in catalog.live),
        credits={field: catalog.fields[field] for field in _CREDITS if field in catalog.fields},
    )


def _unit(unit: Unit, name: str) -> ReturnedUnit:
    return ReturnedUnit(
        id=unit.id,
        source=unit.source,
        plural=unit.plural,
        targets=unit.targets,
        fuzzy=FUZZY in unit.flags,
        flags=tuple(flag for flag in unit.flags if flag != FUZZY and not flag.endswith("-format")),
        comments=unit.translator_comments,
        location=Location(file=name, line=unit.line),
    )
