"""benchmarks: their content is the same each time, exports wholly, and is as an update leaves it."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks.bench import BUNDLES, DOCUMENTS
from tests.benchmarks.bench import LOCALES as LOCALES_OF
from tests.benchmarks.generate import LOCALES, SIZES, edit, generate
from tests.benchmarks.page import exponent, filled

pytestmark = pytest.mark.thorough


def files(folder: Path) -> Mapping[str, bytes]:
    """What is not made of it: neither exports nor caches."""
    paths = [folder / "pyproject.toml", *folder.glob("messages/*"), *folder.glob("locales/**/*.*")]
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def pipeline(project: Path, command: str) -> tuple[int, Any]:
    """The exit code of a command and what it tells programs."""
    arguments = [sys.executable, "-m", "pipeline", "--project", str(project), command, "--json"]
    done = subprocess.run(arguments, capture_output=True, check=False)
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    generate(folder, documents=1, locales=8)
    return folder


def test_the_same_call_writes_the_same_bytes(small: Path, tmp_path: Path) -> None:
    generate(tmp_path, documents=1, locales=8)
    assert files(tmp_path) == files(small)


def test_every_locale_of_a_generated_repository_is_exported_without_a_finding(small: Path) -> None:
    code, told = pipeline(small, "export")
    assert (code, told["findings"]) == (0, [])
    assert len(list(small.glob("exports/*/faq-00001.json"))) == 8


def test_an_update_leaves_a_generated_repository_as_it_is(small: Path) -> None:
    before = files(small)
    assert pipeline(small, "update")[0] == 0
    assert files(small) == before


def test_an_edit_changes_the_english_alone(tmp_path: Path) -> None:
    generate(tmp_path, documents=3, locales=1)
    before = files(tmp_path)
    edit(tmp_path, documents=3)
    after = files(tmp_path)
    changed = {name for name, data in after.items() if before[name] != data}
    assert changed
    assert {name.partition("/")[0] for name in changed} == {"messages"}
    assert pipeline(tmp_path, "update")[0] == 0
    assert any(b"#, fuzzy" in catalog.read_bytes() for catalog in tmp_path.glob("locales/*/LC_MESSAGES/*.po"))


def test_fuzzy_translations_are_all_that_stops_a_repository_that_has_them(tmp_path: Path) -> None:
    generate(tmp_path, documents=2, locales=1, fuzzy=True)
    code, told = pipeline(tmp_path, "check")
    assert code == 1
    assert {finding["rule"] for finding in told["findings"]} == {"fuzzy"}


def test_sizes_are_written_down_alike_where_they_are_measured() -> None:
    assert {size: (DOCUMENTS[size], LOCALES_OF[size]) for size in BUNDLES} == {
        size: SIZES[size][:2] for size in ("S", "M", "L")
    }
    assert {size: DOCUMENTS[size] * LOCALES_OF[size] for size in BUNDLES} == BUNDLES
    assert len(set(LOCALES)) == LOCALES_OF["L"]


def test_results_are_written_between_their_markers_alone() -> None:
    page = "before\n<!-- begin check -->\nold\n<!-- end check -->\nafter\n"
    assert filled(page, {"check": "new"}) == "before\n<!-- begin check -->\nnew\n<!-- end check -->\nafter\n"
    with pytest.raises(ValueError, match="no place for update"):
        filled(page, {"update": "new"})


@pytest.mark.parametrize("power", [0.5, 1.0, 2.0])
def test_the_exponent_of_growth_is_that_of_the_power_it_is_fitted_to(power: float) -> None:
    assert exponent([(size, 3 * size**power) for size in (100, 2_000, 25_000)]) == pytest.approx(power)
