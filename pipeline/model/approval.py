"""approval: who signed a document in a locale, what the signature is bound to, and whether it still holds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from hashlib import sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The SHA-256 of each part of an edition of a document that an approval is bound to.

    source is the English that the market shows; citations the bibliography and what each placeholder cites;
    translation what the locale says instead, the words of the page included; disclaimers those that the page
    shows, with their dates and codes; templates the page template, its English words and the style sheet.
    """

    source: str
    citations: str
    translation: str
    disclaimers: str
    templates: str

    def named(self) -> tuple[tuple[str, str], ...]:
        """Each part's name and digest, in the order in which they stand in the record."""
        return tuple((name, getattr(self, name)) for name in PARTS)

    def digest(self, document: str, locale: str) -> str:
        """One digest for all: SHA-256 over the lines `document ID`, `locale LOCALE` and `NAME DIGEST` of each part."""
        lines = (("document", document), ("locale", locale), *self.named())
        return sha256("".join(f"{name} {value}\n" for name, value in lines).encode()).hexdigest()

    def changed(self, other: "Parts") -> tuple[str, ...]:
        """The names of the parts that differ."""
        return tuple(name for name in PARTS if getattr(self, name) != getattr(other, name))


PARTS = tuple(field.name for field in fields(Parts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """One line of the record: who (`by`, in which `role`) declared what (`meaning`) of which bytes (`parts`).

    `code` is the approval's code in the house's own system, empty where there is none; `when` is in UTC.
    `record` is the digest of the line itself, `previous` that of the line before, empty for the first; `line` is its
    number in the file.
    """

    document: str
    locale: str
    role: str
    by: str
    meaning: str
    code: str
    when: datetime
    parts: Parts
    previous: str
    record: str
    line: int

    @property
    def digest(self) -> str:
        """What was signed, as one digest."""
        return self.parts.digest(self.document, self.locale)


class ApprovalState(StrEnum):
    """DRAFT was never signed; STALE was signed, and something has changed since; BROKEN cannot be known."""

    DRAFT = "draft"
    APPROVED = "approved"
    STALE = "stale"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """The last word of one role, and the parts that have changed since it was given."""

    approval: Approval
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a document stands in a locale; `signatures` has one for each role, in the order of the record."""

    state: ApprovalState
    signatures: tuple[Signature, ...] = ()

    @property
    def changed(self) -> tuple[str, ...]:
        """The parts that have changed since somebody signed."""
        found = {part for signature in self.signatures for part in signature.changed}
        return tuple(part for part in PARTS if part in found)

    @property
    def stale(self) -> tuple[Signature, ...]:
        """The signatures that no longer hold."""
        return tuple(signature for signature in self.signatures if signature.changed)


DRAFT = Standing(state=ApprovalState.DRAFT)
BROKEN = Standing(state=ApprovalState.BROKEN)


def standing(approvals: Iterable[Approval], parts: Callable[[], Parts]) -> Standing:
    """What the approvals of a document in a locale, in the order of the record, are worth today.

    For each role its last approval counts, and all roles that ever signed must have signed what there is now: no
    role signs for another, and an earlier approval does not come back when a text goes back to what it was. Roles
    are the same whatever their case. `parts` is asked only where somebody signed.
    """
    last: dict[str, Approval] = {}
    for approval in approvals:
        last.pop(approval.role.casefold(), None)
        last[approval.role.casefold()] = approval
    if not last:
        return DRAFT
    now = parts()
    signatures = tuple(Signature(approval=approval, changed=approval.parts.changed(now)) for approval in last.values())
    stale = any(signature.changed for signature in signatures)
    return Standing(state=ApprovalState.STALE if stale else ApprovalState.APPROVED, signatures=signatures)
