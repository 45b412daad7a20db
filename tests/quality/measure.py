"""Runs the checker as a user does on correct and on spoilt catalogs, and counts what it finds.

python -m tests.quality.score --misses misses.txt --report docs/checks-measured.md
"""

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import mean
from typing import TypeAlias
from zlib import crc32

from tests.quality.corpus import GLOSSARY, LANGUAGES, TEXTS, Case, cases, facts, texts
from tests.quality.defects import CATALOG_DEFECTS, DEFECTS, CatalogDefect, Defect
from tests.quality.po_text import Catalog, Entry, catalog_text, pot_text
from tests.quality.variants import VARIANTS, Variant

ROOT = Path(__file__).parents[2]
Raised: TypeAlias = tuple[str, str | None, str]  # language, entry, rule
SMALL = 14  # entries of a catalog that holds a defect of the file


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One line of the checker's report, as far as it counts here."""

    file: str
    entry: str | None
    rule: str
    severity: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A defect in its place, and what became of it. Without an entry it concerns the file."""

    name: str
    critical: bool
    extra: bool
    language: str
    id: str
    source: str
    correct: str
    spoilt: str
    file: str = ""
    told: tuple[Told, ...] = ()

    @property
    def found(self) -> bool:
        return bool(self.told)

    @property
    def stopped(self) -> bool:
        return any(told.severity == "error" for told in self.told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    samples: tuple[Sample, ...]
    alarms: tuple[Told, ...]  # on correct texts
    correct: int  # how many correct texts
    restyled: tuple[Sample, ...] = ()  # correct texts in other accepted spellings, with what was raised on them
    sources: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)

    def classes(self) -> dict[str, list[Sample]]:
        grouped: dict[str, list[Sample]] = defaultdict(list)
        for sample in self.samples:
            grouped[sample.name].append(sample)
        return grouped

    def macro(self) -> float:
        return _mean(recall(group) for group in self.classes().values() if not group[0].extra)

    def critical(self) -> float:
        groups = [group for group in self.classes().values() if group[0].critical]
        return _mean(mean(sample.stopped for sample in group) for group in groups)

    def per_thousand(self, *severities: str) -> float:
        return 1000 * sum(told.severity in severities for told in self.alarms) / max(self.correct, 1)


def recall(group: Sequence[Sample]) -> float:
    return mean(sample.found for sample in group)


def score(
    *,
    folder: Path = TEXTS,
    languages: Sequence[str] = LANGUAGES,
    only: str | None = None,
    per_class: int = 9,
    turns: int = 3,
    each: bool = True,
    variants: Sequence[Variant] = VARIANTS,
) -> Score:
    """The whole measurement: correct catalogs first, then the spoilt ones against what those already raised.

    Unless each language is to have each defect of a file, the languages share them: quick, for a sample.
    """
    with tempfile.TemporaryDirectory() as temporary, ThreadPoolExecutor(max_workers=2) as pool:
        place = Path(temporary)
        told, known = _correct(place / "correct", folder, languages)
        clean = {(Path(line.file).stem, line.entry, line.rule) for line in told}
        strings = _strings(folder, languages, only, per_class)
        rounds = _rounds(strings)
        samples = [
            sample
            for done in pool.map(
                lambda numbered: _run_round(place / f"round-{numbered[0]}", numbered[1], folder, languages, clean),
                enumerate(rounds),
            )
            for sample in done
        ]
        few = list(pool.map(lambda turn: _few_correct(place / f"few-{turn}", turn, folder, languages), range(turns)))
        chosen = [defect for defect in CATALOG_DEFECTS if only in (None, defect.name)]
        jobs = [(mix, turn) for mix in _mixes(chosen, languages, each) for turn in range(turns)]
        samples += [
            sample
            for done in pool.map(
                lambda numbered: _run_files(
                    place / f"files-{numbered[0]}", numbered[1][0], numbered[1][1], folder, few
                ),
                enumerate(jobs),
            )
            for sample in done
        ]
        restyled = [
            sample
            for done in pool.map(lambda variant: _restyle(place, variant, folder, languages, clean), variants)
            for sample in done
        ]
        alarms, correct = list(told), len(known)
        if folder == TEXTS:
            more, count = _repository(place / "repository", languages)
            alarms, correct = alarms + more, correct + count
        return Score(
            samples=tuple(samples), alarms=tuple(alarms), correct=correct, restyled=tuple(restyled), sources=known
        )


def check(files: Sequence[Path], pot: Path | None, glossary: Path | None, place: Path) -> list[Told]:
    """`pipeline check` in a process of its own. What is not JSON on its standard output is a failure of the checker."""
    command = [sys.executable, "-m", "pipeline", "check", *(str(file.relative_to(place)) for file in files)]
    command += ["--pot", str(pot.relative_to(place))] if pot else []
    command += ["--glossary", str(glossary)] if glossary else []
    result = subprocess.run(
        [*command, "--format", "jsonl"],
        cwd=place,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        timeout=300,
        check=False,
    )
    if result.returncode not in (0, 1) or "Traceback" in result.stderr:
        raise RuntimeError(f"pipeline check ended with {result.returncode}: {result.stderr[-2000:]}")
    lines = [json.loads(line) for line in result.stdout.split("\n") if line]
    return [
        Told(**{key: line[key] for key in ("file", "entry", "rule", "severity", "message")})
        for line in lines
        if "rule" in line
    ]


def _correct(
    place: Path, folder: Path, languages: Sequence[str]
) -> tuple[list[Told], dict[tuple[str, str], tuple[str, str]]]:
    told = _check_catalogs(place, {language: _entries(language, folder) for language in languages})
    known = {
        (language, text.id): (text.source[0], " | ".join(text.target))
        for language in languages
        for text in texts(language, folder)
    }
    return told, known


def _strings(folder: Path, languages: Sequence[str], only: str | None, per_class: int) -> list[Sample]:
    """The spoilt strings: for each class and language the same few texts each time, spread over the corpus."""
    return [
        sample
        for language in languages
        for known in [cases(language, folder)]
        for defect in DEFECTS
        if only in (None, defect.name)
        for sample in _spoilt(defect, known, per_class)
    ]


def _spoilt(defect: Defect, known: Sequence[Case], per_class: int) -> list[Sample]:
    ordered = sorted(known, key=lambda case: crc32(f"{defect.name}/{case.language}/{case.id}".encode()))
    samples: list[Sample] = []
    for case in ordered:
        spoilt = defect.spoil(case)
        if spoilt is not None and spoilt != case.target and len(samples) < per_class:
            samples.append(
                Sample(
                    name=defect.name,
                    critical=defect.critical,
                    extra=defect.extra,
                    language=case.language,
                    id=case.id,
                    source=case.source,
                    correct=case.target,
                    spoilt=spoilt,
                )
            )
    return samples


def _rounds(samples: Iterable[Sample]) -> list[list[Sample]]:
    """Each round holds a text of a language once: at most one defect in a string."""
    taken: Counter[tuple[str, str]] = Counter()
    rounds: list[list[Sample]] = []
    for sample in samples:
        number = taken[(sample.language, sample.id)]
        taken[(sample.language, sample.id)] += 1
        if number == len(rounds):
            rounds.append([])
        rounds[number].append(sample)
    return rounds


def _run_round(
    place: Path,
    samples: Sequence[Sample],
    folder: Path,
    languages: Sequence[str],
    clean: set[Raised],
) -> list[Sample]:
    """The texts that a sample of some language changes, in every language; the others would only take time."""
    spoilt = {(sample.language, sample.id): sample.spoilt for sample in samples}
    changed = {sample.id for sample in samples}
    catalogs = {
        language: tuple(
            replace(entry, target=(spoilt[language, entry.id],)) if (language, entry.id) in spoilt else entry
            for entry in _entries(language, folder)
            if entry.id in changed
        )
        for language in languages
    }
    told: dict[tuple[str, str | None], list[Told]] = defaultdict(list)
    for line in _check_catalogs(place, catalogs):
        language = Path(line.file).stem
        if (language, line.entry, line.rule) not in clean:
            told[language, line.entry].append(line)
    return [replace(sample, told=tuple(told[sample.language, sample.id])) for sample in samples]


def _restyle(
    place: Path,
    variant: Variant,
    folder: Path,
    languages: Sequence[str],
    clean: set[Raised],
) -> list[Sample]:
    """The correct texts in another accepted spelling: what is raised on them is a false alarm."""
    samples = [
        Sample(
            name=variant.__name__.replace("_", "-"),
            critical=False,
            extra=True,
            language=case.language,
            id=case.id,
            source=case.source,
            correct=case.target,
            spoilt=written,
        )
        for language in languages
        for case in cases(language, folder)
        if (written := variant(case)) != case.target
    ]
    return _run_round(place / variant.__name__, samples, folder, languages, clean) if samples else []


def _few_correct(place: Path, turn: int, folder: Path, languages: Sequence[str]) -> set[Raised]:
    """What the small catalogs raise while nothing is wrong with them."""
    told = _check_catalogs(place, {language: _few(_entries(language, folder), turn) for language in languages})
    return {(Path(line.file).stem, line.entry, line.rule) for line in told}


def _mixes(defects: Sequence[CatalogDefect], languages: Sequence[str], each: bool) -> list[dict[str, CatalogDefect]]:
    """Which language gets which defect of a file, run by run."""
    if each:
        return [dict.fromkeys(languages, defect) for defect in defects]
    kinds = [[defect for defect in defects if defect.beside is beside] for beside in (False, True)]
    return [
        dict(zip(languages, kind[start : start + len(languages)], strict=False))
        for kind in kinds
        for start in range(0, len(kind), len(languages))
    ]


def _run_files(
    place: Path, mix: dict[str, CatalogDefect], turn: int, folder: Path, few: Sequence[set[Raised]]
) -> list[Sample]:
    """A defect of the file, in a catalog of its own for each language; the correct ones tell what is raised anyway."""
    good, bad, samples = {}, {}, []
    for language, defect in mix.items():
        catalog = _catalog(language, _few(_entries(language, folder), turn))
        spoilt = defect.spoil(catalog, turn)
        if spoilt is None:
            continue
        good[language], bad[language] = catalog, spoilt
        samples.append(
            Sample(
                name=defect.name,
                critical=defect.critical,
                extra=False,
                language=language,
                id=f"turn {turn}",
                source="",
                correct="",
                spoilt=_difference(catalog, spoilt),
            )
        )
    if not samples:
        return []
    if any(defect.beside for defect in mix.values()):
        before = {(line.rule, line.entry) for line in _check_pairs(place / "good", good, good)}
        told = [line for line in _check_pairs(place / "bad", good, bad) if (line.rule, line.entry) not in before]
    else:
        told = [
            line
            for line in _check_files(place / "bad", bad, good)
            if (Path(line.file).stem, line.entry, line.rule) not in few[turn]
        ]
    return [
        replace(sample, told=tuple(line for line in told if Path(line.file).name.split(".")[0] == sample.language))
        for sample in samples
    ]


def _check_catalogs(place: Path, entries: dict[str, tuple[Entry, ...]]) -> list[Told]:
    catalogs = {language: _catalog(language, texts_) for language, texts_ in entries.items()}
    return _check_files(place, catalogs, catalogs)


def _check_files(place: Path, catalogs: dict[str, Catalog], correct: dict[str, Catalog]) -> list[Told]:
    place.mkdir(parents=True)
    pot = place / "medical.pot"
    pot.write_text(pot_text(next(iter(correct.values())).entries), "utf-8", newline="")
    files = [_write(place / f"{language}.po", catalog) for language, catalog in catalogs.items()]
    return check(files, pot, GLOSSARY, place)


def _check_pairs(place: Path, first: dict[str, Catalog], second: dict[str, Catalog]) -> list[Told]:
    place.mkdir(parents=True)
    files = []
    for language, catalog in first.items():
        files.append(_write(place / f"{language}.faq.po", catalog))
        renamed = tuple(replace(entry, id=f"second/{entry.id}") for entry in second[language].entries)
        files.append(_write(place / f"{language}.leaflet.po", replace(second[language], entries=renamed)))
    return check(files, None, GLOSSARY, place)


def _write(file: Path, catalog: Catalog) -> Path:
    file.write_bytes(catalog_text(catalog).encode())
    return file


def _entries(language: str, folder: Path) -> tuple[Entry, ...]:
    return tuple(Entry(id=text.id, source=text.source, target=text.target) for text in texts(language, folder))


def _catalog(language: str, entries: tuple[Entry, ...]) -> Catalog:
    return Catalog(language=language, plural=str(facts()[language]["plural"]), entries=entries)


def _few(entries: tuple[Entry, ...], turn: int) -> tuple[Entry, ...]:
    """Some of the texts, with the plural and those that a second document says as well."""
    wanted = {"ui/results", "ui/next", "list/side-effects/1", "boxed/notice/1"}
    start = (turn * SMALL) % max(len(entries) - SMALL, 1)
    return tuple(entry for place, entry in enumerate(entries) if start <= place < start + SMALL or entry.id in wanted)


def _difference(catalog: Catalog, spoilt: Catalog) -> str:
    before, after = (catalog_text(each).split("\n") for each in (catalog, spoilt))
    lost, new = Counter(before) - Counter(after), Counter(after) - Counter(before)
    return " / ".join([*(f"-{line}" for line in lost), *(f"+{line}" for line in new)])[:400]


def _repository(place: Path, languages: Sequence[str]) -> tuple[list[Told], int]:
    """The catalogs of this repository: more texts that are correct."""
    told: list[Told] = []
    count = 0
    for domain in ("proleukin-hcp-faq", "ui"):
        home = place / domain
        home.mkdir(parents=True)
        pot = home / "template.pot"
        pot.write_bytes((ROOT / "locales" / f"{domain}.pot").read_bytes())
        files = []
        for language in languages:
            source = ROOT / "locales" / language / "LC_MESSAGES" / f"{domain}.po"
            file = home / f"{language}.po"
            file.write_bytes(source.read_bytes())
            count += source.read_text("utf-8").count("\nmsgid ") - 1
            files.append(file)
        told += check(files, pot, ROOT / "messages" / "glossary.toml", home)
    return told, count


def _mean(values: Iterable[float]) -> float:
    kept = list(values)
    return mean(kept) if kept else 0.0
