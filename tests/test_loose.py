"""loose: PO files of any project are checked as they lie."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import PipelineError
from pipeline.loose import LooseFile, check_files
from pipeline.model.finding import Severity
from tests.repository import ROOT

HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""
ENTRY = """
#, python-brace-format
msgctxt "flu/answer/1"
msgid "It works.{cite1}"
msgstr "%s"
"""
POT = HEADER.format(language="").replace("(n != 1)", "(n != 1)") + ENTRY % "" + '\nmsgid "More"\nmsgstr ""\n'


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def check(path: Path, **options: Path) -> LooseFile:
    (checked,) = check_files([path], **options)
    return checked


def rules(checked: LooseFile) -> set[str]:
    return {finding.rule for finding in checked.findings}


def test_a_good_file_has_no_findings(tmp_path: Path) -> None:
    checked = check(write(tmp_path, "de.po", HEADER.format(language="de") + ENTRY % "Es wirkt.{cite1}"))
    assert checked.findings == ()
    assert checked.locale is not None
    assert checked.locale.gettext == "de"


def test_a_finding_points_at_the_character(tmp_path: Path) -> None:
    text = HEADER.format(language="de") + ENTRY % "Es wirkt.{cite7}"
    checked = check(write(tmp_path, "de.po", text))
    (unknown,) = (finding for finding in checked.findings if finding.message == "unknown placeholder {cite7}")
    lines = text.split("\n")
    assert lines[unknown.location.line - 1][unknown.location.column - 1 :].startswith("{cite7}")


@pytest.mark.parametrize("name", ["de.po", "de/LC_MESSAGES/faq.po", "faq.de.po"])
def test_the_path_says_the_language_where_the_header_does_not(tmp_path: Path, name: str) -> None:
    checked = check(write(tmp_path, name, HEADER.format(language="") + ENTRY % "Es wirkt.{cite1}"))
    assert checked.locale is not None
    assert checked.locale.gettext == "de"


def test_a_header_of_another_language_than_the_path_is_found(tmp_path: Path) -> None:
    checked = check(write(tmp_path, "de.po", HEADER.format(language="fr") + ENTRY % "Es wirkt.{cite1}"))
    assert rules(checked) == {"language-header"}


def test_with_the_template_lost_added_and_edited_entries_are_found(tmp_path: Path) -> None:
    pot = write(tmp_path, "faq.pot", POT)
    edited = (ENTRY % "Es wirkt.{cite1}").replace("It works", "It worked")
    more = '\nmsgctxt "made/up"\nmsgid "Drink bleach."\nmsgstr "Trinken Sie Bleiche."\n'
    path = write(tmp_path, "de.po", HEADER.format(language="de") + edited + more)
    assert {"outdated", "added", "missing"} <= rules(check(path, pot=pot))
    assert not {"outdated", "added", "missing"} & rules(check(path))


def test_an_empty_text_is_a_warning_until_there_is_a_template(tmp_path: Path) -> None:
    pot = write(tmp_path, "faq.pot", HEADER.format(language="") + ENTRY % "")
    path = write(tmp_path, "de.po", HEADER.format(language="de") + ENTRY % "")
    assert [finding.severity for finding in check(path).findings] == [Severity.WARNING]
    assert [finding.severity for finding in check(path, pot=pot).findings] == [Severity.ERROR]


def test_what_can_be_read_of_a_broken_file_is_checked_all_the_same(tmp_path: Path) -> None:
    broken = '\nmsgid "Open\nmsgstr "Offen"\n'
    checked = check(write(tmp_path, "de.po", HEADER.format(language="de") + ENTRY % "Es wirkt." + broken))
    assert rules(checked) == {"placeholders", "syntax"}


def test_a_file_that_is_no_text_has_one_finding(tmp_path: Path) -> None:
    path = tmp_path / "de.po"
    path.write_bytes(HEADER.format(language="de").encode("utf-16"))
    assert rules(check(path)) == {"encoding"}


def test_a_glossary_says_which_names_stay(tmp_path: Path) -> None:
    glossary = write(tmp_path, "glossary.toml", '[[name]]\ntext = "Proleukin"\n')
    entry = (ENTRY % "Aldesleukin wirkt.{cite1}").replace("It works", "Proleukin works")
    path = write(tmp_path, "de.po", HEADER.format(language="de") + entry)
    assert "names" not in rules(check(path))
    assert "names" in rules(check(path, glossary=glossary))


@pytest.mark.parametrize(
    ("options", "message"),
    [({"pot": "no.pot"}, "does not exist"), ({"glossary": "bad.toml"}, "the glossary cannot be read")],
)
def test_what_is_given_and_cannot_be_read_stops_the_check(
    tmp_path: Path, options: dict[str, str], message: str
) -> None:
    write(tmp_path, "bad.toml", "[[nonsense]]\n")
    path = write(tmp_path, "de.po", HEADER.format(language="de"))
    with pytest.raises(PipelineError, match=message):
        list(check_files([path], **{name: tmp_path / value for name, value in options.items()}))


def test_no_content_repository_is_needed(tmp_path: Path) -> None:
    write(tmp_path, "de.po", HEADER.format(language="de") + ENTRY % "Es wirkt.")
    ran = subprocess.run(
        [sys.executable, "-m", "pipeline", "check", "de.po", "--format", "jsonl"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
    )
    assert (ran.returncode, ran.stderr) == (1, "")
    (found,) = (json.loads(line) for line in ran.stdout.splitlines())
    assert (found["rule"], found["entry"], found["file"]) == ("placeholders", "flu/answer/1", "de.po")
