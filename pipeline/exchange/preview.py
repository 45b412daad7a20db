"""preview: the English page and where its translation stands, side by side, for a translator to look at."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from pipeline.exchange.word_counts import unit_state
from pipeline.html_page import escaped, inline, language, page
from pipeline.model.catalog import State
from pipeline.model.document import Block, Document, ListBlock, Notice, block_messages
from pipeline.model.exchange import OutgoingUnit
from pipeline.model.locale import Locale, english_name
from pipeline.model.pattern import Pattern, serialize

_LABELS = {
    State.UNTRANSLATED: "untranslated",
    State.FUZZY: "fuzzy: needs work",
    State.TRANSLATED: "translated",
}
_WORD = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewText:
    """One text of the page.

    `locale` is the one whose words stand there: an overlay shows what it does not say itself in the words of
    another. `unusable` has the translation that is in the catalog where it is no text of this message, and
    `problems` says why.
    """

    unit: OutgoingUnit
    locale: Locale
    unusable: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def preview(
    title: str, texts: Iterable[PreviewText], kinds: Mapping[str, str], source: Locale, target: Locale
) -> bytes:
    """A page of all texts in reading order; `kinds` says what each is, by id."""
    rows: list[str] = []
    counts = dict.fromkeys(State, 0)
    inherited = 0
    waiting: list[str] = []
    for text in texts:
        state = unit_state(text.unit)
        if text.locale != target:
            inherited += 1
        else:
            counts[state] += 1
            if state is not State.TRANSLATED:
                waiting.append(text.unit.id)
        rows.append(text_section(text, kinds.get(text.unit.id, "text"), source, target))
    body = [
        f"<h1>{escaped(title)}</h1>\n",
        f'<p class="lead">English and {escaped(english_name(target))} ({escaped(target.bcp47)}) side by side. ',
        ", ".join(f"{counts[state]} {state.value}" for state in (State.TRANSLATED, State.FUZZY, State.UNTRANSLATED)),
        f"; {inherited} shown in the words of another catalog" if inherited else "",
        ". The id of a text is its <code>msgctxt</code> in the PO file and the id of its unit in XLIFF. ",
        "This page is only to look at: translate in the PO or XLIFF file.</p>\n",
        *_contents(waiting),
        "<main>\n",
        *rows,
        "</main>\n",
    ]
    return page(f"{title} ({target.bcp47})", "".join(body))


def text_kinds(document: Document) -> dict[str, str]:
    """What stands out on the page, by message id: title, question, notice, footnote; all else is text."""
    kinds = {document.title.id: "title"}
    kinds.update((footnote.message.id, "footnote") for footnote in document.footnotes)
    kinds.update((entry.question.id, "question") for entry in document.entries)
    for blocks in (document.lead, *(entry.answer for entry in document.entries)):
        kinds.update((identifier, "notice") for identifier in _in_notices(blocks))
    return kinds


def _in_notices(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Notice):
            yield from (message.id for message in block_messages(block.blocks))
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from _in_notices(item)


def _contents(waiting: list[str]) -> Iterator[str]:
    if waiting:
        yield f"<details><summary>{len(waiting)} texts need work</summary>\n<ul>\n"
        yield from (f'<li><a href="#{escaped(_anchor(id_))}"><code>{escaped(id_)}</code></a></li>\n' for id_ in waiting)
        yield "</ul>\n</details>\n"


def _anchor(identifier: str) -> str:
    return "text-" + re.sub(r"\s", "_", identifier)


# ---- one text


def text_section(
    text: PreviewText, kind: str, source: Locale, target: Locale, *, label: str = "", found: str = ""
) -> str:
    """A text beside its translation, alone where the target is the source itself.

    `label` says its state in other words, `found` is markup of what is wrong with it.
    """
    unit, state = text.unit, unit_state(text.unit)
    own = text.locale == target
    # An overlay keeps the English where the chain ends in it.
    label = label or (_LABELS[state] if own else f"in the words of {text.locale.bcp47}: not part of this catalog")
    classes = f"text {kind} {state.value if own else 'inherited'}"
    return "".join(
        [
            f'<div class="{escaped(classes)}" id="{escaped(_anchor(unit.id))}">\n',
            f'<header><code>{escaped(unit.id)}</code> <span class="state">{escaped(label)}</span>',
            *(f' <span class="note">{escaped(note)}</span>' for note in unit.notes),
            *(f' <span class="note">Translator: {escaped(comment)}</span>' for comment in unit.comments if comment),
            "</header>\n",
            f'<div class="pair"><div {language(source)}>{_forms(unit.sources, ("one", "several"), unit)}</div>',
            _target(text, state) if target != source else "",
            "</div>\n",
            _earlier(unit, source) if own else "",
            found,
            "</div>\n",
        ]
    )


def _target(text: PreviewText, state: State) -> str:
    unit = text.unit
    attributes = language(text.locale)
    if text.unusable:
        shown = "\n".join(text.unusable)
        problems = "; ".join(text.problems)
        return (
            f'<div class="target" {attributes}>{escaped(shown)}'
            f'<p class="problem" lang="en" dir="ltr">This translation cannot be used: {escaped(problems)}</p></div>'
        )
    if state is State.UNTRANSLATED and not any(unit.targets):
        return '<div class="missing">not translated yet</div>'
    labels = tuple(f"msgstr[{number}]" for number in range(len(unit.targets)))
    return f'<div class="target" {attributes}>{_forms(unit.targets, labels, unit)}</div>'


def _forms(patterns: tuple[Pattern, ...], labels: tuple[str, ...], unit: OutgoingUnit) -> str:
    if len(unit.sources) == 1:
        return "".join(inline(pattern, unit.display) for pattern in patterns)
    return "".join(
        f'<span class="form" lang="en" dir="ltr">{escaped(label)}</span>{inline(pattern, unit.display)}\n'
        for label, pattern in zip(labels, patterns, strict=False)
    )


def _earlier(unit: OutgoingUnit, source: Locale) -> str:
    """The English that a fuzzy translation was made from, with what has changed since."""
    if not unit.fuzzy or unit.previous is None:
        return ""
    before = [text for text in (unit.previous.source, unit.previous.plural) if text is not None]
    now = [serialize(pattern) for pattern in unit.sources]
    changes = "\n".join(_difference(old, new) for old, new in zip(before, now, strict=False))
    return (
        f'<div class="earlier"><span class="note">What has changed in the English since it was translated:</span>'
        f"<br><span {language(source)}>{changes}</span></div>\n"
    )


def _difference(old: str, new: str) -> str:
    before, after = _WORD.findall(old), _WORD.findall(new)
    parts: list[str] = []
    for _, first, last, new_first, new_last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, come = "".join(before[first:last]), "".join(after[new_first:new_last])
        if gone == come:
            parts.append(escaped(come))
            continue
        parts.append(f"<del>{escaped(gone)}</del>" if gone else "")
        parts.append(f"<ins>{escaped(come)}</ins>" if come else "")
    return "".join(parts)
