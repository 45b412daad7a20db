"""workbench_pages: what people look at in the preview: every document in every locale, and each beside its source."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256

from pipeline.checks.documentation import NOT_WAIVABLE, RULES, WAIVABLE
from pipeline.checks.rule import Example
from pipeline.errors import PipelineError
from pipeline.exchange.preview import text_section
from pipeline.html_page import escaped, inline, language, page
from pipeline.model.approval import ApprovalState
from pipeline.model.disclaimer import Disclaimer
from pipeline.model.finding import Finding, Refused, Severity
from pipeline.model.locale import Locale, english_name
from pipeline.model.pattern import plain
from pipeline.reports.html_report import found
from pipeline.reports.report import visible
from pipeline.serve.snapshot import File
from pipeline.serve.workbench import Part, ShownText, TextState, View, Workbench

_SYMBOLS = {Severity.ERROR: "✖", Severity.WARNING: "▲", Severity.INFO: "●"}
_RULES = {rule.id: rule for rule in RULES}
_LABELS = {
    TextState.ENGLISH: "the English itself",
    TextState.FUZZY: "fuzzy: needs work",
    TextState.OUTDATED: "outdated: made from another English; run `pipeline update`",
    TextState.UNUSABLE: "cannot be used",
    TextState.UNTRANSLATED: "untranslated",
}
_HEADINGS = ("Locale", "English words", "Findings", "Approval", "Export", "Look at")

# What a view can be cut down to, by its name in the address.
_Filter = Callable[[ShownText], bool]
FILTERS: Mapping[str, tuple[str, _Filter]] = {
    "": ("All texts", lambda text: True),
    "findings": ("With findings", lambda text: bool(text.findings)),
    "open": ("Open", lambda text: text.state.open),
}


def start(bench: Workbench) -> File:
    """All documents and locales, with what stops them."""
    name = bench.workspace.settings.name
    stopped = sum(bench.assessment.blocked(locale) for locale in bench.locales)
    said = f"{_count(len(bench.content.documents), 'document')} in {_count(len(bench.locales), 'locale')}; "
    said += f"{_count(stopped, 'locale')} stopped." if stopped else "every locale may be exported."
    body = [
        f"<h1>{escaped(name)}</h1>\n",
        f'<p class="lead">{said} Nothing here is exported: that is for <code>pipeline run</code>.</p>\n',
        *_listed("What is wrong with the sources", bench.content.findings),
    ]
    for document in bench.content.documents:
        anchor = f"document-{escaped(document.id)}"
        body.append(f'<section aria-labelledby="{anchor}">\n')
        body.append(f'<h2 id="{anchor}">{escaped(plain(document.title.pattern))}</h2>\n')
        body.append(f'<p class="note"><code>{escaped(document.location.file)}</code></p>\n')
        body.append('<table class="stands">\n<thead><tr>')
        body.extend(f'<th scope="col">{heading}</th>' for heading in _HEADINGS)
        body.append("</tr></thead>\n<tbody>\n")
        body.extend(_stands(bench.view(document, locale)) for locale in bench.locales)
        body.append("</tbody></table>\n</section>\n")
    return _whole(name, "".join(body), kind="start")


def _stands(view: View) -> str:
    locale = view.locale
    total = sum(view.words.values())
    done = view.words.get(TextState.TRANSLATED, 0) + view.words.get(TextState.ENGLISH, 0)
    words = (
        f'<progress max="{total}" value="{done}" aria-hidden="true"></progress> '
        f"<b>{100 * done // total if total else 100} %</b> of {total:,}{_rest(view.words)}"
    )
    texts, framed = _address("texts", view), _address("page", view)
    of = f'<span class="hidden"> of {escaped(view.document.id)} in {escaped(locale.bcp47)}</span>'
    cells = (
        words,
        _severities(view),
        _approval(view),
        _export(view),
        f'<a href="{texts}">Texts{of}</a> <a href="{framed}">Page{of}</a>',
    )
    return (
        f'<tr><th scope="row"><code>{escaped(locale.bcp47)}</code> '
        f"{escaped(english_name(locale))}</th>"
        + "".join(
            f'<td><b class="label" aria-hidden="true">{heading}</b> <span>{cell}</span></td>'
            for heading, cell in zip(_HEADINGS[1:], cells, strict=True)
        )
        + "</tr>\n"
    )


def _rest(words: Mapping[TextState, int]) -> str:
    """What is not translated, and why."""
    waiting = ", ".join(f"{words[state]} {state}" for state in TextState if state.open and words.get(state))
    if waiting:
        return f'<small class="open">{waiting}</small>'
    if TextState.ENGLISH not in words:
        return ""
    return f"<small>English{', some words its own' if TextState.TRANSLATED in words else ' as it is'}</small>"


def _severities(view: View) -> str:
    counts = [(severity, sum(finding.severity is severity for finding in view.findings)) for severity in Severity]
    said = ", ".join(
        f'<span class="{severity}"><span class="mark" aria-hidden="true">{_SYMBOLS[severity]}</span>'
        f"{_count(count, severity.value)}</span>"
        for severity, count in counts
        if count
    )
    return f'<a href="{_address("texts", view)}?only=findings">{said}</a>' if said else "none"


def _approval(view: View) -> str:
    changed = f": {', '.join(view.standing.changed)} changed" if view.standing.changed else ""
    mark = "✔ " if view.standing.state is ApprovalState.APPROVED else ""
    return f"{mark}{escaped(view.standing.state.value + changed)}"


def _export(view: View) -> str:
    if not view.stopped:
        return '<span class="ready">✔ ready</span>'
    own = any(finding.severity is Severity.ERROR for finding in view.findings)
    reasons = ", ".join(f"{count} {rule}" for rule, count in view.stopped.items())
    return f'<span class="stopped">✖ stopped</span> by {escaped(reasons)}{"" if own else ", not on this page"}'


# ---- a document in a locale, beside its source


def side_by_side(bench: Workbench, view: View, only: str) -> File:
    """The texts with what was found in place; `only` is one of FILTERS."""
    document, locale = view.document, view.locale
    title = f"{plain(document.title.pattern)} ({locale.bcp47})"
    beside = "" if view.language == bench.workspace.settings.source else " beside the English"
    shown = [(part, [text for text in part.texts if FILTERS[only][1](text)]) for part in view.parts]
    body = [
        f"<h1>{escaped(plain(document.title.pattern))}</h1>\n",
        f'<p class="lead"><strong>{escaped(english_name(locale))}</strong> (<code>{escaped(locale.bcp47)}</code>)'
        f'{beside}. <a href="{_address("page", view)}">The page itself</a></p>\n',
        f"<p>Approval: {_approval(view)}. Export: {_export(view)}.</p>\n",
        _filters(view, only),
        *_listed("On the page as a whole", view.general),
    ]
    for part, texts in shown:
        if texts:
            body.extend(_part(bench, view, part, texts))
    if not any(texts for _, texts in shown):
        body.append("<p>There are none.</p>\n")
    if not only or any(some for _, some in view.disclaimers):
        body.extend(_disclaimers(view, only))
    return _whole(title, "".join(body), _others(bench, view, "texts"))


def _filters(view: View, only: str) -> str:
    links = []
    for name, (label, chosen) in FILTERS.items():
        count = sum(chosen(text) for text in view.texts())
        current = ' aria-current="page"' if name == only else ""
        query = f"?only={name}" if name else ""
        links.append(f'<li><a href="{_address("texts", view)}{query}"{current}>{label} ({count})</a></li>')
    return f'<nav aria-label="Which texts"><ul class="tabs">{"".join(links)}</ul></nav>\n'


def _part(bench: Workbench, view: View, part: Part, texts: Iterable[ShownText]) -> Iterator[str]:
    anchor = f' id="entry-{escaped(part.entry)}"' if part.entry else ""
    name = f"<code>{escaped(part.name)}</code>" if part.entry else escaped(part.name)
    link = f' <a href="{_address("page", view)}#{escaped(part.entry)}">on the page</a>' if part.entry else ""
    yield f"<section{anchor}>\n<h2>{name}{link}</h2>\n"
    source = bench.workspace.settings.source
    for shown in texts:
        place = f'<li class="note"><code>{escaped(shown.place)}</code></li>\n'
        yield text_section(
            shown.text,
            shown.kind,
            source,
            view.language,
            label=_LABELS.get(shown.state, ""),
            found=f'<ul class="found">\n{"".join(map(_item, shown.findings))}{place}</ul>\n',
        )
    yield "</section>\n"


def _disclaimers(view: View, only: str) -> Iterator[str]:
    yield "<section>\n<h2>Disclaimers</h2>\n"
    if not view.disclaimers:
        yield "<p>This page shows none.</p>\n"
    for disclaimer, findings in view.disclaimers:
        if findings or not only:
            yield from _disclaimer(disclaimer, findings, view.locale)
    yield "</section>\n"


def _disclaimer(disclaimer: Disclaimer, findings: tuple[Finding, ...], locale: Locale) -> Iterator[str]:
    facts = (
        f"{disclaimer.placement}; in force {disclaimer.effective} to {disclaimer.expires}; approval "
        f"{disclaimer.approval}; from {disclaimer.source}{'; sample, not approved' if disclaimer.sample else ''}"
    )
    text = "\n\n".join(inline(message.pattern, {}) for message in disclaimer.text)
    yield (
        f'<div class="text notice">\n<header><code>{escaped(disclaimer.id)}</code> '
        f'<span class="note">{escaped(facts)}</span></header>\n'
        f'<div class="pair"><div {language(locale)}>{text}</div></div>\n<ul class="found">\n'
        f'{"".join(map(_item, findings))}<li class="note"><code>{escaped(str(disclaimer.location))}</code></li>\n'
        "</ul>\n</div>\n"
    )


# ---- the page as exported


def framed(bench: Workbench, view: View, exported: File | None, phone: bool) -> File:
    """The exported page in a frame, byte for byte, since with our script in it it would be another; or why not."""
    document, locale = view.document, view.locale
    title = f"{plain(document.title.pattern)} ({locale.bcp47})"
    here = _address("page", view)
    tabs = (
        ("Texts and findings", _address("texts", view), False),
        ("Page", here, not phone),
        ("As on a phone", f"{here}?width=phone", phone),
    )
    body = f"<h1>{escaped(title)}</h1>\n"
    if exported is None:
        errors = [finding for finding in bench.assessment.findings if _stops(bench, finding, locale)]
        said = f"<p>{_export(view)}. Until that is mended nothing of {escaped(locale.bcp47)} is exported. "
        said += f'<a href="{_address("texts", view)}">Its texts beside the English</a></p>\n'
        return _whole(title, body + said + "".join(_listed("What stops it", errors)), _others(bench, view, "page"))
    address = f"/exports/{locale.bcp47}/{escaped(document.id)}.html"
    width = ' class="phone"' if phone else ""
    body += _tabs(tabs, f'<li><a href="{address}">Without this frame</a></li>') + (
        f'<iframe{width} src="{address}?{exported.sha256}" title="{escaped(title)}, as exported" '
        'sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"></iframe>\n'
    )
    return _whole(title, body, _others(bench, view, "page"), kind="framed")


def _tabs(tabs: Iterable[tuple[str, str, bool]], more: str = "") -> str:
    links = "".join(
        f'<li><a href="{address}"{" aria-current=page" if current else ""}>{label}</a></li>'
        for label, address, current in tabs
    )
    return f'<nav aria-label="This page"><ul class="tabs">{links}{more}</ul></nav>\n'


def _stops(bench: Workbench, finding: Finding, locale: Locale) -> bool:
    everywhere = bench.content.blocks_all and not finding.locale
    return finding.severity is Severity.ERROR and (everywhere or finding.locale == locale.gettext)


# ---- what is left


def rule(identifier: str) -> File | None:
    """What a rule finds, and why."""
    known = _RULES.get(identifier)
    if known is None:
        return None
    body = [
        f"<h1>Rule {escaped(identifier)}</h1>\n<p><strong>{escaped(known.title)}</strong> ({known.severity}). ",
        f"{escaped(known.finds)}</p>\n<p><strong>Why:</strong> {escaped(known.why)}</p>\n",
        f"<p>{escaped(WAIVABLE if known.waivable else NOT_WAIVABLE)}</p>\n",
        *(_example(example) for example in known.examples),
    ]
    return _whole(f"Rule {identifier}", "".join(body))


def _example(example: Example) -> str:
    attributes = language(Locale.parse(example.locale))
    sides = "".join(
        f'<div><span class="form">{label} in {escaped(example.locale)}</span>'
        f"<span {attributes}>{escaped(visible(text)) or '(empty)'}</span></div>"
        for label, text in (("Found", example.bad), ("Passes", example.good))
    )
    return (
        f'<div class="text"><header><span class="note">English</span> {escaped(visible(example.source))}</header>\n'
        f'<div class="pair">{sides}</div></div>\n'
    )


def broken(bench: Workbench, document: str) -> File:
    """A document that cannot be read."""
    own = [finding for finding in bench.content.findings if finding.location.file.endswith(f"/{document}.md")]
    body = f"<h1>{escaped(document)} cannot be read</h1>\n" + "".join(_listed("What is wrong with it", own))
    return _whole(document, body)


def trouble(error: Exception) -> File:
    """Why there is nothing to show."""
    body = "<h1>The content cannot be read</h1>\n"
    if isinstance(error, Refused):
        body += "".join(_listed("What is wrong", error.findings))
    elif isinstance(error, PipelineError):
        where = f"<code>{escaped(visible(error.where))}</code>: " if error.where else ""
        hint = f"<p>{escaped(visible(error.hint))}</p>\n" if error.hint else ""
        body += f'<p class="problem">{where}{escaped(visible(error.message))}</p>\n{hint}'
    else:
        body += f'<p class="problem">{escaped(visible(f"{type(error).__name__}: {error}"))}</p>\n'
    return _whole("The content cannot be read", f"{body}<p>This page changes by itself when that is mended.</p>\n")


def nothing() -> File:
    return _whole("Nothing here", "<h1>Nothing here</h1>\n<p>There is no such document, locale or rule any more.</p>\n")


def _listed(heading: str, findings: Iterable[Finding]) -> Iterator[str]:
    findings = tuple(findings)
    if findings:
        yield f'<section class="text">\n<header><h2>{heading}</h2></header>\n<ul class="found">\n'
        yield from (_item(finding, f"<code>{escaped(visible(str(finding.location)))}</code> ") for finding in findings)
        yield "</ul>\n</section>\n"


def _item(finding: Finding, place: str = "") -> str:
    name = escaped(finding.rule)
    reference = f'<a href="/rules/{name}">{name}</a>' if finding.rule in _RULES else f"<code>{name}</code>"
    return found(finding, f'<span class="note">{place}{reference}</span>')


def _others(bench: Workbench, view: View, kind: str) -> str:
    """Links to the same document in the other locales."""
    links = "".join(
        f'<li><a href="/{kind}/{other.bcp47}/{escaped(view.document.id)}"'
        f"{' aria-current=page' if other == view.locale else ''}>{other.bcp47}</a></li>"
        for other in bench.locales
    )
    return f'<nav aria-label="Locales"><ul>{links}</ul></nav>\n'


def _address(kind: str, view: View) -> str:
    return f"/{kind}/{view.locale.bcp47}/{escaped(view.document.id)}"


def _count(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 or noun == 'info' else 's'}"


def _whole(title: str, main: str, others: str = "", kind: str = "") -> File:
    """A page of the preview; its digest stands in it, so that the script sees when there is another."""
    current = " aria-current=page" if kind == "start" else ""
    body = (
        f'<header class="bar"><a href="/"{current}>All documents and locales</a>\n'
        f'{others}<p id="status" role="status"></p></header>\n'
        f"<main>\n{main}</main>\n"
    )
    digest = sha256(f"{title}\0{kind}\0{body}".encode()).hexdigest()
    head = (
        f'<meta name="digest" content="{digest}">\n<link rel="stylesheet" href="/preview.css">\n'
        '<script type="module" src="/preview.js"></script>\n'
    )
    return File(page(title, body, kind=kind, head=head), digest)
