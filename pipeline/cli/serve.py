"""serve: the command that answers what websites ask for, over HTTP."""

from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path
from socket import socket

import click

from pipeline.cli.console import project_option, today, workspace
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
@click.option("--preview", is_flag=True, help="Show the content repository while it is edited, for people.")
@project_option
def command(
    project: Path | None, address: str | None, host: str, port: int, keys: tuple[Path, ...], preview: bool
) -> None:
    """Serve what is published, as JSON or HTML, read-only.

    TARGET is a folder that `pipeline publish` publishes to; a newer release is served as soon as it is current.
    Without TARGET: the exports/ of this content repository, for development.

    With --preview: pages for authors, translators and reviewers to keep open beside their editor. A table of all
    documents and locales says what is translated, found, approved and stopped; each leads to its texts, source and
    translation side by side with the findings in place, and to the page as it would be exported. Whatever is saved
    in messages/, locales/ or the settings shows at once, without a click. Nothing is written.

    \b
    pipeline serve --preview                          open the address that it prints
    pipeline serve /srv/faq --key signing-key.pub.pem
    curl -H 'Accept: text/html' http://127.0.0.1:8000/v1/de-AT/flu-vaccine-faq
    """
    if preview:
        if address is not None or keys:
            raise click.UsageError("--preview shows the content repository: leave TARGET and --key out")
        _preview(project, host, port)
    else:
        _serve(project, address, host, port, keys)


def _preview(project: Path | None, host: str, port: int) -> None:
    from pipeline.serve.preview import Preview
    from pipeline.serve.server import listening, need_uvicorn, server
    from pipeline.serve.watching import need_watchfiles

    need_uvicorn()
    need_watchfiles()
    root = workspace(project).root
    with listening(host, port) as listener:
        own_only = ip_address(listener.getsockname()[0]).is_loopback
        application = Preview(root, today, _tell, own_only=own_only)
        click.echo(f"{_shown(listener)}/")
        server(application, patience=0).run(sockets=[listener])


def _serve(project: Path | None, address: str | None, host: str, port: int, keys: tuple[Path, ...]) -> None:
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
    api = Api(place, _now, _tell)
    if address is not None and not keys:
        click.echo("Without --key nobody looks at signatures.", err=True)
    with listening(host, port) as listener:
        click.echo(f"{_shown(listener)}/v1/")
        server(api).run(sockets=[listener])


def _shown(listener: socket) -> str:
    name, number = listener.getsockname()[:2]
    return f"http://[{name}]:{number}" if ":" in name else f"http://{name}:{number}"


def _tell(said: str) -> None:
    click.echo(visible(said), err=True)


def _now() -> datetime:
    # Expiry is a matter of the real day, whatever SOURCE_DATE_EPOCH says.
    return datetime.now(UTC)
