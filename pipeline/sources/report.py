"""report: what is wrong with one text, with its place."""

from dataclasses import dataclass, field

from pipeline.model.finding import Finding, Location


@dataclass
class Report:
    """Collects findings of one text: its lines, and the citation keys, footnotes and headings that it may use."""

    name: str
    lines: list[str]
    keys: frozenset[str]
    footnotes: frozenset[str]
    headings: frozenset[str] = frozenset()
    findings: list[Finding] = field(default_factory=list)

    def problem(self, message: str, line: int, column: int = 0, *, hint: str = "", entry: str = "") -> None:
        if not column and 0 < line <= len(self.lines):
            text = self.lines[line - 1]
            column = len(text) - len(text.lstrip()) + 1
        location = Location(file=self.name, line=line, column=column or 1)
        self.findings.append(Finding(rule="source", message=message, location=location, hint=hint, entry=entry))
