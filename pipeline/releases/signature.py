"""signature: Ed25519 keys, signatures of a release and their check; the only door of cryptography."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.errors import PipelineError
from pipeline.model.release import KeySignature, Signatures
from pipeline.releases.records import decode, digest, encode

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

HOW_TO_MAKE = (
    "make a key pair with `openssl genpkey -algorithm ed25519 -out signing-key.pem` and "
    "`openssl pkey -in signing-key.pem -pubout -out signing-key.pub.pem`"
)


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key that a verifier trusts; `id` is the SHA-256 of its 32 bytes."""

    id: str
    key: Ed25519PublicKey = field(repr=False)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key that signs releases; it is never printed."""

    key: Ed25519PrivateKey = field(repr=False)

    @property
    def public(self) -> PublicKey:
        return _public(self.key.public_key())


def read_signing_key(data: bytes, where: str) -> SigningKey:
    """A private key in PEM. Raises PipelineError for anything else."""
    _need_cryptography()
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(data.strip() + b"\n", password=None)
    except TypeError:
        hint = "take the passphrase off, and let a store for secrets guard the key"
        raise PipelineError("is protected by a passphrase", where=where, hint=hint) from None
    except (ValueError, UnsupportedAlgorithm):
        said = "is a public key" if b"BEGIN PUBLIC KEY" in data else "is not a private key in PEM"
        raise PipelineError(said, where=where, hint=HOW_TO_MAKE) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise PipelineError("is not an Ed25519 key", where=where, hint=HOW_TO_MAKE)
    return SigningKey(key)


def read_public_key(data: bytes, where: str) -> PublicKey:
    """A public key in PEM. Raises PipelineError for anything else."""
    _need_cryptography()
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    if b"PRIVATE KEY" in data:
        hint = "verifiers get the public half: `openssl pkey -in signing-key.pem -pubout`"
        raise PipelineError("is a private key", where=where, hint=hint)
    try:
        key = load_pem_public_key(data.strip() + b"\n")
    except (ValueError, UnsupportedAlgorithm):
        raise PipelineError("is not a public key in PEM", where=where, hint=HOW_TO_MAKE) from None
    if not isinstance(key, Ed25519PublicKey):
        raise PipelineError("is not an Ed25519 key", where=where, hint=HOW_TO_MAKE)
    return _public(key)


def sign(data: bytes, keys: Iterable[SigningKey]) -> bytes:
    """The signature file of the bytes: one signature for each key."""
    signatures = [
        KeySignature(key=key.public.id, signature=b64encode(key.key.sign(data)).decode("ascii")) for key in keys
    ]
    return encode(Signatures(signatures=sorted(signatures, key=lambda signature: signature.key)))


def signature_problem(data: bytes, signature_file: bytes, trusted: Iterable[PublicKey]) -> str | None:
    """Why no trusted key has signed the bytes, None if one has."""
    from cryptography.exceptions import InvalidSignature

    signatures = decode(signature_file, Signatures)
    if signatures is None:
        return "is not a signature file"
    keys = {key.id: key.key for key in trusted}
    known = [signature for signature in signatures.signatures if signature.key in keys]
    if not known:
        return "is signed with no key that is trusted here"
    for signature in known:
        try:
            keys[signature.key].verify(b64decode(signature.signature, validate=True), data)
        except (InvalidSignature, ValueError):
            continue
        return None
    return "holds no valid signature"


def _public(key: Ed25519PublicKey) -> PublicKey:
    return PublicKey(digest(key.public_bytes_raw()), key)


def _need_cryptography() -> None:
    try:
        import cryptography  # noqa: F401
    except ImportError:
        raise PipelineError("signatures need the extra `publish`", hint="pip install 'faq-pipeline[publish]'") from None
