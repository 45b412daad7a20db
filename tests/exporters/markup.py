"""markup: HTML read by html5lib's strict parser, for tests to look at."""

from xml.etree.ElementTree import Element

import html5lib

NAMESPACE = "{http://www.w3.org/1999/xhtml}"


def page(data: bytes) -> Element:
    """The root of a page; raises html5lib's ParseError for whatever is not valid."""
    root: Element = html5lib.HTMLParser(strict=True).parse(data, transport_encoding="utf-8")
    return root


def fragment(text: str) -> Element:
    """The fragment under a root of its own."""
    root: Element = html5lib.HTMLParser(strict=True).parseFragment(text)
    return root


def tag(element: Element) -> str:
    return element.tag.removeprefix(NAMESPACE) if isinstance(element.tag, str) else ""


def tags(root: Element) -> set[str]:
    """The names of all elements under the root."""
    return {tag(element) for element in root.iter() if element is not root and tag(element)}


def find(root: Element, name: str, /, **attributes: str) -> list[Element]:
    """The elements with this name and these attributes; `class_` means class, and any of its words is enough."""
    return [
        element
        for element in root.iter(NAMESPACE + name)
        if all(
            value in element.get(key.rstrip("_").replace("_", "-"), "").split(" ") for key, value in attributes.items()
        )
    ]


def text(element: Element) -> str:
    """The words of the element."""
    return "".join(element.itertext())


def outline(root: Element) -> list[object]:
    """The names of the elements, nested as they stand."""
    return [[tag(child), *outline(child)] if len(child) else tag(child) for child in root]
