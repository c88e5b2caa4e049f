"""When each level of an escalation is due: working days relative to the due date, in the morning (pure)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import lru_cache

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


@dataclass(frozen=True)
class Reminder:
    """What a look at a task's ladder finds: levels that are due and not noted, which of them are told, what is next.

    After a standstill several levels are due at once: all are noted, and each target is told the latest only.
    """

    reached: tuple[Level, ...]
    told: tuple[Level, ...]
    next_at: datetime | None


def remind(ladder: Sequence[Level], noted: Collection[tuple[int, str]], now: datetime) -> Reminder:
    """The rule of the clock: what to note and to tell of a task with this ladder (in the order of time), now."""
    reached = tuple(rung for rung in ladder if rung.at <= now and (rung.days, rung.target) not in noted)
    latest = {rung.target: rung for rung in reached}
    ahead = min((rung.at for rung in ladder if rung.at > now), default=None)
    return Reminder(reached, tuple(latest.values()), ahead)


# Pure, and the same for the thousands of tasks that are due on one day.
@lru_cache(maxsize=4096)
def _morning(calendar: Calendar, due: datetime, days: int) -> datetime:
    day = calendar.local_day(calendar.add_working_days(due, days)) if days else calendar.local_day(due)
    return datetime.combine(day, OPENING, calendar.zone)
