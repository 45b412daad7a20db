"""handoff: the kit that a translation vendor gets: what is there, checked to be up to date, in every format."""

import stat
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from pipeline import checks
from pipeline import extract as extraction
from pipeline import update as updating
from pipeline.errors import PipelineError
from pipeline.exchange import kit
from pipeline.exchange.glossary_csv import write_glossary_csv
from pipeline.exchange.guide import GuideFacts, guide
from pipeline.exchange.manifest import HandedDomain, Manifest, handed_unit
from pipeline.exchange.outgoing import needs_work, outgoing_message, outgoing_unit, targets_of
from pipeline.exchange.preview import PreviewText, preview, text_kinds
from pipeline.exchange.tbx import write_tbx
from pipeline.exchange.tmx import write_tmx
from pipeline.exchange.tool_settings import tool_settings
from pipeline.exchange.word_counts import CountSheet, count_words, write_counts_csv, write_counts_json
from pipeline.exchange.xliff12 import write_xliff12
from pipeline.exchange.xliff21 import write_xliff21
from pipeline.exchange.xml import excess
from pipeline.flow import Content, read_catalog
from pipeline.model.catalog import Catalog, Unit
from pipeline.model.document import Document
from pipeline.model.edition import ChainLink, word
from pipeline.model.exchange import OutgoingFile, OutgoingUnit
from pipeline.model.finding import Finding, Refused
from pipeline.model.glossary import Glossary
from pipeline.model.locale import Locale
from pipeline.model.message import Message
from pipeline.model.pattern import plain
from pipeline.model.plurals import nplurals
from pipeline.model.settings import Settings
from pipeline.model.source_change import AcceptedChanges
from pipeline.model.track import Track, silently
from pipeline.po import write_po
from pipeline.staging import write_file
from pipeline.workspace import UI_DOMAIN, Workspace

_UI_TITLE = "Words of the page itself"


@dataclass(frozen=True, kw_only=True)
class HandoffDomain:
    """A domain with its catalog. `chain` is where its texts are looked for, the catalog first; `handed` are the
    units that go into the kit."""

    domain: str
    original: str
    document: Document | None
    messages: tuple[Message, ...]
    catalog: Catalog
    chain: tuple[ChainLink, ...]
    handed: tuple[Unit, ...]

    @property
    def title(self) -> str:
        return plain(self.document.title.pattern) if self.document is not None else _UI_TITLE


