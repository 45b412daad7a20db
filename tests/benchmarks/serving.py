"""serving: `pipeline serve` beside nginx, on one release, by wrk. Run: python -m tests.benchmarks.serving

One process of ours, one worker of nginx with static files, one thread of wrk with 32 connections that stay open;
no logs of requests. Both are asked in turn, so that what else the machine does falls on both; how much of a processor
each request takes is the figure that other programs change least. Needs Linux, wrk and nginx.
"""

import argparse
import json
import os
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.publish import Content, publish, rollback
from pipeline.targets.directory import Directory
from tests.nginx import address, free_address, nginx
from tests.peers import require
from tests.releases.samples import public_pem, seal
from tests.repository import FAQ, ROOT

STATIC = """
  {settings}
  default_type application/json;
  server {{ listen {address}; root {root}; }}
"""
# As in Debian's nginx.conf; the second may keep files open and sends the compressed variants.
PLAIN = "sendfile on; tcp_nopush on;"
TUNED = f"{PLAIN} gzip_static on; open_file_cache max=1000; keepalive_requests 1000000;"

WRK = """
local asked, turn = {%s}, 0
request = function()
  turn = turn %% #asked + 1
  return wrk.format("GET", asked[turn][1], asked[turn][2])
end
done = function(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format('\\n{"requests": %%d, "microseconds": %%d, "p99": %%d, "status": %%d, "socket": %%d}\\n',
    summary.requests, summary.duration, latency:percentile(99), errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end
"""


@dataclass(frozen=True)
class Asked:
    """A path and the headers of the request."""

    path: str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Run:
    """What wrk counted."""

    rate: float
    p99: float
    requests: int
    refused: int
    broken: int


def wrk(folder: Path, host: str, asked: tuple[Asked, ...], seconds: int) -> Run:
    script = folder / "wrk.lua"
    lines = (f"{{{json.dumps(one.path)}, {_table(one.headers)}}}" for one in asked)
    script.write_text(WRK % ", ".join(lines), "utf-8")
    command = [
        require("wrk"),
        "-t1",
        "-c32",
        "--timeout",
        "30s",
        f"-d{seconds}s",
        "-s",
        str(script),
        f"http://{host}",
    ]
    said = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
    found = json.loads(said.rstrip().rpartition("\n")[2])
    rate = found["requests"] / found["microseconds"] * 1_000_000
    return Run(rate, found["p99"] / 1000, found["requests"], found["status"], found["socket"])


def _table(headers: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"[{json.dumps(name)}] = {json.dumps(value)}" for name, value in headers.items()) + "}"


def reply(host: str, one: Asked) -> tuple[int, dict[str, str], bytes]:
    connection = HTTPConnection(host, timeout=30)
    connection.request("GET", one.path, headers=dict(one.headers))
    found = connection.getresponse()
    body = found.read()
    connection.close()
    return found.status, {name.lower(): value for name, value in found.getheaders()}, body


