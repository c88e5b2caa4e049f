"""The key that seals the log: Ed25519 (RFC 8032), made once for an installation and kept in a file, in no database."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from workflows.errors import Refused
from workflows.whole_file import keep_first

# What is signed is this and the root in hex, so that a signature of a root is good for nothing else.
ABOUT = "kehoach checkpoint "


@dataclass(frozen=True)
class SealKey:
    """The key; its public half in hex is what others keep."""

    private: Ed25519PrivateKey

    @property
    def public(self) -> str:
        """The public half, 32 bytes in hex."""
        return self.private.public_key().public_bytes_raw().hex()

    @property
    def public_pem(self) -> str:
        """The public half as other programs read it."""
        return self.private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

    def sign(self, root: str) -> tuple[str, str]:
        """The public key and the signature of a root, both in hex."""
        return self.public, self.private.sign((ABOUT + root).encode()).hex()


def seal_key(place: Path, pem: str = "") -> SealKey:
    """The key that is given, else the one kept there, made now if there is none.

    Refused SEAL_KEY_UNREADABLE when it is no such key.
    """
    written = pem.encode()
    if not written:
        try:
            written = place.read_bytes()
        except FileNotFoundError:
            written = _made(place)
    try:
        found = load_pem_private_key(written, None)
    except (ValueError, TypeError) as error:
        raise Refused("SEAL_KEY_UNREADABLE", file=place.name) from error
    if not isinstance(found, Ed25519PrivateKey):
        raise Refused("SEAL_KEY_UNREADABLE", file=place.name)
    return SealKey(found)


def is_signed(public: str, root: str, signature: str) -> bool:
    """Whether the key with this public half signed this root."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(
            bytes.fromhex(signature), (ABOUT + root).encode()
        )
    except (ValueError, InvalidSignature):
        return False
    return True


def _made(place: Path) -> bytes:
    """Write a new key where nobody else reads it; of two that come at once the first one's holds."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return keep_first(place, key)
