"""placeholders: what the rule says of citations, footnote marks and tags that are lost, doubled or made up."""

import pytest

from pipeline.checks.placeholders import placeholders
from pipeline.model.finding import Finding, Location
from tests.checks.wordings import FILE, LINE, catalog, message, translated, worded

SOURCE = "It <em>works</em>.{cite1}{note1} <a1>Learn more</a1>"
GOOD = "Es <em>wirkt</em>{cite1}{note1}. <a1>Mehr dazu</a1>"
PARTS = "the parts of this text are {cite1}, {note1}, <em>, <a1>"


def found(target: str, source: str = SOURCE) -> list[tuple[str, str]]:
    return [(finding.message, finding.hint) for finding in placeholders(translated(message(source), target))]


def test_a_translation_with_all_parts_passes_in_any_order() -> None:
    assert found(GOOD) == []
    assert found("<a1>Mehr dazu</a1>: es{note1}{cite1} <em>wirkt</em>") == []


def test_a_finding_points_at_the_entry() -> None:
    assert list(placeholders(translated(message(SOURCE), GOOD.replace("{cite1}", "")))) == [
        Finding(
            rule="placeholders",
            message="the citation {cite1} is missing",
            location=Location(file=FILE, line=LINE),
            hint="write {cite1} exactly as in the English",
        )
    ]


@pytest.mark.parametrize(
    ("old", "new", "message_", "hint"),
    [
        ("{cite1}", "{cite1}{cite1}", "the citation {cite1} stands 2 times, not 1", "write {cite1} exactly as"),
        ("{note1}", "", "the footnote mark {note1} is missing", "write {note1} exactly as"),
        ("<em>wirkt</em>", "wirkt", "<em> is missing", "write <em> exactly as"),
        ("<a1>Mehr dazu</a1>", "Mehr dazu", "<a1> is missing", "write <a1> exactly as"),
        ("Es", "<em>Es</em>", "<em> stands 2 times, not 1", "write <em> exactly as"),
        ("{cite1}", "{cite2}", "unknown placeholder {cite2}", PARTS),
        ("{cite1}", "{Cite1}", "unknown placeholder {Cite1}", PARTS),
        ("{cite1}", "{cite1 }", "unknown placeholder {cite1 }", PARTS),
        ("{cite1}", "{cite1", "a lone { (write {{ for a literal brace)", PARTS),
        ("{cite1}", "cite1}", "a lone } (write }} for a literal brace)", PARTS),
        ("</em>", "", "<em> is not closed", PARTS),
        ("<em>", "", "</em> closes no open tag", PARTS),
        ("wirkt", "<script>wirkt</script>", "unknown tag <script>", PARTS),
        ("<em>", '<em onclick="x()">', 'unknown tag <em onclick="x()">', PARTS),
        ("<a1>", '<a href="https://example.org">', 'unknown tag <a href="https://example.org">', PARTS),
        ("Es", "<!-- Es -->", "unknown tag <!-- Es -->", PARTS),
    ],
)
def test_each_way_to_break_a_translation_is_told(old: str, new: str, message_: str, hint: str) -> None:
    messages = found(GOOD.replace(old, new, 1))
    assert message_ in [said for said, _ in messages]
    assert all(told.startswith(hint) for said, told in messages if said == message_)


def test_everything_that_is_wrong_is_told_at_once() -> None:
    assert [said for said, _ in found("Es wirkt.")] == [
        "the citation {cite1} is missing",
        "the footnote mark {note1} is missing",
        "<em> is missing",
        "<a1> is missing",
    ]


def test_a_less_than_sign_is_a_text_like_any_other() -> None:
    assert found("p < 0,05", source="p < 0.05") == []


def test_a_text_without_parts_says_so_in_the_hint() -> None:
    assert found("Gut.{cite1}", source="Good.") == [
        ("unknown placeholder {cite1}", "the parts of this text are plain text only")
    ]


def test_a_part_that_stands_twice_is_counted_in_the_hint() -> None:
    source = "<em>One</em> and <em>two</em>"
    assert found("<em>Eins</em> und <b>zwei</b>", source)[0][1] == "the parts of this text are <em> (2x)"


def test_a_plural_form_is_named() -> None:
    counted = message("{count} question", "{count} questions")
    (lost,) = placeholders(translated(counted, "{count} Frage", "viele Fragen"))
    (wrong,) = placeholders(translated(counted, "{count} Frage", "{n} Fragen"))
    assert lost.message == "{count} is missing in msgstr[1]"
    assert wrong.message == "unknown placeholder {n} in msgstr[1]"


def test_a_text_without_an_entry_is_the_business_of_the_rule_missing() -> None:
    assert list(placeholders(worded(message(SOURCE), catalog()))) == []
