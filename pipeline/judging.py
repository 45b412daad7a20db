"""judging: what is wrong with an edition: found in each document by itself, then concluded from what was found."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import blake2b, sha256
from struct import Struct as Layout

from msgspec import Struct

from pipeline import checks
from pipeline.exporters.modified import REVISION
from pipeline.flow import Content, parse_catalog
from pipeline.model.catalog import Catalog, State
from pipeline.model.disclaimer import Disclaimer
from pipeline.model.document import Document
from pipeline.model.edition import ChainLink, Edition, Words
from pipeline.model.finding import Finding, Location, Refused, Severity
from pipeline.model.locale import Locale
from pipeline.model.pattern import serialize
from pipeline.model.settings import EditionSettings
from pipeline.sources.disclaimers import read_disclaimers
from pipeline.workspace import UI_DOMAIN, Workspace


class Found(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """What a document, or the page's own words, is in an edition: on any day, with any disclaimers and approvals.

    `said` stands for all that a page shows of the words, and not for a comment beside them; `revised` for when the
    catalogs say that they were changed. `entries` has the size of the catalog of each locale along the chain.
    `compared` stands for the texts that must agree with those of other documents.
    """

    findings: tuple[Finding, ...]
    said: str
    revised: str
    entries: tuple[tuple[str, int], ...]
    compared: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What is wrong with an edition by itself, before any waiver. `unapproved` no waiver can stand for.

    `texts` has the number of entries in the catalogs of all documents, for each locale along its chain.
    """

    locale: Locale
    findings: tuple[Finding, ...]
    unapproved: tuple[Finding, ...]
    authored: tuple[checks.Authored, ...]
    texts: tuple[tuple[str, int], ...]


