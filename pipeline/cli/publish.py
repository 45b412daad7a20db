"""publish: the command that makes what lies in exports/ the release that websites read."""

import os
import secrets
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pipeline.cli.console import Console, clock, common_options, finding_records, finish, today, workspace
from pipeline.errors import PipelineError

if TYPE_CHECKING:
    from pipeline.publish import Published, Seal
    from pipeline.targets import Target

KEY = "PIPELINE_SIGNING_KEY"

Function = TypeVar("Function", bound=Callable[..., Any])


def output_options(function: Function) -> Function:
    """--quiet and --json."""
    function = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON, for programs.")(function)
    return click.option("--quiet", "-q", is_flag=True, help="Print only what went wrong.")(function)


def sealing_options(function: Function) -> Function:
    """How a release is signed and kept: the options of all commands that publish."""
    for option in reversed(
        (
            click.option(
                "--key",
                "keys",
                multiple=True,
                type=click.Path(path_type=Path),
                metavar="FILE",
                help=f"A private Ed25519 key in PEM; give two to change keys. Without it: the key itself in ${KEY}.",
            ),
            click.option("--unsigned", is_flag=True, help="Publish without a signature; sites can then prove nothing."),
            click.option(
                "--expires",
                type=click.IntRange(1, 36_500),
                default=90,
                show_default=True,
                metavar="DAYS",
                help="After so many days verifiers refuse the release, so that nobody can hold back a newer one.",
            ),
            click.option(
                "--keep",
                type=click.IntRange(1, 1000),
                default=5,
                show_default=True,
                metavar="N",
                help="How many releases stay readable, the current one included.",
            ),
            click.option(
                "--trust-current",
                is_flag=True,
                help="Take what is current as it is, although no key given here has signed it.",
            ),
        )
    ):
        function = option(function)
    return function


@click.command("publish")
@click.argument("address", metavar="TARGET")
@click.option(
    "--reinstate", multiple=True, metavar="WHAT", help="Publish again what was withdrawn under this name; repeatable."
)
@sealing_options
@common_options
def command(
    project: Path | None,
    quiet: bool,
    as_json: bool,
    address: str,
    reinstate: tuple[str, ...],
    keys: tuple[Path, ...],
    unsigned: bool,
    expires: int,
    keep: int,
    trust_current: bool,
) -> None:
    """Publish exports/ as a signed release.

    TARGET is a folder, local or on the network, or s3://bucket/prefix?endpoint=https://... Whoever reads at any
    moment finds one whole release, the old or the new. exports/ must be up to date: run `pipeline run` first. A locale
    with errors is published as the index has it: its earlier export, marked "current": false, or not at all.

    \b
    Make a key pair once; the private half belongs into a store for secrets, the public half to the sites:
      openssl genpkey -algorithm ed25519 -out signing-key.pem
      openssl pkey -in signing-key.pem -pubout -out signing-key.pub.pem

    \b
    pipeline publish /srv/faq --key signing-key.pem
    pipeline verify /srv/faq --key signing-key.pub.pem
    """
    from pipeline import assessing, export, flow, publish

    console, project_space = Console(quiet, as_json), workspace(project)
    sealed = seal(keys, unsigned, expires, keep, trust_current)
    target = publishing_target(address)
    assessed = assessing.assess(project_space, flow.read_content(project_space, console.track), today(), console.track)
    planned = export.plan(project_space, assessed, console.track)
    console.findings(assessed.findings)
    differences = tuple(export.differences(project_space, planned))
    if differences:
        for difference in differences:
            click.echo(f"{difference.name}: {difference.what}", err=True)
        console.say("Nothing is published: exports/ is not up to date. Run `pipeline run`, look at it, and try again.")
        console.emit(
            {"published": None, "differences": list(differences), "findings": finding_records(assessed.findings)}
        )
        click.get_current_context().exit(1)
    published = publish.publish(target, publish.content(project_space, assessed, planned), sealed, reinstate)
    tell(console, published)
    kept = sorted({record.locale for record in planned.kept})
    missing = sorted({locale.bcp47 for locale in planned.refused} - set(kept))
    if kept:
        console.say(f"As exported earlier, since there are errors now: {', '.join(kept)}.")
    if missing:
        console.say(f"Not published, since there are errors and no earlier export: {', '.join(missing)}.")
    console.emit(
        {
            "published": record(published),
            "differences": [],
            "earlier": kept,
            "refused": missing,
            "findings": finding_records(assessed.findings),
        }
    )
    finish(assessed.findings)


