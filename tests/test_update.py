"""update: translations follow ids and exact texts, never a resemblance; nothing that a person wrote is lost."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from difflib import unified_diff

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.model.catalog import FUZZY, Catalog, Previous, State, Unit, header_text
from pipeline.model.finding import Location
from pipeline.model.locale import Locale
from pipeline.model.plurals import nplurals, plural_forms
from pipeline.model.source_change import AcceptedChanges, SourceChange
from pipeline.po import read_po, write_po
from pipeline.sources.settings import read_settings
from pipeline.update import Memory, Updated, catalog_locations, memory, new_catalog, update
from tests.properties import cases
from tests.repository import BASE_LANGUAGES, DOCUMENT, FAQ, NOW, REFERENCES, Repository, catalog

NAME = "locales/de/LC_MESSAGES/flu.po"
PLURAL_COUNT = nplurals("de")
SETTINGS = read_settings(
    b'name = "Flu"\n[editions]\nen_US = []\nde_AT = ["de"]\n[disclaimers]\ndefault = []\n', "pipeline.toml"
)
EMPTY = new_catalog(NAME, Locale("de"), plural_forms("de"), SETTINGS, NOW)
NOTHING: Memory = {}

ASPIRIN = "You may take aspirin in pregnancy."
IBUPROFEN = "You may take ibuprofen in pregnancy."


def said(identifier: str, source: str, *, plural: str | None = None, comment: str = "", line: int = 7) -> Unit:
    """A unit of a template."""
    return Unit(
        context=identifier,
        source=source,
        plural=plural,
        targets=("",) if plural is None else ("", ""),
        flags=("python-brace-format",) if "{" in source else (),
        extracted_comments=(comment,) if comment else (),
        locations=(f"messages/flu.md:{line}",),
    )


def pot(*units: Unit) -> Catalog:
    header = Unit(source="", targets=(header_text({"Content-Type": "text/plain; charset=UTF-8"}),), flags=(FUZZY,))
    return Catalog(name="flu.pot", header=header, units=units)


def translated(unit: Unit, *targets: str, flags: tuple[str, ...] = (), **changes: object) -> Unit:
    """The unit as a catalog holds it."""
    values = {"targets": targets, "flags": (*flags, *unit.flags), "locations": catalog_locations(unit), **changes}
    return unit.changed(**values)


def german(*units: Unit) -> Catalog:
    """A German catalog as it is read from the disk."""
    return read_po(write_po(replace(EMPTY, units=units)), NAME)


def updated(old: Catalog, *template: Unit, known: Memory = NOTHING, overlay: bool = False) -> Updated:
    """The update, checked to be a file that can be written."""
    result = update(old, pot(*template), known, plural_count=PLURAL_COUNT, overlay=overlay)
    read_po(write_po(result.catalog), NAME)
    return result


def only(result: Updated) -> Unit:
    (unit,) = result.catalog.units
    return unit


# ---- the five rules


def test_rule_1_the_same_text_under_the_same_id_is_kept_byte_for_byte() -> None:
    unit = said("a", "Yes.")
    old = german(translated(unit, "Ja.", translator_comments=("geprüft",), flags=("no-wrap",)))
    result = updated(old, unit)
    assert result.catalog == old
    assert write_po(result.catalog) == write_po(old)
    assert result == Updated(catalog=result.catalog)


def test_rule_2_a_text_that_moved_takes_its_translation_along() -> None:
    old = german(translated(said("a/1", "Yes."), "Ja."), translated(said("a/2", "No."), "Nein."))
    result = updated(old, said("a/1", "New."), said("a/2", "Yes."), said("a/3", "No."))
    assert [(unit.id, unit.targets, unit.state) for unit in result.catalog.units] == [
        ("a/1", ("",), State.UNTRANSLATED),
        ("a/2", ("Ja.",), State.TRANSLATED),
        ("a/3", ("Nein.",), State.TRANSLATED),
    ]
    assert (result.moved, result.added, result.fuzzied, result.obsoleted) == (("a/2", "a/3"), ("a/1",), (), ())


def test_rule_2_takes_nothing_from_a_text_that_stays_where_it_is() -> None:
    old = german(translated(said("a", "Yes."), "Ja."))
    result = updated(old, said("b", "Yes."), said("a", "Yes."))
    assert [(unit.id, unit.targets) for unit in result.catalog.units] == [("b", ("",)), ("a", ("Ja.",))]


def test_rule_2_keeps_a_doubt_that_somebody_had() -> None:
    old = german(translated(said("a", "Yes."), "Ja?", flags=(FUZZY,), previous=Previous(context="a", source="Yea.")))
    unit = only(updated(old, said("b", "Yes.")))
    assert (unit.id, unit.state, unit.targets) == ("b", State.FUZZY, ("Ja?",))
    assert unit.previous == Previous(context="a", source="Yea.")


def test_rule_3_a_changed_text_keeps_its_translation_as_fuzzy_with_what_it_translates() -> None:
    old = german(translated(said("a", ASPIRIN), "Aspirin ja.", translator_comments=("geprüft",)))
    result = updated(old, said("a", "You may not take aspirin in pregnancy."))
    unit = only(result)
    assert (unit.state, unit.targets) == (State.FUZZY, ("Aspirin ja.",))
    assert unit.previous == Previous(context="a", source=ASPIRIN)
    assert unit.translator_comments == ("geprüft",)
    assert result.fuzzied == ("a",)


def test_rule_3_a_text_that_changes_twice_still_says_what_its_translation_translates() -> None:
    old = german(translated(said("a", "One."), "Eins."))
    second = updated(old, said("a", "Two."))
    third = updated(second.catalog, said("a", "Three."))
    assert only(third).previous == Previous(context="a", source="One.")


def test_rule_3_makes_nothing_fuzzy_that_has_no_translation() -> None:
    old = german(said("a", "One."))
    unit = only(updated(old, said("a", "Two.")))
    assert (unit.flags, unit.previous, unit.state) == ((), None, State.UNTRANSLATED)


def test_rule_4_a_text_that_is_translated_elsewhere_is_offered_as_fuzzy() -> None:
    old = german(translated(said("a", "Yes."), "Ja."))
    other = german(translated(said("x/answer/1", "Side effects"), "Nebenwirkungen"))
    result = updated(old, said("a", "Yes."), said("b", "Yes."), said("c", "Side effects"), known=memory([old, other]))
    assert [(unit.id, unit.targets, unit.state, unit.previous) for unit in result.catalog.units] == [
        ("a", ("Ja.",), State.TRANSLATED, None),
        ("b", ("Ja.",), State.FUZZY, None),
        ("c", ("Nebenwirkungen",), State.FUZZY, None),
    ]
    assert result.offered == ("b", "c")


def test_rule_4_offers_nothing_that_is_itself_in_doubt_or_unfinished() -> None:
    old = german(
        translated(said("a", "One."), "Eins?", flags=(FUZZY,)),
        translated(said("b", "{count} dose", plural="{count} doses"), "{count} Dosis", ""),
    )
    assert memory([old]) == {}


def test_rule_4_offers_to_an_entry_that_was_left_empty_and_keeps_what_was_noted_there() -> None:
    old = german(translated(said("a", "Yes."), "Ja."), said("b", "Yes.").changed(translator_comments=("später",)))
    result = updated(old, said("a", "Yes."), said("b", "Yes."), known=memory([old]))
    unit = result.catalog.by_id["b"]
    assert (unit.targets, unit.state, unit.translator_comments) == (("Ja.",), State.FUZZY, ("später",))


def test_rule_4_reaches_a_changed_text_that_had_no_translation() -> None:
    old = german(translated(said("a", "Yes."), "Ja."), said("b", "No."))
    result = updated(old, said("a", "Yes."), said("b", "Yes."), known=memory([old]))
    assert (result.catalog.by_id["b"].targets, result.catalog.by_id["b"].state) == (("Ja.",), State.FUZZY)
    assert result.offered == ("b",)


def test_rule_5_else_a_text_stays_untranslated_whatever_it_resembles() -> None:
    old = german(translated(said("aspirin", ASPIRIN), "Aspirin dürfen Sie nehmen."))
    result = updated(old, said("aspirin", ASPIRIN), said("ibuprofen", IBUPROFEN), known=memory([old]))
    assert result.catalog.by_id["ibuprofen"].targets == ("",)
    assert result.catalog.by_id["ibuprofen"].state is State.UNTRANSLATED
    assert result.added == ("ibuprofen",)


def test_rule_5_holds_where_one_question_takes_the_place_of_another() -> None:
    old = german(translated(said("aspirin", ASPIRIN), "Aspirin dürfen Sie nehmen."))
    result = updated(old, said("ibuprofen", IBUPROFEN), known=memory([old]))
    new, gone = result.catalog.units
    assert (new.id, new.targets, new.previous) == ("ibuprofen", ("",), None)
    assert (gone.id, gone.targets, gone.obsolete) == ("aspirin", ("Aspirin dürfen Sie nehmen.",), True)


# ---- what goes and what comes back


def test_a_translation_whose_text_is_gone_is_kept_as_obsolete_with_all_that_was_written_on_it() -> None:
    previous = Previous(context="a", source="Yea.")
    old = german(
        translated(said("a", "Yes."), "Ja?", flags=(FUZZY, "no-wrap"), translator_comments=("x",), previous=previous),
        translated(said("b", "No."), "Nein."),
    )
    result = updated(old, said("b", "No."))
    live, gone = result.catalog.units
    assert live == old.units[1]
    assert (gone.obsolete, gone.targets, gone.flags, gone.translator_comments) == (
        True,
        ("Ja?",),
        (FUZZY, "no-wrap"),
        ("x",),
    )
    assert gone.previous == previous
    assert result.obsoleted == ("a",)


def test_an_entry_that_nobody_touched_is_dropped_with_its_text() -> None:
    assert updated(german(said("a", "Yes."))).catalog.units == ()


def test_a_note_of_a_translator_outlives_the_text_even_without_a_translation() -> None:
    unit = only(updated(german(said("a", "Yes.").changed(translator_comments=("nachfragen",)))))
    assert (unit.obsolete, unit.translator_comments) == (True, ("nachfragen",))


def test_a_text_that_comes_back_gets_its_translation_back() -> None:
    old = german(translated(said("a", "Yes."), "Ja.", translator_comments=("x",)))
    gone = german(*updated(old).catalog.units)
    unit = only(updated(gone, said("a", "Yes.")))
    assert (unit.obsolete, unit.state, unit.targets, unit.translator_comments) == (
        False,
        State.TRANSLATED,
        ("Ja.",),
        ("x",),
    )


def test_obsolete_entries_keep_their_order_and_new_ones_follow() -> None:
    old = german(
        translated(said("c", "Three."), "Drei."),
        translated(said("b", "Two."), "Zwei.", obsolete=True),
        translated(said("a", "One."), "Eins.", obsolete=True),
    )
    assert [unit.id for unit in updated(old).catalog.units] == ["b", "a", "c"]


def test_live_entries_stand_in_the_order_of_the_template() -> None:
    one, two = said("one", "One."), said("two", "Two.")
    result = updated(german(translated(one, "Eins."), translated(two, "Zwei.")), two, one)
    assert [unit.id for unit in result.catalog.units] == ["two", "one"]


# ---- plurals


def test_a_new_entry_has_as_many_forms_as_the_language() -> None:
    polish = replace(EMPTY, name="pl.po")
    result = update(polish, pot(said("a", "{n} dose", plural="{n} doses")), NOTHING, plural_count=nplurals("pl"))
    assert only(result).targets == ("", "", "")


def test_a_plural_that_changes_is_a_change_of_the_text() -> None:
    old = german(translated(said("a", "{n} dose", plural="{n} doses"), "{n} Dosis", "{n} Dosen"))
    unit = only(updated(old, said("a", "{n} dose", plural="{n} portions")))
    assert (unit.state, unit.targets) == (State.FUZZY, ("{n} Dosis", "{n} Dosen"))
    assert unit.previous == Previous(context="a", source="{n} dose", plural="{n} doses")


def test_a_text_that_gets_a_plural_keeps_its_translation_in_doubt() -> None:
    old = german(translated(said("a", "Dose"), "Dosis"))
    unit = only(updated(old, said("a", "Dose", plural="Doses")))
    assert unit.state is State.FUZZY
    assert len(unit.targets) == PLURAL_COUNT
    assert "Dosis" in unit.targets


def test_a_text_that_loses_its_plural_loses_no_form() -> None:
    old = german(translated(said("a", "Dose", plural="Doses"), "Dosis", "Dosen"))
    result = updated(old, said("a", "Dose"))
    everything = write_po(result.catalog).decode()
    assert result.catalog.by_id["a"].state is not State.TRANSLATED
    assert "Dosis" in everything
    assert "Dosen" in everything


def test_a_plural_that_comes_back_changed_stands_beside_no_double() -> None:
    """An obsolete entry with the same msgid would make the file unreadable."""
    old = german(translated(said("a", "{n} dose", plural="{n} doses"), "{n} Dosis", "{n} Dosen"))
    gone = german(*updated(old).catalog.units)
    result = updated(gone, said("a", "{n} dose", plural="{n} portions"))
    assert "Dosen" in write_po(result.catalog).decode()


# ---- comments, flags, header


def test_comments_and_places_are_those_of_the_template() -> None:
    old = german(translated(said("a", "Yes.", comment="Answer 1"), "Ja.", locations=("messages/old.md",)))
    unit = only(updated(old, said("a", "Yes.", comment="Answer 2", line=90)))
    assert (unit.extracted_comments, unit.locations) == (("Answer 2",), ("messages/flu.md",))
    assert (unit.targets, unit.state) == (("Ja.",), State.TRANSLATED)


def test_a_shifted_line_changes_nothing() -> None:
    old = updated(EMPTY, said("a", "Yes.", line=7)).catalog
    assert write_po(updated(old, said("a", "Yes.", line=70)).catalog) == write_po(old)


def test_format_flags_are_those_of_the_template_and_all_others_stay() -> None:
    old = german(translated(said("a", "20% for"), "20% für", flags=("python-format", "no-wrap", "range: 0..9")))
    assert only(updated(old, said("a", "20% for"))).flags == ("no-wrap", "range: 0..9")


def test_the_header_stays_as_it_is() -> None:
    header = EMPTY.header.changed(targets=(EMPTY.header.targets[0] + "X-Generator: Poedit 3.4\n",))
    old = read_po(write_po(replace(EMPTY, header=header)), NAME)
    result = updated(old, said("a", "Yes."))
    assert result.catalog.header == old.header


def test_a_new_catalog_has_the_header_that_gettext_expects() -> None:
    fields = EMPTY.fields
    assert fields["Language"] == "de"
    assert fields["Plural-Forms"] == plural_forms("de")
    assert fields["Content-Type"] == "text/plain; charset=UTF-8"
    assert fields["PO-Revision-Date"] == "2026-11-22 12:00+0000"
    assert "POT-Creation-Date" not in fields
    assert EMPTY.header.translator_comments == ("German translation of flu.",)
    assert read_po(write_po(EMPTY), NAME).fields == fields


# ---- overlays


def test_an_overlay_gets_nothing_that_it_does_not_say_otherwise() -> None:
    yes, no = said("a", "Yes."), said("b", "No.")
    overlay = german(translated(yes, "Jo."))
    known = memory([german(translated(no, "Nein."))])
    result = updated(overlay, yes, no, known=known, overlay=True)
    assert write_po(result.catalog) == write_po(overlay)
    assert (result.added, result.offered) == ((), ())


def test_an_overlay_follows_moves_and_changes_as_any_catalog() -> None:
    overlay = german(translated(said("a", "Yes."), "Jo."), translated(said("b", "No."), "Na."))
    result = updated(overlay, said("c", "Yes."), said("b", "Never."), said("d", "Other."), overlay=True)
    assert [(unit.id, unit.targets, unit.state) for unit in result.catalog.units] == [
        ("c", ("Jo.",), State.TRANSLATED),
        ("b", ("Na.",), State.FUZZY),
    ]


def test_an_overlay_keeps_as_obsolete_what_is_gone() -> None:
    unit = only(updated(german(translated(said("a", "Yes."), "Jo.")), said("b", "No."), overlay=True))
    assert (unit.id, unit.obsolete) == ("a", True)


# ---- accepted changes of the English


def _accepted(*steps: tuple[str, str, str]) -> AcceptedChanges:
    changes = [
        SourceChange(
            domain="flu",
            id=identifier,
            old=old,
            new=new,
            by="me",
            on=date(2026, 11, 22),
            reason="a typo",
            location=Location(file="messages/accepted-changes.toml", line=1),
        )
        for identifier, old, new in steps
    ]
    return AcceptedChanges.of(changes, "flu")


def test_a_change_that_was_accepted_keeps_the_translation_valid() -> None:
    old = german(translated(said("a", "Yse."), "Ja."), translated(said("b", "Yse."), "Doch."))
    accepted = _accepted(("a", "Yse.", "Yess."), ("a", "Yess.", "Yes."))
    template = pot(said("a", "Yes."), said("b", "Yes."))
    result = update(old, template, NOTHING, plural_count=PLURAL_COUNT, accepted=accepted)
    assert [(unit.id, unit.state, unit.previous) for unit in result.catalog.units] == [
        ("a", State.TRANSLATED, None),
        ("b", State.FUZZY, Previous(context="b", source="Yse.")),
    ]
    assert result.accepted == ("a",)


# ---- any catalogs and any edits


TEXTS: tuple[tuple[str, str | None], ...] = (
    (ASPIRIN, None),
    (IBUPROFEN, None),
    (f"{ASPIRIN} Rarely.", None),
    ("Yes.", None),
    ("{n} dose", None),
    ("{n} dose", "{n} doses"),
    ("{n} dose", "{n} portions"),
    ("Yes.", "Yeses."),
)
IDS = ("a/1", "a/2", "a/3", "b/1", "b/question")
# What a translator does to an entry: the number chooses the entry.
EDITS = ("translate", "translate one form", "confirm", "doubt", "note", "flag", "empty", "rewrite")

templates = st.lists(
    st.tuples(st.sampled_from(IDS), st.sampled_from(TEXTS)), max_size=5, unique_by=lambda each: each[0]
)
edits = st.lists(st.tuples(st.integers(0, 9), st.sampled_from(EDITS)), max_size=6)
histories = st.lists(st.tuples(templates, edits), min_size=1, max_size=5)

Template = Sequence[tuple[str, tuple[str, str | None]]]
History = Sequence[tuple[Template, Sequence[tuple[int, str]]]]


def template_of(each: Template) -> Catalog:
    return pot(*(said(identifier, source, plural=plural) for identifier, (source, plural) in each))


def edited(unit: Unit, edit: str, number: int) -> Unit:
    """The entry after a translator was at it; every translation and every note is unlike all others."""
    without_doubt = tuple(flag for flag in unit.flags if flag != FUZZY)
    forms = tuple(f"T{number}.{form} {{n}}" for form in range(len(unit.targets)))
    match edit:
        case "translate" | "rewrite":
            return unit.changed(targets=forms, flags=without_doubt, previous=None)
        case "translate one form":
            return unit.changed(targets=("",) * (len(forms) - 1) + forms[-1:])
        case "confirm" if any(unit.targets):
            return unit.changed(flags=without_doubt, previous=None)
        case "doubt" if any(unit.targets):
            return unit.changed(flags=(FUZZY, *without_doubt))
        case "note":
            return unit.changed(translator_comments=(*unit.translator_comments, f"N{number}"))
        case "flag" if any(unit.targets):
            return unit.changed(flags=tuple(dict.fromkeys((*unit.flags, "no-wrap"))))
        case "empty":
            return unit.changed(targets=("",) * len(forms), flags=without_doubt, previous=None)
    return unit


def _wrapped(data: bytes) -> bytes:
    """The file as another editor writes it: long strings in several lines."""
    return re.sub(rb'^(msgid|msgstr) "([^"\\]{9,})"$', rb'\1 ""\n"\2"', data, flags=re.MULTILINE)


def catalogs_after(history: History) -> tuple[Catalog, Catalog]:
    """A catalog as translators left it after all templates but the last, and the last template."""
    old = EMPTY
    number = 0
    for each, done in history[:-1]:
        old = update(old, template_of(each), memory([old]), plural_count=PLURAL_COUNT).catalog
        units = list(old.units)
        for index, edit in done:
            if units:
                number += 1
                units[index % len(units)] = edited(units[index % len(units)], edit, number)
        old = read_po(_wrapped(write_po(replace(old, units=tuple(units)))), NAME)
    return old, template_of(history[-1][0])


any_history = cases(500)

# An obsolete translation comes back while a new entry has the same text.
_COMES_BACK: History = [
    ([("a/1", TEXTS[3])], [(0, "translate")]),
    ([], []),
    ([("a/1", TEXTS[3]), ("a/2", TEXTS[3])], []),
]
# A translation in doubt has to make room for another one under its id and its text.
_MAKES_ROOM: History = [
    ([("a/1", TEXTS[1])], [(0, "translate")]),
    ([("b/1", TEXTS[1]), ("a/3", TEXTS[3])], [(1, "translate")]),
    ([("b/1", TEXTS[7])], [(0, "flag")]),
    ([("b/1", TEXTS[3])], []),
]
_COMES_BACK_WITH_A_PLURAL: History = [
    ([("a/1", TEXTS[5])], [(0, "translate")]),
    ([], []),
    ([("a/1", TEXTS[6])], []),
]


@any_history
@given(histories)
@example(_COMES_BACK)
@example(_COMES_BACK_WITH_A_PLURAL)
def test_updating_twice_is_updating_once(history: History) -> None:
    """update(update(c)) == update(c), byte for byte, and nothing happens the second time."""
    old, template = catalogs_after(history)
    first = update(old, template, memory([old]), plural_count=PLURAL_COUNT)
    written = write_po(first.catalog)
    read = read_po(written, NAME)
    second = update(read, template, memory([read]), plural_count=PLURAL_COUNT)
    assert write_po(second.catalog) == written
    assert second == Updated(catalog=second.catalog)


@any_history
@given(histories, edits)
def test_an_update_with_the_same_template_leaves_the_file_byte_for_byte(
    history: History, done: Sequence[tuple[int, str]]
) -> None:
    """However a translator's editor laid it out; only a translation that is offered from elsewhere may come in."""
    old, _ = catalogs_after([*history, (history[-1][0], done)])
    template = template_of(history[-1][0])
    data = write_po(old)
    assert write_po(update(old, template, NOTHING, plural_count=PLURAL_COUNT).catalog) == data
    result = update(old, template, memory([old]), plural_count=PLURAL_COUNT)
    assert result.offered or write_po(result.catalog) == data


