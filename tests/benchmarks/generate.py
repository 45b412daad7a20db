"""generate: content repositories for benchmarks, complete and ready to export.

    python -m tests.benchmarks.generate S|M|L DIR [--fuzzy] [--edited]

S has 10 documents in 10 locales, M 100 in 20, L 500 in 50; each locale has catalogs of its own. With --fuzzy 2 % of
the translations are fuzzy, which stops every locale; with --edited the English has changed since the catalogs were
made. The same call writes the same bytes.
"""

import argparse
import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from pipeline import flow
from pipeline.model.catalog import FUZZY, Catalog, Previous, Unit
from pipeline.model.locale import Locale
from pipeline.model.plurals import nplurals, plural_forms
from pipeline.model.settings import Settings
from pipeline.po import read_po, write_po
from pipeline.update import new_catalog, update
from pipeline.workspace import Workspace, open_workspace
from tests.benchmarks.content import CATALOG, ENTRIES, REFERENCES, Page, Writer, markdown, next_version, page, phrases

# Documents, locales, and entries of a document; the last two have about 3,000 and 10,000 units in
# one catalog.
SIZES = {"S": (10, 10, 10), "M": (100, 20, 10), "L": (500, 50, 10), "3k": (1, 1, 990), "10k": (1, 1, 3300)}

# Several regions of a language, as in the field; the first ten have every language.
LOCALES = (
    *("de_DE", "fr_FR", "es_ES", "pt_BR", "pl_PL", "ja_JP", "zh_CN", "ar_SA", "es_MX", "de_AT"),
    *("fr_BE", "es_AR", "ar_EG", "es_CO", "de_CH", "fr_CH", "es_CL", "ar_AE", "es_PE", "pt_PT"),
    *("zh_SG", "de_LU", "de_LI", "de_BE", "fr_LU", "fr_MC", "fr_SN", "fr_CI", "fr_CM", "fr_RE"),
    *("es_EC", "es_UY", "es_BO", "es_PY", "es_CR", "es_GT", "es_HN", "es_NI", "es_PA", "es_DO"),
    *("es_SV", "es_PR", "es_VE", "ar_JO", "ar_KW", "ar_QA", "ar_BH", "ar_OM", "ar_IQ", "ar_YE"),
)

# The words of the page are those of this repository, in the catalogs of its own languages.
_UI = {"pt": "pt_BR", "zh": "zh_CN"}
_OWN_LOCALES = Path(__file__).parents[2] / "locales"

_NOW = datetime(2026, 1, 1, tzinfo=UTC)
_FUZZY_SHARE = 0.02

_DISCLAIMER = '''\
[[disclaimer]]
id = "{id}"
text = """{text}"""
placement = "{placement}"
audience = "patients"
source = "Made up for a benchmark"
as-of = 2026-01-01
approval = "SAMPLE-{locale}"
effective = 2026-01-01
expires = 2099-12-31
sample = true
'''


def generate(
    folder: Path, documents: int, locales: int, *, entries: int = ENTRIES, fuzzy: bool = False, seed: int = 1
) -> None:
    """Write a content repository of so many documents and locales into a folder."""
    names = LOCALES[:locales]
    pages = [page(number, seed=seed, entries=entries) for number in range(1, documents + 1)]
    _write(folder, _sources(pages, names))
    workspace = open_workspace(folder)
    content = flow.read_content(workspace)
    flow.extract(workspace, content, _NOW)
    for document in pages:
        pot = read_po((folder / workspace.pot(document.id)).read_bytes(), document.id)
        _write(folder, _catalogs(document, pot, workspace, fuzzy=fuzzy))
    pot = read_po((folder / workspace.pot("ui")).read_bytes(), "ui")
    _write(folder, _ui_catalogs(pot, workspace))


def edit(folder: Path, documents: int, *, entries: int = ENTRIES, seed: int = 1) -> None:
    """Change the English of a repository that was generated; its catalogs stay as they are."""
    pages = (page(number, seed=seed, entries=entries) for number in range(1, documents + 1))
    _write(folder, ((f"messages/{old.id}.md", markdown(next_version(old, seed))) for old in pages))


def _write(folder: Path, files: Iterable[tuple[str, str]]) -> None:
    for name, text in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


def _sources(pages: Iterable[Page], locales: Iterable[str]) -> Iterator[tuple[str, str]]:
    """All that authors write."""
    yield "pyproject.toml", _settings(locales)
    for document in pages:
        yield f"messages/{document.id}.md", markdown(document)
    yield (
        "messages/references.toml",
        "\n".join(f'[[reference]]\nkey = "{key}"\ntext = "{reference(key)}"\n' for key in REFERENCES),
    )
    yield "messages/glossary.toml", "\n".join(f'[[name]]\ntext = "{name}"\n' for name in phrases()["names"])
    for locale in locales:
        language = locale.partition("_")[0]
        yield (
            f"locales/{locale}/disclaimers.toml",
            "\n".join(
                _DISCLAIMER.format(id=name, text=texts[language], placement=placement, locale=locale)
                for (name, texts), placement in zip(
                    phrases()["disclaimers"].items(), ("page-top", "page-end"), strict=True
                )
            ),
        )


