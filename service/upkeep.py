"""What whoever runs the house has to keep an eye on, with its ages: the same for /van-hanh and for /metrics."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from workflows.papers.signing.valid_until import valid_until
from workflows.store import upkeep


@dataclass(frozen=True)
class Upkeep:
    """None: there is no backup, no round by Prefect, no certificate that one could speak of."""

    backed_up_at: datetime | None
    prefect_at: datetime | None
    certificate_holder: str
    certificate_ends: datetime | None
    now: datetime

    @property
    def backup_age(self) -> timedelta | None:
        """How old the newest copy is."""
        return self.now - self.backed_up_at if self.backed_up_at else None

    @property
    def prefect_age(self) -> timedelta | None:
        """How long ago Prefect last began a round."""
        return self.now - self.prefect_at if self.prefect_at else None

    @property
    def certificate_left(self) -> timedelta | None:
        """For how long the certificate that ends first may still sign; below zero: it ended."""
        return self.certificate_ends - self.now if self.certificate_ends else None


def upkeep_of(connection: Connection, now: datetime) -> Upkeep:
    """As it stands now."""
    ends = [(valid_until(each.certificate), each.holder) for each in upkeep.certificates_in_use(connection)]
    first = min(ends, default=None)
    return Upkeep(
        upkeep.last_backup(connection),
        upkeep.last_round_of_prefect(connection),
        first[1] if first else "",
        first[0] if first else None,
        now,
    )
