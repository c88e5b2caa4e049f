"""How the installation is: the database, the sweeps, the letters."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from workflows.store import clockwork, schema
from workflows.store.database import Database
from workflows.store.tables.telling import deliveries

SWEEP_MAY_BE = timedelta(minutes=5)


def is_ready(database: Database) -> bool:
    """Whether the database answers and has the schema that this program wants."""
    try:
        with database.read() as connection:
            return schema.current(connection) == schema.newest()
    except SQLAlchemyError:
        return False


def health_of(database: Database, now: datetime) -> dict[str, Any]:
    """Facts by name; `ok` is False when the database is wrong, a sweep is old or letters are dead."""
    if not is_ready(database):
        return {"ok": False, "database": False}
    with database.read() as connection:
        sweeps = {sweep.kind: sweep for sweep in clockwork.last_sweeps(connection)}
        letters = {
            row.status: int(row.number)
            for row in connection.execute(
                select(deliveries.c.status, func.count().label("number")).group_by(deliveries.c.status)
            )
        }
        oldest = connection.execute(
            select(func.min(deliveries.c.next_at)).where(deliveries.c.status.in_(("pending", "retry")))
        ).scalar_one_or_none()
    late = sorted(kind for kind, sweep in sweeps.items() if sweep.started_at + SWEEP_MAY_BE < now or sweep.error)
    return {
        "ok": not late and not letters.get("dead"),
        "database": True,
        "sweeps": {kind: sweep.started_at.isoformat() for kind, sweep in sweeps.items()},
        "late_sweeps": late,
        "letters": letters,
        "oldest_letter_due": oldest.isoformat() if oldest else None,
    }
