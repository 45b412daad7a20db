"""pages: how the tests look at the pages of a kit."""

from xml.etree.ElementTree import Element

import html5lib

ALLOWED_LINKS = ("#", "preview/", "https://")


def parsed(data: bytes) -> Element:
    """The page, if it is valid HTML down to the last byte and needs nothing but itself."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    root = parser.parse(data.decode())
    assert isinstance(root, Element)
    names = {element.tag for element in root.iter()}
    assert not names & {"script", "link", "img", "iframe", "object", "embed", "base", "form", "video", "audio"}
    ids = [identifier for element in root.iter() if (identifier := element.get("id")) is not None]
    assert len(ids) == len(set(ids))
    for element in root.iter():
        assert not any(name.startswith("on") or name == "style" for name, _ in element.items())
        href = element.get("href")
        assert href is None or href.startswith(ALLOWED_LINKS)
        if href is not None and href.startswith("#"):
            assert href[1:] in ids
    style = root.findtext(".//style")
    assert style is not None
    assert "url(" not in style
    assert "@import" not in style
    return root


def text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def by_class(root: Element, name: str) -> list[Element]:
    return [element for element in root.iter() if name in (element.get("class") or "").split()]


def first(root: Element, tag: str) -> Element:
    found = root.find(f".//{tag}")
    assert found is not None
    return found
