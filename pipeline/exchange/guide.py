"""guide: the page that a translator reads first, with the numbers and the examples of their own kit."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.exchange import kit
from pipeline.exchange.word_counts import CountSheet, Match, Tally
from pipeline.html_page import chip, escaped, inline, language, page
from pipeline.model.catalog import State
from pipeline.model.exchange import OutgoingFile, OutgoingUnit
from pipeline.model.locale import Locale, english_name
from pipeline.model.pattern import Part, Pattern, Span, Text, inventory

_MATCH_LABELS = {
    Match.EXACT: "100% (the same text is translated elsewhere)",
    Match.REPETITION: "repetitions within the work",
    Match.FROM_95: "95–99%",
    Match.FROM_85: "85–94%",
    Match.FROM_75: "75–84%",
    Match.NONE: "no match",
}
_STATE_LABELS = {
    State.UNTRANSLATED: "new (untranslated)",
    State.FUZZY: "fuzzy (translated from an earlier English, or offered from another text)",
    State.TRANSLATED: "translated",
}
_RULES = {
    "cite": ("a reference, printed as a small raised number", "Keep it right after the claim that it supports."),
    "note": ("the mark of a footnote", "Keep it right after the words that it explains."),
    "a": ("a link", "Translate the words between the tags; both tags stay around them."),
    "strong": ("strong emphasis", "Put the tags around the words that carry the emphasis in your language."),
    "em": ("emphasis", "Put the tags around the words that carry the emphasis in your language."),
}
_VALUE_RULE = ("a value that is filled in when the page is shown", "Put it where your language wants it.")


@dataclass(frozen=True, kw_only=True)
class GuideFacts:
    """What the guide tells of its kit; `files` has what is handed off."""

    project: str
    contact: str
    source: Locale
    target: Locale
    pending: bool
    files: tuple[OutgoingFile, ...]
    counts: CountSheet
    names: tuple[str, ...]
    plural_count: int


def guide(facts: GuideFacts) -> bytes:
    """README.html of a kit."""
    language_name = english_name(facts.target)
    title = f"{facts.project}: English to {language_name}"
    sections = (_lead, _work, _contents, _choice, _codes, _states, _untouchable, _return)
    body = "".join(line for section in sections for line in section(facts))
    return page(f"Translation kit: {title}", f"<h1>Translation kit: {escaped(title)}</h1>\n{body}", kind="guide")


def _lead(facts: GuideFacts) -> Iterator[str]:
    count = sum(len(file.units) for file in facts.files)
    documents = len(facts.files)
    which = "the texts that need work" if facts.pending else "all texts, translated or not"
    yield (
        f'<p class="lead">This kit holds {which}: {_number(count, "text")} in {_number(documents, "file")}, '
        f"for {escaped(english_name(facts.target))} (<code>{escaped(facts.target.bcp47)}</code>). "
        f"{_words(_open(facts.counts))} need work.</p>\n"
    )


def _work(facts: GuideFacts) -> Iterator[str]:
    total = facts.counts.total
    yield "<h2>How much work</h2>\n"
    yield '<table>\n<tr><th>English</th><th class="number">texts</th><th class="number">words</th></tr>\n'
    for state in State:
        yield _row(_STATE_LABELS[state], total.state(state))
    yield '<tr><th colspan="3">New and fuzzy texts by their best match in the memory</th></tr>\n'
    for match in Match:
        yield _row(_MATCH_LABELS[match], total.match(match))
    yield "</table>\n"
    yield (
        '<p class="note">Words are counted between blanks, without placeholders and tags. Matches are counted word by '
        "word against the translations in <code>memory/</code>; a fuzzy text is also compared with the English that it "
        f"was translated from. Each document by itself: <code>{kit.COUNTS_CSV}</code>. Your tool may count a little "
        "differently.</p>\n"
    )


def _contents(facts: GuideFacts) -> Iterator[str]:
    yield "<h2>What is in the kit</h2>\n<table>\n"
    locale = facts.target.gettext
    rows = {
        "po/": "the texts as gettext PO",
        "xliff-1.2/, xliff-2.1/": "the same texts as XLIFF",
        kit.memory_path(locale): "what is translated already, as a translation memory (TMX 1.4)",
        f"{kit.GLOSSARY_CSV}, {kit.GLOSSARY_TBX}": "names that stay as they are, and terms with their translations",
        "preview/": "the English and its translation side by side, with the id of each text: open in a browser",
        f"{kit.COUNTS_CSV}, {kit.COUNTS_JSON}": "the words of each document",
        f"{kit.CHECKERS}/": "settings for OmegaT, Okapi and memoQ that protect placeholders and tags",
        kit.MANIFEST: "for us: what the kit was made from; leave it as it is",
    }
    for name, what in rows.items():
        yield f"<tr><td><code>{escaped(name)}</code></td><td>{escaped(what)}</td></tr>\n"
    yield "</table>\n<ul>\n"
    for file in facts.files:
        name = escaped(kit.preview_path(file.domain))
        yield f'<li><a href="{name}">{name}</a>: {_number(len(file.units), "text")} to hand</li>\n'
    yield "</ul>\n"


def _choice(facts: GuideFacts) -> Iterator[str]:
    yield (
        "<h2>Choose one file type</h2>\n"
        "<p><strong>Work in one type only.</strong> All three hold the same texts; two that say different things are "
        "refused.</p>\n<table>\n"
        "<tr><th>your tool</th><th>take</th></tr>\n"
        "<tr><td>Poedit, Weblate, OmegaT, Lokalize, Virtaal, a text editor</td><td><code>po/</code></td></tr>\n"
        "<tr><td>memoQ, Trados Studio, Phrase, Okapi, any other CAT tool</td><td><code>xliff-1.2/</code></td></tr>\n"
        "<tr><td>a tool that reads XLIFF 2 only</td><td><code>xliff-2.1/</code></td></tr>\n"
        "</table>\n<p>In XLIFF the placeholders and tags are inline elements that your tool protects by itself. "
        "In PO they are plain text: <code>checkers/</code> says how to protect them.</p>\n"
    )


def _codes(facts: GuideFacts) -> Iterator[str]:
    yield (
        "<h2>Placeholders and tags</h2>\n"
        "<p>Each must stand in the translation exactly as often as in the English, spelt the same. Their order may "
        "change. Examples from this kit:</p>\n"
    )
    examples = list(_examples(facts.files))
    yield "" if examples else "<p>None of these texts has any.</p>\n"
    for name, unit in examples:
        what, rule = _RULES.get(name.strip("{}<>/").rstrip("0123456789"), _VALUE_RULE)
        meaning = unit.display.get(name.strip("{}<>"), "")
        yield f'<section class="text"><header>{chip(name)} {escaped(what)}'
        yield f": here {escaped(meaning)}" if meaning else ""
        yield f' <span class="note">{escaped(rule)}</span></header>\n<div class="pair">'
        yield f"<div {language(facts.source)}>{inline(unit.sources[0], unit.display)}</div>"
        finished = bool(unit.targets) and not unit.fuzzy
        translated = inline(unit.targets[0], unit.display) if finished else "…"
        yield f"<div {language(facts.target)}>{translated}</div></div></section>\n"
    if _has_literal_braces(facts.files):
        yield (
            "<p>A doubled brace in PO, <code>{{</code> or <code>}}</code>, is a single brace in print: keep it "
            "doubled.</p>\n"
        )
    yield (
        "<p>Add no tags, no HTML and no placeholders of your own: such a text is refused. Numbers keep their value; "
        "write them as your language does.</p>\n"
    )


def _states(facts: GuideFacts) -> Iterator[str]:
    yield (
        "<h2>Fuzzy texts and plurals</h2>\n"
        "<p>A <em>fuzzy</em> text has a translation of an earlier English, shown as <code>#| msgid</code> in PO and as "
        "<code>alt-trans</code> in XLIFF 1.2; or one that was offered from the same English elsewhere. Bring it up to "
        "today's English and take the mark away (PO: remove <code>fuzzy</code>, in Poedit “Needs work”; XLIFF: confirm "
        "the segment). What is still fuzzy when it comes back stays fuzzy and is not published.</p>\n"
    )
    if any(len(unit.sources) > 1 for file in facts.files for unit in file.units):
        yield (
            f"<p>A text with a plural has {_number(facts.plural_count, 'form')} in "
            f"{escaped(english_name(facts.target))}: <code>msgstr[0]</code>"
            + (f" to <code>msgstr[{facts.plural_count - 1}]</code>" if facts.plural_count > 1 else "")
            + ". Write every one; the header of the PO file says which number takes which.</p>\n"
        )


def _untouchable(facts: GuideFacts) -> Iterator[str]:
    yield (
        "<h2>What to leave alone</h2>\n<ul>\n"
        "<li>The English: <code>msgid</code>, <code>source</code>. Report a mistake in it, do not mend it.</li>\n"
        "<li>The ids: <code>msgctxt</code>, <code>id</code>, <code>resname</code>.</li>\n"
        "<li>The header of the PO file, above all <code>Language</code>, <code>Content-Type</code> and "
        "<code>Plural-Forms</code>. Your name belongs in <code>Last-Translator</code>.</li>\n"
        "<li>The names of the files, and their encoding, which is UTF-8.</li>\n"
    )
    if facts.names:
        listed = ", ".join(f"<b>{escaped(name)}</b>" for name in facts.names)
        yield (
            f"<li>These names stay as they are; the glossary has the inflections that a language may give them: "
            f"{listed}.</li>\n"
        )
    yield "</ul>\n<p>Your own comments are welcome: we keep them.</p>\n"


def _return(facts: GuideFacts) -> Iterator[str]:
    yield (
        "<h2>How to send it back</h2>\n"
        "<p>Send the files that you translated, under their names, or the whole kit as a zip. What you did not touch "
        "may stay in it; leave out what your tool made for itself, such as memories. Everything is checked before "
        "anything is taken: a return is taken whole, or refused with file, line, text, reason and what to do. If the "
        "English changed in the meantime, the texts that changed are reported and left as they are here; all others "
        "are taken.</p>\n"
    )
    if facts.contact:
        contact = escaped(facts.contact)
        is_link = facts.contact.startswith(("https://", "http://", "mailto:"))
        shown = f'<a href="{contact}">{contact}</a>' if is_link else f"<code>{contact}</code>"
        yield f"<p>Questions about the English, and mistakes in it: {shown}</p>\n"


# ---- examples


def _examples(files: Iterable[OutgoingFile]) -> Iterator[tuple[str, OutgoingUnit]]:
    """The first text with each kind of placeholder or tag; a translated one where there is any."""
    found: dict[str, tuple[str, OutgoingUnit]] = {}
    for file in files:
        for unit in file.units:
            for name in inventory(unit.sources[0]):
                kind = _kind(name)
                before = found.get(kind)
                if before is None or (not before[1].targets and unit.targets and not unit.fuzzy):
                    found[kind] = (name, unit)
    yield from found.values()


def _kind(name: str) -> str:
    """`cite1` and `cite2` are of one kind, and so are all values that are filled in."""
    bare = name.strip("{}<>").rstrip("0123456789")
    return bare if bare in _RULES else "value"


def _has_literal_braces(files: Iterable[OutgoingFile]) -> bool:
    return any(_braced(pattern) for file in files for unit in file.units for pattern in unit.sources)


def _braced(pattern: Pattern) -> bool:
    return any(_part_braced(part) for part in pattern)


def _part_braced(part: Part) -> bool:
    if isinstance(part, Span):
        return _braced(part.children)
    return isinstance(part, Text) and ("{" in part.value or "}" in part.value)


# ---- numbers


def _row(label: str, tally: Tally) -> str:
    numbers = "".join(f'<td class="number">{number:,}</td>' for number in (tally.segments, tally.words))
    return f"<tr><td>{escaped(label)}</td>{numbers}</tr>\n"


def _open(counts: CountSheet) -> Tally:
    return counts.total.open


def _words(tally: Tally) -> str:
    return f"{_number(tally.segments, 'text')} with {_number(tally.words, 'English word')}"


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
