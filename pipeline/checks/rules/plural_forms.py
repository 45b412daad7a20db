"""plural_forms: a catalog counts as gettext's table says for its language."""

from collections.abc import Iterator

from pipeline.checks.rule import Problem, Rule, Scope
from pipeline.checks.subject import CatalogView
from pipeline.errors import PipelineError
from pipeline.model.catalog import Unit
from pipeline.model.finding import Severity
from pipeline.model.plurals import equivalent, refines
from pipeline.model.plurals import plural_forms as expected_forms


def plural_forms(view: CatalogView) -> Iterator[tuple[Unit, Problem]]:
    if view.locale is None:
        return
    value = view.catalog.fields.get("Plural-Forms", "")
    try:
        expected = expected_forms(view.locale.gettext)
    except PipelineError:  # a language that gettext's table does not have
        return
    right = refines if view.loose else equivalent
    # A file of another project may do without the header where it has no plural texts, which its reader checks.
    if (value or not view.loose) and not right(value, view.locale.gettext):
        yield (
            view.catalog.header,
            Problem(
                message=f"the header says Plural-Forms: {value or '(nothing)'}",
                expected=expected,
                actual=value,
                hint=f"write Plural-Forms: {expected}",
            ),
        )


RULE = Rule(
    id="plural-forms",
    scope=Scope.CATALOG,
    severity=Severity.ERROR,
    title="Another way of counting",
    finds="A Plural-Forms header that does not count as gettext's table does for the language. A loose file may tell "
    "more numbers apart than the table, as CLDR's rules do.",
    why="With another rule a reader sees the form for one where there are two, or none at all.",
    waivable=False,
    catalog=plural_forms,
)
