"""xliff21: XLIFF 2.1 (OASIS Standard, 13 February 2018), for the tools that know it."""

from collections.abc import Iterator

from pipeline.exchange.inline import Code, Role, Shape, Vocabulary
from pipeline.exchange.naming import safe_id, split_form_name, text_of
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
from pipeline.model.exchange import OutgoingFile, Progress, ReturnedFile

# The namespace of every 2.x.
NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
_METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"

# Categories of our own notes; every other one is a comment.
_DEVELOPER, _LOCATION, _PREVIOUS = "developer", "location", "previous-source"
_OURS = (_DEVELOPER, _LOCATION, _PREVIOUS)
_TRANSLATOR = "translator"

_PLURALS = "gettext:plurals"
_SINGULAR, _PLURAL = "msgid", "msgid_plural"
_FUZZY = "gettext:fuzzy"
_DONE = (Progress.TRANSLATED, Progress.REVIEWED, Progress.FINAL)

# The values of type and subType that the standard has for spans of ours.
_SPAN_TYPES = {"link": ("link", ""), "bold": ("fmt", "xlf:b"), "italic": ("fmt", "xlf:i")}

_VOCABULARY: Vocabulary = {
    "ph": Shape(Role.ATOM, label="equiv"),
    "pc": Shape(Role.SPAN, label="equivStart"),
    "sc": Shape(Role.BEGIN, label="equiv"),
    "ec": Shape(Role.END, pair=("startRef", "id"), label="equiv"),
    "mrk": Shape(Role.WRAP),
    "sm": Shape(Role.NOTHING),
    "em": Shape(Role.NOTHING),
}


# ---- writing


def write_xliff21(file: OutgoingFile) -> bytes:
    """The file as XLIFF 2.1, valid against the OASIS schemas. Raises Refused for what XML cannot hold.

    Ids must be NMTOKENs there, so that a message id stands as it is in `name` alone.
    """
    messages = outgoing(file, _Markup(), _message)
    body = block("file", {"id": safe_id(file.domain), "original": file.original}, messages)
    attributes = {
        "xmlns": NAMESPACE,
        "xmlns:mda": _METADATA,
        "version": "2.1",
        "srcLang": file.source.bcp47,
        "trgLang": file.target.bcp47,
    }
    return document(block("xliff", attributes, body))


class _Markup:
    def atom(self, code: Code) -> str:
        attributes = {"id": code.id, "canCopy": "no", "canDelete": "no", "disp": code.display}
        return leaf("ph", {**attributes, "equiv": f"{{{code.name}}}"}, "")

    def span(self, code: Code, content: str) -> str:
        kind, subkind = _SPAN_TYPES.get(code.type, ("other", ""))
        attributes = {
            "id": code.id,
            "canCopy": "no",
            "canDelete": "no",
            "type": kind,
            "subType": subkind,
            "dispStart": code.display,
            "equivStart": f"<{code.name}>",
            "equivEnd": f"</{code.name}>",
        }
        return f"{open_tag('pc', attributes)}{content}</pc>"

    def kept(self, text: str, number: int) -> str:
        return leaf("mrk", {"id": f"_{number}", "translate": "no"}, escape(text))

    def literal(self, text: str, number: int) -> str:
        return leaf("mrk", {"id": f"_{number}", "type": "gettext:literal"}, escape(text))


def _message(message: OutgoingMessage) -> list[str]:
    units = [line for text in message.texts for line in _unit(message, text)]
    if not message.is_plural:
        return units
    attributes = {"id": safe_id(message.unit.id), "name": message.unit.id, "type": _PLURALS}
    return block("group", attributes, units)


def _unit(message: OutgoingMessage, text: OutgoingText) -> list[str]:
    form = "" if text.form is None else f":{text.form}"
    attributes = {"id": f"{safe_id(message.unit.id)}{form}", "name": text.name, "xml:space": "preserve"}
    is_fuzzy = bool(text.target) and message.unit.fuzzy
    state = Progress.TRANSLATED if text.target and not is_fuzzy else Progress.INITIAL
    segment = [leaf("source", {}, text.source)]
    if text.target:
        segment.append(leaf("target", {}, text.target))
    notes = list(_notes(message, text))
    items = [
        *_metadata(message),
        *(block("notes", {}, notes) if notes else ()),
        *block("segment", {"state": state, "subState": _FUZZY if is_fuzzy else ""}, segment),
    ]
    return block("unit", attributes, items)


def _metadata(message: OutgoingMessage) -> list[str]:
    """Both English texts of a plural message."""
    if not message.is_plural:
        return []
    both = zip((_SINGULAR, _PLURAL), message.sources, strict=True)
    metas = [leaf("mda:meta", {"type": kind}, escape(source)) for kind, source in both]
    return block("mda:metadata", {}, block("mda:metaGroup", {"category": "gettext"}, metas))


