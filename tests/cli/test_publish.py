"""publish: publish, verify, roll back and withdraw, as a person or a program calls them."""

import json
import re
from pathlib import Path

import pytest

from tests.cli.command import Run
from tests.releases.samples import pem, public_pem, published
from tests.repository import FAQ, SETTINGS, Repository, catalog

pytestmark = pytest.mark.thorough

# The day of these tests is fixed, the day on which they run is not.
LONG = ("--expires", "36500")

LOCALES = ("en_US", "de_AT", "pl_PL")


@pytest.fixture
def keys(repository: Repository) -> tuple[str, str]:
    """The private and the public key, as files; in a repository of few locales, so that publishing is quick."""
    settings = repository.text(SETTINGS)
    few = [line for line in settings.split("\n") if not re.match(r"[a-z]{2}_[A-Z]{2} = ", line) or line[:5] in LOCALES]
    repository.write(SETTINGS, "\n".join(few))
    repository.write("key.pem", pem())
    repository.write("key.pub.pem", public_pem())
    return "key.pem", "key.pub.pem"


@pytest.fixture
def site(repository: Repository, run: Run, keys: tuple[str, str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """A target where the reference content is published."""
    folder = tmp_path_factory.mktemp("site")
    assert run("run", "-q").code == 0
    published = run("publish", str(folder), "--key", keys[0], *LONG)
    assert (published.code, published.err) == (0, "")
    assert published.lines[0].startswith("Published version 1 of Proleukin FAQ for healthcare professionals: ")
    return str(folder)


def current(site: str) -> Path:
    pointer = json.loads((Path(site) / "current").read_text("utf-8"))
    return Path(site, "releases", pointer["digest"])


def test_what_is_published_is_verified_rolled_back_and_withdrawn(
    run: Run, site: str, keys: tuple[str, str], repository: Repository
) -> None:
    verified = run("verify", site, "--key", keys[1], "--state", "seen.json")
    assert (verified.code, verified.err) == (0, "")
    assert verified.lines[0].startswith("Version 1 of Proleukin FAQ for healthcare professionals is whole and signed")
    assert run("verify", str(current(site)), "--key", keys[1]).code == 0
    again = run("publish", site, "--key", keys[0], *LONG, "--json")
    assert again.json["published"]["version"] == 2
    assert set(again.json) == {"published", "differences", "earlier", "refused", "findings"}
    back = run("rollback", site, "--key", keys[0], *LONG, "--json")
    assert back.json["version"] == 3
    why = ("--reason", "Wrong phone number", "--by", "Dr. Example")
    withdrawn = run("withdraw", site, "de_AT", *why, "--key", keys[0], *LONG)
    assert withdrawn.code == 0
    assert "Withdrawn: de-AT (Wrong phone number; Dr. Example, 2026-11-22)." in withdrawn.lines
    assert json.loads((current(site) / "de-AT" / f"{FAQ}.json").read_text("utf-8"))["withdrawn"] is True
    published = run("publish", site, "--key", keys[0], *LONG)
    assert "Withdrawn: de-AT (Wrong phone number; Dr. Example, 2026-11-22)." in published.lines
    judged = run("verify", site, "--key", keys[1], "--state", "seen.json", "--json")
    assert judged.json["ok"] is True
    assert judged.json["version"] == 5
    assert [one["locale"] for one in judged.json["withdrawn"]] == ["de-AT"]
    assert json.loads(repository.text("seen.json"))["version"] == 5
    returned = run("publish", site, "--key", keys[0], *LONG, "--reinstate", "de_AT", "--json")
    assert returned.json["published"]["withdrawn"] == []
    assert (current(site) / "de-AT" / f"{FAQ}.html").exists()


def test_pages_that_still_link_to_what_is_withdrawn_are_told(run: Run, keys: tuple[str, str], tmp_path: Path) -> None:
    """It needs no content repository."""
    published(tmp_path / "site", "see <a href='/faq/de-AT/flu.html'>there</a>")
    call = ("withdraw", str(tmp_path / "site"), "flu:de_AT", "--reason", "x", "--by", "y", "--key", keys[0], *LONG)
    said = "Links in their own texts lead to what is withdrawn: de-AT/cold.html, en-US/cold.html, en-US/flu.html."
    assert said in run(*call).lines


def test_a_tampered_release_is_told_with_exit_code_1(run: Run, site: str, keys: tuple[str, str]) -> None:
    page = current(site) / "de-AT" / f"{FAQ}.html"
    page.write_bytes(page.read_bytes() + b"x")
    (current(site) / "evil\x1b[2J.html").write_text("x")
    verified = run("verify", site, "--key", keys[1], "--state", "seen.json")
    assert verified.code == 1
    assert f"error: de-AT/{FAQ}.html is larger than the" in verified.err
    assert "\x1b[2J" not in verified.err
    assert verified.out == ""
    assert not Path("seen.json").exists()
    assert run("verify", str(current(site)), "--key", keys[1]).code == 1
    judged = run("verify", site, "--key", keys[1], "--json")
    assert judged.code == 1
    assert judged.json["ok"] is False
    assert {problem["file"] for problem in judged.json["problems"]} >= {f"de-AT/{FAQ}.html"}


def test_an_older_release_is_refused_by_who_has_seen_a_newer_one(run: Run, site: str, keys: tuple[str, str]) -> None:
    before = (Path(site) / "current").read_bytes()
    assert run("publish", site, "--key", keys[0], *LONG).code == 0
    assert run("verify", site, "--key", keys[1], "--state", "seen.json").code == 0
    (Path(site) / "current").write_bytes(before)
    assert run("verify", site, "--key", keys[1]).code == 0
    verified = run("verify", site, "--key", keys[1], "--state", "seen.json")
    assert verified.code == 1
    assert "is version 1, older than version 2 that was seen here before." in verified.err
    Path("seen.json").write_text("{}")
    assert run("verify", site, "--key", keys[1], "--state", "seen.json").code == 2


@pytest.mark.parametrize("command", ["publish", "rollback", "withdraw"])
def test_without_a_key_nothing_is_published(run: Run, repository: Repository, command: str) -> None:
    more = ("de_AT", "--reason", "x", "--by", "y") if command == "withdraw" else ()
    ended = run(command, "site", *more)
    assert ended.code == 2
    assert "there is no key to sign with" in ended.err
    assert "openssl genpkey -algorithm ed25519" in ended.err
    assert not repository.path("site").exists()


def test_an_unsigned_release_must_be_asked_for(run: Run, keys: tuple[str, str]) -> None:
    assert run("run", "-q").code == 0
    assert "exclude each other" in run("publish", "site", "--unsigned", "--key", keys[0]).err
    assert run("publish", "site", "--unsigned", *LONG).code == 0
    assert run("verify", "site", "--key", keys[1]).code == 1
    assert "nobody has looked at its signature" in run("verify", "site", "--unsigned").out
    assert run("verify", "site").code == 2


def test_the_key_may_come_from_the_environment(
    run: Run, keys: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIPELINE_SIGNING_KEY", pem().decode())
    assert run("run", "-q").code == 0
    assert run("publish", "site", *LONG).code == 0
    assert run("verify", "site", "--key", keys[1]).code == 0
    monkeypatch.setenv("PIPELINE_SIGNING_KEY", "not a key")
    ended = run("publish", "site")
    assert ended.code == 2
    assert "$PIPELINE_SIGNING_KEY: error: is not a private key in PEM" in ended.err
    assert "not a key" not in ended.err


def test_an_export_that_is_not_up_to_date_is_not_published(
    run: Run, repository: Repository, keys: tuple[str, str]
) -> None:
    assert run("run", "-q").code == 0
    repository.write(f"exports/de-AT/{FAQ}.html", "altered")
    repository.write("exports/added.html", "added")
    ended = run("publish", "site", "--key", keys[0], *LONG)
    assert ended.code == 1
    assert f"exports/de-AT/{FAQ}.html: outdated" in ended.err
    assert "exports/added.html: unexpected" in ended.err
    assert "Nothing is published" in ended.out
    assert not repository.path("site").exists()
    judged = run("publish", "site", "--key", keys[0], *LONG, "--json")
    assert judged.json["published"] is None
    assert len(judged.json["differences"]) == 2


def test_stopped_locales_are_told_and_the_others_are_published(
    run: Run, repository: Repository, keys: tuple[str, str]
) -> None:
    assert run("run", "-q").code == 0
    repository.mark_fuzzy(catalog("pl"), "title")
    assert run("export", "-q").code == 1
    ended = run("publish", "site", "--key", keys[0], *LONG)
    assert ended.code == 1
    assert "As exported earlier, since there are errors now: pl-PL." in ended.lines
    assert run("verify", "site", "--key", keys[1]).code == 0


def test_a_release_that_has_expired_already_is_not_published(
    run: Run, keys: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    ended = run("rollback", "site", "--key", keys[0])
    assert ended.code == 2
    assert "would have expired before it is published" in ended.err


def test_wrong_calls_are_told(run: Run, keys: tuple[str, str]) -> None:
    for arguments, message in (
        (("publish", "ftp://host/x", "--key", keys[0], *LONG), "releases cannot be published there"),
        (("publish", "site", "--key", "nowhere.pem"), "nowhere.pem: error: cannot be read"),
        (("publish", "site", "--key", keys[1]), "is a public key"),
        (("publish", "site", "--key", keys[0], "--keep", "0"), "--keep"),
        (("rollback", "site", "--key", keys[0], *LONG), "nothing is published there yet"),
        (("withdraw", "site", "de_AT", "--reason", " ", "--by", "x", "--key", keys[0]), "must say something"),
        (("withdraw", "site", "de_AT", "--key", keys[0]), "--reason"),
        (
            ("withdraw", "site", "flu", "--reason", "x", "--by", "y", "--key", keys[0], *LONG),
            "nothing is published there yet",
        ),
        (("verify", "nowhere", "--key", keys[1]), "holds no release"),
        (("verify", "nowhere", "--key", keys[0]), "is a private key"),
        (("verify", "https://user@host/", "--key", keys[1]), "is not the plain address of a folder"),
    ):
        ended = run(*arguments)
        assert (ended.code, ended.out) == (2, ""), arguments
        assert message in ended.err, arguments
