"""After a restore nothing leaves the house and no number is given until somebody has said what the copy lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, func, insert, select, update

from .books import ARRIVALS
from .clockwork import EVERY_OFFICE
from .health import last_swept
from .issuing import enter
from .local_days import local_day
from .tables.clockwork import settings
from .tables.directory import bodies
from .tables.issuing import counters
from .tables.telling import deliveries, outbox
from .upsert import insert_or_change

QUARANTINE: Final = "quarantine"  # the setting that is there as long as the quarantine lasts
UNSENT = ("pending", "retry", "sending")


@dataclass(frozen=True)
class Quarantine:
    """When the copy was restored, and the time of the last thing in it: what was done between the two is lost."""

    restored_at: datetime
    copy_ends_at: datetime | None


@dataclass(frozen=True)
class LastNumber:
    """The last number of a series (the book's symbol, "KH-UBND") of an office in a year that the copy knows."""

    office_id: int
    office: str
    series: str
    year: int
    last: int


def begin_quarantine(connection: Connection, now: datetime) -> None:
    """Note that this database was restored just now; works on the schema of every version."""
    ends = [each for each in (last_swept(connection), connection.scalar(select(func.max(outbox.c.at)))) if each]
    value = {"restored_at": now.isoformat(), "copy_ends_at": max(ends).isoformat() if ends else None}
    row = {"office_id": EVERY_OFFICE, "key": QUARANTINE, "value": value, "changed_at": now, "changed_by": None}
    end_quarantine(connection)
    connection.execute(insert(settings).values(row))


def quarantine_of(connection: Connection) -> Quarantine | None:
    """The quarantine in which this database is; None: the usual state."""
    mine = (settings.c.office_id == EVERY_OFFICE, settings.c.key == QUARANTINE)
    found = connection.execute(select(settings.c.value).where(*mine)).scalar_one_or_none()
    if found is None:
        return None
    ends = found["copy_ends_at"]
    return Quarantine(datetime.fromisoformat(found["restored_at"]), datetime.fromisoformat(ends) if ends else None)


def end_quarantine(connection: Connection) -> None:
    """Back to the usual state."""
    connection.execute(settings.delete().where(settings.c.office_id == EVERY_OFFICE, settings.c.key == QUARANTINE))


def last_numbers(connection: Connection) -> list[LastNumber]:
    """The last number of each series of outgoing documents that the copy knows, newest year first.

    Documents that came in are entered anew in the order of their stamps, and so get the same numbers by themselves.
    """
    wanted = (
        select(counters.c.office_id, bodies.c.name.label("office"), counters.c.series, counters.c.year, counters.c.last)
        .join(bodies, bodies.c.id == counters.c.office_id)
        .where(counters.c.series != ARRIVALS)
        .order_by(counters.c.year.desc(), counters.c.office_id, counters.c.series)
    )
    return [LastNumber(**row._mapping) for row in connection.execute(wanted)]


def keep_lost_numbers(
    connection: Connection, known: LastNumber, last: int, at: datetime, words: tuple[str, str]
) -> Sequence[int]:
    """Enter the numbers that were given after the copy as given up, so that none is given twice; which they are.

    `words` are the title of their lines and the reason; the clerk completes each from the paper.
    """
    title, reason = words
    lost = range(known.last + 1, last + 1)
    line = {"office_id": known.office_id, "series": known.series, "year": known.year, "symbol": known.series}
    line |= {
        "title": title,
        "document_on": local_day(at),
        "status": "given_up",
        "given_up_reason": reason,
        "entered_at": at,
    }
    for number in lost:
        enter(connection, {**line, "number": number})
    counter = {"office_id": known.office_id, "series": known.series, "year": known.year, "last": max(known.last, last)}
    upsert = insert_or_change(connection, counters, ("office_id", "series", "year"), ("last",))
    connection.execute(upsert.values(counter))
    return lost


def count_unsent(connection: Connection) -> int:
    """How many letters would leave."""
    wanted = select(func.count()).select_from(deliveries).where(deliveries.c.status.in_(UNSENT))
    return int(connection.execute(wanted).scalar_one())


def hold_unsent(connection: Connection, reason: str) -> int:
    """Give up every letter that has not left, under its identity, so that a person may send it again; how many."""
    held = update(deliveries).where(deliveries.c.status.in_(UNSENT))
    return connection.execute(held.values(status="dead", lease_until=None, error=reason)).rowcount
