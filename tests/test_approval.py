"""approval: what voids an approval of the reference content, what does not, and what an approval is needed for."""

import json
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pipeline import approval as approving
from pipeline import assessing, flow
from pipeline.assessing import Assessment
from pipeline.errors import PipelineError
from pipeline.exporters import html_bundle
from pipeline.model.approval import ApprovalState, Standing
from pipeline.model.finding import Finding, Severity
from pipeline.model.locale import Locale
from pipeline.sources.approvals import Statement
from tests.repository import (
    DOCUMENT,
    FAQ,
    LOCALES,
    NOW,
    REFERENCES,
    SETTINGS,
    TODAY,
    Repository,
    bundle,
    catalog,
    disclaimers,
)

pytestmark = pytest.mark.thorough

GERMAN = Locale("de", "", "DE")
MEDICAL = Statement(role="Medical", by="Ada", meaning="correct", code="MED-1")
RECORD = "locales/de_DE/approvals.jsonl"

Edit = Callable[[Repository], None]


def assess(repository: Repository) -> Assessment:
    workspace = repository.workspace()
    return assessing.assess(workspace, flow.read_content(workspace), TODAY)


def approve(repository: Repository, statement: Statement = MEDICAL, locale: Locale = GERMAN) -> None:
    assessment = assess(repository)
    (document,) = assessment.content.documents
    parts = assessment.parts(document, locale)
    approving.approve(repository.workspace(), document, locale, parts, statement, NOW)


def standing(repository: Repository, locale: Locale = GERMAN) -> Standing:
    return assess(repository).standing(FAQ, locale)


def found(repository: Repository) -> list[Finding]:
    return [finding for finding in repository.findings() if finding.rule.startswith("approval")]


@pytest.fixture
def small(repository: Repository) -> Repository:
    repository.keep_editions("en_US", "de_DE", "de_AT")
    return repository


def require_approval(repository: Repository) -> None:
    repository.edit(SETTINGS, '\nsource = "en_US"\n', '\nsource = "en_US"\nrequire_approval = true\n')


def test_what_nobody_approved_is_a_draft_and_no_finding(small: Repository) -> None:
    assert standing(small).state is ApprovalState.DRAFT
    assert found(small) == []


def test_an_approval_is_of_one_locale(small: Repository) -> None:
    approve(small)
    assert standing(small).state is ApprovalState.APPROVED
    assert standing(small, Locale("de", "", "AT")).state is ApprovalState.DRAFT


# What voids it


def changed_reference(repository: Repository) -> None:
    repository.edit(REFERENCES, "Yardley, PA: Clinigen, Inc; 2019.", "Yardley, PA: Clinigen, Inc; 2020.")


def changed_citation(repository: Repository) -> None:
    repository.edit(DOCUMENT, "extremely rare.[@atkins1999]", "extremely rare.[@fyfe1995]")


def english_edit(repository: Repository) -> None:
    repository.edit(DOCUMENT, "are extremely rare", "are exceedingly rare")


def changed_link(repository: Repository) -> None:
    repository.edit(DOCUMENT, "(/about)", "(/about-it)")


def changed_order(repository: Repository) -> None:
    """Two entries change places; no text is another one."""
    text = repository.text(DOCUMENT)
    head, first, rest = text.partition("## How does Proleukin work?")
    moved, second, tail = (first + rest).partition("## Who may benefit")
    before, third, last = (second + tail).partition("## Can responses")
    repository.write(DOCUMENT, head + before + moved + third + last)


