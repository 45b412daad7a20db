"""handoff: a kit holds what the repository holds, is made only from what is up to date, and overwrites no work."""

import csv
import io
import json
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pipeline import flow
from pipeline.errors import PipelineError
from pipeline.exchange import xml
from pipeline.exchange.manifest import read_manifest, source_digest, target_digest
from pipeline.handback import read_return
from pipeline.handoff import Handoff, handoff_locale, prepare, write_handoff
from pipeline.model.catalog import Catalog, State
from pipeline.model.finding import Refused
from pipeline.model.locale import Locale
from pipeline.po import read_po
from pipeline.workspace import Workspace
from tests.exchange.pages import by_class, parsed, text
from tests.peers import require, require_package
from tests.repository import DOCUMENT, FAQ, NOW, REFERENCES, SETTINGS, Repository, catalog

pytestmark = pytest.mark.thorough

GERMAN = catalog("de")
ANSWER = "reversibility/answer/1"
NEW_ENTRY = "## Is it {new}? {#is-it-new}\n\nYes, it is **new**.[@proleukin2019]\n\n## Are long-term"

XLIFF = "{urn:oasis:names:tc:xliff:document:1.2}"


def prepared(repository: Repository, locale: str = "de", *, pending: bool = False) -> Handoff:
    workspace = repository.workspace()
    target = handoff_locale(workspace.settings, locale)
    return prepare(workspace, flow.read_content(workspace), target, pending=pending)


def hand_off(repository: Repository, path: Path, locale: str = "de", *, pending: bool = False) -> dict[str, bytes]:
    """Make a kit and read it."""
    write_handoff(prepared(repository, locale, pending=pending), path)
    return members(path)


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repacked(path: Path, changes: dict[str, bytes]) -> None:
    """The kit as a vendor packs it again after work."""
    files = {**members(path), **changes}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)


def work_to_do(repository: Repository) -> None:
    """A changed text and two new ones."""
    repository.edit(DOCUMENT, "Yes, and most of them quickly.", "Yes, and most of them very quickly.")
    repository.edit(DOCUMENT, "## Are long-term", NEW_ENTRY)
    repository.update()


def units(data: bytes) -> Catalog:
    return read_po(data, "x.po")


def xliff_units(data: bytes) -> dict[str, ElementTree.Element]:
    return {unit.get("resname", ""): unit for unit in ElementTree.fromstring(data).iter(f"{XLIFF}trans-unit")}


# ---- what is in the kit


def test_a_kit_has_every_format(repository: Repository, tmp_path: Path) -> None:
    kit = hand_off(repository, tmp_path / "kit.zip")
    domains = (FAQ, "ui")
    assert {name for name in kit if not name.startswith("checkers/")} == {
        "README.html",
        "counts.csv",
        "counts.json",
        "glossary/glossary.csv",
        "glossary/glossary.tbx",
        "manifest.json",
        "memory/de.tmx",
        *(f"po/{domain}.po" for domain in domains),
        *(f"preview/{domain}.html" for domain in domains),
        *(f"xliff-1.2/{domain}.xlf" for domain in domains),
        *(f"xliff-2.1/{domain}.xlf" for domain in domains),
    }
    assert list(kit) == sorted(kit)


@pytest.mark.parametrize("locale", ["de", "ar", "ja", "fr_CA", "pl"])
def test_the_catalogs_in_a_full_kit_are_those_of_the_repository_byte_for_byte(
    repository: Repository, tmp_path: Path, locale: str
) -> None:
    kit = hand_off(repository, tmp_path / "kit.zip", locale)
    for domain in (FAQ, "ui"):
        assert kit[f"po/{domain}.po"] == repository.path(catalog(locale, domain)).read_bytes()


def test_obsolete_entries_and_crlf_come_through_in_a_full_kit(repository: Repository, tmp_path: Path) -> None:
    obsolete = '\n#~ msgctxt "gone/answer/1"\n#~ msgid "Gone."\n#~ msgstr "Weg."\n\n# the end\n'
    repository.write(GERMAN, (repository.text(GERMAN) + obsolete).replace("\n", "\r\n"))
    kit = hand_off(repository, tmp_path / "kit.zip")
    assert kit[f"po/{FAQ}.po"] == repository.path(GERMAN).read_bytes()


