"""bench: the folder where benchmarks run, and how what they need is made there, once."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
PIPELINE = str(BIN / "pipeline")

# Documents and locales of each size, as generate.py has them.
BUNDLES = {"S": 10 * 10, "M": 100 * 20, "L": 500 * 50}
LOCALES = {"S": 10, "M": 20, "L": 50}
DOCUMENTS = {"S": 10, "M": 100, "L": 500}


@dataclass(frozen=True, slots=True)
class Bench:
    """`sizes` are those to measure, the smallest first."""

    work: Path
    sizes: tuple[str, ...]
    say: Callable[[str], None]

    @property
    def middle(self) -> str:
        """The size of most cases: M, or the largest that there is."""
        return "M" if "M" in self.sizes else self.sizes[-1]

    def made(self, name: str, command: Sequence[str | Path]) -> Path:
        """What the command makes where the last of its arguments says; one that is there already is taken."""
        target = self.work / name
        if not target.exists():
            self.say(f"  preparing {name}")
            unfinished = self.work / f"{name}.unfinished"
            subprocess.run([*command, unfinished], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
            unfinished.rename(target)
        return target

    def repository(self, size: str, *options: str) -> Path:
        """A content repository of the size."""
        name = "-".join([size, *(option.strip("-") for option in options)])
        return self.made(name, module("tests.benchmarks.generate", size, *options))

    def copy(self, repository: Path, name: str) -> Path:
        """A copy of a repository that a case may change."""
        return self.made(name, ["cp", "-a", repository])


def module(name: str, *arguments: str | int | Path) -> list[str]:
    """The command that runs a module of the tests as a program."""
    return [sys.executable, "-m", name, *map(str, arguments)]


def remove(*paths: Path) -> Callable[[], None]:
    """What makes a build cold: it takes away these folders."""

    def gone() -> None:
        for path in paths:
            shutil.rmtree(path, ignore_errors=True)

    return gone


def cold(repository: Path) -> Callable[[], None]:
    """Neither earlier exports nor anything cached."""
    return remove(repository / "exports", repository / ".pipeline")
