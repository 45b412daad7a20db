"""engine: a text is looked at once for all regions of a language of which the rules know the same, and no others."""

from pathlib import Path

import pytest

from pipeline.checks import languages
from pipeline.checks.engine import Engine
from pipeline.model.finding import Location
from pipeline.model.glossary import Glossary, Term
from tests.checks.subjects import subject

REGIONS = sorted(folder.name for folder in Path(languages.__file__).parent.glob("??_??"))


def test_a_region_with_rules_of_its_own_is_not_taken_for_its_language() -> None:
    engine = Engine()
    texts = ("Take 2.5 mg.", "Tome 2,5 mg.")
    assert not engine.check_entry(subject(*texts, locale="es_ES"))
    mexican = engine.check_entry(subject(*texts, locale="es_MX"))
    assert [finding.rule for finding in mexican] == ["number-format"]


def test_a_region_with_terms_of_its_own_is_not_taken_for_its_language() -> None:
    term = Term(
        text="dose",
        translations={"es": ("dosis",), "es_AR": ("cantidad",)},
        forbidden={},
        location=Location(file="messages/glossary.toml"),
    )
    engine = Engine(glossary=Glossary(terms=(term,)))
    texts = ("Take one dose a day.", "Tome una dosis al día.")
    assert not engine.check_entry(subject(*texts, locale="es_ES"))
    assert not engine.check_entry(subject(*texts, locale="es_CO"))
    assert [finding.rule for finding in engine.check_entry(subject(*texts, locale="es_AR"))] == ["glossary"]


def test_what_is_wrong_is_told_for_each_region() -> None:
    engine = Engine()
    for locale in ("es_ES", "es_CO", "es_CL"):
        assert [finding.rule for finding in engine.check_entry(subject("Take 5 mg.", "Tome 7 mg.", locale=locale))]


@pytest.mark.parametrize("region", REGIONS)
def test_each_folder_of_a_region_is_known(region: str) -> None:
    assert languages.has_data(region)