def test_a_pending_kit_has_the_header_and_what_needs_work(repository: Repository, tmp_path: Path) -> None:
    work_to_do(repository)
    whole = units(repository.path(GERMAN).read_bytes())
    kit = hand_off(repository, tmp_path / "kit.zip", pending=True)
    part = units(kit[f"po/{FAQ}.po"])
    assert part.header.targets == whole.header.targets
    assert [unit.id for unit in part.units] == [ANSWER, "is-it-new/question", "is-it-new/answer/1"]
    assert [unit.raw.strip() for unit in part.units] == [whole.by_id[unit.id].raw.strip() for unit in part.units]
    assert list(xliff_units(kit[f"xliff-1.2/{FAQ}.xlf"])) == [unit.id for unit in part.units]
    assert not any("/ui." in name for name in kit)


def test_msgfmt_takes_the_catalog_of_a_pending_kit(repository: Repository, tmp_path: Path) -> None:
    msgfmt = require("msgfmt")
    work_to_do(repository)
    (tmp_path / "part.po").write_bytes(hand_off(repository, tmp_path / "kit.zip", pending=True)[f"po/{FAQ}.po"])
    done = subprocess.run(
        [msgfmt, "-c", "-o", "/dev/null", "part.po"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_obsolete_entries_need_no_work(repository: Repository, tmp_path: Path) -> None:
    repository.edit(DOCUMENT, "## Why can Proleukin not be given in my office?", "## Why not in my office?")
    repository.edit(
        DOCUMENT, "\n\nSide effects vary. It is rare for one patient to have every possible side effect.", ""
    )
    repository.update()
    assert "#~ msgctxt" in repository.text(GERMAN)
    assert b"#~" not in hand_off(repository, tmp_path / "kit.zip", pending=True)[f"po/{FAQ}.po"]


def test_nothing_needs_work_in_a_finished_language(repository: Repository) -> None:
    assert prepared(repository, pending=True).is_empty
    assert not prepared(repository).is_empty


def test_the_memory_has_what_is_finished_and_nothing_else(repository: Repository, tmp_path: Path) -> None:
    work_to_do(repository)
    kit = hand_off(repository, tmp_path / "kit.zip", pending=True)
    known = {tu.get("tuid") for tu in ElementTree.fromstring(kit["memory/de.tmx"]).iter("tu")}
    assert f"{FAQ}/how-it-works/answer/1" in known
    assert "ui/page/skip" in known
    assert not {f"{FAQ}/{ANSWER}", f"{FAQ}/is-it-new/question"} & known


def test_translate_toolkit_reads_every_bilingual_file(repository: Repository, tmp_path: Path) -> None:
    require_package("translate")
    from translate.storage import factory

    work_to_do(repository)
    kit = hand_off(repository, tmp_path / "kit.zip")
    sources = {}
    for name in (f"po/{FAQ}.po", f"xliff-1.2/{FAQ}.xlf", "memory/de.tmx", "glossary/glossary.tbx"):
        path = tmp_path / name.rpartition("/")[2]
        path.write_bytes(kit[name])
        sources[name] = [unit for unit in factory.getobject(str(path)).units if unit.istranslatable()]
    assert len(sources[f"po/{FAQ}.po"]) == len(sources[f"xliff-1.2/{FAQ}.xlf"]) == 31
    assert len(sources["memory/de.tmx"]) > 40
    assert len(sources["glossary/glossary.tbx"]) >= 20


def test_the_manifest_says_what_the_kit_was_made_from(repository: Repository, tmp_path: Path) -> None:
    work_to_do(repository)
    kit = hand_off(repository, tmp_path / "kit.zip", pending=True)
    manifest = read_manifest(kit["manifest.json"], "manifest.json")
    assert (manifest.project, manifest.locale) == ("Proleukin FAQ for healthcare professionals", "de")
    assert {file.path: file.sha256 for file in manifest.files} == {
        name: sha256(data).hexdigest() for name, data in kit.items() if name != "manifest.json"
    }
    (domain,) = manifest.domains
    german = units(repository.path(GERMAN).read_bytes()).by_id
    assert domain.domain == FAQ
    assert [(unit.id, unit.source, unit.target) for unit in domain.units] == [
        (unit.id, source_digest(unit.source, unit.plural), target_digest(unit.targets))
        for unit in (german[identifier] for identifier in (ANSWER, "is-it-new/question", "is-it-new/answer/1"))
    ]


def test_the_counts_are_of_the_whole_language_even_in_a_pending_kit(repository: Repository, tmp_path: Path) -> None:
    work_to_do(repository)
    full = hand_off(repository, tmp_path / "full.zip")
    part = hand_off(repository, tmp_path / "part.zip", pending=True)
    assert full["counts.json"] == part["counts.json"]
    assert full["counts.csv"] == part["counts.csv"]
    total = json.loads(full["counts.json"])["total"]
    assert (total["untranslated"]["segments"], total["fuzzy"]["segments"]) == (2, 1)
    assert total["matches"]["95-99"]["segments"] == 1
    assert sum(tally["segments"] for tally in total["matches"].values()) == 3


def test_pocount_counts_the_same_texts_in_each_state(repository: Repository, tmp_path: Path) -> None:
    require_package("translate")
    work_to_do(repository)
    kit = hand_off(repository, tmp_path / "kit.zip")
    (tmp_path / f"{FAQ}.po").write_bytes(kit[f"po/{FAQ}.po"])
    command = [sys.executable, "-m", "translate.tools.pocount", "--csv", f"{FAQ}.po"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    (row,) = csv.DictReader(io.StringIO(done.stdout.replace(", ", ",")))
    counts = {count["document"]: count for count in json.loads(kit["counts.json"])["documents"]}[FAQ]
    assert int(row["Translated Messages"]) == counts["translated"]["segments"]
    assert int(row["Fuzzy Messages"]) == counts["fuzzy"]["segments"]
    assert int(row["Untranslated Messages"]) == counts["untranslated"]["segments"]


def test_the_preview_shows_the_whole_page_even_in_a_pending_kit(repository: Repository, tmp_path: Path) -> None:
    work_to_do(repository)
    root = parsed(hand_off(repository, tmp_path / "kit.zip", "ar", pending=True)[f"preview/{FAQ}.html"])
    content = flow.read_content(repository.workspace())
    shown = [row.findtext("header/code") for row in by_class(root, "text")]
    assert shown == [message.id for message in content.documents[0].messages()]
    assert "28 translated, 1 fuzzy, 2 untranslated" in text(by_class(root, "lead")[0])
    assert {row.get("dir") for row in by_class(root, "target")} == {"rtl"}


def test_the_guide_is_a_valid_page_in_every_language(repository: Repository, tmp_path: Path) -> None:
    for locale in ("ar", "ja", "fr_CA", "en_GB"):
        kit = hand_off(repository, tmp_path / f"{locale}.zip", locale)
        parsed(kit["README.html"])


def test_the_same_content_gives_the_same_bytes(repository: Repository, tmp_path: Path) -> None:
    work_to_do(repository)
    hand_off(repository, tmp_path / "one.zip")
    for path in repository.root.rglob("*"):
        path.touch()
    hand_off(repository, tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_handing_off_changes_nothing_in_the_repository(repository: Repository, tmp_path: Path) -> None:
    before = repository.files()
    hand_off(repository, tmp_path / "kit.zip", "fr_CA")
    assert repository.files() == before


# ---- a translation that is no text of its message


def test_a_translation_with_a_foreign_placeholder_is_handed_off_as_work(repository: Repository, tmp_path: Path) -> None:
    repository.replace_in_unit(GERMAN, ANSWER, "{cite1}", "{cite2}")
    kit = hand_off(repository, tmp_path / "kit.zip", pending=True)
    (unit,) = units(kit[f"po/{FAQ}.po"]).units
    assert (unit.id, unit.state) == (ANSWER, State.TRANSLATED)
    (xliff,) = xliff_units(kit[f"xliff-1.2/{FAQ}.xlf"]).values()
    assert xliff.find(f"{XLIFF}target") is None
    notes = [note.text or "" for note in xliff.iter(f"{XLIFF}note")]
    assert any("cannot be used (unknown placeholder {cite2}): Ja, und die meisten" in note for note in notes)
    root = parsed(kit[f"preview/{FAQ}.html"])
    assert [text(problem) for problem in by_class(root, "problem")] == [
        "This translation cannot be used: unknown placeholder {cite2}"
    ]
    assert json.loads(kit["counts.json"])["total"]["untranslated"]["segments"] == 1


# ---- overlays


def test_the_kit_of_an_overlay_has_its_own_texts_and_shows_the_rest_of_the_page(
    repository: Repository, tmp_path: Path
) -> None:
    kit = hand_off(repository, tmp_path / "kit.zip", "fr_CA")
    own = {unit.id for unit in units(kit[f"po/{FAQ}.po"]).live}
    assert set(xliff_units(kit[f"xliff-1.2/{FAQ}.xlf"])) == own
    root = parsed(kit[f"preview/{FAQ}.html"])
    inherited = {row.findtext("header/code", "") for row in by_class(root, "inherited")}
    shown = {row.findtext("header/code", "") for row in by_class(root, "text")}
    assert inherited == shown - own
    assert inherited
    states = {text(by_class(row, "state")[0]) for row in by_class(root, "inherited")}
    assert states == {"in the words of fr: not part of this catalog"}


def test_an_overlay_of_the_source_shows_the_english_and_leaves_out_catalogs_that_it_has_not(
    repository: Repository, tmp_path: Path
) -> None:
    kit = hand_off(repository, tmp_path / "kit.zip", "en_GB")
    assert [name for name in kit if name.startswith("po/")] == [f"po/{FAQ}.po"]
    root = parsed(kit[f"preview/{FAQ}.html"])
    states = {text(by_class(row, "state")[0]) for row in by_class(root, "inherited")}
    assert states == {"in the words of en-US: not part of this catalog"}


# ---- which locale is meant


@pytest.mark.parametrize(
    ("name", "meant"),
    [("de", "de"), ("de_AT", "de"), ("de-AT", "de"), ("es_US", "es"), ("fr_CA", "fr_CA"), ("pt_BR", "pt_BR")],
)
def test_an_edition_that_reads_one_catalog_means_that_one(repository: Repository, name: str, meant: str) -> None:
    assert handoff_locale(repository.workspace().settings, name) == Locale.parse(meant)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("en_US", "en_US reads no catalogs"),
        ("it", "it is no locale of this project"),
        ("en_XA", "en_XA is no locale of this project"),
        ("fr_BE", "fr_BE reads the catalogs of fr_CA and fr"),
    ],
)
def test_any_other_locale_is_refused_with_the_choices(repository: Repository, name: str, message: str) -> None:
    repository.edit(SETTINGS, 'fr_FR = ["fr"]\n', 'fr_FR = ["fr"]\nfr_BE = ["fr_CA", "fr"]\n')
    with pytest.raises(PipelineError, match=message) as caught:
        handoff_locale(repository.workspace().settings, name)
    assert caught.value.hint is not None
    assert caught.value.hint.startswith("the catalogs are en_GB, es, de, ")


# ---- what is not handed off


def test_a_catalog_that_is_behind_the_english_is_not_handed_off(repository: Repository) -> None:
    repository.edit(DOCUMENT, "Yes, and most of them quickly.", "Yes, and most of them very quickly.")
    with pytest.raises(PipelineError, match="is not up to date with the English") as caught:
        prepared(repository)
    assert (caught.value.where, caught.value.hint) == (GERMAN, "run `pipeline update` first")
    repository.update()
    assert not prepared(repository).is_empty


def test_notes_with_old_reference_numbers_are_not_handed_off(repository: Repository) -> None:
    records = repository.text(REFERENCES)
    first, second = records.index("[[reference]]"), records.index("[[reference]]", records.index("[[reference]]") + 1)
    repository.write(REFERENCES, records[:first] + records[second:] + "\n" + records[first:second])
    with pytest.raises(PipelineError, match="is not up to date with the English"):
        prepared(repository)
    repository.update()
    prepared(repository)


def test_an_overlay_is_up_to_date_without_the_texts_that_it_does_not_say(repository: Repository) -> None:
    work_to_do(repository)
    assert len(prepared(repository, "fr_CA").domains[0].handed) < len(prepared(repository, "fr").domains[0].handed)


def test_a_missing_catalog_is_not_handed_off(repository: Repository) -> None:
    repository.remove(catalog("de", "ui"))
    with pytest.raises(PipelineError, match="does not exist") as caught:
        prepared(repository)
    assert (caught.value.where, caught.value.hint) == (catalog("de", "ui"), "run `pipeline update` first")


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ('msgstr "Wie wirkt Proleukin?"', 'msgstr "Wie wirkt Proleukin?', "syntax"),
        ("nplurals=2; plural=(n != 1);", "nplurals=1; plural=0;", "plural-forms"),
        ('"Language: de\\n"', '"Language: fr\\n"', "language-header"),
    ],
)
def test_a_catalog_that_cannot_be_read_is_not_handed_off(repository: Repository, old: str, new: str, rule: str) -> None:
    repository.edit(GERMAN, old, new)
    with pytest.raises(Refused) as caught:
        prepared(repository)
    assert {finding.location.file for finding in caught.value.findings} == {GERMAN}
    assert rule in {finding.rule for finding in caught.value.findings}


