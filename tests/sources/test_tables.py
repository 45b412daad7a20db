"""tables: TOML read strictly, with the line of whatever is wrong; nothing but Refused comes out."""

from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipeline.model.finding import Finding, Location, Refused
from pipeline.sources.bibliography import read_bibliography
from pipeline.sources.disclaimers import read_disclaimers
from pipeline.sources.glossary import read_glossary
from pipeline.sources.source_changes import read_source_changes
from pipeline.sources.tables import MAX_BYTES, Field, Record, decode, read_records, read_toml

FILE = "messages/things.toml"
TABLES = {
    "thing": {"id": Field(str), "on": Field(date, required=False), "forms": Field(dict, required=False)},
    "other": {"id": Field(str), "sure": Field(bool)},
}


def records(text: str) -> tuple[Record, ...]:
    found, findings = read_records(text.encode(), FILE, TABLES)
    assert findings == []
    return found


def findings(text: str) -> list[tuple[int, str, str]]:
    return [
        (finding.location.line, finding.message, finding.hint)
        for finding in read_records(text.encode(), FILE, TABLES)[1]
    ]


def refusal(data: bytes) -> Finding:
    with pytest.raises(Refused) as raised:
        read_toml(data, FILE)
    (finding,) = raised.value.findings
    return finding


def test_records_of_all_tables_come_in_file_order_with_their_lines() -> None:
    text = '# things\n\n[[other]]\nid = "o"\nsure = true\n\n[[thing]]\nid = "a"\n\n  [[ "thing" ]]\nid = "b"\n'
    assert [(record.table, record.location.line, record.values["id"]) for record in records(text)] == [
        ("other", 3, "o"),
        ("thing", 7, "a"),
        ("thing", 10, "b"),
    ]


def test_an_empty_file_has_no_records() -> None:
    assert records("") == records("# nothing yet\n") == ()


def test_a_heading_inside_a_text_is_no_heading() -> None:
    text = '[[thing]]\nid = """\n[[thing]]\n"""\n\n[[thing]]\nid = "b"\n'
    assert [record.location.line for record in records(text)] == [1, 6]


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        ("[[thing]]\n", 1, "id is missing", "add id = ..."),
        ('[[thing]]\nid = " "\n', 1, "id is empty", "write it"),
        ("[[thing]]\nid = 3\n", 1, "id is not a text", 'write id = "..."'),
        ('[[thing]]\nid = "a"\non = "2026-01-31"\n', 1, "on is not a date", "write on = 2026-01-31"),
        ('[[thing]]\nid = "a"\non = 2026-01-31T10:00:00\n', 1, "on is not a date", "write on = 2026-01-31"),
        ('[[thing]]\nid = "a"\nforms = []\n', 1, "forms is not a table", "write forms = { de = [...] }"),
        ('[[other]]\nid = "a"\nsure = "yes"\n', 1, "sure is not a true or false", "write sure = true"),
        ('[[other]]\nid = "a"\nsure = 1\n', 1, "sure is not a true or false", "write sure = true"),
        ('\n[[thing]]\nid = "a"\nnote = "x"\n', 2, "unknown key 'note'", "the keys are id, on, forms"),
        (
            '[[thing]]\nid = "a"\n[[extra]]\nid = "b"\n',
            3,
            "unknown key 'extra'",
            "this file knows [[thing]], [[other]]",
        ),
        ('id = "a"\n', 1, "unknown key 'id'", "this file knows [[thing]], [[other]]"),
        ('\n[thing]\nid = "a"\n', 2, "thing is not a list of records", "write [[thing]]"),
        ("thing = 3\n", 1, "thing is not a list of records", "write [[thing]]"),
        ("thing = [1]\n", 1, "thing is not a list of records", "write [[thing]]"),
    ],
)
def test_what_is_wrong_with_a_record_is_said_with_its_line_and_what_to_do(
    text: str, line: int, message: str, hint: str
) -> None:
    assert findings(text) == [(line, message, hint)]


def test_all_problems_come_in_one_go_and_the_sound_records_with_them() -> None:
    text = '[[thing]]\nid = "a"\n[[thing]]\nid = 3\nnote = ""\n[[thing]]\n[[other]]\nid = "o"\nsure = false\n'
    found, problems = read_records(text.encode(), FILE, TABLES)
    assert [record.values["id"] for record in found] == ["a", "o"]
    assert [(finding.location.line, finding.message) for finding in problems] == [
        (3, "id is not a text"),
        (3, "unknown key 'note'"),
        (6, "id is missing"),
    ]


def test_a_record_on_one_line_has_no_line_of_its_own_and_is_read_all_the_same() -> None:
    (record,) = records('thing = [{ id = "a" }]\n')
    assert record.location == Location(file=FILE)


