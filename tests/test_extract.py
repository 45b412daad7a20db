"""extract: what a translator gets of a document, through our own command and through Babel's."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polib
import pytest

from pipeline import flow
from pipeline.extract import BRACE_FORMAT, extract, extract_ui, template
from pipeline.model.catalog import Catalog, Unit
from pipeline.model.finding import Location
from pipeline.model.message import Message
from pipeline.model.pattern import Atom, Text
from pipeline.model.settings import Settings
from pipeline.po import read_po, write_po
from pipeline.sources.settings import read_settings
from pipeline.workspace import open_workspace
from tests.repository import DOCUMENT, FAQ, NOW, REFERENCES, ROOT, Repository
from tests.sources.samples import ENTRY, FILE, FRONT, RICH, document

LATER = NOW + timedelta(days=3)


@pytest.fixture(scope="module")
def settings() -> Settings:
    return read_settings((ROOT / "pyproject.toml").read_bytes(), "pyproject.toml")


def units(body: str) -> dict[str, Unit]:
    return {unit.id: unit for unit in extract(document(body))}


# ---- what a translator sees


def test_a_unit_is_known_by_its_message_id_and_shows_the_english() -> None:
    unit = units(f"{ENTRY}Yes, *always*.")["so/answer/1"]
    assert (unit.context, unit.source, unit.targets) == ("so/answer/1", "Yes, <em>always</em>.", ("",))
    assert unit.locations == (f"{FILE}:10",)


def test_units_come_in_reading_order_with_the_footnotes_last() -> None:
    found = extract(document(RICH.removeprefix(FRONT)))
    assert [unit.id for unit in found] == [message.id for message in document(RICH.removeprefix(FRONT)).messages()]
    assert found[0].id == "title"
    assert found[-1].id == "footnote/second"


def test_a_caption_says_what_each_text_is() -> None:
    captions = {identifier: unit.extracted_comments[0] for identifier, unit in units(RICH.removeprefix(FRONT)).items()}
    asked = ' of "What is it?"'
    paid = ' of "Who pays?" (shown only in US, CA)'
    assert captions == {
        "title": "Title of the page",
        "lead/1": "Introduction 1",
        "notice/first-things/1": "Safety notice 1, in: introduction",
        "notice/first-things/2": "Safety notice 2, in: introduction",
        "what-is-it/question": "Question",
        "what-is-it/answer/1": f"Answer 1{asked}",
        "what-is-it/answer/2": f"Answer 2{asked}, list item",
        "what-is-it/answer/3": f"Answer 3{asked}, list item",
        "what-is-it/answer/4": f"Answer 4{asked}, list item",
        "what-is-it/answer/5": f"Answer 5{asked}, list item",
        "what-is-it/answer/6": f"Answer 6{asked}, list item",
        "what-is-it/answer/7": f"Answer 7{asked}, list item",
        "costs/question": "Question (shown only in US, CA)",
        "costs/answer/1": f"Answer 1{paid}, table heading",
        "costs/answer/2": f"Answer 2{paid}, table heading",
        "costs/answer/3": f"Answer 3{paid}, table heading",
        "costs/answer/4": f"Answer 4{paid}, table cell",
        "costs/answer/5": f"Answer 5{paid}, table cell",
        "costs/answer/6": f"Answer 6{paid}, table cell",
        "costs/answer/7": f"Answer 7{paid}, table cell",
        "costs/answer/8": f"Answer 8{paid}, table cell",
        "costs/answer/9": f"Answer 9{paid}, table cell",
        "notice/ask/1": f"Safety notice 1, in: answer{paid}",
        "all/question": "Question",
        "all/answer/1": 'Answer 1 of "Is that all?"',
        "footnote/ecog": "Footnote *",
        "footnote/second": "Footnote †",
    }


def test_every_placeholder_is_explained_in_the_order_of_the_text() -> None:
    unit = units(f"{ENTRY}a[@three3; @one1; @two2] [^n] [b](/c) d[@five5]\n\n[^n]: note")["so/answer/1"]
    assert unit.extracted_comments[1:] == (
        "{cite1} = references 1-3 (superscript; keep it right after the claim it supports)",
        "{note1} = footnote * (superscript)",
        "<a1>...</a1> = link to /c (translate the text between the tags)",
        "{cite2} = reference 4 (superscript; keep it right after the claim it supports)",
    )


def test_a_note_of_the_author_stands_last() -> None:
    unit = units(f"{ENTRY}<!-- translators: A drug, keep the name. -->\n\nx[@one1]")["so/answer/1"]
    assert unit.extracted_comments[-1] == "A drug, keep the name."
    assert len(unit.extracted_comments) == 3


def test_numbers_of_references_stand_in_comments_alone() -> None:
    """Another order of the bibliography changes comments and not a single msgid."""
    first = units(f"{ENTRY}a[@two2] b[@one1; @three3]")
    second = units(f"{ENTRY}a[@four4] b[@one1; @three3]")
    assert [unit.source for unit in first.values()] == [unit.source for unit in second.values()]
    assert first["so/answer/1"].extracted_comments != second["so/answer/1"].extracted_comments


# ---- flags


@pytest.mark.parametrize(
    ("answer", "flags"),
    [
        ("We saw 20% for all, 5 % in some, 100%.", ()),
        ("%s and %(name)s and %d and $1", ()),
        ("*emphasis* and [a link](/x)", ()),
        ("p < 0.05", ()),
        ("a claim[@one1]", (BRACE_FORMAT,)),
        ("20% for all[@one1]", (BRACE_FORMAT,)),
        ("a footnote[^n]\n\n[^n]: n", (BRACE_FORMAT,)),
        ("literal {braces}", (BRACE_FORMAT,)),
        ("a closing } brace", (BRACE_FORMAT,)),
    ],
)
def test_a_format_flag_stands_exactly_where_braces_mean_something(answer: str, flags: tuple[str, ...]) -> None:
    """Prose is never guessed to be a format string: "20% for" is none."""
    assert units(ENTRY + answer)["so/answer/1"].flags == flags


def test_a_plural_with_a_placeholder_is_flagged_even_where_the_singular_has_none() -> None:
    message = Message(
        id="count",
        pattern=(Text("One reference"),),
        plural=(Atom("count"), Text(" references")),
        location=Location(file="page.html", line=1),
    )
    (unit,) = extract_ui([message])
    assert unit.flags == (BRACE_FORMAT,)


def test_words_of_the_page_have_their_plurals() -> None:
    found = {unit.id: unit for unit in extract_ui(flow.read_content(open_workspace(ROOT)).ui)}
    plurals = [unit for unit in found.values() if unit.plural is not None]
    assert plurals
    assert all(unit.targets == ("", "") for unit in plurals)


# ---- the template


def test_a_template_has_the_header_that_gettext_expects(settings: Settings) -> None:
    pot = template("flu", extract(document(f"{ENTRY}Yes.")), settings, None, NOW)
    assert pot.name == "flu.pot"
    assert pot.header.flags == ("fuzzy",)
    assert pot.fields["Project-Id-Version"] == settings.name
    assert pot.fields["Report-Msgid-Bugs-To"] == settings.contact
    assert pot.fields["POT-Creation-Date"] == "2026-11-22 12:00+0000"
    assert pot.fields["Content-Type"] == "text/plain; charset=UTF-8"
    assert "Plural-Forms" not in pot.fields


def _again(pot: Catalog) -> Catalog:
    """The template as the next run reads it from the disk."""
    return read_po(write_po(pot), pot.name)


def test_the_creation_date_stays_as_long_as_the_content_does(settings: Settings) -> None:
    found = extract(document(RICH.removeprefix(FRONT)))
    first = template("flu", found, settings, None, NOW)
    second = template("flu", found, settings, _again(first), LATER)
    assert write_po(second) == write_po(first)


@pytest.mark.parametrize("answer", ["No.", "Yes.\n\nAnd no.", "Yes.[@one1]"])
def test_the_creation_date_changes_with_a_text(settings: Settings, answer: str) -> None:
    first = template("flu", extract(document(f"{ENTRY}Yes.")), settings, None, NOW)
    second = template("flu", extract(document(ENTRY + answer)), settings, _again(first), LATER)
    assert second.fields["POT-Creation-Date"] == "2026-11-25 12:00+0000"


@pytest.mark.parametrize("answer", ["<!-- translators: Short. -->\n\nYes.", "\n\nYes."])
def test_the_creation_date_stays_where_only_a_note_or_a_place_changes(settings: Settings, answer: str) -> None:
    first = template("flu", extract(document(f"{ENTRY}Yes.")), settings, None, NOW)
    second = template("flu", extract(document(ENTRY + answer)), settings, _again(first), LATER)
    assert second.units != tuple(unit.changed() for unit in _again(first).units)
    assert second.fields["POT-Creation-Date"] == first.fields["POT-Creation-Date"]


def test_a_new_name_of_the_project_is_no_new_content(settings: Settings) -> None:
    found = extract(document(f"{ENTRY}Yes."))
    first = template("flu", found, settings, None, NOW)
    second = template("flu", found, replace(settings, name="Other"), _again(first), LATER)
    assert second.fields["Project-Id-Version"] == "Other"
    assert second.fields["POT-Creation-Date"] == first.fields["POT-Creation-Date"]


def test_a_template_with_a_plural_says_which_forms_english_has(settings: Settings) -> None:
    ui = extract_ui(flow.read_content(open_workspace(ROOT)).ui)
    pot = template("ui", ui, settings, None, NOW)
    assert pot.fields["Plural-Forms"] == "nplurals=2; plural=(n != 1);"
    assert _again(pot).units


def test_the_date_is_in_utc_whatever_zone_the_clock_has(settings: Settings) -> None:
    eastern = datetime.fromisoformat("2026-11-22T23:30:00-05:00")
    pot = template("flu", extract(document(f"{ENTRY}Yes.")), settings, None, eastern)
    assert pot.fields["POT-Creation-Date"] == "2026-11-23 04:30+0000"
    assert eastern.astimezone(UTC).day == 23


# ---- on the reference content


def test_extracting_twice_writes_nothing(repository: Repository) -> None:
    workspace = repository.workspace()
    flow.extract(workspace, flow.read_content(workspace), NOW)
    before = repository.files("locales")
    assert flow.extract(workspace, flow.read_content(workspace), LATER) == ()
    assert repository.files("locales") == before


def test_the_templates_of_the_reference_content_are_up_to_date() -> None:
    workspace = open_workspace(ROOT)
    content = flow.read_content(workspace)
    assert content.findings == ()
    for document_ in content.documents:
        on_disk = read_po((ROOT / workspace.pot(document_.id)).read_bytes(), workspace.pot(document_.id))
        assert tuple(unit.changed() for unit in on_disk.units) == extract(document_)


def test_swapping_two_references_changes_only_comments_of_the_template(repository: Repository) -> None:
    repository.update()
    before = polib.pofile(str(repository.path(f"locales/{FAQ}.pot")))
    records = repository.text(REFERENCES).split("[[reference]]")
    records[1], records[4] = records[4], records[1]
    repository.write(REFERENCES, "[[reference]]".join(records))
    workspace = repository.workspace()
    flow.extract(workspace, flow.read_content(workspace), LATER)
    after = polib.pofile(str(repository.path(f"locales/{FAQ}.pot")))
    assert [(entry.msgctxt, entry.msgid) for entry in before] == [(entry.msgctxt, entry.msgid) for entry in after]
    assert [entry.msgctxt for entry, other in zip(before, after, strict=True) if entry.comment != other.comment]


# ---- Babel


def _pybabel(output: Path, *arguments: str) -> polib.POFile:
    subprocess.run(
        [sys.executable, "-m", "babel.messages.frontend", "--quiet", "extract", *arguments, "-o", str(output), "."],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return polib.pofile(str(output))


def test_pybabel_extracts_the_same_units_as_we_do(tmp_path: Path) -> None:
    workspace = open_workspace(ROOT)
    content = flow.read_content(workspace)
    ours = {
        (unit.context, unit.source, unit.plural)
        for units_ in (extract_ui(content.ui), *(extract(document_) for document_ in content.documents))
        for unit in units_
    }
    theirs = _pybabel(tmp_path / "babel.pot", "-F", "babel.cfg", "-c", "translators:")
    assert {(entry.msgctxt, entry.msgid, entry.msgid_plural or None) for entry in theirs} == ours
    assert len(theirs) == len(ours)


def test_pybabel_shows_the_same_comments_and_places_as_we_do(tmp_path: Path) -> None:
    content = flow.read_content(open_workspace(ROOT))
    ours = {
        unit.context: (" ".join(" ".join(unit.extracted_comments).split()), unit.locations)
        for document_ in content.documents
        for unit in extract(document_)
    }
    entries = _pybabel(tmp_path / "babel.pot", "-F", "babel.cfg", "-c", "translators:", "--no-wrap")
    theirs = {
        entry.msgctxt: (" ".join(entry.comment.split()), tuple(f"{file}:{line}" for file, line in entry.occurrences))
        for entry in entries
        if entry.msgctxt in ours
    }
    assert theirs == ours


def test_pybabel_names_what_is_wrong_with_a_document(repository: Repository) -> None:
    repository.edit(DOCUMENT, "{#what-is-proleukin}", "{#what is}")
    repository.write("babel.cfg", "[pipeline: messages/**.md]\n")
    ended = subprocess.run(
        [sys.executable, "-m", "babel.messages.frontend", "extract", "-F", "babel.cfg", "-o", "out.pot", "."],
        cwd=repository.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode != 0
    assert f"{DOCUMENT}:{repository.line(DOCUMENT, '{#what is}')}" in ended.stderr
    assert "unknown attribute of an entry" in ended.stderr
