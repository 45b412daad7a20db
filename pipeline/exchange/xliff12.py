"""xliff12: XLIFF 1.2, which every CAT tool reads (OASIS, 1 February 2008; plurals as in its guide for gettext PO)."""

from collections.abc import Iterator, Mapping

from pipeline.exchange.inline import Code, Role, Shape, Vocabulary
from pipeline.exchange.naming import split_form_name
from pipeline.exchange.units import (
    OutgoingMessage,
    OutgoingText,
    ReturnedText,
    comment_lines,
    limited,
    outgoing,
    read_locale,
    returned,
    within,
)
from pipeline.exchange.xml import (
    Element,
    Problems,
    block,
    document,
    escape,
    leaf,
    open_tag,
)
from pipeline.model.exchange import OutgoingFile, ReturnedFile

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"

# Our own notes are the developer's; every other one is a comment.
_DEVELOPER, _TRANSLATOR = "developer", "translator"
_DOMAIN = "x-gettext-domain"
_PLURALS = "x-gettext-plurals"
_GROUPS = ("body", "group")
_SINGULAR, _PLURAL = "x-gettext-msgid", "x-gettext-msgid-plural"

_NEEDS_REVIEW, _TRANSLATED = "needs-review-translation", "translated"
_DONE = ("translated", "final", "signed-off")

_VOCABULARY: Vocabulary = {
    "ph": Shape(Role.ATOM, label=""),
    "x": Shape(Role.ATOM),
    "g": Shape(Role.SPAN),
    "bpt": Shape(Role.BEGIN, pair=("rid", "id"), label=""),
    "ept": Shape(Role.END, pair=("rid", "id"), label=""),
    "bx": Shape(Role.BEGIN, pair=("rid", "id")),
    "ex": Shape(Role.END, pair=("rid", "id")),
    "it": Shape(Role.HALF, pair=("rid", "id"), label=""),
    "mrk": Shape(Role.WRAP, comment="comment"),
}


# ---- writing


def write_xliff12(file: OutgoingFile) -> bytes:
    """The file as XLIFF 1.2, valid against the OASIS schema. Raises Refused for what XML cannot hold.

    A placeholder is a `ph` with its name as content, so that a tool that knows no inline elements keeps it as text;
    a span is a `g`, which no tool can leave half open.
    """
    messages = outgoing(file, _Markup(), lambda message: _message(message, file.domain))
    attributes = {
        "original": file.original,
        "source-language": file.source.bcp47,
        "target-language": file.target.bcp47,
        "datatype": "plaintext",
    }
    domain = block("group", {"restype": _DOMAIN, "resname": file.domain}, messages)
    body = block("file", attributes, block("body", {}, domain))
    return document(block("xliff", {"xmlns": NAMESPACE, "version": "1.2"}, body))


class _Markup:
    def atom(self, code: Code) -> str:
        attributes = {"id": code.id, "ctype": f"x-{code.type}", "equiv-text": code.display}
        return leaf("ph", attributes, escape(f"{{{code.name}}}"))

    def span(self, code: Code, content: str) -> str:
        kind = code.type if code.type in ("link", "bold", "italic") else f"x-{code.name}"
        attributes = {"id": code.id, "ctype": kind, "clone": "no", "equiv-text": code.display}
        return f"{open_tag('g', attributes)}{content}</g>"

    def kept(self, text: str, number: int) -> str:
        return leaf("mrk", {"mtype": "protected"}, escape(text))

    def literal(self, text: str, number: int) -> str:
        return leaf("mrk", {"mtype": "x-literal"}, escape(text))


def _message(message: OutgoingMessage, domain: str) -> list[str]:
    units = [line for text in message.texts for line in _trans_unit(message, text)]
    if not message.is_plural:
        return units
    attributes = {"id": message.unit.id, "restype": _PLURALS, "resname": message.unit.id}
    return block("group", attributes, units)


