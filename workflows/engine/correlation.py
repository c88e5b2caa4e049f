"""Correlation: which of the waiting subscriptions a message is for (semantics.md EM1 to EM4)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

from workflows.errors import Refused


class Waiting(Protocol):
    """What correlation needs to know of an open message subscription; the key of its case counts where it declared
    none."""

    @property
    def name(self) -> str:
        """The message name."""

    @property
    def key(self) -> str | None:
        """The correlation key that the subscription declared."""

    @property
    def business_key(self) -> str | None:
        """The business key of the case."""


Candidate = TypeVar("Candidate", bound=Waiting)


def matching(candidates: Iterable[Candidate], name: str, key: str | None) -> list[Candidate]:
    """The subscriptions that a message with this name and key is for."""
    return [candidate for candidate in candidates if candidate.name == name and _fits(candidate, key)]


def correlate(candidates: Iterable[Candidate], name: str, key: str | None = None) -> Candidate:
    """The one subscription that a message is for; Refused NO_MATCH or AMBIGUOUS, and then nothing is delivered."""
    found = matching(candidates, name, key)
    if not found:
        raise Refused("NO_MATCH", name=name, key=key)
    if len(found) > 1:
        raise Refused("AMBIGUOUS", name=name, key=key, count=len(found))
    return found[0]


def _fits(candidate: Waiting, key: str | None) -> bool:
    if candidate.key is not None:
        return key is not None and candidate.key == str(key)
    return key is None or candidate.business_key == str(key)
