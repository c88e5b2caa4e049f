"""Secrets of the installation, sealed in the database, so that all its processes share them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select, update

from .sealing import Seal, is_sealed
from .tables.confirming import code_apps
from .tables.installation import installation_secrets
from .upsert import insert_new

# Opens only with the key by which everything else here was sealed.
TOUCHSTONE = "dau"


def secret_named(connection: Connection, name: str, seal: Seal) -> str | None:
    """The secret of this name; None where none was made, SEAL_UNKNOWN where it was sealed with another key."""
    wanted = select(installation_secrets.c.sealed).where(installation_secrets.c.name == name)
    sealed = connection.execute(wanted).scalar()
    return None if sealed is None else seal.open(sealed, name)


def is_sealed_already(connection: Connection) -> bool:
    """Whether this database has been sealed with some key."""
    mark = select(installation_secrets.c.name).where(installation_secrets.c.name == TOUCHSTONE)
    return connection.execute(mark).first() is not None


def keep_secret(connection: Connection, name: str, secret: str, seal: Seal, now: datetime) -> bool:
    """Keep a secret under a name that has none yet; False when somebody was first."""
    row = {"name": name, "sealed": seal.seal(secret, name), "made_at": now}
    added = insert_new(connection, installation_secrets).values(row).returning(installation_secrets.c.name)
    return connection.execute(added).first() is not None


def seal_everything(connection: Connection, seal: Seal, now: datetime) -> int:
    """Seal what lies open or under an older key, with the newest one; how many secrets that were.

    SEAL_UNKNOWN, and nothing is changed, where this key is not the one of the database.
    """
    if not keep_secret(connection, TOUCHSTONE, TOUCHSTONE, seal, now):
        secret_named(connection, TOUCHSTONE, seal)
    changed = 0
    for row in connection.execute(select(installation_secrets)).all():
        if not seal.is_current(row.sealed):
            again = seal.seal(seal.open(row.sealed, row.name), row.name)
            this = installation_secrets.c.name == row.name
            connection.execute(update(installation_secrets).where(this).values(sealed=again))
            changed += 1
    for row in connection.execute(select(code_apps.c.person_id, code_apps.c.secret)).all():
        if not seal.is_current(row.secret):
            purpose = purpose_of_app(row.person_id)
            plain = seal.open(row.secret, purpose) if is_sealed(row.secret) else row.secret
            mine = (code_apps.c.person_id == row.person_id, code_apps.c.secret == row.secret)
            connection.execute(update(code_apps).where(*mine).values(secret=seal.seal(plain, purpose)))
            changed += 1
    return changed


def purpose_of_app(person_id: int) -> str:
    """What the secret of a person's code app is sealed for."""
    return f"totp:{person_id}"
