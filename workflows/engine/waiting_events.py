"""Events about waiting: timers armed, subscriptions opened, conditions watched, and their ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from .event import Event


@dataclass(frozen=True, slots=True)
class TimerArmed(Event):
    """A timer waits for `due`. A repeating one knows its first due instant, its text and how many firings are left
    (None: no end)."""

    NAME: ClassVar[str] = "Đặt hẹn"
    NAMED: ClassVar[str] = "Đã đặt hẹn"
    timer_id: str
    instance: str
    element: str
    due: datetime
    cycle: str | None = None
    anchor: datetime | None = None
    fired: int = 0
    left: int | None = 1


@dataclass(frozen=True, slots=True)
class TimerDisarmed(Event):
    """The timer is gone, because it fired or because nobody waits for it any more."""

    NAME: ClassVar[str] = "Đến hẹn"
    NAMED: ClassVar[str] = "Đã đến hẹn"
    timer_id: str
    element: str
    fired: bool = False


@dataclass(frozen=True, slots=True)
class SubscriptionOpened(Event):
    """The case waits for a message or a signal named `name`; `key` is the declared correlation key, None without
    one."""

    NAME: ClassVar[str] = "Chờ tin"
    NAMED: ClassVar[str] = "Đang chờ tin"
    subscription_id: str
    instance: str
    element: str
    kind: str
    name: str
    key: str | None = None


@dataclass(frozen=True, slots=True)
class SubscriptionClosed(Event):
    """The case no longer waits for it; `delivered` when it came."""

    NAME: ClassVar[str] = "Nhận tin"
    NAMED: ClassVar[str] = "Đã nhận tin"
    subscription_id: str
    element: str
    delivered: bool = False


@dataclass(frozen=True, slots=True)
class ConditionWatched(Event):
    """A conditional event waits; `value` is what its condition was when last looked at (it fires on the edge to
    true)."""

    NAME: ClassVar[str] = "Theo dõi điều kiện"
    NAMED: ClassVar[str] = "Đang theo dõi điều kiện"
    watch_id: str
    instance: str
    element: str
    value: bool = False


@dataclass(frozen=True, slots=True)
class ConditionChecked(Event):
    """The value of a watched condition changed."""

    NAME: ClassVar[str] = "Xét điều kiện"
    NAMED: ClassVar[str] = "Đã xét điều kiện"
    watch_id: str
    value: bool


@dataclass(frozen=True, slots=True)
class ConditionDropped(Event):
    """A condition is no longer watched."""

    NAME: ClassVar[str] = "Thôi theo dõi điều kiện"
    NAMED: ClassVar[str] = "Đã thôi theo dõi điều kiện"
    watch_id: str
    element: str
    fired: bool = False
