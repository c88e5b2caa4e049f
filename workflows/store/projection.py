"""What events mean for the read models: events in, row changes out (pure)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from workflows.engine import events
from workflows.engine.calendar import Calendar
from workflows.engine.events import Event
from workflows.engine.state import ROOT

from .escalation_times import still_to_tell

Row = dict[str, Any]
Rescheduled = tuple[datetime, int | None]  # the new due instant, and the working days that it was counted in


@dataclass(frozen=True)
class CaseFacts:
    """What every row of a case repeats, so that a list needs no join."""

    id: int
    process: str
    office_id: int | None
    plan_id: int | None
    business_key: str | None = None


@dataclass
class Changes:
    """Rows to write, by table; what is opened and closed by the same command appears once, closed, or not at all."""

    tasks: dict[str, Row] = field(default_factory=dict)
    task_groups: list[Row] = field(default_factory=list)
    task_groups_gone: list[str] = field(default_factory=list)  # of these tasks, before the new ones are written
    task_updates: dict[str, Row] = field(default_factory=dict)
    rescheduled: dict[str, Rescheduled] = field(default_factory=dict)  # open tasks and when they are due from now on
    timers: dict[str, Row] = field(default_factory=dict)
    timers_moved: dict[str, datetime] = field(default_factory=dict)
    timers_gone: list[str] = field(default_factory=list)
    subscriptions: dict[str, Row] = field(default_factory=dict)
    subscriptions_gone: list[str] = field(default_factory=list)
    incidents: dict[str, Row] = field(default_factory=dict)
    incidents_gone: list[str] = field(default_factory=list)
    links_of_others_gone: dict[str, str | None] = field(default_factory=dict)  # task: who has it now
    case: Row = field(default_factory=dict)


def task_row_id(case_id: int, task_id: str) -> str:
    """The id of a task's row: "<case>-<task of the case>"."""
    return f"{case_id}-{task_id}"


def project(
    case: CaseFacts, happened: Sequence[Event], now: datetime, calendar: Calendar, state: Mapping[str, Any]
) -> Changes:
    """The changes that these events make at this instant, after which the case is in `state`.

    The calendar places the levels of escalation.
    """
    projection = _Projection(case, now, calendar, state)
    for event in happened:
        apply = _Projection.RULES.get(type(event))
        if apply is not None:
            apply(projection, event)
    projection.describe_offers()
    return projection.changes


