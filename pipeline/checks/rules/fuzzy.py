"""fuzzy: no doubtful translation is exported."""

from collections.abc import Iterator

from pipeline.checks.rule import Problem, Rule, Scope
from pipeline.checks.subject import Subject
from pipeline.model.catalog import State
from pipeline.model.finding import Severity


def fuzzy(subject: Subject) -> Iterator[Problem]:
    if subject.unit is not None and subject.unit.state is State.FUZZY:
        yield Problem(
            message="is marked fuzzy",
            severity=Severity.WARNING if subject.work_in_progress else None,
            hint="compare it with the English, mend it and take the fuzzy flag away",
        )


RULE = Rule(
    id="fuzzy",
    scope=Scope.ENTRY,
    severity=Severity.ERROR,
    title="Marked fuzzy",
    finds="A translation with the fuzzy flag. In a loose file that is checked without its template it is a warning.",
    why="The flag says that somebody, or a tool after the English changed, doubts the text. Doubt is not published.",
    waivable=False,
    entry=fuzzy,
)