class CatalogReader:
    """Reads each catalog once, however many editions share it, with all that is wrong with the file itself."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._catalogs: dict[str, Catalog | None] = {}
        self.digests: dict[str, str] = {}
        self.problems: dict[str, tuple[Finding, ...]] = {}
        self.findings: dict[str, tuple[Finding, ...]] = {}

    def chain(self, settings: EditionSettings, domain: str) -> tuple[ChainLink, ...]:
        return tuple(self._link(locale, domain) for locale in settings.reads)

    def _link(self, locale: Locale, domain: str) -> ChainLink:
        name = self._workspace.catalog(locale, domain)
        if name not in self._catalogs:
            data = self._workspace.read(name)
            catalog, problems = parse_catalog(data, name)
            self._catalogs[name] = catalog
            self.digests[name] = catalog_digest(data)
            self.problems[name] = problems
            self.findings[name] = (*problems, *(checks.check_catalog(catalog, locale) if catalog else ()))
        return ChainLink(locale=locale, name=name, catalog=self._catalogs[name])


def catalog_digest(data: bytes | None) -> str:
    return sha256(data or b"").hexdigest()


def look(
    engine: checks.Engine, reader: CatalogReader, words: Words, chain: tuple[ChainLink, ...], source: Locale
) -> Found:
    """Apply every rule to the words and to the catalogs that they are from."""
    findings = [
        replace(finding, locale=words.locale.gettext) for link in chain for finding in reader.findings[link.name]
    ]
    if not any(reader.problems[link.name] for link in chain):
        findings.extend(checks.check_words(engine, words, source))
    read = [(link, link.catalog) for link in chain if link.catalog is not None]
    return Found(
        findings=tuple(findings),
        said=_said(words),
        revised="\0".join(f"{link.name} {catalog.fields.get(REVISION, '')}" for link, catalog in read),
        entries=tuple((link.locale.gettext, len(catalog.live)) for link, catalog in read),
        compared=b"".join(_compared(words)),
    )


def judge_edition(
    workspace: Workspace,
    content: Content,
    locale: Locale,
    today: date,
    found: Mapping[str, Found],
    words: Callable[[str], Words],
) -> Judgement:
    """All but the approvals. `found` is by document, and `words` are those of a document (or of the page itself)."""
    disclaimers, problems = read_locale_disclaimers(workspace, locale)
    edition = bare_edition(workspace, locale, disclaimers)
    findings = [*problems, *found[UI_DOMAIN].findings]
    # Pages that show the same disclaimers are alike to the rule.
    quiet: set[tuple[object, ...]] = set()
    for document in content.documents:
        findings.extend(found[document.id].findings)
        # A file that could not be read has been reported; its disclaimers are not missing besides.
        kind = None if problems else _kind(document, edition)
        if kind is not None and kind not in quiet:
            own = tuple(checks.check_edition(document, edition, today))
            findings.extend(own)
            if not own:
                quiet.add(kind)
    findings.extend(_together(content, found, words, workspace.settings.source, locale))
    if content.documents and not content.broken:
        findings.extend(checks.check_placement(content.documents, disclaimers, locale))
    texts: dict[str, int] = {}
    for document in content.documents:
        for name, count in found[document.id].entries:
            texts[name] = texts.get(name, 0) + count
    return Judgement(
        locale=locale,
        findings=tuple(findings),
        unapproved=(),
        authored=tuple(checks.authored(disclaimers, locale)),
        texts=tuple(texts.items()),
    )


def conclude(content: Content, judgements: Iterable[Judgement], today: date) -> tuple[Finding, ...]:
    """Everything that is wrong, when editions are seen together and waivers heeded."""
    judgements = tuple(judgements)
    findings = [*content.findings, *(finding for judgement in judgements for finding in judgement.findings)]
    findings.extend(checks.check_authorship(text for judgement in judgements for text in judgement.authored))
    remaining = checks.waive(dict.fromkeys(findings), content.waivers, today)
    return (*remaining, *(finding for judgement in judgements for finding in judgement.unapproved))


def blocked_locales(content: Content, findings: Iterable[Finding], locales: Iterable[Locale]) -> frozenset[Locale]:
    """Those of the locales that may not be exported."""
    if content.blocks_all:
        return frozenset(locales)
    stopped = {finding.locale for finding in findings if finding.severity is Severity.ERROR}
    return frozenset(locale for locale in locales if locale.gettext in stopped)


def bare_edition(workspace: Workspace, locale: Locale, disclaimers: tuple[Disclaimer, ...]) -> Edition:
    """The edition without its catalogs."""
    return Edition(
        locale=locale,
        source=workspace.settings.source,
        reads_source=False,
        catalogs=(),
        disclaimers=disclaimers,
        disclaimers_file=workspace.disclaimers(locale),
        required=workspace.settings.required_in(locale.market),
    )


def read_locale_disclaimers(workspace: Workspace, locale: Locale) -> tuple[tuple[Disclaimer, ...], tuple[Finding, ...]]:
    name = workspace.disclaimers(locale)
    data = workspace.read(name)
    if data is None:
        missing = Finding(
            rule="disclaimer",
            message="the disclaimers are missing",
            location=Location(file=name),
            locale=locale.gettext,
            hint=f"write the file; `pipeline init {locale.gettext}` makes one to start from",
        )
        return (), (missing,)
    try:
        return read_disclaimers(data, name), ()
    except Refused as refused:
        return (), tuple(replace(finding, locale=locale.gettext) for finding in refused.findings)


def _kind(document: Document, edition: Edition) -> tuple[object, ...]:
    entries = frozenset(entry.id for entry in document.market_entries(edition.locale.market))
    shown = edition.shown_disclaimers(document.audience, entries)
    return document.audience, document.status, *map(id, shown)


def _said(words: Words) -> str:
    told = sha256()
    for one in words.wordings:
        parts = (one.message.id, one.locale.gettext, one.name, one.origin.value, *map(serialize, one.patterns))
        text = "\0".join(parts)
        told.update(f"{len(text)} {text}".encode("utf-8", "surrogatepass"))
    return told.hexdigest()


# ---- what must agree

# A digest of the English with the locale that translates it, and one of the translation.
_PAIRS = Layout("<QQ")


def _compared(words: Words) -> Iterator[bytes]:
    for wording in words.wordings:
        unit = wording.unit
        if unit is not None and unit.state is State.TRANSLATED and unit.source == wording.message.source:
            message = wording.message
            yield _short(wording.locale.gettext, message.source, message.plural_source or "")
            yield _short(*unit.targets)


def _short(*texts: str) -> bytes:
    told = "\0".join(f"{len(text)} {text}" for text in texts)
    return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def _together(
    content: Content, found: Mapping[str, Found], words: Callable[[str], Words], source: Locale, locale: Locale
) -> Iterator[Finding]:
    """What is wrong with the words of an edition only when they are seen together.

    The words are asked for only of documents that have a text which somewhere is translated in another way.
    """
    names = (UI_DOMAIN, *(document.id for document in content.documents))
    first: dict[int, int] = {}
    differing = {
        english
        for name in names
        for english, translated in _PAIRS.iter_unpack(found[name].compared)
        if first.setdefault(english, translated) != translated
    }
    if not differing:
        return
    concerned = [
        name for name in names if any(english in differing for english, _ in _PAIRS.iter_unpack(found[name].compared))
    ]
    wordings = (wording for name in concerned for wording in words(name).wordings if not wording.from_source)
    for finding in checks.check_together(checks.subject_of(wording, source) for wording in wordings):
        yield replace(finding, locale=locale.gettext)
