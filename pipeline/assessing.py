"""assessing: the words of every edition, and what is wrong with them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from pipeline import checks, pseudo
from pipeline.approval import judge_approvals
from pipeline.flow import Content
from pipeline.judging import (
    CatalogReader,
    Found,
    Judgement,
    bare_edition,
    blocked_locales,
    conclude,
    judge_edition,
    look,
    read_locale_disclaimers,
)
from pipeline.model.approval import DRAFT, Parts, Standing
from pipeline.model.disclaimer import Disclaimer
from pipeline.model.document import Document
from pipeline.model.edition import ChainLink, Edition, Words, word
from pipeline.model.finding import Finding
from pipeline.model.locale import Locale
from pipeline.model.message import Message
from pipeline.model.settings import EditionSettings
from pipeline.model.track import Track, silently
from pipeline.po import place
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


def assess(workspace: Workspace, content: Content, today: date, track: Track = silently) -> Assessment:
    """Find the words of every edition and check them."""
    assessment, judgements = judge(workspace, content, today, track=track)
    return replace(assessment, findings=conclude(content, judgements, today))


def look_into(
    workspace: Workspace, content: Content, documents: Collection[str]
) -> Iterator[tuple[str, EditionSettings, tuple[str, ...], Found]]:
    """What these documents, or the page's own words, are in the editions of the workspace: a document in all of them,
    then the next. With the digests of the catalogs that it was found in.

    Rules look at a source text once for all languages, and at a translation once for all regions that share it.
    """
    engine = checks.Engine(glossary=content.glossary, place=place)
    source = workspace.settings.source
    for name in (UI_DOMAIN, *(document.id for document in content.documents)):
        if name not in documents:
            continue
        reader = CatalogReader(workspace)
        for settings in workspace.settings.editions:
            chain = reader.chain(settings, name)
            words = _word(content.messages(name, settings.locale.market), chain, settings, source)
            digests = tuple(reader.digests[link.name] for link in chain)
            yield name, settings, digests, look(engine, reader, words, chain, source)


def judge(
    workspace: Workspace, content: Content, today: date, *, track: Track = silently
) -> tuple[Assessment, tuple[Judgement, ...]]:
    """The words of the editions of the workspace, and what is wrong with each by itself."""
    reader = CatalogReader(workspace)
    engine = checks.Engine(glossary=content.glossary, place=place)
    source = workspace.settings.source
    worded: dict[Locale, _Worded] = {}
    judgements: list[Judgement] = []
    for settings in track(workspace.settings.editions, "Checking editions"):
        locale = settings.locale
        edition = worded[locale] = _word_edition(workspace, content, settings, reader)
        words = {UI_DOMAIN: edition.ui, **edition.words}
        found = {name: look(engine, reader, said, reader.chain(settings, name), source) for name, said in words.items()}
        judgements.append(judge_edition(workspace, content, locale, today, found, words.__getitem__))
    assessment, unapproved = _assessment(workspace, content, worded)
    return assessment, tuple(with_approvals(judgement, unapproved) for judgement in judgements)


def judge_found(
    workspace: Workspace, content: Content, settings: EditionSettings, today: date, found: Mapping[str, Found]
) -> tuple[Judgement, Mapping[str, Standing]]:
    """What is wrong with one edition, and where its documents stand, by what was found in them.

    Catalogs are read again only where the words themselves are needed.
    """
    locale, source = settings.locale, workspace.settings.source

    def words(name: str) -> Words:
        chain = CatalogReader(workspace).chain(settings, name)
        return _word(content.messages(name, locale.market), chain, settings, source)

    @cache
    def common() -> tuple[Edition, Words]:
        disclaimers, _ = read_locale_disclaimers(workspace, locale)
        return bare_edition(workspace, locale, disclaimers), words(UI_DOMAIN)

    def parts(document: Document, _: Locale) -> Parts:
        from pipeline.exporters.approval import approval_parts

        edition, ui = common()
        return approval_parts(document, edition, words(document.id), ui)

    judgement = judge_edition(workspace, content, locale, today, found, words)
    alone = replace(workspace, settings=replace(workspace.settings, editions=(settings,)))
    approvals, unapproved = judge_approvals(alone, content.documents, parts)
    standings = {document.id: approvals[document.id, locale] for document in content.documents}
    return with_approvals(judgement, unapproved), standings


def with_approvals(judgement: Judgement, unapproved: Iterable[Finding]) -> Judgement:
    locale = judgement.locale.gettext
    return replace(judgement, unapproved=tuple(finding for finding in unapproved if finding.locale == locale))


def word_editions(workspace: Workspace, content: Content) -> tuple[Assessment, Mapping[str, str]]:
    """The words of the editions of the workspace, unchecked, with what somebody signed; and the digests of catalogs."""
    reader = CatalogReader(workspace)
    editions = workspace.settings.editions
    worded = {settings.locale: _word_edition(workspace, content, settings, reader) for settings in editions}
    assessment, _ = _assessment(workspace, content, worded)
    return assessment, reader.digests


@dataclass(frozen=True, slots=True, kw_only=True)
class _Worded:
    """One edition of every document, by document id. `problems` keep its disclaimers from being read."""

    editions: Mapping[str, Edition]
    words: Mapping[str, Words]
    ui: Words
    disclaimers: tuple[Disclaimer, ...]
    problems: tuple[Finding, ...]


def _word_edition(workspace: Workspace, content: Content, settings: EditionSettings, reader: CatalogReader) -> _Worded:
    locale, source = settings.locale, workspace.settings.source
    disclaimers, problems = read_locale_disclaimers(workspace, locale)
    editions: dict[str, Edition] = {}
    words: dict[str, Words] = {}
    for document in content.documents:
        edition = editions[document.id] = Edition(
            locale=locale,
            source=source,
            reads_source=settings.reads_source,
            catalogs=reader.chain(settings, document.id),
            disclaimers=disclaimers,
            disclaimers_file=workspace.disclaimers(locale),
            required=workspace.settings.required_in(locale.market),
        )
        words[document.id] = _word(document.market_messages(locale.market), edition.catalogs, settings, source)
    return _Worded(
        editions=editions,
        words=words,
        ui=_word(content.ui, reader.chain(settings, UI_DOMAIN), settings, source),
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
