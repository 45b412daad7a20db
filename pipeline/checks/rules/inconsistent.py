"""inconsistent: the same source has the same translation, in a catalog and across the documents of a language."""

import re
from collections.abc import Iterable, Iterator

from pipeline.checks.rule import Rule, Scope
from pipeline.checks.subject import Subject, Text
from pipeline.model.catalog import State
from pipeline.model.finding import Finding, Location, Severity

_WORD = re.compile(r"[^\W\d_]{2,}")
_LOOKS = re.compile(r"[\W_]+")
# One word may be a verb here and a noun there.
_LEAST_WORDS = 2


def inconsistent(subjects: Iterable[Subject]) -> Iterator[Finding]:
    """Findings at each later entry whose translation is not that of the first one with its source.

    Entries that several editions read count once; fuzzy and empty ones are other rules' business.
    """
    first: dict[tuple[str, str, str | None], Subject] = {}
    seen: set[tuple[str, str, str]] = set()
    for subject in subjects:
        place = (subject.locale.gettext, subject.file, subject.id)
        if place in seen or not _comparable(subject):
            continue
        seen.add(place)
        other = first.setdefault((subject.locale.gettext, subject.source, subject.plural), subject)
        if _targets(other) != _targets(subject):
            yield _finding(subject, other)


def _comparable(subject: Subject) -> bool:
    unit = subject.unit
    if unit is None or unit.state is not State.TRANSLATED or unit.source != subject.source:
        return False
    read = Text(subject.source, subject.source_locale, subject.syntax).words
    return len(_WORD.findall(read)) >= _LEAST_WORDS


def _targets(subject: Subject) -> tuple[str, ...]:
    assert subject.unit is not None
    return subject.unit.targets


def _finding(subject: Subject, other: Subject) -> Finding:
    ours, theirs = _targets(subject), _targets(other)
    form = next((index for index, (one, two) in enumerate(zip(ours, theirs, strict=False)) if one != two), 0)
    alike = tuple(map(_bare, ours)) == tuple(map(_bare, theirs))
    what = "in case, spaces or marks" if alike else "in words"
    return Finding(
        rule=RULE.id,
        message=f"differs {what} from the translation of the same source at {other.file}:{other.line} [{other.id}]",
        location=Location(file=subject.file, line=subject.line),
        severity=Severity.INFO if alike else RULE.severity,
        entry=subject.id,
        locale=subject.locale.gettext,
        expected=theirs[form],
        actual=ours[form],
        source=subject.source,
        target="\n".join(ours),
        hint="say it in one way, or see that both are meant",
    )


def _bare(text: str) -> str:
    return _LOOKS.sub("", text).casefold()


RULE = Rule(
    id="inconsistent",
    scope=Scope.PROJECT,
    severity=Severity.WARNING,
    title="Translated in two ways",
    finds="The same source of two words and more with two translations: within a catalog, across the documents of a "
    "language, and across the files of a language that are checked together. Plural forms are compared as a whole. "
    "A difference in case, spaces or punctuation alone is info.",
    why="Readers take two wordings for two things; and of two translations of a warning one may be the worse.",
)
