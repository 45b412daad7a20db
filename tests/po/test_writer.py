"""What the PO writer writes, and what it declines to write."""

import sys
from dataclasses import replace

import pytest
from hypothesis import given

from pipeline.errors import PipelineError
from pipeline.model.catalog import Catalog, Previous, Unit
from pipeline.po import read_po, write_po
from tests.po.samples import A_HEADER, HEADER, ODD, RICH, catalogs
from tests.properties import cases


def written(*units: Unit, tail: str = "", newline: str = "\n") -> str:
    return write_po(Catalog(name="x.po", header=A_HEADER, units=units, tail=tail, newline=newline)).decode()


def entry(unit: Unit) -> str:
    text = written(unit)
    assert text.startswith(HEADER)
    return text.removeprefix(HEADER)


def anew(catalog: Catalog) -> Catalog:
    """The catalog as if nothing had been read from a file."""
    units = tuple(unit.changed() for unit in catalog.units)
    return replace(catalog, header=catalog.header.changed(), units=units)


def contents(catalog: Catalog) -> list[Unit]:
    return [unit.changed() for unit in (catalog.header, *catalog.units)]


@pytest.mark.parametrize(
    "text", [RICH, ODD, RICH.replace("\n", "\r\n"), RICH.rstrip("\n"), HEADER, "\n" + RICH + "\n\n"]
)
def test_what_was_read_is_written_back_byte_for_byte(text: str) -> None:
    assert write_po(read_po(text.encode(), "x.po")) == text.encode()


def test_the_layout_is_gettexts_own() -> None:
    units = (
        Unit(
            context="one",
            source="One {a}",
            targets=("Eins {a}",),
            flags=("fuzzy", "python-brace-format"),
            translator_comments=("first", "", "  second"),
            extracted_comments=("extracted", ""),
            locations=("a.md:3", "b c.md:4", "d e"),
            previous=Previous(context="two", source="Tow\nTow", plural=""),
        ),
        Unit(source="a file", plural="files", targets=("Datei\n\tzwei", "Dateien")),
        Unit(context="", source='"\\\a\b\f\r\v\u2028\x85 \x1c', targets=("",)),
        Unit(source="ends\n", targets=("endet\n",)),
        Unit(source="\n\n", targets=("\n",)),
        Unit(
            source="gone",
            targets=("weg",),
            obsolete=True,
            flags=("fuzzy",),
            translator_comments=("of the gone",),
            extracted_comments=("why",),
            locations=("c.md:5",),
            previous=Previous(source="went"),
        ),
        Unit(source="gone too", plural="goes", targets=("", ""), obsolete=True),
    )
    assert written(*units) == HEADER + (
        "# first\n#\n#   second\n#. extracted\n#.\n"
        "#: a.md:3 \u2068b c.md\u2069:4 \u2068d e\u2069\n#, fuzzy, python-brace-format\n"
        '#| msgctxt "two"\n#| msgid ""\n#| "Tow\\n"\n#| "Tow"\n#| msgid_plural ""\n'
        'msgctxt "one"\nmsgid "One {a}"\nmsgstr "Eins {a}"\n\n'
        'msgid "a file"\nmsgid_plural "files"\nmsgstr[0] ""\n"Datei\\n"\n"\\tzwei"\nmsgstr[1] "Dateien"\n\n'
        'msgctxt ""\nmsgid "\\"\\\\\\a\\b\\f\\r\\v\u2028\x85 \x1c"\nmsgstr ""\n\n'
        'msgid "ends\\n"\nmsgstr "endet\\n"\n\n'
        'msgid ""\n"\\n"\n"\\n"\nmsgstr "\\n"\n\n'
        "# of the gone\n#. why\n#: c.md:5\n#, fuzzy\n"
        '#~| msgid "went"\n#~ msgid "gone"\n#~ msgstr "weg"\n\n'
        '#~ msgid "gone too"\n#~ msgid_plural "goes"\n#~ msgstr[0] ""\n#~ msgstr[1] ""\n'
    )


def test_long_lines_are_not_wrapped() -> None:
    long = "word " * 100 + "end"
    unit = Unit(
        source=long, targets=(long,), extracted_comments=(long,), locations=tuple(f"a.md:{n}" for n in range(99))
    )
    assert max(map(len, entry(unit).split("\n"))) > 500
    assert len(entry(unit).split("\n")) == 5


def test_an_empty_plural_is_a_plural() -> None:
    unit = Unit(source="a", plural="", targets=("b", "c"))
    assert entry(unit) == 'msgid "a"\nmsgid_plural ""\nmsgstr[0] "b"\nmsgstr[1] "c"\n'


def test_a_catalog_of_new_units_reads_back_the_same() -> None:
    catalog = read_po(RICH.encode(), "x.po")
    assert contents(read_po(write_po(anew(catalog)), "x.po")) == contents(catalog)


def test_only_the_changed_unit_changes() -> None:
    catalog = read_po(RICH.encode(), "x.po")
    one = catalog.units[0].changed(targets=("Eines {a}",))
    text = write_po(replace(catalog, units=(one, *catalog.units[1:]))).decode()
    assert text == RICH.replace("Eins", "Eines")


