"""cases: what is measured; a function in a file gives the cases of one stage."""

from collections.abc import Callable, Iterator, Mapping

from tests.benchmarks.bench import Bench
from tests.benchmarks.cases.catalogs import check, extract, reading, update, update_long
from tests.benchmarks.cases.full_build import full_build
from tests.benchmarks.cases.growth import growth
from tests.benchmarks.cases.incremental import incremental
from tests.benchmarks.cases.start import start
from tests.benchmarks.measure import Case

CASES: Mapping[str, Callable[[Bench], Iterator[Case]]] = {
    "start": start,
    "reading": reading,
    "extract": extract,
    "full-build": full_build,
    "incremental": incremental,
    "update": update,
    "update-long": update_long,
    "check": check,
    "growth": growth,
}
