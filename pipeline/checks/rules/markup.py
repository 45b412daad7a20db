"""markup: nothing comes into a text that a browser or a template engine could take for an instruction."""

import re
from collections import Counter
from collections.abc import Iterator

from pipeline.checks.facts.marks import BRACE, PLACEHOLDER, TAG
from pipeline.checks.markup import Syntax, TokenKind
from pipeline.checks.rule import Example, Problem, Rule, Scope, When
from pipeline.checks.signs import Sign
from pipeline.checks.subject import ATOM, Pair, Text
from pipeline.model.finding import Severity

_SIGNS = re.compile(r"[<>&{}$#\[＜〈‹﹤＞＆=]|[%?]>|[tT]\s{0,3}:|[aA]:")
# What a space parts begins another piece.
_SIGN = Sign.of(re.compile(rf"{_SIGNS.pattern}|\A\s{{0,3}}:").search)
_ELEMENTS = r"script|iframe|object|embed|applet|svg|math|style|link|meta|base|form|frame|frameset|template"
_SCHEME = "".join(rf"{letter}[\s\x00-\x20]{{0,3}}" for letter in "javascript")
_VBSCRIPT = "".join(rf"{letter}[\s\x00-\x20]{{0,3}}" for letter in "vbscript")

# What each pattern is called; matches that the source has as often are the source's own.
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("a script or embedded element", re.compile(rf"[<＜]\s{{0,5}}/?\s{{0,5}}(?:{_ELEMENTS})(?![\w-])", re.IGNORECASE)),
    ("an HTML comment", re.compile(r"<!--|--!?>")),
    ("a declaration or CDATA section", re.compile(r"<!\[CDATA\[|\]\]>|<!(?:DOCTYPE|ENTITY)\b", re.IGNORECASE)),
    ("a processing instruction", re.compile(r"<\?|\?>")),
    ("an event handler", re.compile(r"(?<![\w-])on[a-z]{3,24}\s{0,3}=\s{0,3}(?=[\"'\w])", re.IGNORECASE)),
    ("a script URL", re.compile(rf"{_SCHEME}:|{_VBSCRIPT}:|(?<![\w])data:(?=[a-z]{{2,20}}/|;base64|,)", re.IGNORECASE)),
    ("a template expression", re.compile(r"\{%|%\}|\$\{|#\{|<%|%>|\{#|#\}|\[\[")),
)
_DOUBLED = re.compile(r"\{\{|\}\}")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});|[＆&](?:lt|gt)(?![\w])")
_DANGEROUS = re.compile(r"[＆&](?:lt|gt|quot|apos|colon|lpar|rpar|lbrace|Tab|NewLine|#)", re.IGNORECASE)
_SPACES = frozenset(("&nbsp;", "&#160;", "&#xa0;", "&#8239;", "&#x202f;", "&thinsp;"))  # spaces that languages ask for
_HIGH = frozenset(":;!?%»€")
_UNCLOSED = re.compile(r"<(?=[A-Za-z/!?])")
_BROKEN = re.compile(
    r"[＜〈‹﹤]\s{0,3}[/／]?\s{0,3}([A-Za-z][A-Za-z0-9]{0,15})\s{0,3}[/／]?\s{0,3}[＞〉›﹥>]"
    r"|<(?:\s{1,3}[/／]?\s{0,3}|[/／]\s{1,3}|／\s{0,3})([A-Za-z][A-Za-z0-9]{0,15})\s{0,3}>"
    r"|<[/／]?([A-Za-z][A-Za-z0-9]{0,15})\s{0,3}[＞〉›﹥]"
    r"|&lt;[/／]?([A-Za-z][A-Za-z0-9]{0,15})\s{0,3}&gt;"
)


def check(pair: Pair) -> Iterator[Problem]:
    raw = pair.target.raw
    # The tags and placeholders of the English are those that other rules compare.
    known = {token.text for token in pair.source.tokens}
    plain = not (pair.target.shows(_SIGN) and _SIGNS.search(pair.target.words))
    if plain and all(token.text in known for token in pair.target.tokens):
        return
    for kind, pattern in _PATTERNS:
        yield from _added(pair, kind, pattern)
    if pair.target.syntax is not Syntax.BRACE:
        yield from _added(pair, "a template expression", _DOUBLED)
    yield from _literal_braces(pair)
    yield from _entities(pair)
    yield from _broken_tags(pair)
    if "<" in raw:
        yield from _unclosed(pair)


def _added(pair: Pair, kind: str, pattern: re.Pattern[str]) -> Iterator[Problem]:
    matches = list(pattern.finditer(_masked(pair, pair.target)))
    if not matches:
        return
    known = Counter(_key(match) for match in pattern.finditer(_masked(pair, pair.source)))
    for match in matches:
        known[_key(match)] -= 1
        if known[_key(match)] < 0:
            yield _problem(f"{kind} that the English does not have: {match[0].strip()}", match.start(), match[0])
            return


