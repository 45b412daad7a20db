"""init: a locale is added, and stopped until it is translated and its disclaimers are written."""

import difflib
import re
import tomllib

import pytest

from pipeline.po import read_po
from tests.cli.command import Run
from tests.repository import FAQ, LOCALES, SETTINGS, Repository, bundle, catalog, disclaimers

pytestmark = pytest.mark.thorough


def added_lines(before: str, after: str) -> list[str]:
    difference = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    assert not [line for line in difference if line.startswith("- ")]
    return [line[2:] for line in difference if line.startswith("+ ")]


def test_a_locale_gets_its_line_its_catalogs_and_its_disclaimers(run: Run, repository: Repository) -> None:
    before, settings = repository.files(), repository.text(SETTINGS)
    added = run("init", "it_IT")
    assert (added.code, added.err) == (0, "")
    assert added_lines(settings, repository.text(SETTINGS)) == ['it_IT = ["it"]']
    new = {catalog("it"), catalog("it", "ui"), disclaimers("it_IT")}
    after = repository.files()
    assert set(after) - set(before) == new
    assert {name for name in before if after[name] != before[name]} == {SETTINGS}
    assert [line.removeprefix("wrote ") for line in added.lines if line.startswith("wrote ")] == [
        SETTINGS,
        catalog("it"),
        catalog("it", "ui"),
        disclaimers("it_IT"),
    ]
    assert added.lines[-1] == "Next: translate locales/it, write locales/it_IT/disclaimers.toml, then `pipeline run`."


@pytest.mark.parametrize(
    ("locale", "language", "forms", "count"),
    [
        ("it_IT", "it", "nplurals=2; plural=(n != 1);", 2),
        ("ko_KR", "ko", "nplurals=1; plural=0;", 1),
        ("pt_PT", "pt", "nplurals=2; plural=(n != 1);", 2),
        ("zh_Hant_TW", "zh_Hant", "nplurals=1; plural=0;", 1),
        (
            "cs_CZ",
            "cs",
            "nplurals=3; plural=(n==1) ? 0 : (n>=2 && n<=4) ? 1 : 2;",
            3,
        ),
    ],
)
def test_new_catalogs_count_as_their_language_does(
    run: Run, repository: Repository, locale: str, language: str, forms: str, count: int
) -> None:
    assert run("init", locale).code == 0
    for domain in (FAQ, "ui"):
        read = read_po(repository.path(catalog(language, domain)).read_bytes(), catalog(language, domain))
        assert read.fields["Language"] == language
        assert read.fields["Plural-Forms"].replace(" ", "") == forms.replace(" ", "")
        assert not any(target for unit in read.units for target in unit.targets)
        assert {len(unit.targets) for unit in read.units if unit.plural is not None} <= {count}


def test_a_locale_of_a_new_language_lacks_its_texts_and_its_disclaimers(run: Run, repository: Repository) -> None:
    run("init", "it_IT")
    ran = run("run", "--json")
    assert (ran.code, ran.json["refused"]) == (1, ["it_IT"])
    assert {finding["rule"] for finding in ran.json["findings"]} == {"missing", "disclaimer"}
    assert not repository.path("exports/it-IT").exists()


def test_a_locale_of_a_language_that_is_there_is_stopped_until_its_disclaimers_are_written(
    run: Run, repository: Repository
) -> None:
    run("init", "es_MX")
    ran = run("run", "--json")
    assert (ran.code, ran.json["refused"]) == (1, ["es_MX"])
    findings = [(finding["entry"], finding["message"]) for finding in ran.json["findings"]]
    assert sorted(findings) == [
        (identifier, f"{key} is empty")
        for identifier in ("adverse-event-reporting", "medical-advice", "prescribing-information")
        for key in ("approval", "source", "text")
    ]

    written = re.sub(r'text = """\s*"""', 'text = """Consulte a su médico."""', repository.text(disclaimers("es_MX")))
    written = written.replace('source = ""', 'source = "Written here"').replace('approval = ""', 'approval = "MX-1"')
    repository.write(disclaimers("es_MX"), written)
    ran = run("run", "--json")
    assert (ran.code, ran.json["refused"]) == (0, [])
    assert repository.path(bundle("es_MX", "html")).exists()


@pytest.mark.parametrize(
    ("locale", "required"),
    [
        ("en_AT", ["medical-advice", "monitoring"]),
        ("hr_HR", ["medical-advice", "adverse-event-reporting", "prescribing-information"]),
    ],
)
def test_the_skeleton_asks_for_what_the_market_requires(
    run: Run, repository: Repository, locale: str, required: list[str]
) -> None:
    table = "[tool.pipeline.disclaimers]\n"
    repository.edit(SETTINGS, table, f'{table}AT = ["medical-advice", "monitoring"]\n')
    assert run("init", locale).code == 0
    records = tomllib.loads(repository.text(disclaimers(locale)))["disclaimer"]
    assert [record["id"] for record in records] == required
    assert all(record["sample"] is True for record in records)
    assert not any(record[key].strip() for record in records for key in ("text", "source", "approval"))


