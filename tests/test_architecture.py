"""architecture: the floors and the doors of the package, and what no module may do; read from the source with `ast`."""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.repository import ROOT

PACKAGE = ROOT / "pipeline"

# From the ground up, by the file or folder right under the package. What is not named here fails a test: a new module
# has to say where it stands.
FLOORS: tuple[tuple[str, ...], ...] = (
    ("errors",),
    ("model",),
    ("html_page",),
    (
        *("sources", "extract", "po", "update", "exchange", "checks", "localize", "pseudo", "exporters", "targets"),
        *("reports", "releases"),
    ),
    ("workspace", "cache", "staging", "stamps"),
    (
        *(
            "flow",
            "assessing",
            "judging",
            "executors",
            "cluster",
            "export",
            "build",
            "making",
            "work",
            "run",
            "accept",
            "status",
            "scaffold",
            "babel_plugin",
            "handoff",
            "handback",
        ),
        *("publish", "withdrawals", "serve", "loose", "approval", "review"),
    ),
    ("cli",),
    ("__main__",),
)
STAGES = next(floor for floor in FLOORS if "sources" in floor)

# Which modules may import a library; a name that ends with a dot stands for a whole folder.
DOORS: Mapping[str, tuple[str, ...]] = {
    "babel": ("model.locale",),
    "polib": ("po.writer",),
    "jinja2": ("exporters.html_bundle",),
    "markupsafe": ("exporters.html_bundle", "exporters.skeleton"),
    "markdown_it": ("sources.dialect",),
    "mdit_py_plugins": ("sources.dialect",),
    "yaml": ("sources.front_matter",),
    "tomllib": ("sources.tables", "checks.languages"),
    "click": ("cli.",),
    "rich": ("cli.",),
    "msgspec": (
        *(
            "model.bundle",
            "model.catalog",
            "model.document",
            "model.edition",
            "model.localized",
            "model.message",
            "model.pattern",
            "model.release",
            "exporters.",
            "exchange.",
            "releases.",
            "reports.",
            "serve.",
        ),
        *("export", "judging", "making", "run", "withdrawals", "work", "cli."),
    ),
    "cryptography": ("releases.signature",),
    "brotli": ("releases.compression",),
    "zstandard": ("releases.compression",),
    "obstore": ("targets.object_store",),
    "uvicorn": ("serve.server",),
    "watchfiles": ("serve.watching",),
    "dask": ("cluster",),
    "distributed": ("cluster",),
}


@cache
def modules() -> Mapping[str, ast.Module]:
    """Every module of the package by its name inside the package; the package itself is the empty name."""
    found: dict[str, ast.Module] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = ast.parse(path.read_text("utf-8"), filename=str(path))
    return found


@cache
def imports(name: str) -> tuple[str, ...]:
    """What a module imports anywhere in it, for types alone too: modules of ours as `pipeline.NAME`."""
    return tuple(_imports(name))


def _imports(name: str) -> Iterator[str]:
    for node in ast.walk(modules()[name]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}: a relative import"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner.removeprefix("pipeline.") in modules() else str(node.module)


def own_imports(name: str) -> set[str]:
    """The modules of the package that a module imports."""
    return {
        imported.removeprefix("pipeline").removeprefix(".")
        for imported in imports(name)
        if imported.split(".")[0] == "pipeline"
    }


def part(name: str) -> str:
    """The file or folder right under the package that a module belongs to."""
    return name.split(".")[0]


def floor(name: str) -> int:
    return next(number for number, parts in enumerate(FLOORS) if part(name) in parts)


def test_the_package_was_found() -> None:
    assert {"", "errors", "model.pattern", "flow", "cli", "__main__"} <= set(modules())


def test_every_module_stands_on_a_floor() -> None:
    parts = {member for floor in FLOORS for member in floor}
    assert [name for name in modules() if name and part(name) not in parts] == []


@pytest.mark.parametrize("name", sorted(set(modules()) - {""}))
def test_a_module_imports_from_its_own_floor_or_below(name: str) -> None:
    assert sorted(other for other in own_imports(name) if other and floor(other) > floor(name)) == []


@pytest.mark.parametrize("name", sorted(name for name in modules() if part(name) in STAGES))
def test_a_stage_imports_no_other_stage(name: str) -> None:
    others = {other for other in own_imports(name) if part(other) in STAGES}
    assert sorted(other for other in others if part(other) != part(name)) == []