def _settings(locales: Iterable[str]) -> str:
    editions = "\n".join(f'{locale} = ["{locale}"]' for locale in locales)
    return f"""\
[tool.pipeline]
name = "Benchmark"
contact = "https://example.org/benchmark"
source = "en_US"

[tool.pipeline.editions]
{editions}

[tool.pipeline.disclaimers]
default = ["medical-advice", "adverse-event-reporting"]
"""


def reference(key: str) -> str:
    """A made-up record of the bibliography."""
    chance = random.Random(key)
    first, pages = chance.randrange(100, 900), chance.randrange(4, 20)
    volume = f"{chance.randrange(1998, 2025)};{chance.randrange(1, 80)}({chance.randrange(1, 12)})"
    return (
        f"Miller AB, Novak C, Tanaka D, et al. A randomized study of {key} in adults with chronic disease. "
        f"J Made-up Med. {volume}:{first}-{first + pages}."
    )


# ---- catalogs


def _catalogs(document: Page, pot: Catalog, workspace: Workspace, *, fuzzy: bool) -> Iterator[tuple[str, str]]:
    """The complete catalog of a document in each locale, as `pipeline update` would leave it."""
    heads = None
    for locale in workspace.settings.catalog_locales():
        name = workspace.catalog(locale, document.id)
        empty = new_catalog(name, locale, plural_forms(locale.gettext), workspace.settings, _NOW)
        # All but the translations is the same in each locale: it is written once.
        heads = heads or list(_heads(empty, pot))
        texts = dict(Writer(locale.language, CATALOG).messages(document))
        chance = random.Random(f"fuzzy:{name}")
        pieces = [write_po(empty).decode()]
        for identifier, plain, doubtful in heads:
            head = doubtful if fuzzy and chance.random() < _FUZZY_SHARE else plain
            pieces.append(f'{head}msgstr "{_escaped(texts[identifier])}"\n')
        yield name, "".join(pieces)


def _heads(empty: Catalog, pot: Catalog) -> Iterator[tuple[str, str, str]]:
    """For each unit its id, and what stands before its translation: as it is finished, as it is fuzzy."""
    header = write_po(empty).decode()
    for unit in update(empty, pot, {}, plural_count=1).catalog.units:
        previous = Previous(context=unit.context, source=f"Previously: {unit.source}")
        finished = _with_targets(unit, ("x",))
        doubtful = _with_targets(unit, ("x",), fuzzy_since=previous)
        yield unit.id, _head(empty, header, finished), _head(empty, header, doubtful)


def _with_targets(unit: Unit, targets: tuple[str, ...], fuzzy_since: Previous | None = None) -> Unit:
    return Unit(
        context=unit.context,
        source=unit.source,
        plural=unit.plural,
        targets=targets,
        flags=unit.flags if fuzzy_since is None else (FUZZY, *unit.flags),
        extracted_comments=unit.extracted_comments,
        locations=unit.locations,
        previous=fuzzy_since,
    )


def _head(empty: Catalog, header: str, unit: Unit) -> str:
    text = write_po(replace(empty, units=(unit,))).decode().removeprefix(header)
    return text[: text.rindex("msgstr ")]


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _ui_catalogs(pot: Catalog, workspace: Workspace) -> Iterator[tuple[str, str]]:
    for locale in workspace.settings.catalog_locales():
        yield from _ui_catalog(pot, locale, workspace.settings, workspace.catalog(locale, "ui"))


def _ui_catalog(pot: Catalog, locale: Locale, settings: Settings, name: str) -> Iterator[tuple[str, str]]:
    own = _OWN_LOCALES / _UI.get(locale.language, locale.language) / "LC_MESSAGES" / "ui.po"
    translated: Mapping[str, Unit] = read_po(own.read_bytes(), own.name).by_id
    empty = new_catalog(name, locale, plural_forms(locale.gettext), settings, _NOW)
    updated = update(empty, pot, {}, plural_count=nplurals(locale.gettext)).catalog
    units = tuple(_with_targets(unit, translated[unit.id].targets) for unit in updated.units)
    yield name, write_po(replace(updated, units=units)).decode()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("size", choices=SIZES)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--fuzzy", action="store_true")
    parser.add_argument("--edited", action="store_true")
    arguments = parser.parse_args()
    documents, locales, entries = SIZES[arguments.size]
    generate(arguments.folder, documents, locales, entries=entries, fuzzy=arguments.fuzzy)
    if arguments.edited:
        edit(arguments.folder, documents, entries=entries)


if __name__ == "__main__":
    main()
