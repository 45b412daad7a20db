"""repository: a copy of the reference content to break, and what the pipeline makes of it."""

import json
import re
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from pipeline import assessing, flow
from pipeline import export as exporting
from pipeline.model.finding import Finding
from pipeline.workspace import Workspace, open_workspace

ROOT = Path(__file__).resolve().parents[1]
CONTENT = ("messages", "locales", "exports", "pyproject.toml")

FAQ = "proleukin-hcp-faq"
DOCUMENT = f"messages/{FAQ}.md"
REFERENCES = "messages/references.toml"
GLOSSARY = "messages/glossary.toml"
SETTINGS = "pyproject.toml"

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
EPOCH = str(int(NOW.timestamp()))

# Every edition with the languages whose catalogs it reads.
EDITIONS = {
    "en_US": (),
    "en_GB": ("en_GB",),
    "es_US": ("es",),
    "es_ES": ("es",),
    "de_DE": ("de",),
    "de_AT": ("de",),
    "fr_FR": ("fr",),
    "fr_CA": ("fr_CA", "fr"),
    "ja_JP": ("ja",),
    "ar_SA": ("ar",),
    "pt_BR": ("pt_BR",),
    "zh_CN": ("zh_CN",),
    "pl_PL": ("pl",),
}
LOCALES = tuple(EDITIONS)
# Overlays hold only what differs; these hold every text.
BASE_LANGUAGES = ("es", "de", "fr", "ja", "ar", "pt_BR", "zh_CN", "pl")


def bcp47(locale: str) -> str:
    return locale.replace("_", "-")


def catalog(language: str, domain: str = FAQ) -> str:
    return f"locales/{language}/LC_MESSAGES/{domain}.po"


def disclaimers(locale: str) -> str:
    return f"locales/{locale}/disclaimers.toml"


def bundle(locale: str, suffix: str, document: str = FAQ) -> str:
    return f"exports/{bcp47(locale)}/{document}.{suffix}"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What an export found, planned and changed."""

    findings: tuple[Finding, ...]
    planned: exporting.Plan
    changed: tuple[str, ...]

    @property
    def refused(self) -> set[str]:
        return {locale.gettext for locale in self.planned.refused}

    @property
    def exported(self) -> set[str]:
        return {locale.gettext for locale in self.planned.exported}


@dataclass(frozen=True)
class Repository:
    """A content repository on the disk; names are relative to `root` with forward slashes."""

    root: Path

    # Files

    def path(self, name: str) -> Path:
        return self.root / name

    def text(self, name: str) -> str:
        return self.path(name).read_bytes().decode()

    def write(self, name: str, content: str | bytes) -> None:
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def remove(self, name: str) -> None:
        self.path(name).unlink()

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace a text that must stand in the file exactly once."""
        text = self.text(name)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new))

    def files(self, folder: str = ".") -> dict[str, bytes]:
        """Every file under the folder with its bytes, but for the cache, which holds nothing that anybody wrote."""
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in sorted((self.root / folder).rglob("*"))
            if path.is_file() and not path.is_relative_to(self.root / ".pipeline/cache")
        }

    def line(self, name: str, text: str) -> int:
        """The number of the first line that holds the text."""
        return next(number for number, line in enumerate(self.text(name).split("\n"), 1) if text in line)

    # Catalog entries

    def unit(self, name: str, identifier: str) -> str:
        """The text of a catalog's entry, comments included."""
        return _unit_pattern(identifier).search(self.text(name))[0]  # type: ignore[index]

    def edit_unit(self, name: str, identifier: str, change: Callable[[str], str]) -> None:
        """Put what `change` makes of an entry in its place."""
        text = self.text(name)
        match = _unit_pattern(identifier).search(text)
        assert match, f"{name} has no entry {identifier}"
        changed = change(match[0])
        assert changed != match[0]
        self.write(name, text[: match.start()] + changed + text[match.end() :])

    def replace_in_unit(self, name: str, identifier: str, old: str, new: str) -> None:
        """Change the translation of an entry: the text must stand in its msgstr."""

        def change(unit: str) -> str:
            head, msgstr, target = unit.partition("msgstr")
            assert old in target, f"{old!r} is not in the translation of {identifier}"
            return head + msgstr + target.replace(old, new, 1)

        self.edit_unit(name, identifier, change)

    def mark_fuzzy(self, name: str, identifier: str) -> None:
        self.edit_unit(name, identifier, fuzzy)

    def empty(self, name: str, identifier: str) -> None:
        """Take the translation of an entry away."""
        self.edit_unit(name, identifier, lambda unit: re.sub(r'^(msgstr(?:\[\d\])?) ".*"$', r'\1 ""', unit, flags=re.M))

    # Settings

    def keep_editions(self, *locales: str) -> None:
        """Leave out the other editions, which makes the content quicker to assess."""
        text = self.text(SETTINGS)
        start, end = text.index("[tool.pipeline.editions]\n"), text.index("[tool.pipeline.disclaimers]\n")
        kept = "".join(f"{locale} = {json.dumps(EDITIONS[locale])}\n" for locale in locales)
        self.write(SETTINGS, f"{text[:start]}[tool.pipeline.editions]\n{kept}\n{text[end:]}")

    # What the pipeline makes of it

    def workspace(self) -> Workspace:
        return open_workspace(self.root)

    def findings(self, today: date = TODAY) -> tuple[Finding, ...]:
        workspace = self.workspace()
        return assessing.assess(workspace, flow.read_content(workspace), today).findings

    def plan(self, today: date = TODAY) -> exporting.Plan:
        workspace = self.workspace()
        return exporting.plan(workspace, assessing.assess(workspace, flow.read_content(workspace), today))

    def export(self, today: date = TODAY) -> Outcome:
        """The stages check and export."""
        workspace = self.workspace()
        assessment = assessing.assess(workspace, flow.read_content(workspace), today)
        planned = exporting.plan(workspace, assessment)
        changed = exporting.write(workspace, planned)
        return Outcome(findings=assessment.findings, planned=planned, changed=changed)

    def update(self, now: datetime = NOW) -> tuple[flow.CatalogUpdate, ...]:
        """The stages extract and update."""
        workspace = self.workspace()
        content = flow.read_content(workspace)
        flow.extract(workspace, content, now)
        updates, _ = flow.update(workspace, content, now)
        return updates

    def run(self) -> Outcome:
        """Every stage in order."""
        self.update()
        return self.export()

    def differences(self) -> tuple[exporting.Difference, ...]:
        return tuple(exporting.differences(self.workspace(), self.plan()))


def fuzzy(unit: str) -> str:
    """The entry with the flag fuzzy, where gettext writes it."""
    if "\n#, " in unit:
        return unit.replace("\n#, ", "\n#, fuzzy, ", 1)
    return unit.replace("msgctxt", "#, fuzzy\nmsgctxt", 1)


def reference_repository(folder: Path) -> Repository:
    """A copy of the reference content in the folder."""
    for name in CONTENT:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns(".*.tmp", "*.mo"))
        else:
            shutil.copy2(source, folder / name)
    return Repository(folder)


def said(findings: Iterable[Finding]) -> list[str]:
    """The findings as a person reads them, for a failing test to show."""
    return [f"{finding.locale or '*'} {finding}" for finding in findings]


def _unit_pattern(identifier: str) -> re.Pattern[str]:
    return re.compile(rf'(?:^#.*\n)*^msgctxt "{re.escape(identifier)}"\n(?:^[m"].*(?:\n|\Z))+', re.MULTILINE)
