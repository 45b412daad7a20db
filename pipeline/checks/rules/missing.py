"""missing: every message has a translation, in every plural form."""

from collections.abc import Iterator

from pipeline.checks.rule import Example, Problem, Rule, Scope
from pipeline.checks.subject import Subject
from pipeline.model.catalog import State
from pipeline.model.finding import Severity


def missing(subject: Subject) -> Iterator[Problem]:
    unit = subject.unit
    if unit is None:
        yield Problem(
            message=f"has no entry in the {subject.locale.gettext} catalog",
            expected=subject.source,
            hint="run `pipeline update` and translate it",
        )
    elif unit.state is State.UNTRANSLATED:
        empty = [f"msgstr[{index}]" for index, target in enumerate(unit.targets) if not target]
        what = "msgstr is" if unit.plural is None else f"{', '.join(empty)} {'is' if len(empty) == 1 else 'are'}"
        # A loose file may be half done; half of one entry is a mistake in any file.
        undone = subject.work_in_progress and not any(unit.targets)
        yield Problem(
            message=f"{what} empty",
            severity=Severity.WARNING if undone else None,
            expected=subject.source,
            hint="translate it",
        )


RULE = Rule(
    id="missing",
    scope=Scope.ENTRY,
    severity=Severity.ERROR,
    title="No translation",
    finds="An entry of the template that the catalog does not have, an empty msgstr, or an empty plural form. In a "
    "loose file that is checked without its template an empty msgstr is a warning: the file may not be finished.",
    why="A page with a gap, or with English where nobody expects it, may leave out the one sentence that protects.",
    examples=(Example(locale="de", source="Wash your hands.", bad="", good="Waschen Sie sich die Hände."),),
    waivable=False,
    entry=missing,
)
