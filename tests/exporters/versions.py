"""versions: the schemas as each version of the JSON had them, without descriptions.

`python -m tests.exporters.versions` writes down those of a new version. It changes none that is there: readers have it.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.exporters.schema import bundle_schema, index_schema
from pipeline.model.bundle import SCHEMA_VERSION
from tests.exporters.sample import GOLDEN

FOLDER = GOLDEN / "schemas"
Schemas = Mapping[str, Any]


def current() -> Schemas:
    """The schemas of the code."""
    return {"bundle": _bare(json.loads(bundle_schema())), "index": _bare(json.loads(index_schema()))}


def written() -> Mapping[str, Schemas]:
    """The schemas of every version that was written down, the oldest first."""
    names = sorted((path.stem for path in FOLDER.glob("*.json")), key=number)
    return {name: json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")) for name in names}


def number(version: str) -> tuple[int, int]:
    major, minor = version.split(".")
    return int(major), int(minor)


def breaks(old: Schemas, new: Schemas) -> Iterator[str]:
    """What a reader of the old version could stumble over in the new one."""
    for kind in old:
        for name, before in old[kind]["$defs"].items():
            after = new[kind]["$defs"].get(name)
            if after is None:
                yield f"{name} is gone"
                continue
            if before.get("required") != after.get("required"):
                yield f"{name} requires other fields"
            for field, value in before["properties"].items():
                # The version itself differs, by definition.
                if field != "schemaVersion" and after["properties"].get(field) != value:
                    yield f"{name}.{field} is not what it was"


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        # A field may be called like a keyword: only the texts are left out.
        return {
            key: _bare(inner)
            for key, inner in value.items()
            if not (key in ("description", "title") and isinstance(inner, str))
        }
    return [_bare(inner) for inner in value] if isinstance(value, list) else value


if __name__ == "__main__":
    path = FOLDER / f"{SCHEMA_VERSION}.json"
    with path.open("x", encoding="utf-8") as file:
        file.write(json.dumps(current(), indent=1) + "\n")
