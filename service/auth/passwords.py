"""Passwords: argon2id over the NFKC form, a bounded number of them checked at once."""

from __future__ import annotations

import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# RFC 9106's second recommended setting: 64 MiB each, so one at a time in a process that stays under 200 MB.
_hasher = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=2)
_at_once = threading.BoundedSemaphore(1)
MAX_LENGTH = 200
# Hash of a random password nobody knows: a name without account costs the same time as one with.
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=2$euxBekrFMIKQfAhSANH8mQ$7CkCES9ywTPmepA2XqU2x8C0GcW9rGTt+IKcUCnpfT4"


def hash_password(password: str) -> str:
    """The hash to keep; typing the same letters on another keyboard (NFD, full width) gives the same password."""
    with _at_once:
        return _hasher.hash(_same_letters(password))


def is_password(kept: str | None, typed: str) -> bool:
    """Whether this is the password whose hash is kept; without a hash the answer is no, after the same time."""
    if len(typed) > MAX_LENGTH:
        return False
    with _at_once:
        try:
            return _hasher.verify(kept or _NOBODY, _same_letters(typed)) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


def _same_letters(password: str) -> str:
    return unicodedata.normalize("NFKC", password)
