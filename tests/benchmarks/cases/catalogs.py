"""catalogs: what is done to PO files: read, updated, checked, and their templates extracted."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.benchmarks.bench import BIN, DOCUMENTS, LOCALES, PIPELINE, ROOT, Bench, module, remove
from tests.benchmarks.measure import Case, Contender

_GETTEXT = "apt-get install gettext"


def reading(bench: Bench) -> Iterator[Case]:
    """Every catalog read, with one library each; the time that its import takes is taken off."""
    size = bench.middle
    repository = bench.repository(size)
    count = (DOCUMENTS[size] + 1) * LOCALES[size]
    names = {
        "ours": "pipeline.po",
        "polib": "polib",
        "babel": "Babel",
        "translate-toolkit": "translate-toolkit",
        "rspolib": "rspolib",
    }
    yield Case(
        id="reading",
        title=f"Reading {count:,} catalogs",
        contenders=[
            Contender(
                name=name,
                command=module("tests.benchmarks.peers.reading", library, repository),
                without=module("tests.benchmarks.peers.reading", library, repository / "messages"),
                folder=ROOT,
                note="Rust" if library == "rspolib" else "",
            )
            for library, name in names.items()
        ],
        rounds=3,
        unit="µs a catalog",
        per=count / 1_000_000,
    )


def extract(bench: Bench) -> Iterator[Case]:
    size = bench.middle
    repository = bench.copy(bench.repository(size), f"{size}-extract")
    mapping = repository / "babel.cfg"
    mapping.write_text("[pipeline: messages/**.md]\n", "utf-8")

    def fresh() -> None:
        remove(repository / ".pipeline")()
        for path in (repository / "locales").glob("*.pot"):
            path.unlink()

    yield Case(
        id="extract",
        title=f"Extracting the templates of {DOCUMENTS[size]} documents",
        contenders=(
            Contender(
                name="pipeline extract",
                command=[PIPELINE, "--project", str(repository), "extract", "--quiet"],
                folder=ROOT,
                fresh=fresh,
                note="one template for each document",
            ),
            Contender(
                name="pybabel extract",
                command=[
                    *(str(BIN / "pybabel"), "-q", "extract", "-F", "babel.cfg", "-c", "translators:"),
                    *("-o", "all.pot", "."),
                ],
                folder=repository,
                note="with our method; one template for all",
            ),
        ),
        rounds=5,
    )


def update(bench: Bench) -> Iterator[Case]:
    """All catalogs after an edit of the English, and msgmerge on those of one locale."""
    size = bench.middle
    changed = bench.repository(size, "--edited")
    ours = bench.copy(changed, f"{size}-update")
    theirs = _with_new_templates(bench, changed, f"{size}-msgmerge")
    yield Case(
        id="update",
        title=f"Updating {DOCUMENTS[size] * LOCALES[size]:,} catalogs after an edit of the English",
        contenders=(_ours(ours, changed), _msgmerge(theirs, share=1 / LOCALES[size], note="one locale, scaled")),
        rounds=3,
    )


def update_long(bench: Bench) -> Iterator[Case]:
    """One long catalog: how the time grows with it."""
    for size, units in (("3k", "3,000"), *((("10k", "10,000"),) if "M" in bench.sizes else ())):
        changed = bench.repository(size, "--edited")
        ours = bench.copy(changed, f"{size}-update")
        theirs = _with_new_templates(bench, changed, f"{size}-msgmerge")
        yield Case(
            id=f"update-{size}",
            title=f"Updating one catalog of {units} units after an edit of the English",
            contenders=(_ours(ours, changed), _msgmerge(theirs)),
            rounds=3 if size == "3k" else 1,
        )


def _ours(repository: Path, untouched: Path) -> Contender:
    return Contender(
        name="pipeline update",
        command=[PIPELINE, "--project", str(repository), "update", "--quiet"],
        folder=ROOT,
        fresh=_restored(repository, untouched),
        note="reads the documents too",
    )


def _msgmerge(repository: Path, share: float = 1.0, note: str = "") -> Contender:
    merge = 'for old in locales/de_DE/LC_MESSAGES/faq-*.po; do name=$(basename "$old" .po); '
    merge += 'msgmerge --quiet --previous -o merged/"$name".po "$old" locales/"$name".pot; done'
    out = repository / "merged"

    def fresh() -> None:
        remove(out)()
        out.mkdir()

    return Contender(
        name="msgmerge",
        command=["sh", "-ec", merge],
        folder=repository,
        fresh=fresh,
        share=share,
        note=", ".join(filter(None, ("with fuzzy matching", note))),
        needs="msgmerge",
        get=_GETTEXT,
    )


def _restored(repository: Path, untouched: Path) -> Callable[[], None]:
    def restore() -> None:
        remove(repository / "locales", repository / ".pipeline")()
        subprocess.run(["cp", "-a", untouched / "locales", repository / "locales"], check=True)

    return restore


def _with_new_templates(bench: Bench, changed: Path, name: str) -> Path:
    repository = bench.copy(changed, name)
    subprocess.run([PIPELINE, "--project", repository, "extract", "--quiet"], check=True)
    return repository


def check(bench: Bench) -> Iterator[Case]:
    """All catalogs with every rule, and with every test of pofilter."""
    size = bench.middle
    repository = bench.repository(size)
    out = bench.work / f"{size}-pofilter"
    yield Case(
        id="check",
        title=f"Checking {(DOCUMENTS[size] + 1) * LOCALES[size]:,} catalogs with every rule",
        contenders=(
            Contender(
                name="pipeline check",
                command=[PIPELINE, "--project", str(repository), "check", "--quiet"],
                folder=ROOT,
                fresh=remove(repository / ".pipeline"),
                note="sources and disclaimers too",
            ),
            Contender(
                name="pofilter",
                command=[str(BIN / "pofilter"), "--progress=none", str(repository / "locales"), str(out)],
                folder=ROOT,
                fresh=remove(out),
                note="translate-toolkit, all tests",
            ),
        ),
        rounds=3,
    )