def _notes(message: OutgoingMessage, text: OutgoingText) -> Iterator[str]:
    for note in text.notes:
        yield leaf("note", {"category": _DEVELOPER, "appliesTo": "source"}, escape(note))
    if message.unit.location:
        yield leaf("note", {"category": _LOCATION}, escape(message.unit.location))
    if text.previous:
        yield leaf("note", {"category": _PREVIOUS, "appliesTo": "source"}, escape(text.previous))
    if text.comments:
        yield leaf("note", {"category": _TRANSLATOR, "appliesTo": "target"}, escape("\n".join(text.comments)))


# ---- reading


def read_file(root: Element, file: Element, problems: Problems) -> ReturnedFile:
    """Read the one <file> of a document. Raises Refused with everything that is wrong with it."""
    target = read_locale(root.attributes, "trgLang", root.line, problems)
    texts = [
        text
        for unit, group in limited(within(file, "unit", ("group",)), problems)
        if (text := _returned_text(unit, group, problems)) is not None
    ]
    return ReturnedFile(
        name=problems.name,
        domain=text_of(file.attributes.get("id", "")),
        target=target,
        units=returned(texts, _VOCABULARY, target, problems),
    )


def _returned_text(unit: Element, group: Element, problems: Problems) -> ReturnedText | None:
    identifier = unit.attributes.get("id", "")
    english = _english(unit)
    is_plural = english is not None or group.attributes.get("type") == _PLURALS
    name = unit.attributes.get("name") or _name_of(identifier, is_plural=is_plural)
    form = split_form_name(name) if is_plural else (name, None)
    segments = [child for child in unit.elements() if child.name in ("segment", "ignorable")]
    sources = tuple(source for segment in segments if (source := segment.first("source")) is not None)
    hint = "send the entry as it came"
    if not name or form is None:
        problems.add(unit.line, "an entry has no id that is one of ours", hint=hint, entry=name)
        return None
    if not sources or len(sources) != len(segments):
        problems.add(unit.line, "has no source", hint=hint, entry=name)
        return None
    return ReturnedText(
        id=form[0],
        form=form[1],
        sources=sources,
        targets=_targets(segments),
        fuzzy=not all(map(_is_done, segments)),
        english=english,
        comments=tuple(_comments(unit)),
        line=unit.line,
    )


def _name_of(identifier: str, *, is_plural: bool) -> str:
    """The name that a unit had when it went out, from its id."""
    message, colon, form = identifier.rpartition(":")
    return f"{text_of(message)}[{form}]" if is_plural and colon else text_of(identifier)


def _english(unit: Element) -> tuple[str, str] | None:
    metas = {
        meta.attributes.get("type"): meta.text
        for metadata in unit.elements(f"{_METADATA} metadata")
        for group in metadata.elements(f"{_METADATA} metaGroup")
        for meta in group.elements(f"{_METADATA} meta")
    }
    return (metas[_SINGULAR], metas[_PLURAL]) if _SINGULAR in metas and _PLURAL in metas else None


def _targets(segments: list[Element]) -> tuple[Element, ...]:
    """The pieces of the translation in the order in which they stand in it; none where nothing is translated."""
    targets = [segment.first("target") for segment in segments]
    if not any(target is not None for target, segment in zip(targets, segments, strict=True) if _is_text(segment)):
        return ()
    pieces: list[tuple[int, Element]] = []
    for number, (target, segment) in enumerate(zip(targets, segments, strict=True), start=1):
        # What stands between segments is the same in the translation unless it says otherwise.
        piece = target if target is not None or _is_text(segment) else segment.first("source")
        if piece is not None:
            order = piece.attributes.get("order", "")
            place = int(order) if order.isascii() and order.isdigit() and len(order) < 7 else number
            pieces.append((place, piece))
    return tuple(piece for _, piece in sorted(pieces, key=lambda pair: pair[0]))


def _is_text(segment: Element) -> bool:
    return segment.name == "segment"


def _is_done(segment: Element) -> bool:
    """A segment without a state is an initial one (4.3.1.31)."""
    return not _is_text(segment) or (segment.first("target") is not None and segment.attributes.get("state") in _DONE)


def _comments(unit: Element) -> Iterator[str]:
    """Those of the unit, and those that tools put into its segments although the standard has no place for them."""
    for holder in (unit, *unit.elements("segment")):
        for notes in holder.elements("notes"):
            for note in notes.elements("note"):
                category = note.attributes.get("category")
                if category not in _OURS and (note.text.strip() or category == _TRANSLATOR):
                    yield from comment_lines(note.text)
