"""recipes: the code of docs/websites.md, run as it stands there, on a release that is published and then changed."""

import json
import os
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.publish import Content, publish, withdraw
from pipeline.targets.directory import Directory
from tests.cli.command import SCRIPT
from tests.peers import require, require_npm
from tests.releases.samples import public_pem, seal
from tests.repository import FAQ, LOCALES, ROOT, bcp47
from tests.serve.running import of_folder, running

pytestmark = pytest.mark.thorough

PAGE = (ROOT / "docs" / "websites.md").read_text("utf-8")
NOW = datetime.now(UTC).replace(microsecond=0)
WHY = {"reason": "Wrong phone number", "by": "Dr. Example"}


def code(language: str) -> str:
    [found] = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    return str(found)


def fragment(locale: str) -> str:
    return (ROOT / "exports" / locale / f"{FAQ}.fragment.html").read_bytes().decode()


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The committed exports as a release, which no test changes."""
    folder = ROOT / "exports"
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    target = Directory(tmp_path_factory.mktemp("headquarters") / "faq")
    publish(target, Content(project="Recipes", files=files, sources=()), seal(now=NOW))
    return target.root


@pytest.fixture
def target(published: Path, tmp_path: Path) -> Directory:
    return Directory(shutil.copytree(published, tmp_path / "faq"))


def digest(target: Directory) -> str:
    return str(json.loads((target.root / "current").read_text("utf-8"))["digest"])


def tamper(target: Directory, path: str) -> None:
    file = target.root / "releases" / digest(target) / path
    file.write_bytes(file.read_bytes().replace(b"Proleukin", b"Proleukim", 1))


# ---- the job


def test_the_job_pins_what_is_verified_and_leaves_it_when_something_is_not(target: Directory, tmp_path: Path) -> None:
    www = tmp_path / "www"
    www.mkdir()
    (www / "signing-key.pub.pem").write_bytes(public_pem())
    (www / "sync.sh").write_text(
        code("sh").replace("/srv/faq", str(target.root)).replace("/srv/www", str(www)), "utf-8"
    )
    environment = {**os.environ, "PATH": f"{SCRIPT.parent}{os.pathsep}{os.environ['PATH']}"}

    def job() -> int:
        command = ["sh", str(www / "sync.sh")]
        return subprocess.run(command, env=environment, capture_output=True, check=False, timeout=60).returncode

    assert job() == 0
    first = (www / "digest").read_text("ascii")
    assert first == digest(target)
    withdraw(target, seal(now=NOW), "de_AT", **WHY)
    tamper(target, f"de-DE/{FAQ}.fragment.html")
    assert job() == 1
    assert (www / "digest").read_text("ascii") == first


# ---- Next and Astro

# What the page takes from Next, so that it can be typed and run without it.
NEXT = {
    "package.json": '{"name": "next", "exports": {"./navigation": "./navigation.js"}}',
    "navigation.d.ts": "export declare function notFound(): never;",
    "navigation.js": 'exports.notFound = () => { throw new Error("404") };',
}
ASTRO = "declare const Astro: { props: { record: import('../../bundle').BundleRecord; all: unknown[] } };\n"
SHOW = """
const { renderToStaticMarkup } = require("react-dom/server");
const { editions, part, bundle } = require("./faq");
const page = require("./app/[locale]/faq/page");
const show = async (locale) => renderToStaticMarkup(await page.default({ params: Promise.resolve({ locale }) }));
(async () => {
  const all = await editions("%s");
  const record = all.find((one) => one.locale === "ar-SA");
  console.log(JSON.stringify({
    locales: (await page.generateStaticParams()).map((one) => one.locale),
    meta: await page.generateMetadata({ params: Promise.resolve({ locale: "ar-SA" }) }),
    fragment: await part(record, "fragment.html"),
    disclaimers: (await bundle(record)).disclaimers.length,
    page: await show("ar-SA"),
    missing: await show("xx-XX").catch((error) => error.message),
  }));
})().catch((error) => { console.error(error.message); process.exit(1) });
"""


def built(folder: Path) -> subprocess.CompletedProcess[str]:
    """The loader and the pages in a project of their own, as the compiler takes them."""
    node, packages = require_npm()
    modules = folder / "node_modules"
    (modules / "next").mkdir(parents=True)
    for name in ("react", "react-dom", "@types"):
        (modules / name).symlink_to(packages / "node_modules" / name)
    for name, text in NEXT.items():
        (modules / "next" / name).write_text(text, "utf-8")
    astro = code("astro").split("---\n")[1]
    for name, text in (
        ("faq.ts", code("ts")),
        ("app/[locale]/faq/page.tsx", code("tsx")),
        ("src/pages/astro.ts", ASTRO + astro + "\nexport default [record, all, fragment, jsonld];\n"),
        ("bundle.d.ts", (ROOT / "exports/schema/bundle.d.ts").read_text("utf-8")),
        ("show.cjs", SHOW % FAQ),
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    compiler = [node, str(packages / "node_modules/typescript/bin/tsc"), "--ignoreConfig", "--strict", "--skipLibCheck"]
    modern = ["--target", "es2022", "--moduleResolution", "bundler", "--types", "node", "--jsx", "react-jsx"]
    # Next and Astro bring their own bundlers; Node runs what is written as its older modules.
    for command in (
        [*modern, "--module", "commonjs", "app/[locale]/faq/page.tsx"],
        [*modern, "--module", "esnext", "--noEmit", "src/pages/astro.ts"],
    ):
        run = subprocess.run(
            [*compiler, *command], cwd=folder, capture_output=True, check=False, text=True, timeout=120
        )
        if run.returncode:
            break
    return run


def test_next_and_astro_build_from_the_release_that_was_pinned(target: Directory, tmp_path: Path) -> None:
    project = tmp_path / "project"
    compiled = built(project)
    assert (compiled.returncode, compiled.stdout) == (0, "")
    pinned = {**os.environ, "FAQ_TARGET": str(target.root), "FAQ_DIGEST": digest(target)}

    def show() -> subprocess.CompletedProcess[str]:
        command = [require("node"), "show.cjs"]
        return subprocess.run(
            command, cwd=project, env=pinned, capture_output=True, check=False, encoding="utf-8", timeout=60
        )

    # What is published later is not what was pinned.
    withdraw(target, seal(now=NOW), "ar_SA", **WHY)
    done = show()
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert sorted(found["locales"]) == sorted(map(bcp47, LOCALES))
    assert found["fragment"] == fragment("ar-SA")
    assert fragment("ar-SA") in found["page"]
    assert found["meta"]["alternates"]["languages"]["de-AT"] == "/de-AT/faq"
    assert found["meta"]["robots"] == {"index": False}
    assert (found["disclaimers"], found["missing"]) == (3, "404")
    pinned["FAQ_DIGEST"] = digest(target)
    assert show().returncode == 1
    tamper(target, "index.json")
    assert "index.json is not what was verified" in show().stderr


# ---- PHP


def test_a_page_in_php_shows_what_is_pinned_and_nothing_that_is_withdrawn_altered_or_unknown(
    target: Directory, tmp_path: Path
) -> None:
    pin = tmp_path / "digest"
    script = code("php").replace("/srv/faq", str(target.root)).replace("/srv/www/digest", str(pin))
    (tmp_path / "faq.php").write_text(script, "utf-8")

    def ask(locale: str, document: str = FAQ) -> tuple[int, str]:
        program = f"parse_str('locale={locale}&document={document}', $_GET); include 'faq.php'; "
        done = subprocess.run(
            [require("php"), "-r", program + "fwrite(STDERR, 'status ' . http_response_code());"],
            cwd=tmp_path,
            capture_output=True,
            check=True,
            encoding="utf-8",
            timeout=60,
        )
        return int(done.stderr.rpartition("status ")[2]), done.stdout

    none = "<p>This page is not available.</p>"
    assert ask("de-AT") == (503, none)
    pin.write_text(digest(target), "ascii")
    assert ask("de-AT") == (200, fragment("de-AT"))
    assert ask("xx-XX") == ask("../de-AT") == (404, none)
    withdraw(target, seal(now=NOW), "de_AT", **WHY)
    assert ask("de-AT") == (200, fragment("de-AT"))
    pin.write_text(digest(target), "ascii")
    assert ask("de-AT") == (410, none)
    assert ask("de-DE") == (200, fragment("de-DE"))
    tamper(target, f"de-DE/{FAQ}.fragment.html")
    assert ask("de-DE") == (503, none)


# ---- the content API


ASK = """
import { createInterface } from "node:readline";
import { faq } from "./faq.mjs";
for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await faq(...line.split(" "))));
}
"""


def test_a_site_that_asks_the_content_api_forgets_what_is_withdrawn(target: Directory, tmp_path: Path) -> None:
    (tmp_path / "faq.mjs").write_text(code("js"), "utf-8")
    (tmp_path / "ask.mjs").write_text(ASK, "utf-8")
    with running(of_folder(target.root, clock=lambda: NOW), clock=lambda: NOW) as api:
        site = subprocess.Popen(
            [require("node"), "ask.mjs"],
            cwd=tmp_path,
            env={**os.environ, "FAQ_API": f"{api.url}/v1/"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

        def ask(locale: str) -> tuple[int, str | None]:
            assert site.stdin is not None
            assert site.stdout is not None
            site.stdin.write(f"{locale} {FAQ}\n")
            site.stdin.flush()
            found = json.loads(site.stdout.readline())
            return found["status"], found.get("html")

        with site:
            assert ask("de-AT") == ask("de-AT") == (200, fragment("de-AT"))
            assert ask("xx-XX") == (404, None)
            withdraw(target, seal(now=NOW), "de_AT", **WHY)
            assert ask("de-AT") == ask("de-AT") == (410, None)
            assert ask("ja-JP") == (200, fragment("ja-JP"))
            assert site.stdin is not None
            site.stdin.close()
            assert site.wait(timeout=60) == 0
