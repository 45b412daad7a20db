"""flow: whatever is wrong stops exactly what it concerns, and everything else goes on."""

import json
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

import pytest

from pipeline.errors import PipelineError
from pipeline.model.finding import Finding, Severity
from pipeline.po import read_po, write_po
from tests.repository import (
    BASE_LANGUAGES,
    DOCUMENT,
    EDITIONS,
    FAQ,
    GLOSSARY,
    LOCALES,
    NOW,
    REFERENCES,
    SETTINGS,
    TODAY,
    Outcome,
    Repository,
    bcp47,
    bundle,
    catalog,
    disclaimers,
    said,
)

pytestmark = pytest.mark.thorough

SUFFIXES = ("fragment.html", "html", "json", "jsonld")
INDEX = "exports/index.json"
EVERYWHERE = frozenset(LOCALES)

# The entry that most cases break: every base catalog has it, and no overlay but the British one.
ENTRY = "how-it-works/answer/1"
ENTRY_TEXT = "Proleukin is a T-cell growth factor."


def readers(language: str) -> set[str]:
    """The editions that read the catalogs of a language."""
    return {locale for locale, reads in EDITIONS.items() if language in reads}


def export_after_a_change_everywhere(repository: Repository) -> Outcome:
    """Export after an edit that every bundle shows, so that a bundle which did not change was not exported."""
    repository.edit(DOCUMENT, "updated: 2026-11-22", "updated: 2026-11-23")
    return repository.export()


def assert_stops(repository: Repository, stopped: set[str] | frozenset[str]) -> tuple[Finding, ...]:
    """Exactly these locales keep their earlier export byte for byte, the others are exported."""
    before = repository.files("exports")
    outcome = export_after_a_change_everywhere(repository)
    after = repository.files("exports")
    assert outcome.refused == stopped, said(outcome.findings)
    assert outcome.exported == EVERYWHERE - stopped
    assert {finding.locale for finding in outcome.findings if finding.severity is Severity.ERROR} >= stopped
    for locale in LOCALES:
        for name in (bundle(locale, suffix) for suffix in SUFFIXES):
            if locale in stopped:
                assert after[name] == before[name], f"{name} changed"
            else:
                assert after[name] != before[name], f"{name} was not exported"
    records = json.loads(after[INDEX])["bundles"]
    assert {record["locale"]: record["current"] for record in records} == {
        bcp47(locale): locale not in stopped for locale in LOCALES
    }
    assert set(after) == set(before)
    return outcome.findings


# Each case: what breaks, whom it stops, and what the message says.


@dataclass(frozen=True, kw_only=True)
class Case:
    """`line` is how the line begins that the finding names, None where it names none."""

    name: str
    change: Callable[[Repository], None]
    stops: set[str]
    file: str
    line: str | None
    entry: str
    message: str
    hint: str


def in_unit(language: str, entry: str, old: str, new: str) -> Callable[[Repository], None]:
    return lambda repository: repository.replace_in_unit(catalog(language), entry, old, new)


def in_file(name: str, old: str, new: str) -> Callable[[Repository], None]:
    return lambda repository: repository.edit(name, old, new)


def context(entry: str) -> str:
    return f'msgctxt "{entry}"'


def a_catalog_lacks(case: str, entry: str) -> Case:
    return Case(
        name=case,
        change=lambda repository: repository.edit_unit(catalog("pl"), entry, lambda unit: ""),
        stops={"pl_PL"},
        file=catalog("pl"),
        line=None,
        entry=entry,
        message="has no entry in the pl catalog",
        hint="run `pipeline update` and translate it",
    )


