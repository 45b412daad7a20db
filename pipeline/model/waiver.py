"""waiver: a reasoned and dated exception from a rule, for one pair of texts."""

from dataclasses import dataclass
from datetime import date

from pipeline.model.finding import Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """Silences the finding with this fingerprint (rule, entry, source and target) up to and including `expires`."""

    fingerprint: str
    rule: str
    entry: str
    reason: str
    by: str
    on: date
    expires: date
    location: Location
