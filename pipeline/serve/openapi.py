"""openapi: the description of the API for programs (OpenAPI 3.1)."""

from collections.abc import Iterable
from typing import Any

import msgspec

from pipeline import __version__
from pipeline.exporters.schema import bundle_schema
from pipeline.serve.snapshot import json

_LOCALE = "^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$"
_DOCUMENT = "^[a-z0-9][a-z0-9._-]*$"
_TEXT = {"type": "string"}
_MOMENT = {"type": "string", "format": "date-time"}


def openapi() -> bytes:
    return json(
        {
            "openapi": "3.1.0",
            "info": {
                "title": "FAQ content",
                "version": __version__,
                "description": "Documents in many locales, read-only. Each answer is of one release as a whole.",
            },
            "paths": _paths(),
            "components": {
                "schemas": _schemas(),
                "headers": _HEADERS,
                "parameters": _PARAMETERS,
                "responses": _responses(),
            },
        }
    )


def _paths() -> dict[str, Any]:
    page = {"application/json": _schema("Bundle"), "text/html": {"schema": _TEXT}}
    anything: dict[str, Any] = {"*/*": {}}
    return {
        "/v1/": _get("Every document in every locale", [], {"application/json": _schema("Overview")}, (406,)),
        "/v1/{document}": {
            **_get(
                "The edition of a document that Accept-Language means (RFC 4647 lookup, never across markets)",
                ["document", "accept-language"],
                {"application/json": _schema("Editions")},
                (404, 406, 410),
                status="300",
                more={"307": {"$ref": "#/components/responses/307"}},
            )
        },
        "/v1/{locale}/{document}": _get(
            "A document in a locale as JSON or HTML, by Accept; or one file of it: NAME.json, .html, .fragment.html, "
            ".jsonld",
            ["locale", "document"],
            {**page, "application/ld+json": {"schema": {"type": "object"}}},
            (404, 406, 410),
        ),
        "/v1/assets/{file}": _get("A style sheet of the pages", ["file"], anything, (404, 406)),
        "/v1/schema/{file}": _get("JSON Schema and TypeScript types", ["file"], anything, (404, 406)),
        "/v1/releases/{digest}/{path}": _get(
            "A file of a release; path may hold slashes. It never changes, but it may be withdrawn.",
            ["digest", "path"],
            anything,
            (404, 406, 410),
        ),
        "/healthz": _get("Whether there is something to serve", [], {"application/json": _schema("Health")}, (406,)),
        "/openapi.json": _get("This description", [], {"application/json": {"schema": {"type": "object"}}}, (406,)),
    }


def _get(
    summary: str,
    parameters: Iterable[str],
    content: dict[str, Any],
    problems: Iterable[int],
    *,
    status: str = "200",
    more: dict[str, Any] | None = None,
) -> dict[str, Any]:
    said = [{"$ref": f"#/components/parameters/{name}"} for name in (*parameters, "if-none-match", "if-match")]
    refused = {str(code): {"$ref": f"#/components/responses/{code}"} for code in (*problems, 412, 405, 500, 503)}
    names = ("ETag", "Cache-Control", "Vary", "X-Content-Type-Options")
    headers = {name: {"$ref": f"#/components/headers/{name}"} for name in names}
    answers = {
        status: {"description": "As asked", "headers": headers, "content": content},
        "304": {"$ref": "#/components/responses/304"},
        **refused,
        **(more or {}),
    }
    # A HEAD is answered as a GET is, without the body.
    head = {code: {"$ref": value["$ref"]} if "$ref" in value else _bodiless(value) for code, value in answers.items()}
    return {
        "get": {"summary": summary, "parameters": said, "responses": answers},
        "head": {"summary": f"{summary}: the headers alone", "parameters": said, "responses": head},
    }


def _bodiless(response: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in response.items() if name != "content"}


def _schema(name: str) -> dict[str, Any]:
    return {"schema": {"$ref": f"#/components/schemas/{name}"}}


def _object(properties: dict[str, Any], optional: Iterable[str] = ()) -> dict[str, Any]:
    left = set(optional)
    return {"type": "object", "properties": properties, "required": [name for name in properties if name not in left]}


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    return {**schema, "type": [schema["type"], "null"]}


def _list(name: str) -> dict[str, Any]:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}


