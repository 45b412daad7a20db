"""full_build: the cold export, beside site builders and tools that make translated pages from catalogs."""

import subprocess
from collections.abc import Iterator

from tests.benchmarks.bench import BUNDLES, LOCALES, PIPELINE, ROOT, Bench, cold, module, remove
from tests.benchmarks.measure import Case, Contender

# po4a takes so long that some of the locales have to do.
_PO4A_LOCALES = 2


def full_build(bench: Bench) -> Iterator[Case]:
    size = bench.middle
    yield Case(
        id="full-build",
        title=f"Full build: {BUNDLES[size]:,} bundles, nothing cached",
        contenders=(*_ours(bench, size), _hugo(bench, size), *_plain(bench, size), *_markdown(bench, size)),
        rounds=5,
    )


def _ours(bench: Bench, size: str) -> Iterator[Contender]:
    repository = bench.copy(bench.repository(size), f"{size}-full-build")
    command = [PIPELINE, "--project", str(repository), "export", "--quiet"]
    fresh = cold(repository)
    yield Contender(name="pipeline export", command=command, folder=ROOT, fresh=fresh)
    yield Contender(name="pipeline export --jobs 1", command=[*command, "--jobs", "1"], folder=ROOT, fresh=fresh)
    checked = bench.copy(bench.repository(size), f"{size}-checked")
    again = [PIPELINE, "--project", str(checked), "export", "--quiet", "--jobs", "1"]
    bench.say(f"  exporting {size}")
    subprocess.run(again, check=True)
    yield Contender(
        name="pipeline export --jobs 1, the rules' findings known",
        command=again,
        folder=ROOT,
        fresh=remove(checked / "exports"),
        note="all but the rules: reads catalogs, renders and writes every bundle",
    )


def _hugo(bench: Bench, size: str) -> Contender:
    site = bench.made(f"{size}-hugo", module("tests.benchmarks.peers.hugo", size))
    return Contender(
        name="Hugo",
        command=["hugo", "--quiet"],
        folder=site,
        fresh=remove(site / "public", site / "resources"),
        note="from ready-made Markdown; HTML and a small JSON",
        needs="hugo",
        get="apt-get install hugo",
    )


def _plain(bench: Bench, size: str) -> Iterator[Contender]:
    repository = bench.repository(size)
    data = bench.made(f"{size}-plain.json", module("tests.benchmarks.peers.plain", "--prepare", size))
    for reader in ("polib", "babel"):
        out = bench.work / f"{size}-plain-{reader}"
        yield Contender(
            name=f"{reader} + Jinja" if reader == "polib" else "Babel's reader + Jinja",
            command=module("tests.benchmarks.peers.plain", reader, repository, data, out),
            folder=ROOT,
            fresh=remove(out),
            note="HTML and a small JSON, no checks; the sources are ready-made JSON",
        )


def _markdown(bench: Bench, size: str) -> Iterator[Contender]:
    program = "tests.benchmarks.peers.markdown"
    mdpo = bench.made(f"{size}-mdpo", module(program, "--prepare", "mdpo", LOCALES[size], size))
    yield Contender(
        name="mdpo",
        command=module(program, "mdpo", mdpo),
        folder=ROOT,
        fresh=remove(mdpo / "out"),
        note="translated Markdown only",
    )
    po4a = Contender(
        name="po4a",
        command=["po4a", "--no-update", "po4a.cfg"],
        folder=bench.work / f"{size}-po4a",
        fresh=remove(bench.work / f"{size}-po4a" / "out"),
        share=_PO4A_LOCALES / LOCALES[size],
        note=f"translated Markdown only; {_PO4A_LOCALES} of {LOCALES[size]} locales, scaled",
        needs="po4a",
        get="apt-get install po4a",
    )
    if po4a.there:
        bench.made(f"{size}-po4a", module(program, "--prepare", "po4a", _PO4A_LOCALES, size))
    yield po4a
