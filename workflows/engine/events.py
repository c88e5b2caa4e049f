"""What happens in a case: one frozen record an event. `NAME` is imperative (a button), `NAMED` past (the history);
evolve needs nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from .adjustment_events import InstanceAdded, InstanceDropped, TaskReminded, TaskRescheduled, TimerRescheduled
from .correction_events import CaseMigrated, CaseResumed, CaseSuspended, RowsRebuilt, TaskRevised, TokensMoved
from .event import Event
from .returning_events import PersonsExcluded, StepHandedOn, StepReturned, StepWithdrawn
from .waiting_events import (
    ConditionChecked,
    ConditionDropped,
    ConditionWatched,
    SubscriptionClosed,
    SubscriptionOpened,
    TimerArmed,
    TimerDisarmed,
)

__all__ = [
    "CaseCalled",
    "CaseEnded",
    "CaseMigrated",
    "CaseResumed",
    "CaseStarted",
    "CaseSuspended",
    "CompensationKept",
    "CompensationTaken",
    "ConditionChecked",
    "ConditionDropped",
    "ConditionWatched",
    "ErrorThrown",
    "EscalationThrown",
    "Event",
    "FlowsTaken",
    "IncidentRaised",
    "IncidentResolved",
    "InstanceAdded",
    "InstanceDropped",
    "InstanceNoted",
    "MessageThrown",
    "NodeEntered",
    "NodeLeft",
    "NodePassed",
    "PersonsExcluded",
    "RowsRebuilt",
    "ScopeInterrupted",
    "SignalThrown",
    "StepHandedOn",
    "StepReturned",
    "StepWithdrawn",
    "SubscriptionClosed",
    "SubscriptionOpened",
    "TaskAssigned",
    "TaskClosed",
    "TaskFailed",
    "TaskOpened",
    "TaskReminded",
    "TaskRescheduled",
    "TaskRevised",
    "TimerArmed",
    "TimerDisarmed",
    "TimerRescheduled",
    "TokenHeld",
    "TokensMoved",
    "TokensTaken",
    "VariablesSet",
]


@dataclass(frozen=True, slots=True)
class CaseStarted(Event):
    """The case exists; `starter` is the person who started it."""

    NAME: ClassVar[str] = "Bắt đầu"
    NAMED: ClassVar[str] = "Đã bắt đầu"
    definition: str
    process: str
    variables: dict[str, Any] = field(default_factory=dict)
    business_key: str | None = None
    starter: str | None = None
    drafters: tuple[str, ...] = ()  # persons who count as having drafted: who started it, and for whom
    belongs: dict[str, Any] = field(default_factory=dict)  # whose case it is, as whoever keeps it says; of no other use


@dataclass(frozen=True, slots=True)
class CaseCalled(Event):
    """A call activity started another process inside this case; `instance` is the root of the called process."""

    NAME: ClassVar[str] = "Gọi quy trình"
    NAMED: ClassVar[str] = "Đã gọi quy trình"
    instance: str
    parent: str
    definition: str
    process: str
    variables: dict[str, Any] = field(default_factory=dict)
    business_key: str | None = None


@dataclass(frozen=True, slots=True)
class CaseEnded(Event):
    """The case is over: completed, terminated, cancelled or failed."""

    NAME: ClassVar[str] = "Kết thúc"
    NAMED: ClassVar[str] = "Đã kết thúc"
    status: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class NodeEntered(Event):
    """A token is now in `element` and stays there; `role` is activity, body (of a multi-instance or loop), handler,
    event, listener or asked (one more person, inside an open task)."""

    NAME: ClassVar[str] = "Vào bước"
    NAMED: ClassVar[str] = "Đã vào bước"
    instance: str
    element: str
    parent: str
    role: str = "activity"
    variables: dict[str, Any] | None = None
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NodeLeft(Event):
    """The instance is over: completed (left normally) or cancelled. A `body` only held the rounds of a repeated
    activity."""

    NAME: ClassVar[str] = "Rời bước"
    NAMED: ClassVar[str] = "Đã qua bước"
    instance: str
    element: str
    how: str = "completed"
    kind: str = ""
    body: bool = False


@dataclass(frozen=True, slots=True)
class NodePassed(Event):
    """A token went through `element` without stopping; for history only."""

    NAME: ClassVar[str] = "Đi qua"
    NAMED: ClassVar[str] = "Đã qua"
    element: str
    parent: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class FlowsTaken(Event):
    """The sequence flows that the tokens of one command went over, by process: each with how many times."""

    NAME: ClassVar[str] = "Đi theo đường nối"
    NAMED: ClassVar[str] = "Đã đi theo đường nối"
    flows: dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class TokenHeld(Event):
    """A token waits at a joining gateway `element`, on its incoming `flow`, in the scope instance `parent`."""

    NAME: ClassVar[str] = "Chờ gộp nhánh"
    NAMED: ClassVar[str] = "Đang chờ gộp nhánh"
    parent: str
    element: str
    flow: str


@dataclass(frozen=True, slots=True)
class TokensTaken(Event):
    """One waiting token of each of these flows was taken by the gateway; `cancelled` when the scope dropped them."""

    NAME: ClassVar[str] = "Gộp nhánh"
    NAMED: ClassVar[str] = "Đã gộp nhánh"
    parent: str
    element: str
    flows: tuple[str, ...]
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class InstanceNoted(Event):
    """Facts that a rule keeps with an instance (counters of a multi-instance, the phase of a transaction)."""

    NAME: ClassVar[str] = "Ghi nhận"
    NAMED: ClassVar[str] = "Đã ghi nhận"
    instance: str
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ScopeInterrupted(Event):
    """An interrupting event sub-process took over this scope; its other handlers are off."""

    NAME: ClassVar[str] = "Ngắt"
    NAMED: ClassVar[str] = "Đã bị ngắt"
    instance: str
    element: str


@dataclass(frozen=True, slots=True)
class VariablesSet(Event):
    """Variables were written in the instance `scope`."""

    NAME: ClassVar[str] = "Ghi dữ liệu"
    NAMED: ClassVar[str] = "Đã ghi dữ liệu"
    scope: str
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class TaskOpened(Event):
    """A work item waits: kind `user` for a person, `job` for a worker of `topic`. Instants are aware; ids are person
    ids and group keys."""

    NAME: ClassVar[str] = "Giao việc"
    NAMED: ClassVar[str] = "Đã giao việc"
    task_id: str
    element: str
    name: str | None = None
    kind: str = "user"
    topic: str | None = None
    assignee: str | None = None
    candidate_groups: tuple[str, ...] = ()
    candidate_users: tuple[str, ...] = ()
    due: datetime | None = None
    follow_up: datetime | None = None
    priority: int = 50
    form_key: str | None = None
    variables: dict[str, Any] = field(default_factory=dict)  # local ones, e.g. the element of a multi-instance
    escalation: tuple[tuple[int, str], ...] = ()  # (working days relative to the due date, target)
    excluded: tuple[str, ...] = ()  # persons who may not act
    round: int = 1  # how often this step has been opened in this case, this time included
    remembered: bool = False  # whoever completes it is excluded from a later step (four eyes)
    drafting: bool = False  # whoever completes it may not approve
    order: int = 0  # as the how-manieth step of people of the case it was opened first; 0 in histories that do not say
    retries: int | None = None
    properties: dict[str, str] = field(default_factory=dict)
    inside: str | None = None  # the task in which one more person was asked this
    blocking: bool = False  # whether that task waits for it
    due_days: int | None = None  # the working days that `due` was counted in, where it was


@dataclass(frozen=True, slots=True)
class TaskAssigned(Event):
    """The task's holder changed; None gives it back to its candidates. `how` is claimed, released, reassigned,
    delegated (by its `owner`, who gets it back) or handed_back (to the owner who is now its holder)."""

    NAME: ClassVar[str] = "Nhận việc"
    NAMED: ClassVar[str] = "Đã nhận việc"
    task_id: str
    element: str
    assignee: str | None
    how: str = "claimed"
    reason: str = ""
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class TaskFailed(Event):
    """A worker failed technically and will try again."""

    NAME: ClassVar[str] = "Báo lỗi"
    NAMED: ClassVar[str] = "Đã báo lỗi"
    task_id: str
    element: str
    message: str
    retries_left: int


@dataclass(frozen=True, slots=True)
class TaskClosed(Event):
    """The work item is closed: completed, cancelled or failed (BPMN error); `person` is who did it."""

    NAME: ClassVar[str] = "Hoàn thành"
    NAMED: ClassVar[str] = "Đã hoàn thành"
    task_id: str
    element: str
    how: str = "completed"
    person: str | None = None
    kind: str = "user"
    on_behalf_of: str | None = None


@dataclass(frozen=True, slots=True)
class MessageThrown(Event):
    """A message leaves for the outbox and for correlation. `receivers` are this case's own subscriptions that waited
    at that moment."""

    NAME: ClassVar[str] = "Gửi tin"
    NAMED: ClassVar[str] = "Đã gửi tin"
    element: str
    name: str
    variables: dict[str, Any] = field(default_factory=dict)
    key: str | None = None
    receivers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SignalThrown(Event):
    """A signal was broadcast. This case's own catchers have been served already; others are the store's to serve."""

    NAME: ClassVar[str] = "Phát tín hiệu"
    NAMED: ClassVar[str] = "Đã phát tín hiệu"
    element: str
    name: str
    variables: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ErrorThrown(Event):
    """A BPMN error was thrown at `element`; `caught_by` is the element that took it, None when nobody did."""

    NAME: ClassVar[str] = "Báo lỗi nghiệp vụ"
    NAMED: ClassVar[str] = "Đã báo lỗi nghiệp vụ"
    element: str
    code: str | None
    caught_by: str | None = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class EscalationThrown(Event):
    """An escalation was thrown at `element`; uncaught ones are ignored (EC4)."""

    NAME: ClassVar[str] = "Báo cấp trên"
    NAMED: ClassVar[str] = "Đã báo cấp trên"
    element: str
    code: str | None
    caught_by: str | None = None


@dataclass(frozen=True, slots=True)
class CompensationKept(Event):
    """A completed activity can be compensated: kept in the instance `scope`, with what the scope needs to do it
    later."""

    NAME: ClassVar[str] = "Giữ bước bù"
    NAMED: ClassVar[str] = "Đã giữ bước bù"
    scope: str
    record: dict[str, Any]


@dataclass(frozen=True, slots=True)
class CompensationTaken(Event):
    """A kept record is used up: it is compensated at most once (EK5)."""

    NAME: ClassVar[str] = "Bù"
    NAMED: ClassVar[str] = "Đã bù"
    scope: str
    record_id: str


@dataclass(frozen=True, slots=True)
class IncidentRaised(Event):
    """Something that no person did failed and was rolled back; `command` is what to try again."""

    NAME: ClassVar[str] = "Báo sự cố"
    NAMED: ClassVar[str] = "Đã báo sự cố"
    incident_id: str
    code: str
    element: str | None = None
    message: str = ""
    command: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class IncidentResolved(Event):
    """The incident is closed."""

    NAME: ClassVar[str] = "Xử lý sự cố"
    NAMED: ClassVar[str] = "Đã xử lý sự cố"
    incident_id: str
    reason: str = ""
