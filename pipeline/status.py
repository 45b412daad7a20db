"""status: how far each edition is, counted from an Assessment."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.assessing import Assessment
from pipeline.model.approval import Standing
from pipeline.model.catalog import State
from pipeline.model.edition import Wording
from pipeline.model.finding import Finding, Severity
from pipeline.model.locale import Locale
from pipeline.model.pattern import plain
from pipeline.model.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionStatus:
    """Counts are of the messages that the edition shows, the page's own words among them.

    `source` are those that stand in English because the edition is English; `open_words` counts the
    English words of what is fuzzy or untranslated. `approvals` has where each document stands, by its id. `reasons`
    counts the errors that stop the locale, by rule.
    """

    locale: Locale
    translated: int
    source: int
    fuzzy: int
    untranslated: int
    open_words: int
    disclaimers: int
    required_disclaimers: int
    approvals: tuple[tuple[str, Standing], ...]
    exportable: bool
    reasons: tuple[tuple[str, int], ...]


def edition_status(settings: Settings, assessment: Assessment) -> Iterator[EditionStatus]:
    """One record for each edition, in the order of the settings."""
    for edition in settings.editions:
        locale = edition.locale
        wordings = [*assessment.ui[locale].wordings]
        present: set[str] = set()
        for document in assessment.content.documents:
            wordings.extend(assessment.words[document.id, locale].wordings)
            present.update(disclaimer.id for disclaimer in assessment.editions[document.id, locale].disclaimers)
        states = Counter(_state(wording) for wording in wordings)
        required = settings.required_in(locale.market)
        yield EditionStatus(
            locale=locale,
            translated=states[State.TRANSLATED],
            source=states[None],
            fuzzy=states[State.FUZZY],
            untranslated=states[State.UNTRANSLATED],
            open_words=sum(
                len(plain(wording.message.pattern).split())
                for wording in wordings
                if _state(wording) in (State.FUZZY, State.UNTRANSLATED)
            ),
            disclaimers=len(present & set(required)),
            required_disclaimers=len(required),
            approvals=tuple(
                (document.id, assessment.standing(document.id, locale)) for document in assessment.content.documents
            ),
            exportable=not assessment.blocked(locale),
            reasons=tuple(Counter(finding.rule for finding in _stopping(assessment, locale)).items()),
        )


def _state(wording: Wording) -> State | None:
    if wording.from_source:
        return None
    return wording.unit.state if wording.unit else State.UNTRANSLATED


def _stopping(assessment: Assessment, locale: Locale) -> list[Finding]:
    if assessment.content.blocks_all:
        return list(assessment.content.findings)
    return [
        finding
        for finding in assessment.findings
        if finding.locale == locale.gettext and finding.severity is Severity.ERROR
    ]
