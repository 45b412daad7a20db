"""formats: what each format says of the same findings, read back by readers that are not ours."""

import csv
import io
import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING

import html5lib
import jsonschema
import pytest

from pipeline.reports import FORMATS, render
from tests.reports.samples import FILE, FINDINGS, SWAPPED, sample

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# What section 3 of the SARIF 2.1.0 standard requires of the objects that we write.
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "required": ["tool", "results"],
                "properties": {
                    "tool": {"required": ["driver"], "properties": {"driver": {"required": ["name", "rules"]}}},
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "results": {
                        "items": {
                            "required": ["message", "ruleId", "locations"],
                            "properties": {
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "message": {"required": ["text"]},
                                "locations": {
                                    "items": {
                                        "properties": {
                                            "physicalLocation": {
                                                "required": ["artifactLocation"],
                                                "properties": {
                                                    "artifactLocation": {
                                                        "properties": {"uri": {"pattern": "^[!-~]+$"}}
                                                    },
                                                    "region": {
                                                        "required": ["startLine"],
                                                        "properties": {"startLine": {"minimum": 1}},
                                                    },
                                                },
                                            }
                                        }
                                    }
                                },
                            },
                        }
                    },
                },
            },
        },
    },
}


@pytest.mark.parametrize("form", FORMATS)
def test_a_report_is_the_same_each_time(form: str) -> None:
    assert render(sample(), form) == render(sample(), form)


@pytest.mark.parametrize("form", FORMATS)
def test_a_report_of_nothing_is_well_formed_too(form: str) -> None:
    empty = render(sample(findings=()), form)
    if form in ("sarif", "junit", "html"):
        assert empty
    assert "numbers" not in empty


@pytest.mark.parametrize("form", FORMATS)
def test_no_format_lets_a_text_steer_its_reader(form: str) -> None:
    written = render(sample(), form)
    if form not in ("jsonl", "csv"):
        assert not {"\x1b", "\u202e", "\u200b"} & set(written)
    assert "\x1b" not in written or form == "csv"


def test_jsonl_has_one_object_a_line_with_every_key() -> None:
    lines = [json.loads(line) for line in render(sample(), "jsonl").splitlines()]
    assert len(lines) == len(FINDINGS)
    assert lines[0] == {
        "file": FILE,
        "line": 12,
        "column": 9,
        "entry": "flu/answer/1",
        "rule": "numbers",
        "severity": "error",
        "message": "16 % is 19 % here",
        "expected": "16%",
        "actual": "19%",
        "suggestion": "write 16 %",
        "fingerprint": SWAPPED.fingerprint,
        "locales": ["ar_SA"],
    }
    assert lines[3]["entry"] is None


def test_sarif_is_what_the_standard_requires() -> None:
    log = json.loads(render(sample(), "sarif"))
    jsonschema.validate(log, SARIF)
    (run,) = log["runs"]
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note", "error"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run["results"])


def test_junit_is_xml_in_which_errors_fail() -> None:
    root = ET.fromstring(render(sample(), "junit"))
    assert (root.attrib["tests"], root.attrib["failures"]) == ("4", "2")
    assert [case.find("failure") is not None for case in root.iter("testcase")] == [True, False, False, True]


def test_github_has_one_command_a_line() -> None:
    lines = render(sample(), "github").splitlines()
    assert lines[0] == (
        "::error file=locales/ar/LC_MESSAGES/flu%2C shot.po,line=12,col=9,title=numbers flu/answer/1"
        "::16 %25 is 19 %25 here%0Awrite 16 %25"
    )
    assert [line.split(" ")[0] for line in lines] == ["::error", "::warning", "::notice", "::error"]


def test_csv_gives_a_spreadsheet_no_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(render(sample(), "csv"))))
    assert [row["rule"] for row in rows] == ["numbers", "names", "spaces", "encoding"]
    assert rows[1]["entry"] == "'=cmd()"
    assert rows[0]["target"] == SWAPPED.target


def test_html_is_valid_and_has_no_script() -> None:
    page = render(sample(), "html")
    parser = html5lib.HTMLParser(strict=True)
    parser.parse(page)
    assert "<script" not in page


@pytest.mark.thorough
def test_a_linguist_sees_each_text_in_its_direction_and_filters_without_a_script(
    tmp_path: Path, browser: "Browser"
) -> None:
    (tmp_path / "report.html").write_text(render(sample(), "html"), "utf-8")
    context = browser.new_context(java_script_enabled=True, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto((tmp_path / "report.html").as_uri())
    target = page.locator("article:has-text('flu/answer/1') .target")
    assert target.get_attribute("dir") == "rtl"
    assert target.locator("mark").inner_text() == "19%"
    assert page.locator("li.error").count() == 2
    page.uncheck("#show-error")
    assert [page.locator("li.error").nth(index).is_visible() for index in range(2)] == [False, False]
    assert page.locator("li.warning").is_visible()
    page.uncheck("#show-l-ar")
    assert not page.locator("li.warning").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    context.close()
