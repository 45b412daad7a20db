"""finding: something in the content that a person can mend, with the place and the way to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from pipeline.errors import PipelineError


class Severity(StrEnum):
    """ERROR blocks the export of what it concerns; a WARNING is for a reviewer to decide; INFO is typography."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


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
    finding blocks, in gettext spelling, and empty where it concerns every edition. `hint` says how to
    mend it. Where two texts were compared, `source` and `target` are they, and `expected` and `actual`
    the facts of each that do not agree.
    """

    rule: str
    message: str
    location: Location
    severity: Severity = Severity.ERROR
    entry: str = ""
    locale: str = ""
    hint: str = ""
    expected: str = ""
    actual: str = ""
    source: str = ""
    target: str = ""

    @property
    def fingerprint(self) -> str:
        """Stays the same as long as rule, entry and both texts do: 16 hexadecimal digits of a SHA-256."""
        parts = "\0".join((self.rule, self.entry, self.source, self.target))
        return sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:16]

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
