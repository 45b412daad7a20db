"""tags: what the rule says of tags that are lost, doubled, reversed or made up."""

import pytest

from tests.checks.subjects import findings

SOURCE = "It <em>works</em>.{cite1} <a1>Learn more</a1>"
GOOD = "Es <em>wirkt</em>{cite1}. <a1>Mehr dazu</a1>"


def found(target: str, source: str = SOURCE) -> list[str]:
    return [finding.message for finding in findings("tags", source, target)]


def test_tags_may_stand_in_another_order() -> None:
    assert found("<a1>Mehr dazu</a1>: es <em>wirkt</em>.{cite1}") == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("<em>wirkt</em>", "wirkt", "<em> is missing"),
        ("<a1>Mehr dazu</a1>", "Mehr dazu", "<a1> is missing"),
        ("Es", "<em>Es</em>", "<em> stands 2 times, not 1"),
        ("</em>", "", "<em> is not closed"),
        ("<em>", "", "</em> closes no open tag"),
        ("<em>wirkt</em>", "</em>wirkt<em>", "</em> closes no open tag"),
        ("wirkt", "<script>wirkt</script>", "unknown tag <script>"),
        ("Mehr dazu", "Mehr{cite1} dazu", "{cite1} stands inside a link"),
        ("<em>wirkt</em>{cite1}. <a1>Mehr dazu</a1>", "<em>wirkt<a1></em>{cite1}.</a1>", "</em> closes no open tag"),
    ],
)
def test_each_way_to_break_a_tag_is_told(old: str, new: str, message: str) -> None:
    assert message in found(GOOD.replace(old, new, 1))


def test_a_less_than_sign_is_a_text_like_any_other() -> None:
    assert found("p < 0,05", source="p < 0.05") == []


def test_a_source_whose_tags_are_no_pairs_asks_for_none() -> None:
    assert found("Zeile<br>Ende</div>", source="Line<br>end</div>") == []
