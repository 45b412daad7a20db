"""withdrawals: the files of a release without what must not be shown any more; nothing in them leads there."""

from collections.abc import Collection, Iterable, Mapping

from msgspec.structs import replace

from pipeline.errors import PipelineError
from pipeline.export import INDEX, SITEMAP
from pipeline.exporters.index import exported_file, read_index
from pipeline.exporters.recall import bundle_without, page_without, sitemap_without
from pipeline.model.bundle import BundleRecord, ExportedFile, Index
from pipeline.model.bundle import encode as encode_index
from pipeline.model.release import Tombstone, Withdrawal
from pipeline.releases.compression import SUFFIXES
from pipeline.releases.records import encode


def without(
    files: Mapping[str, bytes], withdrawn: Iterable[Withdrawal]
) -> tuple[dict[str, bytes], tuple[Withdrawal, ...]]:
    """The files without what is withdrawn, with tombstones in its place; and the withdrawals that name these.

    The other editions of a document are as they were, but for the lines that lead to what is withdrawn.
    """
    kept, rules = dict(files), tuple(withdrawn)
    if not rules:
        return kept, ()
    index = content_index(files[INDEX])
    gone = _covered(index, rules)
    doomed = [record for record in index.bundles if (record.document, record.locale) in gone]
    for record in doomed:
        for file in record.files:
            _put(kept, file.path, None)
    filled = tuple(_with_tombstones(rule, doomed) for rule in rules)
    kept.update((path, _tombstone(rule, path)) for rule in filled for path in rule.tombstones)
    if gone:
        _take_out(kept, index, gone)
    return kept, filled


def linking(files: Mapping[str, bytes], withdrawn: Iterable[Withdrawal]) -> tuple[str, ...]:
    """The pages whose authors link to a page that is withdrawn: words that only they may change."""
    pages = [f"/{stone.removesuffix('.json')}.html".encode() for rule in withdrawn for stone in rule.tombstones]
    return tuple(
        path
        for path, data in sorted(files.items())
        if path.endswith(".html") and not path.endswith(".fragment.html") and any(page in data for page in pages)
    )


def merged(rules: Iterable[Withdrawal]) -> tuple[Withdrawal, ...]:
    """One withdrawal for each thing, the first that was said, with the tombstones of all."""
    found: dict[str, Withdrawal] = {}
    for rule in rules:
        known = found.get(rule.what, rule)
        found[rule.what] = replace(known, tombstones=sorted({*known.tombstones, *rule.tombstones}))
    return tuple(found.values())


def meant(what: str, index: Index) -> tuple[str | None, str | None]:
    """The document and the locale that somebody means; None stands for every one."""
    pairs = sorted({(record.document, record.locale) for record in index.bundles})
    known: dict[str, list[tuple[str | None, str | None]]] = {}
    for document, locale in pairs:
        for name, meaning in ((document, (document, None)), (locale, (None, locale)), (f"{document}:{locale}", None)):
            found = known.setdefault(name, [])
            if (meaning or (document, locale)) not in found:
                found.append(meaning or (document, locale))
    found = [meaning for name in sorted(spellings(what)) for meaning in known.get(name, ())]
    if len(found) > 1:
        raise PipelineError(f"{what} is both a document and a locale", hint="write DOCUMENT:LOCALE")
    if not found:
        published = dict.fromkeys([*(name for name, _ in pairs), *(name for _, name in pairs)])
        raise PipelineError(f"{what} is not published", hint=f"published are {', '.join(published) or 'no bundles'}")
    return found[0]


def spellings(what: str) -> set[str]:
    """A locale may be written as in file names (de_AT) or as on the web (de-AT)."""
    document, colon, locale = what.rpartition(":")
    return {what, f"{document}{colon}{locale.replace('_', '-')}"}


def content_index(data: bytes) -> Index:
    """The index that a release lists its bundles in."""
    index = read_index(data)
    if index is None:
        raise PipelineError("is not an index that this version can read", where=INDEX)
    return index


def _covered(index: Index, rules: Collection[Withdrawal]) -> set[tuple[str, str]]:
    """The documents and locales that are withdrawn, among those listed and those that others name."""
    return {
        (record.document, locale)
        for record in index.bundles
        for locale in (record.locale, *record.alternates)
        if any(rule.covers(record.document, locale) for rule in rules)
    }


def _with_tombstones(rule: Withdrawal, doomed: Iterable[BundleRecord]) -> Withdrawal:
    stones = {f"{one.locale}/{one.document}.json" for one in doomed if rule.covers(one.document, one.locale)}
    return replace(rule, tombstones=sorted({*rule.tombstones, *stones}))


def _tombstone(rule: Withdrawal, path: str) -> bytes:
    locale, _, name = path.partition("/")
    return encode(
        Tombstone(
            withdrawn=True,
            document=name.removesuffix(".json"),
            locale=locale,
            reason=rule.reason,
            by=rule.by,
            when=rule.when,
        )
    )


def _take_out(files: dict[str, bytes], index: Index, gone: Collection[tuple[str, str]]) -> None:
    """Rewrite the index and all that names an edition that is gone."""
    bundles = [
        _shorter(files, record, [to for to in record.alternates if (record.document, to) in gone])
        for record in index.bundles
        if (record.document, record.locale) not in gone
    ]
    if SITEMAP in files:
        _put(files, SITEMAP, sitemap_without(files[SITEMAP], gone))
    assets = [_described(files, asset) for asset in index.assets if asset.path in files]
    _put(files, INDEX, encode_index(replace(index, bundles=bundles, assets=assets)))


def _shorter(files: dict[str, bytes], record: BundleRecord, gone: Collection[str]) -> BundleRecord:
    """The record of a bundle, once its files do not name these locales."""
    if not gone:
        return record
    left = [to for to in record.alternates if to not in gone]
    name = f"{record.locale}/{record.document}"
    page, bundle = files[f"{name}.html"], files[f"{name}.json"]
    _put(files, f"{name}.html", page_without(page, record.document, gone, alone=not left))
    _put(files, f"{name}.json", bundle_without(bundle, gone))
    return replace(record, alternates=left, files=[_described(files, file) for file in record.files])


def _described(files: Mapping[str, bytes], file: ExportedFile) -> ExportedFile:
    return exported_file(file.path, files[file.path])


def _put(files: dict[str, bytes], path: str, data: bytes | None) -> None:
    """Put other bytes, or none, in the place of a file; its compressed variants were of the old ones."""
    if files.get(path) == data:
        return
    for name in (path, *(path + suffix for suffix in SUFFIXES)):
        files.pop(name, None)
    if data is not None:
        files[path] = data
