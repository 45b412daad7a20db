"""msgfmt and msgcat as judges: what they refuse we refuse, and what we accept reads the same."""

import os
import random
import re
import struct
import subprocess
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from pipeline.model.catalog import FUZZY, Catalog, Unit
from pipeline.model.finding import Refused
from pipeline.po import read_po, write_po
from pipeline.po.diagnose import diagnose
from pipeline.po.reader import _read_usual
from tests.peers import require, require_package
from tests.po.samples import HEADER, ODD, RICH, catalogs
from tests.properties import cases

pytestmark = pytest.mark.thorough

ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8", "OLD_PO_FILE_INPUT": ""}

Translations = Mapping[bytes, bytes]


def msgfmt(data: bytes, folder: Path, name: str = "x") -> Translations | None:
    """What msgfmt compiles, or None if it refuses; all its checks but those of format strings."""
    source, compiled = folder / f"{name}.po", folder / f"{name}.mo"
    source.write_bytes(data)
    compiled.unlink(missing_ok=True)
    command = [require("msgfmt"), "--check-header", "--check-domain", "--no-hash", "-o", str(compiled), str(source)]
    if subprocess.run(command, capture_output=True, env=ENVIRONMENT, check=False).returncode != 0:
        return None
    return messages(compiled.read_bytes()) if compiled.exists() else {}


def messages(compiled: bytes) -> Translations:
    count, originals, translations = struct.unpack("<3I", compiled[8:20])

    def string(table: int, number: int) -> bytes:
        length, begin = struct.unpack_from("<2I", compiled, table + 8 * number)
        return compiled[begin : begin + length]

    return {string(originals, number): string(translations, number) for number in range(count)}


def key(unit: Unit) -> bytes:
    context = "" if unit.context is None else f"{unit.context}\x04"
    plural = "" if unit.plural is None else f"\0{unit.plural}"
    return f"{context}{unit.source}{plural}".encode()


def translations(catalog: Catalog) -> Translations:
    shown = [unit for unit in catalog.live if unit.targets[0] and FUZZY not in unit.flags]
    # The header without the one line that msgfmt leaves out.
    header = re.sub("^POT-Creation-Date:.*\n", "", catalog.header.targets[0], flags=re.MULTILINE)
    return {b"": header.encode()} | {key(unit): "\0".join(unit.targets).encode() for unit in shown}


def fuzzy_by_more_than_one_line(catalog: Catalog) -> set[bytes]:
    """Units that we call fuzzy and msgfmt before 0.26 may not: it took the last line of flags alone, none of `#=`."""
    fuzzy = [unit for unit in catalog.live if FUZZY in unit.flags]
    lines = re.compile(r"^[ \t\f\v]*(?:#~[ \t\f\v]*)?#[,!]", re.MULTILINE)
    return {key(unit) for unit in fuzzy if "#=" in unit.raw or len(lines.findall(unit.raw)) > 1}


def judge(data: bytes, folder: Path) -> str:
    """Compare our reading with msgfmt's; says how it went."""
    expected = msgfmt(data, folder)
    try:
        catalog = read_po(data, "x.po")
    except Refused:
        return "both refuse" if expected is None else "we refuse"
    assert expected is not None, data.decode()
    assert write_po(catalog) == data
    ours = translations(catalog)
    lenient = fuzzy_by_more_than_one_line(catalog) - set(ours)
    assert ours == {name: text for name, text in expected.items() if name not in lenient}, data.decode()
    text = data.decode()
    usual = _read_usual(data, text)
    if usual is not None:
        assert usual == diagnose(text, "x.po")[:2]
    return "both accept"


# ---- mutations

