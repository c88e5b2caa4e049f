"""Codes of an app (TOTP, RFC 6238) and the recovery codes that stand in for a lost phone."""

from __future__ import annotations

import hmac
from base64 import b32encode
from datetime import datetime
from hashlib import scrypt, sha256, shake_256

import pyotp
import segno
from sqlalchemy import Connection

from workflows.store import keys_of_people
from workflows.store.keys_of_people import CodeApp
from workflows.store.sealing import Seal

STEP = 30  # seconds of one code
DRIFT = (-1, 0, 1)  # codes of a clock that is half a minute off count too
RECOVERY_CODES = 10
ISSUER = "kehoach"
# Letters that nobody mistakes for one another.
_PLAIN = str.maketrans("01OIL", "23456")


def new_secret(token: str) -> str:
    """A secret of 160 bits for an app, drawn from a random token."""
    return b32encode(shake_256(token.encode()).digest(20)).decode()


def address_of(secret: str, login: str) -> str:
    """What the app reads from the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)


def picture_of(address: str) -> str:
    """The QR code as an image that the page carries itself."""
    return str(segno.make(address, error="m").svg_data_uri(scale=5, border=4, dark="#000", light="#fff"))


def take_code(connection: Connection, seal: Seal, app: CodeApp, typed: str, now: datetime) -> bool:
    """Whether this is a code of now; each counts once, and none that is older than one that counted."""
    totp = pyotp.TOTP(app.open(seal))
    at = int(now.timestamp()) // STEP
    for counter in (at + drift for drift in DRIFT):
        if hmac.compare_digest(totp.generate_otp(counter), typed):
            return keys_of_people.take_counter(connection, app.person_id, counter)
    return False


def new_recovery_codes(connection: Connection, person_id: int, token: str, now: datetime) -> list[str]:
    """Ten new codes, shown this once; only their slow hashes are kept."""
    drawn = [sha256(f"{token}{number}".encode()).digest() for number in range(RECOVERY_CODES)]
    codes = [b32encode(each).decode()[:10].translate(_PLAIN) for each in drawn]
    keys_of_people.keep_recovery_codes(connection, person_id, [_hash(person_id, each) for each in codes], now)
    return [f"{each[:5]}-{each[5:]}" for each in codes]


def take_recovery_code(connection: Connection, person_id: int, typed: str, now: datetime) -> bool:
    """Whether this is an unused recovery code; it is used up."""
    letters = "".join(each for each in typed.upper() if each.isalnum() and each.isascii()).translate(_PLAIN)
    return keys_of_people.take_recovery_code(connection, person_id, _hash(person_id, letters), now)


def _hash(person_id: int, code: str) -> str:
    return scrypt(code.encode(), salt=f"recovery:{person_id}".encode(), n=2**14, r=8, p=1).hex()
