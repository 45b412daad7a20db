"""locale: two spellings of one thing, and what CLDR knows of it."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import PipelineError
from pipeline.model.locale import (
    Locale,
    direction,
    english_name,
    ensure_known,
    format_date,
    format_number,
    native_name,
    script,
)

DAY = date(2026, 11, 22)

NOT_LOCALES = (
    *("", "d", "DE", "de_at", "de-at", "de_", "_AT", "de__AT", "deutsch", "de_AT_1996", "en_US_POSIX", "de_AT.UTF-8"),
    *("de_AT@euro", "de AT", " de", "de ", "de\n", "de_AT\n", "zh_hans", "zh_HANS", "es_41", "es_4199", "es_٤١٩", "дe"),
    *("../de", "de/AT", "de\\AT", "de\0", "C", "root", "x-klingon", "i-default"),
)


@pytest.mark.parametrize(
    ("gettext", "bcp47", "locale"),
    [
        ("de", "de", Locale("de")),
        ("de_AT", "de-AT", Locale("de", "", "AT")),
        ("zh_Hans", "zh-Hans", Locale("zh", "Hans")),
        ("zh_Hant_TW", "zh-Hant-TW", Locale("zh", "Hant", "TW")),
        ("es_419", "es-419", Locale("es", "", "419")),
        ("fil_PH", "fil-PH", Locale("fil", "", "PH")),
    ],
)
def test_both_spellings_are_one_locale(gettext: str, bcp47: str, locale: Locale) -> None:
    assert Locale.parse(gettext) == Locale.parse(bcp47) == locale
    assert (locale.gettext, locale.bcp47) == (gettext, bcp47)


@pytest.mark.parametrize("tag", NOT_LOCALES)
def test_what_is_no_locale_is_refused_with_an_example(tag: str) -> None:
    with pytest.raises(PipelineError, match="is not a locale") as raised:
        Locale.parse(tag)
    assert "de_AT" in (raised.value.hint or "")


@given(st.one_of(st.text(max_size=12), st.from_regex(r"[a-z]{2,3}([_-][A-Z][a-z]{3})?([_-][A-Z0-9]{2,3})?")))
def test_a_tag_is_read_in_full_or_refused(tag: str) -> None:
    """Nothing of a tag is passed over, and nothing but a locale can become part of a path."""
    try:
        locale = Locale.parse(tag)
    except PipelineError:
        return
    assert locale.bcp47 == tag.replace("_", "-")
    assert locale.gettext == tag.replace("-", "_")
    assert Locale.parse(locale.gettext) == Locale.parse(locale.bcp47) == locale
    assert tag.replace("-", "").replace("_", "").isalnum()


@settings(max_examples=100, deadline=None)
@given(st.from_regex(r"[a-z]{2,3}(_[A-Z][a-z]{3})?(_([A-Z]{2}|[0-9]{3}))?", fullmatch=True))
def test_a_locale_is_known_to_cldr_with_all_its_data_or_refused(tag: str) -> None:
    try:
        locale = ensure_known(Locale.parse(tag))
    except PipelineError:
        return
    assert direction(locale) in ("ltr", "rtl")
    assert script(locale) == "" or len(script(locale)) == 4
    assert english_name(locale)
    assert native_name(locale)
    assert format_date(DAY, locale)


def test_the_market_is_the_territory() -> None:
    assert Locale.parse("de_AT").market == "AT"
    assert Locale.parse("de").market == ""


@pytest.mark.parametrize(("tag", "reading"), [("en_XA", "ltr"), ("en_XB", "rtl"), ("de_XB", "rtl")])
def test_a_pseudo_locale_is_known_although_cldr_has_nothing_on_it(tag: str, reading: str) -> None:
    locale = ensure_known(Locale.parse(tag))
    assert locale.is_pseudo
    assert (direction(locale), script(locale)) == (reading, "Latn")
    assert native_name(locale).startswith(locale.bcp47)
    assert not Locale.parse("en_US").is_pseudo


def test_an_unknown_language_is_refused_with_what_to_check() -> None:
    with pytest.raises(PipelineError, match="CLDR does not know the locale qx_DE") as raised:
        ensure_known(Locale.parse("qx_DE"))
    assert raised.value.hint == "check its language, script and territory"


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en_US", "ltr"),
        ("ja_JP", "ltr"),
        ("ar_SA", "rtl"),
        ("ar", "rtl"),
        ("he_IL", "rtl"),
        ("fa_IR", "rtl"),
        ("az", "ltr"),
        ("az_Arab", "rtl"),
        ("uz_AF", "rtl"),
        ("ur_PK", "rtl"),
        ("yi", "rtl"),
        ("ckb_IQ", "rtl"),
    ],
)
def test_the_direction_follows_the_script_even_where_the_language_has_two(tag: str, expected: str) -> None:
    assert direction(Locale.parse(tag)) == expected


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("de_AT", "Latn"),
        ("ja_JP", "Jpan"),
        ("ar_SA", "Arab"),
        ("zh_CN", "Hans"),
        ("zh_TW", "Hant"),
        ("zh_HK", "Hant"),
        ("zh_Hant", "Hant"),
        ("sr", "Cyrl"),
        ("sr_Latn_RS", "Latn"),
        ("pl_PL", "Latn"),
        ("ko_KR", "Kore"),
    ],
)
def test_the_script_is_the_likely_one_unless_the_locale_names_one(tag: str, expected: str) -> None:
    assert script(Locale.parse(tag)) == expected


@pytest.mark.parametrize(
    ("tag", "english", "native"),
    [
        ("de_AT", "German (Austria)", "Deutsch (Österreich)"),
        ("fr_CA", "French (Canada)", "Français (Canada)"),
        ("es", "Spanish", "Español"),
        ("ja_JP", "Japanese (Japan)", "日本語 (日本)"),
        ("ar_SA", "Arabic (Saudi Arabia)", "العربية (المملكة العربية السعودية)"),
        ("zh_Hant_TW", "Chinese (Traditional, Taiwan)", "中文, 繁體 (台灣)"),
    ],
)
def test_a_locale_has_a_name_in_english_and_in_itself(tag: str, english: str, native: str) -> None:
    assert english_name(Locale.parse(tag)) == english
    assert native_name(Locale.parse(tag)) == native


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en_US", "November 22, 2026"),
        ("en_GB", "22 November 2026"),
        ("de_AT", "22. November 2026"),
        ("fr_CA", "22 novembre 2026"),
        ("ja_JP", "2026年11月22日"),
        ("pt_BR", "22 de novembro de 2026"),
        ("pl_PL", "22 listopada 2026"),
        ("zh_CN", "2026年11月22日"),
        ("es_ES", "22 de noviembre de 2026"),
    ],
)
def test_a_day_is_written_as_the_locale_writes_it(tag: str, expected: str) -> None:
    assert format_date(DAY, Locale.parse(tag)) == expected


@pytest.mark.parametrize("tag", ["en_US", "de_AT", "ar_SA", "ar", "fa_IR", "hi_IN", "bn_BD", "my_MM", "ja_JP"])
def test_numbers_have_latin_digits_in_every_locale(tag: str) -> None:
    digits = [character for character in format_number(1234567, Locale.parse(tag)) if character.isdigit()]
    assert "".join(digits) == "1234567"


def test_numbers_are_grouped_as_the_locale_groups_them() -> None:
    assert format_number(12345, Locale.parse("en_US")) == "12,345"
    assert format_number(12345, Locale.parse("de_DE")) == "12.345"
    assert format_number(12345, Locale.parse("fr_FR")) == "12\u202f345"
    assert format_number(3, Locale.parse("pl_PL")) == "3"
