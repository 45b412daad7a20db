"""pseudo: two made-up locales to look at, and nothing of them in exports/."""

import json

from tests.cli.command import Run
from tests.exporters.markup import find, page, text
from tests.repository import FAQ, Repository, catalog

PAGES = [f"exports-pseudo/en-XA/{FAQ}.html", f"exports-pseudo/ar-XB/{FAQ}.html"]


def test_the_pages_are_made_beside_the_exports_and_named(run: Run, repository: Repository) -> None:
    before = repository.files()
    made = run("pseudo")
    assert (made.code, made.err) == (0, "")
    assert made.lines == [f"Look at {name}" for name in PAGES]
    after = repository.files()
    assert {name: after[name] for name in before} == before
    assert all(name.startswith("exports-pseudo/") for name in set(after) - set(before))


def test_everything_that_is_made_is_marked_and_kept_out_of_search(run: Run, repository: Repository) -> None:
    run("pseudo")
    for record in json.loads(repository.text("exports-pseudo/index.json"))["bundles"]:
        assert record["pseudo"] is True
    for name, direction in zip(PAGES, ("ltr", "rtl"), strict=True):
        bundle = json.loads(repository.text(name.replace(".html", ".json")))
        assert (bundle["pseudo"], bundle["dir"]) == (True, direction)
        root = page(repository.path(name).read_bytes())
        assert root.attrib["dir"] == direction
        assert len(find(root, "meta", content="noindex")) == 1


def test_names_and_citations_stay_as_they_are(run: Run, repository: Repository) -> None:
    run("pseudo")
    for name in PAGES:
        root = page(repository.path(name).read_bytes())
        (entry,) = find(root, "section", id="durable-responses")
        assert [text(mark) for mark in find(entry, "sup")] == ["3,6-8", "3,7,8"]
        assert "Proleukin" in text(find(entry, "h2")[0])
        assert "Yes." not in text(entry)


def test_the_state_of_the_translations_is_no_matter(run: Run, repository: Repository) -> None:
    repository.mark_fuzzy(catalog("es"), "title")
    repository.write(catalog("de"), "")
    assert run("pseudo").code == 0


def test_json_has_the_documented_keys(run: Run) -> None:
    made = run("pseudo", "--json").json
    assert set(made) >= {"pages", "changed"}
    assert made["pages"] == PAGES
    assert set(PAGES) <= set(made["changed"])
    assert run("pseudo", "--json").json["changed"] == []


def test_quiet_says_nothing(run: Run) -> None:
    made = run("pseudo", "--quiet")
    assert (made.code, made.out, made.err) == (0, "", "")
