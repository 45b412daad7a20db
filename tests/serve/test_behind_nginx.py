"""behind_nginx: the proxy that docs/serve.md describes, run as it stands there, before a real server."""

import gzip
import re
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from pipeline.publish import publish, withdraw
from tests.nginx import address, free_address, nginx
from tests.releases.samples import content, export, published, seal
from tests.repository import ROOT
from tests.serve.running import Reply, Site, of_folder, running

pytestmark = pytest.mark.thorough

[CONFIGURATION] = re.findall(r"```nginx\n(.*?)```", (ROOT / "docs" / "serve.md").read_text("utf-8"), re.DOTALL)

FLU = "/faq/v1/de-AT/flu"
PASSED = ("etag", "vary", "cache-control", "content-encoding", "content-location", "content-security-policy")


@contextmanager
def proxy(folder: Path, api: Site, keep: str = "10m") -> Iterator[Site]:
    """The site as readers reach it; `keep` is how long it keeps files below a digest."""
    listener = free_address()
    http = CONFIGURATION
    for documented, here in (
        ("listen 80;", f"listen {address(listener)};"),
        ("127.0.0.1:8000", f"127.0.0.1:{api.port}"),
        ("/var/cache/nginx/faq", str(folder / "cache")),
        ("proxy_cache_valid 200 10m;", f"proxy_cache_valid 200 {keep};"),
    ):
        assert http.count(documented) == 1, documented
        http = http.replace(documented, here)
    site = Site(listener.getsockname()[1], [])
    with nginx(folder / "nginx", listener, http):
        yield site


def said(reply: Reply) -> tuple[int, bytes]:
    return reply.status, reply.body


def test_a_proxy_passes_on_types_codings_links_and_conditions(tmp_path: Path) -> None:
    files = export("first")
    with running(of_folder(published(tmp_path / "faq")[0].root)) as api, proxy(tmp_path, api) as site:
        plain, page = site.ask(FLU), site.ask(FLU, accept="text/html", accept_encoding="gzip")
        assert said(plain) == (200, files["de-AT/flu.json"])
        assert gzip.decompress(page.body) == files["de-AT/flu.html"]
        direct = api.ask(FLU.removeprefix("/faq"), accept="text/html", accept_encoding="gzip").headers
        for name in (
            "etag",
            "vary",
            "cache-control",
            "content-encoding",
            "content-location",
            "content-security-policy",
        ):
            assert page.headers[name] == direct[name]
        for reply, headers in ((plain, {}), (page, {"accept": "text/html", "accept_encoding": "gzip"})):
            again = site.ask(FLU, if_none_match=reply.headers["etag"], **headers)
            assert (again.status, again.body, again.headers["etag"]) == (304, b"", reply.headers["etag"])
        led = site.ask("/faq/v1/flu", accept_language="de-AT")
        assert (led.status, led.headers["location"]) == (307, "de-AT/flu")
        assert said(site.ask("/faq/v1/assets/faq.css")) == (200, files["assets/faq.css"])
        assert site.ask("/faq/v1/nothing").headers["content-type"] == "application/problem+json"


def test_what_is_new_or_withdrawn_is_seen_at_once(tmp_path: Path) -> None:
    target, _ = published(tmp_path / "faq")
    with running(of_folder(target.root)) as api, proxy(tmp_path, api) as site:
        before = site.ask(FLU)
        publish(target, content("second"), seal())
        after = site.ask(FLU, if_none_match=before.headers["etag"])
        assert said(after) == (200, export("second")["de-AT/flu.json"])
        withdraw(target, seal(), "de_AT", reason="Wrong phone number", by="Dr. Example")
        for headers in ({}, {"if_none_match": after.headers["etag"]}):
            gone = site.ask(FLU, **headers)
            assert (gone.status, gone.json["reason"]) == (410, "Wrong phone number")
            assert gone.headers["cache-control"] == "no-store"


def test_files_below_a_digest_come_from_the_cache_of_the_proxy(tmp_path: Path) -> None:
    target, last = published(tmp_path / "faq")
    page = f"/faq/v1/releases/{last.digest}/de-AT/flu.html"
    with ExitStack() as ending:
        running_api = ending.enter_context(ExitStack())
        site = ending.enter_context(proxy(tmp_path, running_api.enter_context(running(of_folder(target.root)))))
        plain, packed = site.ask(page), site.ask(page, accept_encoding="gzip")
        running_api.close()
        assert site.ask(FLU).status == 502
        for before, headers in ((plain, {}), (packed, {"accept_encoding": "gzip"})):
            kept = site.ask(page, **headers)
            assert said(kept) == (200, before.body)
            assert kept.headers["cache-control"] == "public, max-age=31536000, immutable"
            assert kept.headers["etag"] == before.headers["etag"]
            assert site.ask(page, if_none_match=before.headers["etag"], **headers).status == 304
        assert gzip.decompress(packed.body) == plain.body == export("first")["de-AT/flu.html"]


def test_what_is_withdrawn_leaves_the_cache_of_the_proxy_when_its_time_is_over(tmp_path: Path) -> None:
    target, last = published(tmp_path / "faq")
    page = f"/faq/v1/releases/{last.digest}/de-AT/flu.html"
    with running(of_folder(target.root)) as api, proxy(tmp_path, api, keep="1s") as site:
        assert site.ask(page).status == 200
        withdraw(target, seal(), "de_AT", reason="Wrong phone number", by="Dr. Example")
        give_up = time.monotonic() + 30
        while (found := site.ask(page)).status == 200 and time.monotonic() < give_up:
            time.sleep(0.1)
        assert (found.status, found.json["withdrawn"]) == (410, True)
        # An answer that says so is not kept itself.
        publish(target, content("second"), seal(), reinstate=["de_AT"])
        assert site.ask(page).status == 200
