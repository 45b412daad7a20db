"""json_ld: a LocalizedDocument to schema.org's FAQPage, as a file beside the page."""

from datetime import datetime

from pipeline.exporters.addresses import RELATIVE, Addresses
from pipeline.exporters.fragments import Fragments
from pipeline.exporters.labels import Labels
from pipeline.model.bundle import encode
from pipeline.model.disclaimer import AFTER
from pipeline.model.document import Entry
from pipeline.model.localized import LocalizedDocument

# JSON-LD may be pasted into a script element, where these would end it or break a line.
_ESCAPED = "<>&\u2028\u2029"


def json_ld(
    localized: LocalizedDocument,
    labels: Labels,
    modified: datetime,
    addresses: Addresses = RELATIVE,
    fragments: Fragments | None = None,
) -> bytes:
    """FAQPage with the answers as HTML (https://schema.org/FAQPage); a sample says that it is one."""
    fragments = fragments or Fragments(localized, labels)
    document = localized.document
    url = addresses.canonical(localized.locale, document.id)
    page = {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        **({"@id": url, "url": url} if url else {}),
        "name": fragments.plain("title"),
        "inLanguage": localized.locale.bcp47,
        "dateModified": modified,
        "creativeWorkStatus": document.status,
        **({"description": labels.text("page/sample")} if document.status == "sample" else {}),
        "mainEntity": [
            {
                "@type": "Question",
                "@id": f"{url}#{entry.id}",
                "name": fragments.plain(entry.question.id),
                "acceptedAnswer": {"@type": "Answer", "text": _answer(localized, entry, fragments)},
            }
            for entry in localized.entries
        ],
    }
    data = encode(page)
    for character in _ESCAPED:
        data = data.replace(character.encode(), f"\\u{ord(character):04x}".encode())
    return data


def _answer(localized: LocalizedDocument, entry: Entry, fragments: Fragments) -> str:
    """An answer is shown alone by search engines, so what must follow it goes with it."""
    after = [message.id for disclaimer in localized.placed(f"{AFTER}{entry.id}") for message in disclaimer.text]
    return fragments.blocks(entry.answer) + fragments.paragraphs(after)
