"""html_page: pages for people who work on texts, in any writing direction; one file each, without a script."""

import re
from collections.abc import Mapping
from html import escape

from pipeline.model.locale import Locale, direction
from pipeline.model.pattern import Atom, Pattern, Span, Text

STYLE = """\
:root { color-scheme: light dark; --ink: #1b2430; --soft: #465262; --line: #d5dce4; --paper: #fff; --tint: #f3f6f9;
  --accent: #095077; --open: #8a1c1c; --open-tint: #fdf3f2; --doubt: #6b4a00; --doubt-tint: #fff7e0; --done: #1d5c36;
  --done-tint: #eef8f1; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8edf2; --soft: #b3bfcc; --line: #3a4653; --paper: #12181f;
  --tint: #1b232c; --accent: #7cc4ec; --open: #ffb4ab; --open-tint: #2e1a19; --doubt: #f2cf7a; --doubt-tint: #2b2412;
  --done: #8fd6ab; --done-tint: #14251b; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-inline-size: 82rem; padding: 1.5rem 1.25rem 3rem; background: var(--paper);
  color: var(--ink); overflow-wrap: break-word;
  font: 1rem/1.6 "Segoe UI", "Noto Sans", "Noto Sans Arabic", "Noto Sans CJK JP", "Helvetica Neue", Arial, sans-serif; }
body.guide { max-inline-size: 50rem; }
h1, h2, h3 { line-height: 1.3; margin: 1.5em 0 0.5em; } h1 { margin-block-start: 0; } h2 { font-size: 1.25rem; }
p, ul, ol { margin-block: 0.6em; } a { color: var(--accent); }
code { font-family: ui-monospace, Consolas, "Noto Sans Mono", monospace; font-size: 0.9em; }
table { border-collapse: collapse; inline-size: 100%; margin-block: 0.75rem; }
th, td { padding: 0.3rem 0.6rem; border-block-end: 1px solid var(--line); text-align: start; vertical-align: top; }
td.number, th.number { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
.scroll { overflow-x: auto; }
.lead { color: var(--soft); }
.chip { display: inline-block; padding: 0 0.35em; border: 1px solid var(--accent); border-radius: 0.35em;
  background: var(--tint); color: var(--accent); font: 0.8em/1.5 ui-monospace, Consolas, monospace; white-space: nowrap;
  vertical-align: 0.08em; unicode-bidi: isolate; }
.chip b { font-weight: 600; color: var(--ink); padding-inline-start: 0.35em; }
.text { border: 1px solid var(--line); border-inline-start-width: 0.3rem; border-radius: 0.3rem;
  margin-block: 0.75rem; }
.text > header { display: flex; flex-wrap: wrap; gap: 0.25rem 0.75rem; align-items: baseline; padding: 0.3rem 0.75rem;
  background: var(--tint); font-size: 0.875rem; }
.state { font-weight: 700; }
.note { color: var(--soft); font-size: 0.875rem; }
.pair { display: grid; grid-template-columns: 1fr 1fr; }
.pair > div { padding: 0.5rem 0.75rem; white-space: pre-line; min-inline-size: 0; }
.pair > div:not(:last-child) { border-inline-end: 1px solid var(--line); }
.question .pair, .title .pair { font-weight: 700; font-size: 1.1rem; }
.notice .pair { font-weight: 700; }
.form { display: block; color: var(--soft); font-size: 0.8125rem; font-weight: 400; }
.earlier { padding: 0.3rem 0.75rem 0.5rem; border-block-start: 1px dashed var(--line); font-size: 0.9375rem; }
.untranslated { border-inline-start-color: var(--open); } .untranslated .state { color: var(--open); }
.untranslated .missing { color: var(--open); background: var(--open-tint); }
.fuzzy { border-inline-start-color: var(--doubt); } .fuzzy .state { color: var(--doubt); }
.fuzzy .target { background: var(--doubt-tint); }
.translated { border-inline-start-color: var(--done); } .translated .state { color: var(--done); }
.inherited { border-inline-start-style: dotted; } .inherited .state { color: var(--soft); }
.problem { color: var(--open); font-size: 0.875rem; }
del { color: var(--open); } ins { color: var(--done); }
@media (max-width: 45rem) { .pair { grid-template-columns: 1fr; }
  .pair > div:not(:last-child) { border-inline-end: 0; border-block-end: 1px solid var(--line); } }
@media print { .text { break-inside: avoid; } }
"""

# What no page may hold: control characters and code points that are no characters.
_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
_PICTURES, _UNKNOWN = 0x2400, "\ufffd"


def page(title: str, body: str, *, kind: str = "", style: str = "", head: str = "") -> bytes:
    """A whole page in English around a body that is markup already, with a style of its own besides.

    `head` is for a page of a server: markup that stands in the place of the style in the page.
    """
    attribute = f' class="{escaped(kind)}"' if kind else ""
    head = head or f"<style>\n{STYLE}{style}</style>\n"
    return (
        '<!DOCTYPE html>\n<html lang="en" dir="ltr">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex">\n'
        f"<title>{escaped(title)}</title>\n{head}</head>\n"
        f"<body{attribute}>\n{body}</body>\n</html>\n"
    ).encode()


def escaped(text: str) -> str:
    """Text for a page, between tags or in a quoted attribute; control characters are shown by their pictures."""
    return escape(_UNFIT.sub(_visible, text), quote=True)


def _visible(match: re.Match[str]) -> str:
    code = ord(match[0])
    return chr(_PICTURES + code) if code < 0x20 else _UNKNOWN


def language(locale: Locale) -> str:
    """The attributes of an element whose text is in the locale."""
    return f'lang="{escaped(locale.bcp47)}" dir="{direction(locale)}"'


def chip(text: str, meaning: str = "") -> str:
    """A placeholder or a tag as it stands in the file, with what it stands for."""
    explained = f"<b>{escaped(meaning)}</b>" if meaning else ""
    return f'<bdi class="chip" dir="ltr">{escaped(text)}{explained}</bdi>'


def inline(pattern: Pattern, display: Mapping[str, str]) -> str:
    """A text with its placeholders and tags as chips."""
    parts: list[str] = []
    for part in pattern:
        match part:
            case Text(value):
                parts.append(escaped(value))
            case Atom(name):
                parts.append(chip(f"{{{name}}}", display.get(name, "")))
            case Span(name, children):
                inner = inline(children, display)
                element = name if name in ("strong", "em") else "u"
                opening, closing = chip(f"<{name}>", display.get(name, "")), chip(f"</{name}>")
                parts.append(f"{opening}<{element}>{inner}</{element}>{closing}")
    return "".join(parts)
