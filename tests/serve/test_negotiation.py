"""negotiation: which type, coding and edition a request means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.serve.negotiation import encoding, language, media_type
from tests.properties import cases
from tests.repository import LOCALES, bcp47

OFFERS = ("application/json", "text/html")
JSON, HTML = OFFERS
EDITIONS = tuple(bcp47(locale) for locale in LOCALES)
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        (BROWSER, HTML),
        ("text/*", HTML),
        ("TEXT/HTML", HTML),
        ("text/html;charset=utf-8", HTML),
        ('text/html;charset="UTF-8"', HTML),
        ("text/html;level=1", None),
        ("application/json, text/html", JSON),
        ("application/json;q=0.5, text/html;q=0.6", HTML),
        ("*/*, application/json;q=0", HTML),
        ("application/*;q=0.1, */*;q=0.05", JSON),
        ("application/json;q=0", None),
        ("image/png", None),
        ("text/html;q=2", JSON),
        ("nonsense", JSON),
        ('text/html;note="a,b;q=0", image/png', None),
        ("text/html, " * 1000, JSON),
    ],
)
def test_the_type_is_the_one_that_is_wanted_most(header: str | None, expected: str | None) -> None:
    assert media_type(header, OFFERS) == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, "identity"),
        ("", "identity"),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0.5, gzip", "gzip"),
        ("*", "br"),
        ("*;q=0", None),
        ("identity;q=0", None),
        ("identity;q=0, gzip;q=0.001", "gzip"),
        ("identity, gzip;q=0.5", "identity"),
        ("gzip;q=0", "identity"),
        ("compress", "identity"),
        ("*;q=0, identity;q=0.2", "identity"),
    ],
)
def test_the_coding_is_the_one_that_is_wanted_most(header: str | None, expected: str | None) -> None:
    assert encoding(header, ("br", "zstd", "gzip")) == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("de-AT", "de-AT"),
        ("DE-at", "de-AT"),
        ("de-Latn-AT", "de-AT"),
        ("de-AT-1996", "de-AT"),
        ("de-AT-u-co-phonebk", "de-AT"),
        ("ja", "ja-JP"),
        ("ja,en-US;q=0.9,en;q=0.8", "ja-JP"),
        ("zh-Hans", "zh-CN"),
        ("zh-Hans-CN", "zh-CN"),
        ("pt", "pt-BR"),
        ("de-AT, de;q=0.9", "de-AT"),
        ("de, de-AT;q=0.9", "de-AT"),
        ("de-CH, fr-CA;q=0.5", "fr-CA"),
        ("xx, pl;q=0.1", "pl-PL"),
        ("de;q=0, en-GB;q=0.1", "en-GB"),
        ("de;q=0, de-AT;q=0.1", "de-AT"),
    ],
)
def test_a_reader_who_names_a_market_or_a_language_with_one_market_gets_its_edition(
    header: str, expected: str | None
) -> None:
    assert language(header, EDITIONS).edition == expected


@pytest.mark.parametrize(
    ("header", "options"),
    [
        ("de", ("de-AT", "de-DE")),
        ("de-CH, de;q=0.9", ("de-AT", "de-DE")),
        ("de-u-co-phonebk", ("de-AT", "de-DE")),
        ("pt-PT, pt;q=0.9", ("pt-BR",)),
        ("es-MX, es;q=0.9", ("es-ES", "es-US")),
        ("de, de-DE;q=0", ("de-AT",)),
    ],
)
def test_where_several_markets_or_none_may_be_meant_the_reader_chooses(header: str, options: tuple[str, ...]) -> None:
    found = language(header, EDITIONS)
    assert found.edition is None
    assert found.options == options


@pytest.mark.parametrize("header", [None, "", "*", "de-CH", "zh-Hant", "zh-Hant-TW", "zh-TW", "xx", "-", "de_AT", "ä"])
def test_where_nothing_matches_all_editions_are_options(header: str | None) -> None:
    found = language(header, EDITIONS)
    assert found.edition is None
    assert found.options == tuple(sorted(EDITIONS))


def test_a_script_that_is_not_the_usual_one_has_to_be_named() -> None:
    assert language("sr-RS", ("sr-Latn-RS",)).edition is None
    assert language("sr", ("sr-Latn-RS",)).edition is None
    assert language("sr-Latn", ("sr-Latn-RS",)).edition == "sr-Latn-RS"
    assert language("zh-Hant", ("zh-CN", "zh-TW")).edition == "zh-TW"


_MARKETS = st.sampled_from(["AT", "DE", "CH", "US", "GB", "BR", "PT", "JP"])
_RANGES = st.builds(
    "{}-{};q={}".format, st.sampled_from(["de", "en", "pt", "ja"]), _MARKETS, st.sampled_from(["1", "0.5", "0"])
)


@cases(200)
@given(st.lists(_RANGES, max_size=5), st.lists(st.sampled_from(EDITIONS), min_size=1))
def test_no_reader_who_names_markets_is_sent_to_another(ranges: list[str], editions: list[str]) -> None:
    """Property: where every range has a region, the edition is one of those that were named."""
    found = language(", ".join(ranges), tuple(editions))
    assert found.edition is None or any(said.startswith(found.edition) for said in ranges)


@cases(200)
@given(st.text(max_size=60), st.lists(st.sampled_from(EDITIONS)))
def test_any_header_gets_an_answer_from_what_is_on_offer(header: str, editions: list[str]) -> None:
    """Property: whatever a header says, nothing is chosen that is not there."""
    found = language(header, tuple(editions))
    assert found.edition is None or found.edition in editions
    assert set(found.options) <= set(editions)
    assert media_type(header, OFFERS) in (*OFFERS, None)
    assert encoding(header, ("br",)) in ("br", "identity", None)
