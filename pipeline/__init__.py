"""pipeline: English medical FAQ text in, checked and localized JSON and HTML bundles out."""

__version__ = "0.1.0"
