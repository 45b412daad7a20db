"""schema: the definitions of model/bundle.py as JSON Schema 2020-12 and as TypeScript types."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from pipeline.model import bundle

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def bundle_schema() -> bytes:
    return _schema(bundle.Bundle, "A document in one locale")


def index_schema() -> bytes:
    return _schema(bundle.Index, "Every bundle of an export")


def typescript() -> bytes:
    """One interface for each record, with the descriptions as comments."""
    _, definitions = msgspec.json.schema_components([bundle.Bundle, bundle.Index], ref_template="{name}")
    heading = f"// The JSON of exports, version {bundle.SCHEMA_VERSION}. Generated from pipeline/model/bundle.py.\n"
    parts = [heading]
    for name, definition in sorted(definitions.items()):
        parts.append("\n".join(_interface(name, definition)))
    return ("\n".join(parts)).encode()


def _schema(record: type[msgspec.Struct], title: str) -> bytes:
    (reference,), definitions = msgspec.json.schema_components([record], ref_template="#/$defs/{name}")
    schema = {
        "$schema": _DIALECT,
        "title": f"{title} (version {bundle.SCHEMA_VERSION})",
        **reference,
        "$defs": {name: _open(definition) for name, definition in sorted(definitions.items())},
    }
    return msgspec.json.format(msgspec.json.encode(schema), indent=2) + b"\n"


def _open(definition: Mapping[str, Any]) -> dict[str, Any]:
    """The definition of a record as a reader needs it: a later minor version may add fields.

    Our own decoder takes none that it does not know, so we write none that is not defined.
    """
    return {key: value for key, value in definition.items() if key != "additionalProperties"}


def _interface(name: str, definition: Mapping[str, Any]) -> Iterator[str]:
    yield "/**"
    for line in str(definition.get("description", "")).split("\n"):
        yield f" * {line.strip()}".rstrip()
    yield " */"
    yield f"export interface {name} {{"
    required = set(definition.get("required", ()))
    for key, value in definition["properties"].items():
        optional = "" if key in required else "?"
        yield f'  "{key}"{optional}: {_type(value)};'
    yield "}"
    yield ""


def _type(value: Mapping[str, Any]) -> str:
    if "$ref" in value:
        return str(value["$ref"])
    if "enum" in value:
        return " | ".join(msgspec.json.encode(option).decode() for option in value["enum"])
    if "anyOf" in value:
        return " | ".join(dict.fromkeys(_type(option) for option in value["anyOf"]))
    match value["type"]:
        case "array":
            item = _type(value["items"])
            return f"({item})[]" if " " in item else f"{item}[]"
        case "integer" | "number":
            return "number"
        case "boolean" | "null" | "string" as kind:
            return str(kind)
        case kind:
            raise TypeError(f"no TypeScript for {kind}")