def seal(keys: tuple[Path, ...], unsigned: bool, expires: int, keep: int, trust_current: bool) -> "Seal":
    """The keys and the rest of what the options say. Raises PipelineError where nothing is said about signing."""
    from pipeline.publish import Seal
    from pipeline.releases.signature import HOW_TO_MAKE, read_signing_key

    from_environment = os.environ.get(KEY, "")
    if unsigned and keys:
        raise PipelineError("--unsigned and --key exclude each other")
    if not unsigned and not keys and not from_environment:
        hint = f"name a key with --key FILE, or put the key itself into ${KEY}; {HOW_TO_MAKE}"
        raise PipelineError("there is no key to sign with", hint=hint)
    read = [read_signing_key(read_key(path), str(path)) for path in keys]
    if not read and not unsigned:
        read = [read_signing_key(from_environment.encode("utf-8", "surrogateescape"), f"${KEY}")]
    now, lifetime = clock().replace(microsecond=0), timedelta(days=expires)
    if now + lifetime <= datetime.now(UTC):
        hint = "SOURCE_DATE_EPOCH is long ago: take it away, or raise --expires"
        raise PipelineError("the release would have expired before it is published", hint=hint)
    return Seal(
        keys=tuple(read),
        now=now,
        lifetime=lifetime,
        keep=keep,
        trust_current=trust_current,
    )


def read_key(path: Path) -> bytes:
    """The bytes of a key file, which may be a link, as it is where secrets are mounted."""
    try:
        with path.open("rb") as file:
            return file.read(65_536)
    except OSError as error:
        raise PipelineError(f"cannot be read: {error.strerror}", where=str(path)) from error


def publishing_target(address: str) -> "Target":
    from pipeline.targets import open_target

    return open_target(address, secrets.token_hex(8))


def tell(console: Console, published: "Published") -> None:
    """What is current now."""
    release = published.release
    console.say(f"Published version {release.version} of {release.project}: {published.digest}")
    console.say(f"{len(release.files)} files; it expires on {release.expires:%Y-%m-%d}.")
    for rule in release.withdrawn:
        console.say(f"Withdrawn: {rule.what} ({rule.reason}; {rule.by}, {rule.when:%Y-%m-%d}).")
    stones = {path.removesuffix(".json") for rule in release.withdrawn for path in rule.tombstones}
    gone = [page for page in published.gone if page not in stones]
    if gone:
        console.say(f"No longer published: {', '.join(gone)}.")
    if published.linking:
        console.say(f"Links in their own texts lead to what is withdrawn: {', '.join(published.linking)}.")
    if published.leftovers:
        click.echo(f"Old releases could not be removed: {published.leftovers}", err=True)


def record(published: "Published") -> dict[str, object]:
    """What is current now, for --json."""
    release = published.release
    return {
        "digest": published.digest,
        "version": release.version,
        "project": release.project,
        "published": release.published,
        "expires": release.expires,
        "files": len(release.files),
        "withdrawn": withdrawals(release.withdrawn),
        "earlier": [{"version": one.version, "digest": one.digest} for one in release.earlier],
        "gone": list(published.gone),
        "linking": list(published.linking),
    }


def withdrawals(rules: Iterable[Any]) -> list[dict[str, object]]:
    return [
        {
            "document": rule.document,
            "locale": rule.locale,
            "reason": rule.reason,
            "by": rule.by,
            "when": rule.when,
            "tombstones": rule.tombstones,
        }
        for rule in rules
    ]
