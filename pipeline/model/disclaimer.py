"""disclaimer: a legal or safety text that belongs to exactly one locale and is authored there."""

from dataclasses import dataclass
from datetime import date

from pipeline.model.finding import Location
from pipeline.model.message import Message

PAGE_TOP = "page-top"
PAGE_END = "page-end"
AFTER = "after:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclaimer:
    """`placement` is `page-top`, `page-end` or `after:ENTRY`; `text` has one message per paragraph.

    `source` says where the text comes from and `as_of` when it was taken from there; it is in force from
    `effective` to `expires`, both days included. `sample` marks a demonstration text.
    """

    id: str
    text: tuple[Message, ...]
    placement: str
    audience: str
    source: str
    as_of: date
    approval: str
    effective: date
    expires: date
    sample: bool
    location: Location

    @property
    def after_entry(self) -> str:
        """The id of the entry that the text follows, empty for a placement on the page."""
        return self.placement.removeprefix(AFTER) if self.placement.startswith(AFTER) else ""
