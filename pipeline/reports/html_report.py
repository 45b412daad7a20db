"""html_report: one page for linguists: each text beside its source, with what was found, filtered without a script."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from pipeline.html_page import escaped, language, page
from pipeline.model.finding import Finding, Severity
from pipeline.model.locale import Locale, english_name
from pipeline.reports.report import Report, Result, visible

_ENGLISH = Locale("en")
# As they are after escaping.
_INLINE = re.compile(r"\{[A-Za-z0-9_]{1,40}\}|&lt;/?[A-Za-z][A-Za-z0-9]{0,20}&gt;")
_SYMBOLS = {Severity.ERROR: "✖", Severity.WARNING: "▲", Severity.INFO: "●"}

FOUND_STYLE = """\
.found { list-style: none; margin: 0; padding: 0 0.75rem 0.5rem; }
.found li { margin-block-start: 0.4rem; padding-inline-start: 1.5rem; text-indent: -1.5rem; }
.found li > * { text-indent: 0; }
.error .mark { color: var(--open); } .warning .mark { color: var(--doubt); } .info .mark { color: var(--accent); }
.mark { display: inline-block; inline-size: 1.5rem; text-indent: 0; }
.facts, .mend { display: block; padding-inline-start: 1.5rem; font-size: 0.9375rem; color: var(--soft); }
.facts b { color: var(--ink); font-weight: 600; }
"""
_STYLE = """\
.filters { position: sticky; inset-block-start: 0; z-index: 1; background: var(--paper); padding-block: 0.5rem;
  border-block-end: 1px solid var(--line); }