def _human_flags(unit: Unit) -> set[str]:
    return {flag for flag in unit.flags if flag != FUZZY and not flag.endswith("-format")}


def _made_from(unit: Unit) -> str | None:
    """The English that a translation was made from, as far as the catalog says it."""
    if FUZZY in unit.flags:
        return unit.previous.source if unit.previous else None
    return unit.source


def _keeps(new: Unit, old: Unit) -> bool:
    """Whether an entry has everything that a person wrote on an earlier one; a comment may hold a translation too."""
    written = (*new.targets, *new.translator_comments)
    forms = [target for target in old.targets if target]
    made_from = _made_from(old)
    return (
        all(any(form in text for text in written) for form in forms)
        and set(old.translator_comments) <= set(new.translator_comments)
        and _human_flags(old) <= _human_flags(new)
        and (
            not forms
            or not any(new.targets)
            or made_from in (None, _made_from(new), new.source)
            or any(made_from in comment for comment in new.translator_comments)
        )
    )


@any_history
@given(histories)
@example(_COMES_BACK_WITH_A_PLURAL)
@example(_MAKES_ROOM)
def test_nothing_that_a_person_wrote_is_ever_lost(history: History) -> None:
    """Every translation, note, flag and previous source of the old catalog stands on one entry of the new one."""
    old, template = catalogs_after(history)
    new = read_po(write_po(update(old, template, memory([old]), plural_count=PLURAL_COUNT).catalog), NAME)
    for unit in old.units:
        if any(unit.targets) or unit.translator_comments:
            assert any(_keeps(other, unit) for other in new.units), unit


