"""Whether anybody would get to know what a body is asked: a person in one of its posts, or its own mailbox."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from workflows.store import directory


def can_be_reached(connection: Connection, body: directory.Body, today: date) -> bool:
    """Whether an officer or the head holds a post there today, or the body answers by mail."""
    if body.is_guest and body.email:
        return True
    return any(directory.holders_of(connection, f"{role}@{body.id}", today) for role in ("can_bo", "thu_truong"))
