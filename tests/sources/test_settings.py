"""settings: what a content repository declares, with everything that is wrong with it in one go."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipeline.errors import PipelineError
from pipeline.model.locale import Locale
from pipeline.model.settings import Settings
from pipeline.sources.settings import read_settings
from tests.repository import EDITIONS, ROOT, SETTINGS

FILE = "pipeline.toml"

GOOD = """\
name = "Flu"
contact = "https://example.org"
source = "en_US"

[editions]
en_US = []
en_GB = ["en_GB"]
de_AT = ["de_AT", "de"]
de_DE = ["de"]
fr_FR = ["fr"]

[disclaimers]
default = ["medical-advice"]
AT = ["medical-advice", "adverse-event-reporting"]
"""


def read(text: str, name: str = FILE) -> Settings:
    return read_settings(text.encode(), name)


def refusal(text: str, name: str = FILE) -> str:
    with pytest.raises(PipelineError) as raised:
        read(text, name)
    assert (raised.value.where or "").startswith(name)
    assert raised.value.hint or "TOML" in raised.value.message
    return raised.value.message


def test_everything_that_a_project_declares_is_read() -> None:
    declared = read(GOOD)
    assert (declared.name, declared.contact, declared.source) == (
        "Flu",
        "https://example.org",
        Locale("en", "", "US"),
    )
    assert [(edition.locale.gettext, [link.gettext for link in edition.reads]) for edition in declared.editions] == [
        ("en_US", []),
        ("en_GB", ["en_GB"]),
        ("de_AT", ["de_AT", "de"]),
        ("de_DE", ["de"]),
        ("fr_FR", ["fr"]),
    ]


def test_a_pyproject_has_the_same_keys_under_its_own_table() -> None:
    text = GOOD.replace("[editions]", "[tool.pipeline.editions]").replace(
        "[disclaimers]", "[tool.pipeline.disclaimers]"
    )
    assert read('[project]\nname = "other"\n[tool.pipeline]\n' + text, "pyproject.toml") == read(GOOD)


def test_what_is_not_said_has_a_default() -> None:
    declared = read("[editions]\nen_GB = []\n[disclaimers]\ndefault = []\n")
    assert (declared.name, declared.contact, declared.source.gettext) == ("Content", "", "en_US")
    assert declared.required_in("GB") == ()


@pytest.mark.parametrize(("value", "required"), [("true", True), ("false", False)])
def test_a_project_may_require_approvals(value: str, required: bool) -> None:
    assert read(f"require_approval = {value}\n{GOOD}").require_approval is required
    assert read(GOOD).require_approval is False


def test_only_editions_in_the_language_of_the_source_read_the_source() -> None:
    declared = read(GOOD)
    assert {edition.locale.gettext: edition.reads_source for edition in declared.editions} == {
        "en_US": True,
        "en_GB": True,
        "de_AT": False,
        "de_DE": False,
        "fr_FR": False,
    }


def test_a_market_requires_its_own_disclaimers_or_else_the_usual_ones() -> None:
    declared = read(GOOD)
    assert declared.required_in("AT") == ("medical-advice", "adverse-event-reporting")
    assert declared.required_in("DE") == ("medical-advice",)


def test_catalogs_are_those_that_editions_read_each_once() -> None:
    assert [locale.gettext for locale in read(GOOD).catalog_locales()] == ["en_GB", "de_AT", "de", "fr"]


def test_an_overlay_is_what_another_catalog_or_the_source_stands_behind() -> None:
    declared = read(GOOD)
    assert {locale.gettext: declared.is_overlay(locale) for locale in declared.catalog_locales()} == {
        "en_GB": True,
        "de_AT": True,
        "de": False,
        "fr": False,
    }
    assert [edition.locale.gettext for edition in declared.editions_reading(Locale("de"))] == ["de_AT", "de_DE"]


def test_the_settings_of_the_reference_content_are_read() -> None:
    declared = read((ROOT / SETTINGS).read_text("utf-8"), SETTINGS)
    assert {
        edition.locale.gettext: tuple(link.gettext for link in edition.reads) for edition in declared.editions
    } == EDITIONS
    assert declared.default_required


def test_a_project_may_declare_its_address_and_its_default_edition() -> None:
    declared = read(
        GOOD.replace("[editions]", 'base_url = "https://example.org:8443/a/b/"\nx_default = "de-AT"\n[editions]')
    )
    assert declared.base_url == "https://example.org:8443/a/b/"
    assert declared.x_default == Locale("de", "", "AT")
    assert (read(GOOD).base_url, read(GOOD).x_default) == ("", None)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            ("source =", "sources ="),
            "unknown key 'sources' (the keys are name, contact, source, editions, disclaimers, require_approval,",
        ),
        (("[editions]", 'base_url = "https://example.org/faq"\n[editions]'), "base_url is not an address of a folder"),
        (
            ("[editions]", 'base_url = "https://example.org/?a=1/"\n[editions]'),
            "base_url is not an address of a folder",
        ),
        (("[editions]", 'base_url = "javascript:alert(1)//"\n[editions]'), "base_url is not an address of a folder"),
        (
            ("[editions]", "base_url = 'https://a.example/\"><b>/'\n[editions]"),
            "base_url is not an address of a folder",
        ),
        (("[editions]", 'x_default = "ja_JP"\n[editions]'), "x_default: ja_JP is not an edition"),
        (("[editions]", 'x_default = "xx_YY"\n[editions]'), "x_default: "),
        (("[editions]", "require_approval = 1\n[editions]"), "require_approval is not true or false"),
        (("[editions]", 'require_approval = "yes"\n[editions]'), "require_approval is not true or false"),
        (('"Flu"', "3"), "name is not a line of text"),
        (('"Flu"', '"F\\nlu"'), "name is not a line of text"),
        (('"https://example.org"', "[]"), "contact is not a line of text"),
        (('"en_US"', '"en_XX"'), "source: CLDR does not know the locale en_XX"),
        (('"en_US"', "3"), "source is not a line of text"),
        (("fr_FR =", "fr ="), "editions.fr has no territory"),
        (("fr_FR =", "french ="), "editions: 'french' is not a locale"),
        (("fr_FR =", "fr_QX ="), "editions: CLDR does not know the locale fr_QX"),
        (("fr_FR =", "fr_XA ="), "editions.fr_XA is a pseudo-locale"),
        (('["fr"]', '"fr"'), "editions.fr_FR is not a list of the catalogs that it reads"),
        (('["fr"]', "[3]"), "editions.fr_FR is not a list of the catalogs that it reads"),
        (('["fr"]', "[]"), "editions.fr_FR reads no catalog"),
        (('["fr"]', '["de"]'), "editions.fr_FR reads de, another language"),
        (('["fr"]', '["../fr"]'), "editions.fr_FR: '../fr' is not a locale"),
        (("\nAT =", "\nUK ="), "disclaimers.UK: no edition is for this market"),
        (('default = ["medical-advice"]\n', ""), "disclaimers: neither DE nor default"),
        (('["de_AT", "de"]', '["de", "de_AT"]'), "editions.de_AT: de stands before a catalog that is for a part"),
        (("\nAT =", "\nat ="), "disclaimers.at: no edition is for this market"),
        (('default = ["medical-advice"]', 'default = "medical-advice"'), "disclaimers.default is not a list"),
        (('default = ["medical-advice"]', 'default = ["Medical Advice"]'), "disclaimers.default is not a list"),
    ],
)
def test_what_is_wrong_is_said(change: tuple[str, str], message: str) -> None:
    assert message in refusal(GOOD.replace(*change, 1))


@pytest.mark.parametrize("text", ["", 'name = "Flu"\n', "[editions]\n", "editions = 3\n", "editions = []\n"])
def test_a_project_without_editions_is_refused_with_an_example(text: str) -> None:
    assert "no editions" in refusal(text)
    assert "de_AT = ['de']" in refusal(text)


def test_a_project_that_names_no_disclaimers_is_refused() -> None:
    """None at all must be a decision that stands there, not something forgotten."""
    assert "no disclaimers" in refusal(GOOD[: GOOD.index("[disclaimers]")])
    assert read(GOOD.replace('["medical-advice"]', "[]")).required_in("DE") == ()


def test_the_same_locale_in_both_spellings_is_refused() -> None:
    assert "de-AT" in refusal(GOOD.replace("de_DE", "de-AT"))


def test_a_catalog_that_is_read_twice_is_refused() -> None:
    assert "de_DE" in refusal(GOOD.replace('de_DE = ["de"]', 'de_DE = ["de", "de"]'))


@pytest.mark.parametrize(
    "text", ["tool = 3\n", "[[tool]]\n", "tool = []\n", "[tool]\npipeline = 3\n", "tool.pipeline = []\n"]
)
def test_a_pyproject_with_something_else_in_the_place_is_refused(text: str) -> None:
    refusal(text, "pyproject.toml")


def test_everything_that_is_wrong_comes_in_one_go() -> None:
    message = refusal('name = 3\nnme = ""\nsource = "xx"\n[editions]\nde = []\nfr_FR = 3\n[disclaimers]\nUS = ["A"]\n')
    for problem in (
        "unknown key 'nme'",
        "name is not a line of text",
        "source: CLDR does not know the locale xx",
        "editions.de has no territory",
        "editions.de reads no catalog",
        "editions.fr_FR is not a list",
        "disclaimers.US is not a list",
    ):
        assert problem in message


@pytest.mark.parametrize(
    "text", ["name = \n", "name = 'x\n", "a = " + "[" * 5_000, "a = " + "1" * 5_000, "a = 1\na = 2"]
)
def test_what_is_no_toml_is_refused_with_its_place(text: str) -> None:
    refusal(text)


WORDS = (
    *(
        "name",
        "contact",
        "source",
        "editions",
        "disclaimers",
        "tool",
        "pipeline",
        "default",
        "US",
        "de_AT",
        "en_US",
        "x",
    ),
    *(
        "[editions]\n",
        "[disclaimers]\n",
        "[tool.pipeline]\n",
        "[tool.pipeline.editions]\n",
        "[[editions]]\n",
        "[tool]\n",
    ),
    *(
        " = ",
        '"de"',
        '"en_US"',
        '"xx_YY"',
        '["de"]',
        "[]",
        '["a"]',
        "[[]]",
        "{}",
        "{ a = 1 }",
        "3",
        "true",
        "2026-01-01",
    ),
    *("\n", "\n", ".", ",", '"', "'", "[", "]", "\0", "é"),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=120)
@given(st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=3)), max_size=25).map("".join))
@example("tool = 3")
def test_any_settings_are_read_or_stop_the_run_with_one_message(text: str) -> None:
    """Settings, or a PipelineError that names the file: never anything else."""
    for name in (FILE, "pyproject.toml"):
        where = name
        try:
            declared = read_settings(text.encode(errors="surrogatepass"), name)
        except PipelineError as error:
            where = error.where or ""
        else:
            assert declared.editions
            assert all(edition.locale.territory for edition in declared.editions)
        assert where.startswith(name)
