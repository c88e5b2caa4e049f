"""Every change of an office's settings: what it was, what it is, who did it and when."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from .tables.display import setting_changes


@dataclass(frozen=True)
class SettingChange:
    """One change; `subject` says which of several (a day, a kind of paper); None in `old` or `new`: not set."""

    id: int
    office_id: int
    key: str
    subject: str
    old: Any
    new: Any
    at: datetime
    by: str


def note_setting(  # noqa: PLR0917 - the facts of one line
    connection: Connection,
    office_id: int,
    key: str,
    old: object,
    new: object,
    now: datetime,
    by: str,
    subject: str = "",
) -> None:
    """Keep that a setting was changed; what stays as it was is no change."""
    if old == new:
        return
    row = {"office_id": office_id, "key": key, "subject": subject, "old": old, "new": new, "at": now, "by": by}
    connection.execute(insert(setting_changes).values(row))


def setting_changes_of(connection: Connection, office_ids: Collection[int], limit: int) -> list[SettingChange]:
    """The changes of these offices, newest first."""
    wanted = select(setting_changes).where(setting_changes.c.office_id.in_(office_ids))
    rows = connection.execute(wanted.order_by(setting_changes.c.id.desc()).limit(limit))
    return [SettingChange(**row._mapping) for row in rows]
