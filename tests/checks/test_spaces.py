"""spaces: at the edges, before marks, doubled, and as French has them."""

import pytest

from pipeline.model.finding import Severity
from tests.checks.subjects import findings

WARNING, INFO = Severity.WARNING, Severity.INFO


@pytest.mark.parametrize(
    ("locale", "source", "target", "severity"),
    [
        ("de", "Dose: ", "Dosis:", WARNING),
        ("de", "Dose", "Dosis ", WARNING),
        ("de", " Dose", "Dosis", WARNING),
        ("ja", "Dose", "用量 ", WARNING),
        ("de", "It works.", "Es  wirkt.", INFO),
        ("de", "It works.", "Es wirkt .", INFO),
        ("ar", "It works, often.", "يعمل ، غالبا.", INFO),
        ("zh_CN", "It works.", "它有效 。", INFO),
        ("de", "Fever, chills", "Fieber,Schüttelfrost", INFO),
        ("de", "It works. Ask us.", "Es wirkt.Fragen Sie uns.", INFO),
        ("de", "PS (0)", "PS ( 0 )", INFO),
        ("zh_CN", "It works.", "它 有效。", INFO),
        ("ja", "It works.", "それは 有効です。", INFO),
        ("fr", "Does it work?", "Est-ce efficace?", WARNING),
        ("fr", "The dose: low", "La dose: faible", WARNING),
        ("fr", "65% of them", "65% d’entre eux", WARNING),
        ("fr", "Does it work?", "Est-ce efficace ?", INFO),
        ("fr", "the “first dose”", "la «première dose»", INFO),
        ("fr_CA", "The dose: low", "La dose: faible", WARNING),
        ("fr_CA", "Does it work?", "Est-ce efficace\u00a0?", INFO),
    ],
)
def test_a_space_out_of_place_is_found(locale: str, source: str, target: str, severity: Severity) -> None:
    (finding,) = findings("spaces", source, target, locale=locale)
    assert finding.severity is severity


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        ("de", "Dose: ", "Dosis: "),
        ("zh_CN", "Dose: ", "用量："),
        ("de", "One.  Two.", "Eins.  Zwei."),
        ("de", "See <br/> there", "Siehe <br/> dort"),
        ("de", "e.g. this", "z.B. dies"),
        ("de", "Node.Js is", "Node.Js ist"),
        ("fr", "Does it work?", "Est-ce efficace\u202f? «\u00a0Oui\u00a0»\u00a0: 65\u202f%"),
        ("fr", "At 10:30, see https://example.org/?a", "À 10:30, voir https://example.org/?a"),
        ("fr", "Really?!", "Vraiment\u202f?!"),
        ("fr", ":", "\u00a0:"),
        ("fr_CA", "Does it work? The dose: low", "Est-ce efficace? La dose\u00a0: faible"),
        ("ja", "IL-2 works", "IL-2 が効く　よく"),
        ("zh_CN", "IL-2 works", "IL-2 有效"),
        ("ja", "of <b>this</b> one", "これは <b>この</b> もの"),
        ("nl", "It works !", "Het werkt !"),
    ],
)
def test_spaces_of_the_language_pass(locale: str, source: str, target: str) -> None:
    assert findings("spaces", source, target, locale=locale) == []
