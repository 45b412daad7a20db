"""golden: one small document in two scripts, byte for byte; `python -m tests.exporters.sample` writes them anew."""

import pytest

from tests.exporters.sample import GOLDEN, golden_files


@pytest.mark.parametrize("name", sorted(golden_files()))
def test_an_export_is_as_the_golden_file_has_it(name: str) -> None:
    assert golden_files()[name].decode().split("\n") == (GOLDEN / name).read_bytes().decode().split("\n")


def test_no_golden_file_is_left_over() -> None:
    exports = {path.name for path in GOLDEN.iterdir() if path.suffix in (".html", ".json", ".jsonld")}
    assert exports == set(golden_files())
