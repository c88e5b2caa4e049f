"""How the installation is: the database, the sweeps, the letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import SQLAlchemyError

from workflows.store import clockwork, schema
from workflows.store.database import Database
from workflows.store.tables.telling import deliveries


def is_ready(database: Database) -> bool:
    """Whether the database answers and has the schema that this program wants."""
    try:
        with database.read() as connection:
            return schema.current(connection) == schema.newest()
    except SQLAlchemyError:
        return False


def letters_by_status(connection: Connection) -> dict[str, int]:
    """How many letters there are in each state."""
    wanted = select(deliveries.c.status, func.count().label("number")).group_by(deliveries.c.status)
    return {row.status: int(row.number) for row in connection.execute(wanted)}


@dataclass(frozen=True)
class Health:
    """What can be known without judging: whether the database answers, when sweeps began, how letters fare."""

    database: bool
    sweeps: Mapping[str, datetime] = field(default_factory=dict)
    failed_sweeps: Sequence[str] = ()
    letters: Mapping[str, int] = field(default_factory=dict)
    oldest_letter_due: datetime | None = None


def health_of(database: Database) -> Health:
    """The facts as they are now."""
    if not is_ready(database):
        return Health(database=False)
    with database.read() as connection:
        sweeps = {sweep.kind: sweep for sweep in clockwork.last_sweeps(connection)}
        letters = letters_by_status(connection)
        oldest = connection.execute(
            select(func.min(deliveries.c.next_at)).where(deliveries.c.status.in_(("pending", "retry")))
        ).scalar_one_or_none()
    return Health(
        database=True,
        sweeps={kind: sweep.started_at for kind, sweep in sweeps.items()},
        failed_sweeps=sorted(kind for kind, sweep in sweeps.items() if sweep.error),
        letters=letters,
        oldest_letter_due=oldest,
    )
