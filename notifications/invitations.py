"""An invitation: a link in a letter lets one person choose the password of their account, once and for some days."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from workflows.errors import Refused
from workflows.store import accounts, directory, links
from workflows.store.database import losing_is_stale
from workflows.store.directory import Person
from workflows.store.links import Link
from workflows.store.local_days import local_day

from .links import hash_of

VALID = timedelta(days=7)
PATH = "/loi-moi/{}"


def make(connection: Connection, token: str, person_id: int, now: datetime) -> str:
    """Keep a new invitation, which ends all earlier ones of the person, and return its path; only a hash is kept."""
    links.revoke_links_of(connection, person_id, now)
    links.add_link(
        connection,
        token_hash=hash_of(token),
        purpose="account",
        made_at=now,
        expires_at=now + VALID,
        person_id=person_id,
    )
    return PATH.format(token)


def invited(connection: Connection, token: str, now: datetime) -> Person:
    """Who is invited by this token.

    Refused: LINK_UNKNOWN; INVITATION_USED, INVITATION_OVER (also for one that was taken back, or of somebody who left).
    """
    return directory.person(connection, _person_of(connection, _link(connection, token), now))


def accept(connection: Connection, token: str, password_hash: str, now: datetime) -> int:
    """Use the invitation up: the person signs in under their address with this password from now on; who it is.

    Refused as by `invited`; Stale where the name to sign in with was taken meanwhile.
    """
    link = _link(connection, token)
    person_id = _person_of(connection, link, now)
    # The barrier against two presses at once: only one of them uses the link up.
    if not links.use_link(connection, link.token_hash, now):
        raise Refused("INVITATION_USED")
    with losing_is_stale():
        login = login_of(directory.person(connection, person_id))
        accounts.add_account(connection, person_id, login, password_hash)
    return person_id


def login_of(person: Person) -> str:
    """The name under which somebody who is invited signs in: the address that the letter went to."""
    return (person.email or "").casefold()


def _link(connection: Connection, token: str) -> Link:
    link = links.find_link(connection, hash_of(token))
    if link is None or link.purpose != "account":
        raise Refused("LINK_UNKNOWN")
    return link


def _person_of(connection: Connection, link: Link, now: datetime) -> int:
    assert link.person_id is not None, "an invitation is for a person"
    if link.used_at is not None or accounts.account_of(connection, link.person_id) is not None:
        raise Refused("INVITATION_USED")
    left_on = directory.person(connection, link.person_id).left_on
    if link.state(now) != "usable" or (left_on is not None and left_on <= local_day(now)):
        raise Refused("INVITATION_OVER")
    return link.person_id