@any_history
@given(histories)
def test_no_entry_gets_the_translation_of_a_text_that_only_resembles_its_own(history: History) -> None:
    """A translation stands on its own text, or in doubt on its own id."""
    old, template = catalogs_after(history)
    new = update(old, template, memory([old]), plural_count=PLURAL_COUNT).catalog
    before: dict[str, list[Unit]] = {}
    for unit in old.units:
        for target in filter(None, unit.targets):
            before.setdefault(target, []).append(unit)
    for unit in new.live:
        for target in filter(None, unit.targets):
            sources = before[target]
            same_text = [other for other in sources if (other.source, other.plural) == (unit.source, unit.plural)]
            same_id = [other for other in sources if other.id == unit.id]
            assert same_text or (same_id and FUZZY in unit.flags)
            if FUZZY not in unit.flags:
                assert any(FUZZY not in other.flags for other in same_text)


@pytest.mark.thorough
@any_history
@given(histories)
def test_an_overlay_never_grows(history: History) -> None:
    old, template = catalogs_after(history)
    new = update(old, template, memory([old]), plural_count=PLURAL_COUNT, overlay=True).catalog
    assert len(new.units) <= len(old.units)
    assert Counter(target for unit in new.units for target in unit.targets) <= Counter(
        target for unit in old.units for target in unit.targets * PLURAL_COUNT
    )


