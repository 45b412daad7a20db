"""disclaimer: where a disclaimer stands."""

from datetime import date

import pytest

from pipeline.model.disclaimer import AFTER, PAGE_END, PAGE_TOP, Disclaimer
from pipeline.model.finding import Location


@pytest.mark.parametrize(
    ("placement", "entry"), [(PAGE_TOP, ""), (PAGE_END, ""), (f"{AFTER}side-effects", "side-effects")]
)
def test_a_disclaimer_stands_on_the_page_or_after_an_entry(placement: str, entry: str) -> None:
    disclaimer = Disclaimer(
        id="medical-advice",
        text=(),
        placement=placement,
        audience="patients",
        source="Sample",
        as_of=date(2026, 1, 1),
        approval="none",
        effective=date(2026, 1, 1),
        expires=date(2027, 1, 1),
        sample=True,
        location=Location(file="locales/de_AT/disclaimers.toml", line=1),
    )
    assert disclaimer.after_entry == entry