PIECES = (
    *(b'"', b"\\", b"\n", b"\\n", b"#", b"#~ ", b"#| ", b"#~| ", b"#, fuzzy\n", b"# c\n", b"#= fuzzy\n", b"#! fuzzy\n"),
    *(
        b"msgid ",
        b"msgstr ",
        b"msgstr[0] ",
        b"msgstr[1] ",
        b"msgstr[2] ",
        b"msgctxt ",
        b"msgid_plural ",
        b'domain "x"\n',
    ),
    *(
        b" ",
        b"\t",
        b"\r",
        b"\r\n",
        b"\f",
        b"\v",
        b"\a",
        b"x",
        b"\xc3\xa9",
        b"\xc3",
        b"\xe2\x80\xa8",
        b"\xc2\x85",
        b"\xc2\xa0",
    ),
    *(
        b"[",
        b"]",
        b"0",
        b"\\\n",
        b"\\x41",
        b"\\101",
        b"\\303\\251",
        b"\\0",
        b"\\4",
        b"\x04",
        b"\0",
        b"\xef\xbb\xbf",
        b"\\u00e9",
    ),
    *(
        b"\n\n",
        b'""',
        b'"\n"',
        b'\\"',
        b"\\\\",
        b";",
        b"%",
        b"n",
        b"?",
        b"=",
        b"charset=",
        b"nplurals=",
        b"plural=",
        b"#.",
    ),
)
WORDS = (
    *(b"msgid", b"msgstr", b"msgctxt", b"msgid_plural", b"#~", b"#|", b"#~|", b"fuzzy", b"UTF-8", b"[0]", b"[1]"),
    *(b"nplurals=2", b"plural=", b"charset=", b"\\n", b'"', b"one", b"two", b"(n != 1)"),
)
BASES = (
    RICH.encode(),
    RICH.replace("\n", "\r\n").encode(),
    ODD.encode(),
    (HEADER + 'msgid "a"\nmsgstr "b"\n').encode(),
)


