"""html_bundle: a LocalizedDocument to a complete page; and the page's own words to messages (the only Jinja door)."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import jinja2
from jinja2.ext import babel_extract

from pipeline.exporters.addresses import RELATIVE, Addresses
from pipeline.exporters.anchors import Anchors
from pipeline.exporters.fragments import Fragments
from pipeline.exporters.labels import Labels
from pipeline.model.disclaimer import PAGE_END, PAGE_TOP
from pipeline.model.document import Notice, block_messages
from pipeline.model.finding import Location
from pipeline.model.locale import Locale, direction, native_name
from pipeline.model.localized import LocalizedDocument
from pipeline.model.message import Message
from pipeline.model.pattern import Pattern, parse_pattern, plain

TEMPLATES = Path(__file__).with_name("templates")
PAGE = "page.html"
WORDS = "words.html"
STYLESHEET = "faq.css"

UI_FUNCTIONS = ("pgettext", "npgettext")

_ATOM = re.compile(r"(?<!\{)\{([a-z]+)\}(?!\})")


def html_bundle(
    localized: LocalizedDocument, labels: Labels, alternates: Iterable[Locale], addresses: Addresses = RELATIVE
) -> bytes:
    """A page that stands alone; the ids of its entries are those of the source."""
    return _render(localized, labels, tuple(alternates), addresses, whole=True)


def html_fragment(localized: LocalizedDocument, labels: Labels) -> bytes:
    """The article of the page alone, to be put in a page of a site.

    Its headings begin at the second level, and no id of it is one of another document or locale.
    """
    return _render(localized, labels, (), RELATIVE, whole=False)


def _render(
    localized: LocalizedDocument, labels: Labels, alternates: tuple[Locale, ...], addresses: Addresses, *, whole: bool
) -> bytes:
    document, locale = localized.document, localized.locale
    anchors = Anchors(localized, whole=whole)
    safety = next((block.id for entry in localized.entries for block in entry.answer if isinstance(block, Notice)), "")
    page = (
        _environment()
        .get_template(PAGE)
        .render(
            whole=whole,
            document=document,
            localized=localized,
            fragments=Fragments(localized, labels, anchors),
            anchors=anchors,
            references=document.references,
            back=anchors.back(),
            safety=safety,
            safety_label=labels.text("notice/label"),
            canonical=addresses.canonical(locale, document.id),
            hreflang=addresses.hreflang(locale, alternates, document.id),
            lang=locale.bcp47,
            dir=direction(locale),
            pseudo=locale.is_pseudo,
            description=_description(localized),
            top=localized.placed(PAGE_TOP),
            end=localized.placed(PAGE_END),
            after={entry.id: localized.placed(f"after:{entry.id}") for entry in localized.entries},
            alternates=[
                {"lang": other.bcp47, "dir": direction(other), "name": native_name(other)} for other in alternates
            ],
            pgettext=lambda context, source, **values: labels.text(context, **values),
            npgettext=lambda context, singular, plural, count, **values: labels.plural(context, count, **values),
        )
    )
    return page.encode()


def stylesheet() -> bytes:
    return (TEMPLATES / STYLESHEET).read_bytes()


@lru_cache(maxsize=1)
def layout_digest() -> str:
    """SHA-256 over the page template and the style sheet."""
    digest = sha256()
    for name in (PAGE, STYLESHEET):
        digest.update((TEMPLATES / name).read_bytes())
    return digest.hexdigest()


@lru_cache(maxsize=1)
def ui_messages() -> tuple[Message, ...]:
    """The page's words, extracted from the templates by Jinja's own Babel extractor; the context is the id."""
    messages: dict[str, Message] = {}
    for template, line, function, arguments, comments in _extracted():
        context, source = arguments[0], arguments[1]
        plural = arguments[2] if function == "npgettext" else None
        message = Message(
            id=context,
            pattern=_pattern(source),
            plural=None if plural is None else _pattern(plural),
            location=Location(file=f"pipeline/exporters/templates/{template}", line=line),
            comments=tuple(comment.removeprefix("translators:").strip() for comment in comments),
        )
        messages.setdefault(context, message)
    return tuple(messages.values())


def _extracted() -> Iterator[tuple[str, int, str, tuple[str, ...], list[str]]]:
    for template in (PAGE, WORDS):
        with (TEMPLATES / template).open("rb") as file:
            found = babel_extract(file, UI_FUNCTIONS, ("translators:",), {"trimmed": "true", "silent": "false"})
            for line, function, arguments, comments in found:
                texts = arguments if isinstance(arguments, tuple) else (arguments,)
                yield template, line, function or "", tuple(text for text in texts if text is not None), comments


def _pattern(source: str) -> Pattern:
    return parse_pattern(source, atoms=_ATOM.findall(source))


def _description(localized: LocalizedDocument) -> str:
    """The first paragraph of the lead, for the page's meta data."""
    return next((plain(localized.texts[message.id].pattern) for message in block_messages(localized.document.lead)), "")


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.globals["len"] = len
    return environment
