"""word_counts: every text that needs work counts once, by the best match that a translator has for it."""

import builtins
import csv
import io
import json
import sys
import time
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from pipeline.errors import PipelineError
from pipeline.exchange.word_counts import (
    CountSheet,
    Match,
    Tally,
    count_words,
    unit_state,
    words_in,
    write_counts_csv,
    write_counts_json,
)
from pipeline.model.catalog import Previous, State
from pipeline.model.exchange import OutgoingFile, OutgoingUnit
from pipeline.model.locale import Locale
from pipeline.model.pattern import Text
from tests.exchange.samples import pattern

pytestmark = pytest.mark.thorough

EN, DE = Locale.parse("en_US"), Locale.parse("de")
TEN = "one two three four five six seven eight nine ten"
TWENTY = f"{TEN} eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"


def new(source: str) -> OutgoingUnit:
    return OutgoingUnit(id=source, sources=(pattern(source),))


def done(source: str) -> OutgoingUnit:
    return OutgoingUnit(id=source, sources=(pattern(source),), targets=((Text("fertig"),),))


def fuzzy(source: str, made_from: str | None) -> OutgoingUnit:
    previous = None if made_from is None else Previous(source=made_from)
    return OutgoingUnit(
        id=source, sources=(pattern(source),), targets=((Text("unfertig"),),), fuzzy=True, previous=previous
    )


def sheet(**documents: Sequence[OutgoingUnit]) -> CountSheet:
    return count_words(
        OutgoingFile(domain=domain, original=domain, source=EN, target=DE, units=tuple(units))
        for domain, units in documents.items()
    )


def segments(counted: CountSheet) -> Mapping[Match, int]:
    return {match: tally.segments for match in Match if (tally := counted.total.match(match)).segments}


def test_a_text_without_any_likeness_has_no_match() -> None:
    assert segments(sheet(faq=[done(TEN), new("quite another thing")])) == {Match.NONE: 1}


def test_a_text_that_is_translated_elsewhere_is_an_exact_match_in_every_document() -> None:
    counted = sheet(faq=[new(TEN)], other=[done(TEN)])
    assert segments(counted) == {Match.EXACT: 1}
    assert [counts.match(Match.EXACT).segments for counts in counted.documents] == [1, 0]


def test_the_second_of_two_equal_texts_is_a_repetition() -> None:
    assert segments(sheet(faq=[new(TEN)], other=[new(TEN), new(TEN)])) == {Match.NONE: 1, Match.REPETITION: 2}


def test_a_text_that_is_in_the_memory_is_no_repetition() -> None:
    assert segments(sheet(faq=[new(TEN), new(TEN), done(TEN)])) == {Match.EXACT: 2}


@pytest.mark.parametrize(
    ("known", "text", "match"),
    [
        (TWENTY, TWENTY.replace("twenty", "21"), Match.FROM_95),  # 19 of 20
        (TEN, TEN.replace("ten", "10"), Match.FROM_85),  # 9 of 10
        (TEN, TEN.replace("nine ten", "9 10"), Match.FROM_75),  # 8 of 10
        (TEN, TEN.replace("eight nine ten", "8 9 10"), Match.NONE),  # 7 of 10
        ("one two three four", "one two three 4", Match.FROM_75),  # 3 of 4, the lowest match there is
        (TEN, f"{TEN}.", Match.FROM_85),  # 10 of 11: a full stop is a token
        (TEN, f"{TEN}{{cite1}}", Match.FROM_85),  # and so is a placeholder
        ("<a1>one</a1> two", "<strong>one</strong> two", Match.NONE),  # 2 of 4: and each tag
        ("one  two", "one two", Match.FROM_95),  # the same words, and yet not the same text
        ("One two three four", "one two three four", Match.FROM_75),  # case counts
        ("65% of patients", "65% of patients", Match.EXACT),
    ],
)
def test_a_match_falls_into_the_band_of_its_words(known: str, text: str, match: Match) -> None:
    assert segments(sheet(faq=[done(known), new(text)])) == {match: 1}


def test_a_fuzzy_text_is_compared_with_the_english_that_it_was_made_from() -> None:
    assert segments(sheet(faq=[fuzzy(TEN, TEN.replace("ten", "10"))])) == {Match.FROM_85: 1}
    assert segments(sheet(faq=[fuzzy(TEN, None)])) == {Match.NONE: 1}


def test_the_better_of_memory_and_earlier_english_counts() -> None:
    units = [fuzzy(TEN, "quite another thing"), done(TEN.replace("ten", "10"))]
    assert segments(sheet(faq=units)) == {Match.FROM_85: 1}


def test_a_fuzzy_translation_is_no_memory_for_other_texts() -> None:
    units = [fuzzy(TEN, None), new(TEN.replace("ten", "10"))]
    assert segments(sheet(faq=units)) == {Match.NONE: 2}


def test_words_are_counted_between_blanks_without_placeholders_and_tags() -> None:
    assert words_in(pattern("PS of 0 or 1.{cite1}{note1} <a1>Learn more</a1> – p < 0.05")) == 11
    assert words_in(()) == 0


def test_a_text_with_a_plural_counts_once_with_the_words_of_both() -> None:
    plural = OutgoingUnit(id="count", sources=(pattern("{count} question"), pattern("{count} open questions")))
    counted = sheet(faq=[plural])
    assert counted.total.state(State.UNTRANSLATED) == Tally(1, 3)
    assert segments(counted) == {Match.NONE: 1}


