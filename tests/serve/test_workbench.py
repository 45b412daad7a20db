"""workbench: what has not changed is kept, and what is kept and read again is what a fresh start would find."""

from datetime import date

import pytest

from pipeline.model.locale import Locale
from pipeline.serve.workbench import TextState, View, Workbench, build
from pipeline.workspace import WAIVERS
from tests.repository import DOCUMENT, FAQ, SETTINGS, TODAY, Repository, catalog, disclaimers

pytestmark = pytest.mark.thorough

# No disclaimer of the reference content is in force on this day.
AFTER_ALL = date(2100, 1, 1)


@pytest.fixture
def small(repository: Repository) -> Repository:
    repository.keep_editions("en_US", "de_DE", "de_AT", "ja_JP")
    return repository


def view(bench: Workbench, locale: str) -> View:
    found = bench.find(Locale.parse(locale).bcp47, FAQ)
    assert found is not None
    return found


def state(bench: Workbench, locale: str, identifier: str) -> TextState:
    return next(text.state for text in view(bench, locale).texts() if text.text.unit.id == identifier)


def test_a_changed_catalog_costs_its_own_locales_alone(small: Repository) -> None:
    before = build(small.root, TODAY)
    seen = {locale: view(before, locale.gettext) for locale in before.locales}
    small.replace_in_unit(catalog("de"), "how-it-works/question", "wirkt", "arbeitet")
    after = build(small.root, TODAY, before, {"locales/de"})
    for locale in before.locales:
        same = after.assessment.words[FAQ, locale] is before.assessment.words[FAQ, locale]
        assert same == (locale.language != "de"), locale
        assert (view(after, locale.gettext) is seen[locale]) == same
    assert after.content is before.content


def test_what_is_kept_and_read_again_is_what_a_fresh_start_finds(small: Repository) -> None:
    small.keep_editions("en_US", "de_DE", "ja_JP")
    bench = build(small.root, TODAY)
    small.replace_in_unit(catalog("ja"), "who-may-benefit/answer/1", "0または1", "0または2")
    finding = next(found for found in small.findings() if found.rule == "numbers")
    waiver = (
        f'[[waiver]]\nfingerprint = "{finding.fingerprint}"\nrule = "numbers"\nentry = "{finding.entry}"\n'
        'reason = "A trial"\nby = "QA"\non = 2026-11-01\nexpires = 2026-12-31\n'
    )
    steps = (
        (catalog("ja"), small.text(catalog("ja"))),
        (WAIVERS, waiver),
        (catalog("ja"), small.text(catalog("ja")).replace("0または2", "0または3")),
        (disclaimers("ja_JP"), small.text(disclaimers("de_DE"))),
        (catalog("de"), b"no catalog at all"),
        (DOCUMENT, small.text(DOCUMENT).replace("What is Proleukin?", "What is it?")),
    )
    seen = set()
    for name, content in steps:
        small.write(name, content)
        changed = "/".join(name.split("/")[:2]) if name.startswith("locales/") else name
        bench = build(small.root, TODAY, bench, {changed})
        fresh = small.findings()
        assert (set(bench.assessment.findings), len(bench.assessment.findings)) == (set(fresh), len(fresh)), name
        seen.add(fresh)
    assert len(seen) == len(steps)


def test_another_day_or_other_settings_are_a_fresh_start(small: Repository) -> None:
    before = build(small.root, TODAY)
    later = build(small.root, AFTER_ALL, before)
    assert any("expired" in finding.message for finding in later.assessment.findings)
    small.keep_editions("en_US", "ja_JP")
    assert [locale.gettext for locale in build(small.root, TODAY, before, {SETTINGS}).locales] == [
        "en_US",
        "ja_JP",
    ]


def test_every_text_says_where_it_stands(small: Repository) -> None:
    small.mark_fuzzy(catalog("de"), "how-it-works/question")
    small.empty(catalog("de"), "what-is-proleukin/question")
    small.replace_in_unit(catalog("de"), "who-may-benefit/answer/1", "{note1}", "{note9}")
    small.edit(DOCUMENT, "No. Long-term sequelae are extremely rare.", "No. Long-term effects are extremely rare.")
    bench = build(small.root, TODAY)
    assert state(bench, "de_AT", "how-it-works/question") is TextState.FUZZY
    assert state(bench, "de_AT", "what-is-proleukin/question") is TextState.UNTRANSLATED
    assert state(bench, "de_AT", "who-may-benefit/answer/1") is TextState.UNUSABLE
    assert state(bench, "de_AT", "long-term-effects/answer/1") is TextState.OUTDATED
    assert state(bench, "de_AT", "title") is TextState.TRANSLATED
    assert state(bench, "en_US", "long-term-effects/answer/1") is TextState.ENGLISH
    assert view(bench, "de_AT").words[TextState.FUZZY] == 4
    assert view(bench, "de_AT").stopped.keys() >= {"fuzzy", "missing", "outdated"}
    assert view(bench, "en_US").stopped == {}


def test_every_finding_of_a_document_stands_at_its_text_or_at_the_head(small: Repository) -> None:
    small.mark_fuzzy(catalog("de"), "how-it-works/question")
    small.mark_fuzzy(catalog("de", "ui"), "page/skip")
    shown = view(build(small.root, AFTER_ALL), "de_DE")
    placed = [finding for text in shown.texts() for finding in text.findings]
    placed += [finding for _, some in shown.disclaimers for finding in some]
    assert {finding.rule for finding in placed} >= {"fuzzy", "disclaimer"}
    assert {*placed, *shown.general} == set(shown.findings)


def test_the_page_of_one_document_is_the_page_of_a_whole_export(repository: Repository) -> None:
    repository.write("messages/other.md", repository.text(DOCUMENT))
    repository.keep_editions("en_US", "en_GB")
    whole = repository.plan().files
    bench = build(repository.root, TODAY)
    pages = [bench.exported(document, locale) for document in bench.content.documents for locale in bench.locales]
    assert [len(page) for page in pages] == [4] * 4
    for page in pages:
        assert page == {name: whole[name] for name in page}