@dataclass(frozen=True, kw_only=True)
class Handoff:
    """Everything that a kit is made of; `files` has every unit of every catalog as it goes out."""

    settings: Settings
    glossary: Glossary
    locale: Locale
    pending: bool
    reads_source: bool
    domains: tuple[HandoffDomain, ...]
    files: tuple[OutgoingFile, ...]
    counts: CountSheet

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to hand off."""
        return not any(domain.handed for domain in self.domains)


def handoff_locale(settings: Settings, name: str) -> Locale:
    """The locale whose catalogs are meant: one that has catalogs, or an edition that reads those of exactly one.

    Raises PipelineError with the choices for any other name.
    """
    locale = Locale.parse(name)
    choices = settings.catalog_locales()
    if locale in choices:
        return locale
    hint = f"the catalogs are {', '.join(choice.gettext for choice in choices)}"
    edition = next((edition for edition in settings.editions if edition.locale == locale), None)
    if edition is None:
        raise PipelineError(f"{locale.gettext} is no locale of this project", hint=hint)
    if len(edition.reads) != 1:
        read = " and ".join(read.gettext for read in edition.reads)
        message = f"reads the catalogs of {read}" if read else "reads no catalogs"
        raise PipelineError(f"{locale.gettext} {message}", hint=hint)
    return edition.reads[0]


def prepare(
    workspace: Workspace, content: Content, locale: Locale, *, pending: bool = False, track: Track = silently
) -> Handoff:
    """Read and check all that goes into the kit; nothing is written.

    Raises Refused where a catalog cannot be read, PipelineError where one is missing or not up to date with the
    English, or where rapidfuzz is missing.
    """
    settings = workspace.settings
    reads, reads_source = _chain_of(settings, locale)
    domains = tuple(_domains(workspace, content, reads, pending))
    _ensure_current(settings, content, locale, domains)
    files = tuple(_outgoing_file(settings, content, locale, domain) for domain in track(domains, "Reading catalogs"))
    return Handoff(
        settings=settings,
        glossary=content.glossary,
        locale=locale,
        pending=pending,
        reads_source=reads_source,
        domains=domains,
        files=files,
        counts=count_words(files),
    )


def write_handoff(handoff: Handoff, path: Path, track: Track = silently) -> Manifest:
    """Write the kit. What stands at the path is replaced only if it is an earlier kit that nobody has worked in.

    Raises PipelineError where it may not or cannot be written, Refused for a text that a format cannot hold;
    then nothing is changed.
    """
    _ensure_replaceable(handoff, path)
    handed = [domain for domain in handoff.domains if domain.handed]
    records = tuple(
        HandedDomain(domain=domain.domain, units=tuple(map(handed_unit, domain.handed))) for domain in handed
    )

    def write(file: BinaryIO) -> Manifest:
        return kit.write_kit(
            file,
            _members(handoff, tuple(handed), track),
            project=handoff.settings.name,
            locale=handoff.locale.gettext,
            domains=records,
        )

    return write_file(path, write)


# ---- what goes into the kit


def _members(handoff: Handoff, handed: tuple[HandoffDomain, ...], track: Track) -> Iterator[tuple[str, bytes]]:
    """Every file of the kit but the manifest, each made when it is asked for."""
    settings, locale = handoff.settings, handoff.locale
    source = settings.source
    everything = {file.domain: file for file in handoff.files}
    outgoing = {domain.domain: _handed_part(everything[domain.domain], domain) for domain in handed}
    names = tuple(name.text for name in handoff.glossary.names)
    yield (
        kit.README,
        guide(
            GuideFacts(
                project=settings.name,
                contact=settings.contact,
                source=source,
                target=locale,
                pending=handoff.pending,
                files=tuple(outgoing.values()),
                counts=handoff.counts,
                names=names,
                plural_count=nplurals(locale.gettext),
            )
        ),
    )
    yield kit.COUNTS_JSON, write_counts_json(handoff.counts, source.bcp47, locale.bcp47)
    yield kit.COUNTS_CSV, write_counts_csv(handoff.counts)
    for name, data in tool_settings(source, locale, names).items():
        yield f"{kit.CHECKERS}/{name}", data
    yield kit.GLOSSARY_CSV, write_glossary_csv(handoff.glossary, source, locale)
    yield kit.GLOSSARY_TBX, write_tbx(handoff.glossary, source, locale)
    yield kit.memory_path(locale.gettext), write_tmx(handoff.files)
    for domain in track(handed, "Writing the kit"):
        file = outgoing[domain.domain]
        yield kit.po_path(domain.domain), _po(domain, pending=handoff.pending)
        for path, data in (
            (kit.xliff12_path(domain.domain), write_xliff12(file)),
            (kit.xliff21_path(domain.domain), write_xliff21(file)),
        ):
            yield path, _returnable(path, data)
        yield kit.preview_path(domain.domain), _preview(handoff, domain, everything[domain.domain])


def _returnable(path: str, data: bytes) -> bytes:
    """The file, if hand-back will read it when it is translated. Raises PipelineError."""
    too_much = excess(data)
    if too_much:
        hint = "split the document, or hand off with --pending what needs work"
        raise PipelineError(f"would have {too_much}", where=path, hint=hint)
    return data


def _handed_part(file: OutgoingFile, domain: HandoffDomain) -> OutgoingFile:
    handed = {unit.id for unit in domain.handed}
    return replace(file, units=tuple(unit for unit in file.units if unit.id in handed))


def _po(domain: HandoffDomain, *, pending: bool) -> bytes:
    """The catalog byte for byte, or its header with what needs work."""
    return write_po(replace(domain.catalog, units=domain.handed, tail="") if pending else domain.catalog)


def _preview(handoff: Handoff, domain: HandoffDomain, file: OutgoingFile) -> bytes:
    own = {unit.id: unit for unit in file.units}
    texts = tuple(_preview_text(handoff, domain, message, own.get(message.id)) for message in domain.messages)
    kinds = text_kinds(domain.document) if domain.document is not None else {}
    return preview(domain.title, texts, kinds, handoff.settings.source, handoff.locale)


def _preview_text(handoff: Handoff, domain: HandoffDomain, message: Message, unit: OutgoingUnit | None) -> PreviewText:
    if unit is not None:
        catalog_unit = domain.catalog.by_id[message.id]
        _, problems = targets_of(message, catalog_unit)
        unusable = tuple(target for target in catalog_unit.targets if target) if problems else ()
        return PreviewText(unit=unit, locale=handoff.locale, unusable=unusable, problems=problems)
    # An overlay says only what it says otherwise: the rest of the page comes from further down its chain.
    source = handoff.settings.source
    words = word((message,), domain.chain, locale=handoff.locale, source=source, reads_source=handoff.reads_source)
    wording = words.wordings[0]
    shown = outgoing_message(domain.document, message)
    return PreviewText(unit=replace(shown, targets=wording.patterns), locale=wording.locale)


# ---- catalogs


def _chain_of(settings: Settings, locale: Locale) -> tuple[tuple[Locale, ...], bool]:
    """The locale and what the first edition that reads it falls back to after it."""
    edition = settings.editions_reading(locale)[0]
    return edition.reads[edition.reads.index(locale) :], edition.reads_source


def _domains(
    workspace: Workspace, content: Content, reads: tuple[Locale, ...], pending: bool
) -> Iterator[HandoffDomain]:
    """Every domain that the locale has a catalog of. Raises Refused with all that is wrong with any."""
    locale = reads[0]
    findings: list[Finding] = []
    missing: list[str] = []
    found: list[HandoffDomain] = []
    for domain, document, messages in _sources_of(content):
        chain = tuple(_link(workspace, step, domain, findings) for step in reads)
        catalog = chain[0].catalog
        if catalog is None:
            if not workspace.settings.is_overlay(locale) and not findings:
                missing.append(chain[0].name)
            continue
        findings.extend(checks.check_catalog(catalog, locale))
        original = document.location.file if document is not None else workspace.pot(domain)
        known = {message.id: message for message in messages}
        handed = tuple(unit for unit in catalog.live if not pending or needs_work(known.get(unit.id), unit))
        found.append(
            HandoffDomain(
                domain=domain,
                original=original,
                document=document,
                messages=messages,
                catalog=catalog,
                chain=chain,
                handed=handed,
            )
        )
    if findings:
        raise Refused(findings)
    if missing:
        raise PipelineError("does not exist", where=", ".join(missing), hint="run `pipeline update` first")
    yield from found


def _sources_of(content: Content) -> Iterator[tuple[str, Document | None, tuple[Message, ...]]]:
    for document in content.documents:
        yield document.id, document, tuple(document.messages())
    yield UI_DOMAIN, None, content.ui


def _link(workspace: Workspace, locale: Locale, domain: str, findings: list[Finding]) -> ChainLink:
    name = workspace.catalog(locale, domain)
    catalog, problems = read_catalog(workspace, name)
    findings.extend(problems)
    return ChainLink(locale=locale, name=name, catalog=catalog)


def _outgoing_file(settings: Settings, content: Content, locale: Locale, domain: HandoffDomain) -> OutgoingFile:
    messages = {message.id: message for message in domain.messages}
    return OutgoingFile(
        domain=domain.domain,
        original=domain.original,
        source=settings.source,
        target=locale,
        units=tuple(outgoing_unit(domain.document, messages[unit.id], unit) for unit in domain.catalog.live),
        # A name that the language inflects must not be locked.
        names=tuple(name.text for name in content.glossary.names if locale.language not in name.inflections),
    )


def _ensure_current(settings: Settings, content: Content, locale: Locale, domains: tuple[HandoffDomain, ...]) -> None:
    """Raise PipelineError unless an update would change nothing."""
    known = updating.memory(domain.catalog for domain in domains)
    outdated: list[str] = []
    for domain in domains:
        units = extraction.extract(domain.document) if domain.document else extraction.extract_ui(content.ui)
        updated = updating.update(
            domain.catalog,
            Catalog(name=domain.original, header=Unit(source=""), units=units),
            known,
            plural_count=nplurals(locale.gettext),
            overlay=settings.is_overlay(locale),
            accepted=AcceptedChanges.of(content.accepted, domain.domain),
        )
        if updated.catalog.units != domain.catalog.units:
            outdated.append(domain.catalog.name)
    if outdated:
        are = "is" if len(outdated) == 1 else "are"
        raise PipelineError(
            f"{are} not up to date with the English", where=", ".join(outdated), hint="run `pipeline update` first"
        )


# ---- the file


def _ensure_replaceable(handoff: Handoff, path: Path) -> None:
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    except OSError as error:
        raise PipelineError(f"cannot be written: {error.strerror}", where=str(path)) from error
    hint = "name another file with -o, or move this one away"
    if not stat.S_ISREG(mode):
        raise PipelineError("is there already and is not a regular file", where=str(path), hint=hint)
    try:
        with path.open("rb") as file:
            manifest = kit.kit_manifest(file)
            if manifest is None:
                raise PipelineError("is there already and is not a kit", where=str(path), hint=hint)
            if (manifest.project, manifest.locale) != (handoff.settings.name, handoff.locale.gettext):
                message = f"is a kit of {manifest.project} for {manifest.locale}"
                raise PipelineError(message, where=str(path), hint=hint)
            touched = tuple(kit.touched_files(file, manifest))
    except OSError as error:
        raise PipelineError(f"cannot be read: {error.strerror}", where=str(path), hint=hint) from error
    if touched:
        shown = ", ".join(touched[:3]) + (" ..." if len(touched) > 3 else "")
        raise PipelineError(
            f"is a kit that somebody has worked in: {shown}",
            where=str(path),
            hint=f"`pipeline handback` takes what is in it; {hint}",
        )
