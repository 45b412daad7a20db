"""tags: a translation has the tags of its source, each opened before it is closed and properly nested."""

from collections import Counter
from collections.abc import Iterator

from pipeline.checks.facts.marks import TAG
from pipeline.checks.markup import Token, TokenKind
from pipeline.checks.rule import Example, Problem, Rule, Scope, When
from pipeline.checks.subject import Pair, Text
from pipeline.model.finding import Severity


def tags(pair: Pair) -> Iterator[Problem]:
    if pair.source.fact(_sequence) == pair.target.fact(_sequence):
        if pair.source.fact(_nested):
            yield from _in_links(pair.target)
        return
    expected, found = _inventory(pair.source), _inventory(pair.target)
    shown, actual = _listed(pair.source), _listed(pair.target)
    for part in expected:
        if found[part] != expected[part]:
            often = "is missing" if not found[part] else f"stands {found[part]} times, not {expected[part]}"
            hint = f"write {part} exactly as in the English"
            yield Problem(message=f"{part} {often}", expected=shown, actual=actual, hint=hint)
    for token in _tags(pair.target):
        if _key(token) not in expected:
            message = f"unknown tag {token.text}"
            hint = f"the tags of this text are {shown}"
            yield Problem(message=message, expected=shown, actual=token.text, hint=hint, at=token.start)
    if pair.source.fact(_nested):
        yield from _nesting(pair.target, shown, actual)
        yield from _in_links(pair.target)


def _tags(text: Text) -> list[Token]:
    return [token for token in text.tokens if token.kind in (TokenKind.OPEN, TokenKind.CLOSE, TokenKind.SINGLE)]


def _sequence(text: Text) -> tuple[tuple[TokenKind, str], ...]:
    """The tags of the text as they follow one another."""
    return tuple([(token.kind, token.name) for token in _tags(text)])


def _key(token: Token) -> str:
    return f"</{token.name}>" if token.kind is TokenKind.CLOSE else f"<{token.name}>"


def _inventory(text: Text) -> Counter[str]:
    return Counter(_key(token) for token in _tags(text))


def _nested(text: Text) -> bool:
    """Whether every tag is closed in its turn; fragments of HTML need not be."""
    return not any(_nesting(text, "", ""))


def _nesting(text: Text, shown: str, actual: str) -> Iterator[Problem]:
    stack: list[Token] = []
    for token in _tags(text):
        if token.kind is TokenKind.OPEN:
            stack.append(token)
        elif token.kind is TokenKind.CLOSE:
            if stack and stack[-1].name == token.name:
                stack.pop()
            else:
                message = f"{token.text} closes no open tag"
                hint = "put the opening tag before the words and the closing one behind them"
                yield Problem(message=message, expected=shown, actual=actual, hint=hint, at=token.start)
    for token in stack:
        message, hint = f"{token.text} is not closed", f"write </{token.name}> where it ends"
        yield Problem(message=message, expected=shown, actual=actual, hint=hint, at=token.start)


def _in_links(text: Text) -> Iterator[Problem]:
    """A citation or footnote mark is a link itself and cannot stand in another one."""
    depth = 0
    for token in text.tokens:
        if token.kind is TokenKind.OPEN and _is_link(token):
            depth += 1
        elif token.kind is TokenKind.CLOSE and _is_link(token):
            depth -= 1
        elif token.kind is TokenKind.ATOM and depth > 0 and token.name.rstrip("0123456789") in ("cite", "note"):
            message, hint = f"{token.text} stands inside a link", "put it before or after the link: it is a link itself"
            yield Problem(message=message, actual=token.text, hint=hint, at=token.start)


def _is_link(token: Token) -> bool:
    return token.name.startswith("a") and token.name[1:].isdigit()


def _listed(text: Text) -> str:
    return " ".join(_key(token) for token in _tags(text)) or "none"


RULE = Rule(
    id="tags",
    scope=Scope.STRING,
    severity=Severity.ERROR,
    title="Tags differ",
    finds="A tag of the source that is lost, doubled or unknown; a closing tag before its opening one; tags that "
    "cross; a citation inside a link.",
    why="A broken link or emphasis drops words from the page, or takes the rest of the page into the link.",
    examples=(
        Example(
            locale="de",
            source="It <em>works</em>. <a1>Learn more</a1>",
            bad="Es </em>wirkt<em>. <a1>Mehr dazu</a1>",
            good="Es <em>wirkt</em>. <a1>Mehr dazu</a1>",
        ),
    ),
    waivable=False,
    string=tags,
    when=When(source=(TAG,), target=(TAG,)),
)
