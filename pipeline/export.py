"""export: the editions that may be exported to the files of exports/; a locale is taken whole or not at all."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from msgspec.structs import replace

from pipeline.assessing import Assessment
from pipeline.errors import PipelineError
from pipeline.exporters.addresses import Addresses
from pipeline.exporters.approval import approval_record
from pipeline.exporters.fragments import Fragments
from pipeline.exporters.html_bundle import page_and_fragment, stylesheet
from pipeline.exporters.index import Entry, bundle_record, entry, index_parts, listed_paths, read_index, suffix_of
from pipeline.exporters.json_bundle import json_bundle
from pipeline.exporters.json_ld import json_ld
from pipeline.exporters.labels import Labels
from pipeline.exporters.modified import modified
from pipeline.exporters.provenance import provenance
from pipeline.exporters.schema import bundle_schema, index_schema, typescript
from pipeline.exporters.sitemap import sitemap
from pipeline.exporters.skeleton import Skeletons
from pipeline.flow import Content
from pipeline.judging import blocked_locales
from pipeline.localize import localize
from pipeline.model.bundle import BundleRecord, ExportedFile
from pipeline.model.document import Document
from pipeline.model.finding import Finding
from pipeline.model.locale import Locale
from pipeline.model.outcome import Difference
from pipeline.model.track import Track, silently
from pipeline.workspace import MAX_BYTES, REFERENCES, Workspace

INDEX = "index.json"
SITEMAP = "sitemap.xml"

# An index on disk is input like any other: it may name nothing but bundles.
_BUNDLE_FILE = re.compile(r"[A-Za-z0-9-]+/[A-Za-z0-9][A-Za-z0-9._-]*\.(?:html|json|jsonld)")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What exports/ should hold.

    `files` has the bytes of every file that is made now, by name; `kept` are the bundles of earlier
    exports that stand because their locale or document is refused now, `altered` the names of files of such
    bundles that were changed by hand, so that the index cannot list them; `obsolete` are files that an earlier
    export made and that belong to nothing any more.
    """

    files: Mapping[str, bytes]
    exported: tuple[Locale, ...]
    refused: tuple[Locale, ...]
    kept: tuple[BundleRecord, ...]
    obsolete: tuple[str, ...]
    altered: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What is exported now, and what stands from before.

    `exported` and `refused` are locales in the order of the settings. `standing` are bundles of earlier exports of
    which the locale or document is refused now; those in `kept` are as they were written, `altered` are the paths of
    files that are not.
    """

    locales: tuple[Locale, ...]
    exported: tuple[Locale, ...]
    refused: tuple[Locale, ...]
    standing: tuple[BundleRecord, ...]
    kept: tuple[BundleRecord, ...]
    altered: tuple[str, ...]

    def alternates(self, locale: Locale) -> "Alternates":
        """The other editions that readers of a locale can go to."""
        exported = set(self.exported)
        others = tuple(other for other in self.locales if other != locale)
        standing: dict[str, set[str]] = {}
        for record in self.kept:
            standing.setdefault(record.document, set()).add(record.locale)
        return Alternates(
            usual=tuple(other for other in others if other in exported),
            besides={
                document: tuple(other for other in others if other in exported or other.bcp47 in locales)
                for document, locales in standing.items()
            },
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternates:
    """The other editions of documents: those exported now, and for some those that stand from before."""

    usual: tuple[Locale, ...]
    besides: Mapping[str, tuple[Locale, ...]]

    def of(self, document: str) -> tuple[Locale, ...]:
        return self.besides.get(document, self.usual)


def survey(workspace: Workspace, content: Content, findings: Iterable[Finding]) -> Survey:
    """Judge by the findings which locales may be exported. Raises PipelineError for an index that cannot be read."""
    locales = tuple(settings.locale for settings in workspace.settings.editions)
    stopped = blocked_locales(content, findings, locales)
    before = _previous(workspace) if stopped or content.broken else []
    existing = {document.id for document in content.documents} | content.broken
    names = {locale.bcp47: locale for locale in locales}
    standing = tuple(
        record
        for record in before
        if record.locale in names
        and (content.blocks_all or record.document in existing)
        and (record.document in content.broken or names[record.locale] in stopped)
    )
    altered = tuple(
        file.path
        for record in standing
        for file in record.files
        if suffix_of(record, file).startswith("/") or not _is_as_written(workspace, file)
    )
    return Survey(
        locales=locales,
        exported=tuple(locale for locale in locales if locale not in stopped),
        refused=tuple(locale for locale in locales if locale in stopped),
        standing=standing,
        kept=tuple(
            replace(record, current=False)
            for record in standing
            if not any(file.path in altered for file in record.files)
        ),
        altered=altered,
    )


def altered_names(workspace: Workspace, surveyed: Survey) -> tuple[str, ...]:
    """Files of earlier bundles that stand but were changed by hand."""
    return tuple(workspace.export(path) for path in surveyed.altered if _BUNDLE_FILE.fullmatch(path))


def made_before(workspace: Workspace) -> tuple[str, ...]:
    """The paths of all files that the earlier export made for documents, and of its sitemap.

    Raises PipelineError for an index that cannot be read.
    """
    data = _index_before(workspace)
    if data is None:
        return ()
    paths = listed_paths(data)
    if paths is None:
        raise _unreadable(workspace)
    bundles, assets = paths
    return (*bundles, SITEMAP) if SITEMAP in assets else bundles


def obsolete_names(
    workspace: Workspace,
    content: Content,
    surveyed: Survey,
    entries: Iterable[Entry],
    common: Collection[str],
    before: Iterable[str],
) -> tuple[str, ...]:
    """Files that an earlier export made and that belong to nothing any more.

    `common` are names of shared files, `before` the paths that were `made_before`.
    """
    if content.blocks_all:
        return ()
    wanted = {path for one in entries for path in one.paths}
    wanted.update(file.path for record in surveyed.standing for file in record.files)
    gone = (path for path in before if path not in wanted)
    names = (workspace.export(path) for path in gone if path == SITEMAP or _BUNDLE_FILE.fullmatch(path))
    return tuple(sorted(name for name in names if name not in common))


def shared_files(workspace: Workspace, entries: Iterable[Entry]) -> dict[str, Sequence[bytes]]:
    """What the bundles have in common, by name, in parts; the index last.

    Raises PipelineError where two documents would be written to one file (`a` and `a.fragment`).
    """
    entries = tuple(entries)
    _refuse_one_for_two(entries)
    records = (one.record() for one in entries)
    listed = sitemap(records, _addresses(workspace)) if workspace.settings.base_url else None
    assets = {
        "assets/faq.css": stylesheet(),
        "schema/bundle.d.ts": typescript(),
        "schema/bundle.schema.json": bundle_schema(),
        "schema/index.schema.json": index_schema(),
        **({SITEMAP: listed} if listed else {}),
    }
    files: dict[str, Sequence[bytes]] = {workspace.export(name): (data,) for name, data in assets.items()}
    files[workspace.export(INDEX)] = index_parts(entries, assets)
    return files


def _refuse_one_for_two(entries: Iterable[Entry]) -> None:
    # The longer name of the two has a dot; few have.
    if not any("." in one.document for one in entries):
        return
    twice = next(
        (path for path, count in Counter(path for one in entries for path in one.paths).items() if count > 1), ""
    )
    if twice:
        raise PipelineError("would be written for two documents", where=twice, hint="rename one of them")


def plan(workspace: Workspace, assessment: Assessment, track: Track = silently) -> Plan:
    """Render every bundle that may be exported; nothing is written."""
    content = assessment.content
    surveyed = survey(workspace, content, assessment.findings)
    before = made_before(workspace)
    files: dict[str, bytes] = {}
    entries = [entry(record) for record in surveyed.kept]
    bundler = Bundler(workspace, assessment)
    for locale in track(surveyed.exported, "Exporting"):
        alternates = surveyed.alternates(locale)
        for document in content.documents:
            bundle, record = bundler.bundle(document, locale, alternates.of(document.id))
            files.update(bundle)
            entries.append(entry(record))
    shared = shared_files(workspace, entries)
    files.update((name, b"".join(parts)) for name, parts in shared.items())
    return Plan(
        files=files,
        exported=surveyed.exported,
        refused=surveyed.refused,
        kept=surveyed.kept,
        altered=altered_names(workspace, surveyed),
        obsolete=obsolete_names(workspace, content, surveyed, entries, shared, before),
    )


def write(workspace: Workspace, planned: Plan) -> tuple[str, ...]:
    """Write the planned files, the index last; return the names of those that changed."""
    index_name = workspace.export(INDEX)
    bundles = {name: data for name, data in planned.files.items() if name != index_name}
    changed = workspace.write(bundles) + workspace.write({index_name: planned.files[index_name]})
    workspace.remove(planned.obsolete)
    return changed


def differences(workspace: Workspace, planned: Plan) -> Iterator[Difference]:
    """What a fresh export would change, by name."""
    kept = (workspace.export(file.path) for record in planned.kept for file in record.files)
    differing = (name for name, data in planned.files.items() if workspace.read(name) != data)
    yield from compared(workspace, {*planned.files, *kept}, differing)


def compared(workspace: Workspace, wanted: Collection[str], differing: Iterable[str]) -> Iterator[Difference]:
    """What an export would change, by name: of the `wanted` files those that differ, and all others that are there."""
    present = set(workspace.exported())
    differing = set(differing)
    for name in sorted(differing | (present - set(wanted))):
        if name not in differing:
            yield Difference(name=name, what="unexpected")
        else:
            yield Difference(name=name, what="outdated" if name in present else "missing")


class Bundler:
    """Renders the bundles of an assessment, one at a time; what they share is made once."""

    def __init__(self, workspace: Workspace, assessment: Assessment, skeletons: Skeletons | None = None) -> None:
        self._workspace = workspace
        self._assessment = assessment
        self._addresses = _addresses(workspace)
        self._skeletons = skeletons or Skeletons()
        self._labels: dict[Locale, Labels] = {}
        self._disclaimers: dict[str, str] = {}

    def bundle(
        self, document: Document, locale: Locale, others: tuple[Locale, ...]
    ) -> tuple[dict[str, bytes], BundleRecord]:
        """The files of a document in a locale, by name, and what the index says of them."""
        workspace, assessment = self._workspace, self._assessment
        edition = assessment.editions[document.id, locale]
        localized = localize(document, edition, assessment.words[document.id, locale])
        labels = self._labels.setdefault(locale, Labels(assessment.ui[locale]))
        digests = {**assessment.content.digests, edition.disclaimers_file: self._digest(edition.disclaimers_file)}
        approval = approval_record(assessment.standing(document.id, locale))
        changed = modified(localized, [link.catalog for link in edition.catalogs])
        made_from = provenance(
            localized, labels, digests, approval, references=REFERENCES, disclaimers=edition.disclaimers_file
        )
        skeletons = self._skeletons
        fragments = Fragments(localized, labels, skeletons)
        page, fragment = page_and_fragment(localized, labels, others, self._addresses, fragments, skeletons)
        files = {
            "html": page,
            "fragment.html": fragment,
            "json": json_bundle(localized, labels, others, made_from, changed, fragments, skeletons),
            "jsonld": json_ld(localized, labels, changed, self._addresses, fragments, skeletons),
        }
        relative = {f"{locale.bcp47}/{document.id}.{suffix}": data for suffix, data in files.items()}
        record = bundle_record(localized, relative, (other.bcp47 for other in others), changed)
        return {workspace.export(path): data for path, data in relative.items()}, record

    def _digest(self, name: str) -> str:
        known = self._disclaimers.get(name)
        if known is None:
            known = self._disclaimers[name] = sha256(self._workspace.read(name) or b"").hexdigest()
        return known


def _addresses(workspace: Workspace) -> Addresses:
    return Addresses(base_url=workspace.settings.base_url, x_default=workspace.settings.x_default)


def _previous(workspace: Workspace) -> list[BundleRecord]:
    """The index of the earlier export: it says what still stands."""
    data = _index_before(workspace)
    if data is None:
        return []
    previous = read_index(data)
    if previous is None:
        raise _unreadable(workspace)
    return previous.bundles


def _index_before(workspace: Workspace) -> bytes | None:
    return workspace.read(workspace.export(INDEX), limit=max(MAX_BYTES, _most_listed(workspace)))


def _most_listed(workspace: Workspace) -> int:
    """An index that we have written grows with what is written; so its bound does, with room for much that is gone."""
    editions = len(workspace.settings.editions)
    bundle = 4_000 + 40 * editions
    return 4 * bundle * editions * len(workspace.documents())


def _unreadable(workspace: Workspace) -> PipelineError:
    return PipelineError(
        "is not an index that this version can read",
        where=workspace.export(INDEX),
        hint="put it back as it was; or remove it, and locales that are refused now have no export until they pass",
    )


def is_as_recorded(workspace: Workspace, record: BundleRecord) -> bool:
    """Whether every file of a bundle is the one that its record says."""
    return all(_is_as_written(workspace, file) for file in record.files)


def _is_as_written(workspace: Workspace, file: ExportedFile) -> bool:
    """Whether a file of an earlier bundle is the one that the index says."""
    if not _BUNDLE_FILE.fullmatch(file.path):
        return False
    return sha256(workspace.read(workspace.export(file.path)) or b"").hexdigest() == file.sha256
