"""Tokens of machines: made, found by the hash of their secret, revoked; a secret itself is never here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select, update

from workflows.errors import NotFound, Refused

from .tables.machines import api_tokens

# A call is not worth a write: "last used" moves at most this often.
USED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class ApiToken:
    """A token without its secret; `scopes` names topics, messages and signals, and says whether it administers.

    One with a `person_id` acts as this person, by whatever rights they hold when it is used, and has no scopes.
    """

    id: int
    name: str
    scopes: Mapping[str, Any]
    office_id: int | None
    created_at: datetime
    created_by: str | None
    expires_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None
    person_id: int | None = None

    def is_good(self, now: datetime) -> bool:
        """Whether it opens anything at this instant."""
        return self.revoked_at is None and now < self.expires_at


_SHOWN = [api_tokens.c[name] for name in ApiToken.__dataclass_fields__]


def add_token(  # noqa: PLR0917 - the columns of one row
    connection: Connection,
    name: str,
    secret_hash: str,
    scopes: Mapping[str, Any],
    office_id: int | None,
    now: datetime,
    expires_at: datetime,
    by: str | None,
    person_id: int | None = None,
) -> ApiToken:
    """Keep a new token; TOKEN_NAME_TAKEN where the name stands in the list already, revoked or not."""
    if connection.execute(select(api_tokens.c.id).where(api_tokens.c.name == name)).first() is not None:
        raise Refused("TOKEN_NAME_TAKEN", name=name)
    row = {"name": name, "hash": secret_hash, "scopes": dict(scopes), "office_id": office_id, "created_at": now}
    row |= {"created_by": by, "expires_at": expires_at, "person_id": person_id}
    added = connection.execute(insert(api_tokens).values(row).returning(*_SHOWN)).one()
    return ApiToken(**added._mapping)


def token_by_hash(connection: Connection, secret_hash: str) -> ApiToken | None:
    """The token of this secret, good or not; None when there is none."""
    row = connection.execute(select(*_SHOWN).where(api_tokens.c.hash == secret_hash)).one_or_none()
    return ApiToken(**row._mapping) if row else None


def all_tokens(connection: Connection) -> list[ApiToken]:
    """Every token that was ever made, oldest first."""
    return [ApiToken(**row._mapping) for row in connection.execute(select(*_SHOWN).order_by(api_tokens.c.id))]


def good_tokens_of(connection: Connection, made_by: str, office_id: int) -> list[ApiToken]:
    """The tokens of this office that somebody of this name made and that were not revoked, oldest first."""
    theirs = (
        api_tokens.c.created_by == made_by,
        api_tokens.c.office_id == office_id,
        api_tokens.c.revoked_at.is_(None),
    )
    rows = connection.execute(select(*_SHOWN).where(*theirs).order_by(api_tokens.c.id))
    return [ApiToken(**row._mapping) for row in rows]


def own_tokens(connection: Connection, person_id: int, now: datetime) -> list[ApiToken]:
    """The good tokens that act as this person, oldest first."""
    theirs = (api_tokens.c.person_id == person_id, api_tokens.c.revoked_at.is_(None), api_tokens.c.expires_at > now)
    rows = connection.execute(select(*_SHOWN).where(*theirs).order_by(api_tokens.c.id))
    return [ApiToken(**row._mapping) for row in rows]


def revoke_own_tokens(connection: Connection, person_id: int, now: datetime, token_id: int | None = None) -> int:
    """End the tokens that act as this person, or one of them; how many that were."""
    theirs = [api_tokens.c.person_id == person_id, api_tokens.c.revoked_at.is_(None)]
    if token_id is not None:
        theirs.append(api_tokens.c.id == token_id)
    return connection.execute(update(api_tokens).where(*theirs).values(revoked_at=now)).rowcount


def revoke_token(connection: Connection, name: str, now: datetime) -> ApiToken:
    """End a token for good; the first revocation stays. NotFound when no token has this name."""
    this = api_tokens.c.name == name
    connection.execute(update(api_tokens).where(this, api_tokens.c.revoked_at.is_(None)).values(revoked_at=now))
    row = connection.execute(select(*_SHOWN).where(this)).one_or_none()
    if row is None:
        raise NotFound("token", name=name)
    return ApiToken(**row._mapping)


def is_due_to_note(token: ApiToken, now: datetime) -> bool:
    """Whether the instant of the last use should be written again."""
    return token.last_used_at is None or token.last_used_at + USED_EVERY <= now


def note_use(connection: Connection, token_id: int, now: datetime) -> None:
    """Keep when a token was last used."""
    connection.execute(update(api_tokens).where(api_tokens.c.id == token_id).values(last_used_at=now))
