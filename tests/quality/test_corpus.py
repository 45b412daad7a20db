"""The corpus is what it says: every text in every language, well formed, its glossary kept, its defects defects."""

import re
import tomllib
import unicodedata
from pathlib import Path

import pytest

from tests.quality.corpus import GLOSSARY, LANGUAGES, SECOND, TEXTS, cases, english, terms, texts
from tests.quality.defects import CATALOG_DEFECTS, DEFECTS, Defect

pytestmark = pytest.mark.thorough

FORMS = {"ar": 6, "de": 2, "es": 2, "fr": 2, "ja": 1, "pl": 3, "pt_BR": 2, "zh_CN": 1}


def test_there_are_more_than_ninety_texts_and_thirty_four_classes_of_defects() -> None:
    assert len(english()) >= 90
    assert len(DEFECTS) + len(CATALOG_DEFECTS) >= 34


@pytest.mark.parametrize("folder", [TEXTS, SECOND], ids=lambda folder: folder.name)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_has_the_placeholders_and_tags_of_its_english(language: str, folder: Path) -> None:
    parts = re.compile(r"\{\w+\}|</?\w+>")
    for text in texts(language, folder):
        assert len(text.target) == (FORMS[language] if len(text.source) > 1 else 1), text.id
        for form in text.target:
            assert sorted(parts.findall(form)) == sorted(parts.findall(text.source[-1])), text.id


@pytest.mark.parametrize("folder", [TEXTS, SECOND], ids=lambda folder: folder.name)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_is_composed_and_holds_nothing_unseen_but_spaces_that_do_not_break(language: str, folder: Path) -> None:
    for text in texts(language, folder):
        for form in text.target:
            assert unicodedata.is_normalized("NFC", form), text.id
            assert not re.search(r"[^\S \u00a0\u202f]|[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad]", form), (
                text.id
            )
            assert form == form.strip()
            assert "  " not in form, text.id


@pytest.mark.parametrize("folder", [TEXTS, SECOND], ids=lambda folder: folder.name)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_keeps_the_names_and_uses_the_terms_of_the_glossary(language: str, folder: Path) -> None:
    names = [name["text"] for name in tomllib.loads(GLOSSARY.read_text("utf-8"))["name"]]
    for text in texts(language, folder):
        for name in names:
            if re.search(rf"(?<![\w-]){name}(?!\w)", text.source[0]):
                assert re.search(rf"(?<![A-Za-z]){name}", text.target[0]), (text.id, name)
        for term in terms():
            if re.search(rf"\b{term['text']}s?\b", text.source[0], re.IGNORECASE):
                forms = term["translations"][language]
                assert any(form.lower() in text.target[0].lower() for form in forms), (text.id, term["text"])
            for form in term.get("forbidden", {}).get(language, ()):
                assert form not in text.target[0], (text.id, form)


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name)
def test_a_defect_applies_somewhere_always_in_the_same_way_and_changes_the_text(defect: Defect) -> None:
    made = [(case, defect.spoil(case)) for language in LANGUAGES for case in cases(language)]
    assert any(spoilt is not None and spoilt != case.target for case, spoilt in made)
    assert made == [(case, defect.spoil(case)) for case, _ in made]
