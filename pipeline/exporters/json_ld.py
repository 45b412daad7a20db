"""json_ld: a LocalizedDocument to schema.org's FAQPage, as a file beside the page."""

import msgspec

from pipeline.exporters.fragments import Fragments
from pipeline.exporters.labels import Labels
from pipeline.model.localized import LocalizedDocument

# JSON-LD may be pasted into a script element, where these would end it or break a line.
_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def json_ld(localized: LocalizedDocument, labels: Labels) -> bytes:
    """FAQPage with the answers as HTML (https://schema.org/FAQPage)."""
    fragments = Fragments(localized, labels)
    page = {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "name": fragments.plain("title"),
        "inLanguage": localized.locale.bcp47,
        "dateModified": localized.document.updated.isoformat(),
        "mainEntity": [
            {
                "@type": "Question",
                "@id": f"#{entry.id}",
                "name": fragments.plain(entry.question.id),
                "acceptedAnswer": {"@type": "Answer", "text": str(fragments.blocks(entry.answer))},
            }
            for entry in localized.entries
        ],
    }
    text = msgspec.json.format(msgspec.json.encode(page), indent=2).decode()
    return (text.translate(_ESCAPES) + "\n").encode()
