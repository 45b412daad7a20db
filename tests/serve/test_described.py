"""described: the API does what its OpenAPI document says, and nothing else, whatever schemathesis asks."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from pipeline.publish import Content, publish, withdraw
from pipeline.serve.openapi import openapi
from pipeline.targets.directory import Directory
from tests.properties import times
from tests.releases.samples import PROJECT, seal
from tests.repository import FAQ, reference_repository
from tests.serve.running import Site, of_folder, running

pytestmark = pytest.mark.thorough

# Withdrawn content and a failed If-Match are refused although the request is well formed: as the document says.
SETTINGS = """
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "3xx", "404", "406", "410", "412"]
"""
WHAT_THERE_IS = """
[parameters]
"path.document" = "{document}"
"path.locale" = ["de-DE", "de-AT", "ar-SA"]
"path.digest" = "{digest}"
"path.path" = "index.json"
"path.file" = ["faq.css", "bundle.schema.json"]
"""


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, str]]:
    """The reference content, with one locale withdrawn, and the digest of its release."""
    folder = tmp_path_factory.mktemp("content")
    repository = reference_repository(folder)
    repository.run()
    files = {name.removeprefix("exports/"): data for name, data in repository.files("exports").items()}
    target = Directory(tmp_path_factory.mktemp("site"))
    publish(target, Content(project=PROJECT, files=files, sources=()), seal())
    last = withdraw(target, seal(), "de_AT", reason="Wrong phone number", by="Dr. Example")
    with running(of_folder(target.root)) as site:
        yield site, last.digest


@pytest.mark.parametrize("real", [True, False], ids=["what there is", "anything"])
def test_schemathesis_finds_nothing(reference: tuple[Site, str], tmp_path: Path, real: bool) -> None:
    site, digest = reference
    names = WHAT_THERE_IS.format(document=FAQ, digest=digest) if real else ""
    (tmp_path / "schemathesis.toml").write_text(SETTINGS + names, encoding="utf-8")
    done = subprocess.run(
        [
            *(str(Path(sys.executable).with_name("schemathesis")), "--config-file", "schemathesis.toml", "run"),
            *(f"{site.url}/openapi.json", "--max-examples", str(times(8)), "--no-color"),
            *(("--generation-deterministic",) if os.environ.get("CI") == "true" else ()),
        ],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "15 selected / 15 total" in done.stdout
    assert site.told == []


def test_the_document_describes_every_kind_of_answer(reference: tuple[Site, str]) -> None:
    site, digest = reference
    described = json.loads(openapi())
    schemas = described["components"]["schemas"]
    overview = site.ask("/v1/").json
    shown = {
        "Overview": overview,
        "Editions": site.ask(f"/v1/{FAQ}", accept_language="es").json,
        "Bundle": site.ask(f"/v1/ar-SA/{FAQ}").json,
        "Health": site.ask("/healthz").json,
        "Problem": site.ask(f"/v1/de-AT/{FAQ}").json,
    }
    assert len(overview["withdrawn"]) == 1
    assert overview["digest"] == digest
    for name, value in shown.items():
        whole = {"$ref": f"#/components/schemas/{name}", "components": {"schemas": schemas}}
        assert list(Draft202012Validator(whole).iter_errors(value)) == [], name
    assert set(described["paths"]) == {
        *("/v1/", "/v1/{document}", "/v1/{locale}/{document}", "/v1/assets/{file}", "/v1/schema/{file}"),
        *("/v1/releases/{digest}/{path}", "/healthz", "/openapi.json"),
    }
    for path, methods in described["paths"].items():
        assert set(methods) == {"get", "head"}, path