def test_a_plural_with_an_empty_form_is_untranslated() -> None:
    sources = (pattern("{count} question"), pattern("{count} questions"))
    assert unit_state(OutgoingUnit(id="x", sources=sources, targets=((Text("x"),), ()))) is State.UNTRANSLATED


def test_states_add_up_to_everything_and_matches_to_what_needs_work() -> None:
    counted = sheet(faq=[done(TEN), new("a b c"), fuzzy("d e", "d f")], other=[new(TEN)])
    total = counted.total
    assert total.all == Tally(4, 25)
    assert {state: total.state(state) for state in State} == {
        State.TRANSLATED: Tally(1, 10),
        State.UNTRANSLATED: Tally(2, 13),
        State.FUZZY: Tally(1, 2),
    }
    assert total.open == total.state(State.UNTRANSLATED) + total.state(State.FUZZY)


def test_nothing_to_count_is_nothing() -> None:
    assert sheet().total.all == Tally(0, 0)
    assert sheet(faq=[]).total.open == Tally(0, 0)


words = st.sampled_from(["a", "b", "c", "d", "{cite1}", ".", "e"])
texts = st.lists(words, min_size=1, max_size=12).map(" ".join)


@given(st.lists(texts, max_size=12), st.lists(texts, min_size=1, max_size=6, unique=True))
def test_the_match_is_the_best_of_the_whole_memory(known: list[str], wanted: list[str]) -> None:
    """Leaving out what cannot reach the lowest match never loses one: compared with looking at every text."""
    counted = sheet(faq=[*map(done, dict.fromkeys(known)), *map(new, wanted)])
    expected = dict.fromkeys(Match, 0)
    for text in wanted:
        best = max((Levenshtein.normalized_similarity(text.split(), other.split()) for other in known), default=0.0)
        bands = ((0.95, Match.FROM_95), (0.85, Match.FROM_85), (0.75, Match.FROM_75))
        found = next((match for lowest, match in bands if best >= lowest - 1e-9), Match.NONE)
        expected[Match.EXACT if text in known else found] += 1
    assert segments(counted) == {match: count for match, count in expected.items() if count}


@given(st.lists(st.builds(lambda make, text: make(text), st.sampled_from([new, done]), texts), max_size=20))
def test_each_text_counts_exactly_once(units: list[OutgoingUnit]) -> None:
    """Segments by state are all texts; segments by match are those that need work."""
    total = sheet(faq=units).total
    assert total.all.segments == len(units)
    assert total.open.segments == sum(not unit.targets for unit in units)


def test_more_different_words_than_there_are_characters_below_the_surrogates_are_told_apart() -> None:
    units = [new(" ".join(f"w{number}" for number in range(start, start + 500))) for start in range(0, 57_000, 500)]
    assert segments(sheet(faq=units)) == {Match.NONE: len(units)}


def test_ten_thousand_texts_take_seconds() -> None:
    vocabulary = [f"word{number}" for number in range(3_000)]

    def text(number: int) -> str:
        return " ".join(vocabulary[(number * 7_919 + step * step * 31) % 3_000] for step in range(10 + number % 40))

    units = [done(text(number)) if number % 2 else new(f"{text(number - 1)} more") for number in range(1, 10_001)]
    begin = time.process_time()
    counted = sheet(faq=units)
    assert time.process_time() - begin < 20
    assert counted.total.all.segments == 10_000


def test_json_and_csv_say_the_same_as_the_counts() -> None:
    counted = sheet(faq=[done(TEN), new(TEN), new("a b c")], other=[fuzzy("d e", None)])
    value = json.loads(write_counts_json(counted, "en-US", "de"))
    assert (value["format"], value["source"], value["target"]) == ("faq-pipeline-counts/1", "en-US", "de")
    assert [record["document"] for record in value["documents"]] == ["faq", "other"]
    assert value["total"]["all"] == {"segments": 4, "words": 25}
    assert value["total"]["matches"]["exact"] == {"segments": 1, "words": 10}
    rows = list(csv.DictReader(io.StringIO(write_counts_csv(counted).decode())))
    assert [row["document"] for row in rows] == ["faq", "other", "total"]
    for row, record in zip(rows, [*value["documents"], value["total"]], strict=True):
        flat = {**{key: tally for key, tally in record.items() if isinstance(tally, dict)}, **record["matches"]}
        del flat["matches"]
        for name, tally in flat.items():
            assert (row[f"{name} segments"], row[f"{name} words"]) == (str(tally["segments"]), str(tally["words"]))


def test_a_document_whose_name_looks_like_a_formula_is_text_in_the_csv() -> None:
    counted = count_words([OutgoingFile(domain="=1+1", original="x", source=EN, target=DE, units=())])
    assert b"\r\n'=1+1," in write_counts_csv(counted)


def test_without_rapidfuzz_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *arguments: Any, **keywords: Any) -> Any:
        if name.startswith("rapidfuzz"):
            raise ImportError(name)
        return real(name, *arguments, **keywords)

    for name in [name for name in sys.modules if name.startswith("rapidfuzz")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(PipelineError, match="rapidfuzz is not installed") as caught:
        count_words([])
    assert caught.value.hint == "install it with `pip install 'faq-pipeline[memory]'`"
