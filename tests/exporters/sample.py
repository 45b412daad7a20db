"""sample: one small document in two scripts, with everything that a document can hold.

`python -m tests.exporters.sample` writes the golden files anew; read the diff before you keep it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from msgspec import structs

from pipeline.exporters.addresses import RELATIVE, Addresses
from pipeline.exporters.html_bundle import page_and_fragment, ui_messages
from pipeline.exporters.json_bundle import json_bundle
from pipeline.exporters.json_ld import json_ld
from pipeline.exporters.labels import Labels
from pipeline.exporters.skeleton import Skeletons
from pipeline.localize import localize
from pipeline.model import bundle
from pipeline.model.catalog import Catalog, Unit
from pipeline.model.document import Document
from pipeline.model.edition import ChainLink, Edition, word
from pipeline.model.locale import Locale
from pipeline.model.localized import LocalizedDocument
from pipeline.model.message import Message
from pipeline.model.pattern import Atom, Pattern, Text, atoms
from pipeline.po import read_po
from pipeline.sources.bibliography import read_bibliography
from pipeline.sources.disclaimers import read_disclaimers
from pipeline.sources.markdown import read_document
from tests.repository import ROOT, catalog

GOLDEN = Path(__file__).with_name("golden")
LOCALES = ("en_US", "ar_SA")
ENGLISH = Locale("en", "", "US")
NAME = "messages/cold-chain.md"

# What a translator, an author or a lawyer might write to break out of the page; all of it is text.
HOSTILE = "</p><script>alert('1')</script> \"q\" & &lt; {{ 7*7 }} {% raw %} {cite1} \u2028 <!-- ]]>"

_DIGEST = bundle.FileDigest(file="messages/cold-chain.md", sha256="0" * 64)
PROVENANCE = bundle.Provenance(
    source=_DIGEST,
    references=_DIGEST,
    disclaimers=_DIGEST,
    wordings="1" * 64,
    layout="2" * 64,
    approval=bundle.Approval(
        state="stale",
        signatures=[
            bundle.ApprovalSignature(
                role="Medical reviewer",
                by="Ada Lovelace",
                meaning="Medically correct",
                code="MED-1",
                when=datetime(2026, 11, 22, 12, tzinfo=UTC),
                digest="3" * 64,
                record="4" * 64,
                changed=["translation"],
            )
        ],
    ),
)


MODIFIED = datetime(2026, 11, 22, 12, tzinfo=UTC)


def document(text: str | None = None) -> Document:
    """The sample document, or another text with the same bibliography."""
    data = (GOLDEN / "cold-chain.md").read_bytes() if text is None else text.encode()
    references = read_bibliography((GOLDEN / "references.toml").read_bytes(), "messages/references.toml")
    return read_document(data, NAME, references)


def labels(locale: Locale) -> Labels:
    """The page's own words of the reference content in a locale."""
    return Labels(
        word(ui_messages(), _chain(locale, "ui"), locale=locale, source=ENGLISH, reads_source=_english(locale))
    )


def labels_from(units: Iterable[Unit], messages: Iterable[Message], locale: Locale) -> Labels:
    """Words of a catalog with these units."""
    language = Locale(locale.language)
    found = Catalog(name="locales/xx/LC_MESSAGES/ui.po", header=Unit(source=""), units=tuple(units))
    link = ChainLink(locale=language, name=found.name, catalog=found)
    return Labels(word(messages, (link,), locale=locale, source=ENGLISH, reads_source=False))


def localized(locale: Locale, text: str | None = None) -> LocalizedDocument:
    """The document in a locale; a text of its own is read in English only."""
    read = document(text)
    disclaimers = GOLDEN / f"disclaimers.{locale.gettext}.toml"
    edition = Edition(
        locale=locale,
        source=ENGLISH,
        reads_source=_english(locale),
        catalogs=_chain(locale, "cold-chain"),
        disclaimers=read_disclaimers(disclaimers.read_bytes(), f"locales/{locale.gettext}/disclaimers.toml"),
        disclaimers_file=f"locales/{locale.gettext}/disclaimers.toml",
        required=(),
    )
    shown = read.market_messages(locale.market)
    words = word(shown, edition.catalogs, locale=locale, source=ENGLISH, reads_source=edition.reads_source)
    return localize(read, edition, words)


