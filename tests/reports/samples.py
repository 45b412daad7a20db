"""samples: findings with everything in them that a format could trip over."""

from pipeline.model.catalog import Catalog, Unit
from pipeline.model.finding import Finding, Location, Severity
from pipeline.model.locale import Locale
from pipeline.reports.report import Report, report

FILE = "locales/ar/LC_MESSAGES/flu, shot.po"
HOSTILE = '<script>alert(1)</script> & "quotes" ]]> ::error::%0A \x1b[31m\u202e\u200b'

SWAPPED = Finding(
    rule="numbers",
    message="16 % is 19 % here",
    location=Location(file=FILE, line=12, column=9),
    entry="flu/answer/1",
    locale="ar_SA",
    hint="write 16 %",
    expected="16%",
    actual="19%",
    source="It works in 16% of patients.",
    target="يعمل لدى 19% من المرضى.",
)
FINDINGS = (
    SWAPPED,
    Finding(rule="spaces", message="two spaces", location=Location(file=FILE, line=20), severity=Severity.INFO),
    Finding(
        rule="names",
        message=HOSTILE,
        location=Location(file=FILE, line=16),
        severity=Severity.WARNING,
        entry="=cmd()",
        hint=HOSTILE,
        expected=HOSTILE,
        actual=HOSTILE,
        source=HOSTILE,
        target=HOSTILE,
    ),
    Finding(rule="encoding", message="not UTF-8", location=Location(file="locales/xx.po")),
)


def sample(findings: tuple[Finding, ...] = FINDINGS) -> Report:
    units = (
        Unit(context="flu/question", source="Does it work?", targets=("هل يعمل؟",), line=8),
        Unit(
            context="flu/answer/1",
            source=SWAPPED.source,
            targets=(SWAPPED.target,),
            extracted_comments=('Answer 1 of "Does it work?"',),
            line=11,
        ),
        Unit(context="=cmd()", source=HOSTILE, targets=(HOSTILE,), line=15),
    )
    catalog = Catalog(name=FILE, header=Unit(source=""), units=units)
    return report("Flu <FAQ>", findings, [(catalog, Locale("ar"))], texts=len(catalog.live), stops=True)
