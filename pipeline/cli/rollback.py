"""rollback: the command that makes an earlier release current again."""

from pathlib import Path

import click

from pipeline.cli.console import Console
from pipeline.cli.publish import output_options, publishing_target, record, seal, sealing_options, tell


@click.command("rollback")
@click.argument("address", metavar="TARGET")
@click.option(
    "--to", metavar="DIGEST", help="Which release, by the first digits of its digest. Without it: the one before."
)
@sealing_options
@output_options
def command(
    quiet: bool,
    as_json: bool,
    address: str,
    to: str | None,
    keys: tuple[Path, ...],
    unsigned: bool,
    expires: int,
    keep: int,
    trust_current: bool,
) -> None:
    """Publish again what an earlier release held.

    It becomes a new version with a new signature, for a version never goes down: verifiers would take that for an
    attack. What has been withdrawn since stays withdrawn. Needs no content repository.
    """
    from pipeline import publish

    console = Console(quiet, as_json)
    sealed = seal(keys, unsigned, expires, keep, trust_current)
    published = publish.rollback(publishing_target(address), sealed, to)
    tell(console, published)
    console.emit(record(published))
