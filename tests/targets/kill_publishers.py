"""kill_publishers: publishers that are killed at random moments, while a reader verifies what it sees.

    python -m tests.targets.kill_publishers TARGET FOLDER KILLS PUBLISHERS SEED

It forks everything from one process that has loaded the pipeline, so that a kill costs milliseconds; FOLDER is for its
own files. Each publisher publishes one release after another until it is killed, after a random time. What the killed
ones leave in an object store is made to look old, as it is when the next one comes hours later. With 0 publishers, and
a folder as the target, it is one release each time, and the kill falls on every step in turn: on each file that is
opened, made, renamed or removed. Prints one JSON object: kills, how many states the reader has verified, how many
versions it has seen, and what was wrong with them.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, NoReturn

from pipeline.errors import PipelineError
from pipeline.model.release import Remembered
from pipeline.publish import Content, publish
from pipeline.releases.verify import verify_target
from pipeline.targets import directory, object_store, open_target
from pipeline.targets.directory import Directory
from pipeline.targets.object_store import LOCKS, ObjectStore
from tests.releases.samples import NOW, PROJECT, TRUST, content, export, seal
from tests.repository import ROOT


def kill(address: str, folder: Path, kills: int, publishers: int) -> dict[str, object]:
    """What this program has seen, run by itself."""
    arguments = [address, str(folder), str(kills), str(publishers), "5"]
    done = subprocess.run(
        [sys.executable, "-m", "tests.targets.kill_publishers", *arguments],
        cwd=ROOT,
        capture_output=True,
        check=False,
        text=True,
        timeout=120 + 10 * kills,
    )
    assert done.returncode == 0, done.stderr
    seen: dict[str, object] = json.loads(done.stdout)
    return seen


def main(address: str, folder: Path, kills: int, publishers: int, seed: int) -> None:
    # A library with threads of its own does not survive a fork, so this process never opens the target itself.
    done_by(lambda: publish(open_target(address, "first"), content(), seal()))
    report, done = folder / "report.json", folder / "done"
    reader = fork(lambda: read(address, report, done))
    try:
        killed = (
            at_random(address, kills, publishers, random.Random(seed)) if publishers else at_every_step(Path(address))
        )
    finally:
        done.touch()
        os.waitpid(reader, 0)
    last = publish(open_target(address, "last"), content("last"), seal())
    seen = json.loads(report.read_text("utf-8"))
    print(json.dumps({"kills": killed, "last": last.release.version, **seen}))


def at_random(address: str, kills: int, publishers: int, dice: random.Random) -> int:
    began = time.monotonic()
    done_by(lambda: publish(open_target(address, "warm"), little("warm"), seal()))
    # A kill falls on any step of the first release or of the next.
    longest = 2 * (time.monotonic() - began)
    for _ in range(kills // publishers):
        running = [fork(lambda: write_for_ever(address)) for _ in range(publishers)]
        for child in running:
            time.sleep(dice.uniform(0, longest))
            os.kill(child, signal.SIGKILL)
            _, status = os.waitpid(child, 0)
            assert os.WIFSIGNALED(status), "a publisher has ended by itself"
            if "lock=object" in address:
                done_by(lambda: grow_old(address, str(child)))  # noqa: B023
        done_by(lambda: sweep(address))
    return kills


def grow_old(address: str, holder: str) -> None:
    """Write the lock of a killed publisher again, with a time of long ago."""
    target = open_target(address, "undertaker")
    assert isinstance(target, ObjectStore)
    if f"{LOCKS}/{holder}" in dict(target._list(f"{LOCKS}/")):
        target._put(f"{LOCKS}/{holder}", b"{}", {"mtime": "0"})


def at_every_step(folder: Path) -> int:
    step = 0
    while True:
        step += 1
        _, status = os.waitpid(fork(lambda: write_until(folder, step)), 0)  # noqa: B023
        if not os.WIFSIGNALED(status):
            return step - 1
        done_by(lambda: sweep(str(folder)))


def sweep(address: str) -> None:
    """Remove what killed publishers have left, as if it were old: the next ones would have more steps with it."""
    directory.GRACE, object_store.GRACE = -60.0, timedelta(seconds=-60)
    target = open_target(address, "sweeper")
    current = verify_target(target, TRUST)
    assert current.release is not None
    target.clean({current.digest, *(one.digest for one in current.release.earlier)})


def write_until(folder: Path, step: int) -> None:
    """Publish one release, and die at the step with this number."""
    steps = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal steps
        if event in ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "fcntl.flock"):
            steps += 1
            if steps == step:
                os.kill(os.getpid(), signal.SIGKILL)

    target, new, sealed = Directory(folder), little(f"step {step}"), seal()
    sys.addaudithook(hook)
    publish(target, new, sealed)


def little(text: str) -> Content:
    """One page, so that a publish has few steps."""
    return replace(content(), files=export(text, ("de-AT",), ("flu",)))


def fork(work: Callable[[], object]) -> int:
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        work()
        code = 0
    except BaseException:
        traceback.print_exc()
        raise
    finally:
        os._exit(code)


def done_by(work: Callable[[], object]) -> None:
    """Have a process of its own do something."""
    _, status = os.waitpid(fork(work), 0)
    assert status == 0


def write_for_ever(address: str) -> NoReturn:
    target, number = open_target(address, str(os.getpid())), 0
    while True:
        number += 1
        try:
            publish(target, little(f"{os.getpid()} {number}"), seal(now=NOW + timedelta(microseconds=number)))
        except PipelineError:
            # Another one is at work, or the server too busy: what counts is what readers see.
            time.sleep(random.uniform(0, 0.05))


def read(address: str, report: Path, done: Path) -> None:
    """Verify again and again; a version may never go down, no state may be broken or mixed."""
    target = open_target(address, "reader")
    states, versions, problems = 0, set[int](), list[str]()
    remembered: Remembered | None = None
    while not done.exists():
        time.sleep(0.002)
        try:
            verdict = verify_target(target, replace(TRUST, remembered=remembered))
        except PipelineError as error:
            problems.append(str(error))
            continue
        states += 1
        problems.extend(str(problem) for problem in verdict.problems)
        if verdict.release is not None:
            pages: set[Any] = {target.release(verdict.digest).read("de-AT/flu.html", 10_000)}
            problems.extend("no page" for page in pages if not page)
            versions.add(verdict.release.version)
            remembered = Remembered(project=PROJECT, version=verdict.release.version, digest=verdict.digest)
    report.write_text(json.dumps({"states": states, "versions": len(versions), "problems": problems}), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *(int(argument) for argument in sys.argv[3:6]))