def test_a_document_that_is_too_large_to_come_back_is_not_handed_off(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work_to_do(repository)
    path = tmp_path / "kit.zip"
    largest = max(len(data) for name, data in hand_off(repository, path).items() if name.endswith(".xlf"))
    before = path.read_bytes()
    monkeypatch.setattr(xml, "BYTES_LIMIT", (largest * 3 + 1) // 2)
    hand_off(repository, path)
    monkeypatch.setattr(xml, "BYTES_LIMIT", (largest * 3 + 1) // 2 - 1)
    with pytest.raises(PipelineError, match=f"would have {largest:,} bytes; {largest - 1:,} is the limit") as caught:
        hand_off(repository, path)
    assert str(caught.value.where).endswith(f"/{FAQ}.xlf")
    assert caught.value.hint == "split the document, or hand off with --pending what needs work"
    assert (path.read_bytes(), list(tmp_path.glob(".*"))) == (before, [])
    hand_off(repository, tmp_path / "part.zip", pending=True)


# ---- the file


def test_an_earlier_kit_is_replaced(repository: Repository, tmp_path: Path) -> None:
    path = tmp_path / "kit.zip"
    hand_off(repository, path)
    work_to_do(repository)
    assert b"very quickly" in hand_off(repository, path)[f"po/{FAQ}.po"]


def test_a_kit_that_somebody_has_worked_in_is_never_overwritten(repository: Repository, tmp_path: Path) -> None:
    path = tmp_path / "kit.zip"
    german = hand_off(repository, path)[f"po/{FAQ}.po"]
    repacked(path, {f"po/{FAQ}.po": german.replace(b"Wie wirkt Proleukin?", b"Wie wirkt es?")})
    before = path.read_bytes()
    with pytest.raises(PipelineError, match=f"somebody has worked in: po/{FAQ}.po") as caught:
        hand_off(repository, path)
    assert "pipeline handback" in str(caught.value.hint)
    assert path.read_bytes() == before


def test_a_kit_for_another_language_or_project_is_not_overwritten(repository: Repository, tmp_path: Path) -> None:
    path = tmp_path / "kit.zip"
    hand_off(repository, path, "fr")
    with pytest.raises(PipelineError, match="is a kit of Proleukin FAQ for healthcare professionals for fr"):
        hand_off(repository, path)
    repository.edit(SETTINGS, 'name = "Proleukin FAQ for healthcare professionals"', 'name = "Another FAQ"')
    with pytest.raises(PipelineError, match="is a kit of Proleukin FAQ"):
        hand_off(repository, path, "fr")


def test_what_is_no_kit_is_not_overwritten(repository: Repository, tmp_path: Path) -> None:
    path = tmp_path / "kit.zip"
    path.write_bytes(b"holiday pictures")
    with pytest.raises(PipelineError, match="is there already and is not a kit"):
        hand_off(repository, path)
    assert path.read_bytes() == b"holiday pictures"


def test_a_link_or_a_folder_is_not_overwritten(repository: Repository, tmp_path: Path) -> None:
    hand_off(repository, tmp_path / "kit.zip")
    (tmp_path / "link.zip").symlink_to(tmp_path / "kit.zip")
    (tmp_path / "folder.zip").mkdir()
    for name in ("link.zip", "folder.zip"):
        with pytest.raises(PipelineError, match="is not a regular file"):
            hand_off(repository, tmp_path / name)


def test_a_folder_that_is_not_there_is_one_clear_sentence(repository: Repository, tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match="cannot be written: No such file or directory"):
        hand_off(repository, tmp_path / "nowhere" / "kit.zip")


def test_a_text_that_xml_cannot_hold_leaves_the_earlier_kit_as_it_was(repository: Repository, tmp_path: Path) -> None:
    path = tmp_path / "kit.zip"
    hand_off(repository, path)
    before = path.read_bytes()
    repository.replace_in_unit(GERMAN, ANSWER, "rasch", "ra\\vsch")
    with pytest.raises(Refused) as caught:
        hand_off(repository, path)
    assert {finding.entry for finding in caught.value.findings} == {ANSWER}
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir() if entry.name.startswith(".")] == []


# ---- and back


def test_a_kit_that_comes_back_as_it_went_out_changes_nothing(repository: Repository, tmp_path: Path) -> None:
    work_to_do(repository)
    for locale in ("de", "ar", "fr_CA", "en_GB"):
        path = tmp_path / f"{locale}.zip"
        hand_off(repository, path, locale)
        workspace = repository.workspace()
        returned = read_return(workspace, flow.read_content(workspace), path)
        assert returned.files == ()
        assert [result for result in returned.catalogs if result.changes] == []


@pytest.mark.parametrize("folder", ["po", "xliff-1.2", "xliff-2.1"])
def test_a_translation_in_any_one_file_type_comes_back_alone(
    repository: Repository, tmp_path: Path, folder: str
) -> None:
    path = tmp_path / "kit.zip"
    kit = hand_off(repository, path)
    (name,) = (name for name in kit if name.startswith(f"{folder}/{FAQ}"))
    old, new = "spezialisierte Behandlungszentren", "spezialisierte Zentren"
    assert kit[name].count(old.encode()) == 1
    repacked(path, {name: kit[name].replace(old.encode(), new.encode())})
    workspace = repository.workspace()
    returned = read_return(workspace, flow.read_content(workspace), path)
    changes = [change for result in returned.catalogs for change in result.changes]
    assert returned.files == (name,)
    assert [(change.after.id, change.after.targets[0].count(new)) for change in changes] == [(ANSWER, 1)]


def test_omegat_opens_the_project_in_the_kit_and_leaves_what_it_leaves_open_empty(
    repository: Repository, tmp_path: Path
) -> None:
    omegat = require("omegat")
    work_to_do(repository)
    kit = hand_off(repository, tmp_path / "kit.zip", "ar")
    for name, data in kit.items():
        path = tmp_path / "kit" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    project = tmp_path / "kit" / "checkers" / "omegat"
    config = tmp_path / "config"
    config.mkdir()
    command = [omegat, str(project), "--mode=console-translate", f"--config-dir={config}"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "Finished")
    workspace = repository.workspace()
    returned = read_return(workspace, flow.read_content(workspace), project / "target")
    assert len(returned.files) == 2
    left = [(left.returned.id, left.reason) for result in returned.catalogs for left in result.left]
    assert left == [(ANSWER, "it came back empty; the translation here stays")]
    assert [change for result in returned.catalogs for change in result.changes] == []


# ---- size


def test_ten_thousand_texts_fit_in_a_kit(tmp_path: Path) -> None:
    workspace, content = big_repository(tmp_path)
    handoff = prepare(workspace, content, Locale.parse("de"))
    manifest = write_handoff(handoff, tmp_path / "kit.zip")
    assert sum(len(domain.units) for domain in manifest.domains) > 10_000


def big_repository(folder: Path) -> tuple[Workspace, flow.Content]:
    """A document of 5,000 questions with their answers, of which every second is translated."""
    entries = (
        f"## What of {number}? {{#e{number}}}\n\nSee {number} and {number * 7} of it.[@one] [More](/x)\n"
        for number in range(5_000)
    )
    front = "---\ntitle: Big\naudience: healthcare-professionals\nstatus: sample\nupdated: 2026-11-22\n---\n\nLead.\n\n"
    repository = Repository(folder)
    repository.write("messages/big.md", front + "\n".join(entries))
    repository.write("messages/references.toml", '[[reference]]\nkey = "one"\ntext = "One. 2019."\n')
    repository.write("messages/glossary.toml", "")
    settings = 'name = "Big"\ncontact = ""\nsource = "en_US"\n[editions]\nde_DE = ["de"]\n[disclaimers]\ndefault = []\n'
    repository.write("pipeline.toml", settings)
    workspace = repository.workspace()
    content = flow.read_content(workspace)
    assert content.findings == ()
    flow.update(workspace, content, NOW)
    name = catalog("de", "big")
    empty, filled = 'msgid "What of {}?"\nmsgstr ""', 'msgid "What of {}?"\nmsgstr "Was ist mit {}?"'
    text_of_file = repository.text(name)
    for number in range(0, 5_000, 50):
        text_of_file = text_of_file.replace(empty.format(number), filled.format(number, number))
    repository.write(name, text_of_file)
    return workspace, content