@pytest.mark.parametrize(
    ("edit", "parts"),
    [
        (english_edit, ("source",)),
        (changed_link, ("source",)),
        (changed_order, ("source", "citations", "translation")),
        (lambda repository: repository.edit(DOCUMENT, "updated: 2026-11-22", "updated: 2026-11-23"), ("source",)),
        (lambda repository: repository.edit(DOCUMENT, "status: sample", "status: draft"), ("source",)),
        (changed_reference, ("citations",)),
        (changed_citation, ("citations",)),
        (
            lambda repository: repository.replace_in_unit(catalog("de"), "how-it-works/question", "Wie", "Wie nur"),
            ("translation",),
        ),
        (
            lambda repository: repository.replace_in_unit(catalog("de", "ui"), "references/heading", "Quellen", "Q"),
            ("translation",),
        ),
        (lambda repository: repository.empty(catalog("de"), "how-it-works/question"), ("translation",)),
        (
            lambda repository: repository.edit(disclaimers("de_DE"), "keine ärztliche Beratung", "keine Beratung"),
            ("disclaimers",),
        ),
        (lambda repository: repository.edit(disclaimers("de_DE"), "SAMPLE-de-DE-1", "DE-1"), ("disclaimers",)),
        (lambda repository: repository.remove(disclaimers("de_DE")), ("disclaimers",)),
    ],
    ids=[
        *("English", "link", "order", "date", "status", "reference", "citation", "translation", "word of the page"),
        *("translation taken away", "disclaimer", "code of a disclaimer", "no disclaimers"),
    ],
)
def test_a_change_voids_the_approval_and_says_what_changed(
    small: Repository, edit: Edit, parts: tuple[str, ...]
) -> None:
    approve(small)
    edit(small)
    now = standing(small)
    assert (now.state, now.changed) == (ApprovalState.STALE, parts)
    (finding,) = found(small)
    assert (finding.rule, finding.severity, finding.locale) == ("approval", Severity.WARNING, "de_DE")
    assert (str(finding.location), finding.entry) == (f"{RECORD}:1", FAQ)
    assert all(part in finding.message for part in ("Ada", "Medical", *parts))


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the templates to change."""
    copy = tmp_path / "templates"
    shutil.copytree(html_bundle.TEMPLATES, copy)
    monkeypatch.setattr(html_bundle, "TEMPLATES", copy)
    html_bundle.layout_digest.cache_clear()
    yield copy
    html_bundle.layout_digest.cache_clear()


@pytest.mark.parametrize("name", ["page.html", "faq.css"])
def test_a_change_of_the_template_or_the_style_voids_every_approval(
    small: Repository, templates: Path, name: str
) -> None:
    approve(small)
    path = templates / name
    path.write_bytes(path.read_bytes() + b"\n")
    html_bundle.layout_digest.cache_clear()
    assert standing(small).changed == ("templates",)


def test_a_word_of_the_page_in_english_is_part_of_the_templates(small: Repository, templates: Path) -> None:
    approve(small)
    path = templates / "words.html"
    text = path.read_text("utf-8")
    path.write_text(text.replace("Important safety information", "Important information"), "utf-8")
    html_bundle.ui_messages.cache_clear()
    try:
        assert standing(small).changed == ("templates",)
    finally:
        html_bundle.ui_messages.cache_clear()


def comment_in_catalog(repository: Repository) -> None:
    repository.edit_unit(catalog("de"), "how-it-works/question", lambda unit: f"# Well said.\n{unit}")


def comment_in_disclaimers(repository: Repository) -> None:
    repository.write(disclaimers("de_DE"), "# Read by nobody.\n" + repository.text(disclaimers("de_DE")))


@pytest.mark.parametrize(
    "edit",
    [
        comment_in_catalog,
        comment_in_disclaimers,
        lambda repository: repository.edit(DOCUMENT, "<!-- translators: ", "<!-- translators: Mind: "),
        lambda repository: repository.edit(DOCUMENT, "## What is Proleukin?", "\n\n## What is Proleukin?"),
        lambda repository: repository.edit(DOCUMENT, "depends on the plan", "depends on each plan"),
        lambda repository: repository.replace_in_unit(catalog("fr"), "how-it-works/question", "Comment", "Comment,"),
        lambda repository: repository.edit(disclaimers("de_AT"), "SAMPLE-de-AT-1", "AT-1"),
        lambda repository: repository.mark_fuzzy(catalog("de"), "title"),
    ],
    ids=[
        *("comment in the catalog", "comment in the disclaimers", "note to translators", "lines moved"),
        *("entry of another market", "other language", "disclaimer of another locale", "fuzzy"),
    ],
)
def test_what_the_page_does_not_show_voids_nothing(small: Repository, edit: Edit) -> None:
    approve(small)
    before = small.files("locales"), small.files("messages")
    edit(small)
    assert (small.files("locales"), small.files("messages")) != before
    assert standing(small).state is ApprovalState.APPROVED


def test_an_english_edition_is_approved_as_its_source(small: Repository) -> None:
    american = Locale("en", "", "US")
    approve(small, locale=american)
    english_edit(small)
    assert standing(small, american).changed == ("source",)


# Export


def test_an_export_says_draft_where_nobody_approved(repository: Repository) -> None:
    before = repository.files("exports")
    repository.export()
    assert repository.files("exports") == before
    exported = json.loads(before[bundle("de_DE", "json")])
    assert exported["provenance"]["approval"] == {"state": "draft", "signatures": []}


def test_an_export_says_who_approved_it_and_what_has_changed_since(repository: Repository) -> None:
    approve(repository)
    assert repository.export().refused == set()
    approval = json.loads(repository.text(bundle("de_DE", "json")))["provenance"]["approval"]
    (signature,) = approval["signatures"]
    record = json.loads(repository.text(RECORD))
    assert approval["state"] == "approved"
    assert signature == {
        **{key: record[key] for key in ("role", "by", "meaning", "code", "when", "digest", "record")},
        "changed": [],
    }
    repository.replace_in_unit(catalog("de"), "how-it-works/question", "Wie", "Wie nur")
    assert repository.export().refused == set()
    approval = json.loads(repository.text(bundle("de_DE", "json")))["provenance"]["approval"]
    assert (approval["state"], approval["signatures"][0]["changed"]) == ("stale", ["translation"])


def test_only_what_is_approved_goes_out_where_that_is_required(repository: Repository) -> None:
    require_approval(repository)
    approve(repository)
    outcome = repository.export()
    assert outcome.exported == {"de_DE"}
    assert outcome.refused == set(LOCALES) - {"de_DE"}
    assert {finding.rule for finding in outcome.findings if finding.severity is Severity.ERROR} == {"approval"}
    comment_in_catalog(repository)
    assert repository.export().exported == {"de_DE"}
    repository.replace_in_unit(catalog("de"), "how-it-works/question", "Wie", "Wie nur")
    assert repository.export().exported == set()
    approve(repository)
    assert repository.export().exported == {"de_DE"}


def test_every_role_that_signed_must_sign_again(small: Repository) -> None:
    require_approval(small)
    legal = Statement(role="Legal", by="Grace", meaning="may be published")
    approve(small)
    approve(small, legal)
    assert small.export().exported == {"de_DE"}
    small.edit(disclaimers("de_DE"), "SAMPLE-de-DE-1", "DE-1")
    approve(small)
    assert small.export().exported == set()
    assert [finding.message for finding in found(small) if finding.locale == "de_DE"] == [
        "the approval of Grace (Legal) is void, changed since: disclaimers"
    ]
    approve(small, legal)
    assert small.export().exported == {"de_DE"}


# The record


def lines(repository: Repository) -> list[str]:
    return repository.text(RECORD).splitlines(keepends=True)


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: lines[1:],
        lambda lines: lines[:-1],
        lambda lines: [lines[0], lines[2]],
        lambda lines: [lines[1], lines[0], lines[2]],
        lambda lines: [lines[0], lines[0], lines[1], lines[2]],
        lambda lines: [line.replace("Ada", "Eve") for line in lines],
        lambda lines: [],
    ],
    ids=["first removed", "last removed", "middle removed", "reordered", "inserted", "edited", "emptied"],
)
def test_a_record_that_was_touched_stops_its_locale_alone(
    small: Repository, change: Callable[[list[str]], list[str]]
) -> None:
    for role in ("Medical", "Legal", "Regulatory"):
        approve(small, Statement(role=role, by="Ada", meaning="correct"))
    small.write(RECORD, "".join(change(lines(small))))
    outcome = small.export()
    assert outcome.refused == {"de_DE"}
    findings = [finding for finding in outcome.findings if finding.severity is Severity.ERROR]
    assert {(finding.rule, finding.locale, finding.location.file) for finding in findings} == {
        ("approval-record", "de_DE", RECORD)
    }
    assert standing(small).state is ApprovalState.BROKEN


def test_no_waiver_stands_for_an_approval(repository: Repository) -> None:
    require_approval(repository)
    (finding,) = (finding for finding in found(repository) if finding.locale == "de_DE")
    repository.write(
        "waivers.toml",
        f'[[waiver]]\nfingerprint = "{finding.fingerprint}"\nrule = "approval"\nentry = "{FAQ}"\n'
        'reason = "r"\nby = "b"\non = 2026-11-22\nexpires = 2026-12-31\n',
    )
    assert [finding.locale for finding in found(repository)] == list(LOCALES)


def test_approvals_given_at_once_are_all_recorded(small: Repository) -> None:
    assessment = assess(small)
    (document,) = assessment.content.documents
    workspace, parts = small.workspace(), assessment.parts(document, GERMAN)

    def sign(number: int) -> None:
        statement = Statement(role=f"Role {number}", by="Ada", meaning="correct")
        approving.approve(workspace, document, GERMAN, parts, statement, NOW)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(sign, range(16)))
    assert len(lines(small)) == 16
    assert len(standing(small).signatures) == 16


def test_a_record_that_cannot_be_written_stays_as_it_is(small: Repository) -> None:
    approve(small)
    before = small.text(RECORD)
    seal = small.path("locales/de_DE/approvals.seal")
    seal.rename(seal.with_suffix(".kept"))
    seal.symlink_to(seal.with_suffix(".kept"))
    with pytest.raises(PipelineError):
        approve(small)
    assert small.text(RECORD) == before
