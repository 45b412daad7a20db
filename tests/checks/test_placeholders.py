"""placeholders: what the rule says of citations and footnote marks that are lost, doubled or made up."""

import pytest

from tests.checks.subjects import findings

SOURCE = "It <em>works</em>.{cite1}{note1} <a1>Learn more</a1>"
GOOD = "Es <em>wirkt</em>{cite1}{note1}. <a1>Mehr dazu</a1>"
EXACTLY = "write {cite1} exactly as in the English"


def found(target: str, source: str = SOURCE, locale: str = "de") -> list[tuple[str, str]]:
    return [(each.message, each.hint) for each in findings("placeholders", source, target, locale=locale)]


def test_a_translation_with_all_parts_passes_in_any_order() -> None:
    assert found(GOOD) == []
    assert found("<a1>Mehr dazu</a1>: es{note1}{cite1} <em>wirkt</em>") == []


@pytest.mark.parametrize(
    ("old", "new", "message", "hint"),
    [
        ("{cite1}", "{cite1}{cite1}", "the citation {cite1} stands 2 times, not 1", EXACTLY),
        ("{note1}", "", "the footnote mark {note1} is missing", "write {note1} exactly as in the English"),
        ("{cite1}", "{cite2}", "unknown placeholder {cite2}", "the placeholders of this text are {cite1}, {note1}"),
        ("{cite1}", "{Cite1}", "unknown placeholder {Cite1}", "the placeholders of this text are {cite1}, {note1}"),
        ("{cite1}", "{ cite1 }", "{ cite1 } is no placeholder", "write it with plain braces"),
        ("{cite1}", "｛cite1｝", "｛cite1｝ is no placeholder", "write it with plain braces"),
        ("{cite1}", "[cite1]", "[cite1] is no placeholder", "write it with plain braces"),
        ("{cite1}", "{cite1", "{cite1 is no placeholder", "write it with plain braces"),
        ("{cite1}", "cite1}", "cite1} is no placeholder", "write it with plain braces"),
        ("Mehr", "{Mehr", "a lone {", "write {{ for a literal brace"),
    ],
)
def test_each_way_to_break_a_placeholder_is_told(old: str, new: str, message: str, hint: str) -> None:
    told = found(GOOD.replace(old, new, 1))
    assert message in [said for said, _ in told]
    assert all(given.startswith(hint) for said, given in told if said == message)


def test_a_finding_shows_both_sides_and_points_at_the_character() -> None:
    (lost, unknown) = findings("placeholders", SOURCE, GOOD.replace("{cite1}", "{cite7}"))
    assert (lost.expected, lost.actual) == ("{cite1}, {note1}", "{cite7}, {note1}")
    assert unknown.actual == "{cite7}"


def test_everything_that_is_wrong_is_told_at_once() -> None:
    assert [said for said, _ in found("Es wirkt.")] == [
        "the citation {cite1} is missing",
        "the footnote mark {note1} is missing",
    ]


def test_a_doubled_brace_is_a_brace() -> None:
    assert found("Die Menge {{1, 2}}{cite1}", source="The set {{1, 2}}{cite1}") == []


def test_a_plural_form_is_named() -> None:
    (lost,) = findings("placeholders", "{count} question", "{count} Frage", "Fragen", plural="{count} questions")
    assert lost.message == "{count} is missing in msgstr[1]"


def test_the_form_for_one_number_alone_may_say_it_as_a_word() -> None:
    forms = ("لا أسئلة", "سؤال واحد", "سؤالان", "{count} أسئلة", "{count} سؤالاً", "سؤال")
    found_in = findings("placeholders", "{count} question", *forms, locale="ar", plural="{count} questions")
    assert [each.message for each in found_in] == ["{count} is missing in msgstr[5]"]


def test_a_form_may_have_the_placeholders_of_either_english_form() -> None:
    assert findings("placeholders", "One question", "Eine Frage", "{count} Fragen", plural="{count} questions") == []


@pytest.mark.parametrize(
    ("source", "target", "messages"),
    [
        ("%(count)d files", "%(count)d Dateien", []),
        ("%(count)d files", "%(count)i Dateien", []),
        ("%(count)d files", "%(anzahl)d Dateien", ["%(count)d is missing", "unknown placeholder %(anzahl)d"]),
        ("%s of %s", "%2$s: %1$s", []),
        ("100%% of %d", "100%% von %d", []),
        ("%d files", "Dateien", ["%d is missing"]),
    ],
)
def test_the_format_of_the_entry_says_what_a_placeholder_is(source: str, target: str, messages: list[str]) -> None:
    from dataclasses import replace

    from pipeline.checks.engine import Engine
    from tests.checks.subjects import subject

    printf = replace(subject(source, target, flags=("python-format",)), flags=())
    told = [each.message for each in Engine().check_entry(printf) if each.rule == "placeholders"]
    assert told == messages