STRINGS = [
    a_catalog_lacks("an entry that is not there", ENTRY),
    a_catalog_lacks("a safety notice that is not there", "notice/prescribing-information/1"),
    a_catalog_lacks("a footnote that is not there", "footnote/ecog"),
    Case(
        name="an empty translation",
        change=lambda repository: repository.empty(catalog("de"), ENTRY),
        stops=readers("de"),
        file=catalog("de"),
        line=context(ENTRY),
        entry=ENTRY,
        message="msgstr is empty",
        hint="translate it",
    ),
    Case(
        name="a fuzzy translation",
        change=lambda repository: repository.mark_fuzzy(catalog("es"), ENTRY),
        stops=readers("es"),
        file=catalog("es"),
        line=context(ENTRY),
        entry=ENTRY,
        message="is marked fuzzy",
        hint="compare it with the English, mend it and take the fuzzy flag away",
    ),
    Case(
        name="an unknown placeholder",
        change=in_unit("ja", ENTRY, "{cite1}", "{cite2}"),
        stops=readers("ja"),
        file=catalog("ja"),
        line="msgstr",
        entry=ENTRY,
        message="unknown placeholder {cite2}",
        hint="the placeholders of this text are {cite1}",
    ),
    Case(
        name="a placeholder without its end",
        change=in_unit("ar", ENTRY, "{cite1}", "{cite1"),
        stops=readers("ar"),
        file=catalog("ar"),
        line="msgstr",
        entry=ENTRY,
        message="{cite1 is no placeholder",
        hint="write it with plain braces, exactly as in the English",
    ),
    Case(
        name="a citation that was dropped",
        change=in_unit("pt_BR", ENTRY, "{cite1}", ""),
        stops=readers("pt_BR"),
        file=catalog("pt_BR"),
        line=context(ENTRY),
        entry=ENTRY,
        message="the citation {cite1} is missing",
        hint="write {cite1} exactly as in the English",
    ),
    Case(
        name="a citation that was doubled",
        change=in_unit("zh_CN", ENTRY, "{cite1}", "{cite1}{cite1}"),
        stops=readers("zh_CN"),
        file=catalog("zh_CN"),
        line=context(ENTRY),
        entry=ENTRY,
        message="the citation {cite1} stands 2 times, not 1",
        hint="write {cite1} exactly as in the English",
    ),
    Case(
        name="a footnote mark that was dropped",
        change=in_unit("pl", "who-may-benefit/answer/1", "{note1}", ""),
        stops=readers("pl"),
        file=catalog("pl"),
        line=context("who-may-benefit/answer/1"),
        entry="who-may-benefit/answer/1",
        message="the footnote mark {note1} is missing",
        hint="write {note1} exactly as in the English",
    ),
    Case(
        name="a link that was dropped",
        change=lambda repository: repository.edit_unit(
            catalog("de"), ENTRY, lambda unit: re.sub(r"(msgstr.*)<a1>(.*)</a1>", r"\1\2", unit)
        ),
        stops=readers("de"),
        file=catalog("de"),
        line=context(ENTRY),
        entry=ENTRY,
        message="<a1> is missing",
        hint="write <a1> exactly as in the English",
    ),
    Case(
        name="markup of the translator's own",
        change=in_unit("fr", ENTRY, "Proleukin", "<script>alert(1)</script>Proleukin"),
        stops=readers("fr"),
        file=catalog("fr"),
        line="msgstr",
        entry=ENTRY,
        message="unknown tag <script>",
        hint="the tags of this text are <a1> </a1>",
    ),
    Case(
        name="a text of the page that is fuzzy",
        change=lambda repository: repository.mark_fuzzy(catalog("ja", "ui"), "references/heading"),
        stops=readers("ja"),
        file=catalog("ja", "ui"),
        line=context("references/heading"),
        entry="references/heading",
        message="is marked fuzzy",
        hint="compare it with the English, mend it and take the fuzzy flag away",
    ),
    Case(
        name="a plural form of the page that is empty",
        change=lambda repository: repository.edit_unit(
            catalog("pl", "ui"), "page/questions", lambda unit: re.sub(r'msgstr\[2\] ".*"', 'msgstr[2] ""', unit)
        ),
        stops=readers("pl"),
        file=catalog("pl", "ui"),
        line=context("page/questions"),
        entry="page/questions",
        message="msgstr[2] is empty",
        hint="translate it",
    ),
    Case(
        name="a text that only one market shows",
        change=lambda repository: repository.mark_fuzzy(catalog("es"), "insurance/answer/1"),
        stops={"es_US"},
        file=catalog("es"),
        line=context("insurance/answer/1"),
        entry="insurance/answer/1",
        message="is marked fuzzy",
        hint="compare it with the English, mend it and take the fuzzy flag away",
    ),
]


def in_record(change: Callable[[str], str], locale: str) -> Callable[[Repository], None]:
    """Change the first record of a locale's disclaimers, the medical advice."""

    def apply(repository: Repository) -> None:
        name = disclaimers(locale)
        head, first, rest = repository.text(name).split("[[disclaimer]]\n", 2)
        changed = change(first)
        assert changed != first
        repository.write(name, "[[disclaimer]]\n".join((head, changed, rest)))

    return apply


def text_is(text: str) -> Callable[[str], str]:
    return lambda first: re.sub(r'text = """.*?"""', lambda _: f'text = """{text}"""', first, flags=re.DOTALL)


def value_is(key: str, value: str) -> Callable[[str], str]:
    return lambda first: re.sub(rf"^{key} = .*$", f"{key} = {value}", first, flags=re.MULTILINE)


def without(key: str) -> Callable[[str], str]:
    return lambda first: re.sub(rf"^{key} = .*\n", "", first, flags=re.MULTILINE)


def in_force(name: str, locale: str, key: str, day: str, problem: str) -> Case:
    return Case(
        name=name,
        change=in_record(value_is(key, day), locale),
        stops={locale},
        file=disclaimers(locale),
        line="[[disclaimer]]",
        entry="medical-advice",
        message=f"the disclaimer medical-advice {problem}",
        hint="put the text that is approved today in its place",
    )


def malformed(name: str, locale: str, change: Callable[[str], str], message: str, hint: str, entry: str = "") -> Case:
    return Case(
        name=name,
        change=in_record(change, locale),
        stops={locale},
        file=disclaimers(locale),
        line="[[disclaimer]]",
        entry=entry,
        message=message,
        hint=hint,
    )


