"""explain: the command says of each rule what it finds and why, and writes the pages of the documentation."""

from pathlib import Path

from pipeline.checks.documentation import RULES, index_page, rule_page
from tests.cli.command import Run
from tests.repository import ROOT


def test_without_a_rule_it_lists_them_all(run: Run) -> None:
    listed = run("explain")
    assert listed.code == 0
    assert [line.split()[0] for line in listed.lines] == [rule.id for rule in RULES]


def test_a_rule_is_explained_with_its_examples(run: Run) -> None:
    explained = run("explain", "placeholders")
    for part in ("placeholders: Placeholders differ", "Why:", "Es wirkt.{cite1} Fragen Sie Ihren Arzt."):
        assert part in explained.out


def test_an_unknown_rule_is_told_with_the_way_to_the_list(run: Run) -> None:
    unknown = run("explain", "nonsense")
    assert unknown.code == 2
    assert "there is no rule 'nonsense'" in unknown.err
    assert "`pipeline explain` lists them all" in unknown.err


def test_it_writes_a_page_for_each_rule(run: Run, tmp_path: Path) -> None:
    assert run("explain", "--write", str(tmp_path / "rules")).code == 0
    written = {path.name for path in (tmp_path / "rules").iterdir()}
    assert written == {"README.md", *(f"{rule.id}.md" for rule in RULES)}


def test_the_pages_in_docs_are_those_of_today() -> None:
    folder = ROOT / "docs" / "rules"
    pages = {"README.md": index_page()} | {f"{rule.id}.md": rule_page(rule) for rule in RULES}
    assert {path.name for path in folder.iterdir()} == set(pages)
    for name, page in pages.items():
        assert (folder / name).read_text("utf-8") == page, f"run `pipeline explain --write docs/rules` ({name})"
