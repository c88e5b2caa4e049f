"""Events of people who change their mind or another's: excluded persons, steps returned, handed on and withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .event import Event


@dataclass(frozen=True, slots=True)
class PersonsExcluded(Event):
    """Other persons than before may not act on an open task, because of what was done since it was opened."""

    NAME: ClassVar[str] = "Loại trừ"
    NAMED: ClassVar[str] = "Đã loại trừ"
    task_id: str
    element: str
    excluded: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepReturned(Event):
    """Whoever had the task sent the case back to the step `target` of the open scope instance `scope`."""

    NAME: ClassVar[str] = "Trả lại"
    NAMED: ClassVar[str] = "Đã trả lại"
    task_id: str
    element: str
    target: str
    scope: str
    reason: str


@dataclass(frozen=True, slots=True)
class StepHandedOn(Event):
    """What a completed task led to, as long as it can be taken back: the tasks that were opened, the instances that its
    tokens are in now, the tokens it left at joins, and those of others that were joined with it."""

    NAME: ClassVar[str] = "Chuyển tiếp"
    NAMED: ClassVar[str] = "Đã chuyển tiếp"
    task_id: str
    element: str
    scope: str
    persons: tuple[str, ...]
    tasks: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StepWithdrawn(Event):
    """Whoever completed the task took it back before anybody had opened what came of it."""

    NAME: ClassVar[str] = "Thu hồi"
    NAMED: ClassVar[str] = "Đã thu hồi"
    task_id: str
    element: str
    scope: str
    reason: str
