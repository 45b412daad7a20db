"""sentences: where sentences end in each language, and what only looks like an end."""

import pytest

from pipeline.checks.facts.sentences import sentences
from pipeline.checks.markup import Syntax
from pipeline.checks.subject import ATOM, Text
from pipeline.model.locale import Locale


def split(raw: str, locale: str) -> list[str]:
    text = Text(raw, Locale.parse(locale), Syntax.BRACE)
    return [text.words[start:end].replace(ATOM, "*") for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("locale", "raw", "expected"),
    [
        ("en", "It works.{cite1} Ask.", ["It works.*", "Ask."]),
        ("en", "It works. {cite1} Ask.", ["It works. *", "Ask."]),
        ("en", "No. Sequelae are rare. See No. 3.", ["No.", "Sequelae are rare.", "See No. 3."]),
        ("en", "Take 1.5 mg, e.g. Proleukin. Dr. Who asks.", ["Take 1.5 mg, e.g. Proleukin.", "Dr. Who asks."]),
        ("en", "In the U.S. Food is safe. The end.", ["In the U.S. Food is safe.", "The end."]),
        ("en", "1. Wash\n2. Dry", ["1. Wash", "2. Dry"]),
        ("en", "{name} works! {name} too", ["* works!", "* too"]),
        ("de", "Am 3. Tag z. B. Proleukin. Ja.", ["Am 3. Tag z. B. Proleukin.", "Ja."]),
        ("de", "PS war 0 oder 1.{cite1} Mehr", ["PS war 0 oder 1.*", "Mehr"]),
        ("de", "600.000 I.E. Proleukin am 22. November 2026.", ["600.000 I.E. Proleukin am 22. November 2026."]),
        ("fr", "Oui. Consultez le Dr. Martin, p. ex. Merci !", ["Oui.", "Consultez le Dr. Martin, p. ex. Merci !"]),
        ("es", "¿Sí? ¡No! Vale.", ["¿Sí?", "¡No!", "Vale."]),
        (
            "pl",
            "Tak, np. IL-2. Podaje się 18 mln j.m. Proleukinu.",
            ["Tak, np. IL-2.", "Podaje się 18 mln j.m. Proleukinu."],
        ),
        ("ja", "はい。有効です。{cite1}「安全。」と言う。", ["はい。", "有効です。*", "「安全。」と言う。"]),
        ("zh_CN", "是的！通常可以{cite1}。好", ["是的！", "通常可以*。", "好"]),
        ("ar", "هل يعمل؟ نعم. 1.5 ملغ", ["هل يعمل؟", "نعم.", "1.5 ملغ"]),
    ],
)
def test_a_text_is_split_into_its_sentences(locale: str, raw: str, expected: list[str]) -> None:
    assert split(raw, locale) == expected


def test_a_text_without_a_stop_is_one_sentence_and_an_empty_one_none() -> None:
    assert split("Learn more", "en") == ["Learn more"]
    assert split("  ", "en") == []
