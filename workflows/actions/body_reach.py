"""Whether anybody would get to know what a body is asked: a person in one of its posts, or its own mailbox."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from workflows.store import directory

# Bodies outside the office's own accounts, which answer by the address of the body.
BY_MAIL = ("front", "party", "association", "agency", "council")


def can_be_reached(connection: Connection, body: directory.Body, today: date) -> bool:
    """Whether an officer or the head holds a post there today, or the body answers by mail."""
    if body.kind in BY_MAIL and body.email:
        return True
    return any(directory.holders_of(connection, f"{role}@{body.id}", today) for role in ("can_bo", "thu_truong"))
