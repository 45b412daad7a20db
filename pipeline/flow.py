"""flow: the stages in order. A newcomer's first file.

    messages/*.md --read--> Document --extract--> POT --update--> locales/*.po --check--> findings
    Document + Edition --word, localize--> LocalizedDocument --export--> exports/

Stages are pure functions; here they meet the disk. Nothing here prints.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import Protocol, TypeVar

from pipeline import checks
from pipeline import extract as extraction
from pipeline import update as updating
from pipeline.errors import PipelineError
from pipeline.model.catalog import Catalog
from pipeline.model.document import Document
from pipeline.model.finding import Finding, Location, Refused, Severity
from pipeline.model.glossary import Glossary
from pipeline.model.message import Message
from pipeline.model.plurals import nplurals, plural_forms
from pipeline.model.reference import Reference
from pipeline.model.source_change import AcceptedChanges, SourceChange
from pipeline.model.track import Track, silently
from pipeline.model.waiver import Waiver
from pipeline.po import read_po, write_po
from pipeline.sources.bibliography import read_bibliography
from pipeline.sources.glossary import read_glossary
from pipeline.sources.markdown import read_document
from pipeline.sources.source_changes import read_source_changes
from pipeline.sources.waivers import read_waivers
from pipeline.workspace import (
    ACCEPTED_CHANGES,
    GLOSSARY,
    MESSAGES,
    REFERENCES,
    UI_DOMAIN,
    WAIVERS,
    Workspace,
)

T = TypeVar("T")

_DOCUMENT_NAME = re.compile(rf"{MESSAGES}/(?!{UI_DOMAIN}\.md)[A-Za-z0-9][A-Za-z0-9._-]*\.md")


@dataclass(frozen=True, kw_only=True)
class Content:
    """All that authors wrote. `broken` has the ids of documents that could not be read.

    A finding for which `location.file` is no document (the bibliography, the glossary, the waivers) blocks everything.
    """

    documents: tuple[Document, ...]
    broken: frozenset[str]
    glossary: Glossary
    accepted: tuple[SourceChange, ...]
    waivers: tuple[Waiver, ...]
    ui: tuple[Message, ...]
    digests: Mapping[str, str]
    findings: tuple[Finding, ...]

    @cached_property
    def blocks_all(self) -> bool:
        return any(
            finding.location.file in (REFERENCES, GLOSSARY, ACCEPTED_CHANGES, WAIVERS) for finding in self.findings
        )

    def messages(self, domain: str, market: str) -> tuple[Message, ...]:
        """What an edition for the market shows of a document, or the page's own words."""
        return self.ui if domain == UI_DOMAIN else self._by_id[domain].market_messages(market)

    @cached_property
    def _by_id(self) -> Mapping[str, Document]:
        return {document.id: document for document in self.documents}


class Library(Protocol):
    """Documents that were read before; `made_from` are the digests of the document's file and the bibliography's."""

    def __call__(self, name: str, made_from: tuple[str, str], read: Callable[[], Document]) -> Document: ...


def read_anew(name: str, made_from: tuple[str, str], read: Callable[[], Document]) -> Document:
    return read()


def read_content(workspace: Workspace, track: Track = silently, library: Library = read_anew) -> Content:
    """Read every document, the bibliography and the glossary; what is wrong with them becomes findings."""
    from pipeline.exporters.html_bundle import ui_messages

    findings: list[Finding] = []
    digests: dict[str, str] = {}
    documents: list[Document] = []
    broken: list[str] = []

    def read(name: str, parse: Callable[[bytes, str], T], default: T) -> T:
        data = workspace.read(name)
        digests[name] = sha256(data or b"").hexdigest()
        if data is None:
            return default
        try:
            return parse(data, name)
        except Refused as refused:
            findings.extend(refused.findings)
            return default

    def known(data: bytes, name: str) -> Document:
        made_from = digests[name], digests[REFERENCES]
        return library(name, made_from, lambda: read_document(data, name, bibliography))

    empty: tuple[Reference, ...] = ()
    bibliography = read(REFERENCES, read_bibliography, empty)
    # Without a bibliography every citation would be an error of its own: one is enough.
    if not findings:
        names = workspace.documents()
        if not names:
            raise PipelineError(
                "holds no document", where=MESSAGES, hint="write one: NAME.md, see docs/source-format.md"
            )
        findings.extend(_name_findings(names))
        for name in track([name for name in names if _DOCUMENT_NAME.fullmatch(name)], "Reading documents"):
            document = read(name, known, None)
            if document is None:
                broken.append(name.rpartition("/")[2].removesuffix(".md"))
            else:
                documents.append(document)
    markets = {settings.locale.market for settings in workspace.settings.editions}
    for document in documents:
        findings.extend(_market_findings(document, markets))
    glossary = read(GLOSSARY, read_glossary, Glossary())
    no_changes: tuple[SourceChange, ...] = ()
    accepted = read(ACCEPTED_CHANGES, read_source_changes, no_changes)
    no_waivers: tuple[Waiver, ...] = ()
    waivers = read(WAIVERS, read_waivers, no_waivers)
    return Content(
        documents=tuple(documents),
        broken=frozenset(broken),
        glossary=glossary,
        accepted=accepted,
        waivers=waivers,
        ui=ui_messages(),
        digests=digests,
        findings=tuple(findings),
    )


