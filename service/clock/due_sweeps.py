"""When a sweep is overdue: how long each kind may be missing before somebody else does its work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Protocol

from workflows.engine.calendar import VIETNAM


class Pace(Protocol):
    """How often a sweep ought to come round."""

    def is_overdue(self, last: datetime | None, now: datetime) -> bool:
        """Whether the last one (None: there never was one) is too long ago; instants are aware."""


@dataclass(frozen=True)
class Within:
    """A sweep that ought to have come round within this time."""

    span: timedelta

    def is_overdue(self, last: datetime | None, now: datetime) -> bool:
        """Whether it has not."""
        return last is None or now - last > self.span


@dataclass(frozen=True)
class DailyBy:
    """A sweep of every day: it ought to have run after `begins`, and is missed from `missed` on (offices' time)."""

    begins: time
    missed: time

    def is_overdue(self, last: datetime | None, now: datetime) -> bool:
        """Whether the day's sweep was missed; after a night with the machine off it is yesterday's that counts."""
        if last is None:
            return True
        here = now.astimezone(VIETNAM)
        day = here.date() if here.time() >= self.missed else here.date() - timedelta(days=1)
        return last < datetime.combine(day, self.begins, VIETNAM)


# A sweep that failed is tried again after the first pause, then after twice as long, up to the longest.
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
# flows/schedule.py lets them come round more often than this; only what is missing is made up for.
PACES: Mapping[str, Pace] = {
    "open_duties": DailyBy(time(6), time(6, 15)),
    "open_cycles": DailyBy(time(6), time(6, 15)),
    "turn_years": DailyBy(time(6), time(6, 15)),
    "fire_timers": Within(timedelta(seconds=90)),
    "sign_documents": Within(timedelta(seconds=90)),
    "run_jobs": Within(timedelta(seconds=90)),
    "distribute": Within(timedelta(seconds=90)),
    "escalate": Within(timedelta(minutes=8)),
    "tell_authority": Within(timedelta(minutes=8)),
    "chase_receipts": DailyBy(time(8, 30), time(8, 45)),
    "exchange": Within(timedelta(seconds=90)),
    "deliver": Within(timedelta(seconds=90)),
    "read_attachments": Within(timedelta(seconds=90)),
    "archive_plans": DailyBy(time(22), time(22, 15)),
    "checkpoint_log": DailyBy(time(23), time(23, 15)),
}


def overdue(last: Mapping[str, datetime], now: datetime) -> list[str]:
    """The kinds of sweep that are missing, in the order in which one makes work for the next."""
    return [kind for kind, pace in PACES.items() if pace.is_overdue(last.get(kind), now)]


def due_again(failed: Mapping[str, tuple[int, datetime]], now: datetime, first: timedelta = FIRST_PAUSE) -> set[str]:
    """The kinds whose last run failed and whose pause is over; `failed` are failures in a row and the end of the last.

    A daily sweep that failed is thus caught up on the same day, not on the next.
    """
    return {kind for kind, (failures, ended) in failed.items() if failures and now - ended >= pause(failures, first)}


def pause(failures: int, first: timedelta = FIRST_PAUSE) -> timedelta:
    """How long to wait after so many failures in a row."""
    doubled: int = 1 << min(failures - 1, 30)
    return min(first * doubled, max(LONGEST_PAUSE, first))
