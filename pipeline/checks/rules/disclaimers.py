"""disclaimers: an edition has every disclaimer that its market requires, in force, in its own language."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from pipeline.checks.facts.verdicts import verdicts
from pipeline.checks.markup import Syntax
from pipeline.checks.rule import Rule, Scope
from pipeline.checks.subject import Text
from pipeline.model.disclaimer import Disclaimer
from pipeline.model.document import Document
from pipeline.model.edition import Edition
from pipeline.model.finding import Finding, Location, Severity
from pipeline.model.locale import Locale, english_name, script
from pipeline.model.pattern import plain

# Letters that show the script; Japanese is told from Chinese by its kana.
_SCRIPT_LETTERS = {
    "Latn": re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]"),
    "Arab": re.compile(r"[\u0620-\u06ff]"),
    "Cyrl": re.compile(r"[\u0400-\u04ff]"),
    "Grek": re.compile(r"[\u0370-\u03ff]"),
    "Hebr": re.compile(r"[\u05d0-\u05ea]"),
    "Deva": re.compile(r"[\u0900-\u097f]"),
    "Thai": re.compile(r"[\u0e00-\u0e7f]"),
    "Kore": re.compile(r"[\uac00-\ud7af]"),
    "Jpan": re.compile(r"[\u3040-\u30ff]"),
    "Hans": re.compile(r"[\u4e00-\u9fff]"),
    "Hant": re.compile(r"[\u4e00-\u9fff]"),
}
_LETTER = re.compile(r"[^\W\d_]")

# Latin names and addresses stand in texts of every script, so a page in another one has a fair share of them.
_LEAST_SHARE = {"Latn": 0.8, "Jpan": 0.15}
_LEAST_SHARE_ELSEWHERE = 0.3


def disclaimers(document: Document, edition: Edition, today: date) -> Iterator[Finding]:
    entries = frozenset(entry.id for entry in document.market_entries(edition.locale.market))
    shown = edition.shown_disclaimers(document.audience, entries)
    present = {disclaimer.id for disclaimer in shown}
    for required in edition.required:
        if required not in present:
            yield _absent(document, edition, required)
    for disclaimer in shown:
        yield from _expiry(disclaimer, today)
        if disclaimer.sample and document.status == "approved":
            yield Finding(
                rule="disclaimer",
                message=f"the disclaimer {disclaimer.id} is a sample, and {document.id} is approved",
                location=disclaimer.location,
                entry=disclaimer.id,
                hint="put the approved text of the market in its place",
            )
        yield from _script(disclaimer, edition) or _language(disclaimer, edition)


def placement(documents: tuple[Document, ...], authored: Iterable[Disclaimer], locale: Locale) -> Iterator[Finding]:
    """A disclaimer that stands on no page was meant for one: its placement or its audience is mistaken."""
    for disclaimer in authored:
        after = disclaimer.after_entry
        shown = any(
            disclaimer.audience == document.audience
            and (not after or any(entry.id == after for entry in document.market_entries(locale.market)))
            for document in documents
        )
        if not shown:
            where = f"has the entry {after} for" if after else "is for"
            what = f"no document {where} market {locale.market} and audience {disclaimer.audience}"
            yield Finding(
                rule="disclaimer",
                message=f"the disclaimer {disclaimer.id} shows nowhere: {what}",
                location=disclaimer.location,
                entry=disclaimer.id,
                hint="mend placement or audience, or take it out",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Authored:
    """The words of a disclaimer and where they stand."""

    disclaimer: str
    words: str
    locale: Locale
    location: Location


def authored(disclaimers: Iterable[Disclaimer], locale: Locale) -> Iterator[Authored]:
    """What `authorship` compares."""
    for disclaimer in disclaimers:
        yield Authored(disclaimer=disclaimer.id, words=_words(disclaimer), locale=locale, location=disclaimer.location)


def authorship(texts: Iterable[Authored]) -> Iterator[Finding]:
    """A disclaimer is authored in its locale: the same words in another language's edition were copied."""
    first: dict[str, Authored] = {}
    seen: set[tuple[Locale, str]] = set()
    for text in texts:
        other = first.setdefault(text.words, text)
        if other.locale.language != text.locale.language and (text.locale, text.words) not in seen:
            seen.add((text.locale, text.words))
            for one, two in ((text, other), (other, text)):
                message = f"the disclaimer {one.disclaimer} has the words of {two.locale.gettext}, another language"
                yield Finding(
                    rule="disclaimer",
                    message=message,
                    location=one.location,
                    entry=one.disclaimer,
                    locale=one.locale.gettext,
                    hint="write it in the language of the locale",
                )


