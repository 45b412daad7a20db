"""sync: how a regional site takes what is published; cron runs it every five minutes.

python sync.py /srv/faq signing-key.pub.pem /srv/www https://www.example.org/faq/
"""

import json
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from hashlib import sha256
from html import escape
from pathlib import Path
from string import Template

HERE = Path(__file__).parent
SHELL = Template((HERE / "shell.html").read_text("utf-8"))
GONE = Template((HERE / "gone.html").read_text("utf-8"))
WORDS = json.loads((HERE / "words.json").read_text("utf-8"))  # the markets that this site is for


def main(target: str, key: str, site: Path, address: str) -> int:
    command = ["pipeline", "verify", target, "--key", key, "--state", str(site / "seen.json"), "--json"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        sys.stderr.write(done.stderr)
        take_down_what_has_expired(site)
        return 1
    digest = json.loads(done.stdout)["digest"]
    if not (site / "pages" / digest).exists():
        build(Release(Path(target), digest), site, address)
    switch(site, digest)
    return 0


class Release:
    """One release, pinned by its digest; what it gives is what was signed."""

    def __init__(self, target: Path, digest: str) -> None:
        self.digest, self.folder = digest, target / "releases" / digest
        manifest = (self.folder / "release.json").read_bytes()
        if sha256(manifest).hexdigest() != digest:
            raise SystemExit("release.json is not the one that was verified")
        self.manifest = json.loads(manifest)
        self.listed = {file["path"]: file["sha256"] for file in self.manifest["files"]}

    def read(self, path: str) -> bytes:
        data = (self.folder / path).read_bytes()
        if sha256(data).hexdigest() != self.listed[path]:
            raise SystemExit(f"{path} is not what was verified")
        return data


def build(release: Release, site: Path, address: str) -> None:
    """All pages of a release, in a folder that gets its name when it is whole."""
    folder = site / "pages" / "new"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "expires").write_text(release.manifest["expires"], "utf-8")
    style = release.read("assets/faq.css")
    # Its name is its digest: a page that somebody has opened before a switch finds its own style afterwards.
    name = f"assets/faq.{sha256(style).hexdigest()[:16]}.css"
    write(site / name, style)
    for record in json.loads(release.read("index.json"))["bundles"]:
        if record["locale"] in WORDS:
            write(folder / "faq" / path_of(record["locale"], record), page(release, record, address, name))
    for rule in release.manifest["withdrawn"]:
        for stone in rule["tombstones"]:
            if stone.split("/")[0] in WORDS:
                write(folder / "faq" / stone.replace(".json", ".gone.html"), gone(stone.split("/")[0], rule))
    folder.rename(site / "pages" / release.digest)


def page(release: Release, record: dict, address: str, style: str) -> bytes:
    own, stem = record["locale"], f"{record['locale']}/{record['document']}"
    # The index names what is published now, and nothing that was withdrawn.
    editions = sorted({own, *record["alternates"]} & WORDS.keys())
    here = ' aria-current="page"'
    hreflang = (f'<link rel="alternate" hreflang="{to}" href="{address}{path_of(to, record)}">' for to in editions)
    switch = (
        f'<li><a href="{address}{path_of(to, record)}" hreflang="{to}" lang="{to}" dir="auto"'
        f"{here if to == own else ''}>{escape(WORDS[to]['name'])}</a></li>"
        for to in editions
    )
    return SHELL.substitute(
        lang=own,
        dir=record["dir"],
        title=escape(record["title"]),
        robots="all" if record["status"] == "approved" else "noindex",
        canonical=f"{address}{path_of(own, record)}",
        hreflang="\n".join(hreflang),
        style=f"/{style}",
        heading=escape(WORDS[own]["heading"]),
        skip=escape(WORDS[own]["skip"]),
        editions=escape(WORDS[own]["editions"]),
        switch="\n".join(switch),
        fragment=release.read(f"{stem}.fragment.html").decode(),
        jsonld=release.read(f"{stem}.jsonld").decode(),
    ).encode()


def gone(locale: str, rule: dict) -> bytes:
    direction = "rtl" if locale.startswith("ar") else "ltr"
    day, words = rule["when"][:10], escape(WORDS[locale]["gone"])
    return GONE.substitute(lang=locale, dir=direction, gone=words, day=day).encode()


def path_of(locale: str, record: dict) -> str:
    return f"{locale}/{record['document']}.html"


def write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def switch(site: Path, digest: str) -> None:
    """One step for readers; the pages of before, and with them what was withdrawn, leave the disk."""
    new = site / "live.new"
    new.unlink(missing_ok=True)
    new.symlink_to(Path("pages", digest))
    new.replace(site / "live")
    for old in (site / "pages").iterdir():
        if old.name != digest:
            shutil.rmtree(old)


def take_down_what_has_expired(site: Path) -> None:
    """What cannot be verified changes nothing, but nothing is shown beyond its time either: nginx says 503 then."""
    live = site / "live"
    if live.exists() and datetime.fromisoformat((live / "expires").read_text("utf-8")) < datetime.now(UTC):
        live.unlink()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), sys.argv[4]))
