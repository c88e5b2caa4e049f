"""The key of this installation for web push (VAPID), made once and kept beside the database."""

from __future__ import annotations

import base64
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from .channels.push import PushKeys

FILE = "vapid.pem"


def make_push_keys(folder: Path) -> bool:
    """Make the key where there is none yet; only its owner may read it. False when it is there."""
    path = folder / FILE
    if path.exists():
        return False
    key = ec.generate_private_key(ec.SECP256R1())
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return True


def read_push_keys(folder: Path, contact: str) -> PushKeys | None:
    """The key of this folder; None where none was made."""
    path = folder / FILE
    return PushKeys(path.read_text(encoding="ascii"), contact) if path.exists() else None


def public_key_of(keys: PushKeys) -> str:
    """What a browser is told, so that only this installation may ring its bell."""
    key = load_pem_private_key(keys.private_pem.encode(), None)
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()