DISCLAIMERS = [
    Case(
        name="a file of disclaimers that is missing",
        change=lambda repository: repository.remove(disclaimers("de_AT")),
        stops={"de_AT"},
        file=disclaimers("de_AT"),
        line=None,
        entry="",
        message="the disclaimers are missing",
        hint="write the file; `pipeline init de_AT` makes one to start from",
    ),
    Case(
        name="a file of disclaimers that holds none",
        change=lambda repository: repository.write(disclaimers("ja_JP"), ""),
        stops={"ja_JP"},
        file=disclaimers("ja_JP"),
        line="",
        entry="adverse-event-reporting",
        message="the disclaimer adverse-event-reporting, required in market JP, is missing",
        hint="write it in locales/ja_JP/disclaimers.toml; it is authored for the locale, never translated",
    ),
    Case(
        name="a disclaimer under another id",
        change=in_record(value_is("id", '"general-advice"'), "fr_CA"),
        stops={"fr_CA"},
        file=disclaimers("fr_CA"),
        line="# Sample texts",
        entry="medical-advice",
        message="the disclaimer medical-advice, required in market CA, is missing",
        hint="write it in locales/fr_CA/disclaimers.toml; it is authored for the locale, never translated",
    ),
    in_force("a disclaimer that expired", "en_US", "expires", "2026-11-21", "expired on 2026-11-21"),
    in_force("a disclaimer not yet in force", "en_GB", "effective", "2026-11-23", "takes effect only on 2026-11-23"),
    malformed("an empty disclaimer", "es_US", text_is(""), "text is empty", "write it", "medical-advice"),
    malformed("a blank disclaimer", "es_ES", text_is(" \n "), "text is empty", "write it", "medical-advice"),
    malformed(
        "a disclaimer in another script",
        "ar_SA",
        text_is("Ask your doctor."),
        "the disclaimer medical-advice is not written in the script of ar_SA (Arab)",
        "write it in the language of the locale",
        entry="medical-advice",
    ),
    malformed(
        "a disclaimer without approval",
        "pt_BR",
        without("approval"),
        "approval is missing",
        "add approval = ...",
        "medical-advice",
    ),
    malformed(
        "a disclaimer that stands twice",
        "zh_CN",
        value_is("id", '"prescribing-information"'),
        "prescribing-information: stands already in line 3",
        "one record for each id",
        entry="prescribing-information",
    ),
    malformed(
        "a disclaimer for another audience",
        "pl_PL",
        value_is("audience", '"patients"'),
        "the required disclaimer medical-advice is for patients, proleukin-hcp-faq for healthcare-professionals",
        "write one for this audience",
        entry="medical-advice",
    ),
    malformed(
        "a disclaimer after an entry that the market does not show",
        "de_DE",
        value_is("placement", '"after:insurance"'),
        "the required disclaimer medical-advice follows the entry insurance, which is not in proleukin-hcp-faq",
        "place it at page-top or page-end, or after an entry of this document",
        entry="medical-advice",
    ),
]


@pytest.mark.parametrize("case", [*STRINGS, *DISCLAIMERS], ids=lambda case: case.name)
def test_what_is_wrong_stops_those_who_show_it_and_says_where_and_how_to_mend_it(
    repository: Repository, case: Case
) -> None:
    case.change(repository)
    findings = assert_stops(repository, case.stops)
    matching = [finding for finding in findings if finding.message == case.message]
    assert {finding.locale for finding in matching} == case.stops, said(findings)
    for finding in matching:
        assert finding.location.file == case.file
        assert (finding.entry, finding.hint) == (case.entry, case.hint)
        if case.line is None:
            assert finding.location.line == 0
        else:
            named = ["", *repository.text(case.file).split("\n")][finding.location.line]
            assert finding.location.line
            assert named.startswith(case.line)


@pytest.mark.parametrize("language", BASE_LANGUAGES)
def test_a_text_that_only_other_markets_show_stops_nobody(repository: Repository, language: str) -> None:
    repository.mark_fuzzy(catalog(language), "insurance/answer/1")
    assert_stops(repository, readers(language) & {"en_US", "es_US"})


def test_disclaimers_that_are_not_toml_stop_their_locale_alone(repository: Repository) -> None:
    repository.edit(disclaimers("fr_FR"), "# Sample texts.", "Sample texts.")
    (finding,) = assert_stops(repository, {"fr_FR"})
    assert str(finding.location).startswith(f"{disclaimers('fr_FR')}:1:")
    assert finding.message.startswith("not valid TOML: ")


def test_disclaimers_in_another_encoding_stop_their_locale_alone(repository: Repository) -> None:
    name = disclaimers("de_DE")
    repository.write(name, repository.text(name).encode("cp1252"))
    (finding,) = assert_stops(repository, {"de_DE"})
    assert finding.location.line == 5
    assert finding.message == "byte 0xe4 is not UTF-8"
    assert finding.hint == "save the file as UTF-8"