def _masked(pair: Pair, text: Text) -> str:
    """The text without the placeholders of the English: a currency sign may stand right before one."""
    raw, known = text.raw, {token.text for token in pair.source.tokens if token.kind is TokenKind.ATOM}
    for token in text.tokens if "$" in raw or "#" in raw else ():
        if token.text in known:
            raw = raw[: token.start] + ATOM * (token.end - token.start) + raw[token.end :]
    return raw


def _key(match: re.Match[str]) -> str:
    return "".join(match[0].lower().split())


def _problem(message: str, at: int, actual: str, severity: Severity | None = None) -> Problem:
    return Problem(
        message=message,
        severity=severity,
        expected="none",
        actual=actual,
        hint="take it out; a translation is text with the tags and placeholders of the English",
        at=at,
    )


def _literal_braces(pair: Pair) -> Iterator[Problem]:
    """`{{ name }}` in a brace format prints one brace, and another engine behind it would take it for its own."""
    if pair.target.syntax is Syntax.BRACE and _braces(pair.target) > _braces(pair.source):
        at = next(token.start for token in pair.target.tokens if token.kind is TokenKind.LITERAL)
        yield _problem("doubled braces that the English does not have", at, "{{ }}")


def _braces(text: Text) -> int:
    return sum(token.kind is TokenKind.LITERAL for token in text.tokens)


def _entities(pair: Pair) -> Iterator[Problem]:
    raw = pair.target.raw
    if "&" not in raw and "＆" not in raw:
        return
    known = Counter(_ENTITY.findall(pair.source.raw))
    for match in _ENTITY.finditer(raw):
        known[match[0]] -= 1
        if known[match[0]] >= 0 or (match[0].lower() in _SPACES and _placed(pair, match)):
            continue
        severity = None if _DANGEROUS.match(match[0]) and not pair.source.raw.count(match[0]) else Severity.WARNING
        yield _problem(f"the entity {match[0]} that the English does not have", match.start(), match[0], severity)
        return


def _placed(pair: Pair, space: re.Match[str]) -> bool:
    """Whether a space written as an entity stands where one is asked for, or the text is HTML anyway."""
    raw, source = pair.target.raw, pair.source
    tagged = source.syntax is not Syntax.BRACE and any(token.kind is not TokenKind.ATOM for token in source.tokens)
    html = tagged or bool(_ENTITY.search(source.raw))
    return html or raw[space.end() : space.end() + 1] in _HIGH or raw[space.start() - 1 : space.start()] == "«"


def _broken_tags(pair: Pair) -> Iterator[Problem]:
    names = {token.name.lower() for token in pair.source.tokens if token.kind is not TokenKind.ATOM}
    if not names:
        return
    for match in _BROKEN.finditer(pair.target.raw):
        name = next(group for group in match.groups() if group)
        if name.lower() in names and match[0] not in pair.source.raw:
            yield Problem(
                message=f"{match[0]} is no tag",
                expected=f"<{name.lower()}>",
                actual=match[0],
                hint="write it with plain marks and without spaces, exactly as in the English",
                at=match.start(),
            )


def _unclosed(pair: Pair) -> Iterator[Problem]:
    """The beginning of a tag without its end: a browser looks for the end in what follows."""
    starts = _loose(pair.target)
    if len(starts) > len(_loose(pair.source)):
        yield _problem("the beginning of a tag without its end", starts[-1], pair.target.raw[starts[-1] :][:20])


def _loose(text: Text) -> list[int]:
    begun = {token.start for token in text.tokens}
    return [match.start() for match in _UNCLOSED.finditer(text.raw) if match.start() not in begun]


RULE = Rule(
    id="markup",
    scope=Scope.STRING,
    severity=Severity.ERROR,
    title="Markup or script smuggled in",
    finds="What the English does not have and a browser or template engine could act on: script and embedded elements, "
    "event handlers, comments, CDATA, processing instructions, javascript:, data: and vbscript: URLs, entities that "
    "stand for marks, template expressions; tags whose marks are broken, full-width or written as entities.",
    why="A page shows what it is given: a text that brings its own markup can take over the page, and a broken tag "
    "shows up as rubbish in front of patients.",
    examples=(
        Example(
            locale="de",
            source="Ask your doctor.",
            bad="Fragen Sie Ihren Arzt. javascript:alert(1)",
            good="Fragen Sie Ihren Arzt.",
        ),
        Example(
            locale="fr",
            source="See <a1>the label</a1>.",
            bad="Voir &lt;a1&gt;la notice</a1>.",
            good="Voir <a1>la notice</a1>.",
        ),
        Example(
            locale="ja",
            source="See <a1>the label</a1>.",
            bad="＜a1＞添付文書</a1>を参照してください。",
            good="<a1>添付文書</a1>を参照してください。",
        ),
    ),
    waivable=False,
    string=check,
    when=When(target=(_SIGN, TAG, PLACEHOLDER, BRACE)),
)