def _trans_unit(message: OutgoingMessage, text: OutgoingText) -> list[str]:
    unit = message.unit
    is_done = bool(text.target) and not unit.fuzzy
    attributes = {"id": text.name, "resname": text.name, "approved": "yes" if is_done else "", "xml:space": "preserve"}
    items = [leaf("source", {}, text.source)]
    if text.target:
        items.append(leaf("target", {"state": _TRANSLATED if is_done else _NEEDS_REVIEW}, text.target))
    items.extend(_context_groups(message))
    items.extend(leaf("note", {"from": _DEVELOPER, "annotates": "source"}, escape(note)) for note in text.notes)
    if text.comments:
        items.append(leaf("note", {"from": _TRANSLATOR, "annotates": "target"}, escape("\n".join(text.comments))))
    if text.previous and text.target:
        pair = [leaf("source", {}, text.previous_xml), leaf("target", {}, text.target)]
        items.extend(block("alt-trans", {"origin": "previous", "alttranstype": "previous-version"}, pair))
    return block("trans-unit", attributes, items)


def _context_groups(message: OutgoingMessage) -> Iterator[str]:
    """Where the text stands, and both English texts of a plural, each on lines of their own."""
    if message.unit.location:
        file, colon, line = message.unit.location.rpartition(":")
        place = {"sourcefile": file, "linenumber": line} if colon and line.isdigit() else {}
        yield from _context_group("location", place or {"sourcefile": message.unit.location})
    if message.is_plural:
        yield from _context_group("information", dict(zip((_SINGULAR, _PLURAL), message.sources, strict=True)))


def _context_group(purpose: str, contexts: Mapping[str, str]) -> list[str]:
    items = [leaf("context", {"context-type": kind}, escape(text)) for kind, text in contexts.items()]
    return block("context-group", {"purpose": purpose}, items)


# ---- reading


def read_file(root: Element, file: Element, problems: Problems) -> ReturnedFile:
    """Read the one <file> of a document. Raises Refused with everything that is wrong with it."""
    target = read_locale(file.attributes, "target-language", file.line, problems)
    texts = [
        text
        for unit, group in limited(within(file, "trans-unit", _GROUPS), problems)
        if (text := _returned_text(unit, group, problems)) is not None
    ]
    return ReturnedFile(
        name=problems.name, domain=_domain(file), target=target, units=returned(texts, _VOCABULARY, target, problems)
    )


def _domain(file: Element) -> str:
    body = file.first("body")
    group = body.first("group") if body is not None else None
    is_domain = group is not None and group.attributes.get("restype") == _DOMAIN
    return group.attributes.get("resname", "") if group is not None and is_domain else ""


def _returned_text(unit: Element, group: Element, problems: Problems) -> ReturnedText | None:
    name = unit.attributes.get("resname") or unit.attributes.get("id", "")
    contexts = {
        context.attributes.get("context-type", ""): context.text
        for contexts in unit.elements("context-group")
        for context in contexts.elements("context")
    }
    english = (contexts[_SINGULAR], contexts[_PLURAL]) if _SINGULAR in contexts and _PLURAL in contexts else None
    is_plural = english is not None or group.attributes.get("restype") == _PLURALS
    form = split_form_name(name) if is_plural else (name, None)
    source = unit.first("source")
    targets = tuple(unit.elements("target"))
    hint = "send the entry as it came"
    if not name or form is None:
        problems.add(unit.line, "an entry has no id that is one of ours", hint=hint, entry=name)
        return None
    if source is None or len(targets) > 1:
        problems.add(unit.line, "has no source" if source is None else "has two targets", hint=hint, entry=name)
        return None
    return ReturnedText(
        id=form[0],
        form=form[1],
        sources=(source,),
        targets=targets,
        fuzzy=any(_is_fuzzy(unit, target) for target in targets),
        english=english,
        comments=tuple(_comments(unit)),
        line=unit.line,
    )


def _is_fuzzy(unit: Element, target: Element) -> bool:
    """What the state says; without one, a target that is a tool's suggestion or expressly not approved."""
    state = target.attributes.get("state")
    if state is not None:
        return state not in _DONE
    qualifier = target.attributes.get("state-qualifier", "exact-match")
    return unit.attributes.get("approved") == "no" or qualifier not in ("exact-match", "id-match")


def _comments(unit: Element) -> Iterator[str]:
    for note in unit.elements("note"):
        origin = note.attributes.get("from")
        if origin != _DEVELOPER and (note.text.strip() or origin == _TRANSLATOR):
            yield from comment_lines(note.text)
