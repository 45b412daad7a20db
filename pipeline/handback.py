"""handback: what a vendor sends back, judged whole and then taken whole or refused whole."""

import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from pipeline import checks
from pipeline.errors import PipelineError
from pipeline.exchange.archive import MANIFEST, MAX_MEMBERS, MAX_TOTAL_BYTES, Member, is_readable, read_archive
from pipeline.exchange.manifest import HandedUnit, KitFile, Manifest, read_manifest
from pipeline.exchange.merge import Change, Left, merge
from pipeline.exchange.returned_po import returned_po
from pipeline.flow import Content, read_catalog
from pipeline.model.catalog import Catalog
from pipeline.model.edition import ChainLink, word
from pipeline.model.exchange import ReturnedFile, ReturnedUnit
from pipeline.model.finding import Finding, Location, Refused
from pipeline.model.locale import Locale
from pipeline.model.message import Message
from pipeline.model.source_change import AcceptedChanges
from pipeline.po import read_po, write_po
from pipeline.workspace import UI_DOMAIN, Workspace

QUARANTINE = ".pipeline/quarantine"

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, kw_only=True)
class CatalogReturn:
    """What a return does to one catalog."""

    name: str
    locale: Locale
    catalog: Catalog
    changes: tuple[Change, ...]
    left: tuple[Left, ...]


@dataclass(frozen=True, kw_only=True)
class Return:
    """A return that may be taken: the files that were read, and those of the kit that came back as they went out."""

    files: tuple[str, ...]
    untouched: tuple[str, ...]
    catalogs: tuple[CatalogReturn, ...]


def read_return(workspace: Workspace, content: Content, path: Path) -> Return:
    """Read and judge all that came back; nothing is written.

    Raises Refused with everything that is wrong, PipelineError where there is nothing at the path.
    """
    members = _members(path)
    manifest = next((read_manifest(m.data, m.name) for m in members if _base(m.name) == MANIFEST), None)
    texts = [member for member in members if _base(member.name) != MANIFEST]
    untouched = tuple(member.name for member in texts if manifest is not None and _is_untouched(member, manifest))
    # A tool leaves memories of its own in its project folder; what counts is the files of the kit.
    foreign = {m.name for m in texts if manifest is not None and _is_memory(m.name) and not _kit_file(m.name, manifest)}
    changed = [member for member in texts if member.name not in untouched and member.name not in foreign]
    if not texts:
        hint = "send the translated files; an archive inside an archive is not opened"
        raise Refused([_finding(path.name, "holds no .po, .xlf or .tmx file", hint)])
    findings: list[Finding] = []
    files: list[ReturnedFile] = []
    for member in changed:
        try:
            files.append(_read_file(member))
        except Refused as refused:
            findings.extend(refused.findings)
    jobs = list(_jobs(workspace, content, files, manifest, findings))
    findings.extend(_disagreements(jobs))
    catalogs = [_take(content, job, manifest, findings) for job in jobs] if not findings else []
    if findings:
        raise Refused(findings)
    return Return(files=tuple(member.name for member in changed), untouched=untouched, catalogs=tuple(catalogs))


def write_return(workspace: Workspace, returned: Return) -> tuple[str, ...]:
    """Write every catalog that the return changes, all or none; return their names."""
    files = {result.name: write_po(result.catalog) for result in returned.catalogs if result.changes}
    return workspace.write(files)


def quarantine(workspace: Workspace, path: Path, now: datetime) -> str:
    """Keep a copy of what was refused; return its name. A folder stays where it is and is not copied."""
    if not path.is_file() or path.stat().st_size > MAX_TOTAL_BYTES:
        return ""
    data = path.read_bytes()
    safe = _UNSAFE.sub("-", path.name)[-80:]
    name = f"{QUARANTINE}/{now:%Y%m%dT%H%M%SZ}-{sha256(data).hexdigest()[:12]}-{safe}"
    workspace.write({name: data})
    return name


# ---- reading