def _schemas() -> dict[str, Any]:
    """Our own answers, and those of model/bundle.py."""
    bundle = msgspec.json.decode(bundle_schema().replace(b"#/$defs/", b"#/components/schemas/"))
    digest = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
    version = {"type": "integer", "minimum": 1}
    link = {"type": "string", "format": "uri-reference"}
    own = {
        "Edition": _object(
            {
                "document": _TEXT,
                "locale": {"type": "string", "pattern": _LOCALE},
                "market": _TEXT,
                "dir": {"enum": ["ltr", "rtl"]},
                "title": _TEXT,
                "updated": {"type": "string", "format": "date"},
                "modified": _nullable(_MOMENT),
                "current": {"type": "boolean"},
                "href": link,
            }
        ),
        "Editions": _object({"document": _TEXT, "editions": _list("Edition")}),
        "Document": _object({"document": _TEXT, "href": link, "editions": _list("Edition")}),
        "Withdrawn": _object({"document": _TEXT, "locale": _TEXT, "reason": _TEXT, "by": _TEXT, "when": _MOMENT}),
        "Overview": _object(
            {
                "project": _TEXT,
                "digest": digest,
                "version": _nullable(version),
                "published": _nullable(_MOMENT),
                "expires": _nullable(_MOMENT),
                "documents": _list("Document"),
                "locales": {"type": "array", "items": _TEXT},
                "withdrawn": _list("Withdrawn"),
                "links": _object({"index": link, "release": _nullable(link), "openapi": link}),
            }
        ),
        "Health": _object({"status": {"enum": ["ok", "behind"]}, "digest": digest, "version": _nullable(version)}),
        "Problem": _object(
            {
                "type": link,
                "title": _TEXT,
                "status": {"type": "integer"},
                "detail": _TEXT,
                "offers": {"type": "array", "items": _TEXT},
                "withdrawn": {"const": True},
                "document": _TEXT,
                "locale": _TEXT,
                "reason": _TEXT,
                "by": _TEXT,
                "when": _MOMENT,
            },
            ("offers", "withdrawn", "document", "locale", "reason", "by", "when"),
        ),
    }
    return {**bundle["$defs"], **own}


_HEADERS = {
    "ETag": {"description": "The SHA-256 of the bytes that are sent", "schema": _TEXT},
    "Cache-Control": {"description": "`immutable` below /v1/releases/, `no-cache` elsewhere", "schema": _TEXT},
    "Vary": {"description": "The headers of the request that the answer depends on", "schema": _TEXT},
    "X-Content-Type-Options": {"description": "nosniff", "schema": {"const": "nosniff"}},
}


def _parameter(name: str, where: str, schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": where,
        "required": where == "path",
        "schema": {"type": "string", **schema},
        "description": description,
    }


_PARAMETERS = {
    "locale": _parameter("locale", "path", {"pattern": _LOCALE}, "A locale as BCP 47 spells it: de-AT"),
    "document": _parameter("document", "path", {"pattern": _DOCUMENT}, "The id of a document"),
    "file": _parameter("file", "path", {"pattern": _DOCUMENT}, "The name of a file"),
    "digest": _parameter("digest", "path", {"pattern": "^[0-9a-f]{64}$"}, "The digest of a release"),
    "path": _parameter("path", "path", {"minLength": 1}, "The path of a file inside the release"),
    "accept-language": _parameter("Accept-Language", "header", {}, "RFC 9110, 12.5.4: de-AT, de;q=0.9"),
    "if-none-match": _parameter("If-None-Match", "header", {}, "Entity tags that the client has"),
    "if-match": _parameter("If-Match", "header", {}, "Entity tags that the client means"),
}

_PROBLEMS = {
    404: "There is no such thing",
    405: "Only GET and HEAD are allowed",
    406: "It is not offered in a form that the request accepts",
    410: "It was withdrawn: show nothing of it, from no cache",
    412: "It is not what If-Match asks for",
    500: "The server has failed",
    503: "The release has expired, or cannot be read",
}


def _responses() -> dict[str, Any]:
    content = {"application/problem+json": _schema("Problem")}
    found = {str(code): {"description": said, "content": content} for code, said in _PROBLEMS.items()}
    location = {"Location": {"schema": {"type": "string", "format": "uri-reference"}}}
    return {
        **found,
        "304": {"description": "The client has it"},
        "307": {"description": "The edition that Accept-Language means", "headers": location},
    }