def test_no_modules_import_one_another_in_a_circle() -> None:
    """A package and its modules are one: importing a module runs the package's file first."""
    graph = {name: own_imports(name) - {name} for name in modules() if name}
    for name in graph:
        # What a package's own file takes from inside the package is no circle.
        graph[name] = {other for other in graph[name] if not name.startswith(f"{other}.")}
    try:
        tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(f"a circle: {' <- '.join(error.args[1])}")


def _may(name: str, doors: tuple[str, ...]) -> bool:
    return any(name == door or (door.endswith(".") and f"{name}.".startswith(door)) for door in doors)


@pytest.mark.parametrize("library", sorted(DOORS))
def test_a_library_comes_in_at_its_door_alone(library: str) -> None:
    users = {name for name in modules() if library in {imported.split(".")[0] for imported in imports(name)}}
    assert users, f"nothing uses {library} any more: take its door out"
    assert sorted(name for name in users if not _may(name, DOORS[library])) == []


def test_every_library_that_is_installed_has_a_door() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = {"markdown-it-py": "markdown_it", "mdit-py-plugins": "mdit_py_plugins", "pyyaml": "yaml"}
    needed = {re.split(r"[^a-z0-9-]", line.lower())[0] for line in project["dependencies"]}
    assert {named.get(library, library) for library in needed} <= set(DOORS)


# ---- what no module may do


def _calls(name: str) -> Iterator[ast.Call]:
    return (node for node in ast.walk(modules()[name]) if isinstance(node, ast.Call))


def _at(name: str, node: ast.expr) -> str:
    return f"{name}:{node.lineno}: {ast.unparse(node)[:80]}"


def test_nothing_is_evaluated_or_executed() -> None:
    banned = {"eval", "exec", "compile", "__import__", "globals", "breakpoint", "input"}
    found = [
        _at(name, call)
        for name in modules()
        for call in _calls(name)
        if isinstance(call.func, ast.Name) and call.func.id in banned
    ]
    assert found == []


def test_modules_are_imported_by_name_only_where_commands_and_report_formats_are_loaded() -> None:
    found = [name for name in modules() for call in _calls(name) if ast.unparse(call.func).endswith("import_module")]
    assert set(found) <= {"cli", "reports"}


def test_nothing_is_unpickled_and_only_commands_run_other_programs() -> None:
    def users(*banned: str) -> list[str]:
        return [name for name in modules() if {imported.split(".")[0] for imported in imports(name)} & set(banned)]

    assert users("pickle", "marshal", "shelve", "ctypes", "code", "pty", "runpy") == []
    assert [name for name in users("subprocess") if part(name) != "cli"] == []


def _constants(name: str) -> set[str]:
    """The names that a module binds once, at its top, to a string that stands there."""
    found: set[str] = set()
    for node in modules()[name].body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            found.update(target.id for target in node.targets if isinstance(target, ast.Name))
    return {constant for constant in found if constant.lstrip("_").isupper()}


def test_only_strings_of_our_own_are_format_strings() -> None:
    """A text from outside that is formatted could read attributes: `{x.__class__}`."""
    found = []
    for name in modules():
        for call in _calls(name):
            if isinstance(call.func, ast.Attribute) and call.func.attr in ("format", "format_map", "vformat"):
                text = call.func.value
                own = isinstance(text, ast.Constant) or (isinstance(text, ast.Name) and text.id in _constants(name))
                own = own or ast.unparse(text) == "msgspec.json"
                if not own:
                    found.append(_at(name, call))
            if ast.unparse(call.func) in ("Template", "string.Template", "string.Formatter", "Formatter"):
                found.append(_at(name, call))
    assert found == []


def test_markup_is_made_in_one_place() -> None:
    found = [
        _at(name, call)
        for name in modules()
        for call in _calls(name)
        if ast.unparse(call.func).split(".")[-1] in ("Markup", "HTML") and name != "exporters.skeleton"
    ]
    assert found == []


