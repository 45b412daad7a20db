"""Runs other checkers beside ours on the same correct and spoilt catalogs, and counts what each of them finds.

python -m tests.quality.peers --weblate .venv/weblate --report docs/checks-compared.md
"""

import argparse
import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from statistics import mean
from threading import Lock
from typing import TypeAlias
from unittest.mock import patch

from tests.quality import measure
from tests.quality.measure import Sample, Score, Told
from tests.quality.score import ORDER

Check: TypeAlias = Callable[[Sequence[Path], Path | None, Path | None, Path], list[Told]]

WORKER = Path(__file__).with_name("weblate_worker.py")
# What Weblate's checks import, without the rest of a server. The worker needs no database, no broker and no renderer.
WEBLATE = "weblate==5.14.3"
WEBLATE_NEEDS = (
    *("django<6", "django-appconf", "django-redis", "celery", "sentry-sdk", "GitPython", "filelock", "packaging"),
    *(
        "translate-toolkit",
        "translation-finder",
        "weblate-language-data",
        "disposable-email-domains",
        "python-dateutil",
    ),
    *("lxml", "nh3", "html2text", "docutils", "pyparsing", "regex", "requests", "siphashc"),
    *("fluent.syntax", "pyicumessageformat"),
)

SEVERITIES = {"E": "error", "W": "warning", "I": "info", "P": "info"}
_CONTEXT = re.compile(r'^msgctxt ((?:"(?:[^"\\]|\\.)*"\s*)+)', re.MULTILINE)
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_MSGFMT = re.compile(r"^.*?\.po:(?:(\d+):)?(?:\d+:)? ?(warning: )?(.+)$")
_VARIABLE = re.compile(r"""(?<!\w)'[^']*'|"[^"]*"|\d+""")
_I18NSPECTOR = re.compile(r"^([EWIP]): (.+?): ([a-z0-9-]+)(?: (.*))?$")
_I18NSPECTOR_ENTRY = re.compile(r"""^msgid .* msgctxt ('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")(?=:|$|\s)""")
_POFILTER = re.compile(r"^# \(pofilter\) ([a-z]+): (.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checker:
    """A checker in the form of ours. Its name stands before its rules where several run together."""

    name: str
    title: str
    version: str
    purpose: str
    check: Check


def msgfmt(files: Sequence[Path], pot: Path | None, glossary: Path | None, place: Path) -> list[Told]:
    """`msgfmt -c --check-header`; it says the line, and the entry is the one that the line belongs to."""
    told = []
    for file in files:
        entries = _entry_of_line(file)
        for line in _run(["msgfmt", "-c", "--check-header", "-o", os.devnull, str(file)], place).stderr.split("\n"):
            if match := _MSGFMT.match(line):
                number, warning, message = match.groups()
                told.append(
                    Told(
                        file=file.name,
                        entry=entries.get(int(number or 0)),
                        rule=_VARIABLE.sub("…", message),
                        severity="warning" if warning else "error",
                        message=message,
                    )
                )
    return told


def i18nspector(files: Sequence[Path], pot: Path | None, glossary: Path | None, place: Path) -> list[Told]:
    told = []
    for line in _run(["i18nspector", *map(str, files)], place).stdout.split("\n"):
        if match := _I18NSPECTOR.match(line):
            severity, file, rule, rest = match.groups()
            named = _I18NSPECTOR_ENTRY.match(rest or "")
            told.append(
                Told(
                    file=Path(file).name,
                    entry=ast.literal_eval(named[1]) if named else None,
                    rule=rule,
                    severity=SEVERITIES[severity],
                    message=rest or "",
                )
            )
    return told


def pofilter(files: Sequence[Path], pot: Path | None, glossary: Path | None, place: Path) -> list[Told]:
    """All its tests with the rules of the language. It writes each string that fails below the names of the tests."""
    told = []
    with tempfile.TemporaryDirectory() as written:
        for file in files:
            failed = Path(written) / file.name
            command = [sys.executable, "-m", "translate.filters.pofilter", f"--language={file.name.split('.')[0]}"]
            result = _run([*command, "--progress=none", "-i", str(file), "-o", str(failed)], place)
            if "Error processing" in result.stderr:
                told.append(
                    Told(file=file.name, entry=None, rule="unreadable", severity="error", message=result.stderr)
                )
            told += [
                Told(file=file.name, entry=_entry(block), rule=rule, severity="warning", message=message)
                for block in (_blocks(failed) if failed.exists() else ())
                for rule, message in _POFILTER.findall(block)
            ]
    return told


@dataclass(frozen=True, slots=True, kw_only=True)
class Weblate:
    """The worker, which stays: to load Weblate takes longer than to check a catalog."""

    process: subprocess.Popen[str]
    one: Lock  # at a time
    count: int  # of its checks

    def check(
        self, files: Sequence[Path], pot: Path | None, glossary: Path | None, place: Path, *, flags: bool
    ) -> list[Told]:
        asked = {"files": [str(file) for file in files], "glossary": str(glossary) if flags and glossary else None}
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        with self.one:
            print(json.dumps(asked), file=self.process.stdin, flush=True)
            answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(f"the Weblate worker ended with {self.process.wait()}")
        return [
            Told(file=Path(file).name, entry=entry, rule=rule, severity="warning", message=rule)
            for file, entry, rule in json.loads(answer)
        ]


def start_weblate(folder: Path) -> Weblate:
    process = subprocess.Popen(
        [str(weblate_python(folder)), str(WORKER)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert process.stdout is not None
    count = process.stdout.readline()
    if not count:
        raise RuntimeError(f"the Weblate worker ended with {process.wait()}")
    return Weblate(process=process, one=Lock(), count=int(count))


def weblate_python(folder: Path) -> Path:
    """The Python of an environment that has Weblate's checks; a missing one is made, from PyPI."""
    python = folder.absolute() / "bin" / "python"
    if not any(folder.glob("lib/python*/site-packages/weblate")):
        venv.EnvBuilder(with_pip=True).create(folder)
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*install, *WEBLATE_NEEDS], check=True)
        subprocess.run([*install, "--no-deps", WEBLATE], check=True)
    return python


def checkers(weblate_folder: Path | None) -> list[Checker]:
    """Ours and every other one that is installed here."""
    found = [
        Checker(
            name="ours",
            title="`pipeline check`",
            version="this repository",
            purpose="numbers, citations, names, terms, language and typography of medical claims",
            check=measure.check,
        )
    ]
    if shutil.which("msgfmt"):
        found.append(
            Checker(
                name="msgfmt",
                title="`msgfmt -c`",
                version=_first_line("msgfmt"),
                purpose="says whether a catalog compiles: syntax, plural forms, placeholders that break a program",
                check=msgfmt,
            )
        )
    if shutil.which("i18nspector"):
        found.append(
            Checker(
                name="i18nspector",
                title="i18nspector",
                version=_first_line("i18nspector"),
                purpose="the same and more about headers, encodings, plural forms and stray characters",
                check=i18nspector,
            )
        )
    found.append(
        Checker(
            name="pofilter",
            title="pofilter",
            version=f"translate-toolkit {version('translate-toolkit')}",
            purpose="hints for a reviewer who reads every string anyway; it compares surfaces, "
            "so correct text of another typography is reported as well",
            check=pofilter,
        )
    )
    if weblate_folder:
        worker = start_weblate(weblate_folder)
        found += [
            Checker(
                name="weblate",
                title="Weblate",
                version=f"{WEBLATE.replace('==', ' ')}, {worker.count} of its 67 checks of translations",
                purpose="checks while somebody translates, in a component as it is created",
                check=partial(worker.check, flags=False),
            ),
            Checker(
                name="weblate-flags",
                title="Weblate, flags",
                version="the same",
                purpose="the same with the flags `check-glossary` and `safe-html`, and the glossary of the corpus",
                check=partial(worker.check, flags=True),
            ),
        ]
    return found


def together(chosen: Sequence[Checker]) -> Check:
    """Several checkers as one, so that all see the very same files."""

    def check(files: Sequence[Path], pot: Path | None, glossary: Path | None, place: Path) -> list[Told]:
        return [
            replace(told, rule=f"{checker.name} {told.rule}")
            for checker in chosen
            for told in checker.check(files, pot, glossary, place)
        ]

    return check


def compare(chosen: Sequence[Checker], per_class: int, turns: int) -> Score:
    """The measurement of ours, with all of them in its place."""
    with patch.object(measure, "check", together(chosen)):
        return measure.score(per_class=per_class, turns=turns, variants=())


def table(result: Score, chosen: Sequence[Checker]) -> list[str]:
    """Recall by class and checker in percent, and below it what each raises on correct texts."""
    others = {checker.name for checker in chosen} - {"ours"}
    columns = [{checker.name} for checker in chosen] + [others]
    lines = [
        "| defect | n | " + " | ".join(checker.title for checker in chosen) + " | all others |",
        "|---|" + "---:|" * (len(columns) + 1),
    ]
    groups = sorted(result.classes().items(), key=lambda item: ORDER.index(item[0]))
    for name, group in groups:
        title = f"**{name}**" if group[0].critical else f"{name} (extra)" if group[0].extra else name
        lines.append(_row(title, str(len(group)), [f"{100 * _recall(group, names):.0f}" for names in columns]))
    counted = [group for _, group in groups if not group[0].extra]
    critical = [group for _, group in groups if group[0].critical]
    for title, kept in (("mean of the classes", counted), ("mean of the critical classes", critical)):
        shares = [mean(_recall(group, names) for group in kept) if kept else 0.0 for names in columns]
        lines.append(_row(title, "", [f"{100 * share:.1f}" for share in shares]))
    strings = [told for told in result.alarms if told.entry is not None]
    raised = [sum(_by(told) in names for told in strings) for names in columns[:-1]]  # Weblate is in the last one twice
    lines.append(_row("false alarms per 1,000 correct strings", "", [*_per_thousand(raised, result.correct), ""]))
    raised = [len({(told.file, told.entry) for told in strings if _by(told) in names}) for names in columns]
    lines.append(_row("correct strings with a false alarm, per 1,000", "", _per_thousand(raised, result.correct)))
    return lines


def report(result: Score, chosen: Sequence[Checker]) -> str:
    return "\n".join(
        [
            "# The checks, compared",
            "",
            "Other checkers beside ours, on the corpus of `tests/quality`: correct translations in eight languages,",
            f"{len(result.samples):,} defects put into them, one in a string, and {result.correct:,} correct strings.",
            "This page is written by",
            "",
            "    python -m tests.quality.peers --weblate .venv/weblate --report docs/checks-compared.md",
            "",
            "`msgfmt` and `i18nspector` are Debian packages (`.ci/apt-packages`), pofilter comes with `.[dev]`, and",
            "`--weblate` names a folder in which the script makes an environment with Weblate's checks, from PyPI.",
            "`--only NAME` runs one of them, `--per-class N` sets how many defects of a class each language gets.",
            "",
            "Every checker reads the same files and is held to the same rule: a defect is found if a finding of any",
            "severity names its entry with a rule that the correct string does not raise; for a defect of a whole",
            "file a new finding anywhere in the file counts, by luck or not: who complains about every other string",
            "complains about an added or renamed one as well. A false alarm is a finding that names a correct string;",
            "remarks on a file's header are not counted. All but ours run with their defaults, without the template.",
            "None of them was made to protect medical claims, and the corpus is the one that our rules are measured",
            "on, which favours ours. Weblate runs without its server: the check of drawn text and the three that",
            "ask the database are left out; strings that it shows as untranslated or in need of editing, and files",
            "that it shows as unreadable or with duplicates, count as found.",
            "",
            "| checker | version | what it is for |",
            "|---|---|---|",
            *(f"| {checker.title} | {checker.version} | {checker.purpose} |" for checker in chosen),
            "",
            "Defects found, in percent. Bold: critical, a patient, the law or security is at stake. Extra: beyond the",
            "surface, not part of the means. All others: found by at least one checker that is not ours.",
            "",
            *table(result, chosen),
            "",
        ]
    )


def _row(title: str, count: str, cells: Sequence[str]) -> str:
    return f"| {title} | {count} | {' | '.join(cells)} |"


def _recall(group: Sequence[Sample], names: set[str]) -> float:
    return mean(any(_by(told) in names for told in sample.told) for sample in group)


def _by(told: Told) -> str:
    return told.rule.split(" ", 1)[0]


def _per_thousand(counts: Sequence[int], correct: int) -> list[str]:
    return [f"{1000 * count / max(correct, 1):.1f}" for count in counts]


def _run(command: Sequence[str], place: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=place,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "", "PYTHONUTF8": "1"},
        timeout=300,
        check=False,
    )


