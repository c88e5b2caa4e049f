"""From the outbox to the addressees: noted once, written when it is time, sent until it arrives; twice is once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from workflows.store import notices, telling
from workflows.store.database import Database

from .channels.channel import Channel
from .digests import call_digests, digest_readers
from .note import note
from .send import LIMIT, Delivered, send_due
from .write_letters import Desk, gather, is_alone, write_letter


def deliver(
    database: Database,
    now: datetime,
    channel: Channel | None,
    *,
    base_url: str,
    tokens: Callable[[], str],
    limit: int = LIMIT,
    others: Sequence[Channel] = (),
) -> Delivered:
    """Address what is to be told and send what is due; what could not be addressed does not keep letters from going.

    `channel` carries mail (None: no mail server is set, and letters wait); each of `others` is a way of its own.
    """
    try:
        address(database, now, base_url=base_url, tokens=tokens, limit=limit)
    finally:
        delivered = send_due(database, now, channel, limit=limit, others=others)
    return delivered


def address(database: Database, now: datetime, *, base_url: str, tokens: Callable[[], str], limit: int = LIMIT) -> int:
    """Note up to `limit` occasions, oldest first, and write the letters whose time has come; how many letters.

    Each is a transaction of its own. What cannot be noted or written stays for the next time; the others are not kept
    waiting, and all failures are raised together at the end.
    """
    failures: list[Exception] = []
    desk = Desk(base_url, tokens)
    with database.read() as connection:
        wanted = digest_readers(connection)
    if wanted:
        with database.write() as connection:
            call_digests(connection, now)
    written = _note(database, now, desk, limit, failures)
    written += _write(database, now, desk, limit, failures)
    if failures:
        raise ExceptionGroup("some occasions could not be addressed", failures)
    return written


def _note(database: Database, now: datetime, desk: Desk, limit: int, failures: list[Exception]) -> int:
    """Note each occasion, and write at once what will not be gathered with others."""
    written = 0
    with database.read() as connection:
        waiting = telling.unaddressed(connection, limit)
    for occasion in waiting:
        try:
            with database.write() as connection:
                if telling.addressed(connection, occasion.id, now):
                    heard = note(connection, occasion, now)
                    for notice in filter(is_alone, notices.due_of_occasion(connection, occasion.id, now)):
                        written += write_letter(connection, [notice], now, desk, heard)
        except Exception as failure:
            failure.add_note(f"outbox {occasion.id}: {occasion.kind} {occasion.key}")
            failures.append(failure)
    return written


def _write(database: Database, now: datetime, desk: Desk, limit: int, failures: list[Exception]) -> int:
    with database.read() as connection:
        groups = gather(notices.due_notices(connection, now, limit))
    written = 0
    for group in groups:
        try:
            with database.write() as connection:
                written += write_letter(connection, group, now, desk)
        except Exception as failure:
            failure.add_note(f"notice {group[0].id}: {group[0].reason} {group[0].matter}")
            failures.append(failure)
    return written
