"""By what people prove who they are: passkeys, one code app each, and recovery codes; no secret is shown twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, or_, select, update

from .installation_secrets import purpose_of_app
from .sealing import Seal
from .tables.confirming import code_apps, passkeys, recovery_codes
from .upsert import insert_or_change


@dataclass(frozen=True)
class Passkey:
    """A passkey that a person registered; `public_key` is COSE."""

    id: int
    person_id: int
    credential: bytes
    public_key: bytes
    sign_count: int
    name: str
    added_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True)
class CodeApp:
    """A person's code app; it counts from `confirmed_at` on, and never a code at or before `last_counter`. `secret` is
    sealed."""

    person_id: int
    secret: str
    last_counter: int
    made_at: datetime
    confirmed_at: datetime | None

    def open(self, seal: Seal) -> str:
        """The secret that the app has; SEAL_UNKNOWN."""
        return seal.open(self.secret, purpose_of_app(self.person_id))


def passkeys_of(connection: Connection, person_id: int) -> list[Passkey]:
    """The passkeys that count, oldest first."""
    mine = (passkeys.c.person_id == person_id, passkeys.c.revoked_at.is_(None))
    return [
        Passkey(**row._mapping) for row in connection.execute(select(passkeys).where(*mine).order_by(passkeys.c.id))
    ]


def passkey_with(connection: Connection, credential: bytes) -> Passkey | None:
    """The passkey with this id, whoever has it and whether or not it still counts."""
    row = connection.execute(select(passkeys).where(passkeys.c.credential == credential)).one_or_none()
    return Passkey(**row._mapping) if row else None


def name_of_passkey(connection: Connection, passkey_id: int) -> str:
    """What its owner calls it, whether or not it still counts."""
    return str(connection.execute(select(passkeys.c.name).where(passkeys.c.id == passkey_id)).scalar_one())


def add_passkey(  # noqa: PLR0917 - the facts of a passkey
    connection: Connection,
    person_id: int,
    credential: bytes,
    public_key: bytes,
    sign_count: int,
    name: str,
    now: datetime,
) -> int:
    """Register a passkey; its id."""
    row = {"credential": credential, "public_key": public_key, "sign_count": sign_count, "name": name}
    added = insert(passkeys).values(row | {"person_id": person_id, "added_at": now})
    return int(connection.execute(added.returning(passkeys.c.id)).scalar_one())


def note_use(connection: Connection, passkey_id: int, sign_count: int, now: datetime) -> bool:
    """The passkey was used; False when its counter went back, which a copied key would show (WebAuthn 7.2)."""
    ahead = or_(passkeys.c.sign_count < sign_count, (passkeys.c.sign_count == 0) & (sign_count == 0))
    mine = (passkeys.c.id == passkey_id, passkeys.c.revoked_at.is_(None), ahead)
    used = update(passkeys).where(*mine).values(sign_count=sign_count, used_at=now)
    return connection.execute(used).rowcount == 1


def revoke_passkey(connection: Connection, person_id: int, passkey_id: int, now: datetime) -> bool:
    """Take a passkey back; False when it is not the person's or was taken back before."""
    mine = (passkeys.c.id == passkey_id, passkeys.c.person_id == person_id, passkeys.c.revoked_at.is_(None))
    return connection.execute(update(passkeys).where(*mine).values(revoked_at=now)).rowcount == 1


def code_app(connection: Connection, person_id: int) -> CodeApp | None:
    """The person's code app, confirmed or not yet."""
    row = connection.execute(select(code_apps).where(code_apps.c.person_id == person_id)).one_or_none()
    return CodeApp(**row._mapping) if row else None


def begin_code_app(connection: Connection, seal: Seal, person_id: int, secret: str, now: datetime) -> None:
    """Give the person a new secret for an app; it is kept sealed, and counts once a first code was typed."""
    sealed = seal.seal(secret, purpose_of_app(person_id))
    row = {"person_id": person_id, "secret": sealed, "last_counter": 0, "made_at": now, "confirmed_at": None}
    changed = ["secret", "last_counter", "made_at", "confirmed_at"]
    connection.execute(insert_or_change(connection, code_apps, ["person_id"], changed).values(row))


def confirm_code_app(connection: Connection, person_id: int, now: datetime) -> None:
    """From now on the app counts."""
    connection.execute(update(code_apps).where(code_apps.c.person_id == person_id).values(confirmed_at=now))


def take_counter(connection: Connection, person_id: int, counter: int) -> bool:
    """Use up the code of this counter and all before it; False when one as new was used already (a replay)."""
    newer = (code_apps.c.person_id == person_id, code_apps.c.last_counter < counter)
    return connection.execute(update(code_apps).where(*newer).values(last_counter=counter)).rowcount == 1


def remove_code_app(connection: Connection, person_id: int) -> bool:
    """Forget the app and the codes that stand in for it; False when there was none that counted."""
    gone = delete(code_apps).where(code_apps.c.person_id == person_id).returning(code_apps.c.confirmed_at)
    confirmed = connection.execute(gone).scalar()
    connection.execute(delete(recovery_codes).where(recovery_codes.c.person_id == person_id))
    return confirmed is not None


def keep_recovery_codes(connection: Connection, person_id: int, hashes: Sequence[str], now: datetime) -> None:
    """Replace the recovery codes of the person."""
    connection.execute(delete(recovery_codes).where(recovery_codes.c.person_id == person_id))
    connection.execute(
        insert(recovery_codes), [{"person_id": person_id, "code_hash": each, "made_at": now} for each in hashes]
    )


def take_recovery_code(connection: Connection, person_id: int, code_hash: str, now: datetime) -> bool:
    """Use a recovery code up; False when there is no such code or it was used."""
    mine = (
        recovery_codes.c.person_id == person_id,
        recovery_codes.c.code_hash == code_hash,
        recovery_codes.c.used_at.is_(None),
    )
    return connection.execute(update(recovery_codes).where(*mine).values(used_at=now)).rowcount == 1


def recovery_codes_left(connection: Connection, person_id: int) -> int:
    """How many recovery codes are unused."""
    left = (recovery_codes.c.person_id == person_id, recovery_codes.c.used_at.is_(None))
    return int(connection.execute(select(func.count()).select_from(recovery_codes).where(*left)).scalar_one())
