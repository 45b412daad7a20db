"""measure: what a program costs, each run a new process, the contenders taking turns."""

import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_LAUNCHER = Path(__file__).with_name("launch.py")


def _nothing() -> None:
    return


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """A program and how it is run; in a case the first one is ours.

    `fresh` is called before each run and not measured. `without` is the same without the work, whose time is taken
    off. A contender that does only a part of the work says so with `share`, and its time is scaled. `needs` is the
    program without which it is left out, `get` says where it comes from.
    """

    name: str
    command: Sequence[str]
    folder: Path
    fresh: Callable[[], None] = field(default=_nothing)
    without: Sequence[str] = ()
    share: float = 1.0
    note: str = ""
    needs: str = ""
    get: str = ""

    @property
    def there(self) -> bool:
        return not self.needs or shutil.which(self.needs) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Contenders for the same work. `per` divides the times: by the number of catalogs, for example."""

    id: str
    title: str
    contenders: Sequence[Contender]
    rounds: int = 3
    unit: str = "s"
    per: float = 1.0


@dataclass(frozen=True, slots=True)
class Cost:
    """User CPU and wall time in seconds, peak memory of the largest process in MiB."""

    user: float
    wall: float
    memory: float


def measure(contender: Contender, log: Path) -> Cost:
    """Run it once. What it prints goes to the log; a failure raises with the end of it."""
    contender.fresh()
    cost = _run(contender.command, contender.folder, log)
    less = _run(contender.without, contender.folder, log) if contender.without else Cost(0, 0, 0)
    return Cost((cost.user - less.user) / contender.share, (cost.wall - less.wall) / contender.share, cost.memory)


def _run(command: Sequence[str], folder: Path, log: Path) -> Cost:
    launcher = [sys.executable, "-IS", str(_LAUNCHER), str(log), str(folder)]
    told = subprocess.run([*launcher, *command], stdout=subprocess.PIPE, check=True, encoding="ascii")
    status, user, wall, memory = told.stdout.split()
    if status != "0":
        end = log.read_text("utf-8", errors="replace")[-2000:]
        raise RuntimeError(f"failed with {status}: {' '.join(command)}\n{end}")
    return Cost(float(user), float(wall), int(memory) / 1024)


def compare(case: Case, rounds: int, log: Path, say: Callable[[str], None]) -> Mapping[str, Cost]:
    """The median cost of each contender, who run in turns: A B A B."""
    costs: dict[str, list[Cost]] = {contender.name: [] for contender in case.contenders if contender.there}
    for number in range(1, rounds + 1):
        for contender in case.contenders:
            if not contender.there:
                continue
            cost = measure(contender, log)
            costs[contender.name].append(cost)
            figures = f"{cost.user:.3f} s user, {cost.wall:.3f} s, {cost.memory:.0f} MiB"
            say(f"  {number}/{rounds} {contender.name}: {figures}")
    return {name: _median(runs) for name, runs in costs.items()}


def _median(runs: Sequence[Cost]) -> Cost:
    return Cost(
        statistics.median(run.user for run in runs),
        statistics.median(run.wall for run in runs),
        statistics.median(run.memory for run in runs),
    )
