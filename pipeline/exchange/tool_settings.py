"""tool_settings: what OmegaT, Okapi and memoQ need to know to protect the placeholders and tags of our texts."""

from collections.abc import Iterable, Mapping

from pipeline.html_page import escaped
from pipeline.model.locale import Locale

# A doubled brace comes first, so that `{{x}}`, which is the text {x}, is never taken for a placeholder.
DOUBLED_BRACE = r"\{\{|\}\}"
PLACEHOLDER = r"\{[a-z]+[0-9]*\}"
TAG = r"</?(?:strong|em|a[0-9]+)>"
ANY_CODE = f"{DOUBLED_BRACE}|{PLACEHOLDER}|{TAG}"

# Where each pattern is looked for by itself, what stands around it has to be looked at.
_LONE_PLACEHOLDER = rf"(?<!\{{){PLACEHOLDER}(?!\}})"

_SAMPLE = "as shown.{cite1}{note1} <a1>More</a1> <strong>now</strong> {{x}}"

_HIGH = 2  # Okapi's severities: 0 low, 1 medium, 2 high


def tool_settings(source: Locale, target: Locale, names: Iterable[str]) -> Mapping[str, bytes]:
    """The files by their names inside of `checkers/`; `names` stay as they are in every language."""
    texts = {
        "README.txt": _README,
        "omegat/README.txt": _OMEGAT,
        "omegat/omegat.project": _omegat_project(source, target),
        "omegat/omegat/ignored_words.txt": "".join(f"{name}\n" for name in names),
        "omegat/target/README.txt": "OmegaT writes the translated files here: these are the ones to send back.\n",
        "okapi/README.txt": _OKAPI,
        "okapi/okf_po@faq-pipeline.fprm": _okapi_filter(),
        "okapi/checkmate-patterns.txt": _checkmate_patterns(),
        "memoq/README.txt": _MEMOQ,
    }
    return {name: text.encode() for name, text in texts.items()}


_README = f"""\
Settings that make a tool protect the placeholders and tags of these texts.

omegat/   a project to open in OmegaT, and the pattern of custom tags
okapi/    a filter configuration for Rainbow, Tikal and CheckMate, and patterns for CheckMate
memoq/    what to enter in memoQ

For any other tool that turns text into tags by a regular expression (Phrase: "Convert to Phrase TMS tags" in the import
settings of PO files) this is the one to enter, for the PO files:

{ANY_CODE}

XLIFF needs none of this: there the placeholders and tags are inline elements already.
"""

# OmegaT takes tags with a number, like <a1>, for its own.
_OMEGAT_TAGS = rf"{DOUBLED_BRACE}|{PLACEHOLDER}|</?(?:strong|em)>"

_OMEGAT = rf"""\
OmegaT (the names of menus are those of version 3.6; later ones have the same settings under Options > Preferences)

1. Unpack the whole kit and open the folder checkers/omegat as a project. Its source folder is the kit's po folder, its
   memory and glossaries are the kit's, and each entry is one segment. The names that stay as they are are in
   omegat/ignored_words.txt, so that the spelling checker leaves them alone.

2. Options > Tag Validation: enter this as "Regular expression for custom tags", and check "Allow translated tags to be
   in a different order":

{_OMEGAT_TAGS}

   OmegaT knows tags like <a1> by itself. In the file omegat.prefs the same setting is

<tagValidation_customPattern>{escaped(_OMEGAT_TAGS)}</tagValidation_customPattern>

3. Options > File Filters > PO > Options: keep "Allow blank translations in the target files" checked. Without it the
   English is written into every entry that has no translation.

4. A fuzzy entry counts as untranslated in OmegaT: its old translation is offered as a match. What you leave open comes
   back empty and is not taken.

5. Tools > Validate Tags, then Project > Create Translated Documents. Send back the .po files of the folder target and
   nothing else: OmegaT puts memories of its own beside it.
"""

