"""added: a catalog has no entries that its template does not know."""

from collections.abc import Iterator

from pipeline.checks.rule import Problem, Rule, Scope
from pipeline.checks.subject import CatalogView
from pipeline.model.catalog import Unit
from pipeline.model.finding import Severity


def added(view: CatalogView) -> Iterator[tuple[Unit, Problem]]:
    if view.pot is None:
        return
    known = {unit.key for unit in view.pot.live}
    contexts = {unit.context for unit in view.pot.live}
    for unit in view.catalog.live:
        # A known context with another text is another rule's: it is the same entry, tampered with.
        if unit.key not in known and (unit.context is None or unit.context not in contexts):
            yield (
                unit,
                Problem(
                    message="is not in the template",
                    actual=unit.source,
                    hint="remove the entry; what is to be said is written in English first",
                ),
            )


RULE = Rule(
    id="added",
    scope=Scope.CATALOG,
    severity=Severity.ERROR,
    title="An entry of its own",
    finds="An entry in a catalog that the template does not have. It needs the template: `--pot` for a loose file.",
    why="A text that nobody wrote in English was never reviewed, and an entry under a changed context is lost.",
    waivable=False,
    catalog=added,
)
