"""What may be asked of a case: one frozen record a command. A command is judged in `decide`, nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

Variables: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StartCase:
    """Start a case of `process` in the deployed file `definition`; `start` is the id of the start event, None the
    plain one."""

    definition: str
    process: str
    variables: Variables = field(default_factory=dict)
    business_key: str | None = None
    start: str | None = None


@dataclass(frozen=True, slots=True)
class CompleteTask:
    """Finish an open work item (user task or job). `local`: the variables stay in the task, only output mappings
    leave."""

    task_id: str
    variables: Variables = field(default_factory=dict)
    local: bool = False


@dataclass(frozen=True, slots=True)
class ThrowTaskError:
    """A worker or a person reports a BPMN error for an open work item."""

    task_id: str
    code: str
    message: str = ""
    variables: Variables = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FailTask:
    """A worker reports a technical failure; with no retries left it becomes an incident (EE7)."""

    task_id: str
    message: str
    retries_left: int = 0


@dataclass(frozen=True, slots=True)
class FireTimer:
    """An armed timer has come due."""

    timer_id: str


@dataclass(frozen=True, slots=True)
class DeliverMessage:
    """A message was correlated to this subscription."""

    subscription_id: str
    variables: Variables = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DeliverSignal:
    """A signal thrown elsewhere reaches this subscription."""

    subscription_id: str
    variables: Variables = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SetVariables:
    """Write process variables from outside."""

    variables: Variables


@dataclass(frozen=True, slots=True)
class ActivateElements:
    """Start inner activities of the open ad-hoc sub-process with element id `adhoc`."""

    adhoc: str
    elements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FinishAdhoc:
    """Say that an open ad-hoc sub-process without completion condition is done."""

    adhoc: str


@dataclass(frozen=True, slots=True)
class ClaimTask:
    """Take an open task into one's own hands."""

    task_id: str


@dataclass(frozen=True, slots=True)
class ReleaseTask:
    """Give a claimed task back to its candidates."""

    task_id: str


@dataclass(frozen=True, slots=True)
class ReassignTask:
    """Hand an open task to another person, or to its candidates when `assignee` is None."""

    task_id: str
    assignee: str | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DelegateTask:
    """Let another person work on an open task; it comes back to its owner, who alone finishes it."""

    task_id: str
    person: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class HandBackTask:
    """Give a delegated task back to its owner, or take it back as one of its owners."""

    task_id: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AskPerson:
    """Open a work item of one more person inside an open task; a `blocking` one must be done or withdrawn first.

    `form_key`, `name`, `due`, `escalation` and `variables` are those of the new work item.
    """

    task_id: str
    person: str
    form_key: str
    name: str
    blocking: bool = False
    due: datetime | None = None
    escalation: tuple[tuple[int, str], ...] = ()
    variables: Variables = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WithdrawRequest:
    """Close what a person was asked inside a task before it is answered."""

    task_id: str


@dataclass(frozen=True, slots=True)
class ReturnTask:
    """Send an open task back to the earlier step `target`, with a reason; what came after that step is closed."""

    task_id: str
    target: str
    reason: str


@dataclass(frozen=True, slots=True)
class WithdrawTask:
    """Take back a task that one completed, with a reason; `opened` are the tasks that somebody has opened since."""

    task_id: str
    reason: str
    opened: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reschedule:
    """Give open work items and armed timers (by id) other instants, all together, for a reason.

    `variables` of the process that hold the old instant are written too; `days` says of those work items that were
    counted anew in how many working days."""

    tasks: Mapping[str, datetime]
    timers: Mapping[str, datetime]
    reason: str
    variables: Variables = field(default_factory=dict)
    days: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AddInstance:
    """Ask one more: start another instance of a parallel multi-instance that is open, for `item`."""

    element: str
    item: Any
    reason: str


@dataclass(frozen=True, slots=True)
class DropInstance:
    """Ask one fewer: cancel the instance of a parallel multi-instance that holds this work item; `variables` of the
    process are written before its completion condition is asked."""

    task_id: str
    reason: str
    variables: Variables = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RetryIncident:
    """Try again what an incident stopped."""

    incident_id: str


@dataclass(frozen=True, slots=True)
class ResolveIncident:
    """Close an incident without trying again."""

    incident_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class CancelCase:
    """End a case early; everything open in it is closed (L6)."""

    reason: str


@dataclass(frozen=True, slots=True)
class SuspendCase:
    """Make a case stand still: no command, no timer and no message reaches it until it is resumed."""

    reason: str


@dataclass(frozen=True, slots=True)
class ResumeCase:
    """Let a suspended case go on."""


@dataclass(frozen=True, slots=True)
class MoveTokens:
    """Correct where a case stands: cancel open instances (ids of elements or instances), start tokens before elements.

    An element whose scope is open several times is written `element@scope instance`.
    """

    cancel: tuple[str, ...]
    start: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class MigrateCase:
    """Go on under the definition with this id; `mapping` names what is called otherwise there (elements and flows)."""

    definition: str
    reason: str
    mapping: Mapping[str, str] = field(default_factory=dict)


Command: TypeAlias = (
    StartCase
    | CompleteTask
    | ThrowTaskError
    | FailTask
    | FireTimer
    | DeliverMessage
    | DeliverSignal
    | SetVariables
    | ActivateElements
    | FinishAdhoc
    | ClaimTask
    | ReleaseTask
    | ReassignTask
    | ReturnTask
    | WithdrawTask
    | DelegateTask
    | HandBackTask
    | AskPerson
    | WithdrawRequest
    | Reschedule
    | AddInstance
    | DropInstance
    | RetryIncident
    | ResolveIncident
    | CancelCase
    | SuspendCase
    | ResumeCase
    | MoveTokens
    | MigrateCase
)