class _Projection:
    """One method an event that a read model shows; every other event is history only."""

    def __init__(self, case: CaseFacts, now: datetime, calendar: Calendar, state: Mapping[str, Any]) -> None:
        self.case, self.now, self.calendar, self.state = case, now, calendar, state
        self.changes = Changes()

    def case_started(self, _event: events.CaseStarted) -> None:
        self.changes.case["status"] = "active"

    def task_opened(self, event: events.TaskOpened) -> None:
        row_id = task_row_id(self.case.id, event.task_id)
        ahead = still_to_tell(self.calendar, event.due, event.escalation, self.now) if event.due else []
        self.changes.tasks[row_id] = {
            "id": row_id,
            "case_id": self.case.id,
            "process": self.case.process,
            "element": event.element,
            "name": event.name or event.element,
            "kind": event.kind,
            "topic": event.topic,
            "form": event.form_key,
            "office_id": self.case.office_id,
            "plan_id": self.case.plan_id,
            "status": "open",
            "assignee": event.assignee,
            "due": event.due,
            "due_days": event.due_days,
            "follow_up": event.follow_up,
            "priority": event.priority,
            "variables": event.variables,
            "escalation": [[days, target] for days, target in event.escalation],
            "excluded": list(event.excluded),
            "next_escalation_at": ahead[0].at if ahead else None,
            "round": event.round,
            "retries": event.retries,
            "locked_by": None,
            "locked_until": None,
            "opened_at": self.now,
            "closed_at": None,
            "closed_by": None,
            "outcome": None,
            "remark": None,
            "asked_in": task_row_id(self.case.id, event.inside) if event.inside is not None else None,
            "blocking": event.blocking,
        }
        self._offer(row_id, event)

    def task_assigned(self, event: events.TaskAssigned) -> None:
        self._change(event.task_id, assignee=event.assignee)
        self.changes.links_of_others_gone[task_row_id(self.case.id, event.task_id)] = event.assignee

    def persons_excluded(self, event: events.PersonsExcluded) -> None:
        self._change(event.task_id, excluded=list(event.excluded))

    def task_revised(self, event: events.TaskRevised) -> None:
        """Its groups are written anew."""
        row_id = task_row_id(self.case.id, event.task_id)
        named = {"element": event.element, "name": event.name or event.element}
        self._change(event.task_id, **named, topic=event.topic, form=event.form_key, excluded=list(event.excluded))
        self.changes.task_groups = [row for row in self.changes.task_groups if row["task_id"] != row_id]
        self.changes.task_groups_gone.append(row_id)
        self._offer(row_id, event)
        self.changes.links_of_others_gone[row_id] = None

    def task_failed(self, event: events.TaskFailed) -> None:
        """Why is in the event alone: the remark of a row is what a person said."""
        self._change(event.task_id, retries=event.retries_left)

    def task_closed(self, event: events.TaskClosed) -> None:
        """The task's escalations end with it."""
        self._change(
            event.task_id, status=event.how, closed_at=self.now, closed_by=event.person, next_escalation_at=None
        )

    def timer_armed(self, event: events.TimerArmed) -> None:
        row = {"case_id": self.case.id, "timer_id": event.timer_id, "element": event.element, "due": event.due}
        self.changes.timers[event.timer_id] = row

    def timer_disarmed(self, event: events.TimerDisarmed) -> None:
        if self.changes.timers.pop(event.timer_id, None) is None:
            self.changes.timers_gone.append(event.timer_id)

    def timer_rescheduled(self, event: events.TimerRescheduled) -> None:
        self.changes.timers_moved[event.timer_id] = event.due

    def task_rescheduled(self, event: events.TaskRescheduled) -> None:
        """Its reminders and escalations are placed anew where the row is known."""
        self.changes.rescheduled[task_row_id(self.case.id, event.task_id)] = (event.due, event.due_days)

    def subscription_opened(self, event: events.SubscriptionOpened) -> None:
        self.changes.subscriptions[event.subscription_id] = {
            "case_id": self.case.id,
            "subscription_id": event.subscription_id,
            "element": event.element,
            "kind": event.kind,
            "name": event.name,
            "key": event.key,
            "business_key": self._business_key(event.instance),
        }

    def subscription_closed(self, event: events.SubscriptionClosed) -> None:
        if self.changes.subscriptions.pop(event.subscription_id, None) is None:
            self.changes.subscriptions_gone.append(event.subscription_id)

    def incident_raised(self, event: events.IncidentRaised) -> None:
        self.changes.incidents[event.incident_id] = {
            "case_id": self.case.id,
            "incident_id": event.incident_id,
            "element": event.element,
            "code": event.code,
            "message": event.message,
            "at": self.now,
        }

    def incident_resolved(self, event: events.IncidentResolved) -> None:
        if self.changes.incidents.pop(event.incident_id, None) is None:
            self.changes.incidents_gone.append(event.incident_id)

    def case_ended(self, event: events.CaseEnded) -> None:
        self.changes.case.update(status=event.status, ended_at=self.now)

    def case_migrated(self, event: events.CaseMigrated) -> None:
        self.changes.case["definition_id"] = int(event.definition)

    def case_suspended(self, _event: events.CaseSuspended) -> None:
        self.changes.case["suspended"] = True

    def case_resumed(self, _event: events.CaseResumed) -> None:
        self.changes.case["suspended"] = False

    def _business_key(self, instance: str) -> str | None:
        """The business key of the process that the instance belongs to: the case's, or that of a called process."""
        root = self._roots.get(instance, ROOT)
        if root == ROOT:
            return self.case.business_key
        key: str | None = self.state.get("facts", {}).get(root, {}).get("business_key")
        return key

    @cached_property
    def _roots(self) -> Mapping[str, str]:
        return {each["id"]: each.get("root", ROOT) for each in self.state.get("instances", ())}

    def _offer(self, row_id: str, event: events.TaskOpened | events.TaskRevised) -> None:
        named = [f"nguoi@{person}" for person in event.candidate_users]
        keys = dict.fromkeys([*event.candidate_groups, *named])
        self.changes.task_groups.extend({"task_id": row_id, "group_key": key} for key in keys)

    def _change(self, task_id: str, **values: Any) -> None:  # noqa: ANN401 - columns of one row
        row_id = task_row_id(self.case.id, task_id)
        fresh = self.changes.tasks.get(row_id)
        (fresh if fresh is not None else self.changes.task_updates.setdefault(row_id, {})).update(values)

    def describe_offers(self) -> None:
        """What lists ask of a new task stands beside its groups; of a known one the database puts it there itself."""
        for row in self.changes.task_groups:
            task = self.changes.tasks.get(row["task_id"])
            row.update(as_listed(task) if task is not None else NOT_DESCRIBED)

    RULES: dict[type[Event], Callable[[Any, Any], None]] = {  # noqa: RUF012 - never written to
        events.CaseStarted: case_started,
        events.TaskOpened: task_opened,
        events.TaskAssigned: task_assigned,
        events.PersonsExcluded: persons_excluded,
        events.TaskRevised: task_revised,
        events.TaskFailed: task_failed,
        events.TaskClosed: task_closed,
        events.TimerArmed: timer_armed,
        events.TimerDisarmed: timer_disarmed,
        events.TaskRescheduled: task_rescheduled,
        events.TimerRescheduled: timer_rescheduled,
        events.SubscriptionOpened: subscription_opened,
        events.SubscriptionClosed: subscription_closed,
        events.IncidentRaised: incident_raised,
        events.IncidentResolved: incident_resolved,
        events.CaseEnded: case_ended,
        events.CaseMigrated: case_migrated,
        events.CaseSuspended: case_suspended,
        events.CaseResumed: case_resumed,
    }


# What stands beside a group until the database has looked at the task.
NOT_DESCRIBED: Mapping[str, Any] = {
    "offered": False,
    "due": None,
    "priority": 50,
    "opened_at": None,
    "follow_up": None,
    "excludes": False,
}


def as_listed(task: Mapping[str, Any]) -> Row:
    """What a list asks of this task, as it stands beside each of its groups: whether it is offered, what it is ordered
    by, whether somebody may not do it."""
    offered = task["status"] == "open" and task["kind"] == "user" and task["assignee"] is None
    ordered = {name: task[name] for name in ("due", "priority", "opened_at", "follow_up")}
    return {"offered": offered, **ordered, "excludes": bool(task["excluded"])}
