"""check: the command that says what is wrong."""

from pathlib import Path

import click

from pipeline.cli.console import Console, common_options, finding_records, finish, merged, today, workspace


@click.command("check")
@common_options
def command(project: Path | None, quiet: bool, as_json: bool) -> None:
    """Check everything that an export needs.

    Sources and catalogs must be well formed; every text that a locale shows must be translated, not fuzzy,
    made from today's English, and hold exactly the placeholders and tags of the English; catalogs must count
    as their language does; the disclaimers that a market requires must be there and in force. Nothing is
    changed. Each finding says file:line, entry, what is wrong, how to mend it and which locales it stops.
    """
    from pipeline import flow

    console, project_space = Console(quiet, as_json), workspace(project)
    content = flow.read_content(project_space, console.track)
    assessment = flow.assess(project_space, content, today(), console.track)
    console.findings(assessment.findings)
    locales = [settings.locale for settings in project_space.settings.editions]
    blocked = [locale for locale in locales if assessment.blocked(locale)]
    count = len(list(merged(assessment.findings)))
    if content.broken:
        console.say(f"Not readable, so not exported in any locale: {', '.join(sorted(content.broken))}.")
    if count:
        console.say(f"{count} finding{'s' if count > 1 else ''}; {len(blocked)} of {len(locales)} locales are stopped.")
    else:
        console.say(f"No findings: {len(locales)} locales may be exported.")
    console.emit(
        {
            "findings": finding_records(assessment.findings),
            "broken": sorted(content.broken),
            "locales": {locale.gettext: locale not in blocked for locale in locales},
        }
    )
    finish(assessment.findings)
