"""language: a catalog's header names the language of the folder that it lies in."""

from collections.abc import Iterator
from dataclasses import replace

from pipeline.errors import PipelineError
from pipeline.model.catalog import Catalog
from pipeline.model.finding import Finding, Location
from pipeline.model.locale import Locale


def language(catalog: Catalog, locale: Locale) -> Iterator[Finding]:
    value = catalog.fields.get("Language", "")
    try:
        stated = Locale.parse(value)
    except PipelineError:
        stated = None
    # Tools write a territory or leave it out as they please; another language or territory is another matter.
    same = stated is not None and stated in (locale, replace(locale, territory=""), replace(locale, script=""))
    if not same:
        yield Finding(
            rule="language",
            message=f"the header says Language: {value or '(nothing)'}",
            location=Location(file=catalog.name, line=catalog.header.line),
            hint=f"this file lies in the folder of {locale.gettext}; write Language: {locale.gettext}",
        )
