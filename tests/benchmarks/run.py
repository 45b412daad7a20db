"""run: measure, beside the peers, on the same text, in turns; `make bench`.

    python -m tests.benchmarks.run [--size S|M|L] [--only CASE ...] [--rounds N] [--work DIR] [--page]

With --page the results go into docs/performance.md; cases that were not measured keep the figures they had there.
"""

import argparse
import shutil
import sys
import time
from pathlib import Path

from tests.benchmarks.bench import ROOT, Bench
from tests.benchmarks.cases import CASES
from tests.benchmarks.machine import machine, versions
from tests.benchmarks.measure import compare
from tests.benchmarks.page import RESULTS, table, write_page
from tests.benchmarks.results import Result, Results, load, result, save

SIZES = ("S", "M", "L")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", choices=SIZES, default="L", help="the largest size")
    parser.add_argument("--only", choices=CASES, nargs="+", default=list(CASES), metavar="CASE")
    parser.add_argument("--rounds", type=int, help="instead of as many as each case asks for")
    parser.add_argument("--work", type=Path, default=ROOT / ".venv" / "bench", help="made anew, and large")
    parser.add_argument("--keep", action="store_true", help="take what is in the work folder from an earlier run")
    parser.add_argument("--page", action="store_true", help="write docs/performance.md")
    arguments = parser.parse_args()
    if not arguments.keep:
        shutil.rmtree(arguments.work, ignore_errors=True)
    arguments.work.mkdir(parents=True, exist_ok=True)
    bench = Bench(arguments.work.resolve(), SIZES[: SIZES.index(arguments.size) + 1], _say)
    measured: dict[str, Result] = {}
    for name in arguments.only:
        measured.update(_measured(bench, name, arguments.rounds))
    if arguments.page:
        earlier = load(RESULTS).cases if RESULTS.is_file() else {}
        results = Results(machine=machine(), versions=versions(), cases={**earlier, **measured})
        save(results, RESULTS)
        write_page(results)
    for case in measured.values():
        sys.stdout.write(f"\n{table(case)}\n")


def _measured(bench: Bench, name: str, rounds: int | None) -> dict[str, Result]:
    results: dict[str, Result] = {}
    _say(f"{name}:")
    for case in CASES[name](bench):
        times = rounds or case.rounds
        costs = compare(case, times, bench.work / "log.txt", _say)
        results[case.id] = result(case, costs, times)
    return results


def _say(text: str) -> None:
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {text}\n")


if __name__ == "__main__":
    main()
