"""making: an export, locale by locale, of which only what has changed is made.

    judge each edition --conclude--> which may be exported --render each, beside its place--> switch all at once

What was found and made for a locale is remembered as long as no file that it depends on has another stamp; what was
for a document in a locale, as long as the texts are the same.
"""

import gc
from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import msgspec

from pipeline import export
from pipeline.assessing import Judgement, blocked_locales, check_texts, conclude, judge, word_editions
from pipeline.cache import Cache, key
from pipeline.executors import Crew, crew, in_groups
from pipeline.exporters.html_bundle import Pages
from pipeline.exporters.index import Entry, entry
from pipeline.exporters.modified import REVISION
from pipeline.flow import Content, read_content
from pipeline.model.bundle import BundleRecord
from pipeline.model.document import Document
from pipeline.model.edition import Words
from pipeline.model.finding import Finding
from pipeline.model.locale import Locale
from pipeline.model.outcome import Difference, Outcome, Verdict
from pipeline.model.pattern import serialize
from pipeline.model.settings import EditionSettings
from pipeline.model.track import Track
from pipeline.run import Run
from pipeline.stamps import Stamps
from pipeline.workspace import GLOSSARY, LOCALES, MESSAGES, REFERENCES, Workspace

# Work on fewer catalogs than this is done before other processes have begun.
_WORTH_SHARING = 40

# So many documents of a locale are rendered in one go: enough to outweigh the way there and back, and to share evenly.
_BATCH = 25

# So many documents are checked in all editions in one go: what they share is kept for as long.
_CHECKED = 5