def test_another_territory_of_a_language_reads_its_catalogs(run: Run, repository: Repository) -> None:
    before = set(repository.files())
    assert run("init", "de_CH").code == 0
    assert 'de_CH = ["de"]' in repository.text(SETTINGS)
    assert set(repository.files()) - before == {disclaimers("de_CH")}


def test_an_english_locale_reads_the_source(run: Run, repository: Repository) -> None:
    assert run("init", "en_AU").code == 0
    assert "en_AU = []" in repository.text(SETTINGS)


def test_a_locale_may_name_what_it_reads(run: Run, repository: Repository) -> None:
    assert run("init", "fr_BE", "--reads", "fr_BE", "--reads", "fr").code == 0
    assert 'fr_BE = ["fr_BE", "fr"]' in repository.text(SETTINGS)


@pytest.mark.parametrize("locale", ["de_AT", "de-AT", "en_US"])
def test_a_locale_that_is_there_is_left_as_it_is(run: Run, repository: Repository, locale: str) -> None:
    before = repository.files()
    assert run("init", locale).code == 0
    assert repository.files() == before


def test_disclaimers_that_are_gone_are_begun_anew(run: Run, repository: Repository) -> None:
    repository.remove(disclaimers("de_AT"))
    added = run("init", "de_AT")
    assert added.lines[0] == f"wrote {disclaimers('de_AT')}"
    assert {finding["file"] for finding in run("check", "--json").json["findings"]} == {disclaimers("de_AT")}


def test_adding_a_locale_twice_changes_nothing(run: Run, repository: Repository) -> None:
    run("init", "it_IT")
    before = repository.files()
    assert run("init", "it_IT").code == 0
    assert repository.files() == before


def test_json_names_what_was_written(run: Run) -> None:
    added = run("init", "it_IT", "--json")
    assert added.json["written"] == [SETTINGS, catalog("it"), catalog("it", "ui"), disclaimers("it_IT")]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("../../etc",), "'../../etc' is not a locale"),
        (("italian",), "'italian' is not a locale"),
        (("IT",), "'IT' is not a locale"),
        (("it_IT.UTF-8",), "'it_IT.UTF-8' is not a locale"),
        (("",), "'' is not a locale"),
        (("xx_YY",), "CLDR does not know the locale xx_YY"),
        (("it",), "has no territory"),
        (("it_IT", "--reads", "../it"), "'../it' is not a locale"),
        (("it_IT", "--reads", "fr"), "reads fr, another language"),
    ],
)
def test_what_is_no_locale_is_refused_and_nothing_is_written(
    run: Run, repository: Repository, arguments: tuple[str, ...], message: str
) -> None:
    before = repository.files()
    ended = run("init", *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert message in ended.err
    assert repository.files() == before
    assert run("check").code == 0


def test_settings_without_a_table_of_editions_are_left_alone(run: Run, repository: Repository) -> None:
    settings = repository.text(SETTINGS)
    table = re.search(r"\[tool\.pipeline\.editions\]\n.*?\n\n", settings, re.DOTALL)
    assert table
    inline = ", ".join(line for line in table[0].split("\n")[1:] if line)
    repository.write(
        SETTINGS,
        settings.replace(table[0], "").replace("[tool.pipeline]\n", f"[tool.pipeline]\neditions = {{{inline}}}\n"),
    )
    before = repository.files()
    ended = run("init", "it_IT")
    assert ended.code == 2
    assert "has no table [tool.pipeline.editions]" in ended.err
    assert repository.files() == before


@pytest.mark.parametrize("newline", ["", "\n", "\n\n# The end.\n"])
def test_a_table_of_editions_at_the_end_of_the_file_takes_a_line_more(
    run: Run, repository: Repository, newline: str
) -> None:
    table = "\n".join(f"{locale} = [{'' if locale == 'en_US' else repr(locale[:2])}]" for locale in ("en_US", "de_DE"))
    repository.write(
        "pipeline.toml",
        f"disclaimers = {{ default = [] }}\nsource = 'en_US'\n[editions]  # where we export\n{table}{newline}",
    )
    assert run("init", "it_IT").code in (0, 1)
    assert list(tomllib.loads(repository.text("pipeline.toml"))["editions"]) == ["en_US", "de_DE", "it_IT"]
    assert repository.text("pipeline.toml").startswith(
        "disclaimers = { default = [] }\nsource = 'en_US'\n[editions]  # where we export\n"
    )


def test_the_other_locales_go_on_as_before(run: Run, repository: Repository) -> None:
    run("init", "it_IT")
    before = {name: data for name, data in repository.files("exports").items() if name.endswith(".json")}
    ran = run("run", "--json").json
    assert set(ran["exported"]) == set(LOCALES)
    assert {name: repository.files("exports")[name] for name in before} == before
