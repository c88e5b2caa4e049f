"""What goes to a signer, and what comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workflows.store.signing import SigningKey, SigningOrder


@dataclass(frozen=True)
class ToSign:
    """Everything that one signature needs, read before the signer is called; `content` has the order's SHA-256.

    `words` stand before the time where the mark is of words only, on an appendix in its own file or a copy; empty
    where it is a picture.
    """

    order: SigningOrder
    key: SigningKey
    content: bytes
    trust: Mapping[str, Any]
    place: str
    principal: str = ""  # the person in whose place it is signed
    words: str = ""


@dataclass(frozen=True)
class Signed:
    """The document with its new signature, and the SHA-256 of the signature's value."""

    content: bytes
    value_sha256: str
