"""approval: what approvals are worth today."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipeline.model.approval import PARTS, Approval, ApprovalState, Parts, standing

THEN = datetime(2026, 11, 22, 12, tzinfo=UTC)
NOW = Parts(source="1" * 64, citations="2" * 64, translation="3" * 64, disclaimers="4" * 64, templates="5" * 64)
OTHER = replace(NOW, translation="f" * 64)


def approval(role: str = "Medical", parts: Parts = NOW, *, by: str = "Ada", line: int = 1) -> Approval:
    return Approval(
        document="faq",
        locale="de_DE",
        role=role,
        by=by,
        meaning="correct",
        code="",
        when=THEN,
        parts=parts,
        previous="",
        record="0" * 64,
        line=line,
    )


def test_what_nobody_signed_is_a_draft_and_its_parts_are_not_asked_for() -> None:
    def parts() -> Parts:
        raise AssertionError("computed for nothing")

    found = standing((), parts)
    assert (found.state, found.signatures, found.changed) == (ApprovalState.DRAFT, (), ())


def test_what_was_signed_as_it_is_is_approved() -> None:
    found = standing([approval()], lambda: NOW)
    assert found.state is ApprovalState.APPROVED
    assert [signature.approval.by for signature in found.signatures] == ["Ada"]
    assert (found.changed, found.stale) == ((), ())


@pytest.mark.parametrize("part", PARTS)
def test_a_change_of_any_part_voids_it_and_names_the_part(part: str) -> None:
    found = standing([approval()], lambda: replace(NOW, **{part: "f" * 64}))
    assert (found.state, found.changed) == (ApprovalState.STALE, (part,))


def test_parts_that_changed_are_named_in_one_order() -> None:
    found = standing([approval()], lambda: replace(NOW, templates="a" * 64, source="b" * 64))
    assert found.changed == ("source", "templates")


def test_each_role_signs_for_itself() -> None:
    medical, legal = approval(), approval("Legal", line=2)
    assert standing([medical, legal], lambda: NOW).state is ApprovalState.APPROVED
    renewed = approval(parts=OTHER, line=3)
    found = standing([medical, legal, renewed], lambda: OTHER)
    assert found.state is ApprovalState.STALE
    assert [signature.approval.role for signature in found.stale] == ["Legal"]
    both = standing([medical, legal, renewed, approval("Legal", OTHER, line=4)], lambda: OTHER)
    assert both.state is ApprovalState.APPROVED
    assert [signature.approval.line for signature in both.signatures] == [3, 4]


def test_an_approval_does_not_come_back_when_the_text_goes_back() -> None:
    """The later approval says that the later text was meant."""
    found = standing([approval(), approval(parts=OTHER, line=2)], lambda: NOW)
    assert (found.state, found.changed) == (ApprovalState.STALE, ("translation",))


def test_another_person_may_renew_the_approval_of_a_role_however_it_is_spelt() -> None:
    found = standing([approval(parts=OTHER), approval("MEDICAL", by="Grace", line=2)], lambda: NOW)
    assert found.state is ApprovalState.APPROVED
    assert [signature.approval.by for signature in found.signatures] == ["Grace"]


def test_the_digest_is_that_of_one_document_in_one_locale() -> None:
    digests = {
        NOW.digest("faq", "de_DE"),
        NOW.digest("faq", "de_AT"),
        NOW.digest("other", "de_DE"),
        OTHER.digest("faq", "de_DE"),
    }
    assert len(digests) == 4
    assert approval().digest == NOW.digest("faq", "de_DE")
