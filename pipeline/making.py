"""making: an export, of which only what has changed is made.

    look into each document --judge each edition, conclude--> which may be exported --render, beside its place--> switch

What was found and made for a locale is remembered as long as no file that it depends on has another stamp; what was
for a document in a locale, as long as the texts are the same.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from hashlib import sha256
from itertools import zip_longest
from typing import TypeVar

import msgspec

from pipeline import export
from pipeline.cache import key
from pipeline.executors import Crew, Inline, Results, WhereItIsWorth, crew
from pipeline.exporters.index import Entry, Listing, digest_of_paths, entry, listing, remembered
from pipeline.flow import read_content
from pipeline.judging import blocked_locales, conclude
from pipeline.model.document import Document
from pipeline.model.locale import Locale
from pipeline.model.outcome import Difference, Outcome, Verdict
from pipeline.model.settings import EditionSettings
from pipeline.model.track import Track
from pipeline.run import Run
from pipeline.stamps import Stamps
from pipeline.work import (
    Checking,
    JudgedEdition,
    Judging,
    Rendered,
    Rendering,
    Shared,
    check,
    found_names,
    judge,
    render,
    rendering_of,
)
from pipeline.workspace import LOCALES, UI_DOMAIN

# So many documents are checked in all editions in one go: what they share is kept for as long.
_CHECKED = 5

# So many editions are judged in one go: what was found in them is held for as long.
_JUDGED = 16

# Judging a document by what was found in it takes so many times less than finding it.
_QUICKER = 100

Item = TypeVar("Item")


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
    gc.set_threshold(30_000, 20, 1_000)
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
        # What cannot be remembered is held.
        self._held: dict[str, bytes] = {}
        self._listings: list[tuple[Locale, str, Mapping[str, str], tuple[Entry, ...]]] = []
        self._common = ""
        self._shared = self._read()

    def made(self) -> Outcome:
        if self._run.cache is None:
            outcome, _ = self._staged()
            return outcome
        staging = self._workspace.staging(self._run.name)
        with self._workspace.alone_with(self._workspace.export(export.INDEX)):
            # What a run that was killed has left behind; a folder that is as a run has left it is clean.
            staging.sweep(self._workspace.exports, clean=self._untouched())
            try:
                outcome, paths = self._staged()
                staging.switch(outcome.changed)
            except BaseException:
                staging.sweep(self._workspace.exports)
                raise
            if self._cluster is not None:
                # Of machines that were lost on the way, or that did what was done already.
                staging.sweep(self._workspace.exports)
            self._workspace.remove(outcome.removed)
            after = self._run.after((*outcome.changed, *outcome.removed))
        if after is not None:
            for locale, made_from, names, listed in self._listings:
                whole = listing(locale.bcp47, ((names[one.document], one) for one in listed))
                self._keep(self._listing(locale, after), msgspec.msgpack.encode((made_from, whole)))
            self._keep(self._paths(after), paths.encode())
            # What was changed by hand is no longer listed, so that the next run does not look for it.
            self._run.keep_outcome(after, replace(outcome, changed=(), removed=(), altered=()))
        return outcome

    def verdict(self) -> Verdict:
        content, editions = self._shared.content, self._workspace.settings.editions
        with self._crew(writes=False) as workers:
            judgements = [one.judgement for one in self._judged(workers).values()]
        findings = conclude(content, judgements, self._run.today)
        stopped = blocked_locales(content, findings, self._locales())
        return Verdict(
            findings=findings,
            broken=tuple(sorted(content.broken)),
            stopped=tuple(edition.locale.gettext for edition in editions if edition.locale in stopped),
            texts=sum(dict(texts for judgement in judgements for texts in judgement.texts).values()),
        )

    def _read(self) -> Shared:
        """What authors wrote, for all work."""
        workspace = self._workspace
        return Shared(
            workspace=workspace,
            content=read_content(workspace, self._track, self._document),
            today=self._run.today,
            run=self._run.name,
            code=self._run.code,
            settings=sha256(workspace.require(workspace.settings_file, "put it back")).hexdigest(),
            check=self._run.cache is None,
            lease=None,
        )

    def _staged(self) -> tuple[Outcome, str]:
        """What is done, with all of it beside its places; and a digest of the paths that the index lists."""
        workspace, content = self._workspace, self._shared.content
        with self._crew(writes=not self._shared.check) as workers:
            judged = self._judged(workers)
            findings = conclude(content, (one.judgement for one in judged.values()), self._run.today)
            surveyed = export.survey(workspace, content, findings)
            known_paths = self._run.recall(self._paths(self._run.before))
            before = export.made_before(workspace) if known_paths is None else None
            if self._cluster is None:
                # What the rules know of languages is of no use to pages, and takes much memory.
                workers.rest()
            rendered = self._rendered(workers, surveyed, judged)
        kept = tuple(map(entry, surveyed.kept))
        entries = (*kept, *(each for one in rendered for each in one.entries))
        common = export.shared_files(workspace, entries)
        differing = [name for one in rendered for name in one.differing]
        for name, parts in common.items():
            if not workspace.holds(name, parts):
                differing.append(name)
                if self._run.cache is not None:
                    workspace.staging(self._run.name).stage(name, *parts)
        paths = digest_of_paths(entries, common)
        removed: tuple[str, ...] = ()
        if known_paths != paths.encode():
            before = export.made_before(workspace) if before is None else before
            removed = export.obsolete_names(workspace, content, surveyed, entries, common, before)
        outcome = Outcome(
            documents=tuple(document.id for document in content.documents),
            files=len(common) + sum(len(each.suffixes) for one in rendered for each in one.entries),
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
            removed=removed,
            differences=tuple(self._differences(common, entries, differing)) if self._run.cache is None else (),
            findings=findings,
        )
        return outcome, paths

    def _differences(
        self, common: Iterable[str], entries: Iterable[Entry], differing: Iterable[str]
    ) -> Iterator[Difference]:
        wanted = {*common, *(self._workspace.export(path) for each in entries for path in each.paths)}
        return export.compared(self._workspace, wanted, differing)

    # ---- who does the work

    def _crew(self, *, writes: bool) -> WhereItIsWorth:
        here = Inline(self._shared) if self._cluster is None else None
        return WhereItIsWorth(here, lambda: self._others(writes=writes))

    def _others(self, *, writes: bool) -> AbstractContextManager[Crew]:
        shared, workspace = self._shared, self._workspace
        if self._cluster is None:
            return crew(shared, self._jobs)
        from pipeline import cluster

        workspace = replace(workspace, root=workspace.root.absolute())
        lease = workspace.staging(shared.run).lease(workspace.exports) if writes else None
        seen = lease or workspace.root / workspace.settings_file
        return cluster.crew(replace(shared, workspace=workspace, lease=lease), self._cluster, seen, writes=writes)

    # ---- judging

    def _judged(self, workers: WhereItIsWorth) -> dict[Locale, JudgedEdition]:
        """Every edition, in the order of the settings."""
        editions = self._workspace.settings.editions
        judged: dict[Locale, JudgedEdition] = {}
        for edition in editions:
            known = self._run.recall(self._judgement(edition))
            if known is not None:
                judged[edition.locale] = msgspec.msgpack.decode(known, type=JudgedEdition)
        due = tuple(edition for edition in editions if edition.locale not in judged)
        names = self._looked_into(workers, due)

        def results() -> Iterator[JudgedEdition]:
            for some in _batches(due, _JUDGED):
                judgings = [self._judging(edition, names[edition.locale]) for edition in some]
                bundles = sum(len(judging.found) for judging in judgings)
                yield from workers.map(judge, judgings, bundles // _QUICKER)

        for edition, one in zip(due, self._track(Results(len(due), results()), "Checking editions"), strict=True):
            judged[edition.locale] = one
            if self._run.settled:
                self._keep(self._judgement(edition), msgspec.msgpack.encode(one))
        return {edition.locale: judged[edition.locale] for edition in editions}

    def _looked_into(self, workers: WhereItIsWorth, due: Sequence[EditionSettings]) -> Mapping[Locale, dict[str, str]]:
        """The names by which is kept what was found of each document in these editions; what is not is found now."""
        domains = (UI_DOMAIN, *(document.id for document in self._shared.content.documents))
        names = found_names(self._shared, due, domains)
        lacking: dict[tuple[EditionSettings, ...], list[str]] = {}
        for domain in domains:
            lack = tuple(edition for edition in due if not self._has(names[edition.locale][domain]))
            if lack:
                lacking.setdefault(lack, []).append(domain)
        checkings = [
            Checking(documents=frozenset(some), editions=editions)
            for editions, all_of_them in lacking.items()
            for some in _batches(all_of_them, _CHECKED)
        ]
        bundles = sum(len(checking.documents) * len(checking.editions) for checking in checkings)
        for found in self._track(workers.map(check, checkings, bundles), "Checking texts"):
            for one in found:
                # The catalog may have been changed after we looked at it.
                names[one.locale][one.document] = one.name
                self._keep(one.name, one.found)
        return names

    def _judging(self, edition: EditionSettings, names: dict[str, str]) -> Judging:
        found: dict[str, bytes] = {}
        for document, name in names.items():
            known = self._kept(name)
            if known is None:
                # It was there a moment ago, and was not as it had been written.
                (one,) = check(self._shared, Checking(documents=frozenset((document,)), editions=(edition,)))
                names[document], known = one.name, one.found
            found[document] = known
        return Judging(edition=edition, names=names, found=found)

    # ---- rendering

    def _rendered(
        self, workers: WhereItIsWorth, surveyed: export.Survey, judged: Mapping[Locale, JudgedEdition]
    ) -> list[Rendered]:
        content = self._shared.content
        rendered: dict[Locale, Rendered] = {}
        due: list[Rendering] = []
        entries: dict[Locale, dict[str, Entry]] = {}
        for edition in self._workspace.settings.editions:
            locale = edition.locale
            if locale not in surveyed.exported:
                continue
            alternates = surveyed.alternates(locale)
            data = self._run.recall(self._listing(locale, self._run.before))
            known = None if data is None else msgspec.msgpack.decode(data, type=tuple[str, Listing])
            if known is not None and known[0] == self._bundles(edition, alternates):
                rendered[locale] = Rendered(locale=locale, entries=tuple(one for _, one in known[1].entries()))
                continue
            rendering = rendering_of(edition, content.documents, alternates, judged[locale])
            due.append(rendering)
            entries[locale] = self._standing(rendering, known[1] if known is not None else None)
        # The first documents in every locale, then the next: a process that has met a page makes it again more quickly.
        lacking = [rendering.without(entries[rendering.edition.locale]) for rendering in due]
        batches = (rendering.batches() for rendering in lacking)
        turns = [batch for turn in zip_longest(*batches) for batch in turn if batch is not None]
        differing: dict[Locale, list[str]] = {rendering.edition.locale: [] for rendering in due}
        bundles = sum(len(rendering.alternates) for rendering in lacking)
        for made in self._track(workers.map(render, turns, bundles), "Exporting"):
            for name, value in made.found.items():
                self._keep(name, value)
            differing[made.locale].extend(made.differing)
            entries[made.locale].update((each.document, each) for each in made.entries)
        for rendering in due:
            locale = rendering.edition.locale
            listed = tuple(entries[locale][document] for document in rendering.alternates)
            rendered[locale] = Rendered(locale=locale, entries=listed, differing=tuple(differing[locale]))
            made_from = self._bundles(rendering.edition, surveyed.alternates(locale))
            self._listings.append((locale, made_from, rendering.names, listed))
        return [rendered[locale] for locale in surveyed.exported]

    def _standing(self, rendering: Rendering, known: Listing | None) -> dict[str, Entry]:
        """The bundles that an earlier run has made of the same, and that are as it wrote them, by document.

        What is `known` lies there untouched since it was listed.
        """
        if known is not None:
            return {one.document: one for name, one in known.entries() if rendering.names.get(one.document) == name}
        standing: dict[str, Entry] = {}
        if self._run.cache is None:
            return standing
        for document, name in rendering.names.items():
            data = self._run.cache.get(name)
            one = None if data is None else remembered(data)
            if one is not None and export.is_as_recorded(self._workspace, one.record()):
                standing[document] = one
        return standing

    # ---- what is remembered

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

    def _keep(self, name: str, value: bytes) -> None:
        if self._run.cache is not None:
            self._run.cache.put(name, value)
        else:
            self._held[name] = value

    def _kept(self, name: str) -> bytes | None:
        return self._run.cache.get(name) if self._run.cache is not None else self._held.get(name)

    def _has(self, name: str) -> bool:
        return self._run.cache is not None and self._run.cache.has(name)

    def _judgement(self, edition: EditionSettings) -> str:
        return key("judgement", self._run.today.isoformat(), self._made_from(edition))

    def _made_from(self, edition: EditionSettings) -> str:
        content = self._shared.content
        folders = dict.fromkeys(locale.gettext for locale in (edition.locale, *edition.reads))
        digests = (f"{name} {digest}" for name, digest in sorted(content.digests.items()))
        self._common = self._common or key(self._run.code, self._shared.settings, *digests)
        return key(
            self._common, edition.locale.gettext, self._run.before.of(*(f"{LOCALES}/{folder}" for folder in folders))
        )

    def _bundles(self, edition: EditionSettings, alternates: export.Alternates) -> str:
        """Stands for all that the bundles of an edition are made from."""
        besides = sorted(alternates.besides.items())
        return key(
            "bundles",
            self._made_from(edition),
            *(other.gettext for other in alternates.usual),
            *(f"{document} {' '.join(other.gettext for other in others)}" for document, others in besides),
        )

    def _listing(self, locale: Locale, at: Stamps) -> str:
        return key("listing", self._run.code, at.of(self._workspace.export(locale.bcp47)))

    def _untouched(self) -> frozenset[str]:
        before = self._run.before
        known = (locale.bcp47 for locale in self._locales() if self._has(self._listing(locale, before)))
        return frozenset(known) if self._run.settled else frozenset()

    def _locales(self) -> Iterator[Locale]:
        return (edition.locale for edition in self._workspace.settings.editions)

    def _paths(self, at: Stamps) -> str:
        return key("paths", self._run.code, at.of(self._workspace.export(export.INDEX)))


def _batches(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    return (items[first : first + size] for first in range(0, len(items), size))
