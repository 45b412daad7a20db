"""jsonl: one finding a line, as a JSON object."""

import msgspec

from pipeline.reports.report import Report, record


def jsonl(report: Report) -> str:
    """A line for each finding; what there is no value for is null."""
    return "".join(
        f"{msgspec.json.encode(record(result.finding, result.locales)).decode()}\n" for result in report.results
    )
