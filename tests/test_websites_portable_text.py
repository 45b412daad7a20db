"""portable text: the renderers that sites use make of `content` what our `html` says, in every locale."""

import json
import subprocess
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from tests.exporters.markup import fragment, tag
from tests.exporters.sample import GOLDEN
from tests.exporters.sample import LOCALES as SAMPLE_LOCALES
from tests.peers import require_npm
from tests.repository import LOCALES, ROOT, bcp47, bundle

pytestmark = pytest.mark.thorough

RENDERERS = ("@portabletext/to-html", "@portabletext/react")
BUNDLES = {
    **{locale: ROOT / bundle(locale, "json") for locale in LOCALES},
    **{f"sample {locale}": GOLDEN / f"cold-chain.{bcp47(locale)}.json" for locale in SAMPLE_LOCALES},
}


@cache
def rendered() -> Mapping[Path, list[dict[str, object]]]:
    """Every rich text of every bundle with what each renderer makes of it; one run of Node for all."""
    node, folder = require_npm()
    script = str(folder / "portable_text.mjs")
    run = subprocess.run(
        [node, script, *map(str, BUNDLES.values())], capture_output=True, check=False, encoding="utf-8", timeout=120
    )
    assert (run.returncode, run.stderr) == (0, "")
    found: dict[Path, list[dict[str, object]]] = {}
    for text in json.loads(run.stdout):
        found.setdefault(Path(text["file"]), []).append(text)
    return found


def tree(element: Element) -> Iterator[object]:
    """Every element with its attributes, and every text between them, in order; nothing is normalised."""
    for child in element:
        yield tag(child), dict(child.attrib), child.text or "", *tree(child)
        if child.tail:
            yield child.tail


def told(markup: str) -> list[object]:
    root = fragment(markup)
    return [root.text or "", *tree(root)]


@pytest.mark.parametrize("renderer", RENDERERS)
@pytest.mark.parametrize("name", BUNDLES)
def test_the_content_renders_as_the_html_says(name: str, renderer: str) -> None:
    texts = rendered()[BUNDLES[name]]
    assert len(texts) >= (7 if name.startswith("sample") else 20)
    for text in texts:
        made = text["renderings"][renderer]  # type: ignore[index]
        assert told(str(made)) == told(str(text["html"])), text["where"]


def test_the_bundles_have_every_kind_of_block_between_them() -> None:
    html = "".join(str(text["html"]) for texts in rendered().values() for text in texts)
    for element in ("<p>", "<ul>", "<ol>", "<li>", "<table>", "<aside ", "<strong>", "<em>", "<sup ", 'dir="ltr"'):
        assert element in html, element
