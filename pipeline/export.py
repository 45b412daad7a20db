"""export: the editions that may be exported to the files of exports/; a locale is taken whole or not at all."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from msgspec.structs import replace

from pipeline.errors import PipelineError
from pipeline.exporters.addresses import Addresses
from pipeline.exporters.approval import approval_record
from pipeline.exporters.fragments import Fragments
from pipeline.exporters.html_bundle import Pages, stylesheet
from pipeline.exporters.index import bundle_record, index, read_index
from pipeline.exporters.json_bundle import json_bundle
from pipeline.exporters.json_ld import json_ld
from pipeline.exporters.labels import Labels
from pipeline.exporters.modified import modified
from pipeline.exporters.provenance import provenance
from pipeline.exporters.schema import bundle_schema, index_schema, typescript
from pipeline.exporters.sitemap import sitemap
from pipeline.flow import Assessment, Track, silently
from pipeline.localize import localize
from pipeline.model.bundle import BundleRecord, ExportedFile, Index
from pipeline.model.document import Document
from pipeline.model.locale import Locale
from pipeline.workspace import REFERENCES, Workspace

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


def plan(workspace: Workspace, assessment: Assessment, track: Track = silently) -> Plan:
    """Render every bundle that may be exported; nothing is written."""
    content = assessment.content
    locales = [settings.locale for settings in workspace.settings.editions]
    allowed = tuple(locale for locale in locales if not assessment.blocked(locale))
    refused = tuple(locale for locale in locales if assessment.blocked(locale))
    previous = _previous(workspace)
    existing = {document.id for document in content.documents} | content.broken
    refused_names = {locale.bcp47 for locale in refused}
    standing = [
        record
        for record in (previous.bundles if previous else ())
        if record.locale in {locale.bcp47 for locale in locales}
        and (content.blocks_all or record.document in existing)
        and (record.document in content.broken or record.locale in refused_names)
    ]
    altered = [file.path for record in standing for file in record.files if not _is_as_written(workspace, file)]
    kept = tuple(
        replace(record, current=False) for record in standing if not any(file.path in altered for file in record.files)
    )
    files: dict[str, bytes] = {}
    pages = Pages()
    records: list[BundleRecord] = list(kept)
    for locale in track(allowed, "Exporting"):
        for document in content.documents:
            others = _alternates(locales, locale, document, set(allowed), kept)
            bundle, record = _render(workspace, assessment, document, locale, others, pages)
            twice = sorted(files.keys() & bundle.keys())
            if twice:
                raise PipelineError("would be written for two documents", where=twice[0], hint="rename one of them")
            files.update(bundle)
            records.append(record)
    listed = sitemap(records, _addresses(workspace)) if workspace.settings.base_url else None
    assets = {
        "assets/faq.css": stylesheet(),
        "schema/bundle.d.ts": typescript(),
        "schema/bundle.schema.json": bundle_schema(),
        "schema/index.schema.json": index_schema(),
        **({SITEMAP: listed} if listed else {}),
    }
    files.update((workspace.export(name), data) for name, data in assets.items())
    files[workspace.export(INDEX)] = index(records, assets)
    wanted = set(files) | {workspace.export(file.path) for record in standing for file in record.files}
    made_before = {
        workspace.export(file.path)
        for record in (previous.bundles if previous else ())
        for file in record.files
        if _BUNDLE_FILE.fullmatch(file.path)
    }
    if previous and any(file.path == SITEMAP for file in previous.assets):
        made_before.add(workspace.export(SITEMAP))
    return Plan(
        files=files,
        exported=allowed,
        refused=refused,
        kept=kept,
        altered=tuple(workspace.export(path) for path in altered if _BUNDLE_FILE.fullmatch(path)),
        obsolete=tuple(sorted(made_before - wanted)) if not content.blocks_all else (),
    )


def write(workspace: Workspace, planned: Plan) -> tuple[str, ...]:
    """Write the planned files, the index last; return the names of those that changed."""
    index_name = workspace.export(INDEX)
    bundles = {name: data for name, data in planned.files.items() if name != index_name}
    changed = workspace.write(bundles) + workspace.write({index_name: planned.files[index_name]})
    workspace.remove(planned.obsolete)
    return changed


@dataclass(frozen=True, kw_only=True)
class Difference:
    """How a file of exports/ differs from what it should be: `missing`, `outdated` or `unexpected`."""

    name: str
    what: str


def differences(workspace: Workspace, planned: Plan) -> Iterator[Difference]:
    """What a fresh export would change, by name."""
    kept = {workspace.export(file.path) for record in planned.kept for file in record.files}
    present = set(workspace.exported())
    for name in sorted(set(planned.files) | present):
        if name not in planned.files:
            if name not in kept:
                yield Difference(name=name, what="unexpected")
        elif name not in present:
            yield Difference(name=name, what="missing")
        elif workspace.read(name) != planned.files[name]:
            yield Difference(name=name, what="outdated")


def _render(
    workspace: Workspace,
    assessment: Assessment,
    document: Document,
    locale: Locale,
    others: tuple[Locale, ...],
    pages: Pages,
) -> tuple[dict[str, bytes], BundleRecord]:
    localized = localize(document, assessment.editions[document.id, locale], assessment.words[document.id, locale])
    labels = Labels(assessment.ui[locale])
    disclaimers = assessment.editions[document.id, locale].disclaimers_file
    digests = dict(assessment.content.digests)
    digests[disclaimers] = sha256(workspace.read(disclaimers) or b"").hexdigest()
    approval = approval_record(assessment.standing(document.id, locale))
    addresses = _addresses(workspace)
    changed = modified(localized, [link.catalog for link in assessment.editions[document.id, locale].catalogs])
    made_from = provenance(localized, labels, digests, approval, references=REFERENCES, disclaimers=disclaimers)
    fragments = Fragments(localized, labels)
    files = {
        workspace.bundle(locale, document.id, "html"): pages.page(localized, fragments, labels, others, addresses),
        workspace.bundle(locale, document.id, "fragment.html"): pages.fragment(localized, labels),
        workspace.bundle(locale, document.id, "json"): json_bundle(
            localized, labels, others, made_from, changed, fragments
        ),
        workspace.bundle(locale, document.id, "jsonld"): json_ld(localized, labels, changed, addresses, fragments),
    }
    relative = {name.removeprefix(f"{workspace.exports}/"): data for name, data in files.items()}
    return files, bundle_record(localized, relative, (other.bcp47 for other in others), changed)


def _addresses(workspace: Workspace) -> Addresses:
    return Addresses(base_url=workspace.settings.base_url, x_default=workspace.settings.x_default)


def _alternates(
    locales: Iterable[Locale], locale: Locale, document: Document, allowed: set[Locale], kept: tuple[BundleRecord, ...]
) -> tuple[Locale, ...]:
    """The other editions that a reader can go to: those exported now and those that stand from before."""
    standing = {record.locale for record in kept if record.document == document.id}
    return tuple(other for other in locales if other != locale and (other in allowed or other.bcp47 in standing))


def _previous(workspace: Workspace) -> Index | None:
    """The index of the earlier export. Raises PipelineError for one that cannot be read: it says what still stands."""
    name = workspace.export(INDEX)
    data = workspace.read(name)
    if data is None:
        return None
    previous = read_index(data)
    if previous is None:
        raise PipelineError(
            "is not an index that this version can read",
            where=name,
            hint="put it back as it was; or remove it, and locales that are refused now have no export until they pass",
        )
    return previous


def _is_as_written(workspace: Workspace, file: ExportedFile) -> bool:
    """Whether a file of an earlier bundle is the one that the index says."""
    if not _BUNDLE_FILE.fullmatch(file.path):
        return False
    return sha256(workspace.read(workspace.export(file.path)) or b"").hexdigest() == file.sha256
