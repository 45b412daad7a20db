"""languages: what the rules know of each language, as data: `<language>/<topic>.toml`."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

from pipeline.model.locale import Locale


def has_data(tag: str) -> bool:
    """Whether there is a folder of facts for the language or region, in gettext's spelling."""
    return resources.files(__name__).joinpath(tag).is_dir()


@lru_cache(maxsize=512)
def language_data(locale: Locale, topic: str) -> Mapping[str, Any]:
    """The facts of a topic for the locale: its own over its language's; empty where nothing is known."""
    merged: dict[str, Any] = {}
    for tag in dict.fromkeys((locale.language, locale.gettext)):
        file = resources.files(__name__).joinpath(tag, f"{topic}.toml")
        if file.is_file():
            merged |= tomllib.loads(file.read_text("utf-8"))
    return merged
