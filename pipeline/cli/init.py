"""init: the command that adds a locale."""

from pathlib import Path

import click

from pipeline.cli.console import Console, clock, common_options, finding_records, finish, workspace
from pipeline.model.locale import Locale, ensure_known


@click.command("init")
@click.argument("locale", metavar="LOCALE")
@click.option(
    "--reads",
    multiple=True,
    metavar="LANGUAGE",
    help="A catalog that the locale reads, in order of preference; may be given several times (default: its language).",
)
@common_options
def command(project: Path | None, quiet: bool, as_json: bool, locale: str, reads: tuple[str, ...]) -> None:
    """Add a locale.

    It gets a line in the settings, catalogs, and disclaimers to fill in. LOCALE is language_TERRITORY, for
    example it_IT; its translations lie in locales/it and serve every territory that reads them. What exists
    already is left as it is. Until the catalogs are translated and the disclaimers written, the locale is not
    exported.
    """
    from pipeline import flow
    from pipeline.scaffold import disclaimers_skeleton, with_edition
    from pipeline.sources.settings import read_settings

    console, project_space, now = Console(quiet, as_json), workspace(project), clock()
    added = ensure_known(Locale.parse(locale))
    declared = {edition.locale for edition in project_space.settings.editions}
    written: list[str] = []
    if added not in declared:
        chain = tuple(ensure_known(Locale.parse(name)) for name in reads) or _default_chain(
            added, project_space.settings.source
        )
        name = project_space.settings_file
        text = with_edition(project_space.require(name, "").decode(), added, chain, name).encode()
        read_settings(text, name)
        written.extend(project_space.write({name: text}))
        project_space = workspace(project)
    content = flow.read_content(project_space, console.track)
    written.extend(flow.extract(project_space, content, now))
    updates, findings = flow.update(project_space, content, now, console.track)
    written.extend(update.name for update in updates if update.written)
    disclaimers = project_space.disclaimers(added)
    if project_space.read(disclaimers) is None:
        ids = project_space.settings.required_in(added.market)
        audiences = [document.audience for document in content.documents]
        skeleton = disclaimers_skeleton(added, ids, audiences[0] if audiences else "public", now.date())
        written.extend(project_space.write({disclaimers: skeleton}))
    console.findings((*content.findings, *findings))
    for name in written:
        console.say(f"wrote {name}")
    reading = next(edition.reads for edition in project_space.settings.editions if edition.locale == added)
    catalogs = "".join(f"translate locales/{member.gettext}, " for member in reading)
    console.say(f"Next: {catalogs}write {disclaimers}, then `pipeline run`.")
    console.emit({"written": written, "findings": finding_records((*content.findings, *findings))})
    finish((*content.findings, *findings))


def _default_chain(locale: Locale, source: Locale) -> tuple[Locale, ...]:
    return () if locale.language == source.language else (Locale(locale.language, locale.script),)
