"""csv_table: findings as CSV (RFC 4180), for vendors who work through a list in a spreadsheet."""

import csv
import io

from pipeline.reports.report import Report

_COLUMNS = (
    *("file", "line", "entry", "severity", "rule", "message", "expected", "actual", "suggestion", "source", "target"),
    *("locales", "fingerprint"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_table(report: Report) -> str:
    """One finding a row under a heading. A cell that a spreadsheet would take for a formula is quoted as text."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(_COLUMNS)
    for result in report.results:
        finding = result.finding
        cells = (
            *(finding.location.file, str(finding.location.line or ""), finding.entry, finding.severity.value),
            *(finding.rule, finding.message, finding.expected, finding.actual, finding.hint),
            *(finding.source, finding.target, " ".join(result.locales), finding.fingerprint),
        )
        writer.writerow([_cell(cell) for cell in cells])
    return buffer.getvalue()


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
