"""Let a machine in, and shut it out: a token for named topics, messages and signals, of one office or of all.

A person lets programs act as themselves; such a token opens what the person may do when it is used, and signs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from workflows.engine.actor import EVERY_GROUP, Actor
from workflows.errors import NotFound, Refused
from workflows.store import api_tokens, directory
from workflows.store.api_tokens import ApiToken

from .administration import ADMINISTRATOR, MACHINE, WORKER, require_administrator
from .desk import Desk
from .security_changes import tell_of_security

LONGEST_LIFE = timedelta(days=730)
LONGEST_OWN_LIFE = timedelta(days=365)
LONGEST_NAME = 100
MOST_OWN = 10  # good tokens of one person
ADMIN_CHANNEL = "api"


@dataclass(frozen=True)
class Scopes:
    """What a token is for: names, `*` for every name; `admin` for deploying and for looking after cases."""

    topics: Sequence[str] = ()
    messages: Sequence[str] = ()
    signals: Sequence[str] = ()
    admin: bool = False


def create_token(
    desk: Desk, name: str, secret: str, scopes: Scopes, *, office_id: int | None, lasts: timedelta
) -> ApiToken:
    """Keep a token for this secret, of which only the hash stays.

    Refused: NOT_YOURS, FIELD_REQUIRED, TOO_LONG, NO_SCOPE, BAD_FIELD for a life beyond two years, TOKEN_NAME_TAKEN;
    NotFound for an office that is none.
    """
    require_administrator(desk.by, office_id)
    if not desk.by.is_system and office_id is None:
        raise Refused("NOT_YOURS", office=None)
    _require_name(name)
    if not (scopes.topics or scopes.messages or scopes.signals or scopes.admin):
        raise Refused("NO_SCOPE")
    if not timedelta() < lasts <= LONGEST_LIFE:
        raise Refused("BAD_FIELD", field="so_ngay_hieu_luc", value=lasts.days)
    kept = {"topics": list(scopes.topics), "messages": list(scopes.messages), "signals": list(scopes.signals)}
    with desk.open() as work:
        if office_id is not None and directory.body(work.connection, office_id).kind != "office":
            raise NotFound("office", id=office_id)
        return api_tokens.add_token(
            work.connection,
            name.strip(),
            token_hash(secret),
            {**kept, "admin": scopes.admin},
            office_id,
            work.now,
            work.now + lasts,
            work.by.name,
        )


def create_own_token(desk: Desk, name: str, secret: str, lasts: timedelta) -> ApiToken:
    """Keep a token with which a program acts as the actor; the shell has checked that it is they.

    Refused: NOT_SIGNED_IN, FIELD_REQUIRED, TOO_LONG, BAD_FIELD for a life beyond a year, TOO_MANY_TOKENS,
    TOKEN_NAME_TAKEN (a name is never used twice by one person).
    """
    if desk.by.person is None:
        raise Refused("NOT_SIGNED_IN")
    _require_name(name)
    if not timedelta() < lasts <= LONGEST_OWN_LIFE:
        raise Refused("BAD_FIELD", field="so_ngay_hieu_luc", value=lasts.days)
    person_id, no_scopes = int(desk.by.person), {"topics": [], "messages": [], "signals": [], "admin": False}
    with desk.open() as work:
        if len(api_tokens.own_tokens(work.connection, person_id, work.now)) >= MOST_OWN:
            raise Refused("TOO_MANY_TOKENS", most=MOST_OWN)
        tell_of_security(work.connection, person_id, "program_added", token_hash(secret), work.now, name.strip())
        return api_tokens.add_token(
            work.connection,
            f"{person_id}/{name.strip()}",
            token_hash(secret),
            no_scopes,
            None,
            work.now,
            work.now + lasts,
            work.by.name,
            person_id,
        )


def revoke_own_token(desk: Desk, token_id: int) -> None:
    """Shut a program of one's own out at once; NotFound for a token that is not the actor's."""
    with desk.open() as work:
        if not api_tokens.revoke_own_tokens(work.connection, int(work.by.person or 0), work.now, token_id):
            raise NotFound("token", id=token_id)


def revoke_token(desk: Desk, name: str) -> ApiToken:
    """Shut a token out for good, at once; NotFound, NOT_YOURS."""
    with desk.open() as work:
        token = api_tokens.revoke_token(work.connection, name, work.now)
        require_administrator(work.by, token.office_id)
        return token


def token_hash(secret: str) -> str:
    """What is kept of a secret; it has at least 128 bits of chance, so a plain hash is enough."""
    return sha256(secret.encode()).hexdigest()


def worker_of(token: ApiToken) -> Actor:
    """The worker that a token lets in; OUT_OF_SCOPE for a token that acts as a person."""
    if token.person_id is not None:
        raise Refused("OUT_OF_SCOPE", kind="worker", name=token.name)
    grants = {
        f"{kind}:{name}"
        for kind, names in (("topic", "topics"), ("message", "messages"), ("signal", "signals"))
        for name in token.scopes[names]
    }
    # A token of the whole installation reaches every office by name, but nothing that its scopes do not say.
    office = f"{MACHINE}@{EVERY_GROUP if token.office_id is None else token.office_id}"
    return Actor(None, token.name, channel=WORKER, groups=frozenset({*grants, office}))


def administrator_of(token: ApiToken) -> Actor:
    """The administrator that a token lets in; OUT_OF_SCOPE where it was not made for that."""
    if not token.scopes["admin"]:
        raise Refused("OUT_OF_SCOPE", kind="admin", name=token.name)
    group = EVERY_GROUP if token.office_id is None else f"{ADMINISTRATOR}@{token.office_id}"
    return Actor(None, token.name, channel=ADMIN_CHANNEL, groups=frozenset({group}))


def _require_name(name: str) -> None:
    if not name.strip():
        raise Refused("FIELD_REQUIRED", field="ten_ma")
    if len(name) > LONGEST_NAME:
        raise Refused("TOO_LONG", field="ten_ma")
