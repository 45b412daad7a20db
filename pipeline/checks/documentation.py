"""documentation: what people read about the rules; all of it comes from the rules themselves."""

from collections.abc import Iterator
from textwrap import fill

from pipeline.checks.reading import READING_RULES
from pipeline.checks.rule import Example, Rule, Scope
from pipeline.checks.rules import RULES as CHECKED_RULES
from pipeline.model.finding import Severity

RULES: tuple[Rule, ...] = (*READING_RULES, *CHECKED_RULES)

WAIVABLE = "A waiver with a reason and an end date may silence it: see docs/waivers.md."
NOT_WAIVABLE = "No waiver silences it."

_WIDTH = 100
_SCOPES = {
    Scope.ENTRY: "an entry of a catalog",
    Scope.STRING: "a text and its translation",
    Scope.CATALOG: "a catalog",
    Scope.PROJECT: "the project",
}
_MEANINGS = {
    Severity.ERROR: "a risk that was found with certainty; it stops the export of the locale",
    Severity.WARNING: "a reviewer decides",
    Severity.INFO: "typography",
}


def rule_text(rule: Rule) -> str:
    """A rule for the terminal."""
    return "\n\n".join(
        (
            f"{rule.id}: {rule.title}",
            f"{rule.severity.capitalize()} ({_MEANINGS[rule.severity]}); looks at {_SCOPES[rule.scope]}.",
            fill(rule.finds, _WIDTH),
            fill(f"Why: {rule.why}", _WIDTH),
            *(_example_text(example) for example in rule.examples),
            _waivable(rule),
        )
    )


def rule_page(rule: Rule) -> str:
    """The page of a rule, as Markdown."""
    return "\n".join((f"# {rule.id}", "", f"**{rule.title}.** {rule.finds}", "", *_facts(rule), *_examples(rule)))


def index_page() -> str:
    """The list of all rules, as Markdown."""
    rows = [f"| [`{rule.id}`]({rule.id}.md) | {rule.severity} | {rule.title} |" for rule in RULES]
    head = (
        "# Rules",
        "",
        "Each rule of `pipeline check` with what it finds, why, and examples that its tests hold true. These pages are",
        "written by `pipeline explain --write docs/rules`; `pipeline explain RULE` prints one.",
        "",
        "An **error** is a risk that was found with certainty: it stops the export of the locale. A **warning** is",
        "for a reviewer to decide. **Info** is typography. A rule may say less than its severity where it is in doubt.",
        "",
        "| rule | severity | |",
        "|---|---|---|",
    )
    return "\n".join((*head, *rows, ""))


def _facts(rule: Rule) -> Iterator[str]:
    yield "| | |"
    yield "|---|---|"
    yield f"| severity | {rule.severity}: {_MEANINGS[rule.severity]} |"
    yield f"| looks at | {_SCOPES[rule.scope]} |"
    yield f"| may be waived | {'yes' if rule.waivable else 'no'} |"
    yield ""
    yield f"**Why:** {rule.why}"
    yield ""


def _examples(rule: Rule) -> Iterator[str]:
    for number, example in enumerate(rule.examples, 1):
        yield f"## Example {number}: {example.locale}"
        yield ""
        for name, text in (("English", example.source), ("found", example.bad), ("passes", example.good)):
            yield f"{name}:"
            yield ""
            yield "```"
            yield text
            yield "```"
            yield ""


def _example_text(example: Example) -> str:
    return "\n".join(
        (
            f"  English    {example.source}",
            f"  {example.locale:5} found {example.bad or '(empty)'}",
            f"       good  {example.good}",
        )
    )


def _waivable(rule: Rule) -> str:
    return WAIVABLE if rule.waivable else NOT_WAIVABLE
