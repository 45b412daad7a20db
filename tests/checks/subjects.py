"""subjects: an English text and its translation, as the rules see them."""

from collections.abc import Sequence

from pipeline.checks.engine import Engine
from pipeline.checks.subject import CatalogView, Subject
from pipeline.model.catalog import Catalog, Unit, header_text
from pipeline.model.finding import Finding
from pipeline.model.glossary import Glossary
from pipeline.model.locale import Locale

ENGLISH = Locale("en")
FILE = "locales/de/LC_MESSAGES/flu.po"
LINE = 31


def subject(
    source: str,
    *targets: str,
    locale: str = "de",
    plural: str | None = None,
    flags: Sequence[str] = (),
    msgid: str | None = None,
) -> Subject:
    """An entry in the catalog of the locale; `msgid` is its source where that is not today's text."""
    unit = Unit(
        context="flu/answer/1",
        source=source if msgid is None else msgid,
        plural=plural,
        targets=targets,
        flags=tuple(flags),
        line=LINE,
    )
    return Subject(
        id="flu/answer/1",
        source=source,
        plural=plural,
        unit=unit,
        file=FILE,
        locale=Locale.parse(locale),
        source_locale=ENGLISH,
        flags=("python-brace-format",),
    )


def findings(
    rule: str,
    source: str,
    *targets: str,
    locale: str = "de",
    plural: str | None = None,
    flags: Sequence[str] = (),
    msgid: str | None = None,
    glossary: Glossary | None = None,
) -> list[Finding]:
    """What one rule says of a translation."""
    checked = subject(source, *targets, locale=locale, plural=plural, flags=flags, msgid=msgid)
    return [finding for finding in Engine(glossary=glossary or Glossary()).check_entry(checked) if finding.rule == rule]


def view(language: str, plural_forms: str, folder: str, *units: Unit, pot: Catalog | None = None) -> CatalogView:
    """A catalog with such a header in the folder of a locale."""
    fields = {"Language": language, "Plural-Forms": plural_forms}
    header = Unit(source="", targets=(header_text({name: value for name, value in fields.items() if value}),), line=3)
    catalog = Catalog(name=FILE, header=header, units=units)
    return CatalogView(catalog=catalog, locale=Locale.parse(folder), pot=pot)