@dataclass(frozen=True)
class Server:
    """Its address and its process."""

    host: str
    process: int

    def spent(self) -> float:
        """Seconds of a processor that it and its children have taken."""
        children = Path(f"/proc/{self.process}/task/{self.process}/children").read_text("ascii").split()
        stats = (
            Path(f"/proc/{number}/stat").read_text("ascii").rpartition(")")[2] for number in (self.process, *children)
        )
        return sum(int(one) for stat in stats for one in stat.split()[11:13]) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(target: Path, key: Path) -> Iterator[Server]:
    """`pipeline serve`, one process."""
    program = str(Path(sys.executable).with_name("pipeline"))
    command = [program, "serve", str(target), "--key", str(key), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        try:
            said = process.stdout.readline().strip()
            yield Server(said.removeprefix("http://").removesuffix("/v1/"), process.pid)
        finally:
            process.send_signal(signal.SIGTERM)


@contextmanager
def static(folder: Path, target: Path, settings: str) -> Iterator[Server]:
    """nginx with the files of the target, one worker."""
    listener = free_address()
    host = address(listener)
    with nginx(folder, listener, STATIC.format(settings=settings, address=host, root=target)) as process:
        yield Server(host, process)


def cases(digest: str) -> Iterator[tuple[str, str, Asked, Asked]]:
    """What is asked: in words, of which nginx, as ours calls it, as a static file."""
    release, stem = f"/releases/{digest}", f"de-AT/{FAQ}"
    gzip = {"Accept-Encoding": "gzip"}
    for what, path, headers, conditional in (
        ("304, page", f"{stem}.html", {}, True),
        ("304, JSON", f"{stem}.json", {}, True),
        ("JSON, 0.2 kB", "release.json.sig", {}, False),
        ("JSON, 9 kB", f"{stem}.jsonld", {}, False),
        ("HTML, 20 kB", f"{stem}.html", {}, False),
        ("HTML, gzip", f"{stem}.html", gzip, False),
    ):
        ours = f"/v1/{path}" if "/" in path else f"/v1{release}/{path}"
        yield what, "304" if conditional else "", Asked(ours, headers), Asked(f"{release}/{path}", headers)


def compare(folder: Path, rounds: int, seconds: int) -> None:
    target = Directory(folder / "faq")
    digest = published(target)
    key = folder / "key.pub.pem"
    key.write_bytes(public_pem())
    with ExitStack() as ending:
        ours = ending.enter_context(serving(target.root, key))
        plain = ending.enter_context(static(folder / "plain", target.root, PLAIN))
        tuned = ending.enter_context(static(folder / "tuned", target.root, TUNED))
        versions()
        print(f"{'':14}{'requests a second':>30}{'ratio':>14}{'microseconds of CPU each':>32}{'ratio':>14}")
        print(
            f"{'':14}{'ours':>10}{'nginx':>10}{'tuned':>10}{'':>14}{'ours':>12}{'nginx':>10}{'tuned':>10}", flush=True
        )
        servers = (ours, plain, tuned)
        for what, condition, here, there in cases(digest):
            asked = [here, there, there]
            if condition:
                asked = [conditional(server.host, one) for server, one in zip(servers, asked, strict=True)]
            statuses = {reply(server.host, one)[0] for server, one in zip(servers, asked, strict=True)}
            assert statuses == {304 if condition else 200}, what
            runs: list[list[tuple[float, float]]] = [[], [], []]
            for _ in range(rounds):
                for found, server, one in zip(runs, servers, asked, strict=True):
                    before = server.spent()
                    run = wrk(folder, server.host, (one,), seconds)
                    assert (run.refused, run.broken) == (0, 0), what
                    found.append((run.rate, (server.spent() - before) / run.requests * 1_000_000))
            rates = [statistics.median(rate for rate, _ in found) for found in runs]
            costs = [statistics.median(cost for _, cost in found) for found in runs]
            print(
                f"{what:14}{rates[0]:10,.0f}{rates[1]:10,.0f}{rates[2]:10,.0f}"
                f"{rates[1] / rates[0]:7.1f}{rates[2] / rates[0]:7.1f}"
                f"{costs[0]:12.1f}{costs[1]:10.1f}{costs[2]:10.1f}{costs[0] / costs[1]:7.1f}{costs[0] / costs[2]:7.1f}",
                flush=True,
            )


def conditional(host: str, one: Asked) -> Asked:
    """The request of somebody who has it already."""
    return Asked(one.path, {**one.headers, "If-None-Match": reply(host, one)[1]["etag"]})


def switching(folder: Path, seconds: int) -> None:
    """wrk asks for everything while another release becomes current every second."""
    target = Directory(folder / "switched")
    published(target)
    key = folder / "key.pub.pem"
    key.write_bytes(public_pem())
    switched: list[str] = []
    ended = threading.Event()

    def publish_and_roll_back() -> None:
        while not ended.wait(max(0.0, 1.0 - time.time() % 1.0)):
            if len(switched) % 2:
                switched.append(rollback(target, seal(now=now())).digest)
            else:
                switched.append(published(target))

    with serving(target.root, key) as ours:
        stem = f"/v1/de-AT/{FAQ}"
        plain = (Asked("/v1/"), Asked("/healthz"), Asked(f"{stem}.json"), Asked(f"{stem}.html"))
        packed = Asked(f"{stem}.html", {"Accept-Encoding": "br"})
        led = Asked(f"/v1/{FAQ}", {"Accept-Language": "ja"})
        everything = (*plain, packed, led, conditional(ours.host, plain[-1]))
        publisher = threading.Thread(target=publish_and_roll_back)
        publisher.start()
        run = wrk(folder, ours.host, everything, seconds)
        ended.set()
        publisher.join()
        last = json.loads(reply(ours.host, Asked("/v1/"))[2])["digest"]
    print(
        f"Switched {len(switched)} times in {seconds} s: {run.requests:,} requests, {run.rate:,.0f} a second, "
        f"p99 {run.p99:.1f} ms, {run.refused} answers other than 2xx and 3xx, {run.broken} socket errors."
    )
    assert last == switched[-1]


def published(target: Directory) -> str:
    """The committed exports as the next release."""
    folder = ROOT / "exports"
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return publish(target, Content(project="Serving", files=files, sources=()), seal(now=now())).digest


def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def versions() -> None:
    said = subprocess.run([require("nginx"), "-v"], capture_output=True, text=True, check=True).stderr.strip()
    load = os.getloadavg()[0]
    print(f"Python {sys.version.split()[0]}, {said.partition(': ')[2]}, {os.cpu_count()} cores, load {load:.1f}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--seconds", type=int, default=3, help="of each measurement")
    options.add_argument("--switching", type=int, default=20, help="seconds of releases that are switched")
    chosen = options.parse_args()
    with TemporaryDirectory() as name:
        compare(Path(name), chosen.rounds, chosen.seconds)
        switching(Path(name), chosen.switching)


if __name__ == "__main__":
    main()
