"""finding: something in the content that a person can mend, with the place and the way to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pipeline.errors import PipelineError


class Severity(StrEnum):
    """ERROR blocks the export of what it concerns; a WARNING is for a reviewer to decide."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Location:
    """A place in a source file: path relative to the project, line and column counted from 1."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.file]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One result of a check.

    `entry` is the message id or the id of the thing concerned; `locale` is the edition that the
    finding blocks, in gettext spelling, and empty where it concerns every edition.
    """

    rule: str
    message: str
    location: Location
    severity: Severity = Severity.ERROR
    entry: str = ""
    locale: str = ""
    hint: str = ""

    def __str__(self) -> str:
        entry = f" [{self.entry}]" if self.entry else ""
        hint = f"; {self.hint}" if self.hint else ""
        return f"{self.location}: {self.severity}: {self.message}{hint} ({self.rule}){entry}"


class Refused(PipelineError):
    """A file that cannot be taken; carries every problem found in it, in file order."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(str(finding) for finding in self.findings))


def has_errors(findings: Iterable[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)
