"""json_ld: a LocalizedDocument to schema.org's FAQPage, as a file beside the page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipeline.exporters.addresses import RELATIVE, Addresses
from pipeline.exporters.fragments import Fragments
from pipeline.exporters.labels import Labels
from pipeline.exporters.skeleton import JsonPlaces, Skeleton, Skeletons, nested
from pipeline.model.disclaimer import AFTER
from pipeline.model.document import Entry
from pipeline.model.localized import LocalizedDocument

# JSON-LD may be pasted into a script element, where these would end it or break a line.
_ESCAPED = {character.encode(): b"\\u%04x" % ord(character) for character in "<>&\u2028\u2029"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """All that a place of the file may show."""

    localized: LocalizedDocument
    labels: Labels
    fragments: Fragments
    modified: datetime
    url: str


def json_ld(
    localized: LocalizedDocument,
    labels: Labels,
    modified: datetime,
    addresses: Addresses = RELATIVE,
    fragments: Fragments | None = None,
    skeletons: Skeletons | None = None,
) -> bytes:
    """FAQPage with the answers as HTML (https://schema.org/FAQPage); a sample says that it is one."""
    page = _Page(
        localized=localized,
        labels=labels,
        fragments=fragments or Fragments(localized, labels, skeletons),
        modified=modified,
        url=addresses.canonical(localized.locale, localized.document.id),
    )
    name = "json-ld", localized.shape, bool(page.url)
    skeleton = (skeletons or Skeletons()).get(localized.document.id, name, lambda: _skeleton(page))
    return skeleton.fill(page) + b"\n"


def _skeleton(page: _Page) -> Skeleton[_Page, bytes]:
    places: JsonPlaces[_Page] = JsonPlaces()
    document = page.localized.document

    def said(name: object, say: Callable[[_Page], object]) -> Any:
        return places.written(name, lambda line_end: lambda page: _pasted(nested(say(page), line_end)))

    url = said("url", lambda page: page.url)
    record = {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        **({"@id": url, "url": url} if page.url else {}),
        "name": said("title", lambda page: page.fragments.plain("title")),
        "inLanguage": said("locale", lambda page: page.localized.locale.bcp47),
        "dateModified": said("modified", lambda page: page.modified),
        "creativeWorkStatus": document.status,
        **({"description": said("sample", _sample)} if document.status == "sample" else {}),
        "mainEntity": [_question(page.localized, entry, said) for entry in page.localized.entries],
    }
    skeleton = places.skeleton(record)
    return Skeleton(skeleton.places, tuple(map(_pasted, skeleton.parts)), skeleton.numbers)


def _sample(page: _Page) -> str:
    return page.labels.text("page/sample")


def _question(localized: LocalizedDocument, entry: Entry, said: Callable[..., Any]) -> dict[str, object]:
    # An answer is shown alone by search engines, so what must follow it goes with it.
    after = [message.id for disclaimer in localized.placed(f"{AFTER}{entry.id}") for message in disclaimer.text]
    answer = said(
        ("answer", entry.id), lambda page: page.fragments.blocks(entry.answer) + page.fragments.paragraphs(after)
    )
    return {
        "@type": "Question",
        "@id": said(("id", entry.id), lambda page: f"{page.url}#{entry.id}"),
        "name": said(("question", entry.id), lambda page: page.fragments.plain(entry.question.id)),
        "acceptedAnswer": {"@type": "Answer", "text": answer},
    }


def _pasted(json: bytes) -> bytes:
    """The JSON as it may be pasted anywhere."""
    for character, escape in _ESCAPED.items():
        json = json.replace(character, escape)
    return json
