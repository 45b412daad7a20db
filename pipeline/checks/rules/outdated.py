"""outdated: a translation translates the text that the document has today."""

from collections.abc import Iterator

from pipeline.checks.rule import Problem, Rule, Scope
from pipeline.checks.subject import Subject
from pipeline.model.finding import Severity


def outdated(subject: Subject) -> Iterator[Problem]:
    unit = subject.unit
    if unit is not None and (unit.source, unit.plural) != (subject.source, subject.plural):
        yield Problem(
            message="its msgid is not the English of today",
            expected=subject.source,
            actual=unit.source,
            hint="run `pipeline update`; a msgid is never edited by hand",
        )


RULE = Rule(
    id="outdated",
    scope=Scope.ENTRY,
    severity=Severity.ERROR,
    title="Another source text",
    finds="An entry whose msgid or msgid_plural is not the text of the document or template with the same context: "
    "it was edited in the catalog, or the English has changed since.",
    why="Source and translation would agree with each other and both disagree with the approved English.",
    waivable=False,
    entry=outdated,
)
