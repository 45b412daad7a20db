"""sarif: findings as SARIF 2.1.0 (OASIS standard), which code hosts and editors show beside the lines."""

from urllib.parse import quote

import msgspec

from pipeline import __version__
from pipeline.model.finding import Finding, Severity
from pipeline.reports.report import Report, Result, visible

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def sarif(report: Report) -> str:
    """One run with a result for each finding; the fingerprint lets a viewer follow a finding between runs."""
    rules = sorted({result.finding.rule for result in report.results})
    indexes = {rule: index for index, rule in enumerate(rules)}
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {"name": "pipeline", "version": __version__, "rules": [{"id": rule} for rule in rules]}
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(result, indexes) for result in report.results],
            }
        ],
    }
    return msgspec.json.format(msgspec.json.encode(log), indent=2).decode() + "\n"


def _result(result: Result, indexes: dict[str, int]) -> dict[str, object]:
    finding = result.finding
    return {
        "ruleId": finding.rule,
        "ruleIndex": indexes[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": {"text": _text(finding)},
        "locations": [_location(finding)],
        "partialFingerprints": {"pipeline/v1": finding.fingerprint},
        "properties": {"entry": finding.entry, "locales": list(result.locales)},
    }


def _text(finding: Finding) -> str:
    entry = f"{finding.entry}: " if finding.entry else ""
    facts = f" (source {finding.expected}, target {finding.actual})" if finding.expected or finding.actual else ""
    hint = f". {finding.hint}" if finding.hint else ""
    return visible(f"{entry}{finding.message}{facts}{hint}")


def _location(finding: Finding) -> dict[str, object]:
    region = {"startLine": finding.location.line} if finding.location.line else {}
    if finding.location.column:
        region["startColumn"] = finding.location.column
    physical: dict[str, object] = {"artifactLocation": {"uri": quote(finding.location.file)}}
    return {"physicalLocation": physical | ({"region": region} if region else {})}
