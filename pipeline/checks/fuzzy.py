"""fuzzy: no doubtful translation is exported."""

from collections.abc import Iterator

from pipeline.model.catalog import State
from pipeline.model.edition import Wording
from pipeline.model.finding import Finding


def fuzzy(wording: Wording) -> Iterator[Finding]:
    if wording.unit is not None and wording.unit.state is State.FUZZY:
        yield Finding(
            rule="fuzzy",
            message="is marked fuzzy",
            location=wording.location,
            hint="compare it with the English, mend it and take the fuzzy flag away",
        )
