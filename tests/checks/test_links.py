"""links: addresses that are lost, changed or added, and attributes of tags."""

import pytest

from pipeline.checks.facts.contacts import Contact, contacts, prose
from pipeline.checks.markup import Syntax
from pipeline.checks.subject import Text
from pipeline.model.finding import Severity
from pipeline.model.locale import Locale
from tests.checks.subjects import findings


def found(words: str) -> list[tuple[Contact, str]]:
    return [(one.kind, one.text) for one in Text(words, Locale("en"), Syntax.BRACE).fact(contacts)]


@pytest.mark.parametrize(
    ("words", "kind", "text"),
    [
        ("see https://example.org/a?b=c#d.", Contact.URL, "https://example.org/a?b=c#d"),
        ("(https://example.org/a_(b))", Contact.URL, "https://example.org/a_(b)"),
        ("は、https://example.org/をご覧", Contact.URL, "https://example.org/"),
        ("www.example.org, now", Contact.URL, "www.example.org"),
        ("safety@example.org。", Contact.EMAIL, "safety@example.org"),
        ("は、clinicaltrials.govをご覧", Contact.DOMAIN, "clinicaltrials.gov"),
        ("call 1-800-555-0199", Contact.PHONE, "1-800-555-0199"),
        ("call +49 30 1234567", Contact.PHONE, "+49 30 1234567"),
        ("call (800) 555-0199", Contact.PHONE, "(800) 555-0199"),
        ("doi: 10.1136/jim-2020-001650.", Contact.IDENTIFIER, "10.1136/jim-2020-001650"),
        ("trial NCT01234567", Contact.IDENTIFIER, "NCT01234567"),
    ],
)
def test_an_address_is_found_without_what_surrounds_it(words: str, kind: Contact, text: str) -> None:
    assert found(words) == [(kind, text)]


@pytest.mark.parametrize(
    "words", ["e.g. this", "600,000 IU/kg", "2009;1:527-540", "cura.es muy", "12-14 to 16", "Node.js", "1 000 000 000"]
)
def test_other_dots_and_digits_are_no_addresses(words: str) -> None:
    assert found(words) == []


def test_prose_has_the_length_of_the_words() -> None:
    text = Text("Why? See https://example.org/?a=b now", Locale("en"), Syntax.BRACE)
    assert len(text.fact(prose)) == len(text.words)
    assert text.fact(prose).endswith("\ufffc now")


@pytest.mark.parametrize(
    ("source", "target", "severity"),
    [
        ("See https://example.org/a.", "Siehe https://example.org/b.", Severity.ERROR),
        ("See https://example.org/a.", "Siehe dort.", Severity.ERROR),
        ("See there.", "Siehe https://example.org.", Severity.ERROR),
        ("See there.", "Siehe www.example.org.", Severity.ERROR),
        ("See there.", "Siehe example.org.", Severity.ERROR),
        ("Write to a@example.org.", "Schreiben Sie an b@example.org.", Severity.ERROR),
        ("Call 1-800-555-0199.", "Telefon 1-800-555-0198.", Severity.ERROR),
        ("Call us.", "Telefon +49 30 1234567.", Severity.ERROR),
        ("Call 030 123 4567.", "Telefon +49 30 123 4567.", Severity.WARNING),
        ("See https://example.org/en/a.", "Siehe https://example.org/de/a.", Severity.WARNING),
        ('<a href="/a">x</a>', '<a href="/b">x</a>', Severity.ERROR),
        ('<a href="/a">x</a>', "<a>x</a>", Severity.ERROR),
        ("<b>x</b>", '<b style="color:red">x</b>', Severity.ERROR),
        ("DOI 10.1136/jim-2020-001650", "DOI 10.1136/jim-2020-001656", Severity.ERROR),
    ],
)
def test_an_address_that_is_not_as_in_the_english_is_found(source: str, target: str, severity: Severity) -> None:
    found = findings("links", source, target)
    assert found
    assert {finding.severity for finding in found} == {severity}


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        ("ja", "See https://example.org/a.", "https://example.org/aをご覧ください。"),
        ("ar", "Call 1-800-555-0199.", "اتصل على ١-٨٠٠-٥٥٥-٠١٩٩."),
        ("de", "Call 1-800-555-0199.", "Rufen Sie 1 800 555 0199 an."),
        ("fr", "Write to a@example.org.", "Écrivez à a@example.org\u00a0!"),
        ("de", '<a href="/a" title="Go">x</a>', '<a title="Los" href="/a">x</a>'),
        ("de", "Mail info at Example.ORG", "Mail info bei example.org"),
        ("de", "65% of 600,000", "65 % von 600.000"),
    ],
)
def test_the_same_addresses_pass(locale: str, source: str, target: str) -> None:
    assert findings("links", source, target, locale=locale) == []
