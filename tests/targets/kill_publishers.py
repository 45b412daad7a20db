"""kill_publishers: publishers that are killed at random moments, while a reader verifies what it sees.

    python -m tests.targets.kill_publishers FOLDER KILLS PUBLISHERS SEED

It forks everything from one process that has loaded the pipeline, so that a kill costs milliseconds. Each publisher
publishes one release after another until it is killed, after a random time. With 0 publishers it is one release each
time, and the kill falls on every step in turn: on each file that is opened, made, renamed or removed. Prints one JSON
object: kills, how many states the reader has verified, how many versions it has seen, and what was wrong with them.
"""

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, NoReturn

from pipeline.errors import PipelineError
from pipeline.model.release import Remembered
from pipeline.publish import Content, publish
from pipeline.releases.verify import verify_target
from pipeline.targets.directory import Directory
from tests.releases.samples import NOW, PROJECT, TRUST, content, export, published, seal


def main(folder: Path, kills: int, publishers: int, seed: int) -> None:
    published(folder)
    report, done = folder / "report.json", folder / "done"
    reader = fork(lambda: read(folder, report, done))
    killed = at_random(folder, kills, publishers, random.Random(seed)) if publishers else at_every_step(folder)
    done.touch()
    os.waitpid(reader, 0)
    last = publish(Directory(folder), content("last"), seal())
    seen = json.loads(report.read_text("utf-8"))
    print(json.dumps({"kills": killed, "last": last.release.version, **seen}))


def at_random(folder: Path, kills: int, publishers: int, dice: random.Random) -> int:
    began = time.monotonic()
    os.waitpid(fork(lambda: publish(Directory(folder), little("warm"), seal())), 0)
    # A kill falls on any step of the first release or of the next.
    longest = 2 * (time.monotonic() - began)
    for _ in range(kills // publishers):
        running = [fork(lambda: write_for_ever(folder)) for _ in range(publishers)]
        for child in running:
            time.sleep(dice.uniform(0, longest))
            os.kill(child, signal.SIGKILL)
        for child in running:
            os.waitpid(child, 0)
    return kills


def at_every_step(folder: Path) -> int:
    step = 0
    while True:
        step += 1
        _, status = os.waitpid(fork(lambda: write_until(folder, step)), 0)  # noqa: B023
        if not os.WIFSIGNALED(status):
            return step - 1
        sweep(folder)


def sweep(folder: Path) -> None:
    """Remove what the killed publisher has left, as if it were old: the next one would have more steps with it."""
    target = Directory(folder)
    for path in (folder / "releases").iterdir():
        os.utime(path, (0, 0))
    release = verify_target(target, TRUST)
    assert release.release is not None
    target.clean({release.digest, *(one.digest for one in release.release.earlier)})


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
    finally:
        os._exit(code)


def write_for_ever(folder: Path) -> NoReturn:
    number = 0
    while True:
        number += 1
        publish(
            Directory(folder),
            little(f"{os.getpid()} {number}"),
            seal(now=NOW + timedelta(microseconds=number)),
        )


def read(folder: Path, report: Path, done: Path) -> None:
    """Verify again and again; a version may never go down, no state may be broken or mixed."""
    target = Directory(folder)
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
    main(Path(sys.argv[1]), *(int(argument) for argument in sys.argv[2:5]))