def _name_findings(names: Iterable[str]) -> Iterator[Finding]:
    for name in names:
        if not _DOCUMENT_NAME.fullmatch(name):
            yield Finding(
                rule="document-name",
                message="cannot be the name of a document: it names catalogs, exports and addresses",
                location=Location(file=name),
                hint=f"use letters, digits, . - and _, a letter or digit first, and not {UI_DOMAIN}.md",
            )


def _market_findings(document: Document, markets: set[str]) -> Iterator[Finding]:
    for entry in document.entries:
        for market in entry.markets:
            if market not in markets:
                yield Finding(
                    rule="market",
                    severity=Severity.WARNING,
                    message=f"no edition is for the market {market}",
                    location=entry.location,
                    entry=entry.id,
                    hint="mend the territory, or add an edition for it; until then it shows nowhere for this market",
                )


def extract(workspace: Workspace, content: Content, now: datetime) -> tuple[str, ...]:
    """Write the template of every document and of the page's words; return the names of those that changed."""
    return workspace.write({name: write_po(pot) for name, pot in _templates(workspace, content, now)})


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogUpdate:
    """What an update did to one catalog; `written` is false where nothing changed."""

    name: str
    locale: str
    result: updating.Updated
    written: bool


def update(
    workspace: Workspace, content: Content, now: datetime, track: Track = silently
) -> tuple[tuple[CatalogUpdate, ...], tuple[Finding, ...]]:
    """Bring every catalog up to the documents. A catalog that cannot be read is left alone and reported."""
    settings = workspace.settings
    pots = {pot.name.removesuffix(".pot"): pot for _, pot in _templates(workspace, content, now)}
    updates: list[CatalogUpdate] = []
    findings: list[Finding] = []
    for locale in track(settings.catalog_locales(), "Updating catalogs"):
        overlay = settings.is_overlay(locale)
        catalogs: dict[str, Catalog] = {}
        for domain in pots:
            name = workspace.catalog(locale, domain)
            catalog, problems = read_catalog(workspace, name)
            if catalog is not None:
                # A catalog that counts in another way, or is of another language, is not ours to add to.
                problems = tuple(checks.check_catalog(catalog, locale))
                catalog = None if problems else catalog
            findings.extend(problems)
            if catalog is None and not problems and not overlay:
                catalog = updating.new_catalog(name, locale, plural_forms(locale.gettext), settings, now)
            if catalog is not None:
                catalogs[domain] = catalog
        others = [name for name in workspace.catalogs(locale) if name not in {c.name for c in catalogs.values()}]
        orphans = [catalog for catalog, _ in (read_catalog(workspace, name) for name in others) if catalog is not None]
        known = updating.memory((*catalogs.values(), *orphans))
        results = {
            domain: updating.update(
                catalog,
                pots[domain],
                known,
                plural_count=nplurals(locale.gettext),
                overlay=overlay,
                accepted=AcceptedChanges.of(content.accepted, domain),
            )
            for domain, catalog in catalogs.items()
        }
        files = {result.catalog.name: write_po(result.catalog) for result in results.values()}
        written = workspace.write(files)
        updates.extend(
            CatalogUpdate(
                name=result.catalog.name,
                locale=locale.gettext,
                result=result,
                written=result.catalog.name in written,
            )
            for result in results.values()
        )
    return tuple(updates), tuple(findings)


def _templates(workspace: Workspace, content: Content, now: datetime) -> Iterator[tuple[str, Catalog]]:
    """The templates as they should be, with their names."""
    domains = [(document.id, extraction.extract(document)) for document in content.documents]
    for domain, units in (*domains, (UI_DOMAIN, extraction.extract_ui(content.ui))):
        name = workspace.pot(domain)
        # A template is made by us alone: one that cannot be read is simply made again.
        previous, _ = read_catalog(workspace, name)
        yield name, extraction.template(domain, units, workspace.settings, previous, now)


def read_catalog(workspace: Workspace, name: str) -> tuple[Catalog | None, tuple[Finding, ...]]:
    """The catalog, or None where there is no file or one that cannot be read, with what is wrong with it."""
    return parse_catalog(workspace.read(name), name)


def parse_catalog(data: bytes | None, name: str) -> tuple[Catalog | None, tuple[Finding, ...]]:
    if data is None:
        return None, ()
    try:
        return read_po(data, name), ()
    except Refused as refused:
        return None, refused.findings
