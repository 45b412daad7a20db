"""markdown: translated Markdown from English Markdown and catalogs, with mdpo and with po4a.

    python -m tests.benchmarks.peers.markdown --prepare mdpo|po4a LOCALES SIZE DIR
    python -m tests.benchmarks.peers.markdown mdpo DIR

It gives no HTML and no JSON. The catalogs are made by laying each translated document beside the English one. po4a is a
program of its own; DIR/po4a.cfg tells it what to do.
"""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path


def prepare(tool: str, locales: int, size: str, folder: Path) -> None:
    """The English documents, and a catalog of each in each locale."""
    # Imported here: translating needs nothing of ours.
    from tests.benchmarks.peers.texts import body, of_size, pairs, title, write

    documents, names = of_size(size)
    for document in documents:
        write(folder / f"en/{document.id}.md", _text(tool, f"# {title(document, 'en')}\n\n{body(document, 'en')}"))
    for document, locale, language in pairs(documents, names[:locales]):
        text = _text(tool, f"# {title(document, language)}\n\n{body(document, language)}")
        translated, catalog = folder / f"in/{locale}/{document.id}.md", folder / f"po/{locale}/{document.id}.po"
        write(translated, text)
        catalog.parent.mkdir(parents=True, exist_ok=True)
        english = folder / f"en/{document.id}.md"
        if tool == "mdpo":
            _align(english, translated, catalog)
        else:
            _gettextize(english, translated, catalog)
    if tool == "po4a":
        (folder / "pot").mkdir()
        write(folder / "po4a.cfg", _configuration([document.id for document in documents], names[:locales]))


def _configuration(documents: list[str], locales: Iterable[str]) -> str:
    return "\n".join(
        [
            f"[po4a_langs] {' '.join(locales)}",
            "[po4a_paths] pot/$master.pot $lang:po/$lang/$master.po",
            *(
                f'[type: text] en/{name}.md $lang:out/$lang/{name}.md opt:"-o markdown -k 0" pot={name}'
                for name in documents
            ),
            "",
        ]
    )


def _text(tool: str, text: str) -> str:
    # Footnotes are outside of what the Markdown of these tools knows.
    return text.replace(" [^patients]", "").replace("[^patients]: ", "")


def _align(english: Path, translated: Path, catalog: Path) -> None:
    import polib
    from mdpo.md2po import markdown_to_pofile

    sources, targets = (markdown_to_pofile(str(path)) for path in (english, translated))
    file = polib.POFile(wrapwidth=0)
    file.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    for source, target in zip(sources, targets, strict=True):
        file.append(polib.POEntry(msgid=source.msgid, msgctxt=source.msgctxt, msgstr=target.msgid))
    file.save(str(catalog))


def _gettextize(english: Path, translated: Path, catalog: Path) -> None:
    command = ["po4a-gettextize", "-f", "text", "-o", "markdown", "-M", "UTF-8", "-L", "UTF-8"]
    subprocess.run([*command, "-m", english, "-l", translated, "-p", catalog], check=True, capture_output=True)
    subprocess.run(["msgattrib", "--clear-fuzzy", "--clear-previous", "-o", catalog, catalog], check=True)


def translate(folder: Path) -> None:
    """Write every translated document with mdpo."""
    from mdpo.po2md import pofile_to_markdown

    for catalog in sorted(folder.glob("po/*/*.po")):
        out = folder / "out" / catalog.parent.name / f"{catalog.stem}.md"
        out.parent.mkdir(parents=True, exist_ok=True)
        english = folder / "en" / f"{catalog.stem}.md"
        out.write_text(pofile_to_markdown(str(english), str(catalog)), "utf-8")


if __name__ == "__main__":
    if sys.argv[1] == "--prepare":
        prepare(sys.argv[2], int(sys.argv[3]), sys.argv[4], Path(sys.argv[5]))
    else:
        translate(Path(sys.argv[2]))