_OKAPI = """\
Okapi Framework (Rainbow, Tikal, CheckMate)

1. okf_po@faq-pipeline.fprm is a configuration of the PO filter: it turns placeholders and tags into inline codes and
   leaves an entry without translation empty. Put it into the folder of custom filter configurations and choose the
   configuration okf_po@faq-pipeline for the .po files; with Tikal: tikal -x -fc okf_po@faq-pipeline FILE.po

2. checkmate-patterns.txt is a list of patterns for CheckMate: Quality Check Configuration > Patterns > Import. They are
   for PO files that are read with the filter's default configuration; with okf_po@faq-pipeline and with XLIFF the
   options of the tab Inline Codes do the same.
"""

_MEMOQ = rf"""\
memoQ

The format of memoQ's filter configurations is not published: these are the values to enter. memoQ reads regular
expressions as .NET does.

XLIFF (recommended): import the files of the folder xliff-1.2. Placeholders and tags are inline elements there.

PO: import the files of the folder po with Import With Options > Change filter and configuration > PO Gettext filter:
  - leave "Segment untranslated content" unchecked
  - leave "Normalize whitespace by default" unchecked
  - keep "Import msgctxt as context ID" checked
  - check "Import/export translator comments": memoQ drops all comments otherwise
Then turn placeholders and tags into memoQ tags with the Regex tagger, as a second filter in the chain or on the
imported document, with these rules in this order:

  regular expression                 tag
  {DOUBLED_BRACE}                          empty
  {PLACEHOLDER}                 empty, required
  <(?:strong|em|a[0-9]+)>            opening, required
  </(?:strong|em|a[0-9]+)>           closing, required

Run QA before you export: it finds missing and changed tags.
"""


def _omegat_project(source: Locale, target: Locale) -> str:
    """A project file (OmegaT's own format, version 1.0); folders are relative to the one that it lies in.

    Each must exist, or the project does not open.
    """
    return f"""\
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat>
  <project version="1.0">
    <source_dir>../../po/</source_dir>
    <target_dir>__DEFAULT__</target_dir>
    <tm_dir>../../memory/</tm_dir>
    <glossary_dir>../../glossary/</glossary_dir>
    <dictionary_dir>../../glossary/</dictionary_dir>
    <source_lang>{source.bcp47}</source_lang>
    <target_lang>{target.bcp47}</target_lang>
    <sentence_seg>false</sentence_seg>
    <support_default_translations>false</support_default_translations>
    <remove_tags>false</remove_tags>
  </project>
</omegat>
"""


def _okapi_filter() -> str:
    """Parameters of Okapi's PO filter; values stand as they are, without escapes."""
    rules = (DOUBLED_BRACE, PLACEHOLDER, TAG)
    lines = [
        "#v1",
        "bilingualMode.b=true",
        "makeID.b=true",
        "protectApproved.b=false",
        "allowEmptyOutputTarget.b=true",
        "includeMsgContextInNote.b=true",
        "useCodeFinder.b=true",
        f"codeFinderRules.count.i={len(rules)}",
        *(f"codeFinderRules.rule{number}={rule}" for number, rule in enumerate(rules)),
        f"codeFinderRules.sample={_SAMPLE}",
        "codeFinderRules.useAllRulesWhenTesting.b=true",
    ]
    return "".join(f"{line}\n" for line in lines)


def _checkmate_patterns() -> str:
    """One pattern a line: use, from source, severity, source, target, description, with tabs between.

    Okapi's reader takes neither comments nor empty lines.
    """
    patterns = {
        "placeholder": _LONE_PLACEHOLDER,
        "tag": TAG,
        "literal brace, doubled": DOUBLED_BRACE,
    }
    lines = []
    for what, pattern in patterns.items():
        lines.append(("1", "1", str(_HIGH), pattern, "<same>", f"{what} of the English is missing"))
        lines.append(("1", "0", str(_HIGH), "<same>", pattern, f"{what} is not in the English"))
    return "".join("\t".join(line) + "\n" for line in lines)
