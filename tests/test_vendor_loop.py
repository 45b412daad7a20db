"""vendor loop: an English edit, a kit for each language, work in the vendors' own tools, and back into the exports."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
import pytest
from click.testing import CliRunner
from translate.storage import xliff

from pipeline.cli import cli
from tests.repository import DOCUMENT, EDITIONS, FAQ, Repository, bcp47, bundle, catalog

pytestmark = pytest.mark.thorough

ENTRY = "long-term-effects/answer/1"
OLD = "No. Long-term sequelae are extremely rare."
NEW = "No. Long-term sequelae are very rare indeed."
GERMAN = "Nein. Langzeitfolgen sind wirklich sehr selten.{cite1}"
FRENCH = "Non. Les séquelles à long terme sont vraiment très rares{cite1}."


def run(repository: Repository, *arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(cli, ["--project", str(repository.root), *arguments])
    assert result.exit_code == code, result.output
    return result.output


def unpack(kit: Path) -> Path:
    folder = kit.with_suffix("")
    with zipfile.ZipFile(kit) as archive:
        archive.extractall(folder)
    return folder


def pack(folder: Path) -> Path:
    """The folder as the vendor zips it: everything, in the order of the disk."""
    back = folder.with_name(f"{folder.name}-back.zip")
    with zipfile.ZipFile(back, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in folder.rglob("*"):
            if path.is_file():
                archive.write(path, path.relative_to(folder))
    return back


def translate_in_xliff(folder: Path) -> None:
    """The German vendor opens the XLIFF with translate-toolkit and translates what needs work."""
    path = folder / "xliff-1.2" / f"{FAQ}.xlf"
    store = xliff.xlifffile.parsefile(str(path))
    (unit,) = [unit for unit in store.units if "very rare indeed" in str(unit.source)]
    text = GERMAN.removesuffix("{cite1}")
    target = unit.xmlelement.find(f"{{{unit.namespace}}}target")
    assert target is not None, "the earlier translation is there to be mended"
    target.text = text
    target.set("state", "translated")
    store.save()


def translate_in_po(folder: Path) -> None:
    """The French vendor opens the PO file with polib and takes the fuzzy flag away."""
    file = polib.pofile(str(folder / "po" / f"{FAQ}.po"), wrapwidth=78)
    (entry,) = file.fuzzy_entries()
    assert (entry.msgctxt, entry.previous_msgid) == (ENTRY, f"{OLD}{{cite1}}")
    entry.msgstr = FRENCH
    entry.fuzzy = False
    entry.previous_msgid = None
    entry.previous_msgctxt = None
    entry.tcomment = "Checked with the medical reviewer."
    file.save()


def strings(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a JSON value with the path to it."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from strings(inner, f"{path}/{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from strings(inner, f"{path}/{number}")
    elif isinstance(value, str):
        yield path, value


def exported(repository: Repository, locale: str) -> dict[str, str]:
    return dict(strings(json.loads(repository.text(bundle(locale, "json")))))


def test_exactly_the_edited_strings_change_from_the_edit_to_the_exports(repository: Repository, tmp_path: Path) -> None:
    before = {locale: exported(repository, locale) for locale in EDITIONS}
    repository.edit(DOCUMENT, OLD, NEW)
    run(repository, "run", code=1)

    kits = {}
    for language in ("de", "fr"):
        kits[language] = tmp_path / f"{language}.zip"
        run(repository, "handoff", language, "-o", str(kits[language]))
    catalogs = {language: repository.text(catalog(language)) for language in ("de", "fr")}

    folder = unpack(kits["de"])
    translate_in_xliff(folder)
    assert "Took 1 entries" in run(repository, "handback", str(pack(folder)))
    folder = unpack(kits["fr"])
    translate_in_po(folder)
    assert "Took 1 entries" in run(repository, "handback", str(pack(folder)))

    # In the catalogs one entry differs, and the header where the vendor's tool signed it.
    for language, translation in (("de", GERMAN), ("fr", FRENCH)):
        old, new = (
            {entry.msgctxt: entry for entry in polib.pofile(text)}
            for text in (catalogs[language], repository.text(catalog(language)))
        )
        assert [identifier for identifier in new if str(old[identifier]) != str(new[identifier])] == [ENTRY]
        assert new[ENTRY].msgstr == translation
        assert not new[ENTRY].fuzzy
        assert new[ENTRY].previous_msgid is None
    assert "# Checked with the medical reviewer.\n" in repository.unit(catalog("fr"), ENTRY)

    # German and French are exported again, with that text changed and no other; the rest still stands as it was.
    run(repository, "run", code=1)
    for locale, reads in EDITIONS.items():
        after = exported(repository, locale)
        differing = {path for path in after if after[path] != before[locale].get(path)}
        texts = {path for path in differing if "/provenance/" not in path}
        if set(reads) & {"de", "fr"} or locale in ("en_US", "en_GB"):
            assert texts == {
                "/entries/6/answer/text",
                "/entries/6/answer/html",
                "/entries/6/answer/content/0/children/0/text",
            }, (bcp47(locale), texts)
        else:
            assert differing == set()