def _members(path: Path) -> tuple[Member, ...]:
    """The readable files of a zip, a folder or a single file."""
    try:
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode):
            raise Refused([_finding(str(path), "is a symbolic link", "name the file itself")])
        if stat.S_ISDIR(mode):
            return tuple(_folder(path))
        if not stat.S_ISREG(mode):
            raise Refused([_finding(str(path), "is not a regular file", "name a file, a folder or a zip")])
        with path.open("rb") as file:
            if path.suffix.lower() == ".zip":
                return read_archive(file, path.name)
            if not is_readable(path.name):
                raise Refused(
                    [_finding(path.name, "is not a .zip, .po, .xlf, .xliff or .tmx file", "export one of these")]
                )
            return (Member(path.name, _bounded(file.read(MAX_TOTAL_BYTES + 1), path.name)),)
    except FileNotFoundError:
        raise PipelineError("there is no such file or folder", where=str(path)) from None
    except OSError as error:
        raise PipelineError(f"cannot be read: {error.strerror}", where=str(path)) from error


def _folder(path: Path) -> Iterator[Member]:
    found = sorted(candidate for candidate in path.rglob("*") if is_readable(candidate.name))
    if len(found) > MAX_MEMBERS:
        raise Refused([_finding(str(path), f"holds more than {MAX_MEMBERS:,} files", "send one hand-off at a time")])
    total = 0
    for candidate in found:
        if candidate.is_symlink() or not candidate.resolve().is_relative_to(path.resolve()):
            raise Refused([_finding(str(candidate), "is a symbolic link", "put the file itself there")])
        if candidate.is_file():
            total += candidate.stat().st_size
            if total > MAX_TOTAL_BYTES:
                raise Refused([_finding(str(path), f"holds more than {MAX_TOTAL_BYTES:,} bytes", "send fewer files")])
            yield Member(candidate.relative_to(path).as_posix(), candidate.read_bytes())


def _bounded(data: bytes, name: str) -> bytes:
    if len(data) > MAX_TOTAL_BYTES:
        raise Refused([_finding(name, f"has more than {MAX_TOTAL_BYTES:,} bytes", "send fewer texts at a time")])
    return data


def _read_file(member: Member) -> ReturnedFile:
    suffix = member.name.lower().rpartition(".")[2]
    if suffix == "po":
        catalog = read_po(member.data, member.name)
        returned = returned_po(catalog)
        findings = tuple(checks.check_catalog(catalog, returned.target)) if returned.target else ()
        if findings:
            raise Refused(findings)
        return returned
    from pipeline.exchange.tmx import read_tmx
    from pipeline.exchange.xliff import read_xliff

    if suffix == "tmx":
        return read_tmx(member.data, member.name)
    return read_xliff(member.data, member.name)


def _is_untouched(member: Member, manifest: Manifest) -> bool:
    digest = sha256(member.data).hexdigest()
    return any(file.sha256 == digest for file in _kit_file(member.name, manifest))


def _is_memory(name: str) -> bool:
    return name.lower().endswith(".tmx")


def _kit_file(name: str, manifest: Manifest) -> list[KitFile]:
    """The file of the kit that the member is; a vendor may have put the kit into a folder."""
    return [file for file in manifest.files if name == file.path or name.endswith(f"/{file.path}")]


# ---- judging


@dataclass(frozen=True, kw_only=True)
class _Job:
    """A returned file with the catalog that it belongs to."""

    returned: ReturnedFile
    domain: str
    locale: Locale
    name: str
    catalog: Catalog


def _jobs(
    workspace: Workspace,
    content: Content,
    files: Iterable[ReturnedFile],
    manifest: Manifest | None,
    findings: list[Finding],
) -> Iterator[_Job]:
    """Find the catalog of each file; a file that belongs to none is a finding."""
    domains = {document.id for document in content.documents} | {UI_DOMAIN}
    locales = workspace.settings.catalog_locales()
    for file in files:
        for domain, part in _by_domain(file):
            locale = _locale(file, manifest)
            if locale not in locales:
                stated = file.target.bcp47 if file.target else "no language"
                known = ", ".join(known.gettext for known in locales)
                findings.append(_finding(file.name, f"is for {stated}", f"this project has catalogs of {known}"))
                continue
            if manifest is not None and manifest.locale != locale.gettext:
                message = f"is for {locale.gettext}, the kit was made for {manifest.locale}"
                findings.append(_finding(file.name, message, "send back what was handed off"))
                continue
            if domain not in domains:
                hint = f"the documents are {', '.join(sorted(domains))}; keep the names of the files of the kit"
                findings.append(_finding(file.name, f"belongs to no document: {domain or 'no name'}", hint))
                continue
            name = workspace.catalog(locale, domain)
            catalog, problems = read_catalog(workspace, name)
            findings.extend(problems)
            if catalog is not None:
                yield _Job(returned=part, domain=domain, locale=locale, name=name, catalog=catalog)
            elif not problems:
                findings.append(_finding(name, "does not exist", "run `pipeline update` first"))


