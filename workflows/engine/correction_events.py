"""Events of an administrator's corrections: suspended and resumed, tokens moved, migrated."""

from __future__ import annotations

from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class CaseMigrated(Event):
    """The case goes on under another definition; `elements` are the ids of elements and flows that are new there."""

    NAME: ClassVar[str] = "Chuyển phiên bản"
    NAMED: ClassVar[str] = "Đã chuyển phiên bản"
    source: str
    definition: str
    reason: str
    elements: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TaskRevised(Event):
    """An open task has another element, name, form, topic or other candidates; its holder and its dates stay."""

    NAME: ClassVar[str] = "Sửa việc"
    NAMED: ClassVar[str] = "Đã sửa việc"
    task_id: str
    element: str
    name: str | None = None
    topic: str | None = None
    form_key: str | None = None
    candidate_groups: tuple[str, ...] = ()
    candidate_users: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    remembered: bool = False
    drafting: bool = False


@dataclass(frozen=True, slots=True)
class RowsRebuilt(Event):
    """Rows that say what is open were not what these events lead to, and were written anew from them; nothing else
    changed."""

    NAME: ClassVar[str] = "Dựng lại"
    NAMED: ClassVar[str] = "Đã dựng lại theo nhật ký"
    rows: tuple[str, ...]
