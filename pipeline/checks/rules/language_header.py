"""language_header: a catalog's header names the language that it is in."""

from collections.abc import Iterator

from pipeline.checks.rule import Problem, Rule, Scope
from pipeline.checks.subject import CatalogView
from pipeline.errors import PipelineError
from pipeline.model.catalog import Unit
from pipeline.model.finding import Severity
from pipeline.model.locale import Locale, script


def language_header(view: CatalogView) -> Iterator[tuple[Unit, Problem]]:
    value, locale = view.catalog.fields.get("Language", ""), view.locale
    try:
        stated = Locale.parse(value)
    except PipelineError:
        stated = None
    if locale is not None and stated is not None and _agree(locale, stated):
        return
    if locale is None and stated is not None:
        return
    spelt = "the language, for example de or pt_BR" if locale is None else f"Language: {locale.gettext}"
    yield (
        view.catalog.header,
        Problem(
            message=f"the header says Language: {value or '(nothing)'}",
            expected="" if locale is None else locale.gettext,
            actual=value,
            hint=f"write {spelt}" if locale is None else f"this file is for {locale.gettext}; write {spelt}",
        ),
    )


def _agree(locale: Locale, stated: Locale) -> bool:
    """Tools write a territory, or a script for it (zh_Hans, zh_CN), or leave it out as they please.

    Another language, script or territory is another matter.
    """
    return (
        stated.language == locale.language
        and (stated.territory in ("", locale.territory) or (locale.script != "" and not locale.territory))
        and script(stated) == script(locale)
    )


RULE = Rule(
    id="language-header",
    scope=Scope.CATALOG,
    severity=Severity.ERROR,
    title="Another language in the header",
    finds="A header whose Language is missing, malformed, or not that of the folder or file name of the catalog.",
    why="A file in the wrong folder gives one market the texts of another.",
    waivable=False,
    catalog=language_header,
)
