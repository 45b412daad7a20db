"""wordings: a message and its translation, as the rules see them."""

from pipeline.model.catalog import Catalog, Unit, header_text
from pipeline.model.edition import ChainLink, Wording, word
from pipeline.model.finding import Location
from pipeline.model.locale import Locale
from pipeline.model.message import Citation, Link, Message, NoteMark, Placeholder
from pipeline.model.pattern import Pattern, parse_pattern

ENGLISH = Locale("en", "", "US")
GERMAN = Locale("de")
AUSTRIAN = Locale("de", "", "AT")
FILE = "locales/de/LC_MESSAGES/flu.po"
LINE = 31

PLACEHOLDERS: dict[str, Placeholder] = {
    "cite1": Citation(("fyfe1995", "atkins1999")),
    "note1": NoteMark("ecog"),
    "a1": Link("/about"),
}


def pattern(text: str) -> Pattern:
    return parse_pattern(text, atoms=("cite1", "note1", "count"), spans=("a1", "em", "strong"))


def message(source: str = "Wash your hands.", plural: str | None = None) -> Message:
    """A message of the source language; {cite1}, {note1}, <a1> and <em> mean something in it."""
    return Message(
        id="flu/answer/1",
        pattern=pattern(source),
        plural=None if plural is None else pattern(plural),
        location=Location(file="messages/flu.md", line=12),
        placeholders={name: value for name, value in PLACEHOLDERS.items() if name in source},
    )


def catalog(*units: Unit, language: str = "de", plural_forms: str = "nplurals=2; plural=(n != 1);") -> Catalog:
    fields = {"Language": language, "Plural-Forms": plural_forms}
    header = Unit(source="", targets=(header_text({name: value for name, value in fields.items() if value}),), line=3)
    return Catalog(name=FILE, header=header, units=units)


def translated(said: Message, *targets: str, source: str | None = None, flags: tuple[str, ...] = ()) -> Wording:
    """How the German catalog words the message; `source` is its msgid where it is not that of the message."""
    unit = Unit(
        context=said.id,
        source=said.source if source is None else source,
        plural=said.plural_source,
        targets=targets,
        flags=flags,
        line=LINE,
    )
    return worded(said, catalog(unit))


def worded(said: Message, *catalogs: Catalog, reads_source: bool = False) -> Wording:
    chain = tuple(ChainLink(locale=GERMAN, name=each.name, catalog=each) for each in catalogs)
    words = word((said,), chain, locale=AUSTRIAN, source=ENGLISH, reads_source=reads_source)
    return words.by_id[said.id]
