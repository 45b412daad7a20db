"""reproducible: the same content gives the same bytes anywhere, and an edit costs only what it changes."""

import json
import random
import re
import shutil
from pathlib import Path

import pytest

from tests.cli.command import process
from tests.repository import (
    BASE_LANGUAGES,
    CONTENT,
    DOCUMENT,
    EDITIONS,
    FAQ,
    LOCALES,
    REFERENCES,
    ROOT,
    Repository,
    bundle,
    catalog,
    reference_repository,
)

pytestmark = pytest.mark.thorough

INDEX = "exports/index.json"
POT = f"locales/{FAQ}.pot"
OVERLAYS = ("en_GB", "fr_CA")

SURROUNDINGS = {
    "far in the east": {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "LANG": "ja_JP.UTF-8", "PYTHONHASHSEED": "1"},
    "far in the west": {"TZ": "Etc/GMT+12", "LC_ALL": "C", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "4294967295"},
}


def in_another_order(folder: Path, seed: int) -> Repository:
    """The reference content without exports, its files created in an order of their own."""
    paths = [path for name in CONTENT if name != "exports" for path in _files(ROOT / name)]
    random.Random(seed).shuffle(paths)
    for path in paths:
        place = folder / path.relative_to(ROOT)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)
    return Repository(folder)


def _files(path: Path) -> list[Path]:
    return [path] if path.is_file() else sorted(each for each in path.rglob("*") if each.is_file())


@pytest.mark.parametrize("surroundings", SURROUNDINGS)
def test_an_export_is_byte_identical_to_the_committed_one_wherever_it_is_made(
    tmp_path: Path, surroundings: str
) -> None:
    committed = reference_repository(_folder(tmp_path / "committed")).files()
    repository = in_another_order(_folder(tmp_path / "made"), seed=len(surroundings))
    for _ in range(2):
        ended = process("run", folder=repository.root, **SURROUNDINGS[surroundings])
        assert (ended.code, ended.err) == (0, "")
        assert repository.files() == committed
        shutil.rmtree(repository.path("exports"))


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


@pytest.mark.parametrize("epoch", ["1767225600", "4070908800"])
def test_the_day_of_an_export_is_not_in_it(repository: Repository, epoch: str) -> None:
    before = repository.files("exports")
    shutil.rmtree(repository.path("exports"))
    assert process("run", folder=repository.root, SOURCE_DATE_EPOCH=epoch).code == 0
    assert repository.files("exports") == before


def test_templates_and_catalogs_do_not_know_the_day_either(repository: Repository) -> None:
    before = repository.files("locales")
    assert process("run", folder=repository.root, SOURCE_DATE_EPOCH="2000000000").code == 0
    assert repository.files("locales") == before


def test_what_an_edit_writes_is_the_same_bytes_wherever_it_is_run(tmp_path: Path) -> None:
    written = []
    for number, surroundings in enumerate(SURROUNDINGS.values()):
        repository = reference_repository(_folder(tmp_path / str(number)))
        repository.edit(DOCUMENT, OLD, NEW)
        repository.remove(catalog("ja"))
        assert process("run", folder=repository.root, **surroundings).code == 1
        written.append(repository.files())
    east, west = written
    assert east == west
    assert b"POT-Creation-Date: 2026-11-22 12:00+0000" in east[POT]
    assert b"PO-Revision-Date: 2026-11-22 12:00+0000" in east[catalog("ja")]


# What an edit costs


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """Lines that a diff of the two would take away and add."""
    import difflib

    lines = list(difflib.unified_diff(before.split("\n"), after.split("\n"), lineterm="", n=0))[2:]
    return [line[1:] for line in lines if line[0] == "-"], [line[1:] for line in lines if line[0] == "+"]


OLD = "No. Long-term sequelae are extremely rare."
NEW = "No. Long-term sequelae are very rare."
EDITED = "long-term-effects/answer/1"


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> tuple[Repository, dict[str, bytes]]:
    """The content after an edit of one English paragraph and a run, and what was in it before; only to look at."""
    repository = reference_repository(tmp_path_factory.mktemp("edited"))
    before = repository.files()
    repository.edit(DOCUMENT, OLD, NEW)
    repository.run()
    return repository, before


@pytest.mark.parametrize("language", BASE_LANGUAGES)
def test_an_edit_of_one_paragraph_makes_exactly_that_unit_fuzzy(
    edited: tuple[Repository, dict[str, bytes]], language: str
) -> None:
    repository, before = edited
    name = catalog(language)
    removed, added = changed_lines(before[name].decode(), repository.text(name))
    assert removed == ["#, python-brace-format", f'msgid "{OLD}{{cite1}}"']
    assert added == [
        "#, fuzzy, python-brace-format",
        f'#| msgctxt "{EDITED}"',
        f'#| msgid "{OLD}{{cite1}}"',
        f'msgid "{NEW}{{cite1}}"',
    ]
    assert "#| msgid" in repository.unit(name, EDITED)


def test_an_edit_of_one_paragraph_changes_no_other_catalog(edited: tuple[Repository, dict[str, bytes]]) -> None:
    repository, before = edited
    after = repository.files("locales")
    changed = {name for name, data in after.items() if data != before[name]}
    assert changed == {POT, *(catalog(language) for language in BASE_LANGUAGES)}
    removed, added = changed_lines(before[POT].decode(), after[POT].decode())
    assert {line for line in (*removed, *added) if "POT-Creation-Date" not in line} == {
        f'msgid "{OLD}{{cite1}}"',
        f'msgid "{NEW}{{cite1}}"',
    }


