"""Sessions and remembered devices: opaque cookies, hashes at rest, a new session at each sign-in, a real end."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from service.settings import Settings
from workflows.store import accounts

from .form_tokens import digest

# A page is not worth a write: "last seen" moves at most this often.
SEEN_EVERY = timedelta(minutes=1)
# How long a replaced cookie still counts: the second tap of a double tap carries it.
GRACE = timedelta(seconds=20)
# How long a person who has just proved who they are may change keys and codes.
CONFIRMED = timedelta(minutes=10)
# Machines of one house differ by less: what is further ahead was written by a clock that was wrong, and counts not.
AHEAD = timedelta(minutes=5)
LONGEST_LABEL = 120


def find_session(connection: Connection, cookie: str, now: datetime, settings: Settings) -> accounts.Session | None:
    """The session of this cookie, unless it ended, was idle for too long, is of a time to come, or its person was shut
    out."""
    session = accounts.live_session(connection, digest(cookie), now)
    idle = timedelta(minutes=settings.session_idle_minutes)
    if session is None or not now - idle < session.seen_at <= now + AHEAD:
        return None
    return session


def is_due_to_touch(session: accounts.Session, now: datetime) -> bool:
    """Whether the instant of the last page should be written again."""
    return session.seen_at + SEEN_EVERY <= now


def start_session(  # noqa: PLR0917 - what is judged together
    connection: Connection,
    account: accounts.Account,
    cookie: str,
    form_token: str,
    now: datetime,
    settings: Settings,
    label: str = "",
) -> accounts.Session:
    """Sign a person in under this new cookie."""
    session = accounts.Session(
        digest(cookie),
        account.person_id,
        account.person_name,
        form_token,
        now,
        now,
        now + timedelta(hours=settings.session_hours),
    )
    accounts.open_session(connection, session, label_of(label))
    return session


def renew_session(
    connection: Connection, session: accounts.Session, cookie: str, now: datetime, *, confirmed: bool
) -> accounts.Session:
    """Go on under a new cookie after the person proved anew who they are; pages that are open stay usable."""
    return accounts.replace_session(connection, session, digest(cookie), now, now + GRACE, confirmed=confirmed)


def is_confirmed(session: accounts.Session, now: datetime) -> bool:
    """Whether the person proved who they are a moment ago, so that keys and codes may be changed."""
    return session.confirmed_at is not None and -AHEAD <= now - session.confirmed_at < CONFIRMED


def label_of(user_agent: str) -> str | None:
    """What a browser calls itself, to be shown to its owner."""
    return user_agent[:LONGEST_LABEL] or None


def device_person(connection: Connection, cookie: str, now: datetime, settings: Settings) -> int | None:
    """The person who used this browser before, if it is remembered."""
    return accounts.person_of_device(connection, digest(cookie), now - timedelta(days=settings.device_days), now)
