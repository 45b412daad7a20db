"""tree: the parser's flat tokens as blocks within blocks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pipeline.sources.dialect import Token


class Node(NamedTuple):
    """A block token with what stands between its opening and its closing token."""

    type: str
    token: Token
    children: tuple[Node, ...]

    @property
    def line(self) -> int:
        """Counted from 1; a node without a place of its own has that of its first child."""
        if self.token.map:
            return self.token.map[0] + 1
        return self.children[0].line if self.children else 1


def tree(tokens: Iterable[Token]) -> tuple[Node, ...]:
    stack: list[list[Node]] = [[]]
    opened: list[Token] = []
    for token in tokens:
        if token.nesting == 1:
            opened.append(token)
            stack.append([])
        elif token.nesting == -1:
            opening = opened.pop()
            children = stack.pop()
            stack[-1].append(Node(opening.type.removesuffix("_open"), opening, tuple(children)))
        elif token.type != "footnote_anchor":
            stack[-1].append(Node(token.type, token, ()))
    return tuple(stack[0])
