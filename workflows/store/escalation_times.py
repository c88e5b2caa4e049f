"""When each level of an escalation is due: working days relative to the due date, in the morning (pure)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time

from workflows.engine.calendar import Calendar

# A reminder is read when the office opens; NĐ 30 knows no hour, offices begin between 7:00 and 8:00.
OPENING = time(7, 0)


@dataclass(frozen=True)
class Level:
    """One level: working days relative to the due date, who hears of it, and from which instant on."""

    days: int
    target: str
    at: datetime


Escalation = Iterable[tuple[int, str]]


def levels(calendar: Calendar, due: datetime, escalation: Escalation) -> list[Level]:
    """The levels in the order of time; level 0 is the morning of the due date itself."""
    found = [Level(days, target, _morning(calendar, due, days)) for days, target in escalation]
    return sorted(found, key=lambda level: (level.at, level.days))


def still_to_tell(calendar: Calendar, due: datetime, escalation: Escalation, opened: datetime) -> list[Level]:
    """The levels that a task opened at this instant has ahead: a reminder that would come at once says nothing new."""
    return [level for level in levels(calendar, due, escalation) if level.days > 0 or level.at > opened]


def _morning(calendar: Calendar, due: datetime, days: int) -> datetime:
    day = calendar.local_day(calendar.add_working_days(due, days)) if days else calendar.local_day(due)
    return datetime.combine(day, OPENING, calendar.zone)
