"""growth: the cold export from S to L."""

from collections.abc import Iterator

from tests.benchmarks.bench import BUNDLES, PIPELINE, ROOT, Bench, cold
from tests.benchmarks.measure import Case, Contender


def growth(bench: Bench) -> Iterator[Case]:
    repositories = {size: bench.copy(bench.repository(size), f"{size}-growth") for size in bench.sizes}
    yield Case(
        id="growth",
        title="Growth of the full build",
        contenders=[
            Contender(
                name=f"{size}: {BUNDLES[size]:,} bundles",
                command=[PIPELINE, "--project", str(repository), "export", "--quiet"],
                folder=ROOT,
                fresh=cold(repository),
            )
            for size, repository in repositories.items()
        ],
        rounds=3,
    )
