"""schemas: the published schemas of XLIFF, TMX and TBX, from the Debian packages of programs that use them."""

import io
import zipfile
from pathlib import Path

from lxml import etree

from tests import peers

_SYMFONY = Path("/usr/share/php/Symfony/Component/Translation/Resources/schemas")
_OMEGAT = Path("/usr/share/omegat/OmegaT.jar")

# 1.2: what the strict schema takes the transitional one takes as well.
XLIFF_12 = _SYMFONY / "xliff-core-1.2-strict.xsd"
XLIFF_20 = _SYMFONY / "xliff-core-2.0.xsd"
_XML = _SYMFONY / "xml.xsd"


def xliff_problems(data: bytes, schema: Path) -> list[str]:
    """What the OASIS schema finds wrong with a file."""
    if not schema.exists() or not _XML.exists():
        peers.missing("the XLIFF schemas are not installed: apt-get install php-symfony-translation")
    return _problems(_schema(schema.read_bytes(), _XML.read_bytes()), data)


def tmx_problems(data: bytes) -> list[str]:
    """What the DTD of TMX 1.4b finds wrong with a file."""
    return _problems(etree.DTD(io.BytesIO(_of_omegat("tmx14.dtd"))), data)


def tbx_problems(data: bytes) -> list[str]:
    """What OmegaT's schema of TBX finds wrong with a file."""
    return _problems(_schema(_of_omegat("tbx.xsd"), _of_omegat("xml.xsd")), data)


def _of_omegat(name: str) -> bytes:
    if not _OMEGAT.exists():
        peers.missing("the schemas of TMX and TBX are not installed: apt-get install omegat")
    with zipfile.ZipFile(_OMEGAT) as archive:
        return archive.read(f"schemas/{name}")


def _schema(schema: bytes, xml_schema: bytes) -> etree.XMLSchema:
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_XmlSchema(xml_schema))
    return etree.XMLSchema(etree.fromstring(schema, parser))


def _problems(schema: etree.XMLSchema | etree.DTD, data: bytes) -> list[str]:
    schema.validate(etree.fromstring(data))
    return [f"{error.line}: {error.message}" for error in schema.error_log]


class _XmlSchema(etree.Resolver):
    """Finds the schema of xml:lang and xml:space, which others name by its place in the web or beside them."""

    def __init__(self, schema: bytes) -> None:
        self._schema = schema

    def resolve(self, url: str, public_id: str, context: object) -> object:
        return self.resolve_string(self._schema, context) if url.endswith("xml.xsd") else None
