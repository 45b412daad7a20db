"""assessing: the words of every edition, and what is wrong with them."""

import collections
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from typing import Protocol

from pipeline import checks, pseudo
from pipeline.approval import judge_approvals
from pipeline.flow import Content, parse_catalog
from pipeline.model.approval import DRAFT, Parts, Standing
from pipeline.model.catalog import Catalog
from pipeline.model.disclaimer import Disclaimer
from pipeline.model.document import Document
from pipeline.model.edition import ChainLink, Edition, Words, word
from pipeline.model.finding import Finding, Location, Refused, Severity
from pipeline.model.locale import Locale
from pipeline.model.message import Message
from pipeline.model.settings import EditionSettings
from pipeline.model.track import Track, silently
from pipeline.po import place
from pipeline.sources.disclaimers import read_disclaimers
from pipeline.workspace import PSEUDO_EXPORTS, UI_DOMAIN, Workspace


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
        return locale in blocked_locales(self.content, self.findings, (locale,))

    def standing(self, document: str, locale: Locale) -> Standing:
        """Whether the document is approved in the locale."""
        return self.approvals.get((document, locale), DRAFT)

    def parts(self, document: Document, locale: Locale) -> Parts:
        """What an approval given now is bound to."""
        from pipeline.exporters.approval import approval_parts

        key = document.id, locale
        return approval_parts(document, self.editions[key], self.words[key], self.ui[locale])


