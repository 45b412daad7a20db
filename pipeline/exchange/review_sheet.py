"""review_sheet: a document in a locale on paper: what a reviewer reads, compares, translates back and signs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pipeline.html_page import chip, escaped, language, page
from pipeline.model.approval import ApprovalState, Parts, Standing
from pipeline.model.disclaimer import Disclaimer
from pipeline.model.document import Document
from pipeline.model.finding import Finding, Severity
from pipeline.model.locale import Locale, direction, english_name
from pipeline.model.pattern import Atom, Pattern, Span, Text, atoms, plain

_STYLE = """\
.sheet { max-inline-size: 100rem; }
.sheet dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.15rem 1rem; }
.sheet dt { font-weight: 700; } .sheet dd { margin: 0; min-inline-size: 0; }
.sheet dd code { overflow-wrap: anywhere; }
.rows { table-layout: fixed; border: 1px solid var(--line); }
.rows th, .rows td { border: 1px solid var(--line); padding: 0.4rem 0.6rem; }
.rows thead th { background: var(--tint); font-size: 0.875rem; }
.rows tbody th { font-weight: 400; font-size: 0.8125rem; line-height: 1.45; }
.rows th code { font-size: 1em; }
.rows td { white-space: pre-line; }
.rows td.facts, .rows td.plain { white-space: normal; font-size: 0.8125rem; line-height: 1.45; }
.id { inline-size: 11%; } .words { inline-size: 27%; } .back { inline-size: 20%; } .facts { inline-size: 15%; }
.long { inline-size: 42%; } .meta { inline-size: 27%; }
.of-title td.words, .of-question td.words, .of-notice td.words { font-weight: 700; }
.facts p, .rows th p { margin: 0; } .facts p + p, .rows th p { margin-block-start: 0.25rem; }
.facts b { display: inline-block; font-weight: 600; color: var(--soft); padding-inline-end: 0.4em; }
.sheet sup { font-size: 0.75em; line-height: 0; padding-inline: 0.1em; }
.address { color: var(--soft); font-size: 0.8125rem; font-weight: 400; overflow-wrap: anywhere; }
.state.draft { color: var(--doubt); } .state.stale, .state.broken { color: var(--open); }
.state.approved { color: var(--done); }
.signing td { block-size: 3rem; }
@page { size: A4 landscape; margin: 12mm; @bottom-right { content: counter(page) " / " counter(pages); } }
@media print { :root { font-size: 9pt; color-scheme: light; --ink: #000; --soft: #333; --line: #999; --paper: #fff;
    --tint: #f0f0f0; --accent: #000; --open: #8a1c1c; --doubt: #6b4a00; --done: #1d5c36; }
  body.sheet { padding: 0; max-inline-size: none; } .scroll { overflow: visible; }
  .rows tr { break-inside: avoid; } h2 { break-after: avoid; } thead { display: table-header-group; } }
"""
_STATES = {
    ApprovalState.DRAFT: "draft: never approved",
    ApprovalState.APPROVED: "approved as it is",
    ApprovalState.STALE: "stale: it has changed since it was approved",
    ApprovalState.BROKEN: "unknown: the record of approvals is broken",
}
_SIGNING_ROWS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetText:
    """One text with what the locale says.

    `targets` is empty where there is nothing that can be used; `unusable` then has what stands in the catalog.
    `locale` is that of the words. `display` says what a reader sees in the place of each placeholder, `references`
    the keys of the references that each citation points to, by number. `remark` says what is not as it should be,
    `numbers` are those of the source and of the target.
    """

    id: str
    kind: str
    sources: tuple[Pattern, ...]
    targets: tuple[Pattern, ...]
    unusable: tuple[str, ...]
    locale: Locale
    display: Mapping[str, str]
    links: frozenset[str]
    references: tuple[tuple[int, str], ...]
    remark: str
    numbers: tuple[tuple[str, ...], tuple[str, ...]]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSheet:
    """All that stands on the sheet; `parts` is what an approval given now is bound to, `digest` all of it as one."""

    project: str
    document: Document
    source: Locale
    target: Locale
    parts: Parts
    digest: str
    standing: Standing
    findings: tuple[Finding, ...]
    texts: tuple[SheetText, ...]
    words: tuple[SheetText, ...]
    disclaimers: tuple[Disclaimer, ...]
    disclaimer_texts: Mapping[str, tuple[SheetText, ...]] = field(default_factory=dict)


def review_sheet(sheet: ReviewSheet) -> bytes:
    """The page; nothing on it depends on when and where it is made."""
    title = plain(sheet.document.title.pattern)
    body = [
        f"<h1>Review: {escaped(title)}</h1>\n",
        *_head(sheet),
        *_findings(sheet.findings),
        "<main>\n<h2>Texts in page order</h2>\n",
        *_texts(sheet.texts, sheet),
        "<h2>Disclaimers</h2>\n",
        *_disclaimers(sheet),
        "<h2>Words of the page itself</h2>\n",
        *_texts(sheet.words, sheet),
        *_references(sheet.document),
        "</main>\n",
        *_signing(sheet),
    ]
    # The foot of each printed page says what it belongs to; ids and digests hold nothing that ends a string of CSS.
    foot = f"{sheet.target.gettext} {sheet.document.id} {sheet.digest}"
    style = f'{_STYLE}@page {{ @bottom-left {{ content: "{foot}"; font: 7pt monospace; }} }}\n'
    return page(f"Review: {title} ({sheet.target.bcp47})", "".join(body), kind="sheet", style=style)


# ---- head


def _head(sheet: ReviewSheet) -> Iterator[str]:
    document, locale = sheet.document, sheet.target
    state = sheet.standing.state
    changed = f" ({', '.join(sheet.standing.changed)})" if sheet.standing.changed else ""
    yield "<dl>\n"
    for term, value in (
        ("Project", escaped(sheet.project)),
        ("Document", f"<code>{escaped(document.id)}</code>"),
        ("Locale", f"<code>{escaped(locale.gettext)}</code>, {escaped(english_name(locale))}"),
        ("Status", f"{escaped(document.status)}, for {escaped(document.audience)}, updated {document.updated}"),
        ("Approval", f'<span class="state {state.value}">{escaped(_STATES[state] + changed)}</span>'),
        ("Open findings", escaped(_counted(sheet.findings))),
        ("Digest", f"<code>{escaped(sheet.digest)}</code>"),
    ):
        yield f"<dt>{term}</dt><dd>{value}</dd>\n"
    yield "</dl>\n<details open><summary>What the digest covers</summary>\n<dl>\n"
    yield from (f"<dt>{name}</dt><dd><code>{value}</code></dd>\n" for name, value in sheet.parts.named())
    yield "</dl>\n</details>\n"
    yield (
        '<p class="lead">An approval is bound to this digest: whatever is changed afterwards in the English, the '
        "citations, the translation, the disclaimers or the page template voids it.</p>\n"
    )


def _counted(findings: Iterable[Finding]) -> str:
    severities = [finding.severity for finding in findings]
    counts = [(severities.count(severity), severity.value) for severity in Severity]
    return ", ".join(f"{count} {name}" + "s" * (count > 1) for count, name in counts if count) or "none"


def _findings(findings: tuple[Finding, ...]) -> Iterator[str]:
    if findings:
        yield "<h2>Open findings</h2>\n<ul>\n"
        for finding in findings:
            yield f"<li><code>{escaped(finding.entry)}</code> {_finding(finding)}</li>\n"
        yield "</ul>\n"


def _finding(finding: Finding) -> str:
    facts = f" (source {finding.expected}; target {finding.actual})" if finding.expected or finding.actual else ""
    said = f"{finding.severity.value}: {finding.message}{facts}, {finding.rule}"
    return f'<span class="problem" lang="en" dir="ltr">{escaped(said)}</span>'


# ---- texts


def _texts(texts: Iterable[SheetText], sheet: ReviewSheet) -> Iterator[str]:
    source, target = escaped(english_name(sheet.source)), escaped(english_name(sheet.target))
    yield (
        '<div class="scroll"><table class="rows">\n<thead><tr><th class="id" scope="col">Text</th>'
        f'<th class="words" scope="col">{source}</th><th class="words" scope="col">{target}</th>'
        '<th class="back" scope="col">Back-translation</th>'
        '<th class="facts" scope="col">Numbers and citations</th></tr></thead>\n<tbody>\n'
    )
    yield from (_row(text, sheet) for text in texts)
    yield "</tbody></table></div>\n"


def _row(text: SheetText, sheet: ReviewSheet) -> str:
    remarks = [f'<p class="problem">{escaped(text.remark)}</p>'] if text.remark else []
    remarks.extend(f"<p>{_finding(finding)}</p>" for finding in text.findings)
    return (
        f'<tr class="of-{escaped(text.kind)}"><th scope="row">{_identifier(text.id)}{"".join(remarks)}</th>'
        f'<td class="words" {language(sheet.source)}>{_forms(text.sources, text)}</td>'
        f'<td class="words" {language(text.locale)}>{_target(text)}</td>'
        f'<td class="back"></td><td class="facts">{"".join(_facts(text, sheet))}</td></tr>\n'
    )


def _identifier(identifier: str) -> str:
    """The id, with places where a narrow column may break it."""
    return f"<code>{escaped(identifier).replace('/', '/<wbr>')}</code>"


def _target(text: SheetText) -> str:
    return _forms(text.targets, text) if text.targets else "\n".join(map(escaped, text.unusable))


def _forms(patterns: tuple[Pattern, ...], text: SheetText) -> str:
    return "\n".join(_shown(pattern, text) for pattern in patterns)


def _shown(pattern: Pattern, text: SheetText) -> str:
    """The text as a reader sees it, with the addresses of its links."""
    parts: list[str] = []
    for part in pattern:
        match part:
            case Text(value):
                parts.append(escaped(value))
            case Atom(name) if name in text.display:
                parts.append(f'<sup><bdi dir="ltr">{escaped(text.display[name])}</bdi></sup>')
            case Atom(name):
                parts.append(chip(f"{{{name}}}"))
            case Span(name, children) if name in text.links:
                address = f'<bdi class="address" dir="ltr">[{escaped(text.display[name])}]</bdi>'
                parts.append(f"<u>{_shown(children, text)}</u> {address}")
            case Span(name, children):
                element = name if name in ("strong", "em") else "u"
                parts.append(f"<{element}>{_shown(children, text)}</{element}>")
    return "".join(parts)


def _facts(text: SheetText, sheet: ReviewSheet) -> Iterator[str]:
    """What must be the same on both sides, one under the other."""
    names = sheet.source.language, text.locale.language
    cited = _cited(text.sources, text), _cited(text.targets, text)
    kind = "Citations" if text.references else "Placeholders"
    for label, (source, target) in (("Numbers", text.numbers), (kind, cited)):
        if source or target:
            yield (
                f"<p>{label}<br><b>{escaped(names[0])}</b>{_listed(source, sheet.source)}"
                f"<br><b>{escaped(names[1])}</b>{_listed(target, text.locale)}</p>"
            )
    if text.references:
        yield "<p>" + "<br>".join(f"{number}: {escaped(key)}" for number, key in text.references) + "</p>"


def _cited(patterns: tuple[Pattern, ...], text: SheetText) -> tuple[str, ...]:
    """What stands in the places of the placeholders, in reading order."""
    return tuple(text.display.get(name, f"{{{name}}}") for pattern in patterns for name in atoms(pattern))


def _listed(values: Iterable[str], locale: Locale) -> str:
    attributes = f'dir="{direction(locale)}"'
    return " · ".join(f"<bdi {attributes}>{escaped(value)}</bdi>" for value in values) or "none"


# ---- disclaimers, references, signatures


def _disclaimers(sheet: ReviewSheet) -> Iterator[str]:
    if not sheet.disclaimers:
        yield "<p>This page shows none.</p>\n"
        return
    yield (
        '<div class="scroll"><table class="rows">\n<thead><tr><th class="id" scope="col">Disclaimer</th>'
        f'<th class="long" scope="col">{escaped(english_name(sheet.target))}, authored for this locale</th>'
        '<th class="back" scope="col">Back-translation</th><th class="meta" scope="col">Metadata</th></tr></thead>\n'
        "<tbody>\n"
    )
    for disclaimer in sheet.disclaimers:
        texts = sheet.disclaimer_texts.get(disclaimer.id, ())
        words = "\n\n".join(_forms(text.sources, text) for text in texts)
        findings = "".join(f"<p>{_finding(finding)}</p>" for text in texts[:1] for finding in text.findings)
        metadata = (
            ("Placement", disclaimer.placement),
            ("Audience", disclaimer.audience),
            ("Source", disclaimer.source),
            ("As of", disclaimer.as_of.isoformat()),
            ("Approval", disclaimer.approval),
            ("In force", f"{disclaimer.effective.isoformat()} to {disclaimer.expires.isoformat()}"),
            ("Sample", "yes, not approved" if disclaimer.sample else "no"),
        )
        shown = "<br>".join(f"{name}: {escaped(value)}" for name, value in metadata)
        yield (
            f'<tr><th scope="row">{_identifier(disclaimer.id)}{findings}</th>'
            f'<td {language(sheet.target)}>{words}</td><td class="back"></td><td class="plain">{shown}</td></tr>\n'
        )
    yield "</tbody></table></div>\n"


def _references(document: Document) -> Iterator[str]:
    if document.references:
        yield "<h2>References</h2>\n<ol>\n"
        for reference in document.references:
            number, key, text = reference.number, escaped(reference.key), escaped(reference.text)
            yield f'<li value="{number}">{text} <code>{key}</code></li>\n'
        yield "</ol>\n"


def _signing(sheet: ReviewSheet) -> Iterator[str]:
    headings = ("Role", "Name", "Meaning", "Code", "Date (UTC)", "Signature or state")
    yield '<section>\n<h2>Approvals</h2>\n<div class="scroll"><table class="rows">\n<thead><tr>'
    yield "".join(f'<th scope="col">{heading}</th>' for heading in headings)
    yield "</tr></thead>\n<tbody>\n"
    for signature in sheet.standing.signatures:
        approval = signature.approval
        state = f"void, changed since: {', '.join(signature.changed)}" if signature.changed else "holds"
        when = approval.when.strftime("%Y-%m-%d %H:%M:%S")
        cells = (approval.role, approval.by, approval.meaning, approval.code, when, state)
        yield "<tr>" + "".join(f'<td class="plain">{escaped(cell)}</td>' for cell in cells) + "</tr>\n"
    empty = "".join("<td></td>" for _ in headings)
    yield from (f'<tr class="signing">{empty}</tr>\n' for _ in range(_SIGNING_ROWS))
    command = f"pipeline approve {sheet.target.gettext} {sheet.document.id} --role ROLE --by NAME --meaning TEXT"
    yield (
        "</tbody></table></div>\n<p>What is written by hand here is no approval yet. This records one, as long as "
        f"nothing has changed: <code>{escaped(command)}</code></p>\n</section>\n"
    )
