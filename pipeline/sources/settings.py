"""settings: `[tool.pipeline]` of a pyproject.toml, or the same keys of a pipeline.toml, to Settings."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.errors import PipelineError
from pipeline.model.finding import Refused
from pipeline.model.locale import Locale, ensure_known
from pipeline.model.plurals import plural_forms
from pipeline.model.settings import EditionSettings, Settings
from pipeline.sources.tables import read_toml

_KEYS = ("name", "contact", "source", "editions", "disclaimers", "require_approval", "base_url", "x_default")
_HINT = "see docs/settings.md"
_DISCLAIMER_ID = re.compile(r"[a-z][a-z0-9-]*")
_FOLDER = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?/(?:[A-Za-z0-9._~%!$()+,;=:@-]+/)*")


def read_settings(data: bytes, name: str) -> Settings:
    """Read the settings of a project; in a pyproject.toml they stand under [tool.pipeline].

    Raises PipelineError with everything that is wrong, since nothing can run without settings.
    """
    try:
        _, values = read_toml(data, name)
    except Refused as refused:
        finding = refused.findings[0]
        raise PipelineError(finding.message, where=str(finding.location), hint=finding.hint) from None
    table: Any = values
    for key in ("tool", "pipeline") if name.endswith("pyproject.toml") else ():
        table = table.get(key, {}) if isinstance(table, dict) else None
    if not isinstance(table, dict):
        raise PipelineError("[tool.pipeline] is not a table", where=name, hint=_HINT)
    problems: list[str] = []

    def text(key: str, default: str) -> str:
        value = table.get(key, default)
        if not isinstance(value, str) or "\n" in value:
            problems.append(f"{key} is not a line of text")
            return default
        return value

    problems.extend(f"unknown key {key!r} (the keys are {', '.join(_KEYS)})" for key in table if key not in _KEYS)
    source = _locale(text("source", "en_US"), "source", problems) or Locale("en", "", "US")
    editions = tuple(_editions(table.get("editions"), source, problems))
    problems.extend(_repeated(editions))
    require_approval = table.get("require_approval", False)
    if not isinstance(require_approval, bool):
        problems.append("require_approval is not true or false")
    base_url = text("base_url", "")
    if base_url and not _FOLDER.fullmatch(base_url):
        problems.append(
            "base_url is not an address of a folder: https://host/path/ without a query, a slash at its end"
        )
    x_default = _locale(text("x_default", ""), "x_default", problems) if "x_default" in table else None
    if x_default and x_default not in {edition.locale for edition in editions}:
        problems.append(f"x_default: {x_default.gettext} is not an edition")
    required = dict(_required(table.get("disclaimers"), {edition.locale.market for edition in editions}, problems))
    settings = Settings(
        name=text("name", "Content"),
        contact=text("contact", ""),
        source=source,
        editions=editions,
        required=required,
        default_required=required.pop("default", ()),
        require_approval=require_approval is True,
        base_url=base_url,
        x_default=x_default,
    )
    if problems:
        raise PipelineError("; ".join(problems), where=name, hint=_HINT)
    return settings


def _editions(value: Any, source: Locale, problems: list[str]) -> Iterator[EditionSettings]:
    if not isinstance(value, dict) or not value:
        problems.append("no editions: [tool.pipeline.editions] names the locales to export, for example de_AT = ['de']")
        return
    for tag, reads in value.items():
        locale = _locale(tag, "editions", problems)
        if not isinstance(reads, list) or not all(isinstance(name, str) for name in reads):
            problems.append(f"editions.{tag} is not a list of the catalogs that it reads")
            continue
        chain = tuple(_locale(name, f"editions.{tag}", problems) for name in reads)
        if locale is None or None in chain:
            continue
        if locale.is_pseudo:
            problems.append(f"editions.{tag} is a pseudo-locale: `pipeline pseudo` makes it, it is never exported")
        if not locale.territory:
            problems.append(f"editions.{tag} has no territory: a disclaimer belongs to a market, for example {tag}_XX")
        reads_source = locale.language == source.language
        if not chain and not reads_source:
            problems.append(f"editions.{tag} reads no catalog")
        problems.extend(
            f"editions.{tag} reads {name} twice" for name, count in Counter(chain).items() if name and count > 1
        )
        foreign = [member.gettext for member in chain if member is not None and member.language != locale.language]
        problems.extend(f"editions.{tag} reads {name}, another language" for name in foreign)
        yield EditionSettings(
            locale=locale, reads=tuple(member for member in chain if member), reads_source=reads_source
        )


def _repeated(editions: tuple[EditionSettings, ...]) -> Iterator[str]:
    """What is declared in two ways: a locale in both spellings, a catalog both as a whole and as what differs."""
    locales = Counter(edition.locale for edition in editions)
    yield from (
        f"editions.{locale.bcp47}: {locale.gettext} stands there already" for locale, n in locales.items() if n > 1
    )
    whole = {edition.reads[-1] for edition in editions if edition.reads and not edition.reads_source}
    for edition in editions:
        for position, locale in enumerate(edition.reads[:-1]):
            name = f"editions.{edition.locale.gettext}: {locale.gettext}"
            if locale in whole:
                yield f"{name} is the last catalog of another chain, so it cannot stand before one"
            if any(_is_within(other, locale) for other in edition.reads[position + 1 :]):
                yield f"{name} stands before a catalog that is for a part of its readers"


def _is_within(inner: Locale, outer: Locale) -> bool:
    """Whether what is said for the one is said for some of the other's readers."""
    return (
        inner != outer
        and inner.language == outer.language
        and outer.script in ("", inner.script)
        and outer.territory in ("", inner.territory)
    )


def _required(value: Any, markets: set[str], problems: list[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    if not isinstance(value, Mapping):
        problems.append(
            "disclaimers is not a table of market = [ids] (default = [] if no market must have one)"
            if value is not None
            else "no disclaimers: [tool.pipeline.disclaimers] names those that a market must have; default = [] is none"
        )
        return
    problems.extend(
        f"disclaimers.{market}: no edition is for this market"
        for market in value
        if market not in markets | {"default"}
    )
    if "default" not in value:
        problems.extend(f"disclaimers: neither {market} nor default" for market in sorted(markets - value.keys()))
    for market, ids in value.items():
        if not isinstance(ids, list) or not all(
            isinstance(name, str) and _DISCLAIMER_ID.fullmatch(name) for name in ids
        ):
            problems.append(f"disclaimers.{market} is not a list of disclaimer ids")
            continue
        yield market, tuple(ids)


def _locale(tag: str, where: str, problems: list[str]) -> Locale | None:
    try:
        locale = ensure_known(Locale.parse(tag))
        plural_forms(locale.gettext)
        return locale
    except PipelineError as error:
        problems.append(f"{where}: {error}")
        return None