def test_everything_that_is_wrong_with_an_edition_is_told_at_once(repository: Repository) -> None:
    repository.mark_fuzzy(catalog("ja"), ENTRY)
    repository.empty(catalog("ja"), "title")
    repository.replace_in_unit(catalog("ja"), "footnote/ecog", "{cite1}", "")
    repository.empty(catalog("ja", "ui"), "page/skip")
    in_record(value_is("expires", "2026-02-01"), "ja_JP")(repository)
    findings = assert_stops(repository, {"ja_JP"})
    assert {finding.entry for finding in findings} == {ENTRY, "title", "footnote/ecog", "page/skip", "medical-advice"}


def test_every_edition_can_be_stopped_at_once(repository: Repository) -> None:
    before = repository.files("exports")
    outcome = repository.export(today=date(2100, 1, 1))
    after = repository.files("exports")
    assert outcome.refused == EVERYWHERE
    assert {name for name in after if after[name] != before[name]} == {INDEX}


def test_a_disclaimer_stops_its_locale_the_day_after_it_expires_and_not_before(repository: Repository) -> None:
    in_record(value_is("expires", "2026-11-22"), "pl_PL")(repository)
    assert repository.plan(TODAY).refused == ()
    assert [locale.gettext for locale in repository.plan(date(2026, 11, 23)).refused] == ["pl_PL"]


# Catalogs that cannot be read


