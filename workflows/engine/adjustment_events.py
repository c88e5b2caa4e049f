"""Events of what happens to it while it waits: dates moved, people reminded, instances of a round added and dropped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from .event import Event


@dataclass(frozen=True, slots=True)
class TaskRescheduled(Event):
    """An open work item is due at another instant, for a reason; its reminders and escalations follow the new one."""

    NAME: ClassVar[str] = "Đổi hạn"
    NAMED: ClassVar[str] = "Đã đổi hạn"
    task_id: str
    element: str
    due: datetime
    reason: str
    due_days: int | None = None  # the working days that it was counted in anew; None: a day was named


@dataclass(frozen=True, slots=True)
class TaskReminded(Event):
    """The instants of these levels (working days from the due date, target) of an open work item's ladder have come."""

    NAME: ClassVar[str] = "Nhắc hạn"
    NAMED: ClassVar[str] = "Đã nhắc hạn"
    task_id: str
    element: str
    levels: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class TimerRescheduled(Event):
    """An armed timer fires at another instant, for a reason."""

    NAME: ClassVar[str] = "Đổi giờ hẹn"
    NAMED: ClassVar[str] = "Đã đổi giờ hẹn"
    timer_id: str
    element: str
    due: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class InstanceAdded(Event):
    """One more is asked: the repeated activity of this body starts another instance for `item`."""

    NAME: ClassVar[str] = "Bổ sung"
    NAMED: ClassVar[str] = "Đã bổ sung"
    body: str
    element: str
    item: Any
    reason: str


@dataclass(frozen=True, slots=True)
class InstanceDropped(Event):
    """One fewer is asked: the instance with this work item leaves its repeated activity, and nothing is counted."""

    NAME: ClassVar[str] = "Rút"
    NAMED: ClassVar[str] = "Đã rút"
    body: str
    element: str
    task_id: str
    reason: str
