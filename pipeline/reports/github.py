"""github: findings as workflow commands of GitHub Actions, which annotate the lines of a pull request."""

from pipeline.model.finding import Severity
from pipeline.reports.report import Report, Result, visible

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def github(report: Report) -> str:
    """`::error file=...,line=...,title=...::message`, one line for each finding."""
    return "".join(f"{_command(result)}\n" for result in report.results)


def _command(result: Result) -> str:
    finding = result.finding
    properties = {"file": finding.location.file, "line": str(finding.location.line or 1)}
    if finding.location.column:
        properties["col"] = str(finding.location.column)
    properties["title"] = " ".join(filter(None, (finding.rule, finding.entry)))
    told = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    message = "\n".join(filter(None, (finding.message, finding.hint)))
    return f"::{_COMMANDS[finding.severity]} {told}::{_data(message)}"


def _data(text: str) -> str:
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
