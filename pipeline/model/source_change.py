"""source_change: a change of the English that was declared to leave every translation valid."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pipeline.model.finding import Location


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceChange:
    """Who declared when and why that the text of a message changed without changing what it says."""

    domain: str
    id: str
    old: str
    new: str
    by: str
    on: date
    reason: str
    location: Location


@dataclass(frozen=True, slots=True)
class AcceptedChanges:
    """The declared changes of one domain: from (message id, old text) to new texts."""

    steps: Mapping[tuple[str, str], tuple[str, ...]]

    @staticmethod
    def of(changes: Iterable[SourceChange], domain: str) -> "AcceptedChanges":
        steps: dict[tuple[str, str], tuple[str, ...]] = {}
        for change in changes:
            if change.domain == domain:
                steps[change.id, change.old] = (*steps.get((change.id, change.old), ()), change.new)
        return AcceptedChanges(steps)

    def leads(self, identifier: str, old: str, new: str) -> bool:
        """Whether declared changes lead from the old text to the new one, in one step or several."""
        seen: set[str] = set()
        waiting = [old]
        while waiting:
            text = waiting.pop()
            if text == new:
                return text != old
            if text not in seen:
                seen.add(text)
                waiting.extend(self.steps.get((identifier, text), ()))
        return False


NONE_ACCEPTED = AcceptedChanges({})
