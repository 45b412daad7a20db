"""report: findings with what a reader of them wants to see beside: the texts, and where on the page they stand."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from pipeline.model.catalog import Catalog, Unit
from pipeline.model.finding import Finding, Severity
from pipeline.model.locale import Locale

# What a reader cannot see: control and format characters, odd spaces, what is no character.
_UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u2000-\u200f\u2028-\u202f"
    "\u205f-\u206f\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\uffff\ue000-\uf8ff\U000e0000-\U000e0fff"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a]"
)
_NAMED = {"\u00a0": "NBSP", "\u202f": "NNBSP", "\u00ad": "SHY", "\u200b": "ZWSP", "\ufeff": "BOM", "\t": "TAB"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Where a text stands: what its translator is told about it, and the translations before and after it."""

    note: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A distinct finding, the locales that share it, and the language and context of its text where there is one."""

    finding: Finding
    locales: tuple[str, ...]
    language: Locale | None
    context: Context | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that a check found, in the order of files and lines.

    `texts` counts the translations looked at; `stops` says whether an error stops the export of its locales.
    """

    title: str
    results: tuple[Result, ...]
    texts: int
    stops: bool

    def count(self, severity: Severity) -> int:
        return sum(result.finding.severity is severity for result in self.results)


def report(
    title: str, findings: Iterable[Finding], catalogs: Iterable[tuple[Catalog, Locale]], *, texts: int, stops: bool
) -> Report:
    """Merge what several locales share, and put each finding beside its text in the catalogs; `texts` were checked."""
    languages: dict[str, Locale] = {}
    contexts: dict[tuple[str, str], Context] = {}
    for catalog, locale in catalogs:
        if catalog.name not in languages:
            languages[catalog.name] = locale
            contexts.update(_contexts(catalog))
    return Report(
        title=title,
        results=tuple(
            Result(
                finding=finding,
                locales=locales,
                language=languages.get(finding.location.file),
                context=contexts.get((finding.location.file, finding.entry)),
            )
            for finding, locales in merged(findings)
        ),
        texts=texts,
        stops=stops,
    )


def merged(findings: Iterable[Finding]) -> Iterator[tuple[Finding, tuple[str, ...]]]:
    """Each distinct finding once, in the order of its place, with every locale that it was found for."""
    locales: dict[Finding, list[str]] = {}
    for finding in findings:
        locales.setdefault(replace(finding, locale=""), []).append(finding.locale)
    for finding in sorted(locales, key=lambda finding: finding.location):
        yield finding, tuple(dict.fromkeys(locale for locale in locales[finding] if locale))


def record(finding: Finding, locales: tuple[str, ...]) -> dict[str, object]:
    """A finding for programs."""
    return {
        "file": finding.location.file,
        "line": finding.location.line or None,
        "column": finding.location.column or None,
        "entry": finding.entry or None,
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "expected": finding.expected or None,
        "actual": finding.actual or None,
        "suggestion": finding.hint or None,
        "fingerprint": finding.fingerprint,
        "locales": list(locales),
    }


def visible(text: str) -> str:
    """The text with every character that cannot be seen, or would steer a terminal, by its code or short name."""
    return _UNSEEN.sub(_shown, text)


def _shown(match: re.Match[str]) -> str:
    return f"⟨{_NAMED.get(match[0], f'U+{ord(match[0]):04X}')}⟩"


def _contexts(catalog: Catalog) -> Mapping[tuple[str, str], Context]:
    units = catalog.live
    return {
        (catalog.name, unit.id): Context(
            note=" ".join(unit.extracted_comments[:1]),
            before=_said(units[index - 1]) if index else "",
            after=_said(units[index + 1]) if index + 1 < len(units) else "",
        )
        for index, unit in enumerate(units)
    }


def _said(unit: Unit) -> str:
    return next((target for target in unit.targets if target), unit.source)
