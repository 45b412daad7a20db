"""tmx: finished translations as a translation memory, TMX 1.4b (LISA OSCAR, 26 April 2005)."""

from collections.abc import Iterable, Iterator

from pipeline.exchange.inline import Code, Role, Shape, Vocabulary
from pipeline.exchange.naming import split_form_name
from pipeline.exchange.units import (
    OutgoingMessage,
    OutgoingText,
    ReturnedText,
    limited,
    outgoing,
    read_locale,
    returned,
    within,
)
from pipeline.exchange.xml import Element, Problems, block, document, escape, leaf, parse, shown
from pipeline.model.exchange import OutgoingFile, ReturnedFile
from pipeline.model.locale import Locale

_CONTEXT = "x-context"
_SINGULAR, _PLURAL = "x-gettext-msgid", "x-gettext-msgid-plural"

_VOCABULARY: Vocabulary = {
    "ph": Shape(Role.ATOM, key="x", label=""),
    "bpt": Shape(Role.BEGIN, key="x", pair=("i",), label=""),
    "ept": Shape(Role.END, key="x", pair=("i",), label=""),
    "it": Shape(Role.HALF, key="x", pair=("i", "x"), label=""),
    "hi": Shape(Role.WRAP),
}


# ---- writing


def write_tmx(files: Iterable[OutgoingFile]) -> bytes:
    """Every finished translation of the files, valid against the DTD. Raises Refused for what XML cannot hold.

    Each form of a plural message is an entry of its own. What a translator still has to look at is left out.
    """
    files = tuple(files)
    units = [line for file in files for line in _file(file)]
    source = files[0].source.bcp47 if files else "*all*"
    header = {
        "creationtool": "faq-pipeline",
        "creationtoolversion": "1",
        "segtype": "paragraph",
        "o-tmf": "PO",
        "adminlang": "en",
        "srclang": source,
        "datatype": "plaintext",
    }
    return document(block("tmx", {"version": "1.4"}, [leaf("header", header, ""), *block("body", {}, units)]))


def _file(file: OutgoingFile) -> list[str]:
    def write(message: OutgoingMessage) -> list[str]:
        is_finished = not message.unit.fuzzy and all(text.target for text in message.texts)
        return [line for text in message.texts for line in _tu(file, message, text)] if is_finished else []

    # Names are not marked: a memory matches texts, and a marked one would match nothing.
    return outgoing(file, _Markup(), write, mark_names=False)


class _Markup:
    def atom(self, code: Code) -> str:
        attributes = {"x": str(code.number), "type": "fnote" if code.type == "footnote" else f"x-{code.type}"}
        return leaf("ph", attributes, escape(f"{{{code.name}}}"))

    def span(self, code: Code, content: str) -> str:
        number = str(code.number)
        kind = code.type if code.type in ("link", "bold", "italic") else f"x-{code.name}"
        begin = leaf("bpt", {"i": number, "x": number, "type": kind}, escape(f"<{code.name}>"))
        return f"{begin}{content}{leaf('ept', {'i': number}, escape(f'</{code.name}>'))}"

    def kept(self, text: str, number: int) -> str:
        return escape(text)

    def literal(self, text: str, number: int) -> str:
        return leaf("hi", {"type": "x-literal"}, escape(text))


def _tu(file: OutgoingFile, message: OutgoingMessage, text: OutgoingText) -> list[str]:
    props = {_CONTEXT: message.unit.id}
    if message.is_plural:
        props.update(zip((_SINGULAR, _PLURAL), message.sources, strict=True))
    items = [leaf("prop", {"type": kind}, escape(value)) for kind, value in props.items()]
    for locale, content in ((file.source, text.source), (file.target, text.target)):
        items.extend(block("tuv", {"xml:lang": locale.bcp47}, [leaf("seg", {}, content)]))
    return block("tu", {"tuid": f"{file.domain}/{text.name}", "srclang": file.source.bcp47}, items)


# ---- reading