def cut_off(text: str) -> str:
    """The file ends in the middle of a string."""
    start = text.index('msgstr "', len(text) // 2)
    return text[: start + len('msgstr "') + 3]


def doubled(text: str) -> str:
    """The last entry stands twice."""
    return text + "\n" + text.rstrip("\n").split("\n\n")[-1] + "\n"


def header_line(name: str, value: str) -> Callable[[str], str]:
    return lambda text: re.sub(rf'^"{name}: .*\\n"$', lambda _: f'"{name}: {value}\\n"', text, count=1, flags=re.M)


@dataclass(frozen=True, kw_only=True)
class Unreadable:
    """`line` is the number of the line that the finding names, or a text on it; `message` is how it begins."""

    name: str
    change: Callable[[str], str | bytes]
    line: int | str
    message: str
    hint: str


UNREADABLE = [
    Unreadable(
        name="cut off",
        change=cut_off,
        line=-1,
        message="the string is not closed",
        hint="end it with a double quote on the same line",
    ),
    Unreadable(
        name="saved as Windows-1252",
        change=lambda text: re.sub(r"[^\x00-\xff]", "?", text).encode("cp1252", "replace"),
        line="msgstr",
        message="byte 0x",
        hint="if it is Windows-1252: iconv -f WINDOWS-1252 -t UTF-8",
    ),
    Unreadable(
        name="saved as UTF-16",
        change=lambda text: text.encode("utf-16"),
        line=1,
        message="the file is UTF-16",
        hint="convert it: iconv -f UTF-16 -t UTF-8",
    ),
    Unreadable(
        name="with a byte order mark",
        change=lambda text: "\ufeff" + text,
        line=1,
        message="the file begins with a byte order mark",
        hint="remove it: sed",
    ),
    Unreadable(
        name="of another charset",
        change=header_line("Content-Type", "text/plain; charset=ISO-8859-1"),
        line=2,
        message="the header says charset=ISO-8859-1",
        hint="convert it: msgconv --to-code=UTF-8",
    ),
    Unreadable(
        name="with an entry that stands twice",
        change=doubled,
        line="msgctxt",
        message="the entry is already in line ",
        hint="remove one of the two",
    ),
    Unreadable(
        name="without a header",
        change=lambda text: text.partition("\n\n")[2],
        line=1,
        message="the file has no header",
        hint='begin with msgid ""',
    ),
    Unreadable(
        name="with a plural rule of another language",
        change=header_line("Plural-Forms", "nplurals=2; plural=(n > 1);"),
        line=2,
        message="the header says Plural-Forms: nplurals=2; plural=(n > 1);",
        hint="write Plural-Forms: nplurals=2; plural=(n != 1);",
    ),
    Unreadable(
        name="with a plural rule that is none",
        change=header_line("Plural-Forms", "nplurals=2; plural=import os;"),
        line=2,
        message="Plural-Forms: ",
        hint="write Plural-Forms: nplurals=2; plural=(n != 1);",
    ),
    Unreadable(
        name="of another language",
        change=header_line("Language", "fr"),
        line=2,
        message="the header says Language: fr",
        hint="this file is for de; write Language: de",
    ),
]


@pytest.mark.parametrize("domain", [FAQ, "ui"])
@pytest.mark.parametrize("case", UNREADABLE, ids=lambda case: case.name)
def test_a_catalog_that_cannot_be_trusted_stops_those_who_read_it(
    repository: Repository, case: Unreadable, domain: str
) -> None:
    name = catalog("de", domain)
    repository.write(name, case.change(repository.text(name)))
    findings = assert_stops(repository, readers("de"))
    first = findings[0]
    assert first.location.file == name
    assert first.message.startswith(case.message), said(findings)
    assert first.hint.startswith(case.hint)
    lines = repository.path(name).read_bytes().split(b"\n")
    if isinstance(case.line, str):
        assert lines[first.location.line - 1].startswith(case.line.encode())
    else:
        assert first.location.line == (len(lines) if case.line < 0 else case.line)


@pytest.mark.parametrize("domain", [FAQ, "ui"])
def test_a_catalog_that_cannot_be_read_is_told_once_for_each_edition(repository: Repository, domain: str) -> None:
    name = catalog("de", domain)
    repository.write(name, cut_off(repository.text(name)))
    findings = repository.findings()
    assert sorted(finding.locale for finding in findings) == ["de_AT", "de_DE"], said(findings)


@pytest.mark.parametrize("domain", [FAQ, "ui"])
def test_a_catalog_that_is_not_there_stops_those_who_read_it(repository: Repository, domain: str) -> None:
    repository.remove(catalog("de", domain))
    findings = assert_stops(repository, readers("de"))
    assert {finding.location.file for finding in findings} == {catalog("de", domain)}
    assert {finding.hint for finding in findings} == {"run `pipeline update` and translate it"}


@pytest.mark.parametrize("domain", [FAQ, "ui"])
def test_an_unreadable_base_catalog_stops_the_overlay_as_well(repository: Repository, domain: str) -> None:
    name = catalog("fr", domain)
    repository.write(name, cut_off(repository.text(name)))
    assert_stops(repository, {"fr_FR", "fr_CA"})


@pytest.mark.parametrize("domain", [FAQ, "ui"])
def test_an_unreadable_overlay_stops_its_own_locale_alone(repository: Repository, domain: str) -> None:
    name = catalog("fr_CA", domain)
    repository.write(name, cut_off(repository.text(name)))
    assert_stops(repository, {"fr_CA"})


def test_a_catalog_that_cannot_be_read_is_left_alone_by_an_update(repository: Repository) -> None:
    name = catalog("de")
    broken = cut_off(repository.text(name))
    repository.write(name, broken)
    repository.edit(DOCUMENT, "It broadly activates", "It strongly activates")
    outcome = repository.run()
    assert repository.text(name) == broken
    assert "#| msgid" in repository.unit(catalog("es"), ENTRY)
    assert readers("de") <= outcome.refused


# Overlays


OWN = "title"  # French Canadian says it otherwise than French
SHARED = "who-may-benefit/answer/1"  # it does not say this one


def test_a_fuzzy_entry_of_the_overlay_stops_its_locale_alone(repository: Repository) -> None:
    repository.mark_fuzzy(catalog("fr_CA"), OWN)
    (finding,) = assert_stops(repository, {"fr_CA"})
    assert (finding.location.file, finding.entry, finding.rule) == (catalog("fr_CA"), OWN, "fuzzy")


def test_a_fuzzy_entry_that_the_overlay_says_otherwise_stops_the_base_alone(repository: Repository) -> None:
    repository.mark_fuzzy(catalog("fr"), OWN)
    assert_stops(repository, {"fr_FR"})


def test_a_fuzzy_entry_that_the_overlay_does_not_have_stops_both(repository: Repository) -> None:
    repository.mark_fuzzy(catalog("fr"), SHARED)
    findings = assert_stops(repository, {"fr_FR", "fr_CA"})
    assert {finding.location.file for finding in findings} == {catalog("fr")}


def test_an_empty_entry_of_the_overlay_reads_the_base(repository: Repository) -> None:
    repository.empty(catalog("fr_CA"), OWN)
    assert_stops(repository, set())
    french = json.loads(repository.text(bundle("fr_FR", "json")))["title"]
    canadian = json.loads(repository.text(bundle("fr_CA", "json")))["title"]
    assert canadian["text"] == french["text"]
    assert (canadian["lang"], canadian["origin"][0]["locale"]) == ("fr", "fr")


def test_an_obsolete_entry_of_the_overlay_says_nothing(repository: Repository) -> None:
    def obsolete(unit: str) -> str:
        return "".join(f"#~ {line}\n" for line in unit.splitlines() if not line.startswith("#"))

    repository.edit_unit(catalog("fr_CA"), OWN, obsolete)
    assert_stops(repository, set())
    assert json.loads(repository.text(bundle("fr_CA", "json")))["title"]["lang"] == "fr"


def test_a_fuzzy_entry_of_an_english_overlay_does_not_fall_back_to_the_source(repository: Repository) -> None:
    repository.mark_fuzzy(catalog("en_GB"), ENTRY)
    assert_stops(repository, {"en_GB"})


def test_without_its_overlay_a_locale_reads_the_base(repository: Repository) -> None:
    repository.remove(catalog("fr_CA"))
    repository.remove(catalog("fr_CA", "ui"))
    repository.remove(catalog("en_GB"))
    assert_stops(repository, set())
    kinds = {origin["kind"] for entry in _entries(repository, "en_GB") for origin in entry["answer"]["origin"]}
    assert kinds == {"source"}


def _entries(repository: Repository, locale: str) -> list[dict[str, dict[str, list[dict[str, str]]]]]:
    entries: list[dict[str, dict[str, list[dict[str, str]]]]] = json.loads(repository.text(bundle(locale, "json")))[
        "entries"
    ]
    return entries


# Edits of the English


def test_an_edit_of_the_english_without_an_update_stops_every_translation_of_it(repository: Repository) -> None:
    repository.edit(DOCUMENT, "Long-term sequelae are extremely rare.", "Long-term sequelae are very rare.")
    findings = assert_stops(repository, set(EVERYWHERE - {"en_US", "en_GB"}))
    assert {(finding.rule, finding.entry) for finding in findings} == {("outdated", "long-term-effects/answer/1")}
    assert {finding.hint for finding in findings} == {"run `pipeline update`; a msgid is never edited by hand"}
    assert "very rare" in repository.text(bundle("en_US", "json"))


def test_an_edit_that_the_british_overlay_words_itself_stops_it_as_well(repository: Repository) -> None:
    repository.edit(DOCUMENT, "It broadly activates", "It strongly activates")
    assert_stops(repository, set(EVERYWHERE - {"en_US"}))


def test_an_edit_of_the_english_stops_every_translation_after_an_update_too(repository: Repository) -> None:
    repository.edit(DOCUMENT, "Long-term sequelae are extremely rare.", "Long-term sequelae are very rare.")
    repository.update()
    findings = assert_stops(repository, set(EVERYWHERE - {"en_US", "en_GB"}))
    assert {(finding.rule, finding.entry) for finding in findings} == {("fuzzy", "long-term-effects/answer/1")}


def test_a_msgid_edited_by_hand_stops_those_who_read_it(repository: Repository) -> None:
    repository.edit(catalog("pl"), f'msgid "{ENTRY_TEXT}', f'msgid "Yes. {ENTRY_TEXT}')
    (finding,) = assert_stops(repository, {"pl_PL"})
    assert (finding.rule, finding.entry) == ("outdated", ENTRY)


# Documents


SECOND = "messages/storage-faq.md"
SECOND_TEXT = """---
title: Storage
audience: healthcare-professionals
status: sample
updated: 2026-11-22
---

## How is it stored? {#how}

In a refrigerator.[@proleukin2019]

## How long? {#side-effects}

See the label.
"""

STORAGE = {
    "es": ("Conservación", "¿Cómo se conserva?", "En nevera.{cite1}", "¿Cuánto tiempo?", "Consulte la etiqueta."),
    "de": ("Lagerung", "Wie wird es gelagert?", "Im Kühlschrank.{cite1}", "Wie lange?", "Siehe Etikett."),
    "fr": (
        "Conservation",
        "Comment le conserver ?",
        "Au réfrigérateur.{cite1}",
        "Combien de temps ?",
        "Voir la notice.",
    ),
    "ja": ("保管", "どのように保管しますか？", "冷蔵庫で保管します。{cite1}", "期間は？", "ラベルをご覧ください。"),
    "ar": ("التخزين", "كيف يُخزَّن؟", "في الثلاجة.{cite1}", "كم المدة؟", "انظر الملصق."),
    "pt_BR": ("Armazenamento", "Como é armazenado?", "Na geladeira.{cite1}", "Por quanto tempo?", "Consulte o rótulo."),
    "zh_CN": ("储存", "如何储存？", "放在冰箱中。{cite1}", "储存多久？", "请查看标签。"),
    "pl": ("Przechowywanie", "Jak to przechowywać?", "W lodówce.{cite1}", "Jak długo?", "Zob. etykieta."),
}


@pytest.fixture
def two_documents(repository: Repository) -> Repository:
    """The reference content with a second document, translated and exported."""
    repository.write(SECOND, SECOND_TEXT)
    repository.update()
    for language in BASE_LANGUAGES:
        name = catalog(language, "storage-faq")
        read = read_po(repository.path(name).read_bytes(), name)
        units = tuple(
            unit.changed(targets=(target,), flags=()) for unit, target in zip(read.live, STORAGE[language], strict=True)
        )
        repository.write(name, write_po(replace(read, units=units)))
    assert repository.export().refused == set()
    return repository


def _bundles(repository: Repository, document: str) -> dict[str, bytes]:
    return {
        name: data
        for name, data in repository.files("exports").items()
        if name.rpartition("/")[2].partition(".")[0] == document
    }


BROKEN_DOCUMENTS = {
    "an entry without an id": ("## How is it stored? {#how}", "## How is it stored?"),
    "an unknown citation": ("@proleukin2019", "@proleukin2091"),
    "raw HTML": ("See the label.", "<b>See the label.</b>"),
    "a doubled id": ("{#side-effects}", "{#how}"),
    "front matter that is not closed": ("updated: 2026-11-22\n---\n", "updated: 2026-11-22\n"),
}


@pytest.mark.parametrize("broken", BROKEN_DOCUMENTS)
def test_a_broken_document_stops_that_document_alone(two_documents: Repository, broken: str) -> None:
    repository = two_documents
    old, new = BROKEN_DOCUMENTS[broken]
    faq, storage = _bundles(repository, FAQ), _bundles(repository, "storage-faq")
    catalogs = repository.files("locales")
    repository.edit(SECOND, "title: Storage", "title: Storing it")
    repository.edit(SECOND, old, new)
    repository.edit(DOCUMENT, "updated: 2026-11-22", "updated: 2026-11-23")
    outcome = repository.run()
    assert {finding.location.file for finding in outcome.findings} == {SECOND}
    assert all(finding.location.line and finding.message for finding in outcome.findings)
    assert outcome.refused == set()
    assert _bundles(repository, "storage-faq") == storage
    assert all(data != faq[name] for name, data in _bundles(repository, FAQ).items())
    assert repository.files("locales") == catalogs
    current = {(record["document"], record["current"]) for record in json.loads(repository.text(INDEX))["bundles"]}
    assert current == {(FAQ, True), ("storage-faq", False)}


def test_a_broken_first_document_does_not_stop_the_second(two_documents: Repository) -> None:
    repository = two_documents
    faq, storage = _bundles(repository, FAQ), _bundles(repository, "storage-faq")
    repository.edit(DOCUMENT, "{#how-it-works}", "{#how it works}")
    repository.edit(SECOND, "updated: 2026-11-22", "updated: 2026-11-23")
    outcome = repository.run()
    assert {finding.location.file for finding in outcome.findings} == {DOCUMENT}
    assert _bundles(repository, FAQ) == faq
    assert all(data != storage[name] for name, data in _bundles(repository, "storage-faq").items())


def test_all_problems_of_a_document_are_told_in_one_go(repository: Repository) -> None:
    repository.edit(DOCUMENT, "[@atkins1999]", "[@atkins1998]")
    repository.edit(DOCUMENT, "{#why-in-hospital}", "{#how-it-works}")
    repository.edit(DOCUMENT, "Yes, usually.", "Yes, <u>usually</u>.")
    findings = repository.findings()
    assert len(findings) >= 3
    assert {finding.location.file for finding in findings} == {DOCUMENT}
    assert [finding.location.line for finding in findings] == sorted(finding.location.line for finding in findings)


def test_a_locale_is_stopped_for_all_documents_or_for_none(two_documents: Repository) -> None:
    repository = two_documents
    before = repository.files("exports")
    repository.mark_fuzzy(catalog("ja", "storage-faq"), "how/answer/1")
    repository.edit(SECOND, "updated: 2026-11-22", "updated: 2026-11-23")
    repository.edit(DOCUMENT, "updated: 2026-11-22", "updated: 2026-11-23")
    assert repository.export().refused == {"ja_JP"}
    after = repository.files("exports")
    for document in (FAQ, "storage-faq"):
        for suffix in SUFFIXES:
            assert after[bundle("ja_JP", suffix, document)] == before[bundle("ja_JP", suffix, document)]
            assert after[bundle("de_DE", suffix, document)] != before[bundle("de_DE", suffix, document)]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (REFERENCES, 'key = "fyfe1995"', 'key = "bosco2000"'),
        (REFERENCES, 'key = "fyfe1995"', "key = fyfe1995"),
        (REFERENCES, '[[reference]]\nkey = "fyfe1995"', '[[references]]\nkey = "fyfe1995"'),
        (GLOSSARY, 'text = "IL-2"', 'text = ""'),
    ],
)
def test_a_broken_bibliography_or_glossary_stops_everything(
    repository: Repository, name: str, old: str, new: str
) -> None:
    before = repository.files()
    repository.edit(name, old, new)
    repository.edit(DOCUMENT, "updated: 2026-11-22", "updated: 2026-11-23")
    edited = repository.files()
    outcome = repository.run()
    assert outcome.refused == EVERYWHERE
    assert {finding.location.file for finding in outcome.findings} == {name}
    assert all(finding.location.line for finding in outcome.findings)
    after = repository.files()
    assert {changed for changed in after if after[changed] != edited[changed]} == {INDEX}
    assert set(after) == set(before)
    assert {record["current"] for record in json.loads(after[INDEX])["bundles"]} == {False}


