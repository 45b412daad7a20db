"""html_bundle: a LocalizedDocument to a complete page; and the page's own words to messages (the only Jinja door)."""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import jinja2
from jinja2.ext import babel_extract
from markupsafe import Markup

from pipeline.exporters.addresses import RELATIVE, Addresses, Hreflang
from pipeline.exporters.anchors import Anchors, fragment_scope
from pipeline.exporters.fragments import SCOPE, Fragments
from pipeline.exporters.labels import Labels
from pipeline.exporters.skeleton import Places, Skeleton, Skeletons, escaped
from pipeline.model.disclaimer import AFTER, PAGE_END, PAGE_TOP
from pipeline.model.document import Block, Notice, block_messages
from pipeline.model.finding import Location
from pipeline.model.locale import Locale, direction, native_name
from pipeline.model.localized import LocalizedDocument
from pipeline.model.message import Message
from pipeline.model.pattern import Pattern, parse_pattern

TEMPLATES = Path(__file__).with_name("templates")
PAGE = "page.html"
WORDS = "words.html"
STYLESHEET = "faq.css"

UI_FUNCTIONS = ("pgettext", "npgettext")

_ATOM = re.compile(r"(?<!\{)\{([a-z]+)\}(?!\})")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """All that a place of the page may show."""

    localized: LocalizedDocument
    labels: Labels
    fragments: Fragments
    alternates: tuple[Locale, ...]
    canonical: str


def page_and_fragment(
    localized: LocalizedDocument,
    labels: Labels,
    alternates: Iterable[Locale],
    addresses: Addresses = RELATIVE,
    fragments: Fragments | None = None,
    skeletons: Skeletons | None = None,
) -> tuple[bytes, bytes]:
    """A page that stands alone, of which the ids of entries are those of the source; and its article to be put in a
    page of a site: headings begin at the second level, and no id is one of another document or locale.
    """
    document, alternates = localized.document, tuple(alternates)
    skeletons = skeletons or Skeletons()
    page = _Page(
        localized=localized,
        labels=labels,
        fragments=(fragments or Fragments(localized, labels, skeletons)).unscoped(),
        alternates=alternates,
        canonical=addresses.canonical(localized.locale, document.id),
    )
    hreflang = addresses.hreflang(localized.locale, alternates, document.id)
    # The links back to the text stand in the order of the text.
    name = localized.shape, localized.marks, hreflang, len(alternates), bool(page.canonical)
    whole, fragment = skeletons.get(document.id, name, lambda: _layouts(page, hreflang))
    values = whole.values(page)
    return (
        whole.join(values).replace(SCOPE, "").encode(),
        fragment.join(values).replace(SCOPE, fragment_scope(localized)).encode(),
    )


class _Places(Places[_Page]):
    """What the template asks of Fragments and of gettext."""

    def plain(self, message: str) -> Markup:
        return self.text(("plain", message), lambda page: page.fragments.plain(message))

    def inline(self, message: str) -> Markup:
        return self.html(("inline", message), lambda page: page.fragments.inline(message))

    def words(self, message: str) -> Markup:
        return self.html(("words", message), lambda page: page.fragments.words(message))

    def blocks(self, blocks: tuple[Block, ...]) -> Markup:
        return self.html(("blocks", id(blocks)), lambda page: page.fragments.blocks(blocks))

    def paragraphs(self, messages: Iterable[str]) -> Markup:
        messages = tuple(messages)
        return self.html(("paragraphs", messages), lambda page: page.fragments.paragraphs(messages))

    def pgettext(self, context: str, source: str, **values: str | int | date) -> Markup:
        return self._label(("html", context, *values.items()), lambda labels: labels.text(context, **values))

    def npgettext(self, context: str, singular: str, plural: str, count: int, **values: str | int | date) -> Markup:
        return self._label(
            ("html", context, count, *values.items()), lambda labels: labels.plural(context, count, **values)
        )

    def _label(self, name: Hashable, text: Callable[[Labels], str]) -> Markup:
        return self.html(name, lambda page: page.labels.once(name, lambda: escaped(text(page.labels))))

    def alternate(self, number: int) -> dict[str, Markup]:
        return {
            "lang": self.html(("lang", number), lambda page: page.alternates[number].bcp47),
            "dir": self.html(("dir", number), lambda page: direction(page.alternates[number])),
            "name": self.html(("name", number), lambda page: _name(page.alternates[number])),
        }


def _layouts(page: _Page, hreflang: tuple[Hreflang, ...]) -> tuple[Skeleton[_Page, str], Skeleton[_Page, str]]:
    """Those of the page and the fragment, with the same places."""
    places = _Places()
    # The page has all places of the fragment, and more.
    fragment, whole = (_rendered(page, hreflang, places, whole=whole) for whole in (False, True))
    return places.skeleton(whole), places.skeleton(fragment)


def _rendered(page: _Page, hreflang: tuple[Hreflang, ...], places: _Places, *, whole: bool) -> str:
    localized, document = page.localized, page.localized.document
    anchors = Anchors(SCOPE, fragment=not whole)
    safety = next((block.id for entry in localized.entries for block in entry.answer if isinstance(block, Notice)), "")
    return (
        _environment()
        .get_template(PAGE)
        .render(
            whole=whole,
            document=document,
            localized=localized,
            fragments=places,
            anchors=anchors,
            references=document.references,
            back=anchors.back(localized),
            safety=safety,
            safety_label=places.pgettext("notice/label", ""),
            canonical=places.text("canonical", lambda page: page.canonical) if page.canonical else "",
            hreflang=hreflang,
            lang=places.html("lang", lambda page: page.localized.locale.bcp47),
            dir=places.html("dir", lambda page: direction(page.localized.locale)),
            pseudo=localized.locale.is_pseudo,
            description=places.text("description", _description),
            top=localized.placed(PAGE_TOP),
            end=localized.placed(PAGE_END),
            after={entry.id: localized.placed(f"{AFTER}{entry.id}") for entry in localized.entries},
            alternates=[places.alternate(number) for number in range(len(page.alternates))],
            pgettext=places.pgettext,
            npgettext=places.npgettext,
        )
    )


@lru_cache(maxsize=256)
def _name(locale: Locale) -> str:
    return escaped(native_name(locale))


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


def _description(page: _Page) -> str:
    """The first paragraph of the lead, for the page's meta data."""
    lead = block_messages(page.localized.document.lead)
    return next((page.fragments.plain(message.id) for message in lead), "")


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
