"""schema: JSON Schema, TypeScript types and the exports say the same of one another."""

import json
import re
from collections.abc import Callable
from copy import deepcopy
from itertools import pairwise
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator, FormatChecker

from pipeline.exporters.json_bundle import json_bundle
from pipeline.exporters.schema import bundle_schema, index_schema, typescript
from pipeline.model.bundle import SCHEMA_VERSION, Bundle
from pipeline.model.locale import Locale
from tests.exporters import versions
from tests.exporters.sample import MODIFIED, PROVENANCE, labels, localized
from tests.repository import LOCALES, ROOT, bundle

EXPORTS = ROOT / "exports"


def validator(schema: bytes) -> Draft202012Validator:
    return Draft202012Validator(json.loads(schema), format_checker=FormatChecker())


def problems(schema: bytes, value: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator(schema).iter_errors(value)]


@pytest.mark.parametrize("schema", [bundle_schema(), index_schema()], ids=["bundle", "index"])
def test_a_schema_is_one_of_its_dialect(schema: bytes) -> None:
    assert json.loads(schema)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(json.loads(schema))


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("bundle.schema.json", bundle_schema),
        ("index.schema.json", index_schema),
        ("bundle.d.ts", typescript),
    ],
)
def test_the_committed_schemas_and_types_are_those_of_the_code(name: str, made: Callable[[], bytes]) -> None:
    assert (EXPORTS / "schema" / name).read_bytes() == made()
    assert made() == made()


@pytest.mark.parametrize("locale", LOCALES)
def test_every_committed_bundle_is_valid(locale: str) -> None:
    assert problems(bundle_schema(), json.loads((ROOT / bundle(locale, "json")).read_bytes())) == []


def test_a_bundle_of_the_version_before_is_valid_still() -> None:
    """A locale that is refused keeps its earlier bundle beside the schema of today."""
    earlier = json.loads((ROOT / bundle("de_DE", "json")).read_bytes())
    earlier["schemaVersion"] = "1.0"
    del earlier["provenance"]["approval"]
    assert problems(bundle_schema(), earlier) == []


def test_the_committed_index_is_valid() -> None:
    assert problems(index_schema(), json.loads((EXPORTS / "index.json").read_bytes())) == []


@pytest.mark.parametrize("locale", ["en_US", "ar_SA"])
def test_a_document_with_everything_that_a_document_can_hold_is_valid(locale: str) -> None:
    known = Locale.parse(locale)
    data = json_bundle(localized(known), labels(known), (), PROVENANCE, MODIFIED)
    assert problems(bundle_schema(), json.loads(data)) == []


def _with(path: tuple[str | int, ...], value: Any) -> Callable[[dict[str, Any]], None]:
    def change(found: Any) -> None:
        for key in path[:-1]:
            found = found[key]
        found[path[-1]] = value

    return change


def _without(key: str) -> Callable[[dict[str, Any]], None]:
    return lambda found: found.pop(key)


@pytest.mark.parametrize(
    "change",
    [
        _with(("schemaVersion",), "2.0"),
        _with(("locale",), "de_DE"),
        _with(("dir",), "up"),
        _with(("updated",), "22.11.2026"),
        _with(("status",), "final"),
        _with(("provenance", "wordings"), "abc"),
        _with(("provenance", "approval"), None),
        _with(("provenance", "approval", "state"), "broken"),
        _with(("references", 0, "lang"), "ar"),
        _with(("entries", 0, "answer", "content", 0, "children", 0, "_type"), "picture"),
        _with(("entries", 0, "answer", "origin", 0, "kind"), "guessed"),
        _without("disclaimers"),
        _without("provenance"),
        _without("dir"),
    ],
)
def test_a_bundle_that_is_not_as_promised_is_refused(change: Callable[[dict[str, Any]], None]) -> None:
    found = json.loads((ROOT / bundle("de_DE", "json")).read_bytes())
    change(found)
    assert problems(bundle_schema(), found)


# Versions


def test_the_schemas_are_those_that_were_written_down_for_their_version() -> None:
    """If this fails, raise SCHEMA_VERSION and write the new version down: python -m tests.exporters.versions."""
    assert versions.current() == versions.written()[SCHEMA_VERSION]