def _words(disclaimer: Disclaimer) -> str:
    return " ".join(plain(message.pattern) for message in disclaimer.text)


def _absent(document: Document, edition: Edition, required: str) -> Finding:
    written = next((disclaimer for disclaimer in edition.disclaimers if disclaimer.id == required), None)
    location = written.location if written else Location(file=edition.disclaimers_file, line=1)
    market = edition.locale.market
    if written is None:
        message = f"the disclaimer {required}, required in market {market}, is missing"
        hint = f"write it in {edition.disclaimers_file}; it is authored for the locale, never translated"
    elif written.audience != document.audience:
        message = f"the required disclaimer {required} is for {written.audience}, {document.id} for {document.audience}"
        hint = "write one for this audience"
    else:
        message = (
            f"the required disclaimer {required} follows the entry {written.after_entry}, which is not in {document.id}"
        )
        hint = "place it at page-top or page-end, or after an entry of this document"
    return Finding(rule="disclaimer", message=message, location=location, entry=required, hint=hint)


def _expiry(disclaimer: Disclaimer, today: date) -> Iterator[Finding]:
    problem = ""
    if disclaimer.expires < today:
        problem = f"expired on {disclaimer.expires}"
    elif disclaimer.effective > today:
        problem = f"takes effect only on {disclaimer.effective}"
    if problem:
        yield Finding(
            rule="disclaimer",
            message=f"the disclaimer {disclaimer.id} {problem}",
            location=disclaimer.location,
            entry=disclaimer.id,
            hint="put the text that is approved today in its place",
        )


def _script(disclaimer: Disclaimer, edition: Edition) -> tuple[Finding, ...]:
    expected = script(edition.locale)
    letters = _SCRIPT_LETTERS.get(expected)
    text = _words(disclaimer)
    count = len(_LETTER.findall(text))
    problem = ""
    if not count:
        problem = "is empty"
    elif letters and len(letters.findall(text)) < count * _LEAST_SHARE.get(expected, _LEAST_SHARE_ELSEWHERE):
        problem = f"is not written in the script of {edition.locale.gettext} ({expected})"
    return (_wrong(disclaimer, problem),) if problem else ()


def _language(disclaimer: Disclaimer, edition: Edition) -> tuple[Finding, ...]:
    """Each paragraph is read by itself: one that was copied is foreign among any number of others."""
    texts = (Text(plain(message.pattern), edition.locale, Syntax.NONE) for message in disclaimer.text)
    found = sorted(
        (verdict for text in texts for verdict in text.fact(verdicts)), key=lambda verdict: not verdict.certain
    )
    if not found:
        return ()
    language, own = (english_name(Locale(code)) for code in (found[0].language, edition.locale.language))
    if found[0].certain:
        return (_wrong(disclaimer, f"is written in {language}, not in {own}"),)
    return (_wrong(disclaimer, f"may be written in {language}, not in {own}", Severity.WARNING),)


def _wrong(disclaimer: Disclaimer, problem: str, severity: Severity = Severity.ERROR) -> Finding:
    return Finding(
        rule="disclaimer",
        message=f"the disclaimer {disclaimer.id} {problem}",
        location=disclaimer.location,
        severity=severity,
        entry=disclaimer.id,
        hint="write it in the language of the locale",
    )


RULE = Rule(
    id="disclaimer",
    scope=Scope.PROJECT,
    severity=Severity.ERROR,
    title="Disclaimers missing or out of force",
    finds="A disclaimer that the market requires and the page does not show; one that has expired or takes effect "
    "later; one that is empty, or in another script or language than its locale's, or has the very words of another "
    "language's; one whose placement or audience lets it show nowhere; a sample in an approved document.",
    why="A page without the safety texts of its market, or with texts that nobody there can read, may not be "
    "published.",
    waivable=False,
)
