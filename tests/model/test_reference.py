"""reference: citation numbers as AMA prints them."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.reference import citation_text, number_ranges


@pytest.mark.parametrize(
    ("numbers", "printed"),
    [
        ((1, 2), "1,2"),
        ((3,), "3"),
        ((4, 5), "4,5"),
        ((3, 6, 7, 8), "3,6-8"),
        ((3, 7, 8), "3,7,8"),
        ((3, 4, 5), "3-5"),
        ((5,), "5"),
        ((1, 2, 3, 5, 7, 8, 10, 11, 12, 13), "1-3,5,7,8,10-13"),
        ((8, 3, 7, 6), "3,6-8"),
        ((2, 2, 1), "1,2"),
        ((9, 10, 11), "9-11"),
        ((), ""),
    ],
)
def test_citations_are_printed_as_ama_has_them(numbers: tuple[int, ...], printed: str) -> None:
    assert citation_text(numbers) == printed


numbers = st.sets(st.integers(min_value=1, max_value=40))


@given(numbers)
def test_a_citation_says_exactly_its_numbers_in_ascending_order(cited: set[int]) -> None:
    read: list[int] = []
    for part in filter(None, citation_text(cited).split(",")):
        first, _, last = part.partition("-")
        read.extend(range(int(first), int(last or first) + 1))
    assert read == sorted(cited)


@given(numbers)
def test_a_hyphen_joins_three_or_more_numbers_and_never_fewer(cited: set[int]) -> None:
    ranges = number_ranges(cited)
    assert all(part.first == part.last or part.last - part.first >= 2 for part in ranges)
    singles = [part.first for part in ranges if part.first == part.last]
    assert not any({number, number + 1, number + 2} <= set(singles) for number in singles)
    for one, next_one in pairwise(ranges):
        if next_one.first == one.last + 1:
            assert one.first == one.last
            assert next_one.first == next_one.last
    assert re.fullmatch(r"(\d+(-\d+)?(,\d+(-\d+)?)*)?", citation_text(cited))
