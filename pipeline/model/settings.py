"""settings: what a content repository declares of itself."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.model.locale import Locale


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionSettings:
    """An exported locale and the catalogs that it reads, in order.

    `reads_source` says that the English stands where no catalog says otherwise: true exactly for the
    editions in the source's own language.
    """

    locale: Locale
    reads: tuple[Locale, ...]
    reads_source: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`required` maps a market to the ids of the disclaimers that it must have.

    `name` and `contact` go into the headers of catalogs (Project-Id-Version, Report-Msgid-Bugs-To). With
    `require_approval` nothing is exported that is not approved as it is. `base_url` is the address of the
    export's folder with a slash at its end, empty where it is not known; `x_default` the edition for readers whose
    language no edition has, if there is one.
    """

    name: str
    contact: str
    source: Locale
    editions: tuple[EditionSettings, ...]
    required: Mapping[str, tuple[str, ...]]
    default_required: tuple[str, ...]
    require_approval: bool = False
    base_url: str = ""
    x_default: Locale | None = None

    def required_in(self, market: str) -> tuple[str, ...]:
        return self.required.get(market, self.default_required)

    def catalog_locales(self) -> tuple[Locale, ...]:
        """Every locale that has catalogs of its own, in the order of first mention."""
        return tuple(dict.fromkeys(locale for edition in self.editions for locale in edition.reads))

    def is_overlay(self, locale: Locale) -> bool:
        """True for a locale whose catalogs hold only what it says otherwise than the next in its chain."""
        return any(
            locale in edition.reads and (edition.reads_source or edition.reads[-1] != locale)
            for edition in self.editions
        )

    def editions_reading(self, locale: Locale) -> tuple[EditionSettings, ...]:
        return tuple(edition for edition in self.editions if locale in edition.reads)
