"""Codes of six digits that come by letter: drawn when the letter is written; only a slow hash of one is kept."""

from __future__ import annotations

import hashlib
import hmac


def six_digits(token: str) -> str:
    """A code drawn from a random token."""
    return f"{int.from_bytes(hashlib.sha256(token.encode()).digest()) % 1_000_000:06d}"


def digits_of(typed: str) -> str:
    """What was typed without blanks and other marks, in plain digits."""
    return "".join(str(int(character)) for character in typed if character.isdecimal())


def slow_hash(salt: str, code: str) -> str:
    """A million codes are few: the hash has to be slow to be worth anything to its thief."""
    return hashlib.scrypt(code.encode("utf-8", "replace"), salt=salt.encode(), n=2**14, r=8, p=1).hex()


def is_code(kept: str, salt: str, typed: str) -> bool:
    """Whether this is the code of which the hash is kept, told in the same time whatever was typed."""
    return hmac.compare_digest(slow_hash(salt, digits_of(typed)), kept)
