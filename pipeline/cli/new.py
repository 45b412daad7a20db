"""new: the command that makes a content repository."""

from pathlib import Path

import click

from pipeline.errors import PipelineError


@click.command("new")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
def command(directory: Path) -> None:
    """Make a content repository that runs at once.

    It has one document in English and Spanish. DIR must be new or empty. Everything in it is sample text for
    you to replace.
    """
    from pipeline.scaffold import starter

    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise PipelineError("is there already and not empty", where=str(directory), hint="name a new folder")
    try:
        for name, data in starter():
            path = directory / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    except OSError as error:
        raise PipelineError(f"cannot be written: {error.strerror}", where=str(error.filename or directory)) from error
    click.echo(f"Made {directory}. Next:\n  pipeline --project {directory} run")
