"""outdated: a translation translates the text that the document has today."""

from collections.abc import Iterator

from pipeline.model.edition import Wording
from pipeline.model.finding import Finding


def outdated(wording: Wording) -> Iterator[Finding]:
    unit, message = wording.unit, wording.message
    if unit is not None and (unit.source, unit.plural) != (message.source, message.plural_source):
        yield Finding(
            rule="outdated",
            message=f"its msgid is not the text of {message.location}",
            location=wording.location,
            hint="run `pipeline update`; a msgid is never edited by hand",
        )
