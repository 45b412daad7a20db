"""signature: keys come as PEM, whatever is no Ed25519 key is refused in words, and no message shows a key."""

import shutil
import subprocess
import sys
from base64 import b64decode
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from pipeline.errors import PipelineError
from pipeline.publish import publish
from pipeline.releases.records import digest
from pipeline.releases.signature import read_public_key, read_signing_key, sign, signature_problem
from pipeline.targets import open_target
from pipeline.targets.directory import Directory
from tests.peers import require
from tests.releases.samples import UNSIGNED, content, pem, public_key, public_pem, published, signing_key
from tests.repository import ROOT

pytestmark = pytest.mark.thorough


def test_what_a_key_signs_is_checked_with_its_public_half() -> None:
    signature = sign(b"bytes", [signing_key()])
    assert signature_problem(b"bytes", signature, [public_key()]) is None
    assert signature_problem(b"Bytes", signature, [public_key()]) == "holds no valid signature"
    assert signature_problem(b"bytes", signature, []) == "is signed with no key that is trusted here"


def test_a_signature_names_its_key_by_the_digest_of_its_32_bytes() -> None:
    raw = signing_key().key.public_key().public_bytes_raw()
    [one] = msgspec.json.decode(sign(b"bytes", [signing_key()]))["signatures"]
    assert one["key"] == digest(raw) == public_key().id
    assert len(b64decode(one["signature"])) == 64


def test_the_same_bytes_have_the_same_signature_whatever_the_order_of_the_keys() -> None:
    keys = [signing_key("publisher"), signing_key("successor")]
    assert sign(b"bytes", keys) == sign(b"bytes", reversed(keys))


def test_a_key_may_have_lost_its_last_line_break_or_got_windows_ones() -> None:
    for data in (pem().strip(), pem().replace(b"\n", b"\r\n"), b"\n" + pem() + b"\n\n"):
        assert read_signing_key(data, "key").public.id == public_key().id


def test_neither_key_is_ever_printed() -> None:
    secret = pem().split(b"\n")[1].decode()
    assert secret not in repr(signing_key())
    assert "key=" not in repr(signing_key())


ELLIPTIC = generate_private_key(SECP256R1())
LOCKED = Ed25519PrivateKey.generate().private_bytes(
    Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"passphrase")
)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is not a private key in PEM"),
        (b"secret words", "is not a private key in PEM"),
        (public_pem(), "is a public key"),
        (pem()[:-40], "is not a private key in PEM"),
        (LOCKED, "is protected by a passphrase"),
        (ELLIPTIC.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), "is not an Ed25519 key"),
    ],
)
def test_what_is_no_signing_key_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(PipelineError) as told:
        read_signing_key(data, "signing-key.pem")
    assert told.value.message == message
    assert told.value.where == "signing-key.pem"
    assert told.value.hint
    assert "secret words" not in str(told.value)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is not a public key in PEM"),
        (pem(), "is a private key"),
        (
            ELLIPTIC.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
            "is not an Ed25519 key",
        ),
    ],
)
def test_what_is_no_public_key_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(PipelineError) as told:
        read_public_key(data, "key.pem")
    assert told.value.message == message


def test_a_library_that_is_missing_is_told_with_the_way_to_get_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for library in ("cryptography", "brotli", "obstore.store"):
        monkeypatch.setitem(sys.modules, library, None)
    for use in (
        lambda: read_signing_key(pem(), "key.pem"),
        lambda: read_public_key(public_pem(), "key.pem"),
        lambda: publish(Directory(tmp_path), content(), UNSIGNED),
        lambda: open_target("s3://bucket", "somebody"),
    ):
        with pytest.raises(PipelineError, match="need the extra `publish`") as told:
            use()
        assert told.value.hint == "pip install 'faq-pipeline[publish]'"


def test_the_libraries_of_publishing_are_loaded_only_when_they_are_needed() -> None:
    code = """
import sys
import pipeline.cli.publish, pipeline.cli.verify, pipeline.publish, pipeline.targets.object_store
print(sorted({"brotli", "cryptography", "obstore", "zstandard"} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT)
    assert done.stdout == "[]\n"


def test_openssl_makes_the_keys_and_checks_the_signature(tmp_path: Path) -> None:
    """What is signed are exactly the bytes of release.json: any other program can check that."""
    openssl = require("openssl")

    def run(*arguments: str) -> str:
        return subprocess.run([openssl, *arguments], cwd=tmp_path, check=True, capture_output=True, text=True).stdout

    run("genpkey", "-algorithm", "ed25519", "-out", "key.pem")
    run("pkey", "-in", "key.pem", "-pubout", "-out", "key.pub.pem")
    key = read_signing_key((tmp_path / "key.pem").read_bytes(), "key.pem")
    assert key.public.id == read_public_key((tmp_path / "key.pub.pem").read_bytes(), "key.pub.pem").id
    target, last = published(tmp_path / "site")
    shutil.copy(tmp_path / "site" / "releases" / last.digest / "release.json", tmp_path / "release.json")
    data = (tmp_path / "release.json").read_bytes()
    [one] = msgspec.json.decode(sign(data, [key]))["signatures"]
    (tmp_path / "raw.sig").write_bytes(b64decode(one["signature"]))
    check = ("pkeyutl", "-verify", "-pubin", "-inkey", "key.pub.pem", "-rawin", "-in", "release.json")
    assert "Signature Verified Successfully" in run(*check, "-sigfile", "raw.sig")
    assert target.pointer() is not None
