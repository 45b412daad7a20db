"""reference: bibliographic records, and how citations of them are numbered (AMA Manual of Style, 11th ed., 3.6)."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A record, verbatim in every locale and always English; `number` is its place in the document's list."""

    key: str
    text: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class NumberRange:
    """One printed part of a citation: a number, or a range of at least three consecutive ones."""

    first: int
    last: int

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


def number_ranges(numbers: Iterable[int]) -> tuple[NumberRange, ...]:
    """Group citation numbers as AMA prints them: {3, 6, 7, 8} gives 3 and 6-8, {4, 5} stays 4 and 5."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    ranges: list[NumberRange] = []
    for run in runs:
        if len(run) > 2:
            ranges.append(NumberRange(run[0], run[-1]))
        else:
            ranges.extend(NumberRange(number, number) for number in run)
    return tuple(ranges)


def citation_text(numbers: Iterable[int]) -> str:
    """`3,6-8`: the superscript of a citation."""
    return ",".join(str(part) for part in number_ranges(numbers))