# What belongs to nothing any more


def test_a_locale_that_is_no_longer_declared_loses_its_export_and_nothing_else(repository: Repository) -> None:
    before = repository.files()
    repository.edit(SETTINGS, 'zh_CN = ["zh_CN"]\n', "")
    outcome = repository.run()
    after = repository.files()
    gone = {bundle("zh_CN", suffix) for suffix in SUFFIXES}
    assert set(outcome.planned.obsolete) == gone
    assert set(before) - set(after) == gone
    assert not repository.path("exports/zh-CN").exists()
    assert b"zh-CN" not in b"".join(data for name, data in after.items() if name.startswith("exports/"))


def test_a_file_of_somebody_else_stays_where_an_export_is_removed(repository: Repository) -> None:
    repository.write("exports/zh-CN/notes.txt", "ours")
    repository.edit(SETTINGS, 'zh_CN = ["zh_CN"]\n', "")
    repository.run()
    assert [path.name for path in repository.path("exports/zh-CN").iterdir()] == ["notes.txt"]


def test_a_document_that_is_removed_loses_its_export_and_nothing_else(two_documents: Repository) -> None:
    repository = two_documents
    before = set(repository.files())
    gone = set(_bundles(repository, "storage-faq"))
    repository.remove(SECOND)
    repository.run()
    assert before - set(repository.files()) == gone | {SECOND}
    assert "storage-faq" not in repository.text(INDEX)


