"""making: an export, locale by locale, of which only what has changed is made.

    judge each edition --conclude--> which may be exported --render each, beside its place--> switch all at once

What was found and made for a locale is remembered as long as no file that it depends on has another stamp; what was
for a document in a locale, as long as the texts are the same.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256

import msgspec

from pipeline import export
from pipeline.assessing import Judgement, conclude, judge, word_editions
from pipeline.cache import Cache, key
from pipeline.executors import Crew, crew, in_groups
from pipeline.exporters.html_bundle import Pages
from pipeline.exporters.modified import REVISION
from pipeline.flow import Content, read_content
from pipeline.model.bundle import BundleRecord
from pipeline.model.edition import Words
from pipeline.model.finding import Finding
from pipeline.model.locale import Locale
from pipeline.model.outcome import Outcome
from pipeline.model.pattern import serialize
from pipeline.model.settings import EditionSettings
from pipeline.model.track import Track
from pipeline.run import Run
from pipeline.stamps import Stamps
from pipeline.workspace import GLOSSARY, LOCALES, MESSAGES, REFERENCES, Workspace

# Work on fewer catalogs than this is done before other processes have begun.
_WORTH_SHARING = 40


# ---- what is done for one locale, in any process


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shared:
    """What every piece of work needs.

    `run` names the files that are staged; `code` stands for all that we are, `settings` for the settings' file.
    """

    workspace: Workspace
    content: Content
    today: date
    run: str
    code: str
    settings: str
    check: bool
    pages: Pages = field(default_factory=Pages)

    def narrowed(self, editions: Iterable[EditionSettings]) -> Workspace:
        return replace(self.workspace, settings=replace(self.workspace.settings, editions=tuple(editions)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judging:
    """Editions that share catalogs, which are then read once."""

    editions: tuple[EditionSettings, ...]

    def __str__(self) -> str:
        return ", ".join(edition.locale.gettext for edition in self.editions)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    """`found` is for the cache."""

    judgements: tuple[Judgement, ...]
    found: Mapping[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rendering:
    """An edition, and for each document the others that its readers can go to."""

    edition: EditionSettings
    alternates: Mapping[str, tuple[Locale, ...]]

    def __str__(self) -> str:
        return self.edition.locale.gettext


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rendered:
    """`differing` are the names of files that are not as they should be; they are staged unless it is a check."""

    locale: Locale
    records: tuple[BundleRecord, ...]
    differing: tuple[str, ...]
    found: Mapping[str, bytes]


def _judge(shared: _Shared, judging: _Judging) -> _Judged:
    cache = _memory(shared)
    glossary = shared.content.digests[GLOSSARY]

    def remembered(
        document: str, locale: Locale, made_from: tuple[str, ...], find: Callable[[], tuple[Finding, ...]]
    ) -> tuple[Finding, ...]:
        if cache is None:
            return find()
        english = _english(shared, document)
        source = shared.workspace.settings.source.gettext
        name = key("texts", shared.code, source, locale.gettext, document, english, glossary, *made_from)
        known = cache.get(name)
        if known is not None:
            return msgspec.msgpack.decode(known, type=tuple[Finding, ...])
        found = find()
        cache.put(name, msgspec.msgpack.encode(found))
        return found

    _, judgements = judge(shared.narrowed(judging.editions), shared.content, shared.today, memory=remembered)
    return _Judged(judgements=judgements, found=cache.news() if cache is not None else {})


def _render(shared: _Shared, rendering: _Rendering) -> _Rendered:
    workspace, content, locale = shared.workspace, shared.content, rendering.edition.locale
    assessment = word_editions(shared.narrowed((rendering.edition,)), content)
    bundler = export.Bundler(workspace, assessment, shared.pages)
    cache = _memory(shared)
    staging = workspace.staging(shared.run)
    records: list[BundleRecord] = []
    differing: list[str] = []
    ui = _said(assessment.ui[locale])
    disclaimers = sha256(workspace.read(workspace.disclaimers(locale)) or b"").hexdigest()
    for document in content.documents:
        others = rendering.alternates[document.id]
        name = ""
        if cache is not None:
            edition = assessment.editions[document.id, locale]
            name = key(
                "bundle",
                shared.code,
                document.id,
                _english(shared, document.id),
                locale.gettext,
                shared.settings,
                disclaimers,
                ui,
                _said(assessment.words[document.id, locale]),
                repr(assessment.standing(document.id, locale)),
                *(f"{link.name} {link.catalog.fields.get(REVISION, '')}" for link in edition.catalogs if link.catalog),
                *(other.gettext for other in others),
            )
            known = cache.get(name)
            if known is not None:
                record = msgspec.msgpack.decode(known, type=BundleRecord)
                if export.is_as_recorded(workspace, record):
                    records.append(record)
                    continue
        files, record = bundler.bundle(document, locale, others)
        for file, data in files.items():
            if workspace.read(file) != data:
                differing.append(file)
                if not shared.check:
                    staging.stage(file, data)
        records.append(record)
        if cache is not None:
            cache.put(name, msgspec.msgpack.encode(record))
    return _Rendered(
        locale=locale,
        records=tuple(records),
        differing=tuple(differing),
        found=cache.news() if cache is not None else {},
    )


def _memory(shared: _Shared) -> Cache | None:
    """A cache to look into; what is new goes back to the process that writes."""
    return None if shared.check else Cache(shared.workspace.root)


def _english(shared: _Shared, document: str) -> str:
    """Stands for the source of a document; that of the page's own words is part of the code."""
    digests = shared.content.digests
    return key(digests.get(f"{MESSAGES}/{document}.md", ""), digests[REFERENCES])


