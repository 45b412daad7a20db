"""reports: what a check found, for people and for programs; a file per format.

A format is one function from a Report to text, in a file of its own, and one line in the table.
"""

from collections.abc import Callable, Mapping
from importlib import import_module

from pipeline.reports.report import Report

# By name: the module and the function in it, loaded when it is asked for.
FORMATS: Mapping[str, tuple[str, str]] = {
    "jsonl": ("jsonl", "jsonl"),
    "sarif": ("sarif", "sarif"),
    "junit": ("junit", "junit"),
    "github": ("github", "github"),
    "html": ("html_report", "html_report"),
    "csv": ("csv_table", "csv_table"),
}


def render(report: Report, form: str) -> str:
    """The report in one of the FORMATS."""
    module, function = FORMATS[form]
    write: Callable[[Report], str] = getattr(import_module(f"pipeline.reports.{module}"), function)
    return write(report)
