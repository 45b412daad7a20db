"""reading: every catalog of a content repository read with one library.

python -m tests.benchmarks.peers.reading ours|polib|babel|translate-toolkit|rspolib REPOSITORY
"""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path


def ours() -> Callable[[Path], object]:
    from pipeline.po import read_po

    return lambda path: read_po(path.read_bytes(), path.name)


def polib() -> Callable[[Path], object]:
    import polib

    return lambda path: polib.pofile(str(path))


def babel() -> Callable[[Path], object]:
    from babel.messages.pofile import read_po

    def read(path: Path) -> object:
        with path.open("rb") as file:
            return read_po(file)

    return read


def translate_toolkit() -> Callable[[Path], object]:
    from translate.storage.pypo import pofile

    return lambda path: pofile.parsefile(str(path))


def rspolib() -> Callable[[Path], object]:
    import rspolib

    return lambda path: rspolib.pofile(str(path))


LIBRARIES: Mapping[str, Callable[[], Callable[[Path], object]]] = {
    "ours": ours,
    "polib": polib,
    "babel": babel,
    "translate-toolkit": translate_toolkit,
    "rspolib": rspolib,
}


if __name__ == "__main__":
    read = LIBRARIES[sys.argv[1]]()
    for path in sorted(Path(sys.argv[2]).glob("locales/*/LC_MESSAGES/*.po")):
        read(path)
