"""po: gettext catalogs, read strictly and written in gettext's own layout."""

from pipeline.po.places import place
from pipeline.po.reader import inspect_po, read_po
from pipeline.po.writer import write_po

__all__ = ["inspect_po", "place", "read_po", "write_po"]
