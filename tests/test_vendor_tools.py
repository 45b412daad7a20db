"""vendor tools: what they save comes back as the texts that somebody edited and nothing else, whatever they strip."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import polib
import pytest

from pipeline.model.catalog import FUZZY, Catalog, State, Unit
from pipeline.po import read_po
from tests.peers import require
from tests.repository import DOCUMENT, FAQ, Repository, catalog
from tests.test_vendor_loop import run, unpack

pytestmark = pytest.mark.thorough

LANGUAGES = ("de", "ar")
EDITED = "what-is-proleukin/question"
DOUBTED = "long-term-effects/answer/1"
COMMENT = "# The reviewer in Berlin asked for exactly this wording; please do not shorten it without asking first."

Tool = Callable[[Path, Path], object]


# ---- a kit with everything that a catalog can hold


@pytest.fixture
def worked_on(repository: Repository) -> Repository:
    """The reference content with fuzzy, new and obsolete entries, comments, flags and a header field of a vendor."""
    doubted = "Side effects differ. It is rare for one patient to have every possible side effect."
    repository.edit(DOCUMENT, doubted.replace("differ", "vary"), doubted)
    repository.update()
    repository.edit(DOCUMENT, f"\n\n{doubted}", "")
    repository.edit(DOCUMENT, "sequelae are extremely rare", "sequelae are very rare")
    repository.edit(DOCUMENT, "## Are long-term", "## Is 20% for all? {#is-it-all}\n\nYes.\n\n## Are long-term")
    for language in LANGUAGES:
        name = catalog(language)
        repository.edit_unit(name, EDITED, lambda unit: f"\n{COMMENT}\n#\n# Twice.\n{unit.lstrip()}")
        repository.edit_unit(name, EDITED, lambda unit: unit.replace("msgctxt", "#, no-wrap\nmsgctxt"))
        repository.edit(name, '"Language: ', '"X-Vendor: 7\\n"\n"Language: ')
        repository.write(name, repository.text(name) + "\n# The end.\n")
    repository.update()
    for language in LANGUAGES:
        read = catalog_of(repository.path(catalog(language)))
        assert {unit.state for unit in read.live} == set(State)
        assert [bool(unit.previous) for unit in read.units if unit.obsolete] == [True]
    return repository


def catalog_of(path: Path) -> Catalog:
    return read_po(path.read_bytes(), path.name)


def handed_off(repository: Repository, folder: Path, language: str) -> Path:
    """The folder `po/` of a kit."""
    run(repository, "handoff", language, "-o", str(folder / f"{language}.zip"))
    return unpack(folder / f"{language}.zip") / "po"


# ---- the tools: each opens a catalog and saves it in its place; the template is at hand


def filtered_by(program: str, *options: str) -> Tool:
    def save(path: Path, _: Path) -> None:
        path.write_bytes(subprocess.run([require(program), *options, path], capture_output=True, check=True).stdout)

    return save


def merged_by_msgmerge(*options: str) -> Tool:
    def save(path: Path, pot: Path) -> None:
        command = [require("msgmerge"), "--quiet", "--no-fuzzy-matching", *options, path, pot]
        path.write_bytes(subprocess.run(command, capture_output=True, check=True).stdout)

    return save


def updated_by_pybabel(path: Path, pot: Path) -> None:
    command = [sys.executable, "-m", "babel.messages.frontend", "-q", "update", "--no-fuzzy-matching", "--previous"]
    language = catalog_of(path).fields["Language"]
    subprocess.run([*command, "-l", language, "-i", pot, "-o", path], capture_output=True, check=True)


def saved_by_polib(path: Path, _: Path) -> None:
    polib.pofile(str(path), wrapwidth=78).save()


TOOLS: dict[str, Tool] = {
    "msgcat": filtered_by("msgcat"),
    "msgattrib": filtered_by("msgattrib"),
    "msgattrib --translated": filtered_by("msgattrib", "--translated"),
    "msgattrib --no-obsolete": filtered_by("msgattrib", "--no-obsolete"),
    "msgmerge": merged_by_msgmerge(),
    "msgmerge --previous": merged_by_msgmerge("--previous"),
    "pybabel update": updated_by_pybabel,
    "polib": saved_by_polib,
}

# What each one takes away, as docs/vendors.md says.
END, PREVIOUS, FLAG, OBSOLETE = "the comment at the end", "earlier English", "flag no-wrap", "obsolete entries"
OBSOLETE_PREVIOUS, OBSOLETE_FUZZY = "earlier English of obsolete entries", "fuzzy mark of obsolete entries"
UNTRANSLATED, FIELD, BLANK = "untranslated entries", "header fields of others", "empty comment lines"
STRIPS = {
    "msgcat": {END},
    "msgattrib": {END},
    "msgattrib --translated": {END, UNTRANSLATED},
    "msgattrib --no-obsolete": {END, OBSOLETE},
    "msgmerge": {END, FLAG, PREVIOUS},
    "msgmerge --previous": {END, FLAG},
    "pybabel update": {END, PREVIOUS, OBSOLETE_PREVIOUS, OBSOLETE_FUZZY, FIELD, BLANK},
    "polib": {END, OBSOLETE_PREVIOUS},
}


def stripped(before: Catalog, after: Catalog) -> Iterator[str]:
    """What is no longer in a catalog."""
    if before.tail != after.tail:
        yield END
    if not before.fields.keys() <= after.fields.keys():
        yield FIELD
    left = {(unit.id, unit.obsolete): unit for unit in after.units}
    for unit in before.units:
        other = left.get((unit.id, unit.obsolete))
        if other is None:
            yield OBSOLETE if unit.obsolete else UNTRANSLATED if unit.state is State.UNTRANSLATED else f"{unit.id}"
            continue
        if unit.previous and not other.previous:
            yield OBSOLETE_PREVIOUS if unit.obsolete else PREVIOUS
        if not set(unit.flags) - {FUZZY} <= set(other.flags):
            yield FLAG
        if FUZZY in unit.flags and FUZZY not in other.flags:
            yield OBSOLETE_FUZZY if unit.obsolete else f"fuzzy mark of {unit.id}"
        if "" in unit.translator_comments and "" not in other.translator_comments:
            yield BLANK
        if not set(words(unit)) <= set(words(other)):
            yield f"comments of {unit.id}"


def words(unit: Unit) -> list[str]:
    return " ".join(unit.translator_comments).split()


def saved(tool: str, repository: Repository, folder: Path) -> None:
    for path in sorted(folder.glob("*.po")):
        TOOLS[tool](path, repository.path(f"locales/{path.stem}.pot"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tool", TOOLS)
def test_a_tool_strips_what_the_guide_says_it_does(
    worked_on: Repository, tmp_path: Path, tool: str, language: str
) -> None:
    folder = handed_off(worked_on, tmp_path, language)
    before = catalog_of(folder / f"{FAQ}.po")
    saved(tool, worked_on, folder)
    assert set(stripped(before, catalog_of(folder / f"{FAQ}.po"))) == STRIPS[tool]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tool", TOOLS)
def test_what_a_tool_only_saved_changes_nothing_here(
    worked_on: Repository, tmp_path: Path, tool: str, language: str
) -> None:
    folder = handed_off(worked_on, tmp_path, language)
    handed = {path.name: path.read_bytes() for path in folder.iterdir()}
    saved(tool, worked_on, folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} != handed
    before = worked_on.files()
    assert "Nothing to take: no text differs from what is here." in run(worked_on, "handback", str(folder))
    assert worked_on.files() == before


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tool", TOOLS)
def test_of_what_a_tool_saved_exactly_the_edited_texts_are_taken(
    worked_on: Repository, tmp_path: Path, tool: str, language: str
) -> None:
    """One text is reworded, and a fuzzy one brought up to date."""
    folder = handed_off(worked_on, tmp_path, language)
    vendor = Repository(folder)
    doubted = catalog_of(folder / f"{FAQ}.po").by_id[DOUBTED].targets[0]
    vendor.replace_in_unit(f"{FAQ}.po", EDITED, "Proleukin", "(Proleukin)")
    vendor.edit_unit(f"{FAQ}.po", DOUBTED, lambda unit: without_doubt(unit).replace(doubted, f"XX {doubted}"))
    saved(tool, worked_on, folder)
    before = catalog_of(worked_on.path(catalog(language)))
    assert "Took 2 entries" in run(worked_on, "handback", str(folder))
    assert_only_taken(worked_on, language, before, {EDITED, DOUBTED})
    after = catalog_of(worked_on.path(catalog(language))).by_id
    assert after[DOUBTED].targets == (f"XX {doubted}",)
    assert (after[DOUBTED].state, after[DOUBTED].previous) == (State.TRANSLATED, None)
    assert after[EDITED].translator_comments == before.by_id[EDITED].translator_comments


def without_doubt(unit: str) -> str:
    lines = [line for line in unit.split("\n") if not line.startswith("#|")]
    return "\n".join(lines).replace("#, fuzzy, ", "#, ")


def assert_only_taken(repository: Repository, language: str, before: Catalog, entries: set[str]) -> None:
    """The entries have other translations; the rest of the catalog has the bytes that it had."""
    after = catalog_of(repository.path(catalog(language)))
    assert {old.id for old, new in zip(before.units, after.units, strict=True) if old.raw != new.raw} == entries
    assert {old.id for old, new in zip(before.units, after.units, strict=True) if old.targets != new.targets} == entries
    assert after.tail == before.tail
    signed = {"PO-Revision-Date", "Last-Translator", "Language-Team"}
    assert {key for key in after.fields if after.fields[key] != before.fields.get(key)} <= signed
    assert list(after.fields) == list(before.fields)


# ---- Poedit, on a screen that nobody sees

REWORDED = "Was Sie auf Fragen zu Proleukin antworten"
PATIENCE = 60.0  # seconds; a slow machine needs some of them


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a screen and a home of their own, where Poedit has been used before."""
    settings = tmp_path / "home" / ".config" / "poedit" / "config"
    settings.parent.mkdir(parents=True)
    settings.write_text("focus_to_text=1\nenable_spellchecking=0\nuse_tm=0\n")
    # Without -noreset the screen begins anew whenever its last program leaves, and lets none in meanwhile.
    server = [require("Xvfb"), "-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp", "-noreset"]
    with subprocess.Popen(server, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as screen:
        assert screen.stdout is not None
        try:
            display = screen.stdout.readline().strip()
            assert display, "Xvfb does not start"
            yield {
                "DBUS_SESSION_BUS_ADDRESS": "disabled:",
                "DISPLAY": f":{display}",
                "HOME": str(tmp_path / "home"),
                "LANG": "C.UTF-8",
                "NO_AT_BRIDGE": "1",
                "PATH": os.environ["PATH"],
                "XDG_RUNTIME_DIR": str(tmp_path / "home"),
            }
        finally:
            screen.terminate()


def saved_by_poedit(desktop: dict[str, str], path: Path, wording: str = "") -> None:
    """Open the file in Poedit, put the wording in place of the translation that it shows first, save and close.

    Keys that come before the window listens are lost: then it all begins anew, with more time to get ready.
    """
    before = path.read_bytes()
    for attempt in range(4):
        path.write_bytes(before)
        command = [require("poedit"), path]
        with subprocess.Popen(command, env=desktop, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as poedit:
            try:
                waited(lambda: poedit.poll() is not None or is_shown(desktop, path))
                time.sleep(1 + 4 * attempt)
                if wording:
                    xdotool(desktop, "key", "ctrl+a")
                    xdotool(desktop, "type", "--delay", "20", wording)
                xdotool(desktop, "key", "ctrl+s")
                if waited(lambda: is_saved(path, wording), PATIENCE / 6):
                    xdotool(desktop, "key", "ctrl+q")
                    assert waited(lambda: poedit.poll() is not None), "Poedit does not close"
                    return
            finally:
                poedit.kill()
    pytest.fail(f"Poedit did not save {path.name}")


def is_shown(desktop: dict[str, str], path: Path) -> bool:
    return xdotool(desktop, "search", "--onlyvisible", "--name", f"{path.name}.*Poedit$")


def xdotool(desktop: dict[str, str], *command: str) -> bool:
    """Whether it has been done."""
    command = (require("xdotool"), *command)
    return subprocess.run(command, env=desktop, capture_output=True, timeout=PATIENCE, check=False).returncode == 0


def waited(condition: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def is_saved(path: Path, wording: str) -> bool:
    data = path.read_bytes() if path.exists() else b""
    return b"X-Generator: Poedit" in data and f'msgstr "{wording}"'.encode() in data


@pytest.mark.parametrize(("language", "domain"), [("de", FAQ), ("ar", "ui")])
def test_what_poedit_only_saved_changes_nothing_here(
    worked_on: Repository, tmp_path: Path, desktop: dict[str, str], language: str, domain: str
) -> None:
    folder = handed_off(worked_on, tmp_path, language)
    path = folder / f"{domain}.po"
    handed = catalog_of(path)
    saved_by_poedit(desktop, path)
    assert set(stripped(handed, catalog_of(path))) == ({END} if domain == FAQ else set())
    assert path.with_suffix(".mo").exists()
    before = worked_on.files()
    assert "Nothing to take: no text differs from what is here." in run(worked_on, "handback", str(folder))
    assert worked_on.files() == before


def test_of_what_poedit_saved_exactly_the_edited_text_is_taken(
    worked_on: Repository, tmp_path: Path, desktop: dict[str, str]
) -> None:
    """Poedit takes the mark of a fuzzy text away when somebody edits it."""
    worked_on.edit(DOCUMENT, "What to tell patients who ask about", "How to answer patients who ask about")
    worked_on.update()
    folder = handed_off(worked_on, tmp_path, "de")
    before = catalog_of(worked_on.path(catalog("de")))
    assert before.by_id["title"].state is State.FUZZY
    saved_by_poedit(desktop, folder / f"{FAQ}.po", REWORDED)
    assert "Took 1 entries" in run(worked_on, "handback", str(folder))
    assert_only_taken(worked_on, "de", before, {"title"})
    title = catalog_of(worked_on.path(catalog("de"))).by_id["title"]
    assert (title.targets, title.state, title.previous) == ((REWORDED,), State.TRANSLATED, None)


# ---- OmegaT, whose project is in the kit

NEW = "is-it-all/question"
WORK = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx11.dtd">
<tmx version="1.1">
  <header creationtool="OmegaT" creationtoolversion="3.6.0" o-tmf="OmegaT TMX" adminlang="EN-US"
    datatype="plaintext" segtype="paragraph" srclang="en-US"/>
  <body>
    <tu>
      <tuv lang="en-US"><seg>Is 20% for all?</seg></tuv>
      <tuv lang="de"><seg>Gelten 20 % für alle?</seg></tuv>
    </tu>
  </body>
</tmx>
"""


def test_of_a_project_in_omegat_exactly_the_translated_text_is_taken(worked_on: Repository, tmp_path: Path) -> None:
    """OmegaT writes a fuzzy text that nobody confirmed as an empty one: what is here stays."""
    project = handed_off(worked_on, tmp_path, "de").parent / "checkers" / "omegat"
    # What OmegaT keeps of the work in its window.
    (project / "omegat" / "project_save.tmx").write_text(WORK, "utf-8")
    command = [require("omegat"), project, "--mode=console-translate", f"--config-dir={tmp_path / 'config'}"]
    subprocess.run(command, capture_output=True, timeout=10 * PATIENCE, check=True)
    before = catalog_of(worked_on.path(catalog("de")))
    lost = set(stripped(before, catalog_of(project / "target" / f"{FAQ}.po")))
    assert lost == {OBSOLETE_FUZZY, f"fuzzy mark of {DOUBTED}"}
    output = run(worked_on, "handback", str(project / "target"))
    assert "Took 1 entries" in output
    assert f"[{DOUBTED}] it came back empty; the translation here stays" in output
    assert_only_taken(worked_on, "de", before, {NEW})
    assert catalog_of(worked_on.path(catalog("de"))).by_id[NEW].targets == ("Gelten 20 % für alle?",)
