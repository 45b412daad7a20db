"""quotes: quotation marks are the language's own, and quotes and brackets come in pairs."""

from collections import Counter
from collections.abc import Iterator

from pipeline.checks.facts.quotes import BRACKET, QUOTE, Quote, loose_brackets, quotes
from pipeline.checks.facts.typography import Typography, typography
from pipeline.checks.rule import Example, Problem, Rule, Scope, When
from pipeline.checks.subject import Pair
from pipeline.model.finding import Severity


def check(pair: Pair) -> Iterator[Problem]:
    found = pair.target.fact(quotes)
    if found:
        yield from _quotes(pair, found)
    loose = pair.target.fact(loose_brackets)
    if loose and len(loose) > len(pair.source.fact(loose_brackets)):
        first = loose[0]
        yield Problem(
            message=f"the bracket {first.mark} has no partner",
            expected=_brackets(pair.source.words),
            actual=_brackets(pair.target.words),
            hint="open and close brackets as often as the English",
            at=pair.target.raw_offset(first.at),
        )


def _brackets(words: str) -> str:
    return "".join(character for character in words if character in "()[]{}（）［］｛｝【】〔〕") or "none"


def _quotes(pair: Pair, found: tuple[Quote, ...]) -> Iterator[Problem]:
    known = pair.target.knowledge(typography)
    marks = Counter(quote.mark for quote in found)
    source = Counter(quote.mark for quote in pair.source.fact(quotes))
    if _odd(marks) and not _odd(source):
        yield _no_partner(pair, found)
        return
    if not known.quotes:
        return
    own = {mark for pair_ in known.quotes for mark in pair_}
    if not own.isdisjoint(marks):
        own |= known.inner
    foreign = next((quote for quote in found if quote.mark not in own and not _usual(quote.mark, known, source)), None)
    if foreign is not None:
        like = "".join(known.quotes[0])
        yield Problem(
            message=f"{foreign.mark} is no quotation mark of the language",
            severity=Severity.INFO,
            expected=like,
            actual=foreign.mark,
            hint=f"write {like}",
            at=pair.target.raw_offset(foreign.at),
        )
    elif _unpaired(marks, found, known):
        yield _no_partner(pair, found)


def _no_partner(pair: Pair, found: tuple[Quote, ...]) -> Problem:
    return Problem(
        message="a quotation mark has no partner",
        expected="pairs",
        actual=" ".join(quote.mark for quote in found),
        hint="open and close what is quoted",
        at=pair.target.raw_offset(found[-1].at),
    )


def _odd(marks: Counter[str]) -> bool:
    """Whether a mark is left over, straight or not."""
    return bool(marks['"'] % 2 or marks.total() % 2)


def _unpaired(marks: Counter[str], found: tuple[Quote, ...], known: Typography) -> bool:
    """Whether an opener has a closer of another pair, or pairs begin with a closer; some marks may be either."""
    openers = {first for first, _ in known.quotes}
    closers = {last for _, last in known.quotes}
    if found[0].mark in closers - openers or found[-1].mark in openers - closers:
        return True
    return any(
        marks[first] != marks[last] for first, last in known.quotes if first not in closers and last not in openers
    )


def _usual(mark: str, known: Typography, source: Counter[str]) -> bool:
    """Straight marks: where a language that is typed with them quotes in an alphabet of its own keys."""
    return mark == '"' and (known.straight or (bool(known.beside) and source['"'] > 0))


RULE = Rule(
    id="quotes",
    scope=Scope.STRING,
    severity=Severity.WARNING,
    title="Quotation marks or brackets",
    finds="A bracket or quotation mark without its partner. Quotation marks of another language, and straight ones "
    "where the language has its own, are noted.",
    why="A bracket that is not closed takes the rest of the sentence in; whose words are quoted must be seen.",
    examples=(
        Example(locale="de", source="PS (0 or 1)", bad="PS (0 oder 1", good="PS (0 oder 1)"),
        Example(locale="pl", source='the word "rare"', bad="słowo „rzadki", good="słowo „rzadki”"),
        Example(locale="fr", source='the word "rare"', bad='le mot "rare"', good="le mot «\u00a0rare\u00a0»"),
    ),
    string=check,
    when=When(target=(QUOTE, BRACKET)),
)
