"""nginx: a web server that a test starts with a configuration of its own."""

import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.peers import require

# All that a packaged nginx.conf says otherwise, so that nothing outside the folder is read or written.
_MAIN = """
daemon off;
{user}
pid nginx.pid;
error_log error.log;
events {{ worker_connections 512; }}
http {{
  include /etc/nginx/mime.types;
  access_log off;
  {temporary}
{http}
}}
"""
_TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def free_address() -> socket.socket:
    """A socket that listens on this machine, at a port that nobody else has."""
    return socket.create_server(("127.0.0.1", 0))


def address(listener: socket.socket) -> str:
    return f"127.0.0.1:{listener.getsockname()[1]}"


@contextmanager
def nginx(folder: Path, listener: socket.socket, http: str) -> Iterator[int]:
    """Serves what `http`, the contents of the block of that name, says, until the end; `folder` becomes its own.

    Gives the number of its process, whose children answer.
    nginx takes over the socket, as it does from itself when it is upgraded: whoever connects before it is ready waits.
    """
    program = require("nginx")
    folder.mkdir()
    # A root's worker would become somebody who may not read what a test has written.
    user = "user root;" if os.geteuid() == 0 else ""
    temporary = "\n  ".join(f"{name}_temp_path temporary/{name};" for name in _TEMPORARY)
    (folder / "temporary").mkdir()
    (folder / "nginx.conf").write_text(_MAIN.format(user=user, temporary=temporary, http=http), "utf-8")
    with subprocess.Popen(
        [program, "-p", str(folder), "-c", "nginx.conf", "-e", "error.log"],
        env={**os.environ, "NGINX": f"{listener.fileno()};"},
        pass_fds=(listener.fileno(),),
    ) as process:
        listener.close()
        try:
            yield process.pid
            assert process.poll() is None, (folder / "error.log").read_text("utf-8")
        finally:
            process.terminate()
            process.wait(timeout=30)