def test_one_blank_line_stands_between_entries() -> None:
    catalog = read_po((HEADER.strip() + '\nmsgid "a"\nmsgstr "b"\nmsgid "c"\nmsgstr "d"').encode(), "x.po")
    new = Unit(source="new")
    for units, expected in (
        ((new, *catalog.units), 'msgid "new"\nmsgstr ""\n\nmsgid "a"\nmsgstr "b"\nmsgid "c"\nmsgstr "d"\n'),
        ((*catalog.units, new), 'msgid "a"\nmsgstr "b"\nmsgid "c"\nmsgstr "d"\n\nmsgid "new"\nmsgstr ""\n'),
    ):
        text = write_po(replace(catalog, units=units)).decode()
        assert text.removeprefix(HEADER.strip() + "\n").lstrip("\n") == expected


def test_units_may_be_put_in_another_order_after_a_file_without_a_last_line_end() -> None:
    catalog = read_po((HEADER + 'msgid "a"\nmsgstr "b"\n\nmsgid "c"\nmsgstr "d"').encode(), "x.po")
    reordered = replace(catalog, units=catalog.units[::-1])
    assert [unit.source for unit in read_po(write_po(reordered), "x.po").units] == ["c", "a"]


def test_the_tail_stays_at_the_end() -> None:
    catalog = read_po(RICH.encode(), "x.po")
    text = write_po(replace(catalog, units=(*catalog.units, Unit(source="new")))).decode()
    assert text == RICH.replace("\n# after the last", '\nmsgid "new"\nmsgstr ""\n\n# after the last')
    assert written(Unit(source="new"), tail="# end").endswith('msgstr ""\n# end\n')


def test_line_endings_are_those_of_the_file() -> None:
    windows = RICH.replace("\n", "\r\n")
    catalog = read_po(windows.encode(), "x.po")
    text = write_po(anew(catalog)).decode()
    assert text.count("\n") == text.count("\r\n") > 20
    one = catalog.units[0].changed(targets=("Eines {a}",))
    text = write_po(replace(catalog, units=(one, *catalog.units[1:]))).decode()
    assert text == windows.replace("Eins", "Eines")


def test_polib_is_not_imported_to_write_what_was_read() -> None:
    loaded = sys.modules.pop("polib", None)
    try:
        write_po(read_po(RICH.encode(), "x.po"))
        assert "polib" not in sys.modules
    finally:
        if loaded is not None:
            sys.modules["polib"] = loaded


@pytest.mark.parametrize(
    ("unit", "message"),
    [
        (Unit(source="a", targets=("b", "c")), "differently"),
        (Unit(source="a", plural="b", targets=("c",)), "nplurals=2"),
        (Unit(source="a", plural="b", targets=()), "msgstr after"),
        (Unit(source="a", targets=()), "differently"),
        (Unit(source="a\n", targets=("b",)), "end with"),
        (Unit(source="a", targets=("b\0",)), "NUL"),
        (Unit(source="a", context="b\x04"), "EOT"),
        (Unit(source="", targets=("x",)), "already in line 1"),
        (Unit(source="a", translator_comments=("b\nc",)), "unexpected"),
        (Unit(source="a", translator_comments=("b\n# c",)), "differently"),
        (Unit(source="a", extracted_comments=("b\r",)), "differently|carriage return"),
        (Unit(source="a", translator_comments=("b\\",)), "backslash"),
        (Unit(source="a", flags=("b, c",)), "differently"),
        (Unit(source="a", flags=("",)), "differently"),
        (Unit(source="a", locations=("",)), "differently"),
        (Unit(source="a", previous=Previous(source="x\x04")), "EOT"),
    ],
)
def test_what_po_cannot_hold_is_not_written(unit: Unit, message: str) -> None:
    with pytest.raises(PipelineError, match=message):
        written(unit)


def test_a_lone_surrogate_is_not_written() -> None:
    with pytest.raises(PipelineError, match="surrogate"):
        written(Unit(source="a", targets=("\ud800",)))


def test_a_raw_text_that_no_longer_fits_its_unit_is_noticed() -> None:
    catalog = read_po(RICH.encode(), "x.po")
    changed = catalog.units[0].changed(targets=("Eines {a}",), raw=catalog.units[0].raw)
    with pytest.raises(PipelineError, match="'one'"):
        write_po(replace(catalog, units=(changed, Unit(source="new"))))


def test_a_header_that_does_not_serve_is_not_written() -> None:
    with pytest.raises(PipelineError, match="encoding"):
        write_po(Catalog(name="x.po", header=Unit(source="", targets=("Language: de\n",)), units=()))


@cases(300)
@given(catalogs())
def test_any_catalog_reads_back_as_it_was_written(catalog: Catalog) -> None:
    """For any catalog of strings that PO can hold: reading what was written gives it back, and again the same bytes."""
    data = write_po(catalog)
    again = read_po(data, "x.po")
    assert contents(again) == contents(catalog)
    assert again.newline == catalog.newline
    assert write_po(again) == data
    assert write_po(anew(again)) == data
