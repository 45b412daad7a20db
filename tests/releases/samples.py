"""samples: a small export, keys, and releases made of them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from pipeline.exporters.index import entry, exported_file, index_parts
from pipeline.model.bundle import BundleRecord, Completeness
from pipeline.publish import Content, Published, Seal, publish
from pipeline.releases.signature import PublicKey, SigningKey, read_public_key, read_signing_key
from pipeline.releases.verify import Trust, Verdict, verify_target
from pipeline.targets import Target
from pipeline.targets.directory import Directory

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PROJECT = "Sample FAQ"
DOCUMENTS = ("cold", "flu")
LOCALES = ("de-AT", "en-US")


@cache
def pem(name: str = "publisher") -> bytes:
    """The private key of somebody, the same in every run."""
    key = Ed25519PrivateKey.from_private_bytes(name.encode().ljust(32, b".")[:32])
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@cache
def public_pem(name: str = "publisher") -> bytes:
    key = Ed25519PrivateKey.from_private_bytes(name.encode().ljust(32, b".")[:32])
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def signing_key(name: str = "publisher") -> SigningKey:
    return read_signing_key(pem(name), name)


def public_key(name: str = "publisher") -> PublicKey:
    return read_public_key(public_pem(name), name)


def seal(*names: str, now: datetime = NOW, days: int = 90, keep: int = 5, trust_current: bool = False) -> Seal:
    """Signed by these people, or by the publisher."""
    return Seal(
        keys=tuple(signing_key(name) for name in names or ("publisher",)),
        now=now,
        lifetime=timedelta(days=days),
        keep=keep,
        trust_current=trust_current,
    )


UNSIGNED = replace(seal(), keys=())
TRUST = Trust(keys=(public_key(),), now=NOW)


def record(document: str, locale: str, files: Mapping[str, bytes], *, pseudo: bool = False) -> BundleRecord:
    return BundleRecord(
        document=document,
        locale=locale,
        dir="ltr",
        market=locale[-2:],
        pseudo=pseudo,
        status="sample",
        title=f"{document} in {locale}",
        updated=date(2026, 11, 22),
        current=True,
        completeness=Completeness(messages=2, translated=2, source=0),
        files=[exported_file(path, data) for path, data in sorted(files.items())],
        alternates=[other for other in LOCALES if other != locale],
    )


def export(
    text: str = "first",
    locales: tuple[str, ...] = LOCALES,
    documents: tuple[str, ...] = DOCUMENTS,
    *,
    pseudo: bool = False,
) -> dict[str, bytes]:
    """The files of a small export; `text` stands in every page."""
    files: dict[str, bytes] = {}
    records = []
    for document in documents:
        for locale in locales:
            page = f"<p>{document} {locale} {text}</p>\n".encode()
            bundle = {
                f"{locale}/{document}.fragment.html": page,
                f"{locale}/{document}.html": page * 40,
                f"{locale}/{document}.json": b'{"html": "%s"}\n' % page.strip(),
                f"{locale}/{document}.jsonld": b'{"@type": "FAQPage", "name": "%s %s"}\n'
                % (document.encode(), locale.encode()),
            }
            files.update(bundle)
            records.append(record(document, locale, bundle, pseudo=pseudo))
    assets = {"assets/faq.css": b"p { margin: 0 }\n"}
    return {**files, **assets, "index.json": b"".join(index_parts(map(entry, records), assets))}


def content(text: str = "first", locales: tuple[str, ...] = LOCALES, project: str = PROJECT) -> Content:
    return Content(project=project, files=export(text, locales), sources=())


def published(folder: Path, *texts: str) -> tuple[Directory, Published]:
    """A folder with a release for each text, the last one current."""
    target = Directory(folder)
    for text in texts or ("first",):
        last = publish(target, content(text), seal())
    return target, last


def judged(target: Target, trust: Trust = TRUST) -> Verdict:
    return verify_target(target, trust)


def said(verdict: Verdict) -> list[str]:
    return [str(problem) for problem in verdict.problems]
