"""plain: what one would write with a PO library, Jinja and json: each catalog read, each page rendered, once.

    python -m tests.benchmarks.peers.plain --prepare SIZE FILE
    python -m tests.benchmarks.peers.plain polib|babel REPOSITORY FILE OUT

The first call writes the documents as JSON, so that the pipeline which is measured need not parse Markdown. It checks
nothing but that each translation is there and not fuzzy.
"""

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

Catalog = Mapping[str, str]

_TEMPLATE = """\
<!DOCTYPE html>
<html lang="{{ lang }}" dir="{{ dir }}">
<head>
<meta charset="utf-8">
<title>{{ words["title"] | striptags }}</title>
{% for other in locales %}<link rel="alternate" hreflang="{{ other }}" href="../{{ other }}/{{ document.id }}.html">
{% endfor %}</head>
<body>
<main>
<h1>{{ words["title"] }}</h1>
<p class="sample">{{ ui["page/sample"] }}</p>
<p>{{ words["lead/1"] }}</p>
{% for text in disclaimers %}<div class="disclaimer">{{ text }}</div>
{% endfor %}<nav><h2>{{ ui["page/contents"] }}</h2><ol>
{% for entry in document.entries %}<li><a href="#{{ entry.id }}">{{ words[entry.question] }}</a></li>
{% endfor %}</ol></nav>
{% for entry in document.entries %}<section id="{{ entry.id }}">
<h2>{{ words[entry.question] }}</h2>
{% for answer in entry.answers %}<p>{{ words[answer] }}</p>
{% endfor %}</section>
{% endfor %}<section><h2>{{ ui["footnotes/heading"] }}</h2><p id="note">* {{ words[document.footnote] }}</p></section>
<section><h2>{{ ui["references/heading"] }}</h2><ol>
{% for text in references %}<li id="reference-{{ loop.index }}" lang="en">{{ text }}</li>
{% endfor %}</ol></section>
</main>
<footer><h2>{{ ui["page/editions"] }}</h2><ul>
{% for other in locales %}<li><a href="../{{ other }}/{{ document.id }}.html" lang="{{ other }}">{{ other }}</a></li>
{% endfor %}</ul></footer>
</body>
</html>
"""


def prepare(size: str, file: Path) -> None:
    from tests.benchmarks.peers.texts import disclaimers, of_size, references, write

    documents, locales = of_size(size)
    data = {
        "locales": locales,
        "references": references(),
        "disclaimers": {locale: disclaimers(locale.partition("_")[0]) for locale in locales},
        "documents": [
            {
                "id": document.id,
                "entries": [
                    {
                        "id": entry.id,
                        "question": f"{entry.id}/question",
                        "answers": [f"{entry.id}/answer/{number}" for number, _ in enumerate(entry.answer, 1)],
                    }
                    for entry in document.entries
                ],
                "footnote": "footnote/patients",
                "citations": {
                    f"{entry.id}/answer/{number}": [
                        int(key.removeprefix("study")) for sentence in paragraph.sentences for key in sentence.citation
                    ]
                    for entry in document.entries
                    for number, paragraph in enumerate(entry.answer, 1)
                }
                | {"footnote/patients": [int(key.removeprefix("study")) for key in document.footnote.citation]},
            }
            for document in documents
        ],
    }
    write(file, json.dumps(data))


def with_polib(path: Path) -> Catalog:
    import polib

    entries = polib.pofile(str(path))
    assert not any(entry.fuzzy or not entry.translated() for entry in entries)
    return {entry.msgctxt: entry.msgstr or entry.msgstr_plural[0] for entry in entries}


def with_babel(path: Path) -> Catalog:
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    assert not any(message.fuzzy or not message.string for message in messages)
    return {
        str(message.context): message.string if isinstance(message.string, str) else message.string[0]
        for message in messages
    }


READERS: Mapping[str, Callable[[Path], Catalog]] = {"polib": with_polib, "babel": with_babel}


def build(read: Callable[[Path], Catalog], repository: Path, file: Path, out: Path) -> None:
    from jinja2 import Environment
    from markupsafe import Markup, escape

    page = Environment(autoescape=True, trim_blocks=False).from_string(_TEMPLATE)
    data = json.loads(file.read_bytes())
    tags = {locale: locale.replace("_", "-") for locale in data["locales"]}

    def inline(text: str, citations: list[int]) -> Markup:
        html = str(escape(text))
        if "{" in html:
            links = ",".join(f'<a href="#reference-{number}">{number}</a>' for number in citations)
            html = html.replace("{cite1}", f"<sup>{links}</sup>").replace("{note1}", '<sup><a href="#note">*</a></sup>')
        if "&lt;" in html:
            html = html.replace("&lt;strong&gt;", "<strong>").replace("&lt;/strong&gt;", "</strong>")
            html = html.replace("&lt;a1&gt;", '<a href="/more">').replace("&lt;/a1&gt;", "</a>")
        return Markup(html)

    for locale, tag in tags.items():
        folder = out / tag
        folder.mkdir(parents=True)
        catalogs = repository / "locales" / locale / "LC_MESSAGES"
        ui = read(catalogs / "ui.po")
        for document in data["documents"]:
            texts = read(catalogs / f"{document['id']}.po")
            words = {key: inline(text, document["citations"].get(key, [])) for key, text in texts.items()}
            values: dict[str, Any] = {
                "lang": tag,
                "dir": "rtl" if locale.startswith("ar") else "ltr",
                "document": document,
                "words": words,
                "ui": ui,
                "references": data["references"],
                "disclaimers": data["disclaimers"][locale],
                "locales": tags.values(),
            }
            (folder / f"{document['id']}.html").write_text(page.render(values), "utf-8")
            bundle = {
                "document": document["id"],
                "lang": tag,
                "title": texts["title"],
                "entries": [
                    {
                        "id": entry["id"],
                        "question": {"text": texts[entry["question"]], "html": words[entry["question"]]},
                        "answers": [{"text": texts[key], "html": words[key]} for key in entry["answers"]],
                    }
                    for entry in document["entries"]
                ],
                "footnote": words[document["footnote"]],
                "references": data["references"],
                "disclaimers": data["disclaimers"][locale],
            }
            text = json.dumps(bundle, ensure_ascii=False, indent=2)
            (folder / f"{document['id']}.json").write_text(text, "utf-8")


if __name__ == "__main__":
    if sys.argv[1] == "--prepare":
        prepare(sys.argv[2], Path(sys.argv[3]))
    else:
        build(READERS[sys.argv[1]], *(Path(argument) for argument in sys.argv[2:]))
