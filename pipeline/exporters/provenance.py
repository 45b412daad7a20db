"""provenance: what a bundle was made from, as digests that anybody can compute again, and who approved it."""

from collections.abc import Mapping
from hashlib import sha256

import msgspec

from pipeline.exporters.html_bundle import layout_digest
from pipeline.exporters.labels import Labels
from pipeline.model import bundle
from pipeline.model.edition import Words
from pipeline.model.localized import LocalizedDocument
from pipeline.model.pattern import serialize


def provenance(
    localized: LocalizedDocument,
    labels: Labels,
    digests: Mapping[str, str],
    approval: bundle.Approval,
    *,
    references: str,
    disclaimers: str,
) -> bundle.Provenance:
    """`digests` maps the names of source files to the SHA-256 of their bytes."""
    source = localized.document.location.file
    words = [
        [text.message.id, text.message.source, serialize(text.pattern)]
        for text in localized.texts.values()
        if text.file != disclaimers
    ]
    words.extend(labels.once("wordings", lambda: _wordings(labels.words)))
    return bundle.Provenance(
        source=bundle.FileDigest(file=source, sha256=digests[source]),
        references=bundle.FileDigest(file=references, sha256=digests[references]),
        disclaimers=bundle.FileDigest(file=disclaimers, sha256=digests[disclaimers]),
        wordings=digest(words),
        layout=layout_digest(),
        approval=approval,
    )


def _wordings(words: Words) -> list[list[str]]:
    return [
        [wording.message.id, wording.message.source, *(serialize(pattern) for pattern in wording.patterns)]
        for wording in words.wordings
    ]


def digest(value: object) -> str:
    """SHA-256 of the value as compact JSON."""
    return sha256(msgspec.json.encode(value)).hexdigest()