def read_tmx(data: bytes, name: str) -> ReturnedFile:
    """Read a memory that came back. Raises Refused with everything that is wrong with it.

    The file holds several domains: its own is empty, and the id of a unit is `domain:message`.
    """
    problems = Problems(name)
    root = parse(data, name).root
    header, body = root.first("header"), root.first("body")
    if root.name != "tmx" or header is None or body is None:
        problems.refuse(root.line, f"is not TMX, but {shown(root.name)}", hint="export it as TMX 1.4")
    source = header.attributes.get("srclang", "")
    targets: dict[Locale, int] = {}
    texts: list[ReturnedText] = []
    nameless = 0
    for tu, _ in limited(within(body, "tu", ()), problems):
        pair = _pair(tu, tu.attributes.get("srclang") or source, problems)
        if pair is None:
            continue
        locale = read_locale(pair[1].attributes, _language_key(pair[1]), pair[1].line, problems)
        if locale is not None:
            targets.setdefault(locale, pair[1].line)
        text = _returned_text(tu, *pair)
        if text is None:
            nameless = nameless or tu.line
        else:
            texts.append(text)
    if nameless:
        message = "has entries without the tuid and x-context that ours have"
        problems.add(
            nameless, message, hint="send the translations back as PO or XLIFF; a tool's own memory is no return"
        )
    if len(targets) > 1:
        listed = ", ".join(locale.bcp47 for locale in targets)
        problems.add(max(targets.values()), f"has several target languages: {listed}", hint="send one file a language")
    target = next(iter(targets), None)
    return ReturnedFile(name=name, domain="", target=target, units=returned(texts, _VOCABULARY, target, problems))


def _pair(tu: Element, source: str, problems: Problems) -> tuple[Element, Element] | None:
    """The source and its one translation. A memory whose source may be any language has it first."""
    tuvs = list(tu.elements("tuv"))
    entry = tu.attributes.get("tuid", "")
    if len(tuvs) != 2:
        message = f"has {len(tuvs)} language{'' if len(tuvs) == 1 else 's'} instead of two"
        problems.add(tu.line, message, hint="export the source and one target language", entry=entry)
        return None
    languages = [tuv.attributes.get(_language_key(tuv), "").replace("_", "-").lower() for tuv in tuvs]
    wanted = source.replace("_", "-").lower()
    if wanted not in ("", "*all*"):
        matches = [language == wanted for language in languages]
        if not any(matches):
            matches = [language.partition("-")[0] == wanted.partition("-")[0] for language in languages]
        if sum(matches) != 1:
            message = f"does not have its source language {shown(source)} once"
            problems.add(tu.line, message, hint="export the source and one target language", entry=entry)
            return None
        if matches[1]:
            tuvs.reverse()
    return tuvs[0], tuvs[1]


def _language_key(tuv: Element) -> str:
    """TMX 1.1 had `lang`, and some tools still write it."""
    return "xml:lang" if "xml:lang" in tuv.attributes else "lang"


def _returned_text(tu: Element, source: Element, target: Element) -> ReturnedText | None:
    props = dict(_props(tu))
    tuid = tu.attributes.get("tuid", "")
    context = props.get(_CONTEXT, "")
    english = (props[_SINGULAR], props[_PLURAL]) if _SINGULAR in props and _PLURAL in props else None
    # Ids of messages hold slashes too.
    slash = tuid.rfind(f"/{context}") if context else tuid.find("/")
    domain, name = tuid[: max(slash, 0)], tuid[slash + 1 :]
    form = split_form_name(name) if english is not None else (name, None)
    if not domain or form is None or (context and context != form[0]):
        return None
    return ReturnedText(
        id=f"{domain}:{form[0]}",
        form=form[1],
        sources=tuple(source.elements("seg")),
        targets=tuple(target.elements("seg")),
        fuzzy=False,
        english=english,
        line=tu.line,
    )


def _props(tu: Element) -> Iterator[tuple[str, str]]:
    for prop in tu.elements("prop"):
        yield prop.attributes.get("type", ""), prop.text
