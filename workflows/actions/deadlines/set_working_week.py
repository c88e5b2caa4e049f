"""The office says which days of the week it works and in which hours: first what would move, then, agreed to, both."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from workflows.actions.desk import Desk
from workflows.engine.office_week import OfficeWeek
from workflows.errors import Refused
from workflows.store import clockwork

from .change_calendar import KEEPERS, Preview, move_due_dates, preview_under


def preview_week(connection: Connection, office_id: int, week: OfficeWeek) -> Preview:
    """The due dates counted in working days that would move with this week."""
    after = replace(clockwork.calendar_of(connection, office_id), week=week)
    return preview_under(connection, office_id, after)


def set_working_week(desk: Desk, office_id: int, week: OfficeWeek, *, agreed: str | None) -> Preview:
    """Keep the week, and move what the preview with the mark `agreed` named, in one transaction.

    PREVIEW_STALE with a list that is another by now; NOT_YOURS for who does not keep the office's calendar.
    """
    with desk.open() as work:
        if not {f"{role}@{office_id}" for role in KEEPERS} & work.by.groups:
            raise Refused("NOT_YOURS", office=office_id)
        found = preview_week(work.connection, office_id, week)
        if found.moves and agreed != found.mark:
            raise Refused("PREVIEW_STALE", count=len(found.moves))
        clockwork.set_setting(
            work.connection,
            clockwork.WEEK_SETTING,
            week.to_json(),
            now=work.now,
            by=work.by.name,
            office_id=office_id,
        )
        move_due_dates(work, found)
        return found
