"""waiving: leaves out the findings that a waiver covers, and says which waivers do not do what they are there for."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from pipeline.checks.rules import rules_by_id
from pipeline.model.finding import Finding, Severity
from pipeline.model.waiver import Waiver


def waive(findings: Iterable[Finding], waivers: Collection[Waiver], today: date) -> Iterator[Finding]:
    """The findings that remain, and those on the waivers themselves.

    A waiver that has expired, or is for a rule that guards the source text or safety, covers nothing.
    """
    found = tuple(findings)
    covering = {waiver.fingerprint: waiver for waiver in waivers if waiver.expires >= today and _may_waive(waiver.rule)}
    used: set[str] = set()
    for finding in found:
        waiver = covering.get(finding.fingerprint) if finding.source or finding.target else None
        if waiver is not None and (waiver.rule, waiver.entry) == (finding.rule, finding.entry):
            used.add(waiver.fingerprint)
        else:
            yield finding
    present = {(finding.rule, finding.entry) for finding in found}
    for waiver in waivers:
        if waiver.fingerprint not in used:
            yield _unused(waiver, today, (waiver.rule, waiver.entry) in present)


def _may_waive(rule: str) -> bool:
    known = rules_by_id().get(rule)
    return known is not None and known.waivable


def _unused(waiver: Waiver, today: date, found: bool) -> Finding:
    severity = Severity.WARNING
    if rules_by_id().get(waiver.rule) is None:
        message, hint = f"there is no rule {waiver.rule} to waive", "`pipeline explain` lists the rules"
        severity = Severity.ERROR
    elif not _may_waive(waiver.rule):
        message, hint = f"the rule {waiver.rule} cannot be waived", "mend the text and remove the waiver"
        severity = Severity.ERROR
    elif waiver.expires < today:
        message = f"the waiver by {waiver.by} expired on {waiver.expires.isoformat()}"
        hint = "mend the text, or decide again: a later `expires`, with today's reason"
    elif found:
        message = "the texts have changed since they were waived"
        hint = "look at the finding again; copy its fingerprint if the reason still holds"
    else:
        message, hint = "nothing is found that it would waive", "remove it"
    return Finding(
        rule="waiver",
        message=f"{waiver.fingerprint}: {message}",
        location=waiver.location,
        severity=severity,
        entry=waiver.entry,
        hint=hint,
    )