.filters fieldset { display: flex; flex-wrap: wrap; gap: 0.15rem 1rem; border: 0; margin: 0; padding: 0.15rem 0; }
.filters legend { float: inline-start; inline-size: 6rem; padding: 0; font-weight: 600; }
.filters label { white-space: nowrap; }
.around { color: var(--soft); font-size: 0.875rem; display: block; }
mark { background: var(--doubt-tint); color: inherit; outline: 1px solid var(--doubt); }
.pair .head { display: block; font-size: 0.8125rem; color: var(--soft); }
@media print { .filters { display: none; } }
"""


def html_report(report: Report) -> str:
    """A whole page; what the boxes at its head leave out is not printed either."""
    counted = Counter(result.finding.severity for result in report.results)
    totals = ", ".join(
        f"{counted[severity]} {severity}{'s' if counted[severity] != 1 else ''}" for severity in Severity
    )
    body = [
        f"<h1>{escaped(report.title)}</h1>\n",
        f'<p class="lead">{totals} in {report.texts:,} texts. An error is a risk that was found with certainty, '
        "a warning is for a reviewer to decide, info is typography. <code>pipeline explain RULE</code> says why a rule "
        "is there.</p>\n",
        _filters(report),
        _table(report),
        "<main>\n",
        *_sections(report.results, report.stops),
        "</main>\n" if report.results else "<p>Nothing was found.</p></main>\n",
    ]
    return page(report.title, "".join(body), style=FOUND_STYLE + _STYLE + _filter_style(report)).decode()


def _language_of(result: Result) -> str:
    return result.language.gettext if result.language is not None else "project"


def _rules(report: Report) -> list[str]:
    return sorted({result.finding.rule for result in report.results})


def _languages(report: Report) -> list[str]:
    return sorted({_language_of(result) for result in report.results})


# ---- filters: a box that is not ticked hides what carries its class


def _filter_style(report: Report) -> str:
    names = [*Severity, *(f"r-{rule}" for rule in _rules(report)), *(f"l-{tag}" for tag in _languages(report))]
    hidden = ",\n".join(f"body:has(#show-{escaped(name)}:not(:checked)) li.{escaped(name)}" for name in names)
    texts = ",\n".join(
        f"body:has(#show-l-{escaped(tag)}:not(:checked)) .text.l-{escaped(tag)}" for tag in _languages(report)
    )
    return f"{hidden} {{ display: none; }}\n{texts} {{ display: none; }}\n" if report.results else ""


def _filters(report: Report) -> str:
    if not report.results:
        return ""
    present = [severity for severity in Severity if report.count(severity)]
    return "".join(
        (
            '<form class="filters" aria-label="What is shown">\n',
            _boxes("Severity", [(severity.value, severity.value, report.count(severity)) for severity in present]),
            _boxes("Language", _counted("l-", Counter(map(_language_of, report.results)))),
            _boxes("Rule", _counted("r-", Counter(result.finding.rule for result in report.results))),
            "</form>\n",
        )
    )


def _counted(prefix: str, counts: Counter[str]) -> list[tuple[str, str, int]]:
    return [(f"{prefix}{name}", name, counts[name]) for name in sorted(counts)]


def _boxes(legend: str, boxes: Iterable[tuple[str, str, int]]) -> str:
    inside = "".join(
        f'<label><input type="checkbox" id="show-{escaped(name)}" checked> {escaped(label)} ({count})</label>\n'
        for name, label, count in boxes
    )
    return f"<fieldset><legend>{legend}</legend>\n{inside}</fieldset>\n"


def _table(report: Report) -> str:
    counts = Counter((_language_of(result), result.finding.severity) for result in report.results)
    if not counts:
        return ""
    head = "".join(f'<th scope="col" class="number">{severity}</th>' for severity in Severity)
    rows = "".join(
        f'<tr><th scope="row">{escaped(tag)}</th>'
        + "".join(f'<td class="number">{counts[tag, severity] or ""}</td>' for severity in Severity)
        + "</tr>\n"
        for tag in _languages(report)
    )
    return f'<table><thead><tr><th scope="col">Language</th>{head}</tr></thead>\n<tbody>\n{rows}</tbody></table>\n'


# ---- texts


def _sections(results: Iterable[Result], stops: bool) -> Iterator[str]:
    for tag, of_language in groupby(sorted(results, key=_language_of), key=_language_of):
        listed = list(of_language)
        locale = listed[0].language
        name = f"{english_name(locale)} ({locale.gettext})" if locale is not None else "The project"
        yield f'<section class="l-{escaped(tag)}">\n<h2>{escaped(name)}</h2>\n'
        for _, of_text in groupby(listed, key=lambda result: (result.finding.location.file, _entry(result))):
            yield _card(list(of_text), stops)
        yield "</section>\n"


def _entry(result: Result) -> str:
    return result.finding.entry or str(result.finding.location)


def _card(results: list[Result], stops: bool) -> str:
    first = results[0]
    place = escaped(str(first.finding.location))
    note = f'<span class="note">{escaped(first.context.note)}</span>' if first.context else ""
    title = f"<code>{escaped(first.finding.entry)}</code>" if first.finding.entry else ""
    return (
        f'<article class="text l-{escaped(_language_of(first))}">\n'
        f'<header>{title}<span class="note">{place}</span>{note}</header>\n'
        f"{_pairs(results)}"
        f'<ul class="found">\n{"".join(_item(result, stops) for result in results)}</ul>\n</article>\n'
    )


def _pairs(results: list[Result]) -> str:
    """Each distinct pair of texts, as plural forms are, with the facts in question marked."""
    pairs: dict[tuple[str, str], list[Result]] = {}
    for result in results:
        if result.finding.source or result.finding.target:
            pairs.setdefault((result.finding.source, result.finding.target), []).append(result)
    return "".join(_pair(source, target, found) for (source, target), found in pairs.items())


def _pair(source: str, target: str, results: list[Result]) -> str:
    locale, context = results[0].language, results[0].context
    attributes = language(locale) if locale is not None else 'dir="auto"'
    before, after = (_around(context.before), _around(context.after)) if context else ("", "")
    expected = _marked(source, [result.finding.expected for result in results])
    actual = _marked(target, [result.finding.actual for result in results])
    return (
        '<div class="pair">\n'
        f"<div {language(_ENGLISH)}>{expected}</div>\n"
        f'<div class="target" {attributes}>{before}{actual or "<em>(empty)</em>"}{after}</div>\n</div>\n'
    )


def _around(text: str) -> str:
    short = text if len(text) <= 120 else f"{text[:120]}…"
    return f'<span class="around">{escaped(visible(short))}</span>' if text else ""


def _marked(text: str, facts: Iterable[str]) -> str:
    """The text with the first place of each fact marked, and what cannot be seen shown by its name."""
    spans = sorted(
        {(text.find(fact), text.find(fact) + len(fact)) for fact in facts if fact and fact in text and fact != text}
    )
    parts: list[str] = []
    position = 0
    for start, end in spans:
        if start >= position:
            parts.append(f"{_shown(text[position:start])}<mark>{_shown(text[start:end])}</mark>")
            position = end
    parts.append(_shown(text[position:]))
    return "".join(parts)


def _shown(text: str) -> str:
    """Placeholders and tags run from left to right whatever the language around them."""
    return _INLINE.sub(r'<bdi class="chip" dir="ltr">\g<0></bdi>', escaped(visible(text)))


def _item(result: Result, stops: bool) -> str:
    finding = result.finding
    blocks = stops and result.locales and finding.severity is Severity.ERROR
    return found(
        finding,
        f'<code class="note">{escaped(finding.rule)} {finding.fingerprint}</code>',
        classes=f" r-{escaped(finding.rule)} l-{escaped(_language_of(result))}",
        stopped=f" (stops {escaped(', '.join(result.locales))})" if blocks else "",
    )


def found(finding: Finding, reference: str, *, classes: str = "", stopped: str = "") -> str:
    """A finding as an item of a list with the class `found`; `reference` is markup that says where it is from."""
    facts = ""
    if finding.expected or finding.actual:
        sides = (_fact("source", finding.expected), _fact("target", finding.actual))
        facts = f'<span class="facts">{" — ".join(sides)}</span>'
    mend = f'<span class="mend">{escaped(visible(finding.hint))}</span>' if finding.hint else ""
    return (
        f'<li class="{finding.severity}{classes}">'
        f'<span class="mark" aria-hidden="true">{_SYMBOLS[finding.severity]}</span>'
        f"<strong>{finding.severity}</strong> {escaped(visible(finding.message))}{stopped} "
        f"{reference}{facts}{mend}</li>\n"
    )


def _fact(side: str, fact: str) -> str:
    short = fact if len(fact) <= 200 else f"{fact[:200]}…"
    return f"{side} <b><bdi>{escaped(visible(short)) or 'nothing'}</bdi></b>"