def _said(words: Words) -> str:
    """Stands for all that a page shows of the words, and not for a comment beside them."""
    return key(
        *(
            "\0".join((one.message.id, one.locale.gettext, one.name, one.origin.value, *map(serialize, one.patterns)))
            for one in words.wordings
        )
    )


# ---- the whole


def make(run: Run, jobs: int, track: Track) -> Outcome:
    """Make what is due and put it in its places; without a cache only say what that would be."""
    return _Making(run, jobs, track).made()


class _Making:
    def __init__(self, run: Run, jobs: int, track: Track) -> None:
        self._run = run
        self._workspace = run.workspace
        self._jobs = jobs
        self._track = track
        self._common = ""
        self._remembered: list[tuple[_Rendering, tuple[BundleRecord, ...]]] = []

    def made(self) -> Outcome:
        if self._run.cache is None:
            return self._staged()
        staging = self._workspace.staging(self._run.name)
        with self._workspace.alone_with(self._workspace.export(export.INDEX)):
            # What a run that was killed has left behind.
            staging.sweep(self._workspace.exports)
            try:
                outcome = self._staged()
                staging.switch(outcome.changed)
            except BaseException:
                staging.sweep(self._workspace.exports)
                raise
            self._workspace.remove(outcome.removed)
            after = self._run.after()
        if after is not None:
            for rendering, records in self._remembered:
                self._run.cache.put(self._bundles(rendering, after), msgspec.msgpack.encode(records))
            self._run.keep(after, replace(outcome, changed=(), removed=()))
        return outcome

    def _staged(self) -> Outcome:
        workspace, editions = self._workspace, self._workspace.settings.editions
        content = read_content(workspace, self._track)
        settings = sha256(workspace.require(workspace.settings_file, "put it back")).hexdigest()
        digests = (f"{name} {digest}" for name, digest in sorted(content.digests.items()))
        self._common = key(self._run.code, settings, *digests)
        shared = _Shared(
            workspace=workspace,
            content=content,
            today=self._run.today,
            run=self._run.name,
            code=self._run.code,
            settings=settings,
            check=self._run.cache is None,
        )
        many = len(content.documents) * len(editions) >= _WORTH_SHARING
        with crew(shared, self._jobs if many else 1) as workers:
            judgements = self._judgements(workers, editions)
            findings = conclude(content, (judgements[edition.locale] for edition in editions), self._run.today)
            surveyed = export.survey(workspace, content, findings)
            rendered = self._rendered(workers, content, surveyed)
        records = (*surveyed.kept, *(record for one in rendered for record in one.records))
        common = export.shared_files(workspace, records)
        differing = [name for one in rendered for name in one.differing]
        for name, data in common.items():
            if workspace.read(name) != data:
                differing.append(name)
                if self._run.cache is not None:
                    workspace.staging(self._run.name).stage(name, data)
        listed = workspace.export(export.SITEMAP) in common
        wanted = {*common, *(workspace.export(file.path) for record in records for file in record.files)}
        return Outcome(
            documents=tuple(document.id for document in content.documents),
            files=len(wanted) - sum(len(record.files) for record in surveyed.kept),
            exported=tuple(locale.gettext for locale in surveyed.exported),
            refused=tuple(locale.gettext for locale in surveyed.refused),
            kept=tuple(
                locale.gettext
                for locale in surveyed.refused
                if any(record.locale == locale.bcp47 for record in surveyed.kept)
            ),
            broken=tuple(sorted(content.broken)),
            altered=export.altered_names(workspace, surveyed),
            changed=tuple(differing),
            removed=export.obsolete_names(workspace, content, surveyed, records, listed),
            differences=tuple(export.compared(workspace, wanted, differing)) if self._run.cache is None else (),
            findings=findings,
        )

    def _judgements(self, workers: Crew, editions: Iterable[EditionSettings]) -> dict[Locale, Judgement]:
        judgements: dict[Locale, Judgement] = {}
        names: dict[Locale, str] = {}
        due: list[EditionSettings] = []
        for edition in editions:
            name = names[edition.locale] = key("judgement", self._run.today.isoformat(), self._made_from(edition))
            known = self._run.recall(name)
            if known is None:
                due.append(edition)
            else:
                judgements[edition.locale] = msgspec.msgpack.decode(known, type=Judgement)
        judgings = [_Judging(editions=group) for group in in_groups(due, lambda edition: edition.reads)]
        for judged in self._track(workers.map(_judge, judgings), "Checking editions"):
            self._keep(judged.found)
            for judgement in judged.judgements:
                judgements[judgement.locale] = judgement
                self._keep({names[judgement.locale]: msgspec.msgpack.encode(judgement)} if self._run.settled else {})
        return judgements

    def _rendered(self, workers: Crew, content: Content, surveyed: export.Survey) -> list[_Rendered]:
        rendered: dict[Locale, _Rendered] = {}
        due: list[_Rendering] = []
        for edition in self._workspace.settings.editions:
            locale = edition.locale
            if locale not in surveyed.exported:
                continue
            rendering = _Rendering(edition=edition, alternates=_alternates(content, surveyed, locale))
            known = self._run.recall(self._bundles(rendering, self._run.before))
            if known is None:
                due.append(rendering)
            else:
                records = msgspec.msgpack.decode(known, type=tuple[BundleRecord, ...])
                rendered[locale] = _Rendered(locale=locale, records=records, differing=(), found={})
        for rendering, made in zip(due, self._track(workers.map(_render, due), "Exporting"), strict=True):
            self._keep(made.found)
            rendered[made.locale] = made
            self._remembered.append((rendering, made.records))
        return [rendered[locale] for locale in surveyed.exported]

    def _keep(self, found: Mapping[str, bytes]) -> None:
        if self._run.cache is not None:
            for name, value in found.items():
                self._run.cache.put(name, value)

    def _made_from(self, edition: EditionSettings) -> str:
        folders = dict.fromkeys(locale.gettext for locale in (edition.locale, *edition.reads))
        return key(
            self._common, edition.locale.gettext, self._run.before.of(*(f"{LOCALES}/{folder}" for folder in folders))
        )

    def _bundles(self, rendering: _Rendering, at: Stamps) -> str:
        # Editions differ from document to document only where an earlier export stands.
        shown = dict.fromkeys(rendering.alternates.values())
        standing = rendering.alternates.items() if len(shown) > 1 else ()
        return key(
            "bundles",
            self._made_from(rendering.edition),
            *(other.gettext for others in shown for other in others),
            *(f"{document} {' '.join(other.gettext for other in others)}" for document, others in standing),
            at.of(self._workspace.export(rendering.edition.locale.bcp47)),
        )


def _alternates(content: Content, surveyed: export.Survey, locale: Locale) -> dict[str, tuple[Locale, ...]]:
    """For each document the other editions that its readers can go to: the same for most."""
    standing = {record.document for record in surveyed.kept}
    usual = surveyed.alternates(locale, "")
    return {
        document.id: surveyed.alternates(locale, document.id) if document.id in standing else usual
        for document in content.documents
    }