# ---- on the reference content

EDITED = "## Why can Proleukin not be given in my office? {#why-in-hospital}\n\nProleukin must be given in a hospital"
UNIT = "why-in-hospital/answer/1"


@pytest.fixture
def settled(repository: Repository) -> Repository:
    """The reference content after an update."""
    repository.update()
    return repository


def _translations(repository: Repository, language: str) -> Mapping[str, tuple[tuple[str, ...], State]]:
    name = catalog(language)
    read = read_po(repository.path(name).read_bytes(), name)
    return {unit.source: (unit.targets, unit.state) for unit in read.live}


def _catalogs_of(repository: Repository) -> dict[str, bytes]:
    return {name: data for name, data in repository.files("locales").items() if name.endswith(".po")}


def _changed_lines(before: bytes, after: bytes) -> list[str]:
    lines = unified_diff(before.decode().split("\n"), after.decode().split("\n"), lineterm="", n=0)
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def test_the_catalogs_of_the_reference_content_are_up_to_date(repository: Repository) -> None:
    before = _catalogs_of(repository)
    repository.update()
    assert {name for name, data in _catalogs_of(repository).items() if before.get(name) != data} == set()


def test_an_update_later_on_changes_no_file(settled: Repository) -> None:
    before = settled.files("locales")
    settled.update(NOW + timedelta(days=30))
    assert settled.files("locales") == before


