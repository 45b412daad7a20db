"""waivers: `waivers.toml` is read strictly."""

import pytest

from pipeline.model.finding import Refused
from pipeline.sources.waivers import read_waivers

GOOD = """\
[[waiver]]
fingerprint = "0123456789abcdef"
rule = "names"
entry = "flu/answer/1"
reason = "the name stands in the sentence before"
by = "A. Reviewer"
on = 2026-11-01
expires = 2027-05-01
"""


def test_a_waiver_has_a_reason_a_person_and_an_end() -> None:
    (waiver,) = read_waivers(GOOD.encode(), "waivers.toml")
    assert (waiver.rule, waiver.by, waiver.expires.isoformat(), waiver.location.line) == (
        "names",
        "A. Reviewer",
        "2027-05-01",
        1,
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('reason = "the name stands in the sentence before"\n', "", "reason"),
        ('by = "A. Reviewer"', 'by = ""', "by"),
        ("expires = 2027-05-01\n", "", "expires"),
        ("expires = 2027-05-01", "expires = 2026-05-01", "it expires before it begins"),
        ("0123456789abcdef", "0123", "the fingerprint is not 16 hexadecimal digits"),
        ("0123456789abcdef", "0123456789ABCDEF", "the fingerprint is not 16 hexadecimal digits"),
    ],
)
def test_a_waiver_without_what_makes_it_one_is_refused(old: str, new: str, message: str) -> None:
    with pytest.raises(Refused) as refused:
        read_waivers(GOOD.replace(old, new).encode(), "waivers.toml")
    assert message in str(refused.value)


def test_the_same_finding_is_waived_once() -> None:
    with pytest.raises(Refused) as refused:
        read_waivers((GOOD + GOOD).encode(), "waivers.toml")
    assert "stands already in line 1" in str(refused.value)
