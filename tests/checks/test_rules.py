"""rules: each is documented, and its examples show what it says."""

from pathlib import Path

import pytest

from pipeline.checks import rules
from pipeline.checks.engine import Engine
from pipeline.checks.rule import Example, Rule, Scope
from pipeline.checks.rules import RULES
from pipeline.model.finding import Finding
from pipeline.model.glossary import Glossary
from pipeline.sources.glossary import read_glossary
from tests.checks.subjects import subject
from tests.repository import ROOT

EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.id}-{number}")
    for rule in RULES
    if rule.scope in (Scope.ENTRY, Scope.STRING)
    for number, example in enumerate(rule.examples, 1)
]


def glossary() -> Glossary:
    return read_glossary((ROOT / "messages" / "glossary.toml").read_bytes(), "glossary.toml")


def said(example: Example, target: str) -> list[Finding]:
    checked = subject(example.source, target, locale=example.locale)
    return list(Engine(glossary=glossary()).check_entry(checked))


def test_every_file_of_the_folder_is_one_rule_in_the_table() -> None:
    files = {path.stem for path in Path(rules.__file__).parent.glob("*.py")} - {"__init__"}
    assert {rule.id.replace("-", "_").replace("disclaimer", "disclaimers") for rule in RULES} == files


def test_every_rule_has_an_id_of_its_own() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in RULES])
def test_every_rule_says_what_it_finds_and_why(rule: Rule) -> None:
    assert rule.title
    assert rule.finds.endswith(".")
    assert rule.why.endswith(".")


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_the_bad_example_is_found(rule: Rule, example: Example) -> None:
    assert rule.id in {finding.rule for finding in said(example, example.bad)}


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_the_good_example_passes_every_rule(rule: Rule, example: Example) -> None:
    assert said(example, example.good) == []
