"""verify: the command that says whether a release is the one that was published."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.console import Console
from pipeline.cli.publish import output_options, read_key, withdrawals
from pipeline.errors import PipelineError
from pipeline.reports.report import visible

if TYPE_CHECKING:
    from pipeline.model.release import Remembered
    from pipeline.releases.verify import Verdict


@click.command("verify")
@click.argument("address", metavar="URL_OR_DIR")
@click.option(
    "--key",
    "keys",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A public Ed25519 key in PEM that is trusted; several while keys change.",
)
@click.option("--unsigned", is_flag=True, help="Look at no signature: check only that the release is whole.")
@click.option(
    "--state",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Remember the newest version here, and refuse an older one.",
)
@output_options
def command(
    quiet: bool, as_json: bool, address: str, keys: tuple[Path, ...], unsigned: bool, state: Path | None
) -> None:
    """Check a release: signature, digests, completeness, version and expiry.

    URL_OR_DIR is a target, an https address that serves one, or one releases/DIGEST of either. Missing, altered,
    renamed, swapped and extra files are told (extra ones not over https, where they cannot be seen).

    Exit code: 0 it is what was published, 1 it is not, 2 it could not be checked.

    \b
    pipeline verify https://www.example.org/faq --key signing-key.pub.pem --state seen.json
    """
    from pipeline.model.release import Remembered
    from pipeline.model.release_source import Source
    from pipeline.releases.records import encode
    from pipeline.releases.signature import read_public_key
    from pipeline.releases.verify import Trust, verify_release, verify_target
    from pipeline.targets import open_source

    console = Console(quiet, as_json)
    if unsigned == bool(keys):
        hint = "name the public key of the publisher with --key FILE, or say --unsigned"
        raise PipelineError("one of --key and --unsigned is needed", hint=hint)
    trust = Trust(
        keys=None if unsigned else tuple(read_public_key(read_key(path), str(path)) for path in keys),
        # Expiry is a matter of the real day, whatever SOURCE_DATE_EPOCH says.
        now=datetime.now(UTC),
        remembered=_remembered(state),
    )
    source = open_source(address)
    name = address.rstrip("/").rpartition("/")[2]
    expected = name if len(name) == 64 else None
    if isinstance(source, Source):
        verdict = verify_target(source, trust)
    else:
        verdict = verify_release(source, trust, expected=expected)
    if state is not None and verdict.release is not None and not verdict.problems:
        from pipeline.staging import write_file

        seen = encode(
            Remembered(project=verdict.release.project, version=verdict.release.version, digest=verdict.digest)
        )
        write_file(state, lambda file: file.write(seen))
    for problem in verdict.problems:
        click.echo(f"{click.style('error', fg='red')}: {visible(str(problem))}", err=True)
    _tell(console, verdict, unsigned)
    if verdict.problems:
        click.get_current_context().exit(1)


def _remembered(state: Path | None) -> "Remembered | None":
    from pipeline.model.release import Remembered
    from pipeline.releases.records import decode
    from pipeline.workspace import read_file

    data = read_file(state, str(state)) if state is not None else None
    if data is None:
        return None
    remembered = decode(data, Remembered)
    if remembered is None:
        hint = "put it back as it was; without it an older release cannot be told from the newest"
        raise PipelineError("is not what `pipeline verify` has written", where=str(state), hint=hint)
    return remembered


def _tell(console: Console, verdict: "Verdict", unsigned: bool) -> None:
    release = verdict.release
    if release is not None and not verdict.problems:
        proven = "whole; nobody has looked at its signature" if unsigned else "whole and signed"
        console.say(f"Version {release.version} of {release.project} is {proven}: {verdict.digest}")
        console.say(f"{len(release.files)} files, published on {release.published:%Y-%m-%d}.")
        console.say(f"It expires on {release.expires:%Y-%m-%d}.")
        for rule in release.withdrawn:
            console.say(f"Withdrawn: {rule.what} ({rule.reason}; {rule.by}, {rule.when:%Y-%m-%d}).")
        if not verdict.complete:
            console.say("Whether the server has other files too cannot be seen from here.")
    console.emit(
        {
            "ok": not verdict.problems,
            "digest": verdict.digest or None,
            "version": release.version if release else None,
            "project": release.project if release else None,
            "published": release.published if release else None,
            "expires": release.expires if release else None,
            "withdrawn": withdrawals(release.withdrawn) if release else [],
            "complete": verdict.complete,
            "problems": [{"file": problem.file, "message": str(problem)} for problem in verdict.problems],
        }
    )
