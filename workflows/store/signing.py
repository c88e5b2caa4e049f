"""Whose key is where, and orders to sign: ordered with the number, taken, retried, done once, or given up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, and_, insert, select, update

from workflows.errors import NotFound

from .clockwork import set_setting, setting
from .suspending import goes_on, office_of_document
from .tables.issuing import document_files, issued
from .tables.signing import check_codes, signing_keys, signing_orders

# Whoever takes an order and is not back after this long is taken for dead; the order is then taken anew.
LEASE = timedelta(minutes=10)
LONGEST_PAUSE = timedelta(hours=1)
# The setting that holds whom the offices trust (workflows/papers/signing/trust.py); without it nothing is signed.
TRUST = "signing_trust"
# The setting that holds the address at which people check documents; without it no code is printed.
CHECK_ADDRESS = "check_address"
PDF = "application/pdf"


@dataclass(frozen=True)
class SigningKey:
    """A person's or an office's key: where it is, its certificate (DER), and the picture of its signature."""

    id: int
    holder: str
    holder_id: int
    kind: str
    facts: Mapping[str, str]
    certificate: bytes
    certificate_sha256: str
    picture: bytes
    picture_mm: int
    registered_at: datetime
    registered_by: str | None
    retired_at: datetime | None


@dataclass(frozen=True)
class SigningOrder:
    """That exactly these bytes are to be signed in this role, and how far that came."""

    id: int
    subject: str
    subject_id: int
    role: str
    sha256: str
    key_id: int
    signer: str
    capacity: str
    state: str
    attempts: int
    next_at: datetime
    error: str | None
    file_id: int | None
    value_sha256: str | None
    ordered_at: datetime
    done_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether the signature is still to come."""
        return self.state in ("waiting", "signing")


def trust_of(connection: Connection) -> Mapping[str, Any] | None:
    """Whom the offices trust, as JSON; None where no signing is set up."""
    found: Mapping[str, Any] | None = setting(connection, TRUST)
    return found


def set_trust(connection: Connection, trust: Mapping[str, Any], at: datetime, by: str | None) -> None:
    """Set whom the offices trust."""
    set_setting(connection, TRUST, dict(trust), now=at, by=by)


def add_key(connection: Connection, values: Mapping[str, Any]) -> int:
    """Register a key; the one that its holder had before is retired."""
    holder = (signing_keys.c.holder == values["holder"], signing_keys.c.holder_id == values["holder_id"])
    connection.execute(
        update(signing_keys)
        .where(*holder, signing_keys.c.retired_at.is_(None))
        .values(retired_at=values["registered_at"])
    )
    digest = sha256(values["certificate"]).hexdigest()
    added = insert(signing_keys).values(**values, certificate_sha256=digest)
    return int(connection.execute(added.returning(signing_keys.c.id)).scalar_one())


def key_of(connection: Connection, holder: str, holder_id: int) -> SigningKey | None:
    """The key that this person or office signs with now."""
    row = connection.execute(
        select(signing_keys).where(
            signing_keys.c.holder == holder,
            signing_keys.c.holder_id == holder_id,
            signing_keys.c.retired_at.is_(None),
        )
    ).one_or_none()
    return None if row is None else SigningKey(**row._mapping)


def key(connection: Connection, key_id: int) -> SigningKey:
    """A key by its id, retired or not."""
    row = connection.execute(select(signing_keys).where(signing_keys.c.id == key_id)).one_or_none()
    if row is None:
        raise NotFound("signing_key", id=key_id)
    return SigningKey(**row._mapping)


