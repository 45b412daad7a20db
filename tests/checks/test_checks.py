"""checks: a finding says which entry and locale it is for, and an entry is looked at once for all editions."""

import ast
import re
from datetime import date

import pytest

from pipeline import checks
from pipeline.checks.documentation import RULES
from pipeline.model.catalog import Unit
from pipeline.model.edition import ChainLink, word
from pipeline.model.finding import Location
from pipeline.model.locale import Locale
from pipeline.model.message import Citation, Message
from pipeline.model.pattern import parse_pattern
from tests.checks.subjects import subject, view
from tests.repository import ROOT, Repository

AUSTRIAN, ENGLISH, GERMAN = Locale("de", "", "AT"), Locale("en", "", "US"), Locale("de")
SAID = Message(
    id="flu/answer/1",
    pattern=parse_pattern("It works.{cite1}", atoms=("cite1",), spans=()),
    location=Location(file="messages/flu.md", line=12),
    placeholders={"cite1": Citation(("fyfe1995",))},
)


@pytest.mark.thorough
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
    assert named - documented - {rule.id for rule in RULES} == set()


def test_a_finding_on_a_text_names_the_entry_and_the_edition() -> None:
    unit = Unit(context=SAID.id, source="It worked.{cite1}", targets=("Es wirkt.",), line=9)
    catalog = view("de", "", "de", unit).catalog
    chain = (ChainLink(locale=GERMAN, name=catalog.name, catalog=catalog),)
    words = word((SAID,), chain, locale=AUSTRIAN, source=ENGLISH, reads_source=False)
    findings = list(checks.check_words(checks.Engine(), words, ENGLISH))
    assert {"outdated", "placeholders"} <= {finding.rule for finding in findings}
    assert {(finding.entry, finding.locale) for finding in findings} == {("flu/answer/1", "de_AT")}


def test_a_text_that_is_no_pattern_of_its_message_is_found_whatever_the_rules_say() -> None:
    unit = Unit(context=SAID.id, source="It works.{cite1}", targets=("Es wirkt.{cite1}\x0c",), line=9)
    catalog = view("de", "", "de", unit).catalog
    chain = (ChainLink(locale=GERMAN, name=catalog.name, catalog=catalog),)
    words = word((SAID,), chain, locale=AUSTRIAN, source=ENGLISH, reads_source=False)
    assert any(finding.severity == "error" for finding in checks.check_words(checks.Engine(), words, ENGLISH))


def test_english_in_an_english_edition_needs_no_translation() -> None:
    words = word((SAID,), (), locale=ENGLISH, source=ENGLISH, reads_source=True)
    assert list(checks.check_words(checks.Engine(), words, ENGLISH)) == []


def test_every_catalog_rule_looks_at_a_catalog() -> None:
    wrong = view("fr", "nplurals=1; plural=0;", "de").catalog
    assert [finding.rule for finding in checks.check_catalog(wrong, GERMAN)] == ["language-header", "plural-forms"]


@pytest.mark.thorough
def test_a_finding_on_an_edition_names_the_edition(repository: Repository) -> None:
    findings = repository.findings(today=date(2100, 1, 1))
    assert {finding.locale for finding in findings} == {
        edition.locale.gettext for edition in repository.workspace().settings.editions
    }


def test_a_text_longer_than_any_real_one_is_told_and_costs_nothing() -> None:
    endless = subject("It works.", "a" * 20_001)
    assert [(finding.rule, finding.severity) for finding in checks.Engine().check_entry(endless)] == [("size", "error")]
