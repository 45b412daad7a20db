"""checks: the tables hold every rule, and a finding says which entry and locale it is for."""

import ast
import importlib
import re
from datetime import date
from pathlib import Path

from pipeline import checks
from pipeline.model.catalog import Unit
from pipeline.model.edition import ChainLink, word
from tests.checks.wordings import AUSTRIAN, ENGLISH, FILE, GERMAN, catalog, message
from tests.repository import ROOT, Repository

TABLES = (*checks.STRING_RULES, *checks.CATALOG_RULES, *checks.EDITION_RULES)


def test_every_file_of_the_folder_is_one_rule_in_one_table() -> None:
    files = {path.stem for path in Path(checks.__file__).parent.glob("*.py")} - {"__init__"}
    assert sorted(rule.__name__ for rule in TABLES) == sorted(files)
    for rule in TABLES:
        assert getattr(importlib.import_module(f"pipeline.checks.{rule.__name__}"), rule.__name__) is rule


def test_every_rule_has_tests_of_its_own() -> None:
    tested = {path.stem.removeprefix("test_") for path in Path(__file__).parent.glob("test_*.py")}
    assert {rule.__name__ for rule in TABLES} <= tested


def test_every_rule_that_a_finding_may_name_is_documented() -> None:
    package = ROOT / "pipeline"
    named = {
        keyword.value.value
        for path in package.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "rule" and isinstance(keyword.value, ast.Constant)
    }
    table = (ROOT / "docs" / "commands.md").read_text("utf-8").partition("| rule |")[2].partition("\n\n")[0]
    documented = set(re.findall(r"`([a-z-]+)`", "".join(line.split("|")[1] for line in table.splitlines()[1:])))
    assert named - documented == set()


def test_a_finding_on_a_text_names_the_entry_and_the_edition() -> None:
    said = message("It works.{cite1}")
    unit = Unit(context=said.id, source="It worked.{cite1}", targets=("Es wirkt.",), flags=("fuzzy",), line=9)
    chain = (ChainLink(locale=GERMAN, name=FILE, catalog=catalog(unit)),)
    words = word((said,), chain, locale=AUSTRIAN, source=ENGLISH, reads_source=False)
    findings = list(checks.check_words(words))
    assert [finding.rule for finding in findings] == ["outdated", "fuzzy", "placeholders"]
    assert {(finding.entry, finding.locale) for finding in findings} == {("flu/answer/1", "de_AT")}


def test_english_in_an_english_edition_needs_no_translation() -> None:
    words = word((message(),), (), locale=ENGLISH, source=ENGLISH, reads_source=True)
    assert list(checks.check_words(words)) == []


def test_every_catalog_rule_looks_at_a_catalog() -> None:
    wrong = catalog(language="fr", plural_forms="nplurals=1; plural=0;")
    assert [finding.rule for finding in checks.check_catalog(wrong, GERMAN)] == ["language", "plural-forms"]


def test_a_finding_on_an_edition_names_the_edition(repository: Repository) -> None:
    findings = repository.findings(today=date(2100, 1, 1))
    assert {finding.locale for finding in findings} == {
        edition.locale.gettext for edition in repository.workspace().settings.editions
    }
