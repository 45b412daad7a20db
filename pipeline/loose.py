"""loose: check PO files of any project, without a content repository around them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import checks
from pipeline.checks.subject import CatalogView, Subject
from pipeline.errors import PipelineError
from pipeline.model.catalog import Catalog, Unit
from pipeline.model.finding import Finding, Refused
from pipeline.model.glossary import Glossary
from pipeline.model.locale import Locale, ensure_known
from pipeline.po import inspect_po, place, read_po
from pipeline.sources.glossary import read_glossary
from pipeline.workspace import read_file

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[_-][A-Z][a-z]{3})?(?:[_-](?:[A-Z]{2}|[0-9]{3}))?")
_ENGLISH = Locale("en")


@dataclass(frozen=True, slots=True, kw_only=True)
class LooseFile:
    """A file that was checked.

    `catalog` is None where the file is no text, `locale` where neither path nor header says the language.
    """

    name: str
    locale: Locale | None
    catalog: Catalog | None
    findings: tuple[Finding, ...]


def check_files(files: Iterable[Path], pot: Path | None = None, glossary: Path | None = None) -> Iterator[LooseFile]:
    """Check each file as it lies, against the template and the glossary where they are given.

    Raises PipelineError for a template or a glossary that cannot be read.
    """
    template = None if pot is None else _template(pot)
    engine = checks.Engine(glossary=Glossary() if glossary is None else _glossary(glossary), place=place)
    checked = [_check_file(engine, file, template) for file in files]
    together: dict[str, list[Finding]] = {file.name: [] for file in checked}
    for finding in checks.check_together(subject for file in checked for subject in _read(file, template)):
        together[finding.location.file].append(finding)
    for file in checked:
        yield replace(file, findings=(*file.findings, *together[file.name]))


def _read(file: LooseFile, pot: Catalog | None) -> Iterator[Subject]:
    if file.catalog is not None and file.locale is not None:
        yield from _subjects(file.catalog, file.locale, pot)


def _bytes(file: Path) -> bytes:
    data = read_file(file, str(file))
    if data is None:
        raise PipelineError("does not exist", where=str(file))
    return data


def _template(pot: Path) -> Catalog:
    try:
        return read_po(_bytes(pot), str(pot))
    except Refused as refused:
        raise PipelineError(f"the template cannot be read: {refused.findings[0]}", where=str(pot)) from refused


def _glossary(file: Path) -> Glossary:
    try:
        return read_glossary(_bytes(file), str(file))
    except Refused as refused:
        raise PipelineError(f"the glossary cannot be read: {refused.findings[0]}", where=str(file)) from refused


def _check_file(engine: checks.Engine, file: Path, pot: Catalog | None) -> LooseFile:
    name = str(file)
    catalog, findings = inspect_po(_bytes(file), name)
    if catalog is None:
        return LooseFile(name=name, locale=None, catalog=None, findings=findings)
    named = _named(file.parts)
    stated = _known(catalog.fields.get("Language", "").partition("@")[0])
    # The header of a misplaced file names another language than its path; where both agree it may say more.
    locale = stated if named is None or (stated is not None and stated.language == named.language) else named
    found = list(findings)
    found.extend(checks.check_view(CatalogView(catalog=catalog, locale=named or locale, pot=pot, loose=pot is None)))
    if locale is not None:
        for subject in _subjects(catalog, locale, pot):
            found.extend(engine.check_entry(subject))
    marked = (replace(finding, locale=locale.gettext if locale else "") for finding in found)
    return LooseFile(name=name, locale=locale, catalog=catalog, findings=tuple(dict.fromkeys(marked)))


def _named(parts: Sequence[str]) -> Locale | None:
    """The language that the path says: `de.po`, `pt_BR/LC_MESSAGES/django.po`, `faq.fr.po`."""
    stem = parts[-1].removesuffix(".po")
    for part in (stem, stem.rpartition(".")[2], *(parts[-3:-2] if parts[-2:-1] == ("LC_MESSAGES",) else ())):
        locale = _known(part)
        if locale is not None:
            return locale
    return None


def _known(tag: str) -> Locale | None:
    if _LANGUAGE.fullmatch(tag) is None:
        return None
    try:
        return ensure_known(Locale.parse(tag))
    except PipelineError:
        return None


def _subjects(catalog: Catalog, locale: Locale, pot: Catalog | None) -> Iterator[Subject]:
    if pot is None:
        for unit in catalog.live:
            yield _subject(unit, unit, catalog, locale, work_in_progress=True)
        return
    by_key: Mapping[tuple[str | None, str], Unit] = {unit.key: unit for unit in catalog.live}
    by_context = {unit.context: unit for unit in catalog.live if unit.context is not None}
    for template in pot.live:
        held = by_key.get(template.key)
        if held is None and template.context is not None:
            held = by_context.get(template.context)
        yield _subject(template, held, catalog, locale, work_in_progress=False)


def _subject(template: Unit, unit: Unit | None, catalog: Catalog, locale: Locale, *, work_in_progress: bool) -> Subject:
    return Subject(
        id=template.id,
        source=template.source,
        plural=template.plural,
        unit=unit,
        file=catalog.name,
        locale=locale,
        source_locale=_ENGLISH,
        flags=template.flags,
        work_in_progress=work_in_progress,
    )
