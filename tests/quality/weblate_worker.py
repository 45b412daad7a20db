"""Runs Weblate's own checks on PO files, without its database; peers.py starts it in an environment that has Weblate.

It writes how many checks it has, then answers each line, {"files": [...], "glossary": FILE or null}, with one line: a
list of [file, entry, rule]. With a glossary the strings also carry the flags that make Weblate look at it and at HTML;
without one they carry what the file says, as in a component that nobody has configured.
"""

import importlib.util
import json
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import django
from django.conf import settings

RENDER = "weblate.checks.render."  # measures drawn text, which needs cairo; it is off unless a string has a size
DATABASE = {"inconsistent", "reused", "translated"}  # ask the database for other strings and for the history
UNTRANSLATED, NEEDS_EDITING, TRANSLATED = 0, 10, 20


def default_checks() -> list[str]:
    """Weblate's own default list, without what cannot be imported here."""
    spec = importlib.util.find_spec("weblate.checks")
    text = (Path(spec.origin).parent / "models.py").read_text("utf-8") if spec and spec.origin else ""
    return [name for name in re.findall(r'"(weblate\.checks\.[A-Za-z_.]+)"', text) if not name.startswith(RENDER)]


settings.configure(
    CHECK_LIST=default_checks(),
    INSTALLED_APPS=["django.contrib.contenttypes", "weblate.lang", "weblate.checks"],
    CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
    AUTOFIX_LIST=[],
    SECRET_KEY="unused",
    SITE_TITLE="",
    USE_I18N=True,
)
django.setup()


def stand_in(name: str, **functions: Any) -> None:
    """A module that would load the database or a drawing library, as far as the checks ask it for something."""
    sys.modules[name] = ModuleType(name)
    vars(sys.modules[name]).update(functions)


stand_in("weblate.fonts.utils", get_font_weight=str)  # of flags that no string has here
stand_in("weblate.glossary.models", get_glossary_terms=lambda unit, **_: unit.glossary_terms)

from translate.lang.data import languages  # noqa: E402
from translate.storage.pypo import pofile  # noqa: E402
from weblate.checks.flags import Flags  # noqa: E402
from weblate.checks.models import CHECKS  # noqa: E402
from weblate.lang.models import Language, Plural  # noqa: E402

USED = [check for check in CHECKS.target.values() if check.check_id not in DATABASE]


@cache
def language(code: str) -> Language:
    made = Language(code=code)
    made.pk = -1 - len(code)
    _, number, formula = languages.get(code) or languages[code.split("_")[0]]
    made.plural = Plural(language=made, number=number, formula=formula)
    return made


def glossary_terms(file: Path, code: str) -> list[SimpleNamespace]:
    """What the glossary of this project would be in Weblate: one term for each accepted or forbidden form."""
    content = tomllib.loads(file.read_text("utf-8"))
    terms = [_term(name["text"], name["text"], "read-only") for name in content.get("name", ())]
    for term in content.get("term", ()):
        terms += [_term(term["text"], form, "") for form in term.get("translations", {}).get(code, ())]
        terms += [_term(term["text"], form, "forbidden") for form in term.get("forbidden", {}).get(code, ())]
    return terms


def _term(source: str, target: str, flag: str) -> SimpleNamespace:
    return SimpleNamespace(source=source, target=target, all_flags=Flags(flag))


def weblate_unit(unit: Any, code: str, terms: list[SimpleNamespace]) -> SimpleNamespace:
    """What a check sees of a string in Weblate. The texts of its plural forms are lists."""
    own = language(code)
    sources, targets = _forms(unit.source), _forms(unit.target)
    if len(sources) > 1:
        targets = [*targets, *[""] * own.plural.number][: own.plural.number]
    flags = Flags(*unit.typecomments)
    flags.remove({"fuzzy"})
    if terms:
        flags.merge("check-glossary, safe-html")
    component = SimpleNamespace(
        id=1,
        name="",
        source_language=language("en"),
        project=SimpleNamespace(id=1, name="", slug=""),
        file_format="po",
        file_format_cls=SimpleNamespace(strict_format_plurals=False),
        is_multivalue=False,
        is_glossary=False,
    )
    said = "\n".join(sources)
    return SimpleNamespace(
        pk=None,
        id=1,
        id_hash=1,
        all_flags=flags,
        flags=flags,
        translation=SimpleNamespace(
            id=1, language=own, plural=own.plural, component=component, is_template=False, is_source=False
        ),
        source=sources[0],
        sources=sources,
        source_string=sources[0],
        target=targets[0],
        targets=targets,
        get_source_plurals=lambda: sources,
        get_target_plurals=lambda: targets,
        state=_state(unit, targets),
        fuzzy=unit.isfuzzy(),
        translated=_state(unit, targets) == TRANSLATED,
        readonly=False,
        note="",
        context=unit.getcontext(),
        check_cache={},
        is_source=False,
        glossary_terms=[term for term in terms if _occurs(term.source, said)],
    )


def _forms(text: Any) -> list[str]:
    return [str(form) for form in getattr(text, "strings", None) or [text or ""]]


def _state(unit: Any, targets: list[str]) -> int:
    if not any(targets):
        return UNTRANSLATED
    return NEEDS_EDITING if unit.isfuzzy() else TRANSLATED


def _occurs(term: str, source: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(term)}(?!\w)", source, re.IGNORECASE) is not None


def failed(file: Path, glossary: Path | None) -> Iterator[tuple[str | None, str]]:
    """Entry and name: checks, the states that Weblate shows as unfinished, its alerts about a file."""
    code = file.name.split(".")[0]
    try:
        store = pofile.parsestring(file.read_bytes())
    except Exception:  # whatever the toolkit raises, Weblate shows it as a parse error
        yield None, "alert:parse-error"
        return
    terms = glossary_terms(glossary, code) if glossary else []
    units = [unit for unit in store.units if unit.istranslatable() and not unit.isobsolete()]
    seen = Counter((unit.getcontext(), *_forms(unit.source)) for unit in units)
    yield from ((key[0], "alert:duplicate-string") for key, times in seen.items() if times > 1)
    for unit in units:
        checked = weblate_unit(unit, code, terms)
        if checked.state == UNTRANSLATED:
            yield checked.context, "state:untranslated"
        if checked.state == NEEDS_EDITING:
            yield checked.context, "state:needs-editing"
        for check in USED:
            if check.check_target(checked.sources, checked.targets, checked):
                yield checked.context, check.check_id


def main() -> None:
    print(len(USED), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        glossary = Path(asked["glossary"]) if asked["glossary"] else None
        found = [(file, *finding) for file in asked["files"] for finding in failed(Path(file), glossary)]
        print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
