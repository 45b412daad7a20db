"""types: TypeScript takes the generated types in its strictest mode, with a site that reads every field."""

import subprocess
from pathlib import Path

import pytest

from tests.peers import require_npm
from tests.repository import ROOT

pytestmark = pytest.mark.thorough

CONSUMER = Path("tests/node/consumer.ts")
TYPES = Path("exports/schema/bundle.d.ts")
STRICT = ("--strict", "--noEmit", "--target", "es2022", "--module", "nodenext", "--ignoreConfig", "--types", "")
STRICTER = ("--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess", "--noImplicitReturns")


def complaints(root: Path) -> str:
    """What the compiler says of the consumer that lies under the folder."""
    node, folder = require_npm()
    compiler = str(folder / "node_modules/typescript/bin/tsc")
    run = subprocess.run(
        [node, compiler, *STRICT, *STRICTER, str(root / CONSUMER)],
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=120,
    )
    return run.stdout + run.stderr


def copied(folder: Path, types: str) -> Path:
    """The consumer beside these types."""
    for path, text in ((TYPES, types), (CONSUMER, (ROOT / CONSUMER).read_text(encoding="utf-8"))):
        (folder / path).parent.mkdir(parents=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def test_a_site_that_reads_every_field_compiles(tmp_path: Path) -> None:
    assert complaints(ROOT) == ""
    assert complaints(copied(tmp_path, (ROOT / TYPES).read_text(encoding="utf-8"))) == ""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('  "statusText": Label | null;', '  "statusLine": Label | null;'),
        ('  "sha256": string;', '  "sha256": string;\n  "sha512": string;'),
        ('"after-entry" | ', '"after-entry" | "page-left" | '),
        ('  "asOf": string;', '  "asOf"?: Date;'),
    ],
    ids=["a field is renamed", "a field is new", "a value is new", "a field has another type"],
)
def test_a_site_does_not_compile_when_the_types_change(tmp_path: Path, old: str, new: str) -> None:
    types = (ROOT / TYPES).read_text(encoding="utf-8")
    assert old in types
    assert "error TS" in complaints(copied(tmp_path, types.replace(old, new)))