def test_an_edit_of_one_paragraph_changes_the_english_exports_alone(
    edited: tuple[Repository, dict[str, bytes]],
) -> None:
    repository, before = edited
    after = repository.files("exports")
    suffixes = ("html", "fragment.html", "json", "jsonld")
    english = {bundle(locale, suffix) for locale in ("en_US", "en_GB") for suffix in suffixes}
    assert {name for name, data in after.items() if data != before[name]} == {INDEX, *english}


def test_taking_the_edit_back_gives_back_everything_but_the_doubt(repository: Repository) -> None:
    before = repository.files()
    repository.edit(DOCUMENT, OLD, NEW)
    repository.update()
    repository.edit(DOCUMENT, NEW, OLD)
    repository.update()
    for language in BASE_LANGUAGES:
        unit = repository.unit(catalog(language), EDITED)
        assert f'msgid "{OLD}{{cite1}}"' in unit
        assert unit.rpartition("msgstr")[2] in before[catalog(language)].decode()


@pytest.mark.parametrize(
    ("before_what", "new"),
    [
        ("Other possible side effects", "This is new."),
        ("## Are most treatment-related", "## Is this new? {#is-this-new}\n\nYes."),
        ("::: {#prescribing-information .notice}", "This stands before the notice."),
        ("Proleukin must be given in a hospital", "- A list.\n- Of two."),
    ],
)
def test_a_text_inserted_before_others_invalidates_none_of_them(
    repository: Repository, before_what: str, new: str
) -> None:
    before = {language: _translations(repository, catalog(language)) for language in BASE_LANGUAGES}
    repository.edit(DOCUMENT, before_what, f"{new}\n\n{before_what}")
    for update in repository.update():
        assert update.result.fuzzied == ()
        assert update.result.obsoleted == ()
    for language in BASE_LANGUAGES:
        after = _translations(repository, catalog(language))
        assert {text: said for text, said in after.items() if text in before[language]} == before[language]
        assert all(said == "" for text, said in after.items() if text not in before[language])
        assert "fuzzy" not in repository.text(catalog(language))


def _translations(repository: Repository, name: str) -> dict[str, str]:
    """Every msgid with its msgstr."""
    return dict(re.findall(r'^msgid "(.+)"\nmsgstr "(.*)"$', repository.text(name), re.MULTILINE))


def test_moving_an_entry_keeps_every_translation(repository: Repository) -> None:
    before = {language: _translations(repository, catalog(language)) for language in BASE_LANGUAGES}
    text = repository.text(DOCUMENT)
    head, *entries = re.split(r"(?=^## )", text, flags=re.MULTILINE)
    repository.write(DOCUMENT, "".join([head, *(f"{each.rstrip()}\n\n" for each in reversed(entries))]))
    assert repository.run().refused == set()
    for language in BASE_LANGUAGES:
        assert _translations(repository, catalog(language)) == before[language]


@pytest.fixture(scope="module")
def swapped(tmp_path_factory: pytest.TempPathFactory) -> tuple[Repository, dict[str, bytes]]:
    """The content after the first and the third reference changed places and a run; only to look at."""
    repository = reference_repository(tmp_path_factory.mktemp("swapped"))
    before = repository.files()
    head, *records = repository.text(REFERENCES).split("[[reference]]\n")
    records[0], records[2] = records[2].rstrip("\n") + "\n\n", records[0]
    repository.write(REFERENCES, "[[reference]]\n".join([head, *records]))
    assert repository.run().refused == set()
    return repository, before


@pytest.mark.parametrize("name", [POT, *(catalog(language) for language in (*BASE_LANGUAGES, *OVERLAYS))])
def test_references_that_change_places_change_only_comments_of_catalogs(
    swapped: tuple[Repository, dict[str, bytes]], name: str
) -> None:
    repository, before = swapped
    removed, added = changed_lines(before[name].decode(), repository.text(name))
    lines = (*removed, *added)
    assert lines
    assert all(re.fullmatch(r"#\. \{cite\d+\} = references? [\d,-]+ \(.*\)", line) for line in lines)


def test_references_that_change_places_leave_the_words_of_the_page_alone(
    swapped: tuple[Repository, dict[str, bytes]],
) -> None:
    repository, before = swapped
    for name, data in repository.files("locales").items():
        if name.endswith(("/ui.po", "/ui.pot", ".toml")):
            assert data == before[name]


@pytest.mark.parametrize("locale", LOCALES)
def test_references_that_change_places_change_the_numbers_of_exports(
    swapped: tuple[Repository, dict[str, bytes]], locale: str
) -> None:
    repository, before = swapped
    old, new = json.loads(before[bundle(locale, "json")]), json.loads(repository.text(bundle(locale, "json")))
    order = [2, 1, 0, *range(3, 8)]
    assert [each["text"] for each in new["references"]] == [old["references"][index]["text"] for index in order]
    assert [each["number"] for each in new["references"]] == list(range(1, 9))
    assert _printed(old) == ["1,2", "3", "4,5", "3,6-8", "3,7,8", "3", "3-5", "5"]
    assert _printed(new) == ["2,3", "1", "4,5", "1,6-8", "1,7,8", "1", "1,4,5", "5"]
    for one, other in zip(old["entries"], new["entries"], strict=True):
        assert one["answer"]["text"] == other["answer"]["text"]


def _printed(found: dict[str, list[dict[str, dict[str, list[dict[str, list[dict[str, str]]]]]]]]) -> list[str]:
    return [
        child["text"]
        for entry in found["entries"]
        for block in entry["answer"]["content"]
        for child in block.get("children", [])
        if child["_type"] == "citation"
    ]


def test_every_edition_is_asked(repository: Repository) -> None:
    assert {each.locale.gettext for each in repository.workspace().settings.editions} == set(EDITIONS)