# ---- what is done for one locale, in any process


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shared:
    """What every piece of work needs.

    `run` names the files that are staged; `code` stands for all that we are, `settings` for the settings' file. Other
    machines that write hold a `lease`; none is `cached`, as a cache is not made for folders that machines share.
    """

    workspace: Workspace
    content: Content
    today: date
    run: str
    code: str
    settings: str
    check: bool
    cached: bool
    lease: Path | None
    pages: Pages = field(default_factory=Pages)

    def narrowed(self, editions: Iterable[EditionSettings]) -> Workspace:
        return replace(self.workspace, settings=replace(self.workspace.settings, editions=tuple(editions)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Checking:
    """Documents, of which the texts are checked in all these editions."""

    documents: frozenset[str]
    editions: tuple[EditionSettings, ...]

    def __str__(self) -> str:
        return ", ".join(sorted(self.documents))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judging:
    """Editions that share catalogs, which are then read once. `given` is what was found in their texts."""

    editions: tuple[EditionSettings, ...]
    given: Mapping[str, bytes]

    def __str__(self) -> str:
        return ", ".join(edition.locale.gettext for edition in self.editions)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    """`found` is for the cache."""

    judgements: tuple[Judgement, ...]
    found: Mapping[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rendering:
    """An edition, and for each document that is to be rendered the others that its readers can go to."""

    edition: EditionSettings
    alternates: Mapping[str, tuple[Locale, ...]]

    def __str__(self) -> str:
        return f"{self.edition.locale.gettext} ({len(self.alternates)} from {next(iter(self.alternates))})"

    def batches(self) -> "Iterator[_Rendering]":
        documents = tuple(self.alternates.items())
        for first in range(0, len(documents), _BATCH):
            yield replace(self, alternates=dict(documents[first : first + _BATCH]))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rendered:
    """`differing` are the names of files that are not as they should be; they are staged unless it is a check."""

    locale: Locale
    entries: tuple[Entry, ...]
    differing: tuple[str, ...]
    found: Mapping[str, bytes]


class _Texts:
    """What was found in the texts of documents: `given` by other work, in the cache, or found now and kept."""

    def __init__(self, shared: _Shared, given: Mapping[str, bytes]) -> None:
        self._shared = shared
        self._cache = _memory(shared)
        self._given = given
        self.found: dict[str, dict[str, bytes]] = {}

    def __call__(
        self, document: str, locale: Locale, made_from: tuple[str, ...], find: Callable[[], tuple[Finding, ...]]
    ) -> tuple[Finding, ...]:
        shared = self._shared
        source = shared.workspace.settings.source.gettext
        english, glossary = _english(shared, document), shared.content.digests[GLOSSARY]
        name = key("texts", shared.code, source, locale.gettext, document, english, glossary, *made_from)
        known = self._given.get(name)
        if known is None and self._cache is not None:
            known = self._cache.get(name)
        if known is None:
            found = find()
            self.found.setdefault(locale.gettext, {})[name] = msgspec.msgpack.encode(found)
            return found
        return msgspec.msgpack.decode(known, type=tuple[Finding, ...])


def _check(shared: _Shared, checking: _Checking) -> Mapping[str, Mapping[str, bytes]]:
    documents = tuple(document for document in shared.content.documents if document.id in checking.documents)
    texts = _Texts(shared, {})
    check_texts(shared.narrowed(checking.editions), replace(shared.content, documents=documents), texts)
    return texts.found


def _judge(shared: _Shared, judging: _Judging) -> _Judged:
    texts = _Texts(shared, judging.given)
    _, judgements = judge(shared.narrowed(judging.editions), shared.content, shared.today, memory=texts)
    return _Judged(judgements=judgements, found=dict(ChainMap(*texts.found.values())))


def _render(shared: _Shared, rendering: _Rendering) -> _Rendered:
    workspace, locale = shared.workspace, rendering.edition.locale
    documents = tuple(document for document in shared.content.documents if document.id in rendering.alternates)
    content = replace(shared.content, documents=documents)
    assessment = word_editions(shared.narrowed((rendering.edition,)), content)
    bundler = export.Bundler(workspace, assessment, shared.pages)
    cache = _memory(shared)
    staging = workspace.staging(shared.run, shared.lease)
    entries: list[Entry] = []
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
                    entries.append(entry(record))
                    continue
        files, record = bundler.bundle(document, locale, others)
        for file, data in files.items():
            if workspace.read(file) != data:
                differing.append(file)
                if not shared.check:
                    staging.stage(file, data)
        entries.append(entry(record))
        if cache is not None:
            cache.put(name, msgspec.msgpack.encode(record))
    if shared.lease is not None:
        staging.flush()
    return _Rendered(
        locale=locale,
        entries=tuple(entries),
        differing=tuple(differing),
        found=cache.news() if cache is not None else {},
    )


def _memory(shared: _Shared) -> Cache | None:
    """A cache to look into; what is new goes back to the process that writes."""
    return Cache(shared.workspace.root) if shared.cached else None


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


def make(run: Run, jobs: int, cluster: str | None, track: Track) -> Outcome:
    """Make what is due and put it in its places; without a cache only say what that would be."""
    with _collecting_young():
        return _Making(run, jobs, cluster, track).made()


def judge_all(run: Run, jobs: int, cluster: str | None, track: Track) -> Verdict:
    """Find everything that is wrong."""
    with _collecting_young():
        return _Making(run, jobs, cluster, track).verdict()


@contextmanager
def _collecting_young() -> Iterator[None]:
    """Looking for circles among millions of values that stay takes a quarter of a run; those that go soon are few."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, 20, 1_000)
    try:
        yield
    finally:
        gc.set_threshold(*before)


class _Making:
    def __init__(self, run: Run, jobs: int, cluster: str | None, track: Track) -> None:
        self._run = run
        self._workspace = run.workspace
        self._jobs = jobs
        self._cluster = cluster
        self._track = track
        self._common = ""
        self._remembered: list[tuple[_Rendering, tuple[Entry, ...]]] = []

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
            if self._cluster is not None:
                # Of machines that were lost on the way, or that did what was done already.
                staging.sweep(self._workspace.exports)
            self._workspace.remove(outcome.removed)
            after = self._run.after()
        if after is not None:
            for rendering, entries in self._remembered:
                self._run.cache.put(self._bundles(rendering, after), msgspec.msgpack.encode(entries))
            self._run.keep_outcome(after, replace(outcome, changed=(), removed=()))
        return outcome

    def verdict(self) -> Verdict:
        shared = self._shared()
        with self._crew(shared, writes=False) as workers:
            judgements = self._judgements(workers, shared.content)
        content, editions = shared.content, self._workspace.settings.editions
        findings = conclude(content, judgements, self._run.today)
        stopped = blocked_locales(content, findings, (edition.locale for edition in editions))
        return Verdict(
            findings=findings,
            broken=tuple(sorted(content.broken)),
            stopped=tuple(edition.locale.gettext for edition in editions if edition.locale in stopped),
            texts=sum(dict(texts for judgement in judgements for texts in judgement.texts).values()),
        )

    def _shared(self) -> _Shared:
        """What authors wrote, for all work."""
        workspace = self._workspace
        content = read_content(workspace, self._track, self._document)
        settings = sha256(workspace.require(workspace.settings_file, "put it back")).hexdigest()
        digests = (f"{name} {digest}" for name, digest in sorted(content.digests.items()))
        self._common = key(self._run.code, settings, *digests)
        return _Shared(
            workspace=workspace,
            content=content,
            today=self._run.today,
            run=self._run.name,
            code=self._run.code,
            settings=settings,
            check=self._run.cache is None,
            cached=self._run.cache is not None and self._cluster is None,
            lease=None,
        )

    def _staged(self) -> Outcome:
        workspace, shared = self._workspace, self._shared()
        content = shared.content
        with self._crew(shared, writes=not shared.check) as workers:
            findings = conclude(content, self._judgements(workers, content), self._run.today)
            surveyed = export.survey(workspace, content, findings)
            rendered = self._rendered(workers, content, surveyed)
        entries = (*map(entry, surveyed.kept), *(each for one in rendered for each in one.entries))
        common = export.shared_files(workspace, entries)
        differing = [name for one in rendered for name in one.differing]
        for name, data in common.items():
            if workspace.read(name) != data:
                differing.append(name)
                if self._run.cache is not None:
                    workspace.staging(self._run.name).stage(name, data)
        paths = sum(len(each.paths) for each in entries)
        return Outcome(
            documents=tuple(document.id for document in content.documents),
            files=len(common) + paths - sum(len(record.files) for record in surveyed.kept),
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
            removed=export.obsolete_names(workspace, content, surveyed, entries, common),
            differences=tuple(self._differences(common, entries, differing)) if self._run.cache is None else (),
            findings=findings,
        )

    def _differences(
        self, common: Iterable[str], entries: Iterable[Entry], differing: Iterable[str]
    ) -> Iterator[Difference]:
        wanted = {*common, *(self._workspace.export(path) for each in entries for path in each.paths)}
        return export.compared(self._workspace, wanted, differing)

    def _crew(self, shared: _Shared, *, writes: bool) -> AbstractContextManager[Crew]:
        workspace = shared.workspace
        if self._cluster is None:
            many = len(shared.content.documents) * len(workspace.settings.editions) >= _WORTH_SHARING
            return crew(shared, self._jobs if many else 1)
        from pipeline import cluster

        workspace = replace(workspace, root=workspace.root.absolute())
        lease = workspace.staging(shared.run).lease(workspace.exports) if writes else None
        seen = lease or workspace.root / workspace.settings_file
        shared = replace(shared, workspace=workspace, lease=lease)
        return cluster.crew(shared, self._cluster, seen, writes=writes)

    def _judgements(self, workers: Crew, content: Content) -> tuple[Judgement, ...]:
        """Of every edition, in the order of the settings."""
        editions = self._workspace.settings.editions
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
        groups = in_groups(due, lambda edition: edition.reads)
        given: dict[str, dict[str, bytes]] = {edition.locale.gettext: {} for edition in due}
        # A single language has nothing to share with others.
        if len(groups) > 1:
            ids = [document.id for document in content.documents]
            batches = (frozenset(ids[first : first + _CHECKED]) for first in range(0, len(ids), _CHECKED))
            checkings = [_Checking(documents=batch, editions=tuple(due)) for batch in batches]
            for found in self._track(workers.map(_check, checkings), "Checking texts"):
                for locale, some in found.items():
                    given[locale].update(some)
                    self._keep(some)
        judgings = [
            _Judging(editions=group, given=dict(ChainMap(*(given[edition.locale.gettext] for edition in group))))
            for group in groups
        ]
        for judged in self._track(workers.map(_judge, judgings), "Checking editions"):
            self._keep(judged.found)
            for judgement in judged.judgements:
                judgements[judgement.locale] = judgement
                self._keep({names[judgement.locale]: msgspec.msgpack.encode(judgement)} if self._run.settled else {})
        return tuple(judgements[edition.locale] for edition in editions)

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
                entries = msgspec.msgpack.decode(known, type=tuple[Entry, ...])
                rendered[locale] = _Rendered(locale=locale, entries=entries, differing=(), found={})
        # The first documents in every locale, then the next: a process that has met a page makes it again more quickly.
        turns = zip(*(rendering.batches() for rendering in due), strict=True)
        parts: dict[Locale, list[_Rendered]] = {rendering.edition.locale: [] for rendering in due}
        for made in self._track(workers.map(_render, [batch for turn in turns for batch in turn]), "Exporting"):
            self._keep(made.found)
            parts[made.locale].append(made)
        for rendering in due:
            locale = rendering.edition.locale
            entries = tuple(each for part in parts[locale] for each in part.entries)
            differing = tuple(name for part in parts[locale] for name in part.differing)
            rendered[locale] = _Rendered(locale=locale, entries=entries, differing=differing, found={})
            self._remembered.append((rendering, entries))
        return [rendered[locale] for locale in surveyed.exported]

    def _document(self, name: str, made_from: tuple[str, str], read: Callable[[], Document]) -> Document:
        """A document that an earlier run has read."""
        if self._run.cache is None:
            return read()
        within = key("document", self._run.code, name, *made_from)
        known = self._run.cache.get(within)
        if known is not None:
            return msgspec.msgpack.decode(known, type=Document)
        document = read()
        self._run.cache.put(within, msgspec.msgpack.encode(document))
        return document

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
        shown = {id(others): others for others in rendering.alternates.values()}
        standing = rendering.alternates.items() if len(shown) > 1 else ()
        return key(
            "bundles",
            self._made_from(rendering.edition),
            *(other.gettext for others in shown.values() for other in others),
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
