"""The Translate Toolkit, which Weblate and many vendors work with, reads our files and does not spoil them."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from translate.storage import factory
from translate.storage.tbx import tbxfile
from translate.storage.tmx import tmxfile
from translate.storage.xliff import xlifffile
from translate.storage.xliff2 import Xliff2File

from pipeline.exchange.glossary_csv import write_glossary_csv
from pipeline.exchange.tbx import write_tbx
from pipeline.exchange.tmx import read_tmx, write_tmx
from pipeline.exchange.xliff import read_xliff
from pipeline.exchange.xliff12 import write_xliff12
from pipeline.exchange.xliff21 import write_xliff21
from pipeline.model.catalog import State
from pipeline.model.exchange import OutgoingFile, OutgoingUnit, ReturnedFile, ReturnedUnit
from pipeline.model.locale import Locale
from pipeline.model.pattern import Pattern, Span, plain, serialize
from pipeline.model.plurals import nplurals
from pipeline.po import read_po, write_po
from pipeline.sources.glossary import read_glossary
from tests.exchange.samples import (
    REFERENCE_CATALOGS,
    SAMPLE,
    meanings,
    reference_catalog,
    reference_file,
    returned_meanings,
    worked_on,
)
from tests.repository import BASE_LANGUAGES, FAQ, GLOSSARY, ROOT

pytestmark = pytest.mark.thorough

BEGUN = [pytest.param(language, domain, id=f"{language} {domain}") for language, domain in REFERENCE_CATALOGS]
ENGLISH = Locale.parse("en_US")
ANSWER, FUZZY, TITLE, ONE, MANY = (
    "how-it-works/answer/1",
    "how-it-works/answer/2",
    "title",
    "questions[0]",
    "answers[1]",
)


def begun(language: str, domain: str) -> OutgoingFile:
    return reference_file(worked_on(reference_catalog(language, domain)), language, domain)


def seen(pattern: Pattern) -> str:
    """A text as the toolkit shows it: placeholders by name, spans by their content."""
    return "".join(seen(part.children) if isinstance(part, Span) else serialize((part,)) for part in pattern)


def by_id(file: ReturnedFile) -> dict[str, ReturnedUnit]:
    return {unit.id: unit for unit in file.units}


def texts(file: OutgoingFile) -> Iterator[tuple[OutgoingUnit, Pattern]]:
    """Each text that a translator sees: every unit once, a plural one for each form."""
    for unit in file.units:
        count = nplurals(file.target.gettext) if len(unit.sources) > 1 else 1
        for target in unit.targets or ((),) * count:
            yield unit, target


# ---- reading


@pytest.mark.parametrize(("language", "domain"), BEGUN)
def test_xliff_1_2_is_read_with_its_sources_translations_and_states(language: str, domain: str) -> None:
    file = begun(language, domain)
    store = xlifffile.parsestring(write_xliff12(file))
    assert (store.sourcelanguage, store.targetlanguage) == ("en-US", file.target.bcp47)
    for (ours, target), theirs in zip(texts(file), store.units, strict=True):
        assert theirs.source in map(seen, ours.sources)
        assert (theirs.target or "") == seen(target)
        assert theirs.isfuzzy() is (ours.fuzzy and bool(target))
        assert theirs.istranslated() is (not ours.fuzzy and bool(target))
        assert theirs.getlocations() == [ours.location]
        assert all(note in theirs.getnotes("developer") for note in ours.notes)
        if len(ours.sources) == 1:
            assert theirs.getnotes("translator") == "\n".join(ours.comments)


@pytest.mark.parametrize("language", BASE_LANGUAGES)
def test_xliff_2_1_is_read_with_its_texts_and_states(language: str) -> None:
    file = begun(language, FAQ)
    store = Xliff2File.parsestring(write_xliff21(file))
    for ours, theirs in zip(file.units, store.units, strict=True):
        assert theirs.source == plain(ours.sources[0])
        assert (theirs.target or "") == "".join(map(plain, ours.targets))
        assert theirs.isfuzzy() is (ours.fuzzy and bool(ours.targets))
        assert theirs.istranslated() is (not ours.fuzzy and bool(ours.targets))


@pytest.mark.parametrize("language", BASE_LANGUAGES)
def test_tmx_is_read_with_its_texts_and_contexts(language: str) -> None:
    file = reference_file(reference_catalog(language, FAQ), language, FAQ)
    store = tmxfile.parsestring(write_tmx([file]), "en-US", file.target.bcp47)
    for ours, theirs in zip(file.units, store.units, strict=True):
        assert (theirs.source, theirs.target) == (serialize(ours.sources[0]), serialize(ours.targets[0]))
        assert (theirs.getid(), theirs.getcontext()) == (f"{FAQ}/{ours.id}", ours.id)


@pytest.mark.parametrize("language", BASE_LANGUAGES)
def test_tbx_is_read_with_its_terms_and_what_may_be_done_with_them(language: str) -> None:
    glossary = read_glossary((ROOT / GLOSSARY).read_bytes(), GLOSSARY)
    store = tbxfile.parsestring(
        write_tbx(glossary, ENGLISH, Locale.parse(language)), "en-US", Locale.parse(language).bcp47
    )
    kept = [unit.source for unit in store.units if not unit.istranslatable()]
    assert kept == [name.text for name in glossary.names]
    for term, unit in zip(glossary.terms, store.units[len(kept) :], strict=True):
        forms = [form.text for form in unit.get_target_terms() if not form.deprecated]
        assert (unit.source, tuple(forms)) == (term.text, term.translations[language])


def test_the_glossary_as_csv_is_read_with_its_terms(tmp_path: Path) -> None:
    glossary = read_glossary((ROOT / GLOSSARY).read_bytes(), GLOSSARY)
    path = tmp_path / "glossary.csv"
    path.write_bytes(write_glossary_csv(glossary, ENGLISH, Locale.parse("de")))
    read = {unit.source for unit in factory.getobject(str(path)).units}
    assert {entry.text for entry in (*glossary.names, *glossary.terms)} <= read


# ---- saving


@pytest.mark.parametrize(("language", "domain"), BEGUN)
def test_a_file_that_is_opened_and_saved_is_the_same_file(language: str, domain: str) -> None:
    file = begun(language, domain)
    assert bytes(xlifffile.parsestring(write_xliff12(file))) == write_xliff12(file)
    assert bytes(Xliff2File.parsestring(write_xliff21(file))) == write_xliff21(file)


def test_a_memory_of_the_toolkit_is_read_with_its_document_type() -> None:
    saved = bytes(tmxfile.parsestring(write_tmx([SAMPLE]), "en-US", "de"))
    declared = saved.replace(b"<tmx ", b'<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx ', 1)
    assert read_tmx(declared, "memory.tmx").units[0].targets == ("Titel",)


# ---- editing


def test_what_a_script_changes_in_xliff_1_2_comes_back_and_nothing_else() -> None:
    store = xlifffile.parsestring(write_xliff12(SAMPLE))
    units = {unit.getid().rpartition("\x04")[2]: unit for unit in store.units}
    units[ANSWER].rich_target = units[ANSWER].rich_source
    units[ANSWER].marktranslated()
    units[ANSWER].addnote("keeps the English", origin="translator")
    units[FUZZY].markfuzzy(False)
    units[TITLE].markfuzzy()
    units[TITLE].addnote("too short?")
    units[ONE].target = None
    units[ONE].target = "{count} Frage?"
    units[MANY].target = "{count} Antworten"
    sent = by_id(read_xliff(write_xliff12(SAMPLE), "back.xlf"))
    back = by_id(read_xliff(bytes(store), "back.xlf"))
    assert back[ANSWER].targets == (sent[ANSWER].source,)
    assert (back[ANSWER].fuzzy, back[ANSWER].comments) == (False, ("keeps the English",))
    assert (back[FUZZY].targets, back[FUZZY].fuzzy) == (sent[FUZZY].targets, False)
    assert back[FUZZY].comments == ("first line", "", "third line")
    assert (back[TITLE].targets, back[TITLE].fuzzy, back[TITLE].comments) == (("Titel",), True, ("too short?",))
    assert back["questions"].targets == ("{count} Frage?", "{count} Fragen")
    assert (back["answers"].targets, back["answers"].fuzzy) == (("", "{count} Antworten"), False)
    assert [(unit.source, unit.plural) for unit in back.values()] == [
        (unit.source, unit.plural) for unit in sent.values()
    ]


def test_a_script_that_writes_over_placeholders_is_found_out() -> None:
    """Setting a plain target leaves the old inline elements behind the new text: every placeholder stands twice."""
    store = xlifffile.parsestring(write_xliff12(SAMPLE))
    unit = next(unit for unit in store.units if unit.getid().endswith(ONE))
    unit.target = "{count} Frage?"
    back = by_id(read_xliff(bytes(store), "back.xlf"))
    assert back["questions"].targets[0] == "{count} Frage?{count} Frage"


def test_what_a_script_changes_in_xliff_2_1_comes_back_and_nothing_else() -> None:
    store = Xliff2File.parsestring(write_xliff21(SAMPLE))
    units = {unit.getid(): unit for unit in store.units}
    units["how-it-works.answer.1"].rich_target = units["how-it-works.answer.1"].rich_source
    units["how-it-works.answer.1"].marktranslated()
    units["how-it-works.answer.1"].addnote("keeps the English", origin="translator")
    units["title"].markfuzzy()
    units["answers:1"].target = "{count} Antworten"
    units["answers:1"].markapproved()
    sent = by_id(read_xliff(write_xliff21(SAMPLE), "back.xlf"))
    back = by_id(read_xliff(bytes(store), "back.xlf"))
    assert back[ANSWER].targets == (sent[ANSWER].source,)
    assert (back[ANSWER].fuzzy, back[ANSWER].comments) == (False, ("keeps the English",))
    assert (back[TITLE].targets, back[TITLE].fuzzy) == (("Titel",), True)
    assert (back["answers"].targets, back["answers"].fuzzy) == (("", "{count} Antworten"), False)
    assert back[FUZZY].targets == sent[FUZZY].targets
    assert back["questions"].targets == sent["questions"].targets


# ---- commands


def run(command: str, *arguments: str | Path) -> str:
    """Run one of the toolkit's commands and return what it prints."""
    path = Path(sys.executable).with_name(command)
    done = subprocess.run([path, *arguments], capture_output=True, text=True, check=True, timeout=60)
    return done.stdout


