"""hugo: a Hugo site with ready-made Markdown for each bundle: an HTML page and JSON, as small as they can be.

python -m tests.benchmarks.peers.hugo SIZE DIR
"""

import json
import sys
from pathlib import Path

from tests.benchmarks.peers.texts import body, disclaimers, of_size, pairs, references, title, write

_CONFIGURATION = """\
baseURL = "https://example.org/"
defaultContentLanguage = "{first}"
defaultContentLanguageInSubdir = true
disableKinds = ["home", "section", "taxonomy", "term", "RSS", "sitemap", "robotsTXT", "404"]
[outputs]
page = ["HTML", "JSON"]
[markup.goldmark.renderer]
unsafe = true
"""
_LANGUAGE = """\
[languages.{id}]
languageCode = "{tag}"
languageDirection = "{direction}"
contentDir = "content/{id}"
"""

_PAGE = """\
<!DOCTYPE html>
<html lang="{{ .Site.Language.Lang }}" dir="{{ .Site.Language.LanguageDirection }}">
<head>
<meta charset="utf-8">
<title>{{ .Title }}</title>
{{ range .Translations }}<link rel="alternate" hreflang="{{ .Language.Lang }}" href="{{ .RelPermalink }}">
{{ end }}</head>
<body>
<main>
<h1>{{ .Title }}</h1>
{{ range .Params.disclaimers }}<div class="disclaimer">{{ . | markdownify }}</div>
{{ end }}<nav>{{ .TableOfContents }}</nav>
{{ .Content }}
<section class="references"><ol>
{{ range $index, $text := .Params.references }}<li id="reference-{{ add $index 1 }}" lang="en">{{ $text }}</li>
{{ end }}</ol></section>
</main>
<footer><ul>
{{ range .Translations }}<li><a href="{{ .RelPermalink }}" lang="{{ .Language.Lang }}">\
{{ .Language.Lang }}</a></li>
{{ end }}</ul></footer>
</body>
</html>
"""
_JSON = """\
{{ dict "title" .Title "lang" .Site.Language.Lang "updated" .Params.updated "html" .Content "text" .Plain \
"references" .Params.references "disclaimers" .Params.disclaimers | jsonify }}
"""


def site(size: str, folder: Path) -> None:
    documents, locales = of_size(size)
    configuration = [_CONFIGURATION.format(first=_id(locales[0]))]
    for locale in locales:
        direction = "rtl" if locale.startswith("ar") else "ltr"
        tag = locale.replace("_", "-")
        configuration.append(_LANGUAGE.format(id=_id(locale), tag=tag, direction=direction))
    write(folder / "config.toml", "".join(configuration))
    write(folder / "layouts/_default/single.html", _PAGE)
    write(folder / "layouts/_default/single.json", _JSON)
    for document, locale, language in pairs(documents, locales):
        front = {
            "title": title(document, language),
            "updated": "2026-01-01",
            "references": references(),
            "disclaimers": disclaimers(language),
        }
        text = f"{json.dumps(front, ensure_ascii=False)}\n\n{body(document, language)}"
        write(folder / f"content/{_id(locale)}/{document.id}.md", text)


def _id(locale: str) -> str:
    return locale.replace("_", "-").lower()


if __name__ == "__main__":
    site(sys.argv[1], Path(sys.argv[2]))
