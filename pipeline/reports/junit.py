"""junit: findings as JUnit XML, the form in which CI servers take test results."""

from collections.abc import Iterable
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from pipeline.model.finding import Severity
from pipeline.reports.report import Report, Result, visible


def junit(report: Report) -> str:
    """A suite for each file and a case for each entry with findings; errors fail, the rest is output of the case."""
    suites = [
        _suite(file, list(results))
        for file, results in groupby(report.results, key=lambda result: result.finding.location.file)
    ]
    failures = report.count(Severity.ERROR)
    head = f'<testsuites name={quoteattr(report.title)} tests="{len(report.results)}" failures="{failures}">'
    return "\n".join(('<?xml version="1.0" encoding="UTF-8"?>', head, *suites, "</testsuites>", ""))


def _suite(file: str, results: list[Result]) -> str:
    failures = sum(result.finding.severity is Severity.ERROR for result in results)
    head = f'  <testsuite name={_attribute(file)} tests="{len(results)}" failures="{failures}">'
    return "\n".join((head, *_cases(results), "  </testsuite>"))


def _cases(results: Iterable[Result]) -> Iterable[str]:
    for result in results:
        finding = result.finding
        yield (
            f"    <testcase classname={_attribute(finding.rule)} name={_attribute(finding.entry or finding.message)} "
            f'file={_attribute(finding.location.file)} line="{finding.location.line}">'
        )
        body = escape(visible("\n".join(filter(None, (str(finding.location), finding.message, finding.hint)))))
        if finding.severity is Severity.ERROR:
            attributes = f"type={_attribute(finding.rule)} message={_attribute(finding.message)}"
            yield f"      <failure {attributes}>{body}</failure>"
        else:
            yield f"      <system-out>{finding.severity}: {body}</system-out>"
        yield "    </testcase>"


def _attribute(text: str) -> str:
    return quoteattr(visible(text).replace("\n", " "))
