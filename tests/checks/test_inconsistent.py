"""inconsistent: what is said of one source that has two translations."""

from dataclasses import replace
from pathlib import Path

from pipeline import assessing, flow
from pipeline.checks import check_together
from pipeline.checks.subject import Subject
from pipeline.loose import check_files
from pipeline.model.finding import Finding, Location, Severity
from pipeline.model.locale import Locale
from pipeline.workspace import open_workspace
from tests.checks.subjects import subject
from tests.repository import DOCUMENT, TODAY, Repository, catalog

HEADER = 'msgid ""\nmsgstr ""\n"Language: de\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
SOURCE = "Learn more"


def entry(target: str, name: str, *, source: str = SOURCE, file: str = "de/a.po", plural: str | None = None) -> Subject:
    return replace(subject(source, *target.split("|"), plural=plural), id=name, file=file)


def said(*subjects: Subject) -> list[tuple[str, Severity]]:
    return [(finding.entry, finding.severity) for finding in check_together(subjects)]


def test_two_translations_of_a_source_are_found_at_the_later_one() -> None:
    first, other = entry("Mehr erfahren", "a"), entry("Weitere Informationen", "b", file="de/b.po")
    assert list(check_together((first, other))) == [
        Finding(
            rule="inconsistent",
            message="differs in words from the translation of the same source at de/a.po:31 [a]",
            location=Location(file="de/b.po", line=31),
            severity=Severity.WARNING,
            entry="b",
            locale="de",
            expected="Mehr erfahren",
            actual="Weitere Informationen",
            source=SOURCE,
            target="Weitere Informationen",
            hint="say it in one way, or see that both are meant",
        )
    ]


def test_the_same_translation_passes_however_often_it_stands() -> None:
    assert said(entry("Mehr erfahren", "a"), entry("Mehr erfahren", "b"), entry("Mehr erfahren", "c")) == []


def test_an_entry_that_two_editions_read_counts_once() -> None:
    first, other = entry("Mehr erfahren", "a"), entry("Weitere Informationen", "b")
    assert said(first, other, first, other) == [("b", Severity.WARNING)]


def test_a_difference_in_case_or_marks_alone_is_info() -> None:
    assert said(entry("Mehr erfahren", "a"), entry("mehr erfahren …", "b")) == [("b", Severity.INFO)]


def test_one_word_may_mean_two_things() -> None:
    assert said(entry("Offen", "a", source="Open"), entry("Öffnen", "b", source="Open")) == []
    assert said(entry("{n} offen", "a", source="{n} open"), entry("{n} öffnen", "b", source="{n} open")) == []


def test_plural_forms_are_compared_as_a_whole() -> None:
    forms = [entry(target, target, source="{n} old day", plural="{n} old days") for target in ("a|b", "a|b", "a|c")]
    assert said(*forms) == [("a|c", Severity.WARNING)]


def test_languages_are_compared_each_with_itself() -> None:
    assert said(entry("Mehr erfahren", "a"), replace(entry("En savoir plus", "b"), locale=Locale("fr"))) == []


def test_fuzzy_and_empty_texts_are_not_compared() -> None:
    fuzzy = replace(subject(SOURCE, "Weitere Informationen", flags=("fuzzy",)), id="b")
    assert said(entry("Mehr erfahren", "a"), fuzzy, entry("", "c")) == []


def test_files_that_are_checked_together_are_compared(tmp_path: Path) -> None:
    paths = []
    for name, target in (("one", "Mehr erfahren"), ("two", "Weitere Informationen")):
        path = tmp_path / name / "de.po"
        path.parent.mkdir()
        path.write_text(f'{HEADER}msgid "{SOURCE}"\nmsgstr "{target}"\n', "utf-8")
        paths.append(path)
    first, second = check_files(paths)
    assert [finding.rule for finding in first.findings] == []
    assert [(finding.rule, finding.location.file) for finding in second.findings] == [("inconsistent", str(paths[1]))]


def test_the_documents_of_an_edition_are_compared(repository: Repository) -> None:
    question, other = "Are long-term side effects common?", "Are most treatment-related side effects reversible?"
    repository.edit(DOCUMENT, question, other)
    name = catalog("de")
    repository.write(name, repository.text(name).replace(f'msgid "{question}"', f'msgid "{other}"'))
    workspace = open_workspace(repository.root)
    found = assessing.assess(workspace, flow.read_content(workspace), TODAY).findings
    assert {
        (finding.locale, finding.entry, finding.severity) for finding in found if finding.rule == "inconsistent"
    } == {(locale, "long-term-effects/question", Severity.WARNING) for locale in ("de_DE", "de_AT")}
