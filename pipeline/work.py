"""work: the pieces that an export is made of, in whatever process they are done."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from hashlib import sha256
from operator import attrgetter
from pathlib import Path

import msgspec

from pipeline import export
from pipeline.assessing import judge_found, look_into, word_editions
from pipeline.cache import key
from pipeline.errors import PipelineError
from pipeline.exporters.index import Entry, entry
from pipeline.exporters.skeleton import Skeletons
from pipeline.flow import Content
from pipeline.judging import Found, Judgement, catalog_digest
from pipeline.model.document import Document
from pipeline.model.locale import Locale
from pipeline.model.settings import EditionSettings
from pipeline.workspace import GLOSSARY, MESSAGES, REFERENCES, UI_DOMAIN, Workspace

# So many documents of a locale are rendered in one go: enough to outweigh the way there and back, and to share evenly.
_BATCH = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What every piece of work needs.

    `run` names the files that are staged; `code` stands for all that we are, `settings` for the settings' file. Other
    machines that write hold a `lease`.
    """

    workspace: Workspace
    content: Content
    today: date
    run: str
    code: str
    settings: str
    check: bool
    lease: Path | None
    skeletons: Skeletons = field(default_factory=Skeletons)

    def narrowed(self, editions: Iterable[EditionSettings]) -> Workspace:
        return replace(self.workspace, settings=replace(self.workspace.settings, editions=tuple(editions)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Checking:
    """Documents, of which the texts are checked in all these editions."""

    documents: frozenset[str]
    editions: tuple[EditionSettings, ...]

    def __str__(self) -> str:
        return ", ".join(sorted(self.documents))


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was found of a document in an edition, encoded; `name` is what the cache knows it by."""

    document: str
    locale: Locale
    name: str
    found: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Judging:
    """An edition, and what was found in it, by document; `names` are those of the cache."""

    edition: EditionSettings
    names: Mapping[str, str]
    found: Mapping[str, bytes]

    def __str__(self) -> str:
        return self.edition.locale.gettext


class Shown(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """`page` stands for all that the page of a document is made from, but for the editions that it links to.

    `judged` stands for all that was judged, which is more: it must still be what is rendered.
    """

    page: str
    judged: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedEdition:
    """`shown` has what is Shown of each document, by its id, encoded: most editions are not rendered."""

    judgement: Judgement
    shown: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """An edition, and for each document that is to be rendered the others that its readers can go to.

    `names` are those of the bundles in the cache, `judged` stands for what was judged.
    """

    edition: EditionSettings
    alternates: Mapping[str, tuple[Locale, ...]]
    names: Mapping[str, str]
    judged: Mapping[str, str]

    def __str__(self) -> str:
        return f"{self.edition.locale.gettext} ({len(self.alternates)} from {next(iter(self.alternates))})"

    def without(self, documents: Container[str]) -> "Rendering":
        due = {document: others for document, others in self.alternates.items() if document not in documents}
        return replace(self, alternates=due)

    def batches(self) -> "Iterator[Rendering]":
        documents = tuple(self.alternates.items())
        for first in range(0, len(documents), _BATCH):
            batch = dict(documents[first : first + _BATCH])
            yield replace(
                self,
                alternates=batch,
                names={document: self.names[document] for document in batch},
                judged={document: self.judged[document] for document in batch},
            )


def rendering_of(
    edition: EditionSettings, documents: Iterable[Document], alternates: export.Alternates, judged: JudgedEdition
) -> Rendering:
    shown = msgspec.msgpack.decode(judged.shown, type=dict[str, Shown])
    others = {document.id: alternates.of(document.id) for document in documents}
    return Rendering(
        edition=edition,
        alternates=others,
        names={document: key("bundle", shown[document].page, *map(_gettext, own)) for document, own in others.items()},
        judged={document: shown[document].judged for document in others},
    )


_gettext = attrgetter("gettext")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """`differing` are the names of files that are not as they should be; they are staged unless it is a check."""

    locale: Locale
    entries: tuple[Entry, ...]
    differing: tuple[str, ...] = ()
    found: Mapping[str, bytes] = field(default_factory=dict)


def found_name(shared: Shared, edition: EditionSettings, document: str, digests: Iterable[str]) -> str:
    """What the cache knows by it what was found of a document in an edition, given the digests of its catalogs."""
    return key(
        "found",
        shared.code,
        shared.workspace.settings.source.gettext,
        edition.locale.gettext,
        str(edition.reads_source),
        " ".join(locale.gettext for locale in edition.reads),
        document,
        _english(shared, document),
        shared.content.digests[GLOSSARY],
        *digests,
    )


def found_names(
    shared: Shared, editions: Iterable[EditionSettings], documents: Sequence[str]
) -> dict[Locale, dict[str, str]]:
    """The same for these documents as they are on the disk now."""
    workspace = shared.workspace

    @lru_cache(maxsize=4096)
    def digest(name: str) -> str:
        return catalog_digest(workspace.read(name))

    def name(edition: EditionSettings, document: str) -> str:
        chain = (workspace.catalog(locale, document) for locale in edition.reads)
        return found_name(shared, edition, document, map(digest, chain))

    return {edition.locale: {document: name(edition, document) for document in documents} for edition in editions}


def check(shared: Shared, checking: Checking) -> list[Checked]:
    workspace = shared.narrowed(checking.editions)
    return [
        Checked(
            document=document,
            locale=edition.locale,
            name=found_name(shared, edition, document, digests),
            found=msgspec.msgpack.encode(found),
        )
        for document, edition, digests, found in look_into(workspace, shared.content, checking.documents)
    ]


def judge(shared: Shared, judging: Judging) -> JudgedEdition:
    workspace, content, locale = shared.workspace, shared.content, judging.edition.locale
    found = {name: msgspec.msgpack.decode(data, type=Found) for name, data in judging.found.items()}
    judgement, standings = judge_found(workspace, content, judging.edition, shared.today, found)
    disclaimers, ui = _disclaimers(workspace, locale), found[UI_DOMAIN].said
    shown = {
        document.id: Shown(
            page=key(
                shared.code,
                shared.settings,
                document.id,
                _english(shared, document.id),
                locale.gettext,
                disclaimers,
                ui,
                found[document.id].said,
                repr(standings[document.id]),
                found[document.id].revised,
            ),
            judged=_judged(disclaimers, judging.names[UI_DOMAIN], judging.names[document.id]),
        )
        for document in content.documents
    }
    return JudgedEdition(judgement=judgement, shown=msgspec.msgpack.encode(shown))


def render(shared: Shared, rendering: Rendering) -> Rendered:
    workspace, locale = shared.workspace, rendering.edition.locale
    documents = tuple(document for document in shared.content.documents if document.id in rendering.alternates)
    content = replace(shared.content, documents=documents)
    assessment, digests = word_editions(shared.narrowed((rendering.edition,)), content)
    _same_as_judged(shared, rendering, digests)
    bundler = export.Bundler(workspace, assessment, shared.skeletons)
    staging = workspace.staging(shared.run, shared.lease)
    entries: list[Entry] = []
    differing: list[str] = []
    found: dict[str, bytes] = {}
    for document in documents:
        files, record = bundler.bundle(document, locale, rendering.alternates[document.id])
        for file, data in files.items():
            if workspace.read(file) != data:
                differing.append(file)
                if not shared.check:
                    staging.stage(file, data)
        made = entry(record)
        entries.append(made)
        found[rendering.names[document.id]] = msgspec.msgpack.encode(made)
    if shared.lease is not None:
        staging.flush()
    return Rendered(locale=locale, entries=tuple(entries), differing=tuple(differing), found=found)


def _same_as_judged(shared: Shared, rendering: Rendering, digests: Mapping[str, str]) -> None:
    """Raises PipelineError for a document of which anything was changed since it was judged."""
    workspace, edition = shared.workspace, rendering.edition
    disclaimers = _disclaimers(workspace, edition.locale)

    def name(document: str) -> str:
        chain = (workspace.catalog(locale, document) for locale in edition.reads)
        return found_name(shared, edition, document, (digests[catalog] for catalog in chain))

    ui = name(UI_DOMAIN)
    for document in rendering.alternates:
        if _judged(disclaimers, ui, name(document)) != rendering.judged[document]:
            raise PipelineError(
                f"the texts of {document} in {edition.locale.gettext} were changed after they had been checked",
                hint="earlier exports stand; export again",
            )


def _judged(disclaimers: str, ui: str, document: str) -> str:
    return key("judged", disclaimers, ui, document)


def _disclaimers(workspace: Workspace, locale: Locale) -> str:
    return sha256(workspace.read(workspace.disclaimers(locale)) or b"").hexdigest()


def _english(shared: Shared, document: str) -> str:
    """Stands for the source of a document; that of the page's own words is part of the code."""
    digests = shared.content.digests
    return key(digests.get(f"{MESSAGES}/{document}.md", ""), digests[REFERENCES])
