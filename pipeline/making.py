"""making: an export, locale by locale, of which only what has changed is made.

    judge each edition --conclude--> which may be exported --render each, beside its place--> switch all at once

What was found and made for a locale is remembered as long as no file that it depends on has another stamp; what was
for a document in a locale, as long as the texts are the same.
"""

import gc
from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from hashlib import sha256
from itertools import zip_longest

import msgspec

from pipeline import export
from pipeline.assessing import blocked_locales, conclude
from pipeline.cache import key
from pipeline.executors import Crew, crew, in_groups
from pipeline.exporters.index import Entry, entry
from pipeline.flow import Content, read_content
from pipeline.model.bundle import BundleRecord
from pipeline.model.document import Document
from pipeline.model.locale import Locale
from pipeline.model.outcome import Difference, Outcome, Verdict
from pipeline.model.settings import EditionSettings
from pipeline.model.track import Track
from pipeline.run import Run
from pipeline.stamps import Stamps
from pipeline.work import Checking, JudgedEdition, Judging, Rendered, Rendering, Shared, check, judge_editions, render
from pipeline.workspace import LOCALES

# Work on fewer catalogs than this is done before other processes have begun.
_WORTH_SHARING = 40

# So many documents are checked in all editions in one go: what they share is kept for as long.
_CHECKED = 5


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
        self._remembered: list[tuple[Rendering, tuple[Entry, ...]]] = []

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
            judgements = [judged.judgement for judged in self._judged(workers, shared.content)]
        content, editions = shared.content, self._workspace.settings.editions
        findings = conclude(content, judgements, self._run.today)
        stopped = blocked_locales(content, findings, (edition.locale for edition in editions))
        return Verdict(
            findings=findings,
            broken=tuple(sorted(content.broken)),
            stopped=tuple(edition.locale.gettext for edition in editions if edition.locale in stopped),
            texts=sum(dict(texts for judgement in judgements for texts in judgement.texts).values()),
        )

    def _shared(self) -> Shared:
        """What authors wrote, for all work."""
        workspace = self._workspace
        content = read_content(workspace, self._track, self._document)
        settings = sha256(workspace.require(workspace.settings_file, "put it back")).hexdigest()
        digests = (f"{name} {digest}" for name, digest in sorted(content.digests.items()))
        self._common = key(self._run.code, settings, *digests)
        return Shared(
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
            judged = self._judged(workers, content)
            findings = conclude(content, (one.judgement for one in judged), self._run.today)
            surveyed = export.survey(workspace, content, findings)
            shown = {one.judgement.locale: one.shown for one in judged}
            rendered = self._rendered(workers, content, surveyed, shown)
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

    def _crew(self, shared: Shared, *, writes: bool) -> AbstractContextManager[Crew]:
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

    def _judged(self, workers: Crew, content: Content) -> tuple[JudgedEdition, ...]:
        """Every edition, in the order of the settings."""
        editions = self._workspace.settings.editions
        judged: dict[Locale, JudgedEdition] = {}
        names: dict[Locale, str] = {}
        due: list[EditionSettings] = []
        for edition in editions:
            name = names[edition.locale] = key("judgement", self._run.today.isoformat(), self._made_from(edition))
            known = self._run.recall(name)
            if known is None:
                due.append(edition)
            else:
                judged[edition.locale] = msgspec.msgpack.decode(known, type=JudgedEdition)
        groups = in_groups(due, lambda edition: edition.reads)
        given: dict[str, dict[str, bytes]] = {edition.locale.gettext: {} for edition in due}
        # A single language has nothing to share with others.
        if len(groups) > 1:
            ids = [document.id for document in content.documents]
            batches = (frozenset(ids[first : first + _CHECKED]) for first in range(0, len(ids), _CHECKED))
            checkings = [Checking(documents=batch, editions=tuple(due)) for batch in batches]
            for found in self._track(workers.map(check, checkings), "Checking texts"):
                for locale, some in found.items():
                    given[locale].update(some)
                    self._keep(some)
        judgings = [
            Judging(editions=group, given=dict(ChainMap(*(given[edition.locale.gettext] for edition in group))))
            for group in groups
        ]
        for result in self._track(workers.map(judge_editions, judgings), "Checking editions"):
            self._keep(result.found)
            for one in result.editions:
                judged[one.judgement.locale] = one
                name = names[one.judgement.locale]
                self._keep({name: msgspec.msgpack.encode(one)} if self._run.settled else {})
        return tuple(judged[edition.locale] for edition in editions)

    def _rendered(
        self, workers: Crew, content: Content, surveyed: export.Survey, shown: Mapping[Locale, Mapping[str, str]]
    ) -> list[Rendered]:
        rendered: dict[Locale, Rendered] = {}
        due: list[Rendering] = []
        entries: dict[Locale, dict[str, Entry]] = {}
        for edition in self._workspace.settings.editions:
            locale = edition.locale
            if locale not in surveyed.exported:
                continue
            alternates = _alternates(content, surveyed, locale)
            names = {
                document: key("bundle", shown[locale][document], *(other.gettext for other in others))
                for document, others in alternates.items()
            }
            rendering = Rendering(edition=edition, alternates=alternates, names=names)
            known = self._run.recall(self._bundles(rendering, self._run.before))
            if known is None:
                due.append(rendering)
                entries[locale] = self._standing(rendering)
            else:
                listed = msgspec.msgpack.decode(known, type=tuple[Entry, ...])
                rendered[locale] = Rendered(locale=locale, entries=listed, differing=())
        # The first documents in every locale, then the next: a process that has met a page makes it again more quickly.
        batches = (rendering.without(entries[rendering.edition.locale]).batches() for rendering in due)
        turns = [batch for turn in zip_longest(*batches) for batch in turn if batch is not None]
        differing: dict[Locale, list[str]] = {rendering.edition.locale: [] for rendering in due}
        for made in self._track(workers.map(render, turns), "Exporting"):
            self._keep(made.found)
            differing[made.locale].extend(made.differing)
            entries[made.locale].update((each.document, each) for each in made.entries)
        for rendering in due:
            locale = rendering.edition.locale
            listed = tuple(entries[locale][document] for document in rendering.alternates)
            rendered[locale] = Rendered(locale=locale, entries=listed, differing=tuple(differing[locale]))
            self._remembered.append((rendering, listed))
        return [rendered[locale] for locale in surveyed.exported]

    def _standing(self, rendering: Rendering) -> dict[str, Entry]:
        """The bundles that an earlier run has made of the same, and that are as it wrote them, by document."""
        standing: dict[str, Entry] = {}
        if self._run.cache is None:
            return standing
        for document, name in rendering.names.items():
            known = self._run.cache.get(name)
            record = None if known is None else msgspec.msgpack.decode(known, type=BundleRecord)
            if record is not None and export.is_as_recorded(self._workspace, record):
                standing[document] = entry(record)
        return standing

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

    def _bundles(self, rendering: Rendering, at: Stamps) -> str:
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
