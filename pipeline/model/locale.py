"""locale: languages and territories, their two spellings, and what CLDR knows of them (the only Babel door)."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from pipeline.errors import PipelineError

if TYPE_CHECKING:
    import babel

# Territories that CLDR keeps for pseudo-locales; Babel has no data of them, so English stands in.
_PSEUDO = {"XA": "pseudo, accented", "XB": "pseudo, right to left"}

_TAG = re.compile(r"([a-z]{2,3})(?:[_-]([A-Z][a-z]{3}))?(?:[_-]([A-Z]{2}|[0-9]{3}))?")


@dataclass(frozen=True, order=True)
class Locale:
    """A language with optional script and territory (BCP 47 subtags, RFC 5646).

    Inside the repository it is spelt as gettext does (`pt_BR`), everywhere outside as BCP 47
    (`pt-BR`); this class is the one place that converts.
    """

    language: str
    script: str = ""
    territory: str = ""

    @staticmethod
    def parse(tag: str) -> "Locale":
        """Read either spelling. Raises PipelineError for anything but language[_Script][_TERRITORY]."""
        match = _TAG.fullmatch(tag)
        if match is None:
            raise PipelineError(
                f"{tag!r} is not a locale", hint="write language_TERRITORY, for example de_AT or zh_Hans_CN"
            )
        return Locale(match[1], match[2] or "", match[3] or "")

    @cached_property
    def gettext(self) -> str:
        return "_".join(part for part in (self.language, self.script, self.territory) if part)

    @cached_property
    def bcp47(self) -> str:
        return "-".join(part for part in (self.language, self.script, self.territory) if part)

    @property
    def is_pseudo(self) -> bool:
        """Whether it is one of the made-up locales that show what a translation does to a page."""
        return self.territory in _PSEUDO

    @property
    def market(self) -> str:
        """The territory (ISO 3166-1 alpha-2 or UN M.49), empty for a bare language."""
        return self.territory


@lru_cache(maxsize=256)
def _cldr(locale: Locale) -> "babel.Locale":
    import babel

    try:
        return babel.Locale.parse("en" if locale.is_pseudo else locale.gettext)
    except (babel.UnknownLocaleError, ValueError) as error:
        raise PipelineError(
            f"CLDR does not know the locale {locale.gettext}", hint="check its language, script and territory"
        ) from error


def ensure_known(locale: Locale) -> Locale:
    """Return the locale, or raise PipelineError if CLDR has no data for it."""
    _cldr(locale)
    return locale


@lru_cache(maxsize=256)
def direction(locale: Locale) -> str:
    """`ltr` or `rtl`, from CLDR's character order."""
    if locale.territory == "XB":
        return "rtl"
    return str(_cldr(locale).text_direction)


@lru_cache(maxsize=256)
def script(locale: Locale) -> str:
    """The ISO 15924 code of the script that the locale is written in (CLDR likely subtags)."""
    if locale.is_pseudo:
        return "Latn"
    if locale.script:
        return locale.script
    from babel.core import get_global

    likely = get_global("likely_subtags")
    for tag in (locale.gettext, locale.language):
        if tag in likely:
            return Locale.parse(likely[tag]).script
    return ""


def english_name(locale: Locale) -> str:
    """`German`, `Portuguese (Brazil)`: the name in English, for messages and file headers."""
    return str(_cldr(locale).get_display_name("en"))


@lru_cache(maxsize=256)
def native_name(locale: Locale) -> str:
    """The language's name in itself with its territory, as CLDR writes it in a list of languages."""
    if locale.is_pseudo:
        return f"{locale.bcp47} ({_PSEUDO[locale.territory]})"
    cldr = _cldr(locale)
    language = cldr.languages.get(locale.language) or locale.language
    if locale.script:
        language = f"{language}, {cldr.scripts.get(locale.script, locale.script)}"
    if not locale.territory:
        return str(language[0].upper() + language[1:])
    territory = cldr.territories.get(locale.territory, locale.territory)
    return f"{language[0].upper()}{language[1:]} ({territory})"


def format_date(day: date, locale: Locale) -> str:
    """The day in CLDR's long format: `22. November 2026`; in Arabic as CLDR has it for the territory."""
    from babel.dates import format_date as babel_format_date

    return babel_format_date(day, format="long", locale=_cldr(locale))


def format_number(number: int, locale: Locale) -> str:
    """The integer with CLDR's grouping for the locale, in Latin digits, which medical writing uses in every locale."""
    from babel.numbers import format_decimal

    return format_decimal(number, locale=_cldr(locale))
