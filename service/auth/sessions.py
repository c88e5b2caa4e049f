"""Sessions and remembered devices: opaque cookies, hashes at rest, a new session at each sign-in, a real end."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from service.settings import Settings
from workflows.store import accounts

from .form_tokens import digest

# A page is not worth a write: "last seen" moves at most this often.
SEEN_EVERY = timedelta(minutes=1)


def find_session(connection: Connection, cookie: str, now: datetime, settings: Settings) -> accounts.Session | None:
    """The session of this cookie, unless it ended, was idle for too long, or its person was shut out."""
    session = accounts.live_session(connection, digest(cookie), now)
    if session is None or session.seen_at + timedelta(minutes=settings.session_idle_minutes) <= now:
        return None
    return session


def is_due_to_touch(session: accounts.Session, now: datetime) -> bool:
    """Whether the instant of the last page should be written again."""
    return session.seen_at + SEEN_EVERY <= now


def start_session(  # noqa: PLR0917 - what is judged together
    connection: Connection, account: accounts.Account, cookie: str, form_token: str, now: datetime, settings: Settings
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
    accounts.open_session(connection, session, None)
    return session


def device_person(connection: Connection, cookie: str, now: datetime, settings: Settings) -> int | None:
    """The person who used this browser before, if it is remembered."""
    return accounts.person_of_device(connection, digest(cookie), now - timedelta(days=settings.device_days))
