"""glossary: names and terms with their forms in each language."""

import pytest

from pipeline.model.finding import Refused
from pipeline.sources.glossary import read_glossary
from tests.repository import GLOSSARY, ROOT

FILE = "messages/glossary.toml"

GOOD = """\
[[name]]
text = "Proleukin"
inflections = { pl = ["Proleukinem", "Proleukinu"], fi = "Proleukinin" }

[[name]]
text = "IL-2"

[[term]]
text = "capillary leak syndrome"
[term.translations]
de = ["Kapillarlecksyndrom"]
fr = "syndrome de fuite capillaire"
[term.forbidden]
de = ["Kapillarleck-Krankheit"]
"""


def refusals(text: str) -> list[tuple[int, str]]:
    with pytest.raises(Refused) as raised:
        read_glossary(text.encode(), FILE)
    assert all(finding.location.file == FILE for finding in raised.value.findings)
    return [(finding.location.line, finding.message) for finding in raised.value.findings]


def test_names_and_terms_are_read_with_their_forms() -> None:
    glossary = read_glossary(GOOD.encode(), FILE)
    proleukin, il2 = glossary.names
    assert (proleukin.text, proleukin.location.line) == ("Proleukin", 1)
    assert proleukin.inflections == {"pl": ("Proleukinem", "Proleukinu"), "fi": ("Proleukinin",)}
    assert il2.inflections == {}
    (term,) = glossary.terms
    assert (term.text, term.location.line) == ("capillary leak syndrome", 8)
    assert term.translations == {"de": ("Kapillarlecksyndrom",), "fr": ("syndrome de fuite capillaire",)}
    assert term.forbidden == {"de": ("Kapillarleck-Krankheit",)}


def test_an_empty_glossary_is_one() -> None:
    assert read_glossary(b"", FILE).names == ()


def test_the_reference_glossary_names_what_must_stay_in_every_language() -> None:
    glossary = read_glossary((ROOT / GLOSSARY).read_bytes(), GLOSSARY)
    assert {"Proleukin", "IL-2", "ECOG", "FDA"} <= {name.text for name in glossary.names}
    assert all(term.translations for term in glossary.terms)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('[[name]]\ntext = ""\n', 1, "text is empty"),
        ("[[term]]\ntranslations = {}\n", 1, "text is missing"),
        ('[[name]]\ntext = "A"\ntranslations = {}\n', 1, "unknown key 'translations'"),
        ('[[term]]\ntext = "A"\ninflections = {}\n', 1, "unknown key 'inflections'"),
        ('[[term]]\ntext = "A"\ntranslations = ["x"]\n', 1, "translations is not a table"),
        ('[[term]]\ntext = "A"\ntranslations = { de = [] }\n', 1, "'A': de is not a text or a list of texts"),
        ('[[term]]\ntext = "A"\ntranslations = { de = 3 }\n', 1, "'A': de is not a text or a list of texts"),
        ('[[term]]\ntext = "A"\ntranslations = { de = "" }\n', 1, "'A': de is not a text or a list of texts"),
        ('[[term]]\ntext = "A"\ntranslations = { de = ["x", 3] }\n', 1, "'A': de is not a text or a list of texts"),
        ('[[term]]\ntext = "A"\ntranslations = { de = { x = 1 } }\n', 1, "'A': de is not a text or a list of texts"),
        ('[[term]]\ntext = "A"\nforbidden = { german = "x" }\n', 1, "'A': 'german' is not a locale"),
        ('[[terms]]\ntext = "A"\n', 1, "unknown key 'terms'"),
        ('[[name]]\ntext = "A"\n[[term]]\ntext = "A"\n', 3, "'A': stands already in line 1"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, line: int, message: str) -> None:
    ((found, said),) = refusals(text)
    assert found == line
    assert said.startswith(message)


@pytest.mark.parametrize("spelling", ["pt-BR", "zz", "qaa_QA"])
def test_a_language_that_no_catalog_can_have_is_refused(spelling: str) -> None:
    """A form under a name that nothing looks up would silently count for nothing."""
    text = f'[[term]]\ntext = "A"\ntranslations = {{ {spelling} = "x" }}\n'
    try:
        glossary = read_glossary(text.encode(), FILE)
    except Refused:
        return
    assert glossary.terms[0].translations == {"pt_BR": ("x",)}


def test_all_problems_come_in_one_go() -> None:
    text = (
        '[[name]]\n[[name]]\ntext = "A"\ninflections = { de = [], x = "y" }\n[[term]]\ntext = "A"\n[[term]]\ntext = 3\n'
    )
    assert refusals(text) == [
        (1, "text is missing"),
        (2, "'A': de is not a text or a list of texts"),
        (2, "'A': 'x' is not a locale (write language_TERRITORY, for example de_AT or zh_Hans_CN)"),
        (5, "'A': stands already in line 2"),
        (7, "text is not a text"),
    ]


def test_every_error_says_what_to_do_next() -> None:
    with pytest.raises(Refused) as raised:
        read_glossary(b'[[name]]\ntext = "A"\ninflections = { de = [] }\n[[term]]\ntext = "A"\n', FILE)
    assert [finding.message for finding in raised.value.findings if not finding.hint] == []
