"""A person hears of whatever changes how they prove who they are, in the transaction of the change."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from workflows.store import directory, telling
from workflows.store.local_days import local_day

CHANGES = (
    "passkey_added",
    "passkey_removed",
    "app_added",
    "app_removed",
    "recovery_renewed",
    "program_added",
    "key_added",
    "new_device",
    "password_changed",
)


def tell_of_security(  # noqa: PLR0917 - what is said
    connection: Connection, person_id: int, change: str, key: str, now: datetime, name: str = "", device: str = ""
) -> None:
    """Tell the person; `key` makes the change one of its own, `name` is what came or went, `device` the browser."""
    if change not in CHANGES:
        raise ValueError(f"a change is one of {CHANGES}: {change!r}")
    held = directory.posts_held(connection, person_id, local_day(now))
    office_id = directory.body(connection, held[0].body_id).office_id or held[0].body_id if held else None
    telling.tell(
        connection,
        "security_changed",
        f"{change}:{person_id}:{key}",
        now,
        office_id=office_id,
        data={"person_id": person_id, "change": change, "name": name, "device": device},
    )
