"""markup: what a browser or a template engine could act on, and prose that only looks like it."""

import pytest

from tests.checks.subjects import findings

SOURCE = "Ask your doctor about <a1>the label</a1>."
TARGET = "Fragen Sie Ihren Arzt nach <a1>der Packungsbeilage</a1>."


@pytest.mark.parametrize(
    "smuggled",
    [
        "<script>alert(1)</script>",
        "<script src=//example.org/x.js",
        "< script >",
        "＜script＞",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "onclick='x()'",
        "<!-- x -->",
        "<![CDATA[x]]>",
        "<?php x ?>",
        "<!DOCTYPE html>",
        "javascript:alert(1)",
        "JaVaScRiPt : alert(1)",
        "java\tscript:alert(1)",
        "vbscript:x",
        "data:text/html;base64,PHNjcmlwdD4=",
        "&lt;script&gt;",
        "&#60;script&#62;",
        "&#x3c;script&#x3e;",
        "{{{{ config }}}}",
        "{% include x %}",
        "${7*7}",
        "#{7*7}",
        "<%= x %>",
        "[[${x}]]",
        "<img src=x",
    ],
)
def test_what_could_act_is_an_error(smuggled: str) -> None:
    found = findings("markup", SOURCE, f"{TARGET} {smuggled}")
    assert found
    assert found[0].severity == "error"


@pytest.mark.parametrize("broken", ["＜a1＞", "< a1>", "&lt;a1&gt;", "〈a1〉", "<a1＞", "</ a1>", "＜／a1＞"])
def test_a_broken_tag_is_an_error(broken: str) -> None:
    found = findings("markup", SOURCE, TARGET.replace("<a1>", broken))
    assert f"{broken} is no tag" in {finding.message for finding in found}


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (SOURCE, TARGET),
        ("p < 0.05 and x > 3", "p < 0,05 und x > 3"),
        ("Date: 3", "Data: 3"),
        ("Type: 3", "Typ: 3, Art: 4"),
        ("Tom & Ann", "Tom & Anna"),
        ("AT&T; more", "AT&T; mehr"),
        ("Read: more", "Lire&nbsp;: la suite"),
        ("10% of them", "10 % davon"),
        ("Enable JavaScript: now", "JavaScript: jetzt aktivieren"),
        ("A &lt; B", "A &lt; B"),
        ("note", "〈注〉"),
        ("on = off", "on = aus"),
    ],
)
def test_prose_passes(source: str, target: str) -> None:
    assert findings("markup", source, target) == []


def test_an_accent_as_an_entity_is_a_warning() -> None:
    (finding,) = findings("markup", "Fever", "Fi&egrave;vre", locale="fr")
    assert finding.severity == "warning"


def test_what_the_english_has_may_stay_as_often() -> None:
    source = "Write {{ and }} in ${x} <!-- x -->"
    assert findings("markup", source, source) == []
    assert findings("markup", source, f"{source} <!-- x -->")