def test_a_document_that_is_removed_goes_from_a_stopped_locale_as_well(two_documents: Repository) -> None:
    repository = two_documents
    repository.mark_fuzzy(catalog("ja"), ENTRY)
    repository.remove(SECOND)
    assert repository.run().refused == {"ja_JP"}
    assert _bundles(repository, "storage-faq") == {}
    assert "storage-faq" not in repository.text(INDEX)
    assert repository.path(bundle("ja_JP", "html")).exists()


def test_a_locale_that_was_never_exported_is_not_listed_while_it_is_stopped(repository: Repository) -> None:
    for suffix in SUFFIXES:
        repository.remove(bundle("pl_PL", suffix))
    repository.remove(INDEX)
    repository.mark_fuzzy(catalog("pl"), ENTRY)
    assert repository.export().refused == {"pl_PL"}
    assert b"pl-PL" not in b"".join(repository.files("exports").values())


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_earlier_export_stays_while_its_locale_is_stopped_even_if_it_is_not_as_the_index_says(
    repository: Repository, suffix: str
) -> None:
    # As after an export that was interrupted between the bundles and the index.
    repository.write(bundle("ja_JP", suffix), repository.path(bundle("ja_JP", suffix)).read_bytes() + b"\n")
    repository.mark_fuzzy(catalog("ja"), ENTRY)
    before = repository.files("exports/ja-JP")
    assert repository.export().refused == {"ja_JP"}
    assert repository.files("exports/ja-JP") == before


