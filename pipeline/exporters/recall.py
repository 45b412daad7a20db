"""recall: exported files without the editions that were withdrawn, the same bytes as if these had never been there.

A page cannot be rendered again from a release: the words of it are there, the words around it are not, and the content
repository may say something else by now. So what names another edition stands on a line of its own, and its line is
left out.
"""

from collections.abc import Collection
from typing import Any

import msgspec

from pipeline.model.bundle import encode

_LINK = b'<link rel="alternate" hreflang="'
_ITEM = b'<li><a href="../'
_LINK_IN_SITEMAP = '  <xhtml:link rel="alternate" '
_FOOTER, _FOOTER_END = b'<footer class="faq-editions">\n', b"</footer>\n"


def page_without(page: bytes, document: str, gone: Collection[str], *, alone: bool) -> bytes:
    """A page that does not name its document in these locales; `alone` says that it has no other edition left."""
    if alone:
        before, _, rest = page.rpartition(_FOOTER)
        page = before + rest.partition(_FOOTER_END)[2] if before else page
    links = tuple(f'{_address(locale, document)}">\n'.encode() for locale in gone)
    items = tuple(_ITEM + f'{locale}/{document}.html" hreflang="'.encode() for locale in gone)
    return b"".join(
        line
        for line in page.splitlines(keepends=True)
        if not (line.startswith(_LINK) and (alone or line.endswith(links))) and not line.startswith(items)
    )


def bundle_without(bundle: bytes, gone: Collection[str]) -> bytes:
    """The JSON of a bundle that does not name these locales as alternates; all else stays, whatever its version."""
    record: dict[str, Any] = msgspec.json.decode(bundle)
    return encode(record | {"alternates": [to for to in record.get("alternates", ()) if to["lang"] not in gone]})


def sitemap_without(sitemap: bytes, gone: Collection[tuple[str, str]]) -> bytes | None:
    """A sitemap without these pages, each a document and a locale; None where no page is left."""
    ends = tuple(_address(locale, document) for document, locale in gone)
    start, *urls = sitemap.decode().removesuffix("</urlset>\n").split("<url>\n")
    left = [f"<url>\n{_url_without(url, ends)}" for url in urls if not _location(url).endswith(ends)]
    return f"{start}{''.join(left)}</urlset>\n".encode() if left else None


def _url_without(url: str, ends: tuple[str, ...]) -> str:
    """A page of the sitemap with the links to other editions that are left; alone it does not name itself either."""
    lost, own = tuple(f'{end}"/>\n' for end in ends), f'"{_location(url)}"/>\n'
    lines = [line for line in url.splitlines(keepends=True) if not line.endswith(lost)]
    alone = all(line.endswith(own) for line in lines if line.startswith(_LINK_IN_SITEMAP))
    return "".join(line for line in lines if not (alone and line.startswith(_LINK_IN_SITEMAP)))


def _location(url: str) -> str:
    return url.partition("<loc>")[2].partition("</loc>")[0]


def _address(locale: str, document: str) -> str:
    """How the address of a page ends, from another page or from anywhere."""
    return f"/{locale}/{document}.html"
