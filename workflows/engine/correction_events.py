"""Events of an administrator's corrections: suspended and resumed, tokens moved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .event import Event


@dataclass(frozen=True, slots=True)
class CaseSuspended(Event):
    """The case stands still: nothing but a resumption or a cancellation is accepted any more."""

    NAME: ClassVar[str] = "Tạm dừng"
    NAMED: ClassVar[str] = "Đã tạm dừng"
    reason: str


@dataclass(frozen=True, slots=True)
class CaseResumed(Event):
    """The case goes on; what came due meanwhile is made up for."""

    NAME: ClassVar[str] = "Chạy tiếp"
    NAMED: ClassVar[str] = "Đã chạy tiếp"


@dataclass(frozen=True, slots=True)
class TokensMoved(Event):
    """An administrator takes tokens away and starts others, for a reason; the events that follow say what it did."""

    NAME: ClassVar[str] = "Chuyển bước"
    NAMED: ClassVar[str] = "Đã chuyển bước"
    reason: str
    cancel: tuple[str, ...] = ()
    start: tuple[str, ...] = ()
