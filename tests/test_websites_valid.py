"""valid: the Nu checker of the W3C has nothing to say about any page, nor about fragments inside another page."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.peers import require, require_npm
from tests.repository import LOCALES, ROOT, bundle

pytestmark = pytest.mark.thorough

SITE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>A site</title><link rel="stylesheet" href="faq.css"></head>
<body><h1>A site</h1><main>{fragments}</main></body>
</html>
"""


def page(locale: str) -> Path:
    return ROOT / bundle(locale, "html")


def fragment(locale: str) -> str:
    return (ROOT / bundle(locale, "fragment.html")).read_text(encoding="utf-8")


def complaints(*paths: Path, options: Sequence[str] = ()) -> list[str]:
    """All that the checker says, with errors, warnings and remarks, as `path: message`."""
    _, folder = require_npm()
    jar = folder / "node_modules/vnu-jar/build/dist/vnu.jar"
    run = subprocess.run(
        [require("java"), "-jar", str(jar), "--format", "json", *options, *map(str, paths)],
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=300,
    )
    return [f"{message.get('url')}: {message['message']}" for message in json.loads(run.stderr)["messages"]]


def test_no_page_has_an_error_or_a_warning() -> None:
    assert complaints(*map(page, LOCALES)) == []


def test_a_fragment_inside_a_page_has_no_error_and_no_warning_alone_or_beside_others(tmp_path: Path) -> None:
    pages: list[Path] = []
    for number, chosen in enumerate([*([locale] for locale in LOCALES), LOCALES]):
        pages.append(tmp_path / f"{number}.html")
        pages[-1].write_text(SITE.format(fragments="".join(map(fragment, chosen))), encoding="utf-8")
    assert complaints(*pages) == []


def test_the_style_sheet_has_no_error() -> None:
    assert complaints(ROOT / "exports/assets/faq.css", options=["--css"]) == []


def test_the_checker_sees_what_is_wrong(tmp_path: Path) -> None:
    text = page("ar_SA").read_text(encoding="utf-8")
    pages: list[Path] = []
    for old, new in (("</h1>", "</h2>"), ('role="doc-bibliography"', 'role="biblio"'), ('lang="ar', 'lang="x_')):
        assert old in text
        pages.append(tmp_path / f"{len(pages)}.html")
        pages[-1].write_text(text.replace(old, new), encoding="utf-8")
    said = complaints(*pages)
    assert [name for name in map(str, pages) if not any(name in complaint for complaint in said)] == []
