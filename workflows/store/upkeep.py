"""What keeps the house going and leaves its trace here: backups, rounds by Prefect, certificates, dead letters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, case, func, select

from .clockwork import set_setting, setting
from .tables.clockwork import sweeps
from .tables.directory import bodies, people
from .tables.signing import signing_keys
from .tables.telling import deliveries, outbox

LAST_BACKUP: Final = "last_backup"  # the setting with the instant of the newest copy


@dataclass(frozen=True)
class KeptCertificate:
    """The certificate (DER) of a key in use, and the name of the person or office whose key it is."""

    holder: str
    certificate: bytes


@dataclass(frozen=True)
class DeadLetters:
    """How many letters of one office are given up on one way, and why the newest of them; None: of no office."""

    office_id: int | None
    office: str | None
    channel: str
    number: int
    error: str | None


def note_backup(connection: Connection, now: datetime) -> None:
    """A whole copy of the database was made."""
    set_setting(connection, LAST_BACKUP, now.isoformat(), now=now, by=None)


def last_backup(connection: Connection) -> datetime | None:
    """When the newest copy was made by our own command; None: never."""
    found = setting(connection, LAST_BACKUP)
    return datetime.fromisoformat(found) if isinstance(found, str) else None


def last_round_of_prefect(connection: Connection) -> datetime | None:
    """When Prefect last began a sweep; None: it never did, or others have done the work of all since."""
    at: datetime | None = connection.scalar(
        select(sweeps.c.started_at).where(sweeps.c.runner == "prefect").order_by(sweeps.c.started_at.desc()).limit(1)
    )
    return at


def certificates_in_use(connection: Connection) -> list[KeptCertificate]:
    """The certificates of the keys that people and offices sign with now."""
    holder = case((signing_keys.c.holder == "office", bodies.c.name), else_=people.c.name)
    wanted = (
        select(holder.label("holder"), signing_keys.c.certificate)
        .outerjoin(bodies, bodies.c.id == signing_keys.c.holder_id)
        .outerjoin(people, people.c.id == signing_keys.c.holder_id)
        .where(signing_keys.c.retired_at.is_(None))
    )
    return [KeptCertificate(row.holder or "", row.certificate) for row in connection.execute(wanted)]


def dead_letters(connection: Connection) -> list[DeadLetters]:
    """What was given up, by office and way, most first."""
    counted = (
        select(
            outbox.c.office_id,
            deliveries.c.channel,
            func.count().label("number"),
            func.max(deliveries.c.id).label("newest"),
        )
        .join(outbox, outbox.c.id == deliveries.c.outbox_id)
        .where(deliveries.c.status == "dead")
        .group_by(outbox.c.office_id, deliveries.c.channel)
        .subquery()
    )
    wanted = (
        select(
            counted.c.office_id, bodies.c.name.label("office"), counted.c.channel, counted.c.number, deliveries.c.error
        )
        .join(deliveries, deliveries.c.id == counted.c.newest)
        .outerjoin(bodies, bodies.c.id == counted.c.office_id)
        .order_by(counted.c.number.desc(), counted.c.newest.desc())
    )
    return [DeadLetters(**row._mapping) for row in connection.execute(wanted)]
