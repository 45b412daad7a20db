"""plural_forms: a catalog counts as gettext's table says for its language."""

from collections.abc import Iterator

from pipeline.model.catalog import Catalog
from pipeline.model.finding import Finding, Location
from pipeline.model.locale import Locale
from pipeline.model.plurals import equivalent
from pipeline.model.plurals import plural_forms as expected_forms


def plural_forms(catalog: Catalog, locale: Locale) -> Iterator[Finding]:
    value = catalog.fields.get("Plural-Forms", "")
    if not equivalent(value, locale.gettext):
        yield Finding(
            rule="plural-forms",
            message=f"the header says Plural-Forms: {value or '(nothing)'}",
            location=Location(file=catalog.name, line=catalog.header.line),
            hint=f"write Plural-Forms: {expected_forms(locale.gettext)}",
        )