def key_by_certificate(connection: Connection, certificate_sha256: str) -> SigningKey | None:
    """Whose certificate this is: by its own bytes, never by the name in it."""
    row = connection.execute(
        select(signing_keys)
        .where(signing_keys.c.certificate_sha256 == certificate_sha256)
        .order_by(signing_keys.c.id.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else SigningKey(**row._mapping)


def add_order(connection: Connection, values: Mapping[str, Any]) -> int:
    """Order a signature; the unique key lets one role sign a document once."""
    ordered = insert(signing_orders).values(**values, state="waiting", attempts=0)
    return int(connection.execute(ordered.returning(signing_orders.c.id)).scalar_one())


def order(connection: Connection, order_id: int) -> SigningOrder:
    """An order by its id, or NotFound."""
    row = connection.execute(select(signing_orders).where(signing_orders.c.id == order_id)).one_or_none()
    if row is None:
        raise NotFound("signing_order", id=order_id)
    return SigningOrder(**row._mapping)


def orders_of(connection: Connection, subject: str, subject_id: int) -> dict[str, SigningOrder]:
    """The orders of a document by role."""
    rows = connection.execute(
        select(signing_orders).where(signing_orders.c.subject == subject, signing_orders.c.subject_id == subject_id)
    )
    return {row.role: SigningOrder(**row._mapping) for row in rows}


def due_orders(connection: Connection, now: datetime, limit: int) -> Sequence[int]:
    """The ids of orders that may be tried now, oldest first; one whose signer died is due again after its lease."""
    wanted = (
        select(signing_orders.c.id)
        .where(signing_orders.c.state.in_(("waiting", "signing")), signing_orders.c.next_at <= now)
        .where(goes_on(office_of_document(signing_orders.c.subject, signing_orders.c.subject_id, signing_orders)))
        .order_by(signing_orders.c.next_at, signing_orders.c.id)
        .limit(limit)
    )
    return list(connection.scalars(wanted))


def open_orders(connection: Connection) -> list[SigningOrder]:
    """Every signature that is waited for, oldest first."""
    wanted = select(signing_orders).where(signing_orders.c.state.in_(("waiting", "signing")))
    return [SigningOrder(**row._mapping) for row in connection.execute(wanted.order_by(signing_orders.c.id))]


def take_order(connection: Connection, order_id: int, now: datetime) -> SigningOrder | None:
    """Take a due order for signing; None when somebody else did."""
    taken = (
        update(signing_orders)
        .where(
            signing_orders.c.id == order_id,
            signing_orders.c.state.in_(("waiting", "signing")),
            signing_orders.c.next_at <= now,
        )
        .values(state="signing", attempts=signing_orders.c.attempts + 1, next_at=now + LEASE)
        .returning(signing_orders)
    )
    row = connection.execute(taken).one_or_none()
    return None if row is None else SigningOrder(**row._mapping)


def finish_order(connection: Connection, taken: SigningOrder, file_id: int, value: str, now: datetime) -> bool:
    """Note the signed file; False when the order was taken anew or ended meanwhile: this result is to be dropped."""
    return _end(connection, taken, {"state": "done", "file_id": file_id, "value_sha256": value, "done_at": now})


def put_off(connection: Connection, taken: SigningOrder, error: str, now: datetime) -> bool:
    """The signature failed: try again after a pause that doubles from one minute up to an hour."""
    pause = min(timedelta(minutes=1 << min(taken.attempts - 1, 10)), LONGEST_PAUSE)
    return _end(connection, taken, {"state": "waiting", "error": error, "next_at": now + pause})


def give_up_order(connection: Connection, order_id: int, reason: str, now: datetime) -> bool:
    """Sign no more; False when it is signed already."""
    ended = (
        update(signing_orders)
        .where(signing_orders.c.id == order_id, signing_orders.c.state.in_(("waiting", "signing")))
        .values(state="given_up", error=reason, done_at=now)
    )
    return bool(connection.execute(ended).rowcount)


def hurry_orders(connection: Connection, subject: str, subject_id: int, now: datetime) -> None:
    """Try the waiting signatures of a document at once, whatever pause they were put off by."""
    connection.execute(
        update(signing_orders)
        .where(
            signing_orders.c.subject == subject,
            signing_orders.c.subject_id == subject_id,
            signing_orders.c.state == "waiting",
        )
        .values(next_at=now)
    )


def pdf_of(connection: Connection, subject: str, subject_id: int) -> str | None:
    """The SHA-256 of the document as PDF, frozen with its number; None when it has none."""
    frozen = select(issued.c.sha256).where(
        issued.c.subject == subject, issued.c.subject_id == subject_id, issued.c.media_type == PDF
    )
    kept = (
        select(document_files.c.sha256)
        .where(
            document_files.c.subject == subject,
            document_files.c.subject_id == subject_id,
            document_files.c.role == "pdf",
        )
        .order_by(document_files.c.id.desc())
        .limit(1)
    )
    found = connection.execute(frozen).scalar() or connection.execute(kept).scalar()
    return None if found is None else str(found)


def bytes_of(connection: Connection, subject: str, subject_id: int, digest: str) -> bytes:
    """The document's bytes with this SHA-256, checked against it; NotFound when they are not there or not the same."""
    kept = select(document_files.c.content).where(
        document_files.c.subject == subject,
        document_files.c.subject_id == subject_id,
        document_files.c.sha256 == digest,
    )
    frozen = select(issued.c.bytes).where(
        issued.c.subject == subject, issued.c.subject_id == subject_id, issued.c.sha256 == digest
    )
    found = connection.execute(kept.limit(1)).scalar() or connection.execute(frozen).scalar()
    if found is None or sha256(found).hexdigest() != digest:
        raise NotFound("document_bytes", subject=subject, id=subject_id)
    return bytes(found)


def document_with(connection: Connection, digest: str, values: Sequence[str]) -> tuple[str, int, bool] | None:
    """The document that these bytes are or belong to: by SHA-256 (True), else by a signature in them (False)."""
    frozen = select(issued.c.subject, issued.c.subject_id).where(issued.c.sha256 == digest)
    kept = select(document_files.c.subject, document_files.c.subject_id).where(
        document_files.c.sha256 == digest, document_files.c.role.in_(("signed", "sealed", "sealed_appendix"))
    )
    for wanted in (kept, frozen):
        row = connection.execute(wanted).first()
        if row is not None:
            return row.subject, row.subject_id, True
    row = connection.execute(
        select(signing_orders.c.subject, signing_orders.c.subject_id).where(
            signing_orders.c.value_sha256.in_(list(values))
        )
    ).first()
    return None if row is None else (row.subject, row.subject_id, False)


def keep_code(connection: Connection, code: str, subject: str, subject_id: int) -> None:
    """The code under which people check this document."""
    connection.execute(insert(check_codes).values(code=code, subject=subject, subject_id=subject_id))


def code_of(connection: Connection, subject: str, subject_id: int) -> str | None:
    """The code that is printed on this document."""
    return connection.execute(
        select(check_codes.c.code).where(check_codes.c.subject == subject, check_codes.c.subject_id == subject_id)
    ).scalar()


def document_by_code(connection: Connection, code: str) -> tuple[str, int] | None:
    """The document with this code."""
    row = connection.execute(select(check_codes).where(check_codes.c.code == code)).one_or_none()
    return None if row is None else (row.subject, row.subject_id)


def _end(connection: Connection, taken: SigningOrder, values: Mapping[str, Any]) -> bool:
    """Only whoever holds the order may end it: each taking counts, so one that was thought dead cannot come back."""
    mine = and_(
        signing_orders.c.id == taken.id,
        signing_orders.c.state == "signing",
        signing_orders.c.attempts == taken.attempts,
    )
    return bool(connection.execute(update(signing_orders).where(mine).values(**values)).rowcount)
