"""tool_settings: the patterns find every placeholder and tag of our texts and nothing else, in each tool's own file."""

import re
from html import unescape
from xml.etree import ElementTree

import pytest

from pipeline import flow
from pipeline.exchange.tool_settings import ANY_CODE, tool_settings
from pipeline.model.locale import Locale
from pipeline.model.pattern import inventory
from pipeline.workspace import open_workspace
from tests.repository import ROOT

SETTINGS = {
    name: data.decode()
    for name, data in tool_settings(Locale.parse("en_US"), Locale.parse("pt_BR"), ["Proleukin", "IL-2"]).items()
}
OMEGAT_TAG = r"<\/?[a-zA-Z]+[0-9]+\/?>"  # what OmegaT takes for a tag by itself
PROJECT, FILTER, PATTERNS = "omegat/omegat.project", "okapi/okf_po@faq-pipeline.fprm", "okapi/checkmate-patterns.txt"

SAMPLES = [
    ("as shown.{cite1}{note12} ok", ["{cite1}", "{note12}"]),
    ("{count} questions", ["{count}"]),
    ("see <a1>more</a1> <strong>now</strong> <em>x</em>", ["<a1>", "</a1>", "<strong>", "</strong>", "<em>", "</em>"]),
    ("a literal {{x}} brace", ["{{", "}}"]),
    ("{{{cite1}}}", ["{{", "{cite1}", "}}"]),
    ("p < 0.05 and 3 > 2 {", []),
    ("<b>, <strongly>, {Cite1}, {}, { cite1 }", []),
]


def filter_values() -> dict[str, str]:
    first, *lines = SETTINGS[FILTER].splitlines()
    assert first == "#v1"
    return dict(line.split("=", 1) for line in lines)


def filter_rules() -> list[str]:
    values = filter_values()
    return [values[f"codeFinderRules.rule{number}"] for number in range(int(values["codeFinderRules.count.i"]))]


def omegat_pattern() -> str:
    found = re.search(r"<tagValidation_customPattern>(.*)</tagValidation_customPattern>", SETTINGS["omegat/README.txt"])
    assert found
    return unescape(found[1])


def patterns() -> dict[str, str]:
    """Each tool's pattern as it puts several together: the first alternative that fits wins."""
    return {
        "any": ANY_CODE,
        "okapi": "|".join(f"({rule})" for rule in filter_rules()),
        "omegat": f"{OMEGAT_TAG}|{omegat_pattern()}",
    }


@pytest.mark.parametrize("tool", patterns())
@pytest.mark.parametrize(("text", "codes"), SAMPLES)
def test_codes_are_found_and_nothing_else(tool: str, text: str, codes: list[str]) -> None:
    assert [match[0] for match in re.finditer(patterns()[tool], text)] == codes


def test_every_code_of_the_reference_content_is_found() -> None:
    content = flow.read_content(open_workspace(ROOT))
    messages = [*content.ui, *(message for document in content.documents for message in document.messages())]
    seen = 0
    for message in messages:
        wanted = inventory(message.pattern)
        found = [code for code in re.findall(ANY_CODE, message.source) if not code.startswith("</")]
        assert sorted(found) == sorted(wanted.elements())
        seen += len(found)
    assert seen > 10


def test_checkmate_reads_six_fields_a_line_and_neither_comments_nor_empty_lines() -> None:
    lines = SETTINGS[PATTERNS].removesuffix("\n").split("\n")
    for line in lines:
        use, from_source, severity, source, target, description = line.split("\t")
        assert (use, severity) == ("1", "2")
        assert description
        assert (target if from_source == "1" else source) == "<same>"
    assert len(lines) == 6


def test_checkmate_compares_both_ways_and_is_not_misled_by_a_doubled_brace() -> None:
    fields = [line.split("\t") for line in SETTINGS[PATTERNS].splitlines()]
    from_source = {row[3] for row in fields if row[1] == "1"}
    assert from_source == {row[4] for row in fields if row[1] == "0"}
    found = sorted(match for pattern in from_source for match in re.findall(pattern, "{cite1} <a1>{{x}}</a1>"))
    assert found == ["</a1>", "<a1>", "{cite1}", "{{", "}}"]


def test_the_filter_leaves_an_entry_without_translation_empty() -> None:
    values = filter_values()
    assert (values["useCodeFinder.b"], values["allowEmptyOutputTarget.b"]) == ("true", "true")


def test_the_omegat_project_takes_the_folders_of_the_kit_and_the_languages() -> None:
    project = ElementTree.fromstring(SETTINGS[PROJECT])[0]
    values = {element.tag: element.text for element in project}
    assert (project.tag, project.get("version")) == ("project", "1.0")
    assert values["source_dir"] == "../../po/"
    assert values["tm_dir"] == "../../memory/"
    assert (values["source_lang"], values["target_lang"], values["sentence_seg"]) == ("en-US", "pt-BR", "false")


def test_the_folders_that_omegat_needs_to_open_a_project_come_with_a_file_in_each() -> None:
    assert SETTINGS["omegat/omegat/ignored_words.txt"] == "Proleukin\nIL-2\n"
    assert "omegat/target/README.txt" in SETTINGS


def test_the_texts_for_people_have_the_patterns_in_them() -> None:
    assert ANY_CODE in SETTINGS["README.txt"].splitlines()
    assert omegat_pattern() in SETTINGS["omegat/README.txt"].splitlines()
    assert "\\{[a-z]+[0-9]*\\}" in SETTINGS["memoq/README.txt"]
    assert (
        max(len(line) for name, text in SETTINGS.items() if name.endswith(".txt") for line in text.splitlines()) < 121
    )