def _locale(file: ReturnedFile, manifest: Manifest | None) -> Locale | None:
    """The language that the file states. Tools add or drop a territory, which a kit's manifest can settle."""
    if manifest is not None and file.target is not None:
        handed = Locale.parse(manifest.locale)
        if replace(file.target, territory="") == replace(handed, territory="") and not (
            file.target.territory and handed.territory
        ):
            return handed
    return file.target


def _by_domain(file: ReturnedFile) -> Iterator[tuple[str, ReturnedFile]]:
    """A translation memory holds several domains, each id under `domain:`; other files hold one."""
    if file.domain:
        yield file.domain, file
        return
    domains: dict[str, list[ReturnedUnit]] = {}
    for unit in file.units:
        domain, _, identifier = unit.id.partition(":")
        domains.setdefault(domain, []).append(replace(unit, id=identifier))
    for domain, units in domains.items():
        yield domain, replace(file, domain=domain, units=tuple(units))


def _disagreements(jobs: Iterable[_Job]) -> Iterator[Finding]:
    """Two files of one return that say different things of one text: nobody can tell which one is meant."""
    said: dict[tuple[str, str], tuple[tuple[str, ...], ReturnedFile]] = {}
    for job in jobs:
        for unit in job.returned.units:
            key = (job.name, unit.id)
            before = said.setdefault(key, (unit.targets, job.returned))
            if before[0] != unit.targets and before[1] is not job.returned:
                yield Finding(
                    rule="handback",
                    message=f"differs from the same text in {before[1].name}",
                    location=unit.location,
                    entry=unit.id,
                    hint="send back one kind of file, the one that you worked in",
                )


def _take(content: Content, job: _Job, manifest: Manifest | None, findings: list[Finding]) -> CatalogReturn:
    messages = _messages(content, job.domain)
    if not _is_current(job.catalog, messages):
        findings.append(_finding(job.name, "is not up to date with the English", "run `pipeline update` first"))
    handed: Mapping[str, HandedUnit] = {
        unit.id: unit
        for domain in (manifest.domains if manifest else ())
        if domain.domain == job.domain
        for unit in domain.units
    }
    merged = merge(job.catalog, job.returned, handed, AcceptedChanges.of(content.accepted, job.domain))
    findings.extend(merged.findings)
    findings.extend(_text_findings(job, messages, merged.changes))
    return CatalogReturn(
        name=job.name, locale=job.locale, catalog=merged.catalog, changes=merged.changes, left=merged.left
    )


def _is_current(catalog: Catalog, messages: Mapping[str, Message]) -> bool:
    return all(
        unit.id in messages
        and (unit.source, unit.plural) == (messages[unit.id].source, messages[unit.id].plural_source)
        for unit in catalog.live
    )


def _text_findings(job: _Job, messages: Mapping[str, Message], changes: Iterable[Change]) -> Iterator[Finding]:
    """Placeholders and tags of what would be taken, at its place in the file that came back."""
    for change in changes:
        message = messages.get(change.after.id)
        if message is None or not any(change.after.targets):
            continue
        unit = change.after.changed(line=change.returned.location.line)
        alone = Catalog(name=job.returned.name, header=job.catalog.header, units=(unit,))
        link = ChainLink(locale=job.locale, name=change.returned.location.file, catalog=alone)
        words = word((message,), (link,), locale=job.locale, source=job.locale, reads_source=False)
        for finding in checks.check_safety(words):
            yield replace(finding, locale="")


def _messages(content: Content, domain: str) -> Mapping[str, Message]:
    if domain == UI_DOMAIN:
        return {message.id: message for message in content.ui}
    return {
        message.id: message
        for document in content.documents
        if document.id == domain
        for message in document.messages()
    }


def _base(name: str) -> str:
    return name.rpartition("/")[2]


def _finding(where: str, message: str, hint: str) -> Finding:
    return Finding(rule="handback", message=message, location=Location(file=where), hint=hint)
