"""work: the pieces that an export is made of, in whatever process they are done."""

from collections import ChainMap
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import msgspec

from pipeline import export
from pipeline.assessing import Assessment, Judgement, check_texts, judge, word_editions
from pipeline.cache import Cache, key
from pipeline.exporters.index import Entry, entry
from pipeline.exporters.modified import REVISION
from pipeline.exporters.skeleton import Skeletons
from pipeline.flow import Content
from pipeline.model.edition import Words
from pipeline.model.finding import Finding
from pipeline.model.locale import Locale
from pipeline.model.pattern import serialize
from pipeline.model.settings import EditionSettings
from pipeline.workspace import GLOSSARY, MESSAGES, REFERENCES, Workspace

# So many documents of a locale are rendered in one go: enough to outweigh the way there and back, and to share evenly.
_BATCH = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
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
class Judging:
    """Editions that share catalogs, which are then read once. `given` is what was found in their texts."""

    editions: tuple[EditionSettings, ...]
    given: Mapping[str, bytes]

    def __str__(self) -> str:
        return ", ".join(edition.locale.gettext for edition in self.editions)


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedEdition:
    """`shown` stands for all that the page of each document is made from, but for the editions that it links to."""

    judgement: Judgement
    shown: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """`found` is for the cache."""

    editions: tuple[JudgedEdition, ...]
    found: Mapping[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """An edition, and for each document that is to be rendered the others that its readers can go to.

    `names` are those of the bundles in the cache.
    """

    edition: EditionSettings
    alternates: Mapping[str, tuple[Locale, ...]]
    names: Mapping[str, str]

    def __str__(self) -> str:
        return f"{self.edition.locale.gettext} ({len(self.alternates)} from {next(iter(self.alternates))})"

    def without(self, documents: Container[str]) -> "Rendering":
        due = {document: others for document, others in self.alternates.items() if document not in documents}
        return replace(self, alternates=due)

    def batches(self) -> "Iterator[Rendering]":
        documents = tuple(self.alternates.items())
        for first in range(0, len(documents), _BATCH):
            batch = dict(documents[first : first + _BATCH])
            yield replace(self, alternates=batch, names={document: self.names[document] for document in batch})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """`differing` are the names of files that are not as they should be; they are staged unless it is a check."""

    locale: Locale
    entries: tuple[Entry, ...]
    differing: tuple[str, ...]
    found: Mapping[str, bytes] = field(default_factory=dict)


class _Texts:
    """What was found in the texts of documents: `given` by other work, in the cache, or found now and kept."""

    def __init__(self, shared: Shared, given: Mapping[str, bytes]) -> None:
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


def check(shared: Shared, checking: Checking) -> Mapping[str, Mapping[str, bytes]]:
    documents = tuple(document for document in shared.content.documents if document.id in checking.documents)
    texts = _Texts(shared, {})
    check_texts(shared.narrowed(checking.editions), replace(shared.content, documents=documents), texts)
    return texts.found


def judge_editions(shared: Shared, judging: Judging) -> Judged:
    texts = _Texts(shared, judging.given)
    assessment, judgements = judge(shared.narrowed(judging.editions), shared.content, shared.today, memory=texts)
    return Judged(
        editions=tuple(
            JudgedEdition(judgement=judgement, shown=_shown(shared, assessment, judgement.locale))
            for judgement in judgements
        ),
        found=dict(ChainMap(*texts.found.values())),
    )


def _shown(shared: Shared, assessment: Assessment, locale: Locale) -> dict[str, str]:
    workspace = shared.workspace
    disclaimers = sha256(workspace.read(workspace.disclaimers(locale)) or b"").hexdigest()
    ui = _said(assessment.ui[locale])
    return {
        document.id: key(
            shared.code,
            shared.settings,
            document.id,
            _english(shared, document.id),
            locale.gettext,
            disclaimers,
            ui,
            _said(assessment.words[document.id, locale]),
            repr(assessment.standing(document.id, locale)),
            *(
                f"{link.name} {link.catalog.fields.get(REVISION, '')}"
                for link in assessment.editions[document.id, locale].catalogs
                if link.catalog
            ),
        )
        for document in shared.content.documents
    }


def render(shared: Shared, rendering: Rendering) -> Rendered:
    workspace, locale = shared.workspace, rendering.edition.locale
    documents = tuple(document for document in shared.content.documents if document.id in rendering.alternates)
    content = replace(shared.content, documents=documents)
    assessment = word_editions(shared.narrowed((rendering.edition,)), content)
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
        entries.append(entry(record))
        found[rendering.names[document.id]] = msgspec.msgpack.encode(record)
    if shared.lease is not None:
        staging.flush()
    return Rendered(
        locale=locale,
        entries=tuple(entries),
        differing=tuple(differing),
        found=found,
    )


def _memory(shared: Shared) -> Cache | None:
    """A cache to look into; what is new goes back to the process that writes."""
    return Cache(shared.workspace.root) if shared.cached else None


def _english(shared: Shared, document: str) -> str:
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
