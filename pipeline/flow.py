"""flow: the stages in order. A newcomer's first file.

    messages/*.md --read--> Document --extract--> POT --update--> locales/*.po --check--> findings
    Document + Edition --word, localize--> LocalizedDocument --export--> exports/

Stages are pure functions; here they meet the disk. Nothing here prints.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from typing import Protocol, TypeVar

from pipeline import checks, pseudo
from pipeline import extract as extraction
from pipeline import update as updating
from pipeline.approval import judge_approvals
from pipeline.errors import PipelineError
from pipeline.model.approval import DRAFT, Parts, Standing
from pipeline.model.catalog import Catalog
from pipeline.model.disclaimer import Disclaimer
from pipeline.model.document import Document
from pipeline.model.edition import ChainLink, Edition, Words, word
from pipeline.model.finding import Finding, Location, Refused, Severity
from pipeline.model.glossary import Glossary
from pipeline.model.locale import Locale
from pipeline.model.message import Message
from pipeline.model.plurals import nplurals, plural_forms
from pipeline.model.reference import Reference
from pipeline.model.settings import EditionSettings
from pipeline.model.source_change import AcceptedChanges, SourceChange
from pipeline.model.waiver import Waiver
from pipeline.po import place, read_po, write_po
from pipeline.sources.bibliography import read_bibliography
from pipeline.sources.disclaimers import read_disclaimers
from pipeline.sources.glossary import read_glossary
from pipeline.sources.markdown import read_document
from pipeline.sources.source_changes import read_source_changes
from pipeline.sources.waivers import read_waivers
from pipeline.workspace import (
    ACCEPTED_CHANGES,
    GLOSSARY,
    MESSAGES,
    PSEUDO_EXPORTS,
    REFERENCES,
    UI_DOMAIN,
    WAIVERS,
    Workspace,
)

T = TypeVar("T")

_DOCUMENT_NAME = re.compile(rf"{MESSAGES}/(?!{UI_DOMAIN}\.md)[A-Za-z0-9][A-Za-z0-9._-]*\.md")


class Track(Protocol):
    """Shows progress: yields the items while it says what is being done."""

    def __call__(self, items: Iterable[T], doing: str) -> Iterable[T]: ...


def silently(items: Iterable[T], doing: str) -> Iterable[T]:
    return items


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


def read_content(workspace: Workspace, track: Track = silently) -> Content:
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
            document = read(name, lambda data, name: read_document(data, name, bibliography), None)
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


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """Every edition with its wordings, and everything that is wrong with them.

    `editions` and `words` are by document id and locale, `ui` is by locale. `approvals` has what somebody signed.
    """

    content: Content
    editions: Mapping[tuple[str, Locale], Edition]
    words: Mapping[tuple[str, Locale], Words]
    ui: Mapping[Locale, Words]
    findings: tuple[Finding, ...]
    approvals: Mapping[tuple[str, Locale], Standing] = field(default_factory=dict)

    def blocked(self, locale: Locale) -> bool:
        """Whether the locale may not be exported."""
        return self.content.blocks_all or any(
            finding.severity is Severity.ERROR and finding.locale == locale.gettext for finding in self.findings
        )

    def standing(self, document: str, locale: Locale) -> Standing:
        """Whether the document is approved in the locale."""
        return self.approvals.get((document, locale), DRAFT)

    def parts(self, document: Document, locale: Locale) -> Parts:
        """What an approval given now is bound to."""
        from pipeline.exporters.approval import approval_parts

        key = document.id, locale
        return approval_parts(document, self.editions[key], self.words[key], self.ui[locale])


def assess(workspace: Workspace, content: Content, today: date, track: Track = silently) -> Assessment:
    """Find the words of every edition and check them."""
    reader = _CatalogReader(workspace)
    engine = checks.Engine(glossary=content.glossary, place=place)
    editions: dict[tuple[str, Locale], Edition] = {}
    words: dict[tuple[str, Locale], Words] = {}
    ui: dict[Locale, Words] = {}
    findings: list[Finding] = list(content.findings)
    for settings in track(workspace.settings.editions, "Checking editions"):
        locale = settings.locale
        disclaimers, problems = _read_disclaimers(workspace, locale)
        findings.extend(problems)
        ui_chain = _chain(reader, settings, UI_DOMAIN)
        ui[locale] = _word(content.ui, ui_chain, settings, workspace.settings.source)
        findings.extend(_chain_findings(reader, engine, ui_chain, ui[locale], workspace.settings.source))
        for document in content.documents:
            edition = Edition(
                locale=locale,
                source=workspace.settings.source,
                reads_source=settings.reads_source,
                catalogs=_chain(reader, settings, document.id),
                disclaimers=disclaimers,
                disclaimers_file=workspace.disclaimers(locale),
                required=workspace.settings.required_in(locale.market),
            )
            shown = document.market_messages(locale.market)
            wordings = _word(shown, edition.catalogs, settings, workspace.settings.source)
            editions[document.id, locale], words[document.id, locale] = edition, wordings
            findings.extend(_chain_findings(reader, engine, edition.catalogs, wordings, workspace.settings.source))
            # A file that could not be read has been reported; its disclaimers are not missing besides.
            findings.extend(() if problems else checks.check_edition(document, edition, today))
        shown_words = (ui[locale], *(words[document.id, locale] for document in content.documents))
        findings.extend(_together(shown_words, locale, workspace.settings.source))
        if content.documents and not content.broken:
            findings.extend(checks.check_placement(content.documents, disclaimers, locale))
    findings.extend(checks.check_authorship(editions.values()))
    assessment = Assessment(content=content, editions=editions, words=words, ui=ui, findings=())
    approvals, unapproved = judge_approvals(workspace, content.documents, assessment.parts)
    remaining = checks.waive(dict.fromkeys(findings), content.waivers, today)
    # No waiver stands for an approval.
    return replace(assessment, findings=(*remaining, *unapproved), approvals=approvals)


def assess_pseudo(workspace: Workspace, content: Content) -> tuple[Workspace, Assessment]:
    """The pseudo-locales as editions of their own, with the export folder that they go to.

    Their disclaimers are made up from those of the source's own locale.
    """
    source = workspace.settings.source
    names = [name.text for name in content.glossary.names]
    authored, _ = _read_disclaimers(workspace, source)
    editions: dict[tuple[str, Locale], Edition] = {}
    words: dict[tuple[str, Locale], Words] = {}
    for locale in pseudo.PSEUDO_LOCALES:
        edition = Edition(
            locale=locale,
            source=source,
            reads_source=True,
            catalogs=(),
            disclaimers=tuple(
                replace(disclaimer, text=pseudo.pseudo_messages(disclaimer.text, locale, names))
                for disclaimer in authored
            ),
            disclaimers_file=workspace.disclaimers(source),
            required=(),
        )
        for document in content.documents:
            editions[document.id, locale] = edition
            words[document.id, locale] = pseudo.pseudo_words(document.market_messages(locale.market), locale, names)
    settings = tuple(EditionSettings(locale=locale, reads=(), reads_source=True) for locale in pseudo.PSEUDO_LOCALES)
    return (
        replace(workspace, settings=replace(workspace.settings, editions=settings), exports=PSEUDO_EXPORTS),
        Assessment(
            content=content,
            editions=editions,
            words=words,
            ui={locale: pseudo.pseudo_words(content.ui, locale, names) for locale in pseudo.PSEUDO_LOCALES},
            findings=content.findings,
        ),
    )


def _word(
    messages: Iterable[Message], chain: tuple[ChainLink, ...], settings: EditionSettings, source: Locale
) -> Words:
    return word(messages, chain, locale=settings.locale, source=source, reads_source=settings.reads_source)


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
    data = workspace.read(name)
    if data is None:
        return None, ()
    try:
        return read_po(data, name), ()
    except Refused as refused:
        return None, refused.findings


def _read_disclaimers(workspace: Workspace, locale: Locale) -> tuple[tuple[Disclaimer, ...], tuple[Finding, ...]]:
    name = workspace.disclaimers(locale)
    data = workspace.read(name)
    if data is None:
        missing = Finding(
            rule="disclaimer",
            message="the disclaimers are missing",
            location=Location(file=name),
            locale=locale.gettext,
            hint=f"write the file; `pipeline init {locale.gettext}` makes one to start from",
        )
        return (), (missing,)
    try:
        return read_disclaimers(data, name), ()
    except Refused as refused:
        return (), tuple(replace(finding, locale=locale.gettext) for finding in refused.findings)


class _CatalogReader:
    """Reads each catalog once, however many editions share it, with all that is wrong with the file itself."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._catalogs: dict[str, Catalog | None] = {}
        self.problems: dict[str, tuple[Finding, ...]] = {}
        self.findings: dict[str, tuple[Finding, ...]] = {}

    def link(self, locale: Locale, domain: str) -> ChainLink:
        name = self._workspace.catalog(locale, domain)
        if name not in self._catalogs:
            catalog, problems = read_catalog(self._workspace, name)
            self._catalogs[name] = catalog
            self.problems[name] = problems
            self.findings[name] = (*problems, *(checks.check_catalog(catalog, locale) if catalog else ()))
        return ChainLink(locale=locale, name=name, catalog=self._catalogs[name])


def _chain(reader: _CatalogReader, settings: EditionSettings, domain: str) -> tuple[ChainLink, ...]:
    return tuple(reader.link(locale, domain) for locale in settings.reads)


def _together(shown: Iterable[Words], locale: Locale, source: Locale) -> Iterator[Finding]:
    """What is wrong with the words of an edition only when they are seen together."""
    wordings = (wording for words in shown for wording in words.wordings if not wording.from_source)
    for finding in checks.check_together(checks.subject_of(wording, source) for wording in wordings):
        yield replace(finding, locale=locale.gettext)


def _chain_findings(
    reader: _CatalogReader, engine: checks.Engine, chain: tuple[ChainLink, ...], words: Words, source: Locale
) -> Iterator[Finding]:
    """What is wrong with the catalogs; and with the words in them, where they all could be read."""
    for link in chain:
        for finding in reader.findings[link.name]:
            yield replace(finding, locale=words.locale.gettext)
    if not any(reader.problems[link.name] for link in chain):
        yield from checks.check_words(engine, words, source)
