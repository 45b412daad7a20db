"""po: gettext catalogs, read strictly and written in gettext's own layout."""

from pipeline.po.reader import read_po
from pipeline.po.writer import write_po

__all__ = ["read_po", "write_po"]