def _first_line(program: str) -> str:
    return _run([program, "--version"], Path.cwd()).stdout.split("\n")[0]


def _blocks(file: Path) -> list[str]:
    """The paragraphs of a file that may be broken: header and entries, each with its comments."""
    return re.split(r"\n(?=\n)", file.read_bytes().decode("utf-8", "replace"))


def _entry_of_line(file: Path) -> dict[int, str | None]:
    entries: dict[int, str | None] = {}
    for block in _blocks(file):
        entry = _entry(block)
        for _ in block.split("\n"):
            entries[len(entries) + 1] = entry
    return entries


def _entry(block: str) -> str | None:
    match = _CONTEXT.search(block)
    if match is None:
        return None
    return re.sub(r"\\(.)", r"\1", "".join(_QUOTED.findall(match[1])))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", metavar="NAME", help="ours, msgfmt, i18nspector, pofilter, weblate, weblate-flags")
    parser.add_argument("--weblate", type=Path, metavar="DIR", help="environment of Weblate, made if missing")
    parser.add_argument("--per-class", type=int, default=3, help="defects of a class in each language")
    parser.add_argument("--report", type=Path)
    wanted = parser.parse_args()
    chosen = [checker for checker in checkers(wanted.weblate) if wanted.only in (None, checker.name)]
    if not chosen:
        parser.error(f"{wanted.only} is not installed here, or needs --weblate")
    result = compare(chosen, wanted.per_class, turns=min(wanted.per_class, 3))
    sys.stdout.write("\n".join([*table(result, chosen), ""]))
    if wanted.report:
        wanted.report.write_text(report(result, chosen), "utf-8")


if __name__ == "__main__":
    main()
