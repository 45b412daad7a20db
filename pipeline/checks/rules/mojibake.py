"""mojibake: a text is read in the encoding that it was written in."""

from collections.abc import Iterator

from pipeline.checks.facts.characters import shown
from pipeline.checks.facts.garbled import SUSPECT, Garbled, garbled
from pipeline.checks.rule import Example, Problem, Rule, Scope, When
from pipeline.checks.subject import Pair
from pipeline.model.finding import Severity


def check(pair: Pair) -> Iterator[Problem]:
    found = pair.target.fact(garbled)
    if not found:
        return
    known = {one.text for one in pair.source.fact(garbled)}
    for one in found:
        if one.text in known or one.text in pair.source.raw:
            continue
        words = pair.target.words
        yield Problem(
            message=_message(one),
            severity=None if one.sure else Severity.WARNING,
            expected=one.meant,
            actual=shown(words[max(0, one.at - 12) : one.at + len(one.text) + 12]),
            hint=f"write {one.meant}" if one.meant else "take the text from where it was whole; save it as UTF-8",
            at=pair.target.raw_offset(one.at),
        )
        return


def _message(one: Garbled) -> str:
    if one.text.startswith("\\"):
        return f"“{one.text}” is an escape of a program, not text"
    if one.text == "?":
        return "a question mark inside a word stands for a lost letter, or a space is missing behind it"
    return f"“{shown(one.text)}” is a letter that an encoding has broken"


RULE = Rule(
    id="mojibake",
    scope=Scope.STRING,
    severity=Severity.ERROR,
    title="Letters broken by an encoding",
    finds="UTF-8 read as another encoding (Ã¼ for ü, â€™ for ’, ÐŸ, Ø§, ã€‚), where reading it back gives letters of "
    "the language; replacement characters; escapes such as \\u00e9; code-page letters inside words. A question mark "
    "inside a word is a warning: a lost letter, or a lost space.",
    why="A broken letter makes a word unreadable, and what is lost cannot be guessed.",
    examples=(
        Example(locale="de", source="for patients", bad="fÃ¼r Patienten", good="für Patienten"),
        Example(locale="pl", source="It can help.", bad="To mo¿e pomóc.", good="To może pomóc."),
        Example(locale="fr", source="the answer", bad="la r\ufffdponse", good="la réponse"),
    ),
    string=check,
    when=When(target=(SUSPECT,)),
)
