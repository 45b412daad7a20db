"""serve: the command as an operator starts and stops it."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import urlopen

import pytest

from pipeline.publish import publish
from pipeline.serve.server import listening
from pipeline.targets.directory import Directory
from tests.cli.command import SCRIPT, Run
from tests.releases.samples import content, export, public_pem, seal
from tests.repository import FAQ, Repository

pytestmark = pytest.mark.thorough


@contextmanager
def serving(*arguments: str) -> Iterator[str]:
    """The address that the command prints, while it runs; it must end by itself when it is told to."""
    command = [str(SCRIPT), *arguments, "--port", "0"]
    environment = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        try:
            assert address.startswith("http://127.0.0.1:"), process.communicate()[1]
            yield address
        finally:
            process.send_signal(signal.SIGTERM)
            _, said = process.communicate(timeout=30)
            assert "Traceback" not in said


def test_a_published_folder_is_served_with_the_key_of_its_publisher(tmp_path: Path) -> None:
    target = tmp_path / "site"
    publish(Directory(target), content(), seal(now=datetime.now(UTC).replace(microsecond=0)))
    key = tmp_path / "key.pub.pem"
    key.write_bytes(public_pem())
    with serving("serve", str(target), "--key", str(key)) as address, urlopen(f"{address}de-AT/flu") as reply:
        assert reply.read() == export()["de-AT/flu.json"]


def test_without_a_target_the_exports_of_the_project_are_served(repository: Repository) -> None:
    repository.run()
    with (
        serving("--project", str(repository.root), "serve") as address,
        urlopen(f"{address}ja-JP/{FAQ}.html") as reply,
    ):
        assert reply.read() == repository.path(f"exports/ja-JP/{FAQ}.html").read_bytes()


def test_what_cannot_be_served_is_one_message(run: Run, repository: Repository, tmp_path: Path) -> None:
    key, stranger = tmp_path / "key.pub.pem", tmp_path / "stranger.pub.pem"
    key.write_bytes(public_pem())
    stranger.write_bytes(public_pem("stranger"))
    target = str(tmp_path / "site")
    publish(Directory(Path(target)), content(), seal(now=datetime.now(UTC).replace(microsecond=0)))
    refused = {
        ("serve", str(tmp_path / "nothing")): "holds no release",
        ("serve", target, "--key", str(stranger)): "no key that is trusted",
        ("serve", target, "--key", str(tmp_path / "none")): "cannot be read",
        ("serve", "--key", str(key)): "exports/ is not signed",
        ("serve", "s3://bucket/faq"): "is not a folder",
        ("serve", target, "--host", "192.0.2.1"): "cannot be listened at",
        ("serve", target, "--host", "no host"): "is no address",
    }
    for arguments, said in refused.items():
        result = run(*arguments)
        assert (result.code, said in result.err) == (2, True), (arguments, result.err)
    with listening("127.0.0.1", 0) as taken:
        port = str(taken.getsockname()[1])
        result = run("serve", target, "--port", port)
        assert (result.code, "cannot be listened at" in result.err) == (2, True)


def test_the_preview_of_a_project_is_at_the_address_that_is_printed(repository: Repository) -> None:
    repository.keep_editions("en_US", "de_DE")
    before = repository.files()
    with (
        serving("--project", str(repository.root), "serve", "--preview") as address,
        urlopen(f"{address}texts/de-DE/{FAQ}") as reply,
    ):
        assert "Wie wirkt Proleukin?" in reply.read().decode()
    assert repository.files() == before


def test_a_preview_is_of_the_project_alone(run: Run, tmp_path: Path) -> None:
    for more in ((str(tmp_path),), ("--key", str(tmp_path / "key.pem"))):
        result = run("serve", "--preview", *more)
        assert (result.code, "leave TARGET and --key out" in result.err) == (2, True)
    result = run("--project", str(tmp_path / "nothing"), "serve", "--preview")
    assert (result.code, "there is no such folder" in result.err) == (2, True)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_any_free_port_can_be_had(host: str) -> None:
    with listening(host, 0) as one, listening(host, 0) as other:
        assert one.getsockname()[1] != other.getsockname()[1]