def english(text: str) -> LocalizedDocument:
    """A document of these entries alone, in English."""
    front = "title: T\naudience: healthcare-professionals\nstatus: sample\nupdated: 2026-11-22"
    return localized(ENGLISH, f"---\n{front}\n---\n\n{text}")


def saying(found: LocalizedDocument, texts: Mapping[str, Pattern]) -> LocalizedDocument:
    """The document with other words for some messages."""
    changed = {name: structs.replace(found.texts[name], pattern=pattern) for name, pattern in texts.items()}
    return replace(found, texts={**found.texts, **changed})


def hostile(locale: Locale = ENGLISH) -> LocalizedDocument:
    """The document with HOSTILE in every text and every reference; the atoms of each message stay."""
    found = localized(locale)
    texts: dict[str, Pattern] = {
        name: (Text(HOSTILE), *(Atom(atom) for atom in atoms(text.pattern))) for name, text in found.texts.items()
    }
    references = tuple(replace(reference, text=HOSTILE) for reference in found.document.references)
    changed = saying(found, texts)
    return replace(changed, document=replace(changed.document, references=references))


def hostile_labels(locale: Locale = ENGLISH) -> Labels:
    """Page words that say HOSTILE, in front of whatever atoms they have."""
    found = labels(locale)
    wordings = tuple(
        structs.replace(wording, patterns=tuple((Text(HOSTILE), *pattern) for pattern in wording.patterns))
        for wording in found.words.wordings
    )
    return Labels(replace(found.words, wordings=wordings))


def html_bundle(
    found: LocalizedDocument, words: Labels, others: Iterable[Locale], addresses: Addresses = RELATIVE
) -> bytes:
    """The page alone."""
    return page_and_fragment(found, words, others, addresses)[0]


def html_fragment(found: LocalizedDocument, words: Labels) -> bytes:
    """The fragment alone."""
    return page_and_fragment(found, words, ())[1]


@cache
def golden_files() -> Mapping[str, bytes]:
    """What the golden files should hold, by name."""
    return exported(None)


def exported(skeletons: Skeletons | None) -> Mapping[str, bytes]:
    """The files of the document in all locales by name, filled into the skeletons or each into one of its own."""
    files: dict[str, bytes] = {}
    for tag in LOCALES:
        locale = Locale.parse(tag)
        found, words = localized(locale), labels(locale)
        others = tuple(Locale.parse(other) for other in LOCALES if other != tag)
        stem = f"cold-chain.{locale.bcp47}"
        page, fragment = page_and_fragment(found, words, others, skeletons=skeletons)
        files[f"{stem}.html"], files[f"{stem}.fragment.html"] = page, fragment
        files[f"{stem}.json"] = json_bundle(found, words, others, PROVENANCE, MODIFIED, skeletons=skeletons)
        files[f"{stem}.jsonld"] = json_ld(found, words, MODIFIED, skeletons=skeletons)
    return files


def _english(locale: Locale) -> bool:
    return locale.language == ENGLISH.language


def _chain(locale: Locale, domain: str) -> tuple[ChainLink, ...]:
    if _english(locale):
        return ()
    language = Locale(locale.language)
    name = catalog(language.gettext, domain)
    path = ROOT / name if domain == "ui" else GOLDEN / f"{domain}.{language.gettext}.po"
    return (ChainLink(locale=language, name=name, catalog=read_po(path.read_bytes(), name)),)


if __name__ == "__main__":
    for name, data in golden_files().items():
        (GOLDEN / name).write_bytes(data)
