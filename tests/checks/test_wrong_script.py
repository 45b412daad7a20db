"""wrong-script: what the rule says of foreign letters, and of the two ways to write Chinese."""

import pytest

from pipeline.model.finding import Severity
from tests.checks.subjects import findings

SOURCE = "Ask your doctor."


def said(target: str, locale: str, source: str = SOURCE) -> list[tuple[Severity, str]]:
    return [(finding.severity, finding.actual) for finding in findings("wrong-script", source, target, locale=locale)]


@pytest.mark.parametrize(
    ("locale", "target"),
    [
        ("pl", "Спросите своего врача."),
        ("de", "请咨询您的医生。"),
        ("fr", "اسأل طبيبك."),
        ("ar", "担当の医師に相談してください。"),
        ("ja", "담당 의사와 상담하십시오."),
        ("zh_CN", "Спросите врача."),
        ("es", "Ρωτήστε τον γιατρό σας."),
    ],
)
def test_a_text_in_another_script_is_an_error(locale: str, target: str) -> None:
    assert [severity for severity, _ in said(target, locale)] == [Severity.ERROR]


@pytest.mark.parametrize("locale", ["ja", "zh_CN", "ar"])
def test_a_text_of_latin_words_alone_is_an_error(locale: str) -> None:
    assert [severity for severity, _ in said("Kysy asiasta omalta lääkäriltäsi", locale)] == [Severity.ERROR]


def test_one_foreign_word_is_a_warning() -> None:
    assert said("Zapytaj swojego лекаря.", "pl") == [(Severity.WARNING, "лекаря")]


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        ("de", "The αβ receptor takes 5 µg.", "Der αβ-Rezeptor nimmt 5 µg auf."),
        ("pl", "Languages: Русский, 日本語", "Języki: Русский, 日本語"),
        ("ja", "kilogram", "kg"),
        ("ja", "Proleukin (aldesleukin)", "Proleukin (aldesleukin)"),
        ("zh_CN", "CYTO-2 trial: PS 0", "CYTO-2 PS 0"),
        ("ar", "FDA MedWatch", "FDA MedWatch"),
    ],
)
def test_symbols_units_names_and_what_the_source_has_may_stand(locale: str, source: str, target: str) -> None:
    assert said(target, locale, source) == []


def test_traditional_characters_are_found_in_simplified_chinese() -> None:
    (finding,) = findings("wrong-script", SOURCE, "請咨询您的醫生。", locale="zh_CN")
    assert (finding.severity, finding.actual, finding.expected) == (Severity.ERROR, "請醫", "请医")


def test_one_traditional_character_is_a_warning() -> None:
    assert said("请咨询您的醫生。", "zh_CN") == [(Severity.WARNING, "醫")]


def test_simplified_characters_are_found_in_traditional_chinese() -> None:
    (finding,) = findings("wrong-script", SOURCE, "请諮詢您的医生。", locale="zh_TW")
    assert (finding.severity, finding.actual, finding.expected) == (Severity.ERROR, "请医", "請醫")


@pytest.mark.parametrize(
    ("locale", "target"),
    [
        ("zh_CN", "请咨询您的医生，乾坤著名。"),
        ("zh_TW", "請諮詢您的醫生，然後再使用。"),
        ("zh_Hant_HK", "請諮詢您的醫生。"),
    ],
)
def test_each_way_to_write_chinese_passes_where_it_belongs(locale: str, target: str) -> None:
    assert said(target, locale) == []


def test_characters_of_china_are_found_in_japanese_and_the_reverse() -> None:
    assert said("治疗については医師にご相談ください。", "ja") == [(Severity.WARNING, "疗")]
    assert said("请咨询医师了解経験。", "zh_CN") == [(Severity.WARNING, "経験")]
