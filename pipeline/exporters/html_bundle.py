"""html_bundle: a LocalizedDocument to a complete page; and the page's own words to messages (the only Jinja door)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import jinja2
from jinja2.ext import babel_extract
from markupsafe import Markup

from pipeline.exporters.addresses import RELATIVE, Addresses, Hreflang
from pipeline.exporters.anchors import Anchors
from pipeline.exporters.fragments import Fragments
from pipeline.exporters.labels import Labels
from pipeline.exporters.skeleton import Places, Skeleton
from pipeline.model.disclaimer import AFTER, PAGE_END, PAGE_TOP, Disclaimer
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


_Shape = tuple[object, ...]


# More than the documents of a batch in all the shapes that they have; a skeleton takes some 40 KB.
_SKELETONS = 256


class Pages:
    """The pages of a run. Documents are alike in every locale, so each is put through the template once."""

    def __init__(self) -> None:
        self._skeletons: dict[_Shape, Skeleton[_Page]] = {}

    def __reduce__(self) -> "tuple[type[Pages], tuple[()]]":
        # A process makes its own: functions are not sent.
        return Pages, ()

    def page(
        self,
        localized: LocalizedDocument,
        fragments: Fragments,
        labels: Labels,
        alternates: Iterable[Locale],
        addresses: Addresses = RELATIVE,
    ) -> bytes:
        """A page that stands alone; the ids of its entries are those of the source."""
        document, alternates = localized.document, tuple(alternates)
        hreflang = addresses.hreflang(localized.locale, alternates, document.id)
        canonical = addresses.canonical(localized.locale, document.id)
        page = _Page(
            localized=localized, labels=labels, fragments=fragments, alternates=alternates, canonical=canonical
        )
        return self._fill(page, hreflang)

    def fragment(self, localized: LocalizedDocument, labels: Labels) -> bytes:
        """The article of the page alone, to be put in a page of a site.

        Its headings begin at the second level, and no id of it is one of another document or locale.
        """
        fragments = Fragments(localized, labels, Anchors.of_fragment(localized))
        return self._fill(
            _Page(localized=localized, labels=labels, fragments=fragments, alternates=(), canonical=""), ()
        )

    def _fill(self, page: _Page, hreflang: tuple[Hreflang, ...]) -> bytes:
        shape = _shape(page, hreflang)
        skeleton = self._skeletons.get(shape)
        if skeleton is None:
            if len(self._skeletons) == _SKELETONS:
                self._skeletons.clear()
            skeleton = self._skeletons[shape] = _skeleton(page, hreflang)
        return skeleton.fill(page).encode()


def html_bundle(
    localized: LocalizedDocument, labels: Labels, alternates: Iterable[Locale], addresses: Addresses = RELATIVE
) -> bytes:
    """A single page, see Pages."""
    return Pages().page(localized, Fragments(localized, labels), labels, alternates, addresses)


def html_fragment(localized: LocalizedDocument, labels: Labels) -> bytes:
    """A single fragment, see Pages."""
    return Pages().fragment(localized, labels)


def _shape(page: _Page, hreflang: tuple[Hreflang, ...]) -> _Shape:
    """What of a page is more than words: pages of one shape have one skeleton."""
    localized = page.localized
    return (
        localized.document.id,
        page.fragments.anchors.whole,
        tuple([entry.id for entry in localized.entries]),
        tuple([footnote.id for footnote in localized.footnotes]),
        # A translation may turn the order of citations round.
        tuple(Anchors(localized).pairs()),
        tuple([_disclaimer_shape(disclaimer) for disclaimer in localized.disclaimers]),
        localized.locale.is_pseudo,
        hreflang,
        len(page.alternates),
        bool(page.canonical),
    )


def _disclaimer_shape(disclaimer: Disclaimer) -> _Shape:
    return disclaimer.id, disclaimer.placement, disclaimer.sample, tuple([message.id for message in disclaimer.text])


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
        return self.text((context, *values.items()), lambda page: page.labels.text(context, **values))

    def npgettext(self, context: str, singular: str, plural: str, count: int, **values: str | int | date) -> Markup:
        return self.text((context, count, *values.items()), lambda page: page.labels.plural(context, count, **values))

    def alternate(self, number: int) -> dict[str, Markup]:
        return {
            "lang": self.text(("lang", number), lambda page: page.alternates[number].bcp47),
            "dir": self.text(("dir", number), lambda page: direction(page.alternates[number])),
            "name": self.text(("name", number), lambda page: native_name(page.alternates[number])),
        }


def _skeleton(page: _Page, hreflang: tuple[Hreflang, ...]) -> Skeleton[_Page]:
    places = _Places()
    localized, document = page.localized, page.localized.document
    scope = "" if page.fragments.anchors.whole else places.text("scope", lambda page: page.fragments.anchors.scope)
    anchors = Anchors(localized, scope)
    safety = next((block.id for entry in localized.entries for block in entry.answer if isinstance(block, Notice)), "")
    rendered = (
        _environment()
        .get_template(PAGE)
        .render(
            whole=anchors.whole,
            document=document,
            localized=localized,
            fragments=places,
            anchors=anchors,
            references=document.references,
            back=anchors.back(),
            safety=safety,
            safety_label=places.pgettext("notice/label", ""),
            canonical=places.text("canonical", lambda page: page.canonical) if page.canonical else "",
            hreflang=hreflang,
            lang=places.text("lang", lambda page: page.localized.locale.bcp47),
            dir=places.text("dir", lambda page: direction(page.localized.locale)),
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
    return places.skeleton(rendered)


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
