"""withdraw: the command that takes back what must not be shown any more."""

from pathlib import Path

import click

from pipeline.cli.console import Console
from pipeline.cli.publish import output_options, publishing_target, record, seal, sealing_options, tell
from pipeline.errors import PipelineError


@click.command("withdraw")
@click.argument("address", metavar="TARGET")
@click.argument("what", metavar="WHAT")
@click.option("--reason", required=True, metavar="TEXT", help="Why it is withdrawn; sites can show it.")
@click.option("--by", required=True, metavar="NAME", help="Who decided it.")
@sealing_options
@output_options
def command(
    quiet: bool,
    as_json: bool,
    address: str,
    what: str,
    reason: str,
    by: str,
    keys: tuple[Path, ...],
    unsigned: bool,
    expires: int,
    keep: int,
    trust_current: bool,
) -> None:
    """Take a document or a locale out of what is published.

    WHAT is a locale, a document, or DOCUMENT:LOCALE. The new release is the current one without it; where its JSON
    was stands a tombstone that says why, by whom and when. Later releases leave it out too, until one is published
    with --reinstate WHAT. Needs no content repository.

    \b
    pipeline withdraw /srv/faq de_AT --reason "Wrong phone number" --by "Dr. Example" --key signing-key.pem
    """
    from pipeline import publish

    console = Console(quiet, as_json)
    for option, text in (("--reason", reason), ("--by", by)):
        if not 0 < len(text.strip()) <= 2_000:
            raise PipelineError(f"{option} must say something, in at most 2,000 characters")
    sealed = seal(keys, unsigned, expires, keep, trust_current)
    published = publish.withdraw(publishing_target(address), sealed, what, reason=reason.strip(), by=by.strip())
    tell(console, published)
    console.emit(record(published))
