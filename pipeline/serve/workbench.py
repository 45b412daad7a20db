"""workbench: a content repository as it is now, in memory, for people to look at; what has not changed is kept."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from pipeline import export, flow
from pipeline.assessing import Assessment, judge
from pipeline.exchange.outgoing import outgoing_message, outgoing_unit, targets_of
from pipeline.exchange.preview import PreviewText, text_kinds
from pipeline.exchange.word_counts import words_in
from pipeline.flow import Content
from pipeline.judging import Judgement, conclude
from pipeline.model.approval import Standing
from pipeline.model.catalog import Previous, State
from pipeline.model.disclaimer import Disclaimer
from pipeline.model.document import Document, block_messages
from pipeline.model.edition import Wording
from pipeline.model.finding import Finding, Severity
from pipeline.model.locale import Locale
from pipeline.model.message import Message
from pipeline.model.settings import EditionSettings
from pipeline.review import concerning, of_text
from pipeline.workspace import EXPORTS, LOCALES, UI_DOMAIN, Workspace, open_workspace


class TextState(StrEnum):
    """Where a text stands in a locale. OUTDATED was translated from another English than today's."""

    TRANSLATED = "translated"
    ENGLISH = "English"
    FUZZY = "fuzzy"
    OUTDATED = "outdated"
    UNUSABLE = "unusable"
    UNTRANSLATED = "untranslated"

    @property
    def open(self) -> bool:
        """Whether a translator has work with it."""
        return self not in (TextState.TRANSLATED, TextState.ENGLISH)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownText:
    """A text of the page beside its translation; `place` is the line to mend it at."""

    text: PreviewText
    kind: str
    state: TextState
    place: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What belongs together on a page: an entry, the introduction; `entry` is its id on the exported page."""

    name: str
    entry: str
    texts: tuple[ShownText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """All that is known of a document in a locale.

    `language` is what its own catalog is in. `general` are findings that are on no text or disclaimer of it, `words`
    counts English words by the state of their text, `stopped` says by rule how many errors keep the locale from being
    exported.
    """

    document: Document
    locale: Locale
    language: Locale
    parts: tuple[Part, ...]
    disclaimers: tuple[tuple[Disclaimer, tuple[Finding, ...]], ...]
    findings: tuple[Finding, ...]
    general: tuple[Finding, ...]
    words: Mapping[TextState, int]
    standing: Standing
    stopped: Mapping[str, int]

    def texts(self) -> tuple[ShownText, ...]:
        return tuple(text for part in self.parts for text in part.texts)


@dataclass(frozen=True, kw_only=True)
class Workbench:
    """The content as it was when it was last read; `judgements` are on each edition by itself."""

    workspace: Workspace
    content: Content
    assessment: Assessment
    today: date
    judgements: Mapping[Locale, Judgement]
    _views: dict[tuple[str, Locale], View] = field(default_factory=dict)
    _bundles: dict[tuple[str, Locale], Mapping[str, bytes]] = field(default_factory=dict)

    @cached_property
    def locales(self) -> tuple[Locale, ...]:
        return tuple(edition.locale for edition in self.workspace.settings.editions)

    def find(self, tag: str, document: str) -> View | None:
        """The document in the locale with this BCP 47 tag, None where there is no such thing."""
        chosen = next((each for each in self.content.documents if each.id == document), None)
        locale = next((each for each in self.locales if each.bcp47 == tag), None)
        return self.view(chosen, locale) if chosen and locale else None

    def view(self, document: Document, locale: Locale) -> View:
        key = document.id, locale
        if key not in self._views:
            self._views[key] = self._view(document, locale)
        return self._views[key]

    def exported(self, document: Document, locale: Locale) -> Mapping[str, bytes]:
        """The files of the bundle as an export would write them now, by name; none where it would not.

        Raises PipelineError where the earlier exports cannot be read.
        """
        if locale not in self._surveyed.exported:
            return {}
        key = document.id, locale
        if key not in self._bundles:
            others = self._surveyed.alternates(locale).of(document.id)
            self._bundles[key], _ = self._bundler.bundle(document, locale, others)
        return self._bundles[key]

    @cached_property
    def _surveyed(self) -> export.Survey:
        return export.survey(self.workspace, self.content, self.assessment.findings)

    @cached_property
    def _bundler(self) -> export.Bundler:
        return export.Bundler(self.workspace, self.assessment)

    def findings_of(self, locale: str) -> tuple[Finding, ...]:
        """Those that stop the locale, or under the empty name none in particular."""
        return self._by_locale.get(locale, ())

    @cached_property
    def _by_locale(self) -> Mapping[str, tuple[Finding, ...]]:
        return grouped(self.assessment.findings)

    def _view(self, document: Document, locale: Locale) -> View:
        own = (*self.findings_of(""), *self.findings_of(locale.gettext))
        findings = concerning(self.workspace, replace(self.assessment, findings=own), document, locale)
        edition = self.assessment.editions[document.id, locale]
        kinds = text_kinds(document)
        texts = {
            wording.message.id: _shown(document, document.id, wording, findings, kinds.get(wording.message.id, "text"))
            for wording in self.assessment.words[document.id, locale].wordings
        }
        words = tuple(
            _shown(None, UI_DOMAIN, wording, findings, "text") for wording in self.assessment.ui[locale].wordings
        )
        parts = (*_parts(document, locale, texts), Part(name="Words of the page itself", entry="", texts=words))
        entries = frozenset(entry.id for entry in document.market_entries(locale.market))
        disclaimers = tuple(
            (disclaimer, _on(disclaimer, findings))
            for disclaimer in edition.shown_disclaimers(document.audience, entries)
        )
        placed = {finding for text in (*texts.values(), *words) for finding in text.findings}
        placed.update(finding for _, some in disclaimers for finding in some)
        counted: Counter[TextState] = Counter()
        for text in (*texts.values(), *words):
            counted[text.state] += words_in(text.text.unit.sources[0])
        blocking = self.content.findings if self.content.blocks_all else own
        return View(
            document=document,
            locale=locale,
            language=edition.catalogs[0].locale if edition.catalogs else edition.source,
            parts=parts,
            disclaimers=disclaimers,
            findings=findings,
            general=tuple(finding for finding in findings if finding not in placed),
            words=counted,
            standing=self.assessment.standing(document.id, locale),
            stopped=Counter(
                finding.rule
                for finding in blocking
                if finding.severity is Severity.ERROR and (finding.locale or self.content.blocks_all)
            ),
        )


def build(root: Path, today: date, before: Workbench | None = None, changed: Collection[str] = ()) -> Workbench:
    """Read the repository; of what was read `before` all is kept that the changes do not concern.

    `changed` has names of files, and of the folders of locales, in which anything has changed.
    Raises PipelineError where it cannot be read at all.
    """
    if before is None or before.today != today or not all(map(_is_of_locales, changed)):
        workspace = open_workspace(root)
        return _built(workspace, flow.read_content(workspace), today, workspace.settings.editions, None)
    concerned = tuple(edition for edition in before.workspace.settings.editions if _concerned(edition, changed))
    return _built(before.workspace, before.content, today, concerned, before)


def _built(
    workspace: Workspace,
    content: Content,
    today: date,
    editions: tuple[EditionSettings, ...],
    before: Workbench | None,
) -> Workbench:
    """These editions as they are now, and the others as they were."""
    narrowed = replace(workspace, settings=replace(workspace.settings, editions=editions))
    fresh, judged = judge(narrowed, content, today)
    kept = before.assessment if before else fresh
    judgements = {**(before.judgements if before else {}), **{judgement.locale: judgement for judgement in judged}}
    in_order = [judgements[edition.locale] for edition in workspace.settings.editions]
    built = Workbench(
        workspace=workspace,
        content=content,
        assessment=Assessment(
            content=content,
            editions={**kept.editions, **fresh.editions},
            words={**kept.words, **fresh.words},
            ui={**kept.ui, **fresh.ui},
            findings=conclude(content, in_order, today),
            approvals={**kept.approvals, **fresh.approvals},
        ),
        today=today,
        judgements=judgements,
    )
    if before is not None and built.findings_of("") == before.findings_of(""):
        changed = {edition.locale for edition in editions}
        built._views.update(
            (key, view)
            for key, view in before._views.items()
            if key[1] not in changed and built.findings_of(key[1].gettext) == before.findings_of(key[1].gettext)
        )
    return built


def _is_of_locales(name: str) -> bool:
    """Whether the file concerns only some locales, or none: what stands in exports/ is read when it is asked for."""
    return name.startswith((f"{LOCALES}/", f"{EXPORTS}/"))


def _concerned(edition: EditionSettings, changed: Collection[str]) -> bool:
    return any(f"{LOCALES}/{locale.gettext}" in changed for locale in (edition.locale, *edition.reads))


def grouped(findings: Iterable[Finding]) -> dict[str, tuple[Finding, ...]]:
    """The findings by the locale that they stop, those of none under the empty name."""
    by_locale: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_locale[finding.locale].append(finding)
    return {locale: tuple(some) for locale, some in by_locale.items()}


def _parts(document: Document, locale: Locale, texts: Mapping[str, ShownText]) -> Iterator[Part]:
    """The texts of the document as they belong together, in the order of the page."""

    def part(name: str, messages: Iterable[Message], entry: str = "") -> Part:
        return Part(name=name, entry=entry, texts=tuple(texts[message.id] for message in messages))

    yield part("Title and introduction", (document.title, *block_messages(document.lead)))
    for entry in document.market_entries(locale.market):
        yield part(entry.id, (entry.question, *block_messages(entry.answer)), entry.id)
    footnotes = document.market_footnotes(locale.market)
    if footnotes:
        yield part("Footnotes", (footnote.message for footnote in footnotes))


def _shown(
    document: Document | None, domain: str, wording: Wording, findings: tuple[Finding, ...], kind: str
) -> ShownText:
    message, unit = wording.message, wording.unit
    state = _state(wording)
    if unit is None:
        outgoing = replace(outgoing_message(document, message), targets=wording.patterns)
        unusable: tuple[str, ...] = ()
    else:
        outgoing = replace(outgoing_unit(document, message, unit), notes=unit.extracted_comments)
        problems = targets_of(message, unit)[1]
        unusable = tuple(filter(None, unit.targets)) if problems else ()
        if state is TextState.OUTDATED:
            outgoing = replace(outgoing, fuzzy=True, previous=Previous(source=unit.source, plural=unit.plural))
    place = wording.location if unit is not None else message.location
    return ShownText(
        text=PreviewText(unit=outgoing, locale=wording.locale, unusable=unusable, problems=wording.problems),
        kind=kind,
        state=state,
        place=str(place),
        findings=of_text(findings, message.id, domain, wording),
    )


def _state(wording: Wording) -> TextState:
    unit = wording.unit
    if wording.from_source:
        return TextState.ENGLISH
    if unit is None or unit.state is State.UNTRANSLATED:
        return TextState.UNTRANSLATED
    if wording.problems:
        return TextState.UNUSABLE
    if unit.state is State.FUZZY:
        return TextState.FUZZY
    same = (unit.source, unit.plural) == (wording.message.source, wording.message.plural_source)
    return TextState.TRANSLATED if same else TextState.OUTDATED


def _on(disclaimer: Disclaimer, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.entry == disclaimer.id and finding.rule == "disclaimer")
