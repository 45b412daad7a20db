"""properties: how many cases each property is tried with; PIPELINE_EXAMPLES=20 tries twenty times as many."""

import os

from hypothesis import settings

TIMES = float(os.environ.get("PIPELINE_EXAMPLES", "1"))


def times(count: int) -> int:
    """So many, or more or fewer where that is asked for."""
    return max(1, round(count * TIMES))


def cases(count: int) -> settings:
    """The settings of a property that is tried with so many cases."""
    return settings(max_examples=times(count))