def mutated(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        data = chance.choice((mutated_characters, mutated_lines, mutated_lines, mutated_words))(data, chance)
    return data


def mutated_characters(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return chance.choice(
        (
            data[:at] + data[at + 1 :],
            data[:at] + chance.choice(PIECES) + data[at:],
            data[:at] + chance.choice(PIECES) + data[at + 1 :],
            data[:at],
            data[:at] + data[at + chance.randrange(40) :],
        )
    )


def mutated_lines(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    kind = chance.randrange(6)
    if kind == 0:
        del lines[one]
    elif kind == 1:
        lines.insert(one, lines[other])
    elif kind == 2:
        lines.insert(one, lines[one])
    elif kind == 3:
        lines[one], lines[other] = lines[other], lines[one]
    elif kind == 4:
        lines[one] = chance.choice(PIECES) + lines[one]
    else:
        lines[one] += chance.choice(PIECES)
    return b"\n".join(lines)


def mutated_words(data: bytes, chance: random.Random) -> bytes:
    return data.replace(chance.choice(WORDS), chance.choice(WORDS), chance.choice((1, 1, 2, -1)))


@pytest.mark.parametrize("block", range(4))
def test_of_mutated_files_we_accept_none_that_msgfmt_refuses_and_read_the_others_alike(
    block: int, tmp_path: Path
) -> None:
    seen = Counter(
        judge(mutated(BASES[number % len(BASES)], random.Random(number)), tmp_path)
        for number in range(200 * block, 200 * (block + 1))
    )
    # The files are not all broken, and we are not much stricter.
    assert seen["both accept"] > 20
    assert seen["both refuse"] > 100
    assert seen["we refuse"] < 20


@pytest.mark.parametrize("base", BASES)
def test_a_file_cut_off_anywhere_is_refused_as_msgfmt_does(base: bytes, tmp_path: Path) -> None:
    for end in range(0, len(base), max(1, len(base) // 40)):
        judge(base[:end], tmp_path)


# ---- where we are stricter, and why

STRICTER_ON_PURPOSE: Mapping[str, str | bytes] = {
    "gettext joins the next line: a flag is lost": HEADER + '# c:\\\n#, fuzzy\nmsgid "a"\nmsgstr "b"\n',
    "a NUL ends the text there": HEADER + 'msgid "a"\nmsgstr "b\\0c"\n',
    "bytes that are no text": HEADER + 'msgid "a"\nmsgstr "\\377"\n',
    "bytes in a comment that are no text": HEADER.encode() + b'# \xff\nmsgid "a"\nmsgstr "b"\n',
    "converted to something else": HEADER.replace("UTF-8", "ISO-8859-1") + 'msgid "a"\nmsgstr "é"\n',
    "a charset that other tools of gettext refuse": HEADER.replace("UTF-8", "utf8") + 'msgid "a"\nmsgstr "é"\n',
    "a charset elsewhere, which gettext takes": HEADER.replace("de\\n", "de charset=UTF-16\\n")
    + 'msgid "a"\nmsgstr "b"\n',
    "a header that comes late": 'msgid "a"\nmsgstr "b"\n\n' + HEADER,
    "no encoding": 'msgid ""\nmsgstr "Language: de\\n"\n',
    "an untranslated plural with other forms": HEADER + 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] ""\n',
    "a rule that Python cannot read": HEADER.replace("nplurals=2;", "nplurals=2"),
    "something behind the rule": HEADER.replace("1);", "1); x"),
    "a carriage return for a space": HEADER + 'msgid "a"\rmsgstr "b"\n',
    "an entry in the middle of a line": HEADER + 'msgid "a"\nmsgstr "b" msgid "c" msgstr "d"\n',
}


@pytest.mark.parametrize("reason", STRICTER_ON_PURPOSE)
def test_we_are_stricter_than_msgfmt_where_it_protects(reason: str, tmp_path: Path) -> None:
    text = STRICTER_ON_PURPOSE[reason]
    assert judge(text if isinstance(text, bytes) else text.encode(), tmp_path) == "we refuse"


# ---- catalogs that we write


@settings(cases(40), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(catalog=catalogs())
def test_msgfmt_compiles_what_we_write_to_what_we_meant(catalog: Catalog, tmp_path: Path) -> None:
    """For any catalog of strings that PO can hold: msgfmt accepts the file and finds the same translations."""
    data = write_po(catalog)
    assert judge(data, tmp_path) == "both accept"
    assert translations(catalog) == msgfmt(data, tmp_path)


@settings(cases(40), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(catalog=catalogs())
def test_msgcat_rewrites_what_we_write_without_a_change(catalog: Catalog, tmp_path: Path) -> None:
    """For any catalog: what msgcat reads and writes again has the same units, comments and all."""
    assert_msgcat_agrees(replace(catalog, newline="\n"), tmp_path)


def assert_msgcat_agrees(catalog: Catalog, folder: Path, name: str = "x") -> None:
    source = folder / f"{name}.po"
    source.write_bytes(write_po(catalog))
    command = [require("msgcat"), "--no-wrap", "--force-po", str(source)]
    result = subprocess.run(command, capture_output=True, env=ENVIRONMENT, check=False)
    assert result.returncode == 0, result.stderr.decode()
    again = read_po(result.stdout, "x.po")
    kept = [unit for unit in catalog.units if not unit.obsolete or unit.targets[0]]  # else nothing would be lost
    assert {key(unit): known(unit) for unit in again.units} == {key(unit): known(unit) for unit in kept}
    assert known(again.header) == known(catalog.header)


def known(unit: Unit) -> tuple[object, ...]:
    """What msgcat keeps: it orders flags, writes every location once, and none of obsolete units.

    An untranslated unit is not fuzzy to it.
    """
    flags = frozenset(unit.flags) - (set() if unit.targets[0] else {FUZZY})
    # msgcat takes a leading ./ off a location.
    paths = (re.sub(r"^(?:\./+)+", "", location) for location in unit.locations)
    locations = () if unit.obsolete else tuple(dict.fromkeys(path for path in paths if path))
    return (
        *(unit.key, unit.plural, unit.targets, flags, unit.previous, unit.obsolete),
        *(unit.translator_comments, unit.extracted_comments, locations),
    )


# ---- catalogs of others


def judge_published(path: Path, folder: Path) -> str:
    data = path.read_bytes()
    name = str(abs(hash(path)))
    expected = msgfmt(data, folder, name)
    try:
        catalog = read_po(data, str(path))
    except Refused as error:
        findings = error.findings
        if expected is None:
            return "both refuse"
        # The one stricter judgement: msgfmt counts the forms of translated entries only.
        translated = {name.split(b"\0")[0] for name in expected}
        assert {finding.rule for finding in findings} == {"plurals"}
        assert not translated.intersection(finding.entry.encode() for finding in findings)
        return "we refuse"
    assert translations(catalog) == expected
    assert write_po(catalog) == data
    return "both accept"


def published(package: str) -> list[Path]:
    return sorted(require_package(package).rglob("*.po"))


@pytest.mark.parametrize("package", ["django", "sphinx"])
def test_published_catalogs_are_read_as_msgfmt_reads_them(package: str, tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as threads:
        seen = Counter(threads.map(lambda path: judge_published(path, tmp_path), published(package)))
    assert seen["both accept"] > 50
    assert seen["both refuse"] < seen.total() / 20
    assert seen["we refuse"] < seen.total() / 50


@pytest.mark.parametrize("package", ["django", "sphinx"])
def test_published_catalogs_are_the_same_after_writing_them_anew(package: str, tmp_path: Path) -> None:
    for number, path in enumerate(published(package)[::25]):
        data = path.read_bytes()
        if msgfmt(data, tmp_path) is None:
            continue
        catalog = read_po(data, str(path))
        units = tuple(unit.changed() for unit in catalog.units)
        anew = replace(catalog, header=catalog.header.changed(), units=units)
        assert_msgcat_agrees(anew, tmp_path, str(number))
