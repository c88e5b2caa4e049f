"""Versions of what is deployed as a file, process or decision: one rule for when a file is a new version."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Any, Protocol


class Deployed(Protocol):
    """The version of a process or decision that is the newest so far."""

    @property
    def version(self) -> int:
        """Counted from 1."""

    @property
    def sha256(self) -> str:
        """Of the whole file."""

    @property
    def deployment(self) -> str:
        """Shared by the files that came together."""


def next_version(
    known: Deployed | None, *, key: str, name: str, xml: str, now: datetime, by: str | None, deployment: str | None
) -> dict[str, Any] | None:
    """The columns of the next version; None when `known` is this very file.

    Files with the same `deployment` came together; a file without one came alone.
    """
    digest = sha256(xml.encode()).hexdigest()
    if known is not None and (known.sha256, known.deployment) == (digest, deployment or digest):
        return None
    return {
        "key": key,
        "version": known.version + 1 if known else 1,
        "name": name,
        "xml": xml,
        "sha256": digest,
        "deployment": deployment or digest,
        "deployed_at": now,
        "deployed_by": by,
    }