def test_pocount_counts_the_states_of_our_xliff(tmp_path: Path) -> None:
    path = tmp_path / "faq.xlf"
    path.write_bytes(write_xliff12(SAMPLE))
    header, row = run("pocount", "--csv", path).strip().split("\n")[:2]
    counts = dict(zip(map(str.strip, header.split(",")), map(str.strip, row.split(",")), strict=False))
    assert (counts["Translated Messages"], counts["Fuzzy Messages"], counts["Untranslated Messages"]) == ("3", "1", "3")


def test_xliff2po_keeps_texts_placeholders_states_and_comments_but_no_tags(tmp_path: Path) -> None:
    """Its PO is no return: it has no contexts and flat plurals. What it keeps is what docs/vendors.md says."""
    (tmp_path / "faq.xlf").write_bytes(write_xliff12(SAMPLE))
    run("xliff2po", "--progress=none", tmp_path / "faq.xlf", tmp_path / "faq.po")
    text = (tmp_path / "faq.po").read_text(encoding="utf-8")
    catalog = read_po(text.replace('#, fuzzy\nmsgid ""', 'msgid ""', 1).encode(), "faq.po")
    units = {unit.source: unit for unit in catalog.units}
    source = "Proleukin works.{cite1}{note1} Learn more"
    assert units[source].state is State.UNTRANSLATED
    assert units[source].extracted_comments == ("Answer 1", "{cite1} = references 4,5")
    assert units[source].locations == ("messages/faq.md:31",)
    assert units["IL-2 & more, p < 0.05 {x}"].state is State.FUZZY
    assert units["IL-2 & more, p < 0.05 {x}"].translator_comments == ("first line", "", "third line")
    assert units["{count} question"].targets == ("{count} Frage",)


def test_po2xliff_of_the_same_catalog_says_the_same(tmp_path: Path) -> None:
    """Both ways from PO to XLIFF agree in texts and states, where they can be compared: without tags and plurals."""
    catalog = worked_on(reference_catalog("de", FAQ))
    (tmp_path / "faq.po").write_bytes(write_po(catalog))
    run("po2xliff", "--progress=none", tmp_path / "faq.po", tmp_path / "faq.xlf")
    theirs = xlifffile.parsestring((tmp_path / "faq.xlf").read_bytes()).units[1:]
    ours = xlifffile.parsestring(write_xliff12(reference_file(catalog, "de", FAQ))).units
    compared = 0
    for mine, other in zip(ours, theirs, strict=True):
        if "<" not in other.source:
            compared += 1
            assert (mine.source, mine.target or "") == (other.source, other.target or "")
            assert (mine.isfuzzy(), mine.istranslated()) == (other.isfuzzy(), other.istranslated())
    assert compared > 10


def test_the_sample_survives_reading_and_saving_as_a_whole() -> None:
    saved = bytes(xlifffile.parsestring(write_xliff12(SAMPLE)))
    assert returned_meanings(read_xliff(saved, "back.xlf")) == meanings(SAMPLE)
