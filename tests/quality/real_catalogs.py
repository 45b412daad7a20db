"""real_catalogs: what the rules say of catalogs that nobody here wrote, and how fast.

    python -m tests.quality.real_catalogs [--sample FILE.csv] [WHEEL...]

Without wheels those of Django 5.2, wagtail and gnuhealth are fetched from PyPI. Counts are per 1,000 translations.
"""

import argparse
import csv
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.loose import check_files
from pipeline.model.catalog import State
from pipeline.model.finding import Finding, Severity

WHEELS = ("django==5.2", "wagtail==8.0.1", "gnuhealth==5.0.6")
LANGUAGES = frozenset(("de", "fr", "es", "ja", "ja_JP", "ar", "pl", "zh_Hans", "zh_CN", "pt_BR"))
SEED = 20261122


@dataclass
class Tally:
    """What was found in the catalogs of one wheel and language."""

    files: int = 0
    translations: int = 0
    seconds: float = 0.0
    findings: list[Finding] = field(default_factory=list)

    def per_thousand(self, severity: Severity) -> float:
        counted = {(f.location.file, f.entry, f.rule) for f in self.findings if f.severity is severity}
        return 1000 * len(counted) / max(self.translations, 1)


def fetch(folder: Path) -> list[Path]:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), *WHEELS]
    subprocess.run(command, check=True)
    return sorted(folder.glob("*.whl"))


def catalogs(wheel: Path, folder: Path) -> Iterator[tuple[str, Path]]:
    """The language and the file of each catalog in the eight languages."""
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            parts = Path(name).parts
            language = parts[-3] if parts[-2:-1] == ("LC_MESSAGES",) else Path(name).stem
            if name.endswith(".po") and language in LANGUAGES:
                yield language, Path(archive.extract(name, folder))


def measure(wheels: list[Path], folder: Path) -> dict[tuple[str, str], Tally]:
    tallies: dict[tuple[str, str], Tally] = {}
    for wheel in wheels:
        for language, path in catalogs(wheel, folder / wheel.stem):
            tally = tallies.setdefault((wheel.name.split("-")[0], language), Tally())
            began = time.process_time()
            (checked,) = check_files([path])
            tally.seconds += time.process_time() - began
            tally.files += 1
            tally.findings.extend(checked.findings)
            if checked.catalog is not None:
                tally.translations += sum(unit.state is State.TRANSLATED for unit in checked.catalog.live)
    return tallies


def show(tallies: dict[tuple[str, str], Tally]) -> None:
    print(f"{'catalogs':24}{'files':>6}{'strings':>9}{'errors':>8}{'warnings':>10}{'info':>7}{'units/s':>9}")
    total = Tally()
    for (wheel, language), tally in sorted(tallies.items()):
        show_line(f"{wheel} {language}", tally)
        total.files += tally.files
        total.translations += tally.translations
        total.seconds += tally.seconds
        total.findings += tally.findings
    show_line("all", total)
    print("\nper 1,000 translations, by rule:")
    rules = Counter((finding.rule, finding.severity) for finding in total.findings)
    for (rule, severity), count in rules.most_common():
        print(f"  {severity:8} {rule:20} {count:6} {1000 * count / max(total.translations, 1):8.2f}")


def show_line(name: str, tally: Tally) -> None:
    rates = [tally.per_thousand(severity) for severity in Severity]
    speed = tally.translations / max(tally.seconds, 1e-9)
    print(f"{name:24}{tally.files:6}{tally.translations:9}{rates[0]:8.2f}{rates[1]:10.2f}{rates[2]:7.2f}{speed:9.0f}")


def write_sample(findings: list[Finding], path: Path, count: int = 100) -> None:
    """A seeded sample for reading through, without what says only that a text is not translated yet."""
    worth = sorted(
        (finding for finding in findings if finding.rule not in ("missing", "fuzzy")),
        key=lambda finding: (finding.location, finding.rule, finding.message),
    )
    chosen = random.Random(SEED).sample(worth, min(count, len(worth)))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("rule", "severity", "message", "expected", "actual", "source", "target", "file", "line"))
        for each in chosen:
            place = (each.location.file, each.location.line)
            texts = (each.message, each.expected, each.actual, each.source, each.target)
            writer.writerow((each.rule, each.severity, *texts, *place))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wheels", nargs="*", type=Path)
    parser.add_argument("--sample", type=Path, metavar="FILE.csv", help="write 100 findings to read through")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tallies = measure(options.wheels or fetch(folder), folder)
        show(tallies)
        if options.sample:
            write_sample([finding for tally in tallies.values() for finding in tally.findings], options.sample)


if __name__ == "__main__":
    main()
