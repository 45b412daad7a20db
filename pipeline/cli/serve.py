"""serve: the command that answers what websites ask for, over HTTP."""

from datetime import UTC, datetime
from pathlib import Path

import click

from pipeline.cli.console import project_option, workspace
from pipeline.cli.publish import read_key
from pipeline.errors import PipelineError
from pipeline.reports.report import visible


@click.command("serve")
@click.argument("address", metavar="[TARGET]", required=False)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address of this machine to listen at.")
@click.option(
    "--port", type=click.IntRange(0, 65_535), default=8000, show_default=True, help="The port; 0 for any free one."
)
@click.option(
    "--key",
    "keys",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A public Ed25519 key in PEM: serve only what is signed with it; several while keys change.",
)
@project_option
def command(project: Path | None, address: str | None, host: str, port: int, keys: tuple[Path, ...]) -> None:
    """Serve what is published, as JSON or HTML, read-only.

    TARGET is a folder that `pipeline publish` publishes to; a newer release is served as soon as it is current.
    Without TARGET: the exports/ of this content repository, for development.

    \b
    pipeline serve /srv/faq --key signing-key.pub.pem
    curl -H 'Accept: text/html' http://127.0.0.1:8000/v1/de-AT/flu-vaccine-faq
    """
    from pipeline.releases.signature import read_public_key
    from pipeline.serve.places import ExportPlace, Place, open_place
    from pipeline.serve.server import Api, listening, need_uvicorn, server

    need_uvicorn()
    place: Place
    if address is None:
        if keys:
            raise PipelineError("exports/ is not signed", hint="name a TARGET, or leave --key out")
        place = ExportPlace(workspace(project))
    else:
        trusted = tuple(read_public_key(read_key(path), str(path)) for path in keys) or None
        place = open_place(address, trusted, _now)
    api = Api(place, _now, lambda said: click.echo(visible(said), err=True))
    if address is not None and not keys:
        click.echo("Without --key nobody looks at signatures.", err=True)
    with listening(host, port) as listener:
        name, number = listener.getsockname()[:2]
        shown = f"[{name}]" if ":" in name else name
        click.echo(f"http://{shown}:{number}/v1/")
        server(api).run(sockets=[listener])


def _now() -> datetime:
    # Expiry is a matter of the real day, whatever SOURCE_DATE_EPOCH says.
    return datetime.now(UTC)
