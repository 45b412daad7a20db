"""addresses: where the pages of an export are found, for search engines."""

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.model.locale import Locale


@dataclass(frozen=True, slots=True)
class Hreflang:
    """A page for the readers of a language; `hreflang` is a language tag or `x-default`."""

    hreflang: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """`base_url` is the address of the export's folder and ends with a slash; empty where it is not known.

    `x_default` is the edition for readers whose language no edition has; None where nobody may be sent to a
    market that is not theirs.
    """

    base_url: str = ""
    x_default: Locale | None = None

    def page(self, locale: str, document: str) -> str:
        """The address of a page, from another page of the export or from anywhere."""
        return f"{self.base_url or '../'}{locale}/{document}.html"

    def canonical(self, locale: Locale, document: str) -> str:
        """The one address of a page, empty where it is not known."""
        return self.page(locale.bcp47, document) if self.base_url else ""

    def hreflang(self, locale: Locale, others: Iterable[Locale], document: str) -> tuple[Hreflang, ...]:
        """Every edition of a document, the page's own among them as search engines ask; none where it is alone."""
        others = tuple(others)
        editions = sorted(other.bcp47 for other in (locale, *others)) if others else []
        default = self.x_default.bcp47 if self.x_default else ""
        return (
            *(Hreflang(edition, self.page(edition, document)) for edition in editions),
            *(Hreflang("x-default", self.page(edition, document)) for edition in editions if edition == default),
        )


RELATIVE = Addresses()
