"""added: what the rule says of entries that the template does not know."""

from pipeline.checks.engine import check_view
from pipeline.model.catalog import Unit
from tests.checks.subjects import view

KNOWN = Unit(context="flu/answer/1", source="Wash your hands.", targets=("Waschen Sie sich die Hände.",), line=7)
MADE_UP = Unit(context="flu/answer/9", source="Drink bleach.", targets=("Trinken Sie Bleiche.",), line=12)


def added(*units: Unit, pot: tuple[Unit, ...] | None = (KNOWN,)) -> list[tuple[str, int]]:
    template = None if pot is None else view("", "", "de", *pot).catalog
    found = check_view(view("de", "nplurals=2; plural=(n != 1);", "de", *units, pot=template))
    return [(finding.entry, finding.location.line) for finding in found if finding.rule == "added"]


def test_the_entries_of_the_template_pass() -> None:
    assert added(KNOWN) == []


def test_an_entry_more_is_found() -> None:
    assert added(KNOWN, MADE_UP) == [("flu/answer/9", 12)]


def test_an_obsolete_entry_is_nobodys_business() -> None:
    assert added(KNOWN, MADE_UP.changed(obsolete=True)) == []


def test_an_edited_msgid_is_the_business_of_the_rule_outdated() -> None:
    assert added(KNOWN.changed(source="Wash your feet.")) == []


def test_without_a_template_nobody_knows() -> None:
    assert added(KNOWN, MADE_UP, pot=None) == []
