"""A kit that comes back as it went out changes nothing, whatever state an entry is in and in whatever format it is."""

from collections.abc import Callable

import pytest

from pipeline.exchange.manifest import handed_unit
from pipeline.exchange.merge import merge
from pipeline.exchange.outgoing import outgoing_unit
from pipeline.exchange.xliff import read_xliff
from pipeline.exchange.xliff12 import write_xliff12
from pipeline.exchange.xliff21 import write_xliff21
from pipeline.model.catalog import FUZZY, Catalog, Previous, Unit
from pipeline.model.exchange import OutgoingFile
from pipeline.model.finding import Location
from pipeline.model.message import Message
from pipeline.model.source_change import AcceptedChanges
from tests.exchange.samples import outgoing_file, pattern

BEFORE = Previous(context="n", source="dy")
REMARK = ("checked",)
UNITS = {
    "nothing": Unit(context="n", source="day"),
    "translated": Unit(context="n", source="day", targets=("Tag",), translator_comments=REMARK),
    "fuzzy": Unit(context="n", source="day", targets=("Tag",), flags=(FUZZY, "no-wrap"), previous=BEFORE),
    "fuzzy without translation": Unit(context="n", source="day", flags=(FUZZY,), previous=BEFORE),
    "broken": Unit(context="n", source="day", targets=("{tag}",), flags=(FUZZY,), translator_comments=REMARK),
    "plural": Unit(context="n", source="day", plural="days", targets=("Tag", "Tage")),
    "fuzzy plural": Unit(context="n", source="day", plural="days", targets=("Tag", "Tage"), flags=(FUZZY,)),
    "begun plural": Unit(context="n", source="day", plural="days", targets=("", "Tage"), translator_comments=REMARK),
    "fuzzy begun plural": Unit(context="n", source="day", plural="days", targets=("Tag", ""), flags=(FUZZY,)),
}


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
@pytest.mark.parametrize("write", [write_xliff12, write_xliff21], ids=["XLIFF 1.2", "XLIFF 2.1"])
def test_an_entry_that_nobody_touched_stays_as_it_is(write: Callable[[OutgoingFile], bytes], unit: Unit) -> None:
    plural = pattern("days") if unit.plural else None
    message = Message(id="n", pattern=pattern("day"), plural=plural, location=Location(file="messages/faq.md"))
    returned = read_xliff(write(outgoing_file(outgoing_unit(None, message, unit))), "back.xlf")
    catalog = Catalog(name="faq.po", header=Unit(source=""), units=(unit,))
    for handed in ({unit.id: handed_unit(unit)}, {}):
        merged = merge(catalog, returned, handed, AcceptedChanges.of((), "faq"))
        assert merged.findings == ()
        assert merged.catalog == catalog
