"""Every file that goes out is valid against the published schema of its format."""

from dataclasses import replace

import pytest
from hypothesis import given

from pipeline.exchange.tbx import write_tbx
from pipeline.exchange.tmx import write_tmx
from pipeline.exchange.xliff12 import write_xliff12
from pipeline.exchange.xliff21 import write_xliff21
from pipeline.model.exchange import OutgoingFile
from pipeline.model.locale import Locale
from pipeline.sources.glossary import read_glossary
from tests.exchange.samples import (
    REFERENCE_CATALOGS,
    SAMPLE,
    outgoing_files,
    reference_catalog,
    reference_file,
    worked_on,
)
from tests.exchange.schemas import XLIFF_12, XLIFF_20, tbx_problems, tmx_problems, xliff_problems
from tests.properties import cases
from tests.repository import BASE_LANGUAGES, GLOSSARY, ROOT

pytestmark = pytest.mark.thorough

ENGLISH = Locale.parse("en_US")


def reference_files(language: str) -> list[OutgoingFile]:
    return [
        reference_file(worked_on(reference_catalog(code, domain)), code, domain)
        for code, domain in REFERENCE_CATALOGS
        if code == language
    ]


@pytest.mark.parametrize("language", BASE_LANGUAGES)
def test_the_reference_catalogs_are_valid_in_every_format(language: str) -> None:
    files = reference_files(language)
    for file in files:
        assert xliff_problems(write_xliff12(file), XLIFF_12) == []
        assert xliff_problems(write_xliff21(file), XLIFF_20) == []
    assert tmx_problems(write_tmx(files)) == []


@pytest.mark.parametrize("language", BASE_LANGUAGES)
def test_the_reference_glossary_is_valid(language: str) -> None:
    glossary = read_glossary((ROOT / GLOSSARY).read_bytes(), GLOSSARY)
    assert tbx_problems(write_tbx(glossary, ENGLISH, Locale.parse(language))) == []


def test_a_sample_of_everything_is_valid() -> None:
    assert xliff_problems(write_xliff12(SAMPLE), XLIFF_12) == []
    assert xliff_problems(write_xliff21(SAMPLE), XLIFF_20) == []
    assert tmx_problems(write_tmx([SAMPLE, replace(SAMPLE, domain="other")])) == []


@cases(40)
@given(outgoing_files())
def test_generated_files_are_valid(file: OutgoingFile) -> None:
    """Whatever the texts, ids and languages: the schemas find nothing wrong, 2.1 but for a file without entries."""
    assert xliff_problems(write_xliff12(file), XLIFF_12) == []
    if file.units:
        assert xliff_problems(write_xliff21(file), XLIFF_20) == []
    assert tmx_problems(write_tmx([file])) == []


def test_the_schemas_find_what_is_wrong() -> None:
    """A schema that finds nothing in anything would make every test above pass."""
    assert xliff_problems(write_xliff12(SAMPLE).replace(b"source>", b"sauce>"), XLIFF_12)
    assert xliff_problems(write_xliff21(SAMPLE).replace(b'id="title"', b'id="a/b"'), XLIFF_20)
    assert tmx_problems(write_tmx([SAMPLE]).replace(b"seg>", b"segment>"))