HOSTILE_PATHS = [
    "../pyproject.toml",
    "../messages/proleukin-hcp-faq.md",
    "../locales/notes.html",
    "de-DE/../../locales/notes.html",
    "./../locales/notes.json",
    "..//locales/notes.html",
    "schema/../../locales/notes.html",
    "de-DE/.hidden.html",
    "assets/faq.css",
    "schema/bundle.schema.json",
    "schema/bundle.d.ts",
    "index.json",
    "",
    "..",
    "de-DE/..",
]


@pytest.mark.parametrize("path", [*HOSTILE_PATHS, "ABSOLUTE"])
def test_an_index_that_names_files_of_others_removes_none_of_them(repository: Repository, path: str) -> None:
    for name in ("locales/notes.html", "locales/notes.json", "exports/de-DE/.hidden.html"):
        repository.write(name, "ours")
    index = json.loads(repository.text(INDEX))
    named = str(repository.path("locales/notes.html")) if path == "ABSOLUTE" else path
    stray = {**index["bundles"][0], "locale": "xx-XX"}
    stray["files"] = [{**stray["files"][0], "path": named}]
    index["bundles"].append(stray)
    repository.write(INDEX, json.dumps(index))
    before = repository.files()
    outcome = repository.run()
    assert outcome.planned.obsolete == ()
    assert set(repository.files()) == set(before)


def test_an_index_that_names_files_behind_a_link_removes_none_of_them(repository: Repository) -> None:
    repository.write("locales/notes.html", "ours")
    repository.path("exports/xx-XX").symlink_to(repository.path("locales"), target_is_directory=True)
    index = json.loads(repository.text(INDEX))
    stray = {**index["bundles"][0], "locale": "xx-XX"}
    stray["files"] = [{**stray["files"][0], "path": "xx-XX/notes.html"}]
    index["bundles"].append(stray)
    repository.write(INDEX, json.dumps(index))
    before = repository.files("locales")
    with suppress(PipelineError):
        repository.run()
    assert repository.files("locales") == before


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "null", '{"bundles": 1}', "\ufeff{}", "[" * 100_000, "\x00"],
    ids=["empty", "cut off", "a list", "null", "wrong", "with a byte order mark", "deep", "NUL"],
)
def test_an_index_that_cannot_be_read_stops_the_export_and_nothing_is_lost(
    repository: Repository, content: str
) -> None:
    repository.write(INDEX, content)
    repository.edit(DOCUMENT, "updated: 2026-11-22", "updated: 2026-11-23")
    before = repository.files()
    with pytest.raises(PipelineError, match="is not an index that this version can read"):
        repository.export()
    assert repository.files() == before


def test_an_index_that_was_removed_is_made_anew(repository: Repository) -> None:
    before = repository.files("exports")
    repository.remove(INDEX)
    assert repository.export().refused == set()
    assert repository.files("exports") == before


# Running again


def test_a_second_run_changes_nothing(repository: Repository) -> None:
    repository.edit(DOCUMENT, "It broadly activates", "It strongly activates")
    repository.run()
    before = repository.files()
    later = NOW.replace(year=2027)
    assert [update for update in repository.update(later) if update.written] == []
    outcome = repository.export()
    assert outcome.changed == ()
    assert repository.files() == before


def test_mending_what_was_wrong_gives_back_the_export(repository: Repository) -> None:
    before = repository.files()
    good = repository.text(catalog("ja"))
    repository.mark_fuzzy(catalog("ja"), ENTRY)
    repository.export()
    repository.write(catalog("ja"), good)
    assert repository.export().refused == set()
    assert repository.files() == before