@pytest.mark.parametrize(
    ("data", "line", "column", "message"),
    [
        (b"a = \n", 1, 5, "not valid TOML: Invalid value"),
        (b"a = 1\nb = 'x", 2, None, "not valid TOML"),
        (b"a = 1\n\n= 2", 3, 1, "not valid TOML"),
        (b"a = 2026-02-30", 1, None, "not valid TOML"),
        (b"a = 1\na = 2\n", 2, None, "not valid TOML: Cannot overwrite a value"),
        (b'a = "\\q"', 1, None, "not valid TOML"),
    ],
)
def test_what_is_no_toml_is_refused_with_its_place(data: bytes, line: int, column: int | None, message: str) -> None:
    finding = refusal(data)
    assert finding.message.startswith(message)
    assert finding.location.file == FILE
    assert finding.location.line == line
    assert column is None or finding.location.column == column


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"a = " + b"[" * 5_000, id="open brackets"),
        pytest.param(b"a = " + b"[" * 5_000 + b"]" * 5_000, id="nested lists"),
        pytest.param(b"a = " + b"{a=" * 5_000, id="nested tables"),
        pytest.param(b"a = " + b"1" * 5_000, id="a long number"),
        pytest.param(b"a = 0x" + b"f" * 5_000 + b"!", id="a long hexadecimal number"),
    ],
)
def test_a_value_out_of_all_bounds_is_refused(data: bytes) -> None:
    assert refusal(data).location.file == FILE


def test_bytes_that_are_no_text_are_refused_with_their_line() -> None:
    finding = refusal(b"a = 1\nb = '\xe9'\n")
    assert (str(finding.location), finding.message, finding.hint) == (
        f"{FILE}:2",
        "byte 0xe9 is not UTF-8",
        "save the file as UTF-8",
    )


def test_utf_16_is_refused() -> None:
    assert "not UTF-8" in refusal("a = 1\n".encode("utf-16")).message


@pytest.mark.parametrize("character", ["\0", "\x04", "\x07", "\x1b", "\x7f", "\r"])
def test_a_control_character_is_refused_with_its_place_and_what_to_do(character: str) -> None:
    finding = refusal(f"a = 1\nb = 'x{character}y'\n".encode())
    assert finding.message == f"the control character U+{ord(character):04X}"
    assert str(finding.location) == f"{FILE}:2:7"
    assert finding.hint


def test_a_file_larger_than_the_bound_is_refused_before_it_is_read() -> None:
    assert decode(b"#" * MAX_BYTES, FILE)
    finding = refusal(b"#" * (MAX_BYTES + 1))
    assert finding.message == "larger than 4,000,000 bytes"
    assert finding.hint


def test_a_byte_order_mark_and_windows_line_ends_are_no_part_of_the_text() -> None:
    assert decode("\ufeffa\r\nb\r\n".encode(), FILE) == "a\nb\n"


# ---- any file at all

READERS = (read_bibliography, read_disclaimers, read_glossary, read_source_changes)
KEYS = ("key", "text", "id", "placement", "audience", "source", "as-of", "approval", "effective", "expires", "sample")
FORMS = ("inflections", "translations", "forbidden", "de", "pt-BR", "xx y")
TOML = (
    *(f"[[{table}]]\n" for table in ("reference", "disclaimer", "name", "term", "change", "x")),
    *("[term.translations]\n", "[reference]\n", "reference = ", "name = ", '[["term"]]\n', "[[ term ]]\n"),
    *(f"{key} = " for key in (*KEYS, *FORMS)),
    *(
        '"a"\n',
        '" "\n',
        '"a b"\n',
        '"""\n[[reference]]\n"""\n',
        "'x'\n",
        "3\n",
        "true\n",
        "2026-01-31\n",
        "1999-12-31\n",
    ),
    *(
        "[]\n",
        '["a"]\n',
        "[1]\n",
        "{}\n",
        '{ de = "x" }\n',
        "{ de = [], fr = 3 }\n",
        "{ a = [{}] }\n",
        "nan\n",
        "1e400\n",
    ),
    *('"page-top"\n', '"after:"\n', '"after:x"\n', '"patients"\n', '"[a](x)"\n', '"- a\\n\\n[^b]"\n', '"<!-- x -->"\n'),
    *("\n", "#", "[", "]", "{", "}", '"', "'", "\\u0000", "\\ud800", "\x00", "\r", "\t", "é", "\ufeff"),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=120)
@given(st.lists(st.one_of(st.sampled_from(TOML), st.text(max_size=4)), max_size=30).map("".join))
@example("a = " + "[" * 5_000)
@example("a = " + "1" * 5_000)
def test_any_file_is_read_or_refused(text: str) -> None:
    """Every reader gives its values or Refused, with findings in this file, in file order."""
    data = text.encode(errors="surrogatepass")
    lines = text.count("\n") + 1
    for read in READERS:
        try:
            assert isinstance(read(data, FILE), object)
        except Refused as refused:
            found = refused.findings
        else:
            found = ()
        locations = [finding.location for finding in found]
        assert locations == sorted(locations)
        assert all(location.file == FILE and 0 <= location.line <= lines for location in locations)
        assert all(finding.message for finding in found)


@settings(deadline=None)
@given(st.binary(max_size=40))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for read in READERS:
        try:
            read(data, FILE)
        except Refused as refused:
            assert len(refused.findings) >= 1  # noqa: PT017
