"""catalog: units, their state, and the header's fields."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.catalog import Catalog, State, Unit, header_fields, header_text, stamp


@pytest.mark.parametrize(
    ("targets", "flags", "state"),
    [
        (("",), (), State.UNTRANSLATED),
        (("Ja",), (), State.TRANSLATED),
        (("Ja",), ("fuzzy",), State.FUZZY),
        (("Ja",), ("python-brace-format",), State.TRANSLATED),
        (("Ja",), ("python-brace-format", "fuzzy"), State.FUZZY),
        (("",), ("fuzzy",), State.UNTRANSLATED),
        (("Eins", "Viele"), (), State.TRANSLATED),
        (("Eins", ""), (), State.UNTRANSLATED),
        (("", "Viele"), ("fuzzy",), State.UNTRANSLATED),
    ],
)
def test_a_unit_is_translated_when_every_form_is_there_and_nobody_doubts_it(
    targets: tuple[str, ...], flags: tuple[str, ...], state: State
) -> None:
    assert Unit(source="Yes", targets=targets, flags=flags).state is state


def test_a_unit_is_known_by_its_context_or_else_by_its_source() -> None:
    assert Unit(context="flu/question", source="Flu?").id == "flu/question"
    assert Unit(source="Flu?").id == "Flu?"
    assert Unit(context="", source="Flu?").id == ""
    assert Unit(context="flu/question", source="Flu?").key == ("flu/question", "Flu?")


def test_an_obsolete_unit_is_not_found_by_its_id() -> None:
    live, gone = Unit(context="a", source="Now"), Unit(context="a", source="Then", obsolete=True)
    catalog = Catalog(name="de.po", header=Unit(source=""), units=(live, gone))
    assert catalog.live == (live,)
    assert catalog.by_id == {"a": live}


def test_the_fields_of_a_header_are_read_as_the_file_spells_them() -> None:
    header = Unit(source="", targets=("Language: de\nX-Generator: Poedit 3.4\nPlural-Forms: nplurals=2; a:b\n",))
    catalog = Catalog(name="de.po", header=header, units=())
    assert catalog.fields == {"Language": "de", "X-Generator": "Poedit 3.4", "Plural-Forms": "nplurals=2; a:b"}


names = st.from_regex(r"[A-Z][A-Za-z-]{0,20}", fullmatch=True)
values = st.text("abz019 :=;()-<>@é漢\u00a0", max_size=20).map(str.strip)


@given(st.dictionaries(names, values))
def test_a_header_is_read_as_it_was_written(fields: dict[str, str]) -> None:
    assert dict(header_fields(header_text(fields))) == fields


def test_a_moment_is_written_in_utc_whatever_zone_it_comes_in() -> None:
    moment = datetime(2026, 11, 22, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    assert stamp(moment) == "2026-11-23 04:30+0000"
    assert stamp(moment.astimezone(UTC)) == stamp(moment)
