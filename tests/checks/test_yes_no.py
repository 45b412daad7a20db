"""yes_no: answers that are turned around, and answers that only begin alike."""

import pytest

from tests.checks.subjects import findings


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        ("de", "Yes, usually.", "Nein, in der Regel nicht."),
        ("es", "No.", "Sí."),
        ("es", "Yes. It does.", "No. Lo hace."),
        ("fr", "No. Rare.", "Oui. Rares."),
        ("fr_CA", "Yes.", "Non."),
        ("pt_BR", "No, never.", "Sim, nunca."),
        ("pl", "Yes.", "Nie."),
        ("ja", "No. Rare.", "はい。まれです。"),
        ("zh_CN", "Yes.", "否。"),
        ("zh_CN", "Yes, it can.", "不能。"),
        ("ar", "No.", "نعم."),
        ("de", "“Yes.”", "„Nein.“"),
        ("de", "No.{cite1}", "Ja{cite1}."),
    ],
)
def test_the_opposite_answer_is_an_error(locale: str, source: str, target: str) -> None:
    (finding,) = findings("yes-no", source, target, locale=locale)
    assert finding.severity == "error"


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        ("de", "Yes, usually.", "Ja, in der Regel."),
        ("de", "No patient may", "Jamais"),
        ("es", "Yes", "No obstante"),
        ("zh_CN", "No. Rare.", "不常见。"),
        ("pt_BR", "Yes, usually.", "Em geral, sim."),
        ("pl", "Yes. It works.", "Niektórzy mówią tak."),
        ("de", "No. 5", "Ja 5"),
        ("nl", "Yes.", "Zeker."),
        ("th", "Yes.", "ไม่"),
        ("de", "Not now.", "Ja, nicht jetzt."),
    ],
)
def test_what_is_no_opposite_passes(locale: str, source: str, target: str) -> None:
    assert findings("yes-no", source, target, locale=locale) == []
