"""Envelopes of electronic exchange: each message about a document once for each peer, sent under a lease."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, or_, select, update

from workflows.errors import NotFound

from .suspending import goes_on, office_of_document
from .tables.exchange import envelopes
from .tables.issuing import recipients
from .taking import locked_once
from .upsert import insert_new

OUT, IN = "out", "in"
# Names of the messages that are envelopes; every other message is a status code.
NEW, RECALL, UPDATE, REPLACE = "moi", "thu_hoi", "cap_nhat", "thay_the"
DOCUMENTS = (NEW, REPLACE)
UNSENT = ("pending", "retry")


@dataclass(frozen=True)
class Sealed:
    """An envelope as it is kept; `attempts` is also the fence: only the sender of this attempt may write its end."""

    id: int
    direction: str
    office_id: int
    peer: str
    document_id: str
    cited: str
    document_on: date
    title: str
    peer_name: str
    message: str
    detail: str | None
    recipient_id: int | None
    incoming_id: int | None
    content: bytes | None
    sha256: str
    state: str
    attempts: int
    made_at: datetime
    next_at: datetime | None
    lease_until: datetime | None
    sent_at: datetime | None
    error: str | None


def keep(connection: Connection, values: Mapping[str, Any]) -> int | None:
    """Keep an envelope; its id, or None when this message about this document is there already."""
    row = {**values, "sha256": hash_of(values["content"])}
    added = connection.execute(insert_new(connection, envelopes).values(row).returning(envelopes.c.id))
    return added.scalar_one_or_none()


def hash_of(content: bytes) -> str:
    """The SHA-256 of an envelope's bytes, in hexadecimal."""
    return sha256(content).hexdigest()


def sealed(connection: Connection, envelope_id: int, *, lock: bool = False) -> Sealed:
    """An envelope, or NotFound; with `lock` nobody else can change it until the transaction ends."""
    wanted = select(envelopes).where(envelopes.c.id == envelope_id)
    row = connection.execute(wanted.with_for_update() if lock else wanted).one_or_none()
    if row is None:
        raise NotFound("envelope", id=envelope_id)
    return Sealed(**row._mapping)


def find(  # noqa: PLR0917 - the key of a message
    connection: Connection, direction: str, office_id: int, peer: str, document_id: str, messages: Collection[str]
) -> Sealed | None:
    """The newest envelope with one of these messages about this document between the two."""
    wanted = (
        select(envelopes)
        .where(
            envelopes.c.direction == direction,
            envelopes.c.office_id == office_id,
            envelopes.c.peer == peer,
            envelopes.c.document_id == document_id,
            envelopes.c.message.in_(messages),
        )
        .order_by(envelopes.c.id.desc())
        .limit(1)
    )
    row = connection.execute(wanted).one_or_none()
    return Sealed(**row._mapping) if row else None


def offices_with(connection: Connection, peer: str, document_id: str) -> list[int]:
    """Our offices to which this peer sent this document."""
    wanted = select(envelopes.c.office_id).where(
        envelopes.c.direction == IN,
        envelopes.c.peer == peer,
        envelopes.c.document_id == document_id,
        envelopes.c.message.in_(DOCUMENTS),
    )
    return list(connection.scalars(wanted.order_by(envelopes.c.office_id)))


def waiting(connection: Connection, office_ids: Collection[int]) -> list[Sealed]:
    """What came in for these offices and waits for văn thư, oldest first."""
    wanted = select(envelopes).where(
        envelopes.c.direction == IN, envelopes.c.office_id.in_(office_ids), envelopes.c.state == "waiting"
    )
    return [Sealed(**row._mapping) for row in connection.execute(wanted.order_by(envelopes.c.id))]


def about_recipients(connection: Connection, recipient_ids: Collection[int]) -> list[Sealed]:
    """Every envelope and status, out and in, about these lines of Nơi nhận, oldest first; without their bytes."""
    columns = [each for each in envelopes.c if each.name != "content"]
    wanted = select(*columns).where(envelopes.c.recipient_id.in_(recipient_ids)).order_by(envelopes.c.id)
    return [Sealed(**row._mapping, content=None) for row in connection.execute(wanted)]


