"""explain: the command that says what a rule finds and why."""

from pathlib import Path

import click

from pipeline.errors import PipelineError


@click.command("explain")
@click.argument("rule", required=False)
@click.option(
    "--write", "folder", type=click.Path(path_type=Path), metavar="DIR", help="Write a Markdown page for each rule."
)
def command(rule: str | None, folder: Path | None) -> None:
    """Say what a rule finds, with examples, how severe it is and why. Without RULE: list all rules.

    The name of a rule stands at the end of each finding of `pipeline check`.
    """
    from pipeline.checks.documentation import RULES, index_page, rule_page, rule_text

    if folder is not None:
        pages = {"README.md": index_page()} | {f"{each.id}.md": rule_page(each) for each in RULES}
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise PipelineError(f"cannot be written: {error.strerror}", where=str(folder)) from error
        for name, page in pages.items():
            _write(folder / name, page.encode())
        click.echo(f"wrote {len(pages)} pages to {folder}")
    elif rule is None:
        width = max(len(each.id) for each in RULES)
        for each in RULES:
            click.echo(f"{each.id:{width}}  {each.severity:8} {each.title}")
    else:
        known = {each.id: each for each in RULES}
        if rule not in known:
            raise PipelineError(f"there is no rule {rule!r}", hint="`pipeline explain` lists them all")
        click.echo(rule_text(known[rule]))


def _write(path: Path, data: bytes) -> None:
    from pipeline.staging import write_file

    write_file(path, lambda file: file.write(data))