def blocked_locales(content: Content, findings: Iterable[Finding], locales: Iterable[Locale]) -> frozenset[Locale]:
    """Those of the locales that may not be exported."""
    if content.blocks_all:
        return frozenset(locales)
    stopped = {finding.locale for finding in findings if finding.severity is Severity.ERROR}
    return frozenset(locale for locale in locales if locale.gettext in stopped)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What is wrong with an edition by itself, before any waiver. `unapproved` no waiver can stand for.

    `texts` are the names of the catalogs of its documents with the number of their entries.
    """

    locale: Locale
    findings: tuple[Finding, ...]
    unapproved: tuple[Finding, ...]
    authored: tuple[checks.Authored, ...]
    texts: tuple[tuple[str, int], ...]


class Memory(Protocol):
    """What was found in the texts of a document before.

    `made_from` are the digests of the catalogs; the rest that a finding depends on is the memory's to know.
    """

    def __call__(
        self, document: str, locale: Locale, made_from: tuple[str, ...], find: Callable[[], tuple[Finding, ...]]
    ) -> tuple[Finding, ...]: ...


def without_memory(
    document: str, locale: Locale, made_from: tuple[str, ...], find: Callable[[], tuple[Finding, ...]]
) -> tuple[Finding, ...]:
    return find()


def assess(workspace: Workspace, content: Content, today: date, track: Track = silently) -> Assessment:
    """Find the words of every edition and check them."""
    assessment, judgements = judge(workspace, content, today, track=track)
    return replace(assessment, findings=conclude(content, judgements, today))


def conclude(content: Content, judgements: Iterable[Judgement], today: date) -> tuple[Finding, ...]:
    """Everything that is wrong, when editions are seen together and waivers heeded."""
    judgements = tuple(judgements)
    findings = [*content.findings, *(finding for judgement in judgements for finding in judgement.findings)]
    findings.extend(checks.check_authorship(text for judgement in judgements for text in judgement.authored))
    remaining = checks.waive(dict.fromkeys(findings), content.waivers, today)
    return (*remaining, *(finding for judgement in judgements for finding in judgement.unapproved))


def check_texts(workspace: Workspace, content: Content, memory: Memory) -> None:
    """Let the memory have what is wrong with the texts of documents: a document in all editions, then the next.

    Rules look at a source text once for all languages, and at a translation once for all regions that share it.
    """
    engine = checks.Engine(glossary=content.glossary, place=place)
    source = workspace.settings.source
    for document in content.documents:
        reader = _CatalogReader(workspace)
        for settings in workspace.settings.editions:
            chain = _chain(reader, settings, document.id)
            words = _word(document.market_messages(settings.locale.market), chain, settings, source)
            collections.deque(_text_findings(engine, reader, document.id, words, chain, source, memory), maxlen=0)


def _text_findings(
    engine: checks.Engine,
    reader: "_CatalogReader",
    document: str,
    words: Words,
    chain: tuple[ChainLink, ...],
    source: Locale,
    memory: Memory,
) -> Iterator[Finding]:
    """What is wrong with the words in the catalogs, where they all could be read."""
    if not any(reader.problems[link.name] for link in chain):
        made_from = tuple(reader.digests[link.name] for link in chain)
        yield from memory(document, words.locale, made_from, lambda: tuple(checks.check_words(engine, words, source)))


def judge(
    workspace: Workspace, content: Content, today: date, *, memory: Memory = without_memory, track: Track = silently
) -> tuple[Assessment, tuple[Judgement, ...]]:
    """The words of the editions of the workspace, and what is wrong with each by itself."""
    reader = _CatalogReader(workspace)
    engine = checks.Engine(glossary=content.glossary, place=place)
    source = workspace.settings.source
    worded: dict[Locale, _Worded] = {}
    findings: dict[Locale, list[Finding]] = {}

    def found(document: str, words: Words, chain: tuple[ChainLink, ...]) -> Iterator[Finding]:
        for link in chain:
            for finding in reader.findings[link.name]:
                yield replace(finding, locale=words.locale.gettext)
        yield from _text_findings(engine, reader, document, words, chain, source, memory)

    for settings in track(workspace.settings.editions, "Checking editions"):
        locale = settings.locale
        edition = worded[locale] = _word_edition(workspace, content, settings, reader)
        own = findings[locale] = list(edition.problems)
        own.extend(found(UI_DOMAIN, edition.ui, _chain(reader, settings, UI_DOMAIN)))
        for document in content.documents:
            shown = edition.editions[document.id]
            own.extend(found(document.id, edition.words[document.id], shown.catalogs))
            # A file that could not be read has been reported; its disclaimers are not missing besides.
            own.extend(() if edition.problems else checks.check_edition(document, shown, today))
        own.extend(_together((edition.ui, *edition.words.values()), locale, source))
        if content.documents and not content.broken:
            own.extend(checks.check_placement(content.documents, edition.disclaimers, locale))
    assessment, unapproved = _assessment(workspace, content, worded)
    return assessment, tuple(
        Judgement(
            locale=locale,
            findings=tuple(findings[locale]),
            unapproved=tuple(finding for finding in unapproved if finding.locale == locale.gettext),
            authored=tuple(checks.authored(edition.disclaimers, locale)),
            texts=tuple(
                (link.name, len(link.catalog.live))
                for own in edition.editions.values()
                for link in own.catalogs
                if link.catalog is not None
            ),
        )
        for locale, edition in worded.items()
    )


def word_editions(workspace: Workspace, content: Content) -> Assessment:
    """The words of the editions of the workspace, unchecked, with what somebody signed."""
    reader = _CatalogReader(workspace)
    editions = workspace.settings.editions
    worded = {settings.locale: _word_edition(workspace, content, settings, reader) for settings in editions}
    assessment, _ = _assessment(workspace, content, worded)
    return assessment


@dataclass(frozen=True, slots=True, kw_only=True)
class _Worded:
    """One edition of every document, by document id. `problems` keep its disclaimers from being read."""

    editions: Mapping[str, Edition]
    words: Mapping[str, Words]
    ui: Words
    disclaimers: tuple[Disclaimer, ...]
    problems: tuple[Finding, ...]


def _word_edition(
    workspace: Workspace, content: Content, settings: EditionSettings, reader: "_CatalogReader"
) -> _Worded:
    locale, source = settings.locale, workspace.settings.source
    disclaimers, problems = read_locale_disclaimers(workspace, locale)
    editions: dict[str, Edition] = {}
    words: dict[str, Words] = {}
    for document in content.documents:
        edition = editions[document.id] = Edition(
            locale=locale,
            source=source,
            reads_source=settings.reads_source,
            catalogs=_chain(reader, settings, document.id),
            disclaimers=disclaimers,
            disclaimers_file=workspace.disclaimers(locale),
            required=workspace.settings.required_in(locale.market),
        )
        words[document.id] = _word(document.market_messages(locale.market), edition.catalogs, settings, source)
    return _Worded(
        editions=editions,
        words=words,
        ui=_word(content.ui, _chain(reader, settings, UI_DOMAIN), settings, source),
        disclaimers=disclaimers,
        problems=problems,
    )


def _assessment(
    workspace: Workspace, content: Content, worded: Mapping[Locale, _Worded]
) -> tuple[Assessment, tuple[Finding, ...]]:
    """The editions together, without findings; and what is not approved of them."""
    assessment = Assessment(
        content=content,
        editions={(document, locale): own for locale, one in worded.items() for document, own in one.editions.items()},
        words={(document, locale): words for locale, one in worded.items() for document, words in one.words.items()},
        ui={locale: one.ui for locale, one in worded.items()},
        findings=(),
    )
    approvals, unapproved = judge_approvals(workspace, content.documents, assessment.parts)
    return replace(assessment, approvals=approvals), unapproved


def assess_pseudo(workspace: Workspace, content: Content) -> tuple[Workspace, Assessment]:
    """The pseudo-locales as editions of their own, with the export folder that they go to.

    Their disclaimers are made up from those of the source's own locale.
    """
    source = workspace.settings.source
    names = [name.text for name in content.glossary.names]
    authored, _ = read_locale_disclaimers(workspace, source)
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


def read_locale_disclaimers(workspace: Workspace, locale: Locale) -> tuple[tuple[Disclaimer, ...], tuple[Finding, ...]]:
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
        self.digests: dict[str, str] = {}
        self.problems: dict[str, tuple[Finding, ...]] = {}
        self.findings: dict[str, tuple[Finding, ...]] = {}

    def link(self, locale: Locale, domain: str) -> ChainLink:
        name = self._workspace.catalog(locale, domain)
        if name not in self._catalogs:
            data = self._workspace.read(name)
            catalog, problems = parse_catalog(data, name)
            self._catalogs[name] = catalog
            self.digests[name] = sha256(data or b"").hexdigest()
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