def test_inserting_a_paragraph_invalidates_nothing(settled: Repository) -> None:
    before = {language: _translations(settled, language) for language in BASE_LANGUAGES}
    settled.edit(
        DOCUMENT, "Yes. Complete responses have lasted", "A new paragraph.\n\nYes. Complete responses have lasted"
    )
    settled.update()
    for language in BASE_LANGUAGES:
        after = dict(_translations(settled, language))
        assert after.pop("A new paragraph.") == (("",), State.UNTRANSLATED)
        assert after == before[language]
        assert all(state is State.TRANSLATED for _, state in after.values())


def test_an_edit_marks_its_entry_fuzzy_in_every_language_and_touches_nothing_else(settled: Repository) -> None:
    before = _catalogs_of(settled)
    settled.edit(DOCUMENT, EDITED, EDITED + " with an intensive care unit")
    settled.update()
    changed = {name: data for name, data in _catalogs_of(settled).items() if before[name] != data}
    assert {name for name in changed if FAQ in name} >= {catalog(language) for language in BASE_LANGUAGES}
    for name, data in changed.items():
        old = read_po(before[name], name).by_id[UNIT]
        new = read_po(data, name).by_id[UNIT]
        assert (new.state, new.targets) == (State.FUZZY, old.targets)
        assert new.previous is not None
        assert new.previous.source == old.source
        lines = _changed_lines(before[name], data)
        assert {line[0] + line[1:].split(" ")[0] for line in lines} <= {"+#,", "+#|", "-msgid", "+msgid", "-#,"}
        assert sum(line.startswith("+msgid") for line in lines) == 1


def test_swapping_two_references_changes_nothing_but_comments(settled: Repository) -> None:
    before = _catalogs_of(settled)
    records = settled.text(REFERENCES).split("[[reference]]")
    records[1], records[4] = records[4], records[1]
    settled.write(REFERENCES, "[[reference]]".join(records))
    settled.update()
    lines = [line for name, data in _catalogs_of(settled).items() for line in _changed_lines(before[name], data)]
    assert lines
    assert {line[1:3] for line in lines} == {"#."}


def test_renaming_an_entry_keeps_its_translations(settled: Repository) -> None:
    before = {language: _translations(settled, language) for language in BASE_LANGUAGES}
    settled.edit(DOCUMENT, "{#why-in-hospital}", "{#why-not-here}")
    settled.update()
    assert {language: _translations(settled, language) for language in BASE_LANGUAGES} == before
