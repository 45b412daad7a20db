"""sitemap: the approved pages with their other editions, as sitemaps.org and search engines have it."""

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from msgspec import UNSET

from pipeline.exporters.addresses import Addresses
from pipeline.model.bundle import BundleRecord
from pipeline.model.locale import Locale

_NAMESPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'


def sitemap(records: Iterable[BundleRecord], addresses: Addresses) -> bytes | None:
    """A page that search engines are told not to index has no place here; None where no page is left."""
    pages = sorted(
        (record for record in records if record.status == "approved" and not record.pseudo),
        key=lambda record: (record.document, record.locale),
    )
    if not pages:
        return None
    listed = {(record.document, record.locale) for record in pages}
    urls = "".join(_url(record, listed, addresses) for record in pages)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {_NAMESPACES}>\n{urls}</urlset>\n'.encode()


def _url(record: BundleRecord, listed: set[tuple[str, str]], addresses: Addresses) -> str:
    others = [Locale.parse(other) for other in record.alternates if (record.document, other) in listed]
    lines = [f"<loc>{escape(addresses.page(record.locale, record.document))}</loc>"]
    if record.modified is not UNSET:
        lines.append(f"<lastmod>{record.modified.isoformat()}</lastmod>")
    lines.extend(
        f'<xhtml:link rel="alternate" hreflang="{link.hreflang}" href={quoteattr(link.href)}/>'
        for link in addresses.hreflang(Locale.parse(record.locale), others, record.document)
    )
    return f"<url>\n{''.join(f'  {line}{chr(10)}' for line in lines)}</url>\n"
