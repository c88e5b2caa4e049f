"""What carries envelopes to other organisations and brings theirs; the sweep is given one, and knows no network."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class Brought:
    """An envelope that lay ready: which peer's it claims to be, and under what name the carrier has it."""

    peer: str
    name: str
    content: bytes = field(repr=False)


class CarrierError(Exception):
    """The envelope was not taken over; `permanent` when trying again cannot help."""

    def __init__(self, said: str, *, permanent: bool = False) -> None:
        super().__init__(said)
        self.permanent = permanent


class Carrier(Protocol):
    """A way to some organisations, by their organisation codes."""

    @property
    def peers(self) -> Collection[str]:
        """Whom it reaches."""

    def send(self, peer: str, name: str, content: bytes) -> None:
        """Hand an envelope over, twice under the same name being once; CarrierError when it was not taken."""

    def bring(self, limit: int) -> Iterator[Brought]:
        """What lies ready for us, oldest first; a carrier to which peers come by themselves brings nothing."""

    def put_away(self, brought: Brought, *, good: bool) -> None:
        """What was brought is kept by us (good), or nobody can make use of it."""