def test_the_version_of_the_code_is_the_newest() -> None:
    assert list(versions.written()) == ["1.0", "1.1", "1.2"]
    assert SCHEMA_VERSION == "1.2"


def test_a_minor_version_only_adds_optional_fields() -> None:
    pairs = list(pairwise(versions.written().items()))
    assert len(pairs) >= 2
    for (earlier, old), (later, new) in pairs:
        if versions.number(earlier)[0] == versions.number(later)[0]:
            assert list(versions.breaks(old, new)) == [], later


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("Bundle", "properties", "title"), None, "Bundle.title is not what it was"),
        (("Bundle", "required"), ["document"], "Bundle requires other fields"),
        (("Alternate",), None, "Alternate is gone"),
        (("Bundle", "properties", "dir", "enum"), ["ltr", "rtl", "auto"], "Bundle.dir is not what it was"),
        (("Span", "properties", "text", "type"), "number", "Span.text is not what it was"),
    ],
)
def test_what_a_minor_version_must_not_do_is_seen(path: tuple[str, ...], value: Any, said: str) -> None:
    changed: Any = deepcopy(versions.current())
    *way, last = path
    found = changed["bundle"]["$defs"]
    for key in way:
        found = found[key]
    if value is None:
        del found[last]
    else:
        found[last] = value
    assert list(versions.breaks(versions.current(), changed)) == [said]


def test_a_reader_of_this_version_takes_what_a_later_minor_one_adds() -> None:
    for schema, name in ((bundle_schema(), bundle("de_DE", "json")), (index_schema(), "exports/index.json")):
        later = _grown(json.loads((ROOT / name).read_bytes()))
        later["schemaVersion"] = "1.10"
        assert problems(schema, later) == []


def _grown(value: Any) -> Any:
    """The same with a field more in every record."""
    if isinstance(value, dict):
        return {**{key: _grown(inner) for key, inner in value.items()}, "later": True}
    return [_grown(inner) for inner in value] if isinstance(value, list) else value


@pytest.mark.parametrize("locale", LOCALES)
def test_we_write_no_field_that_is_not_defined(locale: str) -> None:
    data = (ROOT / bundle(locale, "json")).read_bytes()
    assert msgspec.json.decode(data, type=Bundle).schema_version == SCHEMA_VERSION
    with pytest.raises(msgspec.ValidationError, match="unknown field"):
        msgspec.json.decode(data.replace(b'"market"', b'"more": 1, "market"', 1), type=Bundle)


def test_every_record_of_the_schema_is_described() -> None:
    for schema in (bundle_schema(), index_schema()):
        for name, definition in json.loads(schema)["$defs"].items():
            assert definition["description"], name


# TypeScript


def interfaces() -> dict[str, dict[str, str]]:
    """Every interface with the types of its fields."""
    found = re.findall(r"export interface (\w+) \{\n(.*?)\n\}", typescript().decode(), re.DOTALL)
    return {name: dict(re.findall(r'^  "([^"]+)"\??: (.*);$', body, re.MULTILINE)) for name, body in found}


def test_the_types_have_an_interface_for_every_record_with_the_same_fields() -> None:
    definitions = {**json.loads(bundle_schema())["$defs"], **json.loads(index_schema())["$defs"]}
    assert {name: set(fields) for name, fields in interfaces().items()} == {
        name: set(definition["properties"]) for name, definition in definitions.items()
    }


def test_every_type_that_is_named_is_defined() -> None:
    known = {"string", "number", "boolean", "null", *interfaces()}
    for fields in interfaces().values():
        for written in fields.values():
            assert set(re.findall(r"[A-Za-z]\w*", re.sub(r'"[^"]*"', "", written))) <= known


def test_the_types_are_written_as_typescript_has_them() -> None:
    types = interfaces()
    assert types["Bundle"]["dir"] == '"ltr" | "rtl"'
    assert types["Bundle"]["statusText"] == "Label | null"
    assert types["TextBlock"]["children"] == "(Span | Citation | FootnoteMark)[]"
    assert types["TextBlock"]["marks" if "marks" in types["TextBlock"] else "markDefs"] == "LinkMark[]"
    assert types["Citation"]["_type"] == '"citation"'
    assert types["ExportedFile"]["size"] == "number"