def test_every_template_escapes_what_it_prints() -> None:
    templates = sorted(path for path in PACKAGE.rglob("*") if path.suffix in (".html", ".j2", ".jinja", ".xml"))
    assert templates
    unsafe = re.compile(r"\|\s*safe\b|autoescape\s+false|Markup|\{%-?\s*(?:call|import|include)\b[^%]*http")
    assert [path.name for path in templates if unsafe.search(path.read_text("utf-8"))] == []


def test_jinja_escapes_and_knows_no_undefined_names() -> None:
    environments = [
        call for call in _calls("exporters.html_bundle") if ast.unparse(call.func).split(".")[-1] == "Environment"
    ]
    assert environments
    for call in environments:
        options = {keyword.arg: ast.unparse(keyword.value) for keyword in call.keywords}
        assert options["autoescape"] == "True"
        assert options["undefined"].endswith("StrictUndefined")
    assert not any(ast.unparse(call.func).endswith("from_string") for call in _calls("exporters.html_bundle"))


def test_only_the_commands_print() -> None:
    found = []
    for name in modules():
        if part(name) == "cli":
            continue
        for node in ast.walk(modules()[name]):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
                found.append(_at(name, node))
            if isinstance(node, ast.Attribute) and ast.unparse(node) in ("sys.stdout", "sys.stderr", "sys.stdin"):
                found.append(_at(name, node))
        if {"logging", "warnings", "getpass", "curses"} & {imported.split(".")[0] for imported in imports(name)}:
            found.append(name)
    assert found == []


def test_only_the_commands_read_the_clock_and_the_environment() -> None:
    """Stages are pure: day, settings and bytes come in as arguments."""
    banned = re.compile(
        r"(?:datetime|date|dt)\.(?:now|today|utcnow)|time\.(?:time|time_ns|localtime)|os\.(?:environ|getenv)"
    )
    found: list[str] = []
    for name in modules():
        if part(name) == "cli":
            continue
        attributes = [node for node in ast.walk(modules()[name]) if isinstance(node, ast.Attribute)]
        found.extend(_at(name, node) for node in attributes if banned.fullmatch(ast.unparse(node)))
        if {"random", "secrets", "uuid"} & {imported.split(".")[0] for imported in imports(name)}:
            found.append(name)
    assert found == []


def test_only_the_workspace_writes_files() -> None:
    """What is written elsewhere would not be all or nothing; a kit or a release goes where the user says."""
    writing = {"write_text", "write_bytes", "mkdir", "unlink", "rename", "replace_file", "touch", "rmdir", "symlink_to"}
    found = [
        _at(name, call)
        for name in modules()
        for call in _calls(name)
        if part(name) not in ("workspace", "staging", "cache", "targets", "handoff", "cli")
        and isinstance(call.func, ast.Attribute)
        and (call.func.attr in writing or ast.unparse(call.func).startswith(("shutil.", "os.replace", "os.write")))
    ]
    assert found == []


@pytest.mark.parametrize("name", sorted(modules()))
def test_a_module_opens_with_a_line_that_says_what_it_is_for(name: str) -> None:
    docstring = ast.get_docstring(modules()[name])
    assert docstring
    first = docstring.split("\n")[0]
    assert first.startswith(f"{name.rpartition('.')[2] or 'pipeline'}: "), first


def test_every_value_of_the_model_is_frozen() -> None:
    thawed = []
    for name, module in modules().items():
        if part(name) != "model":
            continue
        classes = [node for node in ast.walk(module) if isinstance(node, ast.ClassDef)]
        for node in classes:
            decorators = [ast.unparse(decorator) for decorator in node.decorator_list]
            if any(text.startswith("dataclass") and "frozen=True" not in text for text in decorators):
                thawed.append(f"{name}.{node.name}")
            settings = {keyword.arg: ast.unparse(keyword.value) for keyword in node.keywords}
            if "Struct" in map(ast.unparse, node.bases) and settings.get("frozen") != "True":
                thawed.append(f"{name}.{node.name}")
    assert thawed == []


def test_the_tests_of_floors_see_what_they_should() -> None:
    """The reading of imports itself: a submodule, a name in a module, a whole library."""
    assert "model.locale" in own_imports("assessing")
    assert "po" in own_imports("flow")
    assert {"checks", "extract", "update"} <= own_imports("flow")
    assert "babel" in {imported.split(".")[0] for imported in imports("model.locale")}
    assert Path(PACKAGE / "flow.py").exists()
