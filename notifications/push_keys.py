"""The key of this installation for web push (VAPID), made once and sealed in the database for all processes."""

from __future__ import annotations

import base64
import logging
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from workflows.errors import Refused
from workflows.store.database import Database
from workflows.store.installation_secrets import keep_secret, secret_named
from workflows.store.sealing import Seal

from .channels.push import PushKeys

log = logging.getLogger(__name__)
NAME = "vapid"
FILE = "vapid.pem"  # where earlier versions kept it, open


def make_push_keys(database: Database, seal: Seal, folder: Path, now: datetime) -> bool:
    """Make the key where there is none yet; False when it is there.

    A key that an earlier version kept in `folder` is taken over, for devices know it, and its file is removed.
    """
    old = folder / FILE
    with database.house.read() as connection:
        known = secret_named(connection, NAME, seal) is not None
    if not known:
        pem = old.read_text(encoding="ascii") if old.exists() else _new_key()
        with database.write() as connection:
            known = not keep_secret(connection, NAME, pem, seal, now)
    old.unlink(missing_ok=True)
    return not known


def read_push_keys(database: Database, seal: Seal, contact: str) -> PushKeys | None:
    """The key of this installation; None where none was made, and where it was sealed with a key that is not here."""
    try:
        with database.house.read() as connection:
            pem = secret_named(connection, NAME, seal)
    except Refused as refused:
        log.error("no bell rings: %s", refused)
        return None
    return None if pem is None else PushKeys(pem, contact)


def _new_key() -> str:
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def public_key_of(keys: PushKeys) -> str:
    """What a browser is told, so that only this installation may ring its bell."""
    key = load_pem_private_key(keys.private_pem.encode(), None)
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()
