"""start: how long it takes until anything happens."""

import sys
from collections.abc import Iterator

from tests.benchmarks.bench import PIPELINE, ROOT, Bench
from tests.benchmarks.measure import Case, Contender


def start(bench: Bench) -> Iterator[Case]:
    yield Case(
        id="start",
        title="Start-up",
        contenders=(
            Contender(name="pipeline --help", command=[PIPELINE, "--help"], folder=ROOT),
            Contender(name="import click", command=[sys.executable, "-c", "import click"], folder=ROOT),
            python_alone(),
        ),
        rounds=15,
        unit="ms",
        per=1 / 1000,
    )


def python_alone() -> Contender:
    """Below this no program in Python can come."""
    return Contender(name="python -c pass", command=[sys.executable, "-c", "pass"], folder=ROOT)