def of_recipient(connection: Connection, recipient_id: int, messages: Collection[str]) -> Sealed | None:
    """The newest envelope with one of these messages for this line of Nơi nhận."""
    wanted = select(envelopes).where(
        envelopes.c.direction == OUT, envelopes.c.recipient_id == recipient_id, envelopes.c.message.in_(messages)
    )
    row = connection.execute(wanted.order_by(envelopes.c.id.desc()).limit(1)).one_or_none()
    return Sealed(**row._mapping) if row else None


def of_incoming(connection: Connection, incoming_id: int) -> list[Sealed]:
    """The envelopes behind a line of the register of what comes in, oldest first."""
    wanted = select(envelopes).where(envelopes.c.incoming_id == incoming_id).order_by(envelopes.c.id)
    return [Sealed(**row._mapping) for row in connection.execute(wanted)]


def change(connection: Connection, envelope_id: int, *, only_from: Collection[str], **values: Any) -> bool:  # noqa: ANN401 - column values
    """Write these columns, only while the envelope is in one of these states; False when it is not."""
    moved = update(envelopes).where(envelopes.c.id == envelope_id, envelopes.c.state.in_(only_from))
    return bool(connection.execute(moved.values(**values)).rowcount)


def revive(connection: Connection, recipient_id: int, now: datetime) -> int:
    """Let the envelopes of this line that nobody tries any more be tried anew; how many they are."""
    dead = (envelopes.c.recipient_id == recipient_id, envelopes.c.direction == OUT, envelopes.c.state == "dead")
    fresh = {"state": "pending", "attempts": 0, "next_at": now, "error": None}
    return connection.execute(update(envelopes).where(*dead).values(**fresh)).rowcount


def unsealed(connection: Connection, limit: int) -> list[int]:
    """The lines of Nơi nhận that go by exchange and whose envelope is not made yet, oldest first."""
    made = select(envelopes.c.id).where(envelopes.c.recipient_id == recipients.c.id, envelopes.c.direction == OUT)
    wanted = select(recipients.c.id).where(
        recipients.c.channel == "edxml",
        recipients.c.status == "chua_gui",
        ~made.exists(),
        goes_on(office_of_document(recipients.c.subject, recipients.c.subject_id, recipients)),
    )
    return list(connection.scalars(wanted.order_by(recipients.c.id).limit(limit)))


def claim(connection: Connection, now: datetime, lease: timedelta, limit: int) -> list[Sealed]:
    """Take envelopes to send; until the lease is over nobody else gets them.

    About one document the messages leave in the order in which they were made: a recall never overtakes its document.
    """
    earlier = envelopes.alias()
    due = and_(envelopes.c.state.in_(UNSENT), envelopes.c.next_at <= now)
    orphaned = and_(envelopes.c.state == "sending", envelopes.c.lease_until <= now)
    overtaken = select(earlier.c.id).where(
        earlier.c.direction == OUT,
        earlier.c.office_id == envelopes.c.office_id,
        earlier.c.peer == envelopes.c.peer,
        earlier.c.document_id == envelopes.c.document_id,
        earlier.c.id < envelopes.c.id,
        earlier.c.state.in_((*UNSENT, "sending")),
    )
    wanted = select(envelopes.c.id).where(envelopes.c.direction == OUT, or_(due, orphaned), ~overtaken.exists())
    wanted = wanted.where(goes_on(envelopes.c.office_id))
    wanted = wanted.order_by(envelopes.c.attempts, envelopes.c.next_at, envelopes.c.id).limit(limit)
    taken = (
        update(envelopes)
        .where(envelopes.c.id.in_(locked_once(wanted)))
        .values(state="sending", attempts=envelopes.c.attempts + 1, lease_until=now + lease)
        .returning(envelopes)
    )
    return sorted((Sealed(**row._mapping) for row in connection.execute(taken)), key=lambda each: each.id)


def is_held(connection: Connection, taken: Sealed) -> bool:
    """Whether nobody else has taken the envelope since: what was claimed together may be sent long after."""
    return connection.execute(select(envelopes.c.id).where(*_mine(taken))).first() is not None


def finish(connection: Connection, taken: Sealed, **values: Any) -> bool:  # noqa: ANN401 - column values
    """Write how this attempt ended; False when the lease had passed to another sender."""
    ended = update(envelopes).where(*_mine(taken)).values(lease_until=None, **values)
    return bool(connection.execute(ended).rowcount)


def _mine(taken: Sealed) -> tuple[ColumnElement[bool], ...]:
    return envelopes.c.id == taken.id, envelopes.c.state == "sending", envelopes.c.attempts == taken.attempts
