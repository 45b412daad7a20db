"""reading: the documentation of what the reader of PO files finds; the reader itself has no other rules."""

from pipeline.checks.rule import Rule, Scope
from pipeline.model.finding import Severity


def _rule(identifier: str, title: str, finds: str, why: str) -> Rule:
    return Rule(
        id=identifier,
        scope=Scope.CATALOG,
        severity=Severity.ERROR,
        title=title,
        finds=finds,
        why=why,
        waivable=False,
    )


READING_RULES: tuple[Rule, ...] = (
    _rule(
        "encoding",
        "Not UTF-8",
        "Bytes that are not UTF-8, whatever the header claims, a byte order mark, or a NUL character.",
        "A guess at the encoding turns letters and signs into others, in places nobody looks at.",
    ),
    _rule(
        "size",
        "Too large",
        "A file, a string or a number of entries beyond what any real catalog has.",
        "Bounds keep a broken or hostile file from stopping the work on all others.",
    ),
    _rule(
        "syntax",
        "Not a PO file",
        "Whatever gettext's own grammar does not allow: an open quote, an unknown escape, keywords out of order, a "
        "line that begins with none.",
        "Tools mend such lines each in their own way: a letter is lost in one and an entry in another.",
    ),
    _rule(
        "header",
        "The header is wrong",
        "No header entry, one that is not first, or one without the charset UTF-8.",
        "Without it tools guess language and encoding.",
    ),
    _rule(
        "duplicate",
        "An entry stands twice",
        "Two entries with the same context and source.",
        "One of the two translations is shown, and nobody can say which.",
    ),
    _rule(
        "plurals",
        "Plural forms are missing or too many",
        "An entry with another number of forms than the header declares, or forms where the source has none.",
        "Readers would see an empty text for some numbers.",
    ),
    _rule(
        "line-breaks",
        "A line break at one edge only",
        "A translation that begins or ends with a line break where the source does not, or the other way round.",
        "It joins or parts lines on the page; msgfmt refuses it.",
    ),
)
