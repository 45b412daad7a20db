"""incremental: the export again, with nothing changed and with one string changed in one locale."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.benchmarks.bench import BUNDLES, PIPELINE, ROOT, Bench
from tests.benchmarks.cases.start import python_alone
from tests.benchmarks.measure import Case, Contender

# What any program must do that wants to know whether a file has changed.
_STAT = """\
import os, sys
for name in ("messages", "locales"):
    for folder, _, files in os.walk(os.path.join(sys.argv[1], name)):
        for file in files:
            os.stat(os.path.join(folder, file))
"""


def incremental(bench: Bench) -> Iterator[Case]:
    for size in bench.sizes[-2:]:
        repository = bench.copy(bench.repository(size), f"{size}-incremental")
        command = [PIPELINE, "--project", str(repository), "export", "--quiet"]
        bench.say(f"  exporting {size}")
        subprocess.run(command, check=True)
        yield Case(
            id=f"incremental-{size}",
            title=f"Export again: {BUNDLES[size]:,} bundles",
            contenders=(
                Contender(name="nothing changed", command=command, folder=ROOT),
                Contender(name="one string changed", command=command, folder=ROOT, fresh=_changed(repository)),
                Contender(
                    name="stat of every input",
                    command=[sys.executable, "-c", _STAT, str(repository)],
                    folder=ROOT,
                    note="in Python",
                ),
                python_alone(),
            ),
            rounds=5,
        )


def _changed(repository: Path) -> Callable[[], None]:
    """Puts another translation of a title in place, to and fro."""
    path = repository / "locales/de_DE/LC_MESSAGES/faq-00001.po"

    def change() -> None:
        text = path.read_text("utf-8")
        one, other = "Was Patienten zu ", "Was Patienten über "
        old, new = (one, other) if f'msgstr "{one}' in text else (other, one)
        path.write_text(text.replace(f'msgstr "{old}', f'msgstr "{new}', 1), "utf-8")

    return change
