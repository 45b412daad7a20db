"""missing: every message that an edition shows has a translation, in every plural form."""

from collections.abc import Iterator

from pipeline.model.catalog import State
from pipeline.model.edition import Wording
from pipeline.model.finding import Finding


def missing(wording: Wording) -> Iterator[Finding]:
    unit = wording.unit
    if unit is None:
        yield Finding(
            rule="missing",
            message=f"has no entry in the {wording.locale.gettext} catalog",
            location=wording.location,
            hint="run `pipeline update` and translate it",
        )
    elif unit.state is State.UNTRANSLATED:
        empty = [f"msgstr[{index}]" for index, target in enumerate(unit.targets) if not target]
        what = "msgstr is" if unit.plural is None else f"{', '.join(empty)} {'is' if len(empty) == 1 else 'are'}"
        yield Finding(rule="missing", message=f"{what} empty", location=wording.location, hint="translate it")
