"""Offices of this very installation reach each other without any network, by the same envelopes and statuses."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from workflows.actions.desk import Desk
from workflows.errors import Refused
from workflows.store import directory

from .carrier import Brought, CarrierError
from .take import take_envelope


@dataclass(frozen=True)
class InHouse:
    """Carries between the offices of one database; what the other office refuses is refused at once."""

    desk: Desk

    @property
    def peers(self) -> Collection[str]:
        """Every office that has an organisation code."""
        with self.desk.database.read() as connection:
            return frozenset(body.organ_code for body in directory.offices(connection) if body.organ_code)

    def send(self, peer: str, name: str, content: bytes) -> None:
        """Take it in at once."""
        del peer, name
        try:
            take_envelope(self.desk, content)
        except Refused as refused:
            raise CarrierError(refused.code, permanent=True) from refused

    def bring(self, limit: int) -> Iterator[Brought]:
        """Nothing lies between two offices of one house."""
        del limit
        return iter(())

    def put_away(self, brought: Brought, *, good: bool) -> None:
        """Nothing is brought, so nothing is put away."""
        del brought, good
