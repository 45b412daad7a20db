"""properties: how many cases each property is tried with; PIPELINE_EXAMPLES=20 tries twenty times as many."""

import os

from hypothesis import settings

TIMES = int(os.environ.get("PIPELINE_EXAMPLES", "1"))


def cases(count: int) -> settings:
    """The settings of a property that is tried with so many cases, more where more are asked for."""
    return settings(max_examples=count * TIMES)
