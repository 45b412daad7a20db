"""handback: what comes back is taken whole or refused whole, and nothing that was here is lost."""

import json
import os
import re
import tomllib
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline import flow
from pipeline.cli import cli
from pipeline.exchange.manifest import FORMAT, HandedDomain, KitFile, Manifest, handed_unit, write_manifest
from pipeline.handback import Return, read_return, write_return
from pipeline.model.finding import Refused
from pipeline.po import read_po
from tests.repository import DOCUMENT, FAQ, ROOT, Repository, catalog

pytestmark = pytest.mark.thorough

HOSTILE = ROOT / "tests" / "hostile"
EXPECTED = {
    f"{folder}/{name}": message
    for folder, files in tomllib.loads((HOSTILE / "expected.toml").read_text("utf-8")).items()
    for name, message in files.items()
}
GERMAN = catalog("de")
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
QUESTION = "how-it-works/question"


def handback(repository: Repository, path: Path, *options: str) -> Result:
    return CliRunner().invoke(cli, ["--project", str(repository.root), "handback", str(path), *options])


def judge(repository: Repository, path: Path) -> Return:
    workspace = repository.workspace()
    return read_return(workspace, flow.read_content(workspace), path)


def copy_of(repository: Repository, folder: Path, change: Callable[[str], str] = str) -> Path:
    """The German catalog as a vendor sends it back, under its own name."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{FAQ}.po"
    path.write_bytes(change(repository.text(GERMAN)).encode())
    return path


def sent_back(text: str) -> str:
    return text.replace('msgstr "Wie wirkt Proleukin?"', 'msgstr "Wie wirkt Proleukin genau?"')


def kit(repository: Repository, folder: Path, change: Callable[[str], str] = str) -> Path:
    """A zip with the German catalog and the manifest that it was handed off with."""
    data = repository.path(GERMAN).read_bytes()
    units = tuple(handed_unit(unit) for unit in read_po(data, GERMAN).live)
    file = KitFile(path=f"po/{FAQ}.po", sha256="0" * 64, size=len(data))
    manifest = Manifest(
        format=FORMAT, project="x", locale="de", files=(file,), domains=(HandedDomain(domain=FAQ, units=units),)
    )
    path = folder / "handoff-de.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("manifest.json", write_manifest(manifest))
        archive.writestr(f"po/{FAQ}.po", change(data.decode()))
    return path


def assert_refused(repository: Repository, path: Path, expected: str) -> str:
    """Refused with one clear sentence and what to do; exit code 1, a copy kept, and the tree as it was.

    Returns the place that the sentence names.
    """
    before = repository.files()
    result = handback(repository, path)
    assert result.exit_code == 1, result.output
    lines = result.output.split("\n")
    sentence, mending = next((pair for pair in pairwise(lines) if expected in pair[0]), ("", ""))
    place, error, _ = sentence.partition(": error: ")
    assert error, result.output
    assert mending.startswith("    ")
    after = repository.files()
    kept = {name for name in after if name.startswith(".pipeline/quarantine/")}
    assert {name: data for name, data in after.items() if name not in kept} == before
    if path.is_file():
        assert [after[name] for name in kept] == [path.read_bytes()]
    return place


# ---- what is taken


def test_a_changed_translation_is_taken_and_nothing_else_in_the_file_changes(
    repository: Repository, tmp_path: Path
) -> None:
    before = repository.text(GERMAN)
    result = handback(repository, copy_of(repository, tmp_path / "back", sent_back))
    assert result.exit_code == 0, result.output
    assert "Wie wirkt Proleukin genau?" in result.output
    assert repository.text(GERMAN) == sent_back(before)


def test_a_dry_run_shows_the_change_and_writes_nothing(repository: Repository, tmp_path: Path) -> None:
    before = repository.files()
    result = handback(repository, copy_of(repository, tmp_path / "back", sent_back), "--dry-run")
    assert result.exit_code == 0
    assert "1 entries would change" in result.output
    assert repository.files() == before


def test_a_file_that_came_back_as_it_went_out_changes_nothing(repository: Repository, tmp_path: Path) -> None:
    result = handback(repository, copy_of(repository, tmp_path / "back"))
    assert result.exit_code == 0
    assert "Nothing to take" in result.output


def test_comments_and_flags_of_the_translator_come_through(repository: Repository, tmp_path: Path) -> None:
    def annotate(text: str) -> str:
        entry = f'msgctxt "{QUESTION}"'
        return text.replace(entry, f"#, no-wrap\n{entry}").replace(
            "#. Question\n#: messages/proleukin-hcp-faq.md\n#, no-wrap",
            "# Bitte noch einmal prüfen.\n#. Question\n#: messages/proleukin-hcp-faq.md\n#, no-wrap",
        )

    handback(repository, copy_of(repository, tmp_path / "back", annotate))
    unit = read_po(repository.path(GERMAN).read_bytes(), GERMAN).by_id[QUESTION]
    assert unit.translator_comments == ("Bitte noch einmal prüfen.",)
    assert unit.flags == ("no-wrap",)


def test_a_comment_that_a_tool_stripped_stays(repository: Repository, tmp_path: Path) -> None:
    path = copy_of(repository, tmp_path / "back", sent_back)
    repository.edit_unit(GERMAN, QUESTION, lambda unit: f"\n# Kommentar\n{unit.lstrip()}")
    handback(repository, path)
    assert read_po(repository.path(GERMAN).read_bytes(), GERMAN).by_id[QUESTION].translator_comments == ("Kommentar",)


def test_a_comment_that_a_tool_wrapped_is_no_new_one(repository: Repository, tmp_path: Path) -> None:
    wrapped = "# Bitte den Wortlaut\n# mit der Prüferin\n# abstimmen.\n"
    repository.edit_unit(GERMAN, QUESTION, lambda unit: f"\n{wrapped.replace(chr(10) + '# ', ' ')}{unit.lstrip()}")
    before = repository.files()
    path = copy_of(repository, tmp_path / "back", lambda text: re.sub("# Bitte den Wortlaut .*\n", wrapped, text))
    assert path.read_text().count(wrapped) == 1
    assert "Nothing to take" in handback(repository, path).output
    assert repository.files() == before
    path.write_text(path.read_text().replace(wrapped, f"{wrapped}# Erledigt.\n"))
    assert "Took 1 entries" in handback(repository, path).output
    assert read_po(repository.path(GERMAN).read_bytes(), GERMAN).by_id[QUESTION].translator_comments == (
        "Bitte den Wortlaut mit der Prüferin abstimmen.",
        "Erledigt.",
    )


def test_taking_the_fuzzy_flag_away_approves_the_translation(repository: Repository, tmp_path: Path) -> None:
    path = copy_of(repository, tmp_path / "back")
    approved = repository.text(GERMAN)
    repository.mark_fuzzy(GERMAN, QUESTION)
    result = handback(repository, path)
    assert "no longer fuzzy" in result.output
    assert repository.text(GERMAN) == approved


def test_only_the_pending_entries_may_come_back(repository: Repository, tmp_path: Path) -> None:
    header, _, _ = repository.text(GERMAN).partition("\n\n")
    path = tmp_path / f"{FAQ}.po"
    path.write_text(f"{header}\n\n{sent_back(repository.unit(GERMAN, QUESTION)).strip()}\n")
    before = repository.text(GERMAN)
    assert handback(repository, path).exit_code == 0
    assert repository.text(GERMAN) == sent_back(before)


def test_a_text_of_an_older_english_is_left_and_reported(repository: Repository, tmp_path: Path) -> None:
    path = kit(repository, tmp_path, sent_back)
    repository.edit(DOCUMENT, "## How does Proleukin work?", "## How does Proleukin act?")
    repository.update()
    before = repository.text(GERMAN)
    result = handback(repository, path)
    assert result.exit_code == 0, result.output
    assert "its English has changed since" in result.output
    assert repository.text(GERMAN) == before


def test_a_text_that_moved_since_the_hand_off_is_taken_at_its_new_place(repository: Repository, tmp_path: Path) -> None:
    path = kit(repository, tmp_path, lambda text: text.replace("Ja, und die meisten", "Ja; die meisten"))
    repository.edit(
        DOCUMENT, "\nYes, and most of them quickly.", "\nA paragraph before it.\n\nYes, and most of them quickly."
    )
    repository.update()
    result = handback(repository, path)
    assert result.exit_code == 0, result.output
    unit = read_po(repository.path(GERMAN).read_bytes(), GERMAN).by_id["reversibility/answer/2"]
    assert unit.targets[0].startswith("Ja; die meisten")


def test_a_text_that_was_changed_here_too_is_left_and_reported(repository: Repository, tmp_path: Path) -> None:
    path = kit(repository, tmp_path, sent_back)
    repository.replace_in_unit(GERMAN, QUESTION, "Wie wirkt", "Auf welche Weise wirkt")
    result = handback(repository, path)
    assert "it was changed here too since the hand-off" in result.output
    assert "Auf welche Weise wirkt" in repository.unit(GERMAN, QUESTION)


def test_what_was_changed_here_and_not_by_the_vendor_stays(repository: Repository, tmp_path: Path) -> None:
    path = kit(repository, tmp_path, lambda text: text.replace("Was ist Proleukin?", "Was ist das, Proleukin?"))
    repository.replace_in_unit(GERMAN, QUESTION, "Wie wirkt", "Auf welche Weise wirkt")
    result = handback(repository, path)
    assert result.exit_code == 0
    assert "Auf welche Weise wirkt" in repository.unit(GERMAN, QUESTION)
    assert "Was ist das, Proleukin?" in repository.text(GERMAN)


def test_a_translation_that_came_back_empty_stays(repository: Repository, tmp_path: Path) -> None:
    before = repository.text(GERMAN)
    emptied = copy_of(
        repository, tmp_path / "back", lambda text: text.replace('msgstr "Wie wirkt Proleukin?"', 'msgstr ""')
    )
    assert "it came back empty" in handback(repository, emptied).output
    assert repository.text(GERMAN) == before


def test_an_accepted_change_of_the_english_lets_the_older_text_in(repository: Repository, tmp_path: Path) -> None:
    path = copy_of(repository, tmp_path / "back", sent_back)
    repository.edit(DOCUMENT, "## How does Proleukin work?", "## How, then, does Proleukin work?")
    accepted = CliRunner().invoke(
        cli, ["--project", str(repository.root), "accept-source-change", QUESTION, "--reason", "style", "--by", "A"]
    )
    assert accepted.exit_code == 0, accepted.output
    assert handback(repository, path).exit_code == 0
    unit = read_po(repository.path(GERMAN).read_bytes(), GERMAN).by_id[QUESTION]
    assert (unit.source, unit.targets) == ("How, then, does Proleukin work?", ("Wie wirkt Proleukin genau?",))


def test_a_folder_is_read_like_an_archive(repository: Repository, tmp_path: Path) -> None:
    copy_of(repository, tmp_path / "back", sent_back)
    assert handback(repository, tmp_path / "back").exit_code == 0
    assert "Wie wirkt Proleukin genau?" in repository.text(GERMAN)


def test_the_result_for_a_program_names_every_change(repository: Repository, tmp_path: Path) -> None:
    result = handback(repository, copy_of(repository, tmp_path / "back", sent_back), "--json")
    record = json.loads(result.output)
    assert record["taken"] is True
    assert record["written"] == [GERMAN]
    assert record["catalogs"][0]["changes"] == [
        {
            "entry": QUESTION,
            "effect": "changed",
            "before": ["Wie wirkt Proleukin?"],
            "after": ["Wie wirkt Proleukin genau?"],
        }
    ]


def test_a_catalog_behind_its_english_must_be_updated_first(repository: Repository, tmp_path: Path) -> None:
    path = copy_of(repository, tmp_path / "back", sent_back)
    repository.edit(DOCUMENT, "## Are long-term side effects common?", "## Are late side effects common?")
    assert_refused(repository, path, "is not up to date with the English")


# ---- what is refused: texts


def test_every_hostile_file_says_what_its_refusal_must_say() -> None:
    found = {path.relative_to(HOSTILE).as_posix() for path in HOSTILE.rglob("*") if path.is_file()}
    assert found == EXPECTED.keys() | {"expected.toml"}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_hostile_file_is_refused_whole(repository: Repository, tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{FAQ}{Path(name).suffix}"
    path.write_bytes((HOSTILE / name).read_bytes())
    place = assert_refused(repository, path, EXPECTED[name])
    assert place.startswith(path.name) or path.suffix == ".zip"


def test_a_file_of_absurd_size_is_refused(repository: Repository, tmp_path: Path) -> None:
    path = tmp_path / f"{FAQ}.po"
    path.write_bytes(repository.path(GERMAN).read_bytes() + b"# " + b"x" * 17_000_000 + b"\n")
    assert_refused(repository, path, "is the limit")


def test_a_catalog_of_another_document_is_refused(repository: Repository, tmp_path: Path) -> None:
    path = tmp_path / "other-faq.po"
    path.write_text(repository.text(GERMAN))
    assert_refused(repository, path, "belongs to no document: other-faq")


def test_a_good_file_beside_a_bad_one_is_not_taken_either(repository: Repository, tmp_path: Path) -> None:
    folder = tmp_path / "back"
    copy_of(repository, folder, sent_back)
    (folder / "ui.po").write_text(
        repository.text(catalog("de", "ui")).replace("aktualisiert: {date}", "aktualisiert: {datum}")
    )
    assert_refused(repository, folder, "unknown placeholder {datum}")


def test_every_problem_of_a_return_is_said_in_one_go(repository: Repository, tmp_path: Path) -> None:
    path = copy_of(repository, tmp_path / "back", lambda text: text.replace("{cite1} <a1>Mehr", " <b>Mehr"))
    with pytest.raises(Refused) as refused:
        judge(repository, path)
    assert len({finding.location.line for finding in refused.value.findings}) == repository.text(GERMAN).count(
        "{cite1} <a1>Mehr"
    )


def test_two_files_that_disagree_are_refused(repository: Repository, tmp_path: Path) -> None:
    copy_of(repository, tmp_path / "back", sent_back)
    copy_of(repository, tmp_path / "back" / "again", lambda text: text.replace("Wie wirkt Proleukin?", "Wie?"))
    assert_refused(repository, tmp_path / "back", "differs from the same text in")


# ---- what is refused: archives and folders


def test_too_many_members_are_refused(repository: Repository, tmp_path: Path) -> None:
    path = tmp_path / "back.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(2_001):
            archive.writestr(f"{number}.txt", b"")
    assert_refused(repository, path, "2,000 is the limit")


def test_a_link_in_a_folder_is_refused(repository: Repository, tmp_path: Path) -> None:
    folder = tmp_path / "back"
    folder.mkdir()
    (folder / f"{FAQ}.po").symlink_to(repository.path(GERMAN))
    assert_refused(repository, folder, "is a symbolic link")


def test_a_file_of_another_kind_is_refused(repository: Repository, tmp_path: Path) -> None:
    path = tmp_path / "translations.docx"
    path.write_bytes(b"x")
    assert_refused(repository, path, "is not a .zip, .po, .xlf, .xliff or .tmx file")


def test_a_folder_with_nothing_to_read_is_refused(repository: Repository, tmp_path: Path) -> None:
    (tmp_path / "back").mkdir()
    assert_refused(repository, tmp_path / "back", "holds no .po, .xlf or .tmx file")


def test_a_file_that_is_not_there_stops_with_one_message(repository: Repository, tmp_path: Path) -> None:
    assert "no such file" in str(handback(repository, tmp_path / "none.zip").exception)


def test_a_disk_that_fails_leaves_every_catalog_as_it_was(repository: Repository, tmp_path: Path) -> None:
    folder = tmp_path / "back"
    copy_of(repository, folder, sent_back)
    ui = repository.text(catalog("de", "ui"))
    (folder / "ui.po").write_text(ui.replace("Auf dieser Seite", "Auf dieser Seite hier"))
    returned = judge(repository, folder)
    # A folder in the way of the temporary file makes the second write fail.
    blocked = repository.path(catalog("de", "ui")).with_name(f".ui.po.{os.getpid()}.tmp")
    blocked.mkdir()
    before = repository.files("locales")
    with pytest.raises(Exception, match="cannot be written"):
        write_return(repository.workspace(), returned)
    assert repository.files("locales") == before


def test_an_archive_is_never_unpacked_to_the_disk(repository: Repository, tmp_path: Path) -> None:
    back = kit(repository, tmp_path, sent_back)
    with zipfile.ZipFile(back, "a") as archive:
        archive.writestr("tools/setup.py", "x")
    assert handback(repository, back).exit_code == 0
    assert not [name for name in repository.files() if "setup.py" in name]
